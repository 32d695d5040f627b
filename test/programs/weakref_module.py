# The C part of weakref: references, proxies, callbacks, the classes that allow them.
import _weakref
import gc
from _weakref import ref, proxy, getweakrefcount, getweakrefs


class A:
    def __init__(self, x=0):
        self.x = x

    def double(self):
        return self.x * 2


def drop():
    gc.collect()


a = A(3)
r = ref(a)
print(r() is a, r is ref(a), r == ref(a), hash(r) == hash(a), r.__callback__)
print(getweakrefcount(a), getweakrefs(a) == [r], getweakrefcount(1), getweakrefs('x'))
del a
drop()
print(r(), hash(r) == hash(r), r.__callback__, r == r, r == ref(A))

a = A(1)
r = ref(a)
del a
drop()
try:
    hash(r)
except TypeError as e:
    print(e)

# callbacks: most recent first, with the dead reference; not when the reference died before
log = []
a = A(5)
first = ref(a, lambda r: log.append(('first', r() is None)))
second = ref(a, lambda r: log.append(('second', r() is None)))
third = ref(a, lambda r: log.append('never'))
print(callable(first.__callback__), first == second, first is second)
del third
drop()
del a
drop()
print(log, first.__callback__)


# an object that a call made and returned nothing of
def inside():
    b = A(7)
    return ref(b)


r = inside()
drop()
print(r())


def kept(out):
    b = A(8)
    out.append(b)
    return ref(b)


out = []
r = kept(out)
drop()
print(r() is out[0], r().x)


# cycles
class Node:
    pass


def cycle():
    n, m = Node(), Node()
    n.other, m.other = m, n
    return ref(n), ref(m)


r1, r2 = cycle()
drop()
print(r1(), r2())

# what may be referred to weakly
class Slots:
    __slots__ = ('a',)


class WithRef:
    __slots__ = ('a', '__weakref__')


class Inherits(WithRef):
    __slots__ = ()


class IntSub(int):
    pass


class StrSub(str):
    pass


class Error(Exception):
    pass


def f():
    yield


for o in (1, 'a', None, [], {}, (), b'', object(), 1.5, Slots(), IntSub(1), ValueError(), slice(1), range(3)):
    try:
        ref(o)
        print('?', o)
    except TypeError as e:
        print(e)
for o in (A, A().double, f, f(), len, [].append, set(), frozenset(), WithRef(), Inherits(), StrSub('s'), Error(), gc,
          f.__code__, int):
    ref(o)
for bases, slots in ((A,), ('__weakref__',)), ((int,), ('__weakref__',)), ((tuple,), ('x',)):
    try:
        type('X', bases, {'__slots__': slots})
    except TypeError as e:
        print(e)


# subclasses
class KeyedRef(ref):
    __slots__ = ('key',)

    def __new__(cls, o, callback, key):
        self = ref.__new__(cls, o, callback)
        self.key = key
        return self

    def __init__(self, o, callback, key):
        super().__init__(o, callback)


a = A()
k = KeyedRef(a, None, 'k')
print(k.key, k() is a, k == ref(a), hash(k) == hash(a), k is KeyedRef(a, None, 'k'), type(k).__name__)
d = {k: 1}
print(d[ref(a)], len(d))
d2 = {'x': k}
_weakref._remove_dead_weakref(d2, 'x')
print(len(d2))
del a
drop()
_weakref._remove_dead_weakref(d2, 'x')
_weakref._remove_dead_weakref(d2, 'x')
print(len(d2), k())

# errors
for args in (), (A, 1, 2):
    try:
        ref(*args)
    except TypeError as e:
        print(e)
try:
    ref(A, callback=None)
except TypeError as e:
    print(e)
try:
    ref(A)(1)
except TypeError as e:
    print(e)


# proxies
class Num:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return self.v + (o.v if isinstance(o, Num) else o)

    __radd__ = __add__

    def __eq__(self, o):
        return self.v == getattr(o, 'v', o)

    def __lt__(self, o):
        return self.v < getattr(o, 'v', o)

    def __len__(self):
        return self.v

    def __getitem__(self, i):
        return (self.v, i)

    def __setitem__(self, i, x):
        self.set = (i, x)

    def __contains__(self, x):
        return x == self.v

    def __iter__(self):
        return iter([self.v])

    def __bool__(self):
        return self.v > 1

    def __call__(self, *args, **kw):
        return args, kw

    def __str__(self):
        return f'Num {self.v}'

    def __index__(self):
        return self.v

    def __neg__(self):
        return -self.v


n = Num(4)
p = proxy(n)
print(type(p), p is proxy(n), p + 1, 1 + p, p + p, p == n, p == 4, p < 5, len(p), p[2], 4 in p, list(p), bool(p))
print(p(1, k=2), str(p), -p, [0, 1, 2, 3, 4, 5][p], isinstance(p, Num), p.__class__ is Num, p.v)
p[1] = 2
p.w = 9
print(n.set, n.w, hasattr(p, 'zz'))
del p.w
print(hasattr(n, 'w'), getweakrefcount(n))
try:
    hash(p)
except TypeError as e:
    print(e)
q = proxy(A(1))
print(type(proxy(out[0])))
seen = []
n2 = Num(2)
p2 = proxy(n2, seen.append)
del n, n2
drop()
for op in (lambda: p.v, lambda: p + 1, lambda: len(p), lambda: p(1), lambda: bool(p), lambda: str(p), lambda: p == 1):
    try:
        op()
        print('alive')
    except ReferenceError as e:
        print(e)
print(seen[0] is p2)

# an error in a callback is reported and dropped
import sys
a = A()
r = ref(a, lambda r: 1 / 0)
sys.unraisablehook = lambda u: print(u.exc_type.__name__, u.exc_value, u.err_msg.partition('<')[0], u.object)
del a
drop()
print('end')
