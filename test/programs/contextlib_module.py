"""contextlib, abc and copy: managers of every kind, abstract classes, copies."""
import abc
import contextlib
import copy
import io
import sys


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


@contextlib.contextmanager
def tag(name):
    """Tags."""
    print("<", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("swallowed", error)
    finally:
        print(">", name)


with tag("a") as a, tag("b") as b:
    print(a, b)
with tag("v"):
    raise ValueError("inside")
try:
    with tag("k"):
        raise KeyError("out")
except KeyError as error:
    print("out", error)


@tag("deco")
def decorated(x):
    print("in", x)
    return x + 1


print(decorated(1), decorated(2), decorated.__name__, tag.__doc__)


@contextlib.contextmanager
def broken(kind):
    if kind == "none":
        return
    yield 1
    if kind == "two":
        yield 2


attempt(lambda: broken("none").__enter__())
try:
    with broken("two"):
        pass
except RuntimeError as error:
    print(error)
try:
    with broken("one"):
        raise StopIteration("stop")
except StopIteration as error:
    print("StopIteration", error)


class Closable:
    def __init__(self, name):
        self.name = name

    def close(self):
        print("close", self.name)


with contextlib.closing(Closable("c")) as c, contextlib.nullcontext(5) as n, contextlib.suppress(KeyError, IndexError) as s:
    print(c.name, n, s)
    [][1]
out = io.StringIO()
with contextlib.redirect_stdout(out):
    print("captured")
    with contextlib.redirect_stdout(sys.stderr):
        pass
print(repr(out.getvalue()))
err = io.StringIO()
with contextlib.redirect_stderr(err):
    print("error text", file=sys.stderr)
print(repr(err.getvalue()))
with contextlib.ExitStack() as stack:
    names = [stack.enter_context(tag(str(i))) for i in range(2)]
    stack.callback(print, "callback", 1, sep="-")
    stack.push(lambda *details: print("exit got", details[0] and details[0].__name__))
    later = stack.pop_all()
    print(names)
print("moved")
with contextlib.suppress(ZeroDivisionError):
    with later:
        1 / 0
with contextlib.ExitStack() as stack:
    stack.push(lambda t, e, tb: print("outer sees", t.__name__, repr(e.__context__)) or True)

    @stack.callback
    def fail():
        raise KeyError("from callback")

    raise ValueError("first")
attempt(lambda: contextlib.ExitStack().enter_context(5))


class Timer(contextlib.ContextDecorator):
    def __enter__(self):
        print("start")
        return self

    def __exit__(self, *details):
        print("stop")
        return False


@Timer()
def timed(x):
    return x


print(timed(3), isinstance(Timer(), contextlib.AbstractContextManager))
with contextlib.suppress(BaseExceptionGroup if False else ValueError):
    raise ExceptionGroup("group", [ValueError(1), ValueError(2)])
try:
    with contextlib.suppress(ValueError):
        raise ExceptionGroup("group", [ValueError(1), KeyError(2)])
except ExceptionGroup as group:
    print(repr(group))


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

    @property
    @abc.abstractmethod
    def name(self): ...

    @classmethod
    @abc.abstractmethod
    def make(cls): ...

    @classmethod
    def __subclasshook__(cls, c):
        return True if cls is Shape and hasattr(c, "quacks") else NotImplemented


class Half(Shape):
    def area(self):
        return 1


class Square(Half):
    name = "square"

    @classmethod
    def make(cls):
        return cls()


class Duck:
    quacks = 1


attempt(Shape)
attempt(Half)
print(Square.make().area(), sorted(Shape.__abstractmethods__), Half.__abstractmethods__ == {"name", "make"}, issubclass(Duck, Shape), isinstance(Duck(), Shape), issubclass(int, Shape), Shape.register(int), issubclass(bool, Shape), isinstance(5, Shape), abc.get_cache_token() > 0)


class Deep:
    def __init__(self, value, parent=None):
        self.value, self.parent, self.children = value, parent, []


class Custom:
    def __init__(self, n):
        self.n = n

    def __copy__(self):
        return Custom(self.n + 1)

    def __deepcopy__(self, memo):
        return Custom(self.n + 100)


class Reduced:
    def __init__(self, a, b=0):
        self.a, self.b = a, b

    def __reduce__(self):
        return Reduced, (self.a,), {"b": self.b * 2}


class Slotted:
    __slots__ = ("a", "b")


root = Deep([1, 2])
child = Deep({"k": (1, [2])}, root)
root.children.append(child)
shallow, deep = copy.copy(root), copy.deepcopy(root)
print(shallow.children is root.children, deep.children is root.children, deep.children[0].parent is deep, deep.children[0].value, deep.children[0].value is child.value)
slotted = Slotted()
slotted.a = [1]
print(copy.copy(Custom(1)).n, copy.deepcopy([Custom(1)])[0].n, copy.copy(Reduced(1, 2)).b, copy.copy(slotted).a is slotted.a, copy.deepcopy(slotted).a, hasattr(copy.copy(slotted), "b"))
t = (1, [2])
atom = (1, "a", None)
looped = [1]
looped.append(looped)
print(copy.deepcopy(t) == t, copy.deepcopy(t) is t, copy.deepcopy(atom) is atom, copy.copy([1]) == [1], copy.deepcopy(looped)[1][0], copy.copy({1: 2}), copy.deepcopy({1: {2}}), copy.copy(bytearray(b"x")), copy.deepcopy(len) is len, copy.copy(int) is int, copy.deepcopy(frozenset([1])), copy.copy(range(3)))
attempt(copy.copy, (x for x in ()))
attempt(copy.deepcopy, [iter([1])][0:0])
attempt(copy.copy, sys._getframe())
attempt(copy.replace, 5)
