"""range: attributes, indexing, slicing, membership, equality, big bounds, errors."""
for r in (range(5), range(2, 10, 3), range(10, 0, -3), range(0), range(5, 5), range(-3, 3), range(0, 10, 100), range(10, 0)):
    print(r, list(r), len(r), r.start, r.stop, r.step, bool(r), list(reversed(r)), r[::-1], r[1:], 5 in r, 2.0 in r, "a" in r)
r = range(0, 100, 7)
print(r[3], r[-1], r[2:5], r[::2], r.index(14), r.count(14), r.count(15), r == range(0, 101, 7), range(0) == range(3, 3), hash(range(0)) == hash(range(2, 2)), r != range(5), range(0, 3, 2) == range(0, 4, 2))
big = range(10**20, 10**20 + 10, 3)
print(big, list(big), len(big), big[2], 10**20 + 3 in big, big.index(10**20 + 6), range(2**63)[-1], list(range(2**31 - 2, 2**31 + 2)), list(range(2**53 - 1, 2**53 + 2)), list(range(-(2**30) + 1, -(2**30) - 2, -1)))
for f in (lambda: range(), lambda: range(1, 2, 0), lambda: range(1.5), lambda: range("a"), lambda: range(1, 2, 3, 4), lambda: r[100], lambda: r["a"], lambda: r.index(1), lambda: len(range(10**30)), lambda: range(3).start, lambda: r.index("a"), lambda: range(3) < range(4), lambda: range(stop=3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
try:
    r.start = 5
except AttributeError as e:
    print(e)
total = 0
for i in range(0, 1000, 3):
    total += i
for i in range(10, -10, -4):
    total -= i
print(total, i)
it = iter(range(3))
print(next(it), list(it), next(it, "done"))
