"""match: patterns of every kind nested in one another, what they bind, subjects with methods of their own, and errors."""
from __future__ import annotations

import collections
import collections.abc
import dataclasses
import enum


class Colour(enum.Enum):
    RED = 1
    GREEN = 2


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


@dataclasses.dataclass
class Num:
    value: float


@dataclasses.dataclass
class Bin:
    op: str
    left: object
    right: object


@dataclasses.dataclass(frozen=True)
class Call:
    name: str
    args: tuple = ()
    kwargs: dict = dataclasses.field(default_factory=dict)


def evaluate(node):
    match node:
        case Num(value) | (int(value) | float(value)):
            return value
        case Bin("+", left, right):
            return evaluate(left) + evaluate(right)
        case Bin("*", Num(0), _) | Bin("*", _, Num(0)):
            return 0
        case Bin(op="*", left=left, right=right):
            return evaluate(left) * evaluate(right)
        case Bin(op=("-" | "/") as op, left=left, right=right) if evaluate(right) or op == "-":
            return evaluate(left) - evaluate(right) if op == "-" else evaluate(left) / evaluate(right)
        case Bin(op, _, _):
            raise ValueError(f"cannot {op}")
        case Call("max" | "min" as name, args, {"default": default}) if not args:
            return default if name == "max" else -default
        case Call("sum", (first, *rest)):
            return evaluate(first) + sum(map(evaluate, rest))
        case Call(name=str(name)):
            return f"{name}?"
        case [x]:
            return evaluate(x)
        case _:
            return None


TREES = [Num(3), 4, 2.5, Bin("+", Num(1), Bin("*", Num(2), 3)), Bin("*", Num(0), "never looked at"), Bin("*", "nor this", Num(0)), Bin("-", 5, 7), Bin("/", 7, 2), Bin("/", 7, 0), Call("max", (), {"default": 9}),
         Call("min", (), {"default": 9, "more": 1}), Call("sum", (1, Num(2), 3)), Call("other"), [[[Num(8)]]], "text"]
for tree in TREES:
    try:
        print(evaluate(tree))
    except ValueError as error:
        print("ValueError", error)


def literal(v):
    match v:
        case 0x10 | 0b1 | 1_000:
            return "int forms"
        case -1.5 | 1 + 2j | -3 - 4j:
            return "float and complex"
        case "a" "b" | r"\n" | b"x" b"y":
            return "joined strings"
        case """multi
line""":
            return "multi"
        case Colour.RED:
            return "red"
        case Level.HIGH:
            return "high"
    return "no"


for v in (16, 1, 1000, 1.0, True, -1.5, 1 + 2j, -3 - 4j, "ab", "\\n", b"xy", "multi\nline", Colour.RED, Colour.GREEN, Level.HIGH, 2, Level.LOW):
    print(repr(v), literal(v))


def sequences(v):
    match v:
        case ():
            return "empty"
        case (a,):
            return "one", a
        case [a, [b, *c], *_]:
            return "nested", a, b, c
        case [*_, (x, y)] if x != y:
            return "last pair", x, y
        case first, *middle, last:
            return "ends", first, middle, last
    return "not a sequence"


Pair = collections.namedtuple("Pair", "x y")
for v in ([], (), [1], (1, [2, 3, 4]), [0, 1, (5, 6)], [0, (5, 5)], range(4), collections.deque([1, 2, 3]), Pair(1, 2), "text", b"bytes", bytearray(b"ba"), {1, 2}, {1: 2}, iter([1]), memoryview(b"abc"), collections.UserList([1, 2]), "x"):
    print(type(v).__name__, sequences(v))


class Mapping(collections.abc.Mapping):
    def __init__(self, data):
        self.data = data

    def __getitem__(self, key):
        print("getitem", key)
        return self.data[key]

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(self.data)

    def get(self, key, default=None):
        print("get", key)
        return self.data.get(key, default)

    def keys(self):
        print("keys")
        return self.data.keys()


def mappings(v):
    match v:
        case {"a": 1, "b": {"c": [x, y]}, **rest}:
            return x, y, rest
        case {"a": int() | str() as a, None: n}:
            return a, n
        case {Colour.RED: value, 1: one, -1: minus}:
            return value, one, minus
        case {"a": _}:
            return "has a"
        case {**everything} if len(everything) > 1:
            return everything
        case {}:
            return "mapping"
    return "none"


for v in ({"a": 1, "b": {"c": [2, 3]}, "z": 26}, {"a": "s", None: 0}, {Colour.RED: 1, 1: 2, -1: 3}, {"a": 1.5}, {"q": 1, "r": 2}, {}, collections.OrderedDict(a=None), collections.defaultdict(list, b=1), collections.ChainMap({"a": 5}), Mapping({"a": 1, "b": 2}), [("a", 1)], collections.Counter("aab")):
    print(mappings(v))


class Meta(type):
    def __instancecheck__(cls, instance):
        print("instancecheck", type(instance).__name__)
        return instance == "yes"


class Odd(metaclass=Meta):
    __match_args__ = ("upper", "missing")


class Lazy:
    __match_args__ = ("a", "b")

    def __getattr__(self, name):
        print("getattr", name)
        if name == "c":
            raise AttributeError(name)
        return name * 2


def classes(v):
    match v:
        case Odd(upper=u) if u:
            return "odd", u()
        case Lazy("aa", b="bb", c=_):
            return "never"
        case Lazy(a, b):
            return a, b
        case bool(b):
            return "bool", b
        case int(i) | float(i):
            return "number", i
        case str(s) | bytes(s) | bytearray(s):
            return "text", s
        case list([a, b]) | tuple((a, b, _)):
            return a, b
        case dict({"k": w}):
            return w
        case set(s) | frozenset(s):
            return sorted(s)
        case type():
            return v.__name__


for v in ("yes", "no", Lazy(), True, 5, 2.5, b"b", bytearray(b"c"), [1, 2], (1, 2, 3), (1, 2), {"k": 0}, {3}, frozenset([2]), int):
    print(classes(v))

match (scope := [1, 2, 3]):
    case [1, *tail] as whole if (n := len(tail)) == 2:
        print(scope is whole, tail, n)
match 1, 2:
    case 1, x:
        print(x)
match = {"case": 1}
case = match["case"]
print(match, case)
_ = "kept"
match 5:
    case _:
        print(_)


def wrong(text):
    try:
        exec(text)
    except (SyntaxError, TypeError, AttributeError, NameError) as error:
        print(type(error).__name__, getattr(error, "msg", error))


CASES = ["x, x", "[*a, *b]", "{**r, 'a': 1}", "{'a': 1, 'a': 2}", "a | b", "x | 1", "C(a, a)", "C(a=1, a=2)", "C(x=1, 2)", "1 as 1", "_ as x | y", "x as _", "-x", "1 + 1", "1j + 1", "f'{x}'", "{x: 1}", "{**_}", "[a, (a)]",
         "(a | [a])", "_", "*a", "int(1, 2)", "int(real=r, real=s)", "print()", "(a as b) as b", "None()", "...", "{1: _, 1: _}", "{1: a, True: b}", "a.b.c", "0 | 0.0", "not x", "str(x, y)"]
for text in CASES:
    print(text, end=": ")
    wrong(f"match 1:\n case {text}: print('matched')\n")
wrong("match 1:\n case x: pass\n case y: pass\n")
wrong("match 1:\n case _: pass\n case 1: pass\n")
wrong("match 1:\n case x if x: pass\n case 1: pass\n")
wrong("match 1:\ncase 1: pass\n")
wrong("match 1:\n pass\n")
wrong("match x for x in y:\n case 1: pass\n")
