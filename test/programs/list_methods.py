"""list methods, one after the other, with their errors."""
a = [3, 1, 2]
a.append(5)
a.extend([7, 8])
a.extend("xy")
a.insert(0, "first")
a.insert(-1, "before last")
a.insert(100, "end")
a.insert(-100, "begin")
print(a, len(a))
print(a.pop(), a.pop(0), a.pop(-2), a)
a.remove(5)
print(a.index(2), a.index("x"), a.count(1), a.count("none"), 7 in a, 99 not in a)
a.reverse()
print(a, a[::-1] == list(reversed(a)))
b = a.copy()
b.clear()
print(a is not b, b, list(), list("abc"), list(range(3)), list({1: 2}), list((1, 2)), [1] + [2], [0] * 3, 2 * [1, 2], [[]] * 2, [1] * -1)
c = [1, 2, 3, 2, 1]
print(c.index(2, 2), c.index(1, 1, 5), c.index(3, -3), c == [1, 2, 3, 2, 1], c < [1, 2, 4], c > [1, 2], [] < [0], [1, "a"] == [1, "a"], c != c[:], c is c[:])
c += (9, 10)
c *= 2
print(c)
d = c
d += [0]
print(c is d, c[-1], [x is y for x, y in zip([[]] * 2, [[]] * 2)])
rec = [1]
rec.append(rec)
print(rec, repr(rec))
for f in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1][1], lambda: a["a"], lambda: [] + 1, lambda: [] * [], lambda: [1].append(), lambda: [1].append(1, 2), lambda: [1].insert(0), lambda: list(5), lambda: list(1, 2), lambda: [1] < ["a"], lambda: [1] < 1, lambda: hash([]), lambda: [1].pop("a"), lambda: [].nope, lambda: [1].extend(5), lambda: [1].__setitem__(3, 1), lambda: [1, 2].index(1, 1), lambda: [1][-2]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
