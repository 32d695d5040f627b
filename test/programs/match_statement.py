"""match: literals, captures, sequences, mappings, classes, or, guards, as."""


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Named:
    LIMIT = 100


def kind(v):
    match v:
        case 0 | 1:
            return "zero or one"
        case -5:
            return "minus five"
        case 2.5:
            return "float"
        case "a" | b"b" | None:
            return "constant"
        case True:
            return "never: 1 matched"
        case Named.LIMIT:
            return "dotted"
        case []:
            return "empty sequence"
        case [x]:
            return f"one {x}"
        case [1, y, *rest]:
            return f"starts with 1: {y} {rest}"
        case [*start, "end"]:
            return f"ends {start}"
        case (a, b) if a == b:
            return f"pair of {a}"
        case {"type": "t", "v": val, **others}:
            return f"mapping {val} {others}"
        case {"k": {"inner": [first, _]}}:
            return f"deep {first}"
        case {}:
            return "a mapping"
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=yy):
            return f"on y axis {yy}"
        case Point(xx, Point(_, inner)):
            return f"nested {xx} {inner}"
        case Point():
            return "point"
        case int(n) if n > 1000:
            return f"big {n}"
        case str() as text:
            return f"text {text}"
        case int() | float() as num:
            return f"number {num}"
        case [Point(x=px), _] as pair:
            return f"{px} in {len(pair)}"
        case set() | frozenset():
            return "set"
        case _:
            return "other"


for v in (0, 1, True, False, -5, 2.5, "a", b"b", None, 100, [], (), [9], (1, 2), [1, 2, 3, 4], ["x", "y", "end"], (7, 7), {"type": "t", "v": 1, "w": 2}, {"k": {"inner": [5, 6]}}, {}, {"z": 1}, Point(0, 0), Point(0, 9),
          Point(1, Point(2, 3)), Point(4, 5), 5000, "longer", 42, 4.5, [Point(8, 8), 1], {1}, frozenset(), object, range(1, 4), "", b"", bytearray(b"x")):
    print(type(v).__name__, kind(v))


def bind(v):
    match v:
        case (a, b) | [a, b, _]:
            return a, b
        case {"x": a, "y": b}:
            return a, b
        case str(a):
            return a, None


print(bind([1, 2]), bind([1, 2, 3]), bind({"x": 1, "y": 2, "z": 3}), bind("s"), bind(5))
for wrong in (lambda: match_class(1), lambda: match_args(Point(1, 2))):

    def match_class(v):
        match v:
            case print():
                pass

    def match_args(v):
        match v:
            case Point(1, 2, 3):
                pass

    try:
        wrong()
    except TypeError as e:
        print(e)
