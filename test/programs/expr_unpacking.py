"""Star-unpacking in assignments, calls and displays; errors."""
a, b = 1, 2
a, b = b, a
(c, d), e = [3, 4], "e"
[f, *g] = "hello"
*h, i = range(4)
j, *k, l = (1, 2)
m, (n, *o), p = 1, (2, 3, 4), 5
for q, (r, s) in [(1, (2, 3)), (4, (5, 6))]:
    print(q, r, s)
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)
t = u = v = []
t.append(1)
print(t, u, v is t, [*range(3), *"ab"], (*[1], 2), {*[1, 1]}, {**{"a": 1}, "b": 2}, [*{"k": 1}], *(1, 2))


def show(*args, **kwargs):
    return args, kwargs


print(show(*[1, 2], 3, *"ab"), show(**{"x": 1}, y=2), show(*range(2), **{"z": 3}), show(*[], **{}), show(1, *(2,), k=3, **{"l": 4}))
x = [0, 1, 2]
w, x[w] = 2, "set"
print(w, x)
y = 0
y, x[y] = 1, "second"
print(y, x)
d2 = {}
d2["a"], d2["b"], *d2["rest"] = 1, 2, 3, 4
print(d2)


class Obj:
    pass


ob = Obj()
ob.p, ob.q = "pq"
print(ob.p, ob.q)
(only,) = [7]
[single] = [8]
print(only, single)


def bad(code):
    try:
        code()
    except Exception as err:
        print(type(err).__name__ + ":", err)


def two(value):
    aa, bb = value


def star(value):
    aa, bb, *cc = value


for value in ([1], [1, 2, 3], (), 5, None, "abc", {1: 2}, iter([1]), range(3)):
    bad(lambda: two(value))
bad(lambda: star([1]))
bad(lambda: star(5))
bad(lambda: show(*5))
bad(lambda: show(**5))
bad(lambda: show(**{1: 2}))
bad(lambda: show(x=1, **{"x": 2}))
bad(lambda: [*5])
bad(lambda: {**5})
bad(lambda: print(*None))
