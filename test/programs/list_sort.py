"""list.sort and sorted: stability, keys, reverse, errors, mutation during the sort, many sizes."""
print(sorted([3, 1, 2]), sorted("banana"), sorted([3, 1, 2], reverse=True), sorted(["b", "A", "c"], key=str.lower), sorted({3: 1, 1: 2}), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([1.5, 1, -2, True]), sorted([]))
people = [("ann", 30), ("bob", 25), ("cid", 30), ("dee", 25), ("eve", 41)]
print(sorted(people, key=lambda p: p[1]))
print(sorted(people, key=lambda p: p[1], reverse=True))
print(sorted(people, key=lambda p: (-p[1], p[0])))
a = [5, 2, 9]
print(a.sort(), a)
a.sort(key=lambda x: -x)
print(a)


def lcg(n, seed=1):
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) % 2**31
        yield seed // 65536 % 1000


for size in (0, 1, 2, 5, 31, 32, 33, 63, 64, 65, 100, 500, 2000):
    values = list(lcg(size))
    done = sorted(values)
    assert all(done[i] <= done[i + 1] for i in range(size - 1)) and sum(done) == sum(values)
    pairs = sorted(((v % 7, i) for i, v in enumerate(values)), key=lambda p: p[0])
    assert pairs == sorted(pairs)
    assert sorted(values, reverse=True) == done[::-1]
    assert sorted(range(size), key=lambda i: values[i]) == [i for _, i in sorted((v, i) for i, v in enumerate(values))]
    assert sorted(list(range(size)) + list(range(size)))[::2] == list(range(size))
print("sizes agree")
calls = []


class Item:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        calls.append(1)
        return self.n < other.n


items = [Item(n) for n in (3, 1, 2)]
print([i.n for i in sorted(items)], len(calls) > 0, [i.n for i in sorted(items, reverse=True)])
for f in (lambda: sorted([1, "a"]), lambda: sorted([None, None]), lambda: sorted(5), lambda: sorted([1], lambda x: x), lambda: [1].sort(cmp=1), lambda: sorted([1, 2], key=lambda x: 1 / 0), lambda: sorted([1], key=5), lambda: sorted([3, 1], reverse="x"), lambda: sorted([{}, {}])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
b = [3, 2, 1]
try:
    b.sort(key=lambda x: b.append(1) or x)
except ValueError as e:
    print(e, b)
