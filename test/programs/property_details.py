"""property: documentation, names, copies by getter and setter, subclasses, messages."""


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__ + ":", e)


class A:
    "class"

    @property
    def x(self):
        "doc of x"
        return 1

    @x.setter
    def x(self, value):
        "doc of the setter"

    nothing = property()
    told = property(None, None, None, "told")
    writes = property(fset=lambda self, v: None)
    named = property(lambda self: 1)


class Outer:
    class Inner:
        p = property()


print(A.x.__doc__, A.told.__doc__, A.nothing.__doc__, A.named.__doc__)
print(A.x.__name__, A.nothing.__name__, A.writes.__name__)
show(lambda: property().__name__)
show(lambda: property(len).__name__)
show(lambda: property(5).__name__)
a = A()
show(lambda: a.nothing)
show(lambda: setattr(a, "nothing", 1))
show(lambda: delattr(a, "x"))
show(lambda: Outer.Inner().p)
show(lambda: property().__get__(a, A))
show(lambda: setattr(A.x, "fget", 1))
show(lambda: A.x.__get__(None, A) is A.x)
show(lambda: property(1, 2, 3, 4, 5))
show(lambda: property(1, fget=2))
show(lambda: property(nope=1))
show(lambda: property().__set_name__())
show(lambda: property().__set_name__(1, 2, 3))
print(A.x.getter(None).fget is A.x.fget)


class Plain(property):
    pass


class Documented(property):
    "documentation of the class"


class Slotted(property):
    __slots__ = ()


class WithSlot(property):
    __slots__ = ("__doc__",)


def getter(self):
    "doc of the getter"


for cls in Plain, Documented, Slotted, WithSlot:
    show(lambda: cls().__doc__)
    show(lambda: cls(None, None, None, "explicit").__doc__)
    show(lambda: cls(getter).__doc__)
    show(lambda: cls(getter).setter(len).__doc__)
    show(lambda: cls(None, doc="kept").getter(getter).__doc__)


class Bad:
    def __bool__(self):
        raise ValueError("not a truth")


class Abstract:
    __isabstractmethod__ = Bad()


class Yes:
    __isabstractmethod__ = "yes"


show(lambda: property(Abstract()).__isabstractmethod__)
show(lambda: property(None, Yes()).__isabstractmethod__)
show(lambda: property(len).__isabstractmethod__)
show(lambda: classmethod(Abstract()).__isabstractmethod__)


class Fails:
    @property
    def __doc__(self):
        raise RuntimeError("no doc")


show(lambda: property(Fails()))

for wrap in staticmethod, classmethod:

    class Unset(wrap):
        def __init__(self, f):
            pass

    show(lambda: Unset(len))
    show(lambda: (Unset(len).__func__, Unset(len).__wrapped__))
    show(lambda: wrap(len, f=1))
    show(lambda: wrap())

    @wrap
    def f(x: int) -> str: ...

    print(sorted(f.__dict__), f.__annotations__, sorted(f.__dict__))
    f.__annotations__ = {"a": 1}
    print(f.__annotations__, f.__func__.__annotations__)
    del f.__annotations__
    print(f.__annotations__)

    def drop():
        del g.__annotations__

    g = wrap(getter)
    show(drop)
    show(lambda: setattr(f, "__func__", len))
