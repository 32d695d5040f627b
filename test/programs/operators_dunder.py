# Operators by special methods: forward, reflected, in place, NotImplemented, subclass priority, comparison fall-backs, truth, hashing, containers.
def t(f, *a):
    try: print("ok", f(*a))
    except Exception as e: print(type(e).__name__, e)


import operator
OPS = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_", "xor", "lshift", "rshift"]
NAMES = [o.rstrip("_") for o in OPS]
SYM = ["+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>"]
class Left: pass
class Right: pass
class Neither: pass
class NotImpl: pass
class Sub(Left): pass
for n in NAMES:
    setattr(Left, f"__{n}__", lambda s, o, n=n: f"{type(s).__name__}.{n}({type(o).__name__})")
    setattr(Right, f"__r{n}__", lambda s, o, n=n: f"{type(s).__name__}.r{n}({type(o).__name__})")
    setattr(Sub, f"__r{n}__", lambda s, o, n=n: f"Sub.r{n}({type(o).__name__})")
    setattr(NotImpl, f"__{n}__", lambda s, o: NotImplemented)
    setattr(NotImpl, f"__r{n}__", lambda s, o: NotImplemented)
for s in SYM:
    L, R, N, NI, S = Left(), Right(), Neither(), NotImpl(), Sub()
    print(s, eval(f"L {s} 1"), eval(f"1 {s} R"), eval(f"L {s} R"), eval(f"N {s} R"), eval(f"L {s} S"), eval(f"S {s} L"), eval(f"NI {s} R"))
    for e in (f"N {s} 1", f"1 {s} N", f"NI {s} 1", f"1 {s} NI", f"N {s} N", f"NI {s} NI", f"'a' {s} N", f"[] {s} N", f"None {s} 1"): t(lambda: eval(e))
    try: exec(f"v = N; v {s}= 1")
    except TypeError as e: print(e)
    v = L
    exec(f"v {s}= 1"); print(v)
class IP:
    def __init__(self): self.log = []
    def __iadd__(self, o): self.log.append(o); return self
    def __isub__(self, o): return NotImplemented
    def __sub__(self, o): return "sub"
    def __imul__(self, o): return "new"
x = y = IP()
x += 1; print(x is y, x.log)
x -= 1; print(x)
z = IP(); z *= 2; print(z)
t(lambda: divmod(Neither(), 1)); t(lambda: pow(Neither(), 1)); t(lambda: pow(2, Neither())); t(lambda: divmod(1, "a"))
class DM:
    def __divmod__(self, o): return ("dm", o)
    def __rdivmod__(self, o): return ("rdm", o)
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __rpow__(self, o, m=None): return ("rpow", o, m)
print(divmod(DM(), 1), divmod(1, DM()), pow(DM(), 2), pow(DM(), 2, 3), pow(2, DM()), pow(2, DM(), 5), 2 ** DM())
class U:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
    def __round__(self, n="none"): return ("round", n)
    def __trunc__(self): return "trunc"
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __complex__(self): return 1j
    def __index__(self): return 3
    def __bool__(self): return False
    def __len__(self): return 5
    def __hash__(self): return 99
u = U()
import math
print(-u, +u, ~u, abs(u), round(u), round(u, 2), math.trunc(u), math.floor(u), math.ceil(u), int(u), float(u), complex(u), [1, 2, 3, 4][u], bool(u), len(u), hash(u), hex(u), "abcd"[u], range(u), [0] * u, not u, bin(u), list(range(10))[:u])
for f in (lambda: -Neither(), lambda: +Neither(), lambda: ~Neither(), lambda: abs(Neither()), lambda: round(Neither()), lambda: int(Neither()), lambda: float(Neither()), lambda: complex(Neither()), lambda: [1][Neither()], lambda: len(Neither()), lambda: hex(Neither()), lambda: range(Neither()), lambda: [0] * Neither(), lambda: math.floor(Neither()), lambda: ~1.5, lambda: -"a"): t(f)
class Bad:
    def __int__(self): return "x"
    def __float__(self): return 1
    def __index__(self): return 1.5
    def __bool__(self): return 1
    def __len__(self): return -1
    def __hash__(self): return "h"
    def __complex__(self): return 1
    def __contains__(self, o): return "yes"
    def __iter__(self): return 5
    def __reversed__(self): return "rev"
    def __length_hint__(self): return -1
    def __dir__(self): return 5
    def __format__(self, s): return 1
    def __bytes__(self): return "s"
b = Bad()
for f in (lambda: int(b), lambda: float(b), lambda: [1][b], lambda: bool(b), lambda: len(b), lambda: hash(b), lambda: complex(b), lambda: 1 in b, lambda: list(b), lambda: reversed(b), lambda: dir(b), lambda: f"{b}", lambda: bytes(b), lambda: operator.length_hint(b) if hasattr(operator, "length_hint") else None, lambda: not b, lambda: 1 if b else 2): t(f)
class BigLen:
    def __len__(self): return 2**70
class StrLen:
    def __len__(self): return "5"
class BoolLen:
    def __len__(self): return True
t(len, BigLen()); t(len, StrLen()); t(len, BoolLen())

# comparisons
class C:
    def __init__(self, v): self.v = v
    def __eq__(self, o): print("eq", self.v, end=" "); return self.v == o.v if isinstance(o, C) else NotImplemented
    def __lt__(self, o): print("lt", self.v, end=" "); return self.v < o.v if isinstance(o, C) else NotImplemented
    def __le__(self, o): print("le", self.v, end=" "); return NotImplemented
print(C(1) == C(1), C(1) != C(1), C(1) < C(2), C(1) > C(2), C(1) == 5, 5 == C(1), C(1) != 5)
t(lambda: C(1) <= C(2)); t(lambda: C(1) >= C(2)); t(lambda: C(1) < 5); t(lambda: 5 > C(1)); t(lambda: hash(C(1)))
class SubC(C):
    def __eq__(self, o): print("subeq", end=" "); return True
    def __gt__(self, o): print("subgt", end=" "); return "gt"
print(C(1) == SubC(2), C(1) < SubC(2), SubC(2) == C(1))
print(C(1) in [C(2), C(1)], [C(1), C(2)].index(C(2)), [C(1)] == [C(1)], (C(1),) < (C(2),), [C(3), C(1), C(2)].count(C(1)), sorted([C(3), C(1)], key=lambda c: c.v)[0].v, min(C(2), C(1)).v)
class NE:
    def __ne__(self, o): return "ne result"
print(NE() != 1, NE() == 1, 1 != NE())
class Rich:
    def __eq__(self, o): return "truthy"
    def __lt__(self, o): return []
print(Rich() == 1, Rich() < 1, bool(Rich() < 1), 1 if Rich() == 2 else 0, Rich() in [1], 1 < Rich() if False else "-")
n = float("nan")
print(n == n, n in [n], [n] == [n], n is n, {n: 1}[n], (n,) == (n,), n != n, min(n, 1), max(1, n))
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1 > 0, 1 == 1.0 == True, 1 < 2 > 1, "a" < "b" < "c", (1, 2) < (1, 3), [1] < [1, 0], (1,) == [1], {1: 2} == {1: 2.0}, {1} == frozenset([1]), b"a" == "a", None == 0)
def ev(v): print("ev", v, end=" "); return v
print(ev(1) < ev(2) < ev(3)); print(ev(3) < ev(2) < ev(1))
for f in (lambda: 1 < "a", lambda: [] < (), lambda: {} < {}, lambda: None < None, lambda: 1j < 2j, lambda: object() < object(), lambda: b"" < "", lambda: {1} < [1], lambda: int < str, lambda: len < len): t(f)

# hash and eq
class H1:
    def __eq__(self, o): return True
class H2(H1):
    __hash__ = object.__hash__
class H3(H1): pass
class H4:
    __hash__ = None
class H5:
    def __hash__(self): return 1
t(lambda: hash(H1())); print(isinstance(hash(H2()), int)); t(lambda: hash(H3())); t(lambda: hash(H4())); print(hash(H5()), H1.__hash__, H5() == H5())
t(lambda: {H1(): 1}); t(lambda: {H4()})
# containers
class Seq:
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq(), 5 in Seq(), [*Seq()], *Seq()); a, b_, c = Seq(); print(a, b_, c, list(reversed([1])), dict(enumerate(Seq())))
t(lambda: reversed(Seq())); t(lambda: len(Seq())); t(lambda: iter(5)); t(lambda: 5 in 5); t(lambda: next(5)); t(lambda: next([]))
class Cont:
    def __contains__(self, v): return v == 1
    def __getitem__(self, k): return ("get", k)
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
    def __missing__(self, k): return "never"
k = Cont()
print(1 in k, 2 in k, 2 not in k, k[1], k[1, 2], k["a"], k[1:2], k[1:2:3], k[:], k[..., 1:2], k[()], k[1:2, 3])
k[1] = 2; k[1:2] = 3; k[1, 2] = 4; del k[1]; del k[1:2]; k[1] += "x" if False else ("x",)
for f in (lambda: 5[0], lambda: Neither()[0], lambda: {}.__getitem__(1), lambda: "a"["b"], lambda: [1]["a"], lambda: (1,)[1.5], lambda: {1: 2}[[]], lambda: setattr, lambda: None[0], lambda: len[0]): t(f)
def si(o): o[0] = 1
def di(o): del o[0]
for o in (5, "a", (1,), Neither(), None, range(3), b"a", frozenset(), len): t(si, o); t(di, o)
class Call:
    def __call__(self, *a, **k): return a, k
print(Call()(1, x=2), callable(Call()), callable(Neither()), callable(len), callable(Call))
c = Neither(); c.__call__ = lambda: 1; t(c)
class Meth:
    __len__ = staticmethod(lambda: 4)
    __getitem__ = classmethod(lambda cls, k: (cls.__name__, k))
    class D:
        def __get__(self, o, c): return lambda *a: ("desc", a)
    __call__ = D()
    __contains__ = property(lambda self: lambda v: v == 3)
m = Meth()
print(len(m), m[5], m(1, 2), 3 in m, 4 in m)
class NoneBlock:
    __iter__ = None; __contains__ = None; __hash__ = None; __reversed__ = None; __add__ = None; __len__ = None; __getitem__ = None; __call__ = None; __eq__ = None; __bool__ = None
nb = NoneBlock()
for f in (lambda: iter(nb), lambda: 1 in nb, lambda: hash(nb), lambda: reversed(nb), lambda: nb + 1, lambda: len(nb), lambda: nb[0], lambda: nb(), lambda: nb == 1, lambda: list(nb), lambda: bool(nb)): t(f)
