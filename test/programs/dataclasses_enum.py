"""dataclasses and enum: options, fields, ordering, inheritance, slots, flags, functional API, errors."""
import dataclasses
import enum
from dataclasses import InitVar, KW_ONLY, dataclass, field
from typing import ClassVar


def attempt(f):
    try:
        print(f())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


@dataclass
class Item:
    """An item."""

    name: str
    price: float = 1.5
    tags: list[str] = field(default_factory=list, compare=False, repr=False)
    count: ClassVar[int] = 7
    scale: InitVar[int] = 2
    total: float = field(init=False, default=0)

    def __post_init__(self, scale):
        self.total = self.price * scale


@dataclass(order=True, frozen=True, slots=True)
class Version:
    major: int
    minor: int = 0
    label: str = field(default="", compare=False, hash=False, kw_only=True)


@dataclass
class Base:
    x: int
    _: KW_ONLY
    y: int = 1


@dataclass(kw_only=True)
class Derived(Base):
    z: int
    x: int = 5


@dataclass(eq=False, repr=False, match_args=False)
class Bare:
    a: int = 1


@dataclass(unsafe_hash=True, weakref_slot=True, slots=True)
class Hashed:
    a: int
    b: tuple = ()


item = Item("nail", 2, scale=3)
print(item, item.tags, item == Item("nail", 2, ["other"], 3), item.total, Item.count, Item.__doc__)
print(Version(1, 2, label="x"), Version(1) < Version(1, 1) < Version(2), sorted([Version(3), Version(1, 5), Version(1)]), hash(Version(1)) == hash(Version(1, label="z")))
attempt(lambda: setattr(Version(1), "major", 2))
attempt(lambda: Version(1).__dict__)
attempt(lambda: Version(1, 2, "label"))
attempt(lambda: Version(1) < 3)
attempt(lambda: Item())
attempt(lambda: Item("a", 1, [], 1, 2))
attempt(lambda: Derived(z=1))
attempt(lambda: Derived(1))
print(Derived(z=1, x=2, y=3), [f.name for f in dataclasses.fields(Derived)], Derived.__match_args__, Base.__match_args__)
print(dataclasses.asdict(item), dataclasses.astuple(item), dataclasses.replace(Version(1, 2), minor=9), dataclasses.is_dataclass(item), dataclasses.is_dataclass(int))
print(Bare() == Bare(), hasattr(Bare, "__match_args__"), Hashed(1) == Hashed(1), hash(Hashed(1)) == hash(Hashed(1)), Hashed.__slots__)
print([(f.name, f.type, f.default is dataclasses.MISSING, f.init, f.repr, f.kw_only) for f in dataclasses.fields(Item)])


@dataclass
class Tree:
    value: int
    left: "Tree | None" = None
    right: "Tree | None" = None


tree = Tree(1, Tree(2), Tree(3, Tree(4)))
tree.left.left = tree
print(tree)
tree.left.left = None
print(dataclasses.asdict(tree, dict_factory=lambda pairs: {k: v for k, v in pairs if v is not None}))
for source in ("a: list = []", "a: int = 1\n b: int", "a: int = field(default=1, default_factory=int)", "a: int\n __slots__ = ('b',)\n c: int = field(kw_only=True)", "x: int\n y: KW_ONLY\n z: KW_ONLY"):
    attempt(lambda: exec(f"@dataclass\nclass C:\n {source}\nprint(C.__init__.__annotations__)", globals()))
attempt(lambda: dataclass(order=True, eq=False)(type("C", (), {})))
attempt(lambda: dataclass(frozen=True)(type("C", (Base,), {"__annotations__": {}})))
Made = dataclasses.make_dataclass("Made", [("a", int), "b", ("c", int, field(default=3))], namespace={"sum": lambda self: self.a + self.c})
print(Made(1, 2), Made(1, 2).sum(), Made.__module__)


class Colour(enum.Enum):
    RED = 1
    GREEN = "g"
    CRIMSON = 1

    def describe(self):
        return f"{self.name.lower()} is {self.value!r}"

    @classmethod
    def first(cls):
        return next(iter(cls))

    @property
    def upper(self):
        return self.name


class Planet(enum.Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius


class Perm(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    X = enum.auto()
    RW = R | W


class Bits(enum.IntFlag, boundary=enum.KEEP):
    A = 1
    B = 4


class Text(enum.StrEnum):
    ONE = enum.auto()
    Two = "zwei"


class Number(enum.IntEnum):
    ONE = 1
    TWO = 2


class Auto(enum.Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last):
        return f"{name}-{start}-{count}-{last}"

    A = enum.auto()
    B = enum.auto()
    C = enum.nonmember(5)

    @enum.member
    def d():
        return 1

    @classmethod
    def _missing_(cls, value):
        return cls.A if value == "a" else None


print(list(Colour), Colour.RED is Colour.CRIMSON, Colour(1), Colour["GREEN"], Colour.__members__, Colour.RED.describe(), Colour.first(), Colour.GREEN.upper)
print(repr(Colour.RED), str(Colour.RED), f"{Colour.RED} {Colour.RED!r:>20}", Colour.RED in Colour, 1 in Colour, "x" in Colour, len(Colour), hash(Colour.RED) == hash("RED"), bool(Colour.RED))
print(Planet.EARTH.mass, Planet((0.64, 3.39)), Planet.MARS)
print(Perm.R | Perm.X, Perm.RW, ~Perm.R, Perm(0), Perm(5), Perm.RW & Perm.W, Perm.R ^ Perm.RW, list(Perm.RW), Perm.W in Perm.RW, bool(Perm(0)), len(Perm.RW), Perm.RW.name, (Perm.R | Perm.X).name, (Perm.R | Perm.X).value)
print(Bits.A | 2, Bits(7), Bits.A + 1, Bits(12), ~Bits.A, Bits.A | Bits.B, f"{Bits.A:#x}")
print(Text.ONE, Text.ONE == "one", Text("zwei"), repr(Text.Two), f"{Text.Two:>6}", Text.ONE.upper())
print(Number.ONE + 1, Number.ONE < Number.TWO, f"{Number.TWO}", repr(Number.TWO), [10, 20, 30][Number.ONE], Number(2), sorted(Number, reverse=True))
print([m.name for m in Auto], Auto.B.value, Auto("a"), Auto.C, Auto.d, Auto.d.value())
attempt(lambda: Auto("q"))
attempt(lambda: Colour("none"))
attempt(lambda: Colour["NONE"])
attempt(lambda: setattr(Colour, "RED", 2))
attempt(lambda: delattr(Colour, "RED"))
attempt(lambda: type("Sub", (Colour,), {}))
attempt(lambda: Colour.RED < Colour.GREEN)
attempt(lambda: Perm(16))
attempt(lambda: Colour.RED.missing)
attempt(lambda: enum.unique(Colour))
attempt(lambda: exec("class Twice(enum.Enum):\n A = 1\n A = 2"))
attempt(lambda: enum.verify(enum.CONTINUOUS)(enum.IntEnum("Gap", {"A": 1, "B": 3})))
Animal = enum.Enum("Animal", "CAT DOG", start=5, module=__name__)
print(list(Animal), enum.IntEnum("N", {"A": 1, "B": 2})["B"], enum.Enum("P", [("X", 1), ("Y", 2)]).Y, Animal.__qualname__)
print(dataclasses.make_dataclass("D", ["c"])(Colour.RED), {Colour.RED: 1, Number.ONE: 2}[Colour.RED], enum.show_flag_values(11) if hasattr(enum, "show_flag_values") else "", enum.bin(10))


@dataclass
class Mixed:
    n: int


class MixedEnum(Mixed, enum.Enum):
    A = 1
    B = 2


class Functions(enum.Enum):
    @property
    def doubled(self):
        return self.value * 2

    ONE = 1


print(MixedEnum.A, MixedEnum.B.n, Functions.ONE.doubled, [m for m in dir(Colour) if not m.startswith("__")])
