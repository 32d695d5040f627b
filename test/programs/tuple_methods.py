"""Tuples: construction, methods, comparison, hashing, errors."""
t = (1, "a", 2.5, None, 1)
print(t, t[0], t[-1], t[1:3], t[::-1], len(t), t.count(1), t.index("a"), t.index(1, 1), "a" in t, t + (2,), t * 2, (), (1,), tuple(), tuple("ab"), tuple([1, 2]), tuple(range(3)))
a, b, *c = t
print(a, b, c, (1, 2) < (1, 3), (1, 2) == (1, 2), (1,) < (1, 0), () < (0,), (1, "x") != (1, "y"), hash((1, 2)) == hash((1, 2)), {(1, 2): "v"}[(1, 2)], (1, 2) == [1, 2])
x = 1,
y = 1, 2, 3
print(x, y, ((1, 2), (3,)), (yield_ for yield_ in ()).__class__.__name__, tuple(i * i for i in range(4)), sum(y), max(y), sorted((3, 1)), y is tuple(y))
u = y
u += (4,)
print(y, u, bool(()), bool((0,)), 0 * y, (1,) * 3)
m = ([], 1)
m[0].append(5)
print(m)
try:
    m[0] += [6]
except TypeError as e:
    print(e, m)
for f in (lambda: t[10], lambda: t["a"], lambda: t.index(99), lambda: t + [1], lambda: t < (1, 2), lambda: hash(([],)), lambda: t.append(1), lambda: tuple(5), lambda: tuple(1, 2), lambda: t * "a", lambda: t.__setitem__(0, 1), lambda: t[::0], lambda: t.index()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
try:
    t[0] = 1
except TypeError as e:
    print(e)
try:
    del t[0]
except TypeError as e:
    print(e)
