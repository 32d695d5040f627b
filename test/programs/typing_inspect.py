"""typing, inspect and annotationlib: aliases, generics, protocols, typed dicts, signatures, members, sources."""
import collections.abc
import inspect
import typing
from typing import Annotated, Any, Callable, ClassVar, Concatenate, Final, Generic, Literal, NamedTuple, NewType, NotRequired, Optional, ParamSpec, Protocol, Required, Self, TypedDict, TypeVar, TypeVarTuple, Union, Unpack, cast, get_args, get_origin, get_type_hints, overload, runtime_checkable


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


T, K = TypeVar("T"), TypeVar("K", bound=int)
P, Ts = ParamSpec("P"), TypeVarTuple("Ts")
for alias in (Optional[int], Union[int, str, None], int | str, list[int], dict[str, list[int]], Callable[[int], str], Callable[..., Any], collections.abc.Callable[[int, str], None], Literal[1, "a", None], Annotated[int, "meta", 5], tuple[int, ...], tuple[()], type[int], ClassVar[int], Final[str], Union[int], Concatenate[int, P], Callable[P, T], typing.List[T][int], typing.Dict[str, T], Unpack[Ts], Required[int], typing.Tuple[int, str], typing.Iterable[T], typing.Generator[int, str, None]):
    print(alias, get_origin(alias), get_args(alias), getattr(alias, "__parameters__", ""))
print(T, K, P, Ts, P.args, T.__bound__, K.__bound__, Any, Self, typing.NoReturn, typing.Never, typing.Union[int, int], Optional[None], Union[int, bool, int] == Union[bool, int], hash(list[int]) == hash(list[int]), typing.List is list, Annotated[Annotated[int, 1], 2], Literal[1, 1, True])


class Stack(Generic[T]):
    items: list[T]

    def push(self, item: T) -> "Stack[T]":
        return self


class Named(NamedTuple):
    """A tuple."""

    x: int
    y: str = "d"

    def both(self):
        return self.x, self.y


class Movie(TypedDict, total=False):
    title: Required[str]
    year: int
    tag: NotRequired[str]


@runtime_checkable
class Closes(Protocol):
    name: str

    def close(self) -> None: ...


class File:
    name = "f"

    def close(self):
        pass


class Box[V: int, *Rest, **Q]:
    value: V

    def get[W](self, other: W) -> V | W: ...


type Pair[A] = tuple[A, A]
UserId = NewType("UserId", int)
print(Stack[int], Stack[int]().__orig_class__, Stack.__parameters__, Stack.__orig_bases__, get_type_hints(Stack.push), get_type_hints(Stack), Stack[T][str])
print(Named(1), Named(1).both(), Named._field_defaults, Named.__annotations__, Named.__doc__, Movie(title="t"), Movie.__required_keys__ == {"title"}, sorted(Movie.__optional_keys__), Movie.__total__, get_type_hints(Movie), typing.is_typeddict(Movie))
print(isinstance(File(), Closes), isinstance(5, Closes), typing.is_protocol(Closes), sorted(typing.get_protocol_members(Closes)), Box.__type_params__, Box[int, str, [int]], Pair, Pair[int], Pair.__value__, Pair.__type_params__, UserId(5), UserId, UserId.__supertype__, cast(str, 5), Box.get.__type_params__)
attempt(lambda: Stack[int, str])
attempt(lambda: Union[()])
attempt(lambda: Optional[int, str])
attempt(lambda: isinstance([], list[int]))
attempt(lambda: isinstance([], typing.List[int]))
attempt(lambda: Callable[int])
attempt(lambda: TypeVar("X", int))
attempt(lambda: Any())
attempt(lambda: ClassVar[ClassVar[int]])
attempt(lambda: Literal[1][2])
attempt(lambda: get_type_hints(5))
attempt(lambda: Movie(1))
attempt(lambda: NewType("N", int)("x"))
attempt(typing.assert_never, 5)


@overload
def over(x: int) -> int: ...
@overload
def over(x: str) -> str: ...
def over(x):
    return x


@typing.final
class Sealed:
    @typing.override
    def f(self): ...


print(len(typing.get_overloads(over)), Sealed.__final__, Sealed.f.__override__, typing.assert_type(5, int), typing.TYPE_CHECKING, typing.ForwardRef("int"), typing.get_type_hints(lambda x: x), get_type_hints(type("C", (), {"__annotations__": {"a": "int", "b": None}})), typing.runtime_checkable(Closes) is Closes)


def full(a, b: int = 5, /, c: "str" = "x", *args: int, d, e=None, **kwargs: dict) -> bool:
    """Doc of full.

    Indented.
    """
    return True


class Klass:
    """Class doc."""

    attr = 1

    def __init__(self, x, *, y=2):
        pass

    @classmethod
    def made(cls, n): ...

    @staticmethod
    def static(n=1): ...

    @property
    def prop(self): ...

    async def coro(self): ...

    def gen(self):
        yield

    async def agen(self):
        yield


sig = inspect.signature(full)
print(sig, inspect.signature(Klass), inspect.signature(Klass.made), inspect.signature(Klass(1).gen), inspect.signature(Klass.static), inspect.signature(lambda *a, k: 0), sig.return_annotation, inspect.signature(full, eval_str=True).parameters["c"].annotation)
print([(p.name, p.kind.name, p.default is p.empty, p.annotation) for p in sig.parameters.values()], sig.bind(1, 2, 3, 4, d=5, z=6).arguments, sig.replace(parameters=[], return_annotation=int), sig.bind_partial(1).args, str(inspect.Parameter("q", inspect.Parameter.KEYWORD_ONLY, default=3)), sig == inspect.signature(full))
attempt(sig.bind, 1)
attempt(sig.bind, 1, 2, 3, d=1, a=5)
attempt(inspect.signature, 5)
attempt(inspect.Parameter, "1x", inspect.Parameter.KEYWORD_ONLY)
bound = sig.bind(1, d=2)
bound.apply_defaults()
print(bound, bound.kwargs, inspect.getfullargspec(full), inspect.getdoc(full), inspect.getdoc(Klass), inspect.cleandoc("a\n   b\n   c"))
print([name for name, _ in inspect.getmembers(Klass, inspect.isfunction)], inspect.isclass(Klass), inspect.ismethod(Klass(1).gen), inspect.isfunction(full), inspect.isbuiltin(len), inspect.isgeneratorfunction(Klass.gen), inspect.iscoroutinefunction(Klass.coro), inspect.isasyncgenfunction(Klass.agen), inspect.isdatadescriptor(Klass.prop), inspect.ismodule(inspect), inspect.isabstract(collections.abc.Sized), inspect.isabstract(Klass), inspect.isroutine(len))
print([(a.name, a.kind) for a in inspect.classify_class_attrs(Klass) if not a.name.startswith("__")], inspect.getmro(Klass), inspect.getmodule(Klass).__name__, inspect.getattr_static(Klass(1), "prop") is Klass.prop, inspect.unwrap(full) is full)


def outer():
    n = 1

    def inner():
        return n, unknown, len

    return inner


print(inspect.getgeneratorstate(g := Klass(1).gen()), next(g), inspect.getgeneratorstate(g), inspect.currentframe().f_code.co_name, inspect.stack()[0].function, inspect.getcallargs(full, 1, d=2) if hasattr(inspect, "getcallargs") else "", inspect.get_annotations(full))
