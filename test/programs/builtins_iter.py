"""enumerate, zip, map, filter, reversed, any, all, iter with a sentinel, next."""
print(list(enumerate("abc")), list(enumerate("ab", 5)), list(enumerate([], start=1)), list(zip([1, 2, 3], "ab")), list(zip()), list(zip([1])), list(zip([1, 2], "ab", strict=True)), dict(zip("ab", range(9))))
print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(filter(None, [0, 1, "", "a", None])), list(filter(lambda x: x > 1, [1, 2, 3])), list(reversed([1, 2])), list(reversed("ab")), list(reversed(range(3))), list(map(max, [1, 5], [3, 2], [2, 2])))
print(any([0, 1]), any([]), all([]), all([1, 0]), any(x > 2 for x in range(5)), all(x < 3 for x in range(5)), sum(map(int, "123")), [*zip(*[(1, 2), (3, 4)])])
values = iter([1, 2, 0, 3])
print(list(iter(lambda: next(values), 0)), next(values), next(values, "end"), next(iter([]), None))
it = iter([1, 2, 3])
print(it is iter(it), next(it), list(it), list(it))
z = zip([1, 2, 3], [1])
print(next(z), next(z, "over"))
first = iter(range(5))
print(list(zip(first, first)), list(first))
for f in (lambda: list(zip([1], [1, 2], strict=True)), lambda: list(zip([1, 2], [1], strict=True)), lambda: list(zip([1], [2], [], strict=True)), lambda: next(iter([])), lambda: next(5), lambda: next([1]), lambda: iter(5), lambda: iter(5, 0), lambda: zip(1), lambda: map(str), lambda: map(), lambda: list(map(5, [1])), lambda: filter(None), lambda: reversed({1}), lambda: reversed(5), lambda: enumerate(), lambda: enumerate(1), lambda: list(map(lambda x: 1 / x, [0])), lambda: any(5), lambda: list(zip([1], 5)), lambda: list(map(str, [1], strict=True)), lambda: list(map(max, [1], [1, 2], strict=True))):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e.args)


class Old:
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError
        return i * 10

    def __len__(self):
        return 3


print(list(Old()), list(reversed(Old())), 20 in Old(), 21 in Old(), list(zip(Old(), Old())), max(Old()), [*Old()], sum(Old()))
