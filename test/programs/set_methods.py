"""set and frozenset: methods, operators, comparisons, errors (ints only, so that order is known after sorted)."""
s = {3, 1, 2}
s.add(4)
s.add(1)
s.update([5, 6], (7,))
s.discard(100)
s.discard(7)
s.remove(6)
print(sorted(s), len(s), 3 in s, 9 not in s, set(), {1}, set("a"), frozenset([1]), frozenset(), {*[1, 1]}, {x % 3 for x in range(9)} == {0, 1, 2})
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a | b, a & b, a - b, a ^ b, a.union(b, [9]), a.intersection(b, [3]), a.difference([1], [2]), a.symmetric_difference([1, 100]) == {2, 3, 4, 100})
print(a <= b, a < a, a <= a, {3} < a, a > {1}, a >= {1, 2}, a.issubset(range(10)), a.issuperset([1]), a.isdisjoint({9}), a == {4, 3, 2, 1}, a != b, a == frozenset(a), {1} == [1])
c = a.copy()
c |= {10}
c &= {1, 2, 10}
c -= {1}
c ^= {2, 3}
print(sorted(c), c is not a)
c.intersection_update([3])
c.difference_update([5])
c.symmetric_difference_update([1])
print(sorted(c), sorted(c.pop() for _ in range(2)), c, bool(c))
f = frozenset([1, 2])
print(f, f | {3}, type(f | {3}), type({3} | f), hash(f) == hash(frozenset([2, 1])), {f: "v"}[frozenset([2, 1])], f in {f}, {1, 2} in {f}, f.union([5]), frozenset(f) is f, f.copy() is f)
print(sorted({1.0, 1, True}), {1: 0}.keys() | {2}, sum({1, 2, 3}), max({5, 9}), sorted({"b", "a"}), {None}, {()}, {(1, 2), (1, 2)})
for g in (lambda: {1}.remove(5), lambda: set().pop(), lambda: {[]}, lambda: {1} | [2], lambda: {1} < [1], lambda: set(5), lambda: hash({1}), lambda: a[0], lambda: {1}.add(), lambda: {1}.add([]), lambda: frozenset().add(1), lambda: {1} + {2}, lambda: set(1, 2), lambda: {1}.union(5), lambda: {1}.remove([]), lambda: set().update(1)):
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__ + ":", e)
try:
    for x in a:
        a.add(x + 100)
except RuntimeError as e:
    print(e)
big = set(range(1000))
for i in range(0, 1000, 3):
    big.remove(i)
print(len(big), sum(big), len(big & set(range(100))), len(big | set(range(2000))), big.isdisjoint(range(0, 1000, 3)))
