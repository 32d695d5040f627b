# Attribute access: descriptors, properties, __getattr__ and its like, slots, name mangling, deletion.
def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


class D:
    def __init__(self, log=True): self.v = {}
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name); self.name = name
    def __get__(self, obj, cls=None): return f"get {self.name} {obj is not None} {cls.__name__}" if obj is None or id(obj) not in self.v else self.v[id(obj)]
    def __set__(self, obj, value): print("set", self.name, value); self.v[id(obj)] = value
    def __delete__(self, obj): print("delete", self.name); self.v.pop(id(obj), None)


class N:
    def __get__(self, obj, cls=None): return "non-data"


class A:
    d = D()
    n = N()
    x = 1
    def __init__(self): self.y = 2


a = A()
print(a.d, A.d, a.n, A.n, a.x, a.y)
a.d = 5
print(a.d)
del a.d
print(a.d)
a.n = 3
print(a.n, A.n, vars(a))
del a.n
print(a.n)
a.__dict__["d"] = "hidden"
print(a.d, a.__dict__)
a.x = 10
print(a.x, A.x)
del a.x
print(a.x)
t(lambda: a.nope)
t(lambda: A.nope)
t(lambda: delattr(a, "nope"))
t(lambda: delattr(a, "x"))
t(lambda: delattr(A, "nope"))
t(lambda: (1).nope)
t(lambda: setattr(1, "x", 2))
t(lambda: setattr("a", "upper", 2))
t(lambda: setattr(int, "x", 2))
t(lambda: delattr(int, "real"))
t(lambda: setattr([], "x", 1))
t(lambda: delattr([], "x"))
t(lambda: setattr(None, "x", 1))
t(lambda: None.foo)
t(lambda: None.foo())
t(lambda: setattr(object(), "x", 1))
t(lambda: getattr(a, 5))
t(lambda: setattr(a, 5, 1))
t(lambda: getattr(a, "zz", "default"))
t(lambda: hasattr(a, "zz"))
t(lambda: hasattr(a, "y"))


class P:
    """Doc of P"""
    def __init__(self): self._v = 0
    @property
    def v(self):
        "doc of v"
        return self._v
    @v.setter
    def v(self, value): self._v = value
    @v.deleter
    def v(self): self._v = None
    @property
    def ro(self): return 1
    wo = property(None, lambda self, v: print("wo", v))
    nothing = property()
    q = property(lambda self: 5, doc="given")


p = P()
p.v = 5
print(p.v, P.v.__doc__, P.q.__doc__, P.__doc__, type(P.v), P.v.fget.__name__, P.v.fset is not None, P.ro.fset)
del p.v
print(p.v)
t(lambda: setattr(p, "ro", 1))
t(lambda: delattr(p, "ro"))
t(lambda: p.wo)
p.wo = 3
t(lambda: p.nothing)
t(lambda: setattr(p, "nothing", 1))
t(lambda: delattr(p, "nothing"))
print(P.v.__name__, P.__dict__["v"].__get__(p), P.v.__get__(None, P) is P.v)


class G:
    def __init__(self): self.real = 1
    def __getattr__(self, name):
        if name.startswith("dyn"): return name.upper()
        raise AttributeError(f"no {name}")


g = G()
print(g.real, g.dyn_x)
t(lambda: g.other)
print(hasattr(g, "other"), hasattr(g, "dyn"), getattr(g, "other", 5))


class GA:
    def __getattribute__(self, name):
        print("getattribute", name)
        if name == "boom": raise AttributeError("boom!")
        if name == "bad": raise ValueError("bad!")
        return object.__getattribute__(self, name)
    def __getattr__(self, name):
        print("getattr", name)
        return "fallback " + name
    def method(self): return "m"


ga = GA()
ga.z = 1
print(ga.z, ga.boom, ga.missing, ga.method())
t(lambda: ga.bad)


class SA:
    def __setattr__(self, name, value):
        print("setattr", name, value)
        object.__setattr__(self, name, value)
    def __delattr__(self, name):
        print("delattr", name)
        super().__delattr__(name)


s = SA()
s.x = 1
s.x += 1
print(s.x)
del s.x
t(lambda: s.x)
t(lambda: delattr(s, "x"))


class S:
    __slots__ = ("a", "b", "__priv")
    def __init__(self): self.a = 1
    def get(self): return self.__priv
    def put(self, v): self.__priv = v


o = S()
print(o.a, S.a, type(S.a).__name__, S.__slots__)
t(lambda: o.b)
o.b = 2
print(o.b)
del o.b
t(lambda: o.b)
t(lambda: delattr(o, "b"))
t(lambda: setattr(o, "c", 1))
t(lambda: o.__dict__)
t(lambda: vars(o))
o.put(7)
print(o.get(), o._S__priv)


class SS(S):
    __slots__ = ["c"]


class SD(S):
    pass


ss = SS()
ss.c = 3
t(lambda: setattr(ss, "zz", 1))
print(ss.a, ss.c)
sd = SD()
sd.zz = 1
print(sd.a, sd.zz, sd.__dict__)


class SDict:
    __slots__ = ("x", "__dict__")


q = SDict()
q.x, q.y = 1, 2
print(q.x, q.y, q.__dict__)
for body in ({"__slots__": ["x"], "x": 1}, {"__slots__": ["1x"]}, {"__slots__": [5]}, {"__slots__": "single"}, {"__slots__": ("__dict__", "__dict__")}, {"__slots__": ()}, {"__slots__": {"k": "doc"}}):
    t(lambda: type("T", (), body).__slots__)
t(lambda: type("T", (int,), {"__slots__": ["x"]}))
t(lambda: type("T", (S, SDict), {}))


class Mangle:
    __x = 1
    def __init__(self): self.__y = 2
    def get(self, __arg=3):
        __local = 4
        return self.__x, self.__y, __arg, __local, sorted(locals())
    def __m(self): return "mangled"
    def call(self): return self.__m()
    __dunder__ = 5
    class __Inner:
        __z = 6


m = Mangle()
print(m.get(), m.call(), sorted(n for n in dir(m) if "Mangle" in n), m._Mangle__x, Mangle._Mangle__Inner._Inner__z if hasattr(Mangle._Mangle__Inner, "_Inner__z") else vars(Mangle._Mangle__Inner).keys() - {"__module__"})
t(lambda: m.__x)


class _Under:
    __a = 1


class __:
    __a = 2


print([n for n in vars(_Under) if "a" in n and "__" in n and not n.endswith("__")], [n for n in vars(__) if n.startswith("__a")])
print(A.__dict__["x"], type(A.__dict__).__name__, A.__name__, A.__qualname__, A.__module__, A.__bases__, A.__mro__, A.__class__, a.__class__, A().__class__ is A)
t(lambda: setattr(A, "__name__", "B") or A.__name__)
t(lambda: setattr(A, "__name__", 5))
t(lambda: delattr(A, "__name__"))
t(lambda: A.__dict__.__setitem__("x", 1))
