"""Comprehensions: nesting, conditions, scoping, closures, generators, evaluation order."""
print([x * y for x in range(3) for y in range(x)], [[j for j in range(i)] for i in range(3)], [x for x in range(20) if x % 2 if x % 3], {x: x * x for x in range(3)}, {x % 2 for x in range(5)}, list(x for x in "ab"), sum(x for x in range(5)))
x = "outer"
print([x for x in range(3)], x, [(x, y) for x in "ab" for y in (x, x * 2)], [a + b for a, b in [(1, 2), (3, 4)]], [first for first, *rest in [(1, 2, 3)]], [i if i else "zero" for i in range(2)])
fs = [lambda: i for i in range(3)]
gs = [lambda i=i: i for i in range(3)]
print([f() for f in fs], [g() for g in gs])


def f(n):
    factor = 10
    return [factor * i + n for i in range(n) if i != n - 2], {k: factor for k in "ab"}, [[factor + a * b for a in range(2)] for b in range(2)]


print(f(4))


class C:
    items = [1, 2, 3]
    doubled = [i * 2 for i in items]
    try:
        wrong = [items for i in range(1)]
    except NameError as e:
        message = str(e)


print(C.doubled, C.message, hasattr(C, "i"))
print([y := 5, y * 2], [z for i in range(3) if (z := i * 2)], z, any((found := v) > 2 for v in [1, 3, 5]), found)
g = (1 / n for n in [1, 0])
print(next(g))
try:
    next(g)
except ZeroDivisionError as e:
    print(e)
try:
    (q for q in undefined_sequence)
except NameError as e:
    print(e)
data = [1, 2]
gen = (d for d in data)
data = [3]
print(list(gen), [n for n in [1, 2, 3] if n != 2][-1], {**{k: v for k, v in zip("ab", [1, 2])}}, [*(i for i in range(2)), *[5]], tuple([i, j] for i, j in {1: 2}.items()))


def show(tag, value):
    print(tag, end=" ")
    return value


print({show("key", 1): show("value", 2) for _ in range(1)})
print([show("a", 1), show("b", 2)], {show("k1", 1): show("v1", 2), show("k2", 3): show("v2", 4)})
