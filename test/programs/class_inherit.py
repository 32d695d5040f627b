# Inheritance, MRO, super() in all forms, metaclasses, __init_subclass__, __set_name__, __class_getitem__, __prepare__.
def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


class O: pass
class A(O):
    def f(self): return "A.f"
    def who(self): return ["A"]
class B(O):
    def f(self): return "B.f"
    def who(self): return ["B"]
class C(A, B):
    def who(self): return ["C"] + super().who()
class D(B): pass
class E(C, D):
    def who(self): return ["E"] + super(E, self).who() + super(C, self).who() + super(A, self).who()
print([c.__name__ for c in E.__mro__], E().f(), E().who(), E.mro() == list(E.__mro__))
t(lambda: type("X", (A, O, A), {}))
t(lambda: type("X", (O, A), {}))
t(lambda: type("X", (1,), {}))
t(lambda: type("X", (bool,), {}))
t(lambda: type("X", (int, str), {}))
t(lambda: type("X", (type(None),), {}))
t(lambda: type("X", (), {}).__mro__[1])
t(lambda: type(1, (), {}))
t(lambda: type("X", [], {}))
t(lambda: type("X", (), []))
t(lambda: type("X", ()))
t(lambda: type())
t(lambda: isinstance(E(), (int, O)))
t(lambda: isinstance(1, "x"))
t(lambda: issubclass(1, int))
t(lambda: issubclass(int, 1))
t(lambda: issubclass(bool, (str, int)))
print(issubclass(E, O), issubclass(O, E), isinstance(E, type), isinstance(type, object), issubclass(type, object), type(type), O.__subclasses__() == [A, B], C.__base__.__name__)


class S1:
    def __init__(self, *a): print("S1", a); self.x = 1
    def m(self): return "S1.m"
    @classmethod
    def cm(cls): return "S1.cm " + cls.__name__
    @staticmethod
    def sm(): return "S1.sm"
    @property
    def p(self): return "S1.p"
    attr = "S1.attr"
    def __getitem__(self, i): return i


class S2(S1):
    def __init__(self, *a): super().__init__(*a, "S2"); super().x if False else None
    def m(self): return "S2." + super().m()
    @classmethod
    def cm(cls): return "S2." + super().cm()
    @staticmethod
    def sm(): return S1.sm() + " via S2"
    @property
    def p(self): return "S2." + super().p
    def a(self): return super().attr
    def gi(self): return super().__getitem__(3)
    def no(self): return super().nope
    def wrong(self): return super()[3]
    def nested(self):
        def inner(): return super(S2, self).m()
        return inner()
    def lam(self): return (lambda s: super().m())(self)
    def gen(self): return [super(S2, self).m() for _ in range(1)]
    def comp(self): return [super().m() for _ in range(1)]
    def cls(self): return __class__
    def setit(self): super().zz = 5


s = S2(1)
for name in ("m", "cm", "sm", "a", "gi", "no", "wrong", "nested", "lam", "gen", "comp", "cls", "setit"):
    t(getattr(s, name))
print(s.p, S2.cm(), S2.sm(), super(S2, s).m(), super(S2, S2).cm(), super(S2, s).p)
print(repr(super(S2, s)).split(",")[0], super(S2, s).__thisclass__, super(S2, s).__self__ is s, super(S2, s).__self_class__)
t(lambda: super())
t(lambda: super(S1, O()))
t(lambda: super(1, s))
t(lambda: super(S2).m)
t(lambda: super(S2, S1))
u = super(S2)
print(u.__self__, u.__get__(s, S2).m())


def outside(self): return super().m()
S2.outside = outside
t(lambda: s.outside())
def noargs(): return super()
t(noargs)


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, [b.__name__ for b in bases], kw)
        return {"from_prepare": 1}
    def __new__(mcs, name, bases, ns, **kw):
        print("new", name, sorted(k for k in ns if not k.startswith("__")), kw)
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        print("init", name, kw)
        super().__init__(name, bases, ns)
    def __call__(cls, *a, **k):
        print("call", cls.__name__, a, k)
        return super().__call__(*a, **k)
    def __getattr__(cls, name): return f"meta {name}"
    def __len__(cls): return 42
    def __contains__(cls, x): return x == 1
    def __iter__(cls): return iter("abc")
    def __getitem__(cls, k): return f"item {k}"
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, c): return c is int
    def __str__(cls): return "str of " + cls.__name__
    def __add__(cls, other): return f"{cls.__name__}+{other}"
    @property
    def prop(cls): return "meta prop"
    def meth(cls): return "meta meth " + cls.__name__


class M(metaclass=Meta, opt=1):
    x = 1
    def __init__(self, v=0): self.v = v


class N(M, other=2): pass


m = M(3)
print(m.v, M.unknown, len(M), 1 in M, 2 in M, list(M), M["k"], isinstance(5, M), isinstance(m, M), issubclass(int, M), str(M), M + 1, M.prop, M.meth(), M.from_prepare, type(N))
t(lambda: m.meth())
t(lambda: m.unknown)


class Meta2(type): pass
t(lambda: Meta2("X", (M,), {}))
t(lambda: type("X", (M,), {}))
def fmeta(name, bases, ns, **kw): return (name, bases, sorted(ns), kw)
class F(metaclass=fmeta, a=1): pass
print(F)


class Base:
    subs = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        Base.subs.append(cls.__name__)
class Sub1(Base, tag="one"): pass
class Sub2(Sub1): pass
print(Base.subs, Sub1.tag, Sub2.tag)
t(lambda: type("Bad", (Base,), {}, nope=1))
t(lambda: type("Bad", (), {}, nope=1))
try:
    class Bad(O, x=1): pass
except TypeError as e: print(e)


class SN:
    def __set_name__(self, owner, name): raise ValueError("no name")
try:
    class Bad2: a = SN()
except Exception as e: print(type(e).__name__, e, getattr(e, "__notes__", None))


class CG:
    def __class_getitem__(cls, item): return (cls.__name__, item)
print(CG[1], CG["a", "b"], type("CG2", (CG,), {})[int])
t(lambda: CG()[1])
t(lambda: O[1])
t(lambda: int[1])


class ME:
    def __mro_entries__(self, bases): return (A, B)
class X(ME()): pass
print(X.__bases__, X.__orig_bases__[0].__class__.__name__)


class W:
    print("body runs", __name__, __qualname__)
    y = [i for i in range(3)]
    z = 5
    try:
        w = [z for _ in range(2)]
    except NameError as e:
        print(e)
    for k in range(2): pass
    del z
    def f(self): return y
print(W.y, W.k, hasattr(W, "z"), hasattr(W, "w"))
y = "global y"
print(W().f())


class Redef:
    def f(self): return 1
    f = 2
print(Redef.f)
print(type("Dyn", (A,), {"g": lambda self: "dyn", "__doc__": "d"})().g(), type("Dyn", (), {"__doc__": "d"}).__doc__, type("Dyn", (), {}).__doc__, type("Dyn", (), {}).__module__)
E = type("E", (), {})
a = E()
class E2: 
    def hi(self): return "hi from E2"
a.__class__ = E2
print(a.hi(), type(a).__name__)
t(lambda: setattr(a, "__class__", 5))
t(lambda: setattr(a, "__class__", int))
t(lambda: setattr(1, "__class__", int))
A.__bases__ = (E2, O) if False else A.__bases__
t(lambda: setattr(A, "__bases__", ()))
class NB(O): pass
class NB2(O):
    def added(self): return "added"
class NB3(NB): pass
NB.__bases__ = (NB2,)
print(NB3().added(), [c.__name__ for c in NB3.__mro__])
