"""Orders that sorting, min, max, heapq and sequences find without calls, and those they must ask for: NaN, zeros, subclasses, mutation, errors."""
import bisect
import heapq
from collections import deque

nan = float("nan")
print([str(x) for x in sorted([0.0, -0.0, 1.5, -0.0, 0.0])], [str(x) for x in sorted([-0.0, 0.0], reverse=True)])
print(sorted([3.5, nan, 1.0]), sorted([nan, 2.0, 1.0]), min([nan, 1.0]), max(nan, 1.0), min(1.0, nan), max([1.0, nan, 2.0]))
print(sorted([2, 1.5, True, 10**20, -(10**20), 0.5]), min(1, 1.0), min(1.0, 1), max(True, 1, 1.0), max([2, 10**20, 3.0]))
print((1, nan) < (1, 2.0), (nan, 1) == (nan, 1), (nan,) == (float("nan"),), [nan, 2] < [nan, 3], (0.0, "a") < (-0.0, "b"))
for a, b in (((1, 2), (1, 2, 3)), ((1, "b"), (1, "a")), ((), (0,)), ((1.5, 2), (1.5, 2)), (("é", 1), ("z", 1)), ((1,), (1.0,)), (([1],), ([2],))):
    print(a < b, a <= b, a == b, a != b, a > b, a >= b, list(a) < list(b), list(a) >= list(b), deque(a) < deque(b), deque(a) == deque(b))
words = ["zeta", "Zeta", "ä", "a", "", "aa", "日本", "日", "\U0001f600", "a" * 70 + "b", "a" * 70 + "a", "é", "e"]
print([ascii(w[:3]) for w in sorted(words)], [len(w) for w in sorted(words, reverse=True)], ascii(min(words)), ascii(max(words)))


class Backwards(int):
    def __lt__(self, other):
        return int(self) > int(other)

    def __gt__(self, other):
        return int(self) < int(other)


class Text(str):
    def __lt__(self, other):
        return len(self) < len(other)


class Real(float):
    def __lt__(self, other):
        return float(other) < float(self)


numbers = [Backwards(n) for n in (2, 3, 1)]
print(sorted(numbers), min(numbers), max(numbers), min(2, Backwards(3)), sorted([2, Backwards(3), 1]), sorted([(n, 0) for n in numbers]))
print(sorted([Text("ccc"), Text("a"), Text("bb")]), sorted(["x", Text("yy"), "aaa"]), sorted([Real(1), Real(2), 1.5]))
heapq.heapify(numbers)
print(heapq.heappop(numbers), heapq.heappushpop(numbers, Backwards(9)), bisect.bisect([Backwards(3), Backwards(1)], Backwards(2)))

# Stable over runs and merges of all sizes, falling runs included.
for size in (3, 31, 32, 33, 63, 64, 65, 129, 700):
    for step in (1, 7, size - 1, 31):
        pairs = [(i * step % size // 3, i) for i in range(size)]
        for reverse in (False, True):
            done = sorted(pairs, key=lambda p: p[0], reverse=reverse)
            expected = []
            for k in sorted({p[0] for p in pairs}, reverse=reverse):
                expected += [p for p in pairs if p[0] == k]
            assert done == expected, (size, step, reverse)
    assert sorted(range(size, 0, -1)) == list(range(1, size + 1)) and sorted([5] * size + [4] * size) == [4] * size + [5] * size
    floats = sorted([float(i * 7 % size) for i in range(size)])
    assert all(a <= b for a, b in zip(floats, floats[1:]))
print("stable")

calls = []


class Counted:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        calls.append((self.n, other.n))
        return self.n < other.n


for values in ([1, 2, 3, 4], [4, 3, 2, 1], [2, 1, 3]):
    calls.clear()
    sorted(Counted(n) for n in values)
    print(values, calls)
calls.clear()
sorted(Counted(n) for n in range(500))
print(len(calls))

victim = []


class Meddler(Counted):
    def __lt__(self, other):
        victim.append(0)
        victim.pop()
        return self.n < other.n


class Spoiler(Counted):
    def __lt__(self, other):
        if len(victim) < 3:
            victim.append(self)
        return self.n < other.n


class Failing(Counted):
    def __lt__(self, other):
        if self.n == 5 or other.n == 5:
            raise KeyError(5)
        return self.n < other.n


for kind in (Meddler, Spoiler, Failing):
    victim[:] = [kind(n) for n in (3, 1, 2, 7, 5, 4)]
    try:
        victim.sort()
        print([x.n for x in victim])
    except Exception as e:
        print(type(e).__name__, e, sorted(x.n for x in victim))


def key(x):
    if x == 40:
        raise IndexError(x)
    return -x


many = list(range(100))
try:
    many.sort(key=key)
except IndexError as e:
    print(e, many == list(range(100)))
for f in (
    lambda: sorted([(1, "a"), (1, 2)]),
    lambda: min([1, "a"]),
    lambda: max(1, None),
    lambda: min(3, 4, key=lambda x: {}[x]),
    lambda: min([{}, {}], key=lambda x: x),
    lambda: max([], default=None),
    lambda: min([]),
    lambda: min(1, 2, default=3),
    lambda: min(1),
    lambda: max(),
    lambda: max([3, 1], key=None, default=0),
    lambda: max("b", "a", "c", key=ord),
    lambda: min(iter([3, 1, 2]), key=lambda x: -x),
    lambda: sorted([1], reverse="x"),
    lambda: sorted([2, 1], cmp=1),
    lambda: sorted([(1, [2]), (1, {})]),
    lambda: heapq.heappush([(1, "a")], (1, 2)),
):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Shrinking:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        shrinking.clear()
        return self.n == other.n


shrinking = [Shrinking(1), 2, 3]
print(shrinking == [Shrinking(1), 2, 3], len(shrinking))
shrinking[:] = [Shrinking(1), 2, 3]
print(shrinking < [Shrinking(1), 2, 4], len(shrinking))
