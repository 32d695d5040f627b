# Parameters of every kind, and the messages for wrong calls.
def t(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except TypeError as e:
        print(type(e).__name__, e)


def none(): return "none"
def one(a): return a
def two(a, b): return a, b
def dflt(a, b=2, c=3): return a, b, c
def posonly(a, b, /): return a, b
def posonly_d(a, b=5, /, c=6): return a, b, c
def kwonly(*, k): return k
def kwonly_d(*, k=1, m): return k, m
def mixed(a, /, b, *, c): return a, b, c
def full(a, b=2, /, c=3, *args, d, e=5, **kw): return a, b, c, args, d, e, kw
def star(*args): return args
def dstar(**kw): return kw
def both(*args, **kw): return args, kw
def after(a, *args, k=0): return a, args, k


t(none); t(none, 1); t(none, 1, 2); t(none, x=1)
t(one); t(one, 1); t(one, 1, 2); t(one, a=1); t(one, b=1); t(one, 1, a=2); t(one, 1, 2, 3)
t(two); t(two, 1); t(two, b=1); t(two, 1, b=2); t(two, 1, 2, 3); t(two, 1, 2, 3, 4, x=5); t(two, **{"a": 1, "b": 2})
t(dflt); t(dflt, 1); t(dflt, 1, 5); t(dflt, 1, c=7); t(dflt, 1, 2, 3, 4); t(dflt, c=1); t(dflt, 1, 2, b=3)
t(posonly, 1, 2); t(posonly, 1); t(posonly); t(posonly, a=1, b=2); t(posonly, 1, b=2); t(posonly, 1, 2, 3)
t(posonly_d, 1); t(posonly_d, 1, 2, 3); t(posonly_d, 1, b=2); t(posonly_d, 1, c=2); t(posonly_d, c=2); t(posonly_d, a=1)
t(kwonly); t(kwonly, 1); t(kwonly, k=1); t(kwonly, 1, k=2); t(kwonly, j=1); t(kwonly, 1, 2, k=3)
t(kwonly_d); t(kwonly_d, m=1); t(kwonly_d, k=2, m=1); t(kwonly_d, 1, m=1, k=1)
t(mixed, 1, 2, c=3); t(mixed, 1, b=2, c=3); t(mixed, 1); t(mixed, 1, 2); t(mixed, a=1, b=2, c=3); t(mixed, 1, 2, 3)
t(full, 1, d=4); t(full, 1, 2, 3, 4, 5, d=6, z=7); t(full); t(full, 1); t(full, d=1); t(full, 1, b=9, d=2); t(full, 1, 2, 3, c=4, d=1)
t(star); t(star, 1, 2); t(star, a=1); t(dstar); t(dstar, a=1, b=2); t(dstar, 1); t(dstar, 1, 2, a=3)
t(both); t(both, 1, 2, a=3); t(after); t(after, 1); t(after, 1, 2, 3, k=4); t(after, k=4)


def many(a, b, c, d, e): pass
def many_kw(*, a, b, c): pass


t(many); t(many, 1, 2); t(many, 1, e=2); t(many_kw); t(many_kw, b=1); t(many, 1, 2, 3, 4)


class C:
    def m(self, a, b=1): return a, b
    @classmethod
    def c(cls, a): return a
    @staticmethod
    def s(a): return a
    def nothing(): return 1
    def __init__(self, x=0, *, y=0): self.x, self.y = x, y
    def __call__(self, q): return q


t(C().m); t(C().m, 1); t(C().m, 1, 2, 3); t(C.m); t(C.m, 1); t(C.c); t(C.c, 1); t(C.c, 1, 2); t(C().c, 1); t(C.s); t(C.s, 1); t(C().s, 1, 2)
t(C().nothing); t(C, 1, 2); t(C, z=1); t(C(), 1); t(C()); t(C(), 1, 2); t(C, 1, y=2, x=3)
t(lambda x: x); t(lambda: 0, 1); t((lambda x, y=2, *z, k, **w: (x, y, z, k, w)), 1, k=3)

# Unpacking in calls
t(both, *[1, 2], *(3,), **{"a": 1}, **{"b": 2}); t(both, *"ab", 5, *range(2), k=1, **{})
try:
    both(*1)
except TypeError as e: print(e)
try:
    both(**1)
except TypeError as e: print(e)
try:
    both(**{1: 2})
except TypeError as e: print(e)
try:
    both(a=1, **{"a": 2})
except TypeError as e: print(e)
try:
    both(**{"a": 1}, **{"a": 2})
except TypeError as e: print(e)
try:
    C().m(*5)
except TypeError as e: print(e)
try:
    C().m(**5)
except TypeError as e: print(e)
try:
    print(**5)
except TypeError as e: print(e)
try:
    len(*5)
except TypeError as e: print(e)
try:
    one(1, **{"a": 3})
except TypeError as e: print(e)
try:
    one(*[1, 2], **{"x": 3})
except TypeError as e: print(e)
try:
    (1)(2)
except TypeError as e: print(e)
try:
    None()
except TypeError as e: print(e)
try:
    "abc"()
except TypeError as e: print(e)


class Mapping:
    def keys(self): return ["a", "b"]
    def __getitem__(self, k): return k * 2


class BadMapping:
    def keys(self): return 5
    def __getitem__(self, k): return k


class It:
    def __iter__(self): return iter([1, 2])


class BadIt:
    def __iter__(self): return 5


class Raises:
    def __iter__(self): raise TypeError("mine")


t(both, *It(), **Mapping())
for bad in (lambda: both(*BadIt()), lambda: both(*Raises()), lambda: both(**BadMapping())):
    try:
        bad()
    except TypeError as e: print(e)

# Defaults are evaluated once, left to right, in the enclosing scope.
def d(name):
    print("default", name)
    return name
def f(a=d("a"), /, b=d("b"), *, c=d("c")): return a, b, c
print(f(), f(1, 2, c=3), f.__defaults__, f.__kwdefaults__)
def acc(x, l=[]):
    l.append(x)
    return l
print(acc(1), acc(2), acc.__defaults__)
f.__defaults__ = (10,)
f.__kwdefaults__ = None
t(f); t(f, 1); t(f, 1, c=3)
f.__defaults__ = None
t(f)
try:
    f.__defaults__ = 5
except TypeError as e: print(e)
try:
    f.__kwdefaults__ = 5
except TypeError as e: print(e)
print(one.__name__, one.__qualname__, C.m.__qualname__, C.m.__name__, (lambda: 0).__name__, one.__code__.co_name, full.__code__.co_varnames, full.__code__.co_argcount, full.__code__.co_posonlyargcount, full.__code__.co_kwonlyargcount)
# Order of evaluation of a call
def e(x):
    print("eval", x, end=" ")
    return x
both(e(1), *e([2]), e(3), k=e(4), **e({"z": 5}), y=e(6))
print()
# very many arguments
print(len(star(*range(1000))), eval("star(" + ",".join("1" for _ in range(300)) + ")")[-1], len(eval("dstar(" + ",".join(f"a{i}={i}" for i in range(300)) + ")")))
