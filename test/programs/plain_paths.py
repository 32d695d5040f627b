"""Operations with a short way for plain values, beside the values that must not take it: character tests, float(), unpacking with a star, sets, list + list."""
texts = ["", "5", "a", "Z", "_", "é", "٣", "²", "五", "\x7f", "123", "12a", "abc", "aBc9", "a b", "é1", "12٣", "½", "@[`{", "/:", "09"]
for name in ("isalpha", "isalnum", "isdecimal", "isdigit", "isnumeric", "isspace", "isascii", "isidentifier"):
    print(name, [getattr(t, name)() for t in texts])


class S(str):
    pass


print(S("12").isdigit(), S("é").isalpha(), S("").isalnum())
for t in ("1", "-1.5", "+2", " 3.25\n", "1_0.5", "1e5", ".5", "5.", "-0", "-0.0", "00012.50", "1__0", "--1", "1.5.2", "", " ", "٣.٥", "inf", "-Nan", "0x10", "1" * 400, "0." + "1" * 400, "9007199254740993", "1\x00", "1.", "-", "1 2"):
    try:
        print(ascii(t[:10]), float(t))
    except ValueError as e:
        print(ascii(e)[:100])


def gen(n):
    yield from range(n)


for values in ([1, 2, 3], (1, 2, 3), "abc", gen(3), {1: 2, 3: 4}, [1], (), gen(0), [1, 2, 3, 4, 5]):
    kind = type(values).__name__
    values = list(values) if kind == "generator" else values
    for body in ("a, *b = v", "*a, b = v", "a, *b, c = v", "*a, = v", "a, b, *c = v", "a, b, c, *d, e, f = v"):
        names = {"v": values}
        try:
            exec(body, names)
            print(kind, body, {k: names[k] for k in "abcdef" if k in names})
        except ValueError as e:
            print(kind, body, e)
a, *b = v = [1, 2]
b.append(3)
print(v, b)
for bad in (5, None):
    try:
        a, *b = bad
    except TypeError as e:
        print(e)


class L(list):
    def __iter__(self):
        return iter("xyz")


class T(tuple):
    def __iter__(self):
        return iter("pq")


a, *b = L([1, 2, 3])
c, *d = T((1, 2))
print(a, b, c, d)
x, (y, *z), *w = 1, [2, 3, 4], 5
print(x, y, z, w)
print([1] + [2], [] + [], [] + [1], [1] + [], L([1]) + [2], type(L([1]) + L([2])).__name__)
a = [1]
b = a + a
b.append(3)
a += a
print(a, b)
for f in (lambda: [1] + (2,), lambda: (1,) + [2], lambda: [1] + 5):
    try:
        f()
    except TypeError as e:
        print(e)
s, t = {1, "a", 2.5, (1, 2), None, True}, {"a", (1, 2), 7, 1.0, frozenset("x")}
for r in (s & t, s - t, t - s, s & set(), set() & s, s - s, s & s, frozenset(s) & t, t & frozenset(s), s - set(range(100)), set(range(100)) - s):
    print(type(r).__name__, len(r), sorted(map(repr, r))[:6])


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 2

    def __eq__(self, other):
        if self.n == 13 or other.n == 13:
            raise KeyError(13)
        return self.n == other.n

    def __repr__(self):
        return f"K{self.n}"


one, two = {Key(n) for n in (1, 2, 3)}, {Key(n) for n in (2, 3, 4)}
print(sorted(k.n for k in one & two), sorted(k.n for k in one - two), sorted(k.n for k in two - one))
for f in (lambda: one & {Key(13)}, lambda: one - {Key(13)}, lambda: {Key(13)} - one):
    try:
        print(f())
    except KeyError as e:
        print("KeyError", e)
