"""Bytes and bytearrays by index, slice and iteration, whole and in parts."""


class I:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


class B(bytes):
    pass


for b in (b"", b"x", b"hello world", bytes(range(256)), bytearray(b"hello"), B(b"sub class")):
    for k in (0, 1, -1, 4, -5, 255, 256, -257, 10**20, True, I(0), I(-1), 1.0, None, "a"):
        try:
            print(k if isinstance(k, (int, float, str)) else type(k).__name__, b[k], end="; ")
        except Exception as e:
            print(type(e).__name__, e, end="; ")
    print()
    for s in (slice(None), slice(1, 4), slice(-3, None), slice(None, None, -1), slice(0, 100, 2), slice(5, 2), slice(I(1), I(3)), slice(10**20), slice(0, None, 0), slice("a")):
        try:
            r = b[s]
            print(type(r).__name__, len(r), r[:6], len(r) > 1 and r is b, end="; ")
        except Exception as e:
            print(type(e).__name__, e, end="; ")
    print(sum(b), list(b)[:3], b[len(b) // 2:] + b[:len(b) // 2] == b"", len(list(iter(b))))
a = bytearray(b"abc")
it = iter(a)
print(next(it))
a.extend(b"def")
print(list(it), a[2:4], a[:] is a, a[:] == a)
it = iter(a)
next(it)
a.clear()
print(list(it))
for name in ("utf-8", "UTF-8", "utf8", "Latin_1", "latin-1", "iso 8859 1", "ascii", "US-ASCII", "nope"):
    try:
        print(name, "né".encode(name, "replace"), b"abc".decode(name))
    except LookupError as e:
        print(e)
for t in ("", "a", "ab", "é", "aé", "x" * 31, "y" * 33, "z" * 64, "z" * 65, "z" * 300, "日本", "a\ud800"):
    try:
        b = t.encode()
        print(len(b), b[:8], b.decode() == t, bytearray(b).decode() == t, B(b).decode() == t, type(b).__name__, t.encode("ascii", "replace")[:4])
    except UnicodeEncodeError as e:
        print(e)
for b in (b"\x80", b"ab\xff", b"\xc3\xa9", b"a" * 63 + b"\xe9", b"a" * 64 + b"\xc3\xa9", b"a\x00b"):
    try:
        print(ascii(b.decode()[-4:]), hash(b.decode()) == hash(b.decode("utf-8")))
    except UnicodeDecodeError as e:
        print(e)
s = "some " + "text"
print(s.encode() + (s + "!").encode(), {s.encode().decode(): 1}[s], S("sub").encode() if (S := type("S", (str,), {})) else 0)
