"""Built-in iterators are pickled and copied: what is left of them."""
import copy
import pickle


class Seq:
    def __init__(self, n):
        self.n = n

    def __getitem__(self, i):
        if i >= self.n:
            raise IndexError
        return i * i

    def __len__(self):
        return self.n


def ten():
    return 10


d = {"a": 1, "b": 2, "c": 3}
MAKERS = [
    ("list", lambda: iter([1, 2, 3])),
    ("reversed list", lambda: reversed([1, 2, 3])),
    ("tuple", lambda: iter((1, 2, 3))),
    ("reversed tuple", lambda: reversed((1, 2, 3))),
    ("str", lambda: iter("abc")),
    ("str wide", lambda: iter("aβ\U0001f600")),
    ("bytes", lambda: iter(b"abc")),
    ("bytearray", lambda: iter(bytearray(b"abc"))),
    ("range", lambda: iter(range(3))),
    ("range step", lambda: iter(range(10, 0, -3))),
    ("range big", lambda: iter(range(2**70, 2**70 + 5, 2))),
    ("reversed range", lambda: reversed(range(5))),
    ("keys", lambda: iter(d)),
    ("values", lambda: iter(d.values())),
    ("items", lambda: iter(d.items())),
    ("reversed keys", lambda: reversed(d)),
    ("reversed values", lambda: reversed(d.values())),
    ("reversed items", lambda: reversed(d.items())),
    ("set", lambda: iter({1, 2, 3})),
    ("frozenset", lambda: iter(frozenset([4]))),
    ("sequence", lambda: iter(Seq(3))),
    ("reversed sequence", lambda: reversed(Seq(3))),
    ("callable", lambda: iter(ten, 10)),
    ("enumerate", lambda: enumerate("xyz", 5)),
    ("enumerate big", lambda: enumerate("xyz", 2**65)),
    ("zip", lambda: zip([1, 2, 3], "abc")),
    ("zip strict", lambda: zip([1, 2, 3], "abc", strict=True)),
    ("zip nothing", lambda: zip()),
    ("map", lambda: map(str, [1, 2, 3])),
    ("filter", lambda: filter(None, [0, 1, 2])),
]

def kind(it):
    """CPython has iterators of their own for ASCII strings and for large ranges."""
    return type(it).__name__.replace("str_ascii", "str").replace("longrange", "range")


for name, make in MAKERS:
    it = make()
    print(name, kind(it))
    for step in range(5):
        try:
            reduced = it.__reduce__()
            print("  ", reduced[0].__name__, len(reduced), kind(reduced[1][0]) if reduced[1] else None, reduced[2:])
            if not any(hasattr(a, "__next__") for a in reduced[1]) and "0x" not in repr(reduced):
                print("     ", repr(reduced[1]))
            if not name.startswith(("zip", "map", "filter", "enumerate")):
                print("     ", list(copy.copy(it)))
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                again = pickle.loads(pickle.dumps(it, protocol))
                print("     ", kind(again), list(again)) if protocol in (0, 5) else list(again)
        except Exception as e:
            print("     ", type(e).__name__, e)
        print("  ", next(it, "end"))


def state(it, *values):
    for value in values:
        try:
            print(kind(it), value, it.__setstate__(value), next(it, "end"))
        except Exception as e:
            print(kind(it), value, type(e).__name__, e)


state(iter([1, 2, 3]), 1, 2, 17, 0)
state(iter([1, 2, 3]), "x", 2**70)
state(iter((1, 2, 3)), 1, -5, 2, 17)
state(iter("abc"), 1, -5, 2, 17)
state(iter(b"abc"), 1, -5, 2, 17)
state(iter(bytearray(b"abc")), 1, 2, 17)
state(reversed([1, 2, 3]), 1, -5, 2, 17)
state(reversed((1, 2, 3)), 1, -5, 2, 17)
state(iter(range(5)), 1, 2, -1, 17)
state(iter(range(2**70, 2**70 + 5)), 1, 2, -1, 17)
state(iter(Seq(3)), 1, -5, 2, 17)
state(zip([1, 2], [3]), True)
for make in (lambda: iter([1]), lambda: iter(d), lambda: enumerate([1]), lambda: zip([]), lambda: map(str, [])):
    print(hasattr(make(), "__setstate__"), hasattr(make(), "__length_hint__"))

# In the middle of a loop over a dict that changes, as ever.
it = iter(d)
next(it)
d["z"] = 0
try:
    print(it.__reduce__())
except RuntimeError as e:
    print(e)
