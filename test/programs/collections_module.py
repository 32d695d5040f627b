"""collections, all of it: namedtuple, deque, Counter, OrderedDict, defaultdict, ChainMap, User classes, abc."""
import collections
import collections.abc
import copy
import pickle
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString, defaultdict, deque, namedtuple


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


Point = namedtuple("Point", "x y z", defaults=[3])
p = Point(1, y=2)
print(p, p.x, p[1], p._fields, p._asdict(), p._replace(x=9), Point._make("abc"), Point._field_defaults, p == (1, 2, 3), hash(p) == hash((1, 2, 3)), p + (4,), Point.__doc__, Point.x.__doc__, Point.__match_args__)
print(namedtuple("R", ["a", "def", "a", "_b"], rename=True)._fields, copy.replace(p, z=0), pickle.loads(pickle.dumps(p)), isinstance(p, tuple), [*p], p.__getnewargs__())
for args in (("A b", "x"), ("A", "x x"), ("A", "_x"), ("A", "class"), ("A", "1x"), ("A", "x", 5)):
    attempt(namedtuple, *args)
attempt(Point, 1)
attempt(Point, 1, 2, 3, 4)
attempt(Point._make, [1])
attempt(lambda: p._replace(q=1))
attempt(setattr, p, "x", 5)
attempt(namedtuple, "A", "x y", defaults=[1, 2, 3])

d = deque([1, 2, 3], maxlen=4)
d.append(4)
d.append(5)
d.appendleft(0)
print(d, d.maxlen, d.pop(), d.popleft(), d, len(d), d[0], d[-1], 3 in d, d.count(3), d.index(3))
d.extend([7, 8])
d.extendleft([9])
d.rotate(1)
print(d, list(reversed(d)), d.copy(), d + deque([1]), d * 2, deque("ab") * 2, deque("ab") == deque("ab"), deque("ab") < deque("b"), deque(maxlen=0), repr(deque([[...]])))
d.remove(7) if 7 in d else d.insert(0, 5)
d.reverse()
d2 = deque("abc")
d2.insert(1, "x")
d2[0] = "y"
del d2[2]
d2 += "z"
print(d2, bool(deque()), deque.__class_getitem__(int), [*d2])
attempt(deque().pop)
attempt(deque().popleft)
attempt(lambda: deque([1])[5])
attempt(deque([1]).remove, 2)
attempt(deque([1]).index, 2)
attempt(deque, 5)
attempt(deque, [], -1)
attempt(deque([1, 2], 2).insert, 0, 1)
attempt(lambda: hash(deque()))
attempt(lambda: [d2.append(1) for _ in d2])
nested = deque([1])
nested.append(nested)
print(nested)

c = Counter("abracadabra")
c.update("aaz", b=5)
c.subtract({"r": 5})
print(c, c["missing"], c.most_common(2), sorted(c.elements()), c.total(), +c, -c, c + Counter("a"), c - Counter("aaaa"), c & Counter("ab"), c | Counter("bbbbbbbbbbbb"), Counter(a=1) <= Counter(a=2), Counter(a=1) == Counter(a=1, b=0), Counter([1, 1, 2]).most_common())
attempt(Counter.fromkeys, "ab")
attempt(Counter, 1)
del c["missing"]
print(copy.copy(Counter("aab")), Counter({"x": 3, "y": None})["y"], Counter("ab") | {"q": 3} if False else "")

o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a")
o.move_to_end("c", last=False)
print(o, list(o), o.popitem(), o.popitem(last=False), o, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1) == {"a": 1}, list(reversed(OrderedDict(a=1, b=2))), OrderedDict(a=1) | {"b": 2}, repr(OrderedDict()))
attempt(o.move_to_end, "nope")
attempt(OrderedDict().popitem)
print(OrderedDict.fromkeys("ab", 0), o.pop("b", None), o.pop("b", "gone"), o.setdefault("n", 5), list(OrderedDict(a=1, b=2).items()), copy.copy(o) == o, pickle.loads(pickle.dumps(o)))

dd = defaultdict(list, {"x": [0]})
dd["a"].append(1)
dd["a"].append(2)
print(dd, dd.get("zz"), "zz" in dd, dd.default_factory, defaultdict(int) | {"a": 1}, dd.copy(), defaultdict(None, a=1), copy.deepcopy(dd), repr(defaultdict(lambda: 0))[:30])
attempt(lambda: defaultdict()["k"])
attempt(defaultdict, 5)
tree = lambda: defaultdict(tree)
t = tree()
t["a"]["b"]["c"] = 1
print(list(t["a"]["b"].items()), t.keys())


class Missing(dict):
    def __missing__(self, key):
        return key * 2


print(Missing()["ab"], Missing().get("ab"))
base, over = {"a": 1, "b": 2}, {"b": 3}
chain = ChainMap(over, base)
child = chain.new_child({"c": 4})
chain["z"] = 26
print(chain, chain["b"], list(chain), len(chain), child.parents == chain, child["c"], over, dict(chain), chain.maps, sorted(child.items()), "a" in chain, ChainMap({"q": 1}) | {"r": 2})
attempt(lambda: chain["none"])
attempt(lambda: chain.__delitem__("a"))
attempt(chain.pop, "a")


class Upper(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)


u = Upper(a=1)
u.update(b=2)
u["c"] = 3
print(u, u.data, "A" in u, u | {"d": 4}, u.pop("A"), len(u), sorted(u), UserList([3, 1, 2]) + [4], sorted(UserList("cab")), UserList([1, 2])[0:1], UserString("abc").upper() + "x", UserString("a,b").split(","), UserString("abc")[1], isinstance(UserString("a"), str), UserList([1]) * 2)


class Squares(collections.abc.Sequence):
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        if not 0 <= i < self.n:
            raise IndexError(i)
        return i * i


class Lower(collections.abc.MutableSet):
    def __init__(self, items=()):
        self.items = list(items)

    def __contains__(self, x):
        return x in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def add(self, x):
        if x not in self.items:
            self.items.append(x)

    def discard(self, x):
        if x in self.items:
            self.items.remove(x)


s = Squares(5)
print(list(s), list(reversed(s)), 9 in s, s.index(16), s.count(4), isinstance(s, collections.abc.Reversible), issubclass(Squares, collections.abc.Collection))
low = Lower("abc")
low |= {"d"}
low -= {"a"}
print(list(low), low.pop(), low <= Lower("bcd"), list(low & Lower("c")), list(low ^ Lower("cz")), low.isdisjoint("q"), low == {"c", "d"})
attempt(collections.abc.Sequence)
attempt(type("Half", (collections.abc.Mapping,), {"__len__": lambda self: 0}))
for name in sorted(collections.abc.__all__):
    cls = getattr(collections.abc, name)
    print(name, [t.__name__ for t in (int, str, bytes, list, tuple, dict, set, frozenset, range, deque, Counter, type(iter([])), type(x for x in ()), type({}.keys()), type(lambda: 0), memoryview) if isinstance(cls, type) and issubclass(t, cls)])
