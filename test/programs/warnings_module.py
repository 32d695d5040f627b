# warnings: filters, registries, stack levels, what is printed where.
import sys
import warnings


def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


def show(*args, **kw):
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter(kw.pop('action', 'always'))
        warnings.warn(*args, **kw)
    return [(str(w.message), w.category.__name__, w.lineno, w.filename.endswith('.py'), w.source) for w in log]


print(show('a'))
print(show('a', DeprecationWarning))
print(show(UserWarning('obj')))
print(show(RuntimeWarning('obj'), int))
print(show('x', action='ignore'))
print(show('s', source=[1]))


def inner():
    warnings.warn('level 2', stacklevel=2)


def outer():
    inner()  # line 33


with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    outer()
    warnings.warn('deep', stacklevel=100)
    warnings.warn('zero', stacklevel=0)
print([(str(w.message), w.lineno, w.filename.rpartition('/')[2]) for w in log])

# actions
for action in 'default', 'module', 'once', 'always', 'all', 'error', 'ignore':
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter(action)
        try:
            for i in range(3):
                warnings.warn('same ' + action)
            for i in range(2):
                warnings.warn('same ' + action)
        except UserWarning as e:
            print('raised', e)
    print(action, len(log))

# matching by message, module, line and category
with warnings.catch_warnings(record=True) as log:
    warnings.resetwarnings()
    warnings.simplefilter('error', BytesWarning)
    warnings.simplefilter('ignore', DeprecationWarning)
    warnings.simplefilter('ignore', lineno=3)
    warnings.warn('old', DeprecationWarning)
    warnings.warn('old', PendingDeprecationWarning)
    warnings.warn_explicit('at 3', UserWarning, 'file.py', 3)
    warnings.warn_explicit('at 4', UserWarning, 'file.py', 4, module='m')
    t(lambda: warnings.warn('b', BytesWarning))
print([(str(w.message), w.lineno) for w in log])

# registries
reg = {}
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('default')
    for i in range(3):
        warnings.warn_explicit('once per place', UserWarning, 'f.py', 1, registry=reg)
    warnings.warn_explicit('once per place', UserWarning, 'f.py', 2, registry=reg)
    warnings.simplefilter('default')
    warnings.warn_explicit('once per place', UserWarning, 'f.py', 1, registry=reg)
print(len(log), sorted(str(k[0]) if isinstance(k, tuple) else k for k in reg))

# errors
for a in [(), ('x', 5), ('x', int), ('x', UserWarning, 'a')]:
    t(lambda: warnings.warn(*a))
t(lambda: warnings.warn('x', skip_file_prefixes=5))
t(lambda: warnings.warn('x', skip_file_prefixes=(5,)))
t(lambda: warnings.warn_explicit())
t(lambda: warnings.warn_explicit('x', UserWarning, 5, 3))
t(lambda: warnings.warn_explicit('x', UserWarning, 'f', 'z'))
t(lambda: warnings.warn_explicit('x', UserWarning, 'f', 3, registry=5))
t(lambda: warnings.warn_explicit('x', UserWarning, 'f', 3, module_globals=5))
t(lambda: warnings.simplefilter('bogus'))
t(lambda: warnings.filterwarnings('error', category=5))
with warnings.catch_warnings():
    with warnings._lock:
        warnings.simplefilter('always')
        warnings._get_filters().insert(0, ('bogus', None, Warning, None, 0))
        warnings._filters_mutated_lock_held()
    t(lambda: warnings.warn('y'))
    warnings._get_filters()[0] = ('bogus', None, Warning)
    t(lambda: warnings.warn('z'))
t(lambda: warnings._filters_mutated_lock_held())

# deprecated, formatwarning, showwarning
@warnings.deprecated('use g')
def f():
    return 1


with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    print(f())
print([(str(w.message), w.category.__name__) for w in log])
print(repr(warnings.formatwarning('m', UserWarning, 'nofile.py', 3, 'the line')))
old = warnings.showwarning
warnings.showwarning = lambda *a: print('shown', a[0], a[1].__name__, a[3])
with warnings.catch_warnings():
    warnings.simplefilter('always')
    warnings.warn('to the hook')
warnings.showwarning = old
print(warnings.filters[0], warnings.filters[-1])

# to standard error: by default, and those of the compiler
warnings.warn('printed with its line')
warnings.warn_explicit('explicit', FutureWarning, 'nowhere.py', 7)
compile('1 is 1', '<made>', 'exec')
with warnings.catch_warnings():
    warnings.simplefilter('error')
    t(lambda: compile('1 is 1', '<made>', 'exec'))
