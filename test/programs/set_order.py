# Sets show their values in the order of CPython's table: ints, floats, tuples and None hash the same in every process.
import itertools
print({3, 1, 2}, {5, -1, 0, 10**20, 2.5, None, True}, set(range(20, 0, -1)), {(1, 2), (2, 1), (3,)}, {-1, -2, -3}, {100, 8, 16, 24, 32}, {0, 8, 16, 24, 1, 9})
s = set()
for i in [5, 100, 37, 64, 128, 8, 0, 72, 1000, 999, 17]:
    s.add(i)
    print(s, len(s))
for i in (100, 8, 37): s.discard(i)
print(s); s.add(8); s.add(100); print(s, s.pop(), s.pop(), s, s.pop()); s.clear(); print(s)
a, b = set(range(0, 50, 3)), set(range(0, 50, 5))
print(a | b, a & b, a - b, a ^ b, b - a, b ^ a, sep="\n")
print(a.union([1, 2], (50,)), a.intersection([0, 15, 99]), a.difference([0, 3]), a.symmetric_difference([0, 1]), sep="\n")
c = a.copy(); c |= b; print(c); c &= {0, 15, 30, 7}; print(c); c -= {0}; print(c); c ^= {7, 8}; print(c)
c.update({1: 2, 9: 3}, "a" * 0, [4]); print(c); c.intersection_update(range(10)); print(c); c.difference_update([4], {9}); print(c); c.symmetric_difference_update([1, 2]); print(c)
print([x for x in {10, 20, 30}], list({i * i % 37 for i in range(15)}), sorted({3, 1}), frozenset([9, 1, 5]), {frozenset([2, 1]), frozenset([3])}, set("") | {1}, set([1.5, 2, 1, 0.5]), {1, 1.0, True}, {0, False, 0.0})
big = set(range(1000)); big -= set(range(0, 1000, 2)); print(list(big)[:10], len(big)); big |= set(range(2000, 2100)); print(list(big)[-10:])
x = {1, 2, 3}
try:
    for v in x: x.add(v + 10)
except RuntimeError as e: print(e)
try:
    for v in x: x.discard(v)
except RuntimeError as e: print(e)
it = iter({1, 2, 3}); print(next(it), it.__length_hint__(), list(it), list(it), it.__length_hint__())
for n in (1, 4, 5, 8, 9, 20, 21, 100): print(n, list(set(i * 7 for i in range(n)))[:12], list(frozenset(range(n, 0, -1)) & set(range(0, n, 2)))[:12])
d = dict.fromkeys([30, 10, 20]); print(set(d), d.keys() & {10, 20, 5}, d.keys() | {1}, d.keys() - {10}, d.keys() ^ {10, 7}, {1} | d.keys(), d.items() & {(10, None)})
print(set(itertools.permutations([1, 2, 3])), {1j, 2j, 0.1, 1e100, -1.5}, {2**61 - 1, 2**61, 2**62, -2**61, 2**64})
print({i: 0 for i in {3, 1, 2}}, *{3, 1, 2}, max({3, 1, 2}), tuple({9, 3}), [*{4, 2}, *{8, 0}], set(map(lambda v: v % 5, range(50))), len({*range(10), *range(5, 15)}), {*range(3), 10, *[7]})
e = {1, 2}; f = e; e |= {3}; print(f is e, f); g = frozenset(e); h = g; g |= {4}; print(h is g, g, h)
print(set() == frozenset(), {1} == frozenset([1]), {1} < {1, 2}, {1, 2} >= {2}, {1}.issubset([1, 2]), {1, 2}.issuperset([1]), {1}.isdisjoint({2}), {1, 2} in [{2, 1}], {1} in {frozenset([1])}, repr(set()), repr(frozenset()))
class S(set):
    pass
s = S([3, 1, 2]); s.attr = 1; print(s, type(s | {4}), type(s.copy()), s.attr, S([1]) == {1}, type({5} | s))
