"""bytearray: mutation in place, slices, methods, errors."""
a = bytearray(b"hello")
print(a, len(a), a[0], a[1:3], bytes(a), bytearray(3), bytearray([1, 2]), bytearray("é", "utf-8"), bytearray(), a == b"hello", bytearray(b"a") + b"b", b"a" + bytearray(b"b"))
a[0] = 72
a.append(33)
a.extend(b" you")
a += b"?"
print(a)
a[5:6] = b"..."
print(a)
a[::2] = b"-" * len(a[::2])
print(a)
del a[0], a[-2:]
print(a, a.pop(), a.pop(0), a)
a.insert(0, 65)
a.remove(45)
a.reverse()
print(a, a.find(b"l"), a.count(b"-"), a.upper(), a.replace(b"-", b""), a.split(b"."), a.decode(), a.hex(), a.startswith(b"x"))
b = a.copy()
b.clear()
a *= 2
print(a, b, bool(b), a is not b, list(bytearray(b"ab")), bytearray(b"abc")[::-1], bytearray(b"x") * 3, 3 in bytearray([3]), bytearray(b"b") > b"a")
c = bytearray(b"grow")
for i in range(100):
    c.append(i)
    c.extend([i, i])
print(len(c), sum(c), c[:8], c[-3:])
for f in (lambda: c.append(256), lambda: c.append("a"), lambda: c.__setitem__(0, 300), lambda: c.__setitem__(1000, 1), lambda: bytearray().pop(), lambda: c.remove(250), lambda: c.extend("abc"), lambda: c.extend([999]), lambda: hash(c), lambda: c.insert(0, -1), lambda: c.__setitem__(slice(0, 2), 5), lambda: bytearray("a"), lambda: c.index(b"zz"), lambda: c[1000], lambda: c.__setitem__(slice(0, 4, 2), b"abc")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
