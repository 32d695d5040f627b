"""Slices of lists: reading, assignment of other sizes, extended slices, deletion."""
a = list(range(10))
print(a[2:5], a[:3], a[7:], a[-3:], a[:-7], a[::3], a[::-1], a[8:2:-2], a[5:5], a[20:], a[-20:2], a[2:-2], a[::-3], a[-1:-4:-1], a[:0:-1])
b = a[:]
b[2:4] = ["x"]
print(b)
b[1:1] = [100, 200, 300]
print(b)
b[:2] = []
print(b)
b[-2:] = range(5)
print(b)
b[::2] = [0] * len(b[::2])
print(b)
b[3:1] = ["between"]
print(b)
b[len(b):] = ["tail"]
b[5:2:-1] = "abc"
print(b)
b[:] = b
print(b, len(b))
del b[0]
del b[-1]
del b[1:3]
print(b)
del b[::2]
print(b)
del b[::-1]
print(b)
b[:] = [1, 2, 3]
b[1:2] = b
print(b)
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, s.indices(5), slice(None, None, -1).indices(4), slice(5), slice(-3, None).indices(10), a[s], s == slice(1, 10, 2), slice(1, 2) < slice(1, 3))
for f in (lambda: b.__setitem__(slice(0, 4, 2), [1]), lambda: a[::0], lambda: b.__setitem__(slice(0, 1), 5), lambda: a["a":], lambda: a[1.5:], lambda: slice(), lambda: slice(0, 5, 0).indices(3), lambda: b.__delitem__(100), lambda: slice(1).indices(-1), lambda: a[1, 2]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
