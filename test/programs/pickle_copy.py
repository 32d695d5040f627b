"""What copy and pickle ask of built-in objects: __reduce_ex__ of every kind, round trips by every protocol, errors."""
import collections
import copy
import datetime
import fractions
import pickle
import re
import types


class Set(set):
    pass


class List(list):
    def __init__(self, *args):
        super().__init__(*args)
        self.extra = "kept"


class Plain:
    def __init__(self):
        self.a = 1

    def method(self):
        return self.a


class Slots:
    __slots__ = ("a", "__dict__")


class State(Plain):
    def __getstate__(self):
        return {"a": "from getstate"}

    def __setstate__(self, state):
        self.a = state["a"] + " and setstate"


class NewArgs(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    def __getnewargs__(self):
        return self[0], self[1]


class NewArgsEx:
    def __new__(cls, *, key):
        self = super().__new__(cls)
        self.key = key
        return self

    def __getnewargs_ex__(self):
        return (), {"key": self.key}


class IntSub(int):
    pass


def shown(value):
    if isinstance(value, (tuple, list)):
        return type(value)(map(shown, value))
    if isinstance(value, dict):
        return {k: shown(v) for k, v in value.items()}
    if hasattr(value, "__next__"):
        return ("iterator", list(value))
    return value.__name__ if isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType)) else value if isinstance(value, (int, str, bytes, type(None))) else type(value).__name__


plain, slots, with_set = Plain(), Slots(), Set("a")
slots.a, slots.b = 1, 2
with_set.attribute = 1
VALUES = [None, True, 5, 10**30, 1.5, 2j, "s", b"b", bytearray(b"ba"), [1], (1,), {1: 2}, {3}, frozenset([4]), with_set, List([1]), range(1, 5, 2), slice(1, None, 2), ..., NotImplemented, plain, slots, State(), NewArgs(1, 2), NewArgsEx(key=1), IntSub(5),
          ValueError("v", 1), collections.deque([1, 2]), collections.deque([1], 3), collections.defaultdict(list, a=[1]), collections.OrderedDict(a=1), collections.Counter("aab"), collections.ChainMap({1: 2}), datetime.date(2024, 1, 2), datetime.timedelta(1, 2), fractions.Fraction(1, 3), re.compile("a+", re.I),
          types.SimpleNamespace(a=1), len, int, Plain, plain.method, [].append, "x".join, Plain.method, dict.fromkeys, OSError(2, "no", "file"), datetime.datetime(2024, 1, 2, 3, tzinfo=datetime.timezone.utc), type(None), type(...)]
for value in VALUES:
    name = type(value).__name__
    for protocol in (2, 4):
        try:
            print(name, protocol, shown(value.__reduce_ex__(protocol)))
        except TypeError as error:
            print(name, protocol, "TypeError", error)
    results = []
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        try:
            back = pickle.loads(pickle.dumps(value, protocol))
            results.append(type(back) is type(value) and (back == value or getattr(back, "__dict__", 1) == getattr(value, "__dict__", 2) or shown(back) == shown(value)))
        except Exception as error:
            results.append(f"{type(error).__name__}: {error}")
    print(name, "pickle", results[0] if all(r == results[0] for r in results) else results)
    for f in (copy.copy, copy.deepcopy):
        try:
            back = f(value)
            print(name, f.__name__, type(back) is type(value), back is value, getattr(back, "extra", ""), getattr(back, "attribute", ""))
        except Exception as error:
            print(name, f.__name__, type(error).__name__, error)
for value in ((x for x in ()), lambda: 0, memoryview(b"a"), types.ModuleType("m"), {}.keys(), types.MappingProxyType({}), property()):
    for name, f in (("copy", copy.copy), ("dumps", pickle.dumps)):
        try:
            print(type(value).__name__, name, type(f(value)).__name__)
        except Exception as error:
            print(type(value).__name__, name, type(error).__name__, re.sub(" at 0x.*>", " at 0x>", str(error)))
shared = [1]
both = pickle.loads(pickle.dumps([shared, shared, {"k": shared}]))
print(both[0] is both[1] is both[2]["k"])
loop = []
loop.append(loop)
print(pickle.loads(pickle.dumps(loop))[0][0] is not None, pickle.dumps({"a": [1, "é", None, 2.5, (1, 2, 3, 4)], "b": b"x" * 3, "n": -5, "big": 2**70}, 4), pickle.dumps([True, "s", {1}], 0))
for bad in (b"cnope\nnope\n.", b"\x80\x09."):
    try:
        print(pickle.loads(bad))
    except Exception as error:
        print(type(error).__name__, error)
