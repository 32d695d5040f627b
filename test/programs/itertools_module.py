"""itertools, all of it: results, laziness, errors, shared iterators."""
import itertools as it
import operator


def attempt(f, *args, **kwargs):
    try:
        result = f(*args, **kwargs)
        print(list(result) if hasattr(result, "__next__") else result)
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def take(n, iterable):
    return list(it.islice(iterable, n))


print(take(4, it.count()), take(3, it.count(10, -3)), take(3, it.count(0.5, 0.25)), it.count(5), it.count(1, 2), it.count(1.5), take(3, it.count(step=2**62)), take(2, it.count(1j, 2)))
print(take(7, it.cycle("abc")), take(2, it.cycle([])), list(it.repeat("x", 3)), it.repeat(1), it.repeat(1, 2), list(it.repeat(1, -1)), it.repeat(5, 3).__length_hint__())
print(list(it.accumulate([1, 2, 3])), list(it.accumulate([1, 2, 3], operator.mul)), list(it.accumulate([], initial=5)), list(it.accumulate([3, 1, 2], max, initial=0)), list(it.accumulate("abc")))
print(list(it.chain("ab", [1], ())), list(it.chain.from_iterable([[1], "xy", range(2)])), list(it.chain()), list(it.compress("abcdef", [1, 0, True, 0, "x"])))
print(list(it.dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(it.takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(it.filterfalse(None, [0, 1, "", "a"])), list(it.filterfalse(lambda x: x % 2, range(5))))
print([(k, list(g)) for k, g in it.groupby("aabbbc")], [(k, list(g)) for k, g in it.groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)], [k for k, g in it.groupby("aab")])
groups = it.groupby("aabb")
first = next(groups)[1]
next(groups)
print(list(first), list(it.islice("abcdef", 2)), list(it.islice("abcdef", 1, None, 2)), list(it.islice("abcdef", 2, 4)), list(it.islice("abc", 0)), list(it.islice(range(10), None)))
print(list(it.pairwise("abcd")), list(it.pairwise("a")), list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.zip_longest("ab", [1], fillvalue="-")), list(it.zip_longest("ab", [1, 2, 3])), list(it.zip_longest()))
print(list(it.product("ab", [1, 2])), list(it.product("ab", repeat=2)), list(it.product()), list(it.product("ab", [])), len(list(it.product(range(3), repeat=4))), list(it.product([1, 2], "x", [None])))
print(list(it.permutations("abc", 2)), list(it.permutations(range(3))), list(it.permutations("ab", 3)), list(it.permutations([])), len(list(it.permutations(range(6)))))
print(list(it.combinations("abcd", 2)), list(it.combinations(range(4), 3)), list(it.combinations("ab", 3)), list(it.combinations("ab", 0)), list(it.combinations_with_replacement("abc", 2)), list(it.combinations_with_replacement("", 2)))
print(list(it.batched("abcdefg", 3)), list(it.batched([], 2)), list(it.batched(range(4), 2, strict=True)))
a, b = it.tee([1, 2, 3])
print(next(a), next(a), list(b), list(a))
a, b, c = it.tee((x for x in "abc"), 3)
print(next(a), list(b), [next(c)], list(it.tee(c, 1)[0]), list(a), it.tee([1], 0))
for f, args, kwargs in (
    (it.count, ("a",), {}),
    (it.repeat, (), {}),
    (it.repeat, (1, "x"), {}),
    (it.cycle, (5,), {}),
    (it.islice, ("abc", -1), {}),
    (it.islice, ("abc", 1, 2, 0), {}),
    (it.islice, ("abc", "x"), {}),
    (it.islice, (), {}),
    (it.product, ("ab",), {"repeat": -1}),
    (it.product, (5,), {}),
    (it.permutations, ("ab", -1), {}),
    (it.permutations, ("ab", "x"), {}),
    (it.combinations, ("ab",), {}),
    (it.combinations, ("ab", -1), {}),
    (it.batched, ("ab", 0), {}),
    (it.batched, ("abc", 2), {"strict": True}),
    (it.chain, (1,), {}),
    (it.starmap, (pow, [1]), {}),
    (it.zip_longest, ("a",), {"fill": 1}),
    (it.tee, ([1], -1), {}),
    (it.tee, (5,), {}),
    (it.groupby, (), {}),
    (it.accumulate, ([1, "a"],), {}),
    (it.compress, ("abc",), {}),
    (it.pairwise, (1,), {}),
    (it.filterfalse, (5, [1]), {}),
    (it.takewhile, (None, [1]), {}),
    (it.dropwhile, (lambda x: 1 / 0, [1]), {}),
):
    attempt(f, *args, **kwargs)


def noisy(n):
    for i in range(n):
        print("made", i)
        yield i


lazy = it.islice(it.chain(noisy(2), noisy(5)), 1, 3)
print(next(lazy))
print(next(lazy))
print(next(lazy, "end"))
source = iter(range(10))
print(list(zip(source, it.islice(source, 2))), next(source), [type(x).__name__ for x in (it.count(), it.chain(), it.tee("a")[0], it.groupby(""), it.product(), it.batched("a", 1))])
print(sum(it.takewhile(lambda n: n < 1000, filter(lambda n: n % 2, map(lambda n: n * n, it.count())))), dict(it.zip_longest(*[iter("k1v2")] * 2)))
print(["".join(g) for _, g in it.groupby(sorted("mississippi"))], list(it.accumulate(range(1, 8), lambda a, b: a * b % 7)), list(map(operator.add, "ab", "cd")))
