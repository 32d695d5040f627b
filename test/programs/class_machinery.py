"""Metaclasses whose mro() fails, assigns bases or leaves the class out; descriptors that only set; hooks taken from built-in types; pow with three operands."""
import warnings


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__ + ":", e)


def make(name, bases, meta, **body):
    return meta(name, bases, body)


class Looks(type):
    def mro(cls):
        print(cls.__name__, cls.__mro__, hasattr(cls, "anything"), issubclass(cls, object), isinstance(cls, type))
        if cls.__name__ == "Seen":
            show(lambda: type("Sub", (cls,), {}))
        return type.mro(cls)


Seen = make("Seen", (), Looks, anything=1)
print(Seen.anything, Seen.__mro__)


class Once(type):
    done = set()

    def mro(cls):
        if cls.__name__ in Once.done:
            raise RuntimeError("bozo")
        Once.done.add(cls.__name__)
        return type.mro(cls)


class C: ...


class C2:
    extra = 1


class D(C): ...


class E(D): ...


class F(D, metaclass=Once): ...


class G(D): ...


before = [k.__mro__ for k in (D, E, F, G)]
show(lambda: setattr(D, "__bases__", (C2,)))
print([k.__mro__ for k in (D, E, F, G)] == before, D.__bases__, hasattr(E, "extra"), C2.__subclasses__())


class Cycle(type):
    ready = False

    def mro(cls):
        if Cycle.ready and cls.__name__ == "K":
            Cycle.ready = False
            K.__bases__ = (B2,)
        return type.mro(cls)


A = make("A", (), Cycle)
B1 = make("B1", (A,), Cycle)
B2 = make("B2", (A,), Cycle)
K = make("K", (A,), Cycle)
Cycle.ready = True
K.__bases__ = (B1,)
B1.__bases__ = (K,)
print(K.__bases__, B2.__subclasses__(), B1.__subclasses__(), B1.__bases__, K.__subclasses__())


class Gone(type):
    def mro(cls):
        return (C,)


show(lambda: make("A", (), Gone))


class Layout(type):
    def mro(cls):
        return [cls, int, object] if cls.__name__ == "Wrong" else [cls, 5]


show(lambda: make("Wrong", (), Layout))
show(lambda: make("Right", (), Layout))


class SetOnly:
    def __set__(self, o, value):
        o.__dict__["a"] = value


descriptor = SetOnly()


class X:
    a = descriptor


x = X()
print(x.a is descriptor)
x.a = 42
print(x.a)


class Meta(type): ...


class Y(metaclass=Meta):
    a = 7


Meta.a = descriptor
print(Y.a)


class Hooked(dict):
    __setattr__ = dict.__setitem__
    __getattr__ = dict.__getitem__
    __neg__ = dict.copy


h = Hooked()
h.y = 42
print(h, h.y, -h, vars(h))


class WrongHook:
    __setattr__ = dict.__setitem__


show(lambda: setattr(WrongHook(), "a", 1))
show(lambda: object.__setattr__(str, "foo", 42))
show(lambda: object.__delattr__(str, "lower"))
show(lambda: object.__setattr__(X, "foo", 42))


class I(int):
    def __pow__(self, other, mod=None):
        return "pow", int(self), int(other), mod and int(mod)

    def __rpow__(self, other, mod=None):
        return "rpow", int(self), int(other), mod and int(mod)


show(lambda: pow(2, I(3), 5))
show(lambda: pow(I(2), 3, 5))
show(lambda: pow(I(2), I(3), I(5)))
show(lambda: pow(2, 3, I(5)))


class DocDescriptor:
    def __get__(self, o, cls=None):
        return f"{o}, {cls.__name__}"


class Documented:
    __doc__ = DocDescriptor()


print(Documented.__doc__, Documented().__doc__ != Documented.__doc__)
show(lambda: type.__abstractmethods__)
print(type(Y.__dict__), type(Meta.__dict__))

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    type("Odd", (), {1: 2})
print([str(w.message) for w in caught])


class S1:
    __slots__ = ["a", "b"]


class S2:
    __slots__ = ["b", "a"]


s = S1()
s.a = 1
s.__class__ = S2
print(s.a)
show(lambda: s.b)


class S3(S1):
    __slots__ = ["__weakref__"]


show(lambda: setattr(S1(), "__class__", S3))


class Base: ...


class MetaBase(type, Base): ...


class Mod(type(warnings), Base): ...


set_dict = Base.__dict__["__dict__"].__set__
show(lambda: set_dict(make("Q", (), MetaBase), {}))
show(lambda: set_dict(Mod("m"), {}))


class Instead(dict):
    def __new__(cls):
        return Recorder()


class Recorder:
    def __init__(self):
        self.got = []

    def __setitem__(self, key, value):
        self.got.append((key, value))


print(Instead.fromkeys("ab", 1).got)


def raises():
    yield 1
    raise TypeError("oops")


for pairs in [5], [raises()], [(1, 2, 3)]:
    try:
        dict(pairs)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e, getattr(e, "__notes__", None))
