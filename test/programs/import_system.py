"""Packages, relative imports, circles, namespaces, importlib and runpy."""
import os
import sys

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'import_packages')
sys.path.insert(0, here)


def cut(x):
    return str(x).replace(here, 'HERE').replace(os.path.dirname(os.__file__), 'LIB')


def attempt(f, *args):
    try:
        print(cut(f(*args)))
    except BaseException as e:
        fields = [cut(getattr(e, k, '-')) for k in ('name', 'path', 'name_from')]
        print(type(e).__name__, cut(e), fields)


def run(source):
    exec(source, {'__name__': 'runner'})


print('--- packages')
import pkg
print(cut(pkg), pkg.__name__, pkg.__package__, cut(pkg.__path__), cut(pkg.__file__), pkg.__doc__)
print(cut(pkg.__spec__.origin), cut(pkg.__spec__.submodule_search_locations), pkg.__spec__.name, pkg.__spec__.parent)
print(pkg.__spec__.has_location, pkg.__spec__.loader is pkg.__loader__, type(pkg.__loader__).__name__)
print(pkg.a.value, pkg.renamed, pkg.a.top is pkg, pkg.deeper.name, pkg.sub.above, pkg.sub.deep.pkg is pkg)
print(hasattr(pkg, 'later'), 'pkg.later' in sys.modules)
namespace = {}
exec('from pkg import *', namespace)
print(sorted(k for k in namespace if k[0] != '_'), pkg.later.value)
import pkg.sub.deep as bound
print(bound is pkg.sub.deep, bound.__package__, bound.__spec__.parent)

print('--- missing names')
for source in ('import nope', 'import pkg.nope', 'import pkg.a.nope', 'import nope.sub', 'from pkg import nope',
               'from nope import x', 'from pkg.nope import x', 'from . import x', 'from .. import x', 'import os.path.nope',
               'from pkg import valeu', 'from badall import *', 'import broken', 'import failing', 'import vanishing',
               'from sys import nope', 'import math.nope', 'from dynamic import nope', 'from dynamic import make_it'):
    print(source, end=': ')
    attempt(run, source)
for name in ('failing', 'broken', 'pkg.nope'):
    print(name, name in sys.modules)

print('--- plain, replaced and dynamic modules')
exec('from plain import *', namespace)
print('shown' in namespace, '_hidden' in namespace, '_os' in namespace)
import replacing
print(replacing.answer, type(replacing).__name__)
import dynamic
print(dynamic.make_cake, getattr(dynamic, 'make_tea'), hasattr(dynamic, 'b'), hasattr(dynamic, 'make_'), dir(dynamic))
attempt(lambda: dynamic.cake)
attempt(lambda: pkg.cake)
attempt(lambda: sys.cake)
attempt(lambda: os.path.exist)

print('--- circles')
import circle
print(cut(circle.right.seen))
print(cut(circle.right.imported[0]), circle.right.imported[1:])
print(circle.left.done, circle.right.left is circle.left)

print('--- sys.modules')
sys.modules['blocked'] = None
attempt(run, 'import blocked')
attempt(run, 'from blocked import x')
sys.modules['fake'] = 5
attempt(run, 'import fake; print(fake)')
attempt(run, 'from fake import x')
attempt(run, 'from fake import real; print(real)')
first = sys.modules.pop('plain')
import plain
print(plain is first, plain.shown)

print('--- __import__')
print(__import__('pkg.sub').__name__, __import__('pkg.sub', fromlist=['deep']).__name__)
print(__import__('a', {'__package__': 'pkg'}, None, ['x'], 1).__name__)
print(__import__('sub.deep', {'__name__': 'pkg.z', '__package__': None}, level=1).__name__)
for arguments in (('',), (1,), ('a', None, None, (), -1), ('a', {}, None, (), 1), ('a', {'__package__': 3}, None, (), 1),
                  ('a', {'__package__': 'pkg'}, None, (), 5), ('pkg', None, None, [1]), ('pkg', None, None, 7)):
    attempt(__import__, *arguments)

print('--- namespaces')
sys.path[1:1] = [here + '/first', here + '/second']
import spread
import spread.one
import spread.two
print(cut(spread), cut(list(spread.__path__)), spread.one.where, spread.two.where, hasattr(spread, '__file__'))
print(spread.__spec__.origin, spread.__spec__.has_location, type(spread.__path__).__name__, type(spread.__loader__).__name__)

print('--- importlib')
import importlib
import importlib.util
import importlib.machinery
print(sys.meta_path, [getattr(h, '__name__', None) for h in sys.path_hooks])
print(isinstance(pkg.__spec__, importlib.machinery.ModuleSpec), isinstance(pkg.__loader__, importlib.machinery.SourceFileLoader))
print(cut(pkg), cut(pkg.a), sys, importlib.import_module('pkg.a') is pkg.a, importlib.import_module('..a', 'pkg.sub') is pkg.a)
print(sys.__spec__, sys.__loader__, pkg.__spec__ == importlib.util.find_spec('pkg'))
print(cut(importlib.util.find_spec('plain').origin), importlib.util.find_spec('nope'), importlib.util.find_spec('.sub', 'pkg').name)
for f, *arguments in ((importlib.import_module, 'nope'), (importlib.import_module, '.x'), (importlib.import_module, 'pkg.nope'),
                      (importlib.import_module, 'pkg.a.nope'), (importlib.import_module, ''), (importlib.import_module, 5),
                      (importlib.import_module, 'failing'), (importlib.import_module, 'blocked'),
                      (importlib.util.find_spec, 'nope.sub'), (importlib.util.find_spec, 'fake'), (importlib.reload, 5),
                      (importlib.reload, type(sys)('unknown')), (importlib.util.resolve_name, '...x', 'pkg')):
    attempt(f, *arguments)
pkg.a.value = 'changed'
print(importlib.reload(pkg.a) is pkg.a, pkg.a.value)
spec = importlib.util.spec_from_file_location('given', here + '/plain.py')
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(cut(module), module.shown, 'given' in sys.modules, cut(spec.loader.get_filename()), spec.loader.is_package('given'))
print(spec.loader.get_code('given').co_names[:2], len(spec.loader.get_data(here + '/plain.py')))
print(type(sys)('bare'), importlib.util.module_from_spec(importlib.machinery.ModuleSpec('odd', None)))


class Finder:
    asked = []

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        cls.asked.append((name, path is None))
        if name.startswith('virtual'):
            return importlib.util.spec_from_loader(name, Loader(), is_package=name == 'virtual')


class Loader:
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        if module.__name__ == 'virtual_bad':
            raise ValueError('bad')
        module.made = module.__name__

    def __repr__(self):
        return 'Loader()'


for position in (0, 3):
    Finder.asked.clear()
    sys.meta_path.insert(position, Finder)
    import virtual
    import virtual.inner
    print(virtual.made, virtual.inner.made, virtual, virtual.inner.__spec__, virtual.__path__)
    attempt(run, 'import virtual_bad')
    attempt(run, 'import not_virtual')
    sys.modules.pop('plain')
    import plain
    print(plain.shown, Finder.asked)
    del sys.modules['virtual'], sys.modules['virtual.inner']
    sys.meta_path.remove(Finder)
attempt(run, 'import virtual')

print('--- traceback frames of importlib')


def frames(f, *args):
    try:
        f(*args)
    except Exception as e:
        names = []
        tb = e.__traceback__
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print(names)


frames(run, 'import nope')
frames(run, 'import failing')
frames(importlib.import_module, 'nope')
sys.meta_path.insert(0, Finder)
frames(run, 'import virtual_bad')
frames(run, 'import nope')
sys.meta_path.remove(Finder)

print('--- runpy')
import runpy
print(sorted(k for k in runpy.run_module('plain') if k[:2] != '__'))
print(runpy.run_module('pkg', run_name='told')['flag'])
print(runpy.run_path(here + '/plain.py')['shown'], runpy.run_path(here + '/pkg', run_name='x')['flag'])
for name in ('nope', 'circle'):
    try:
        runpy.run_module(name)
    except ImportError as e:
        print(e)

print('--- hints')
print(sorted(set(dir(importlib)) & {'import_module', 'reload', 'invalidate_caches', '__import__'}))
sys.modules.pop('random', None)
import random
attempt(lambda: random.randint)
attempt(run, 'from random import randint')
