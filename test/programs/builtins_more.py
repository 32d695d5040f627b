# Built-in functions and types over odd arguments.
def t(f, *a, **k):
    try: print("ok", f(*a, **k))
    except BaseException as e: print(type(e).__name__, e)


print(sorted([3, 1, 2]), sorted("hello"), sorted([1, 2, 3], reverse=True), sorted(["b", "A", "c"], key=str.lower), sorted({3: 1, 1: 2}), sorted([(1, "b"), (1, "a")]), sorted([], key=lambda x: 1 / 0))
t(sorted, [1, "a"]); t(sorted, [1, 2], key=5); t(sorted, 5); t(sorted, [1, None, 2]); t(sorted, [3, 1], key=lambda x: 1 / 0)
class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f"K{self.v}"
print(sorted([K(3), K(1)]), min(K(2), K(1)), max([K(2), K(5)], key=lambda k: -k.v))
t(max, K(1), K(2)); t(min, [], default="d"); t(max, []); t(min, 1, 2, default=3); t(max, [1, 2], key=None); t(min, "abc", key=lambda c: -ord(c)); t(max, 5)
print(sum([1, 2, 3]), sum([0.1] * 10), sum([[1], [2]], []), sum((), 5), sum([1, 2.5]), sum([True, True]), sum(range(100)), sum([1j, 2]), sum([10**20, 1]), sum([0.1, 10**20, -10**20]))
t(sum, ["a"]); t(sum, ["a"], ""); t(sum, [[1]], ()); t(sum, 5); t(sum, [1, "a"])
print(list(zip([1, 2], "ab")), list(zip()), list(zip([1, 2, 3], [1])), list(zip([1], [2], strict=True)), list(map(lambda *a: a, [1, 2], "ab", (5, 6))), list(map(str, [1, 2])), list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, [1, 2, 3])))
t(lambda: list(zip([1, 2], [1], strict=True))); t(lambda: list(zip([1], [1, 2], strict=True))); t(lambda: list(zip([1, 2], [1, 2], [1], strict=True))); t(lambda: list(map(5, [1]))); t(lambda: list(map(lambda a, b: 1, [1]))); t(zip, 5); t(zip, [1], 5); t(map, str, 5); t(lambda: list(filter(5, [1]))); t(lambda: list(map(str, [1], [2], strict=True)))
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate("ab", start=-1)), list(reversed([1, 2])), list(reversed("ab")), list(reversed(range(3))), list(reversed({1: 2, 3: 4})), next(reversed((1, 2))), list(reversed({1: 2}.items())))
t(reversed, {1}); t(reversed, 5); t(enumerate, 5); t(enumerate, [1], "a")
print(all([]), any([]), all([1, 0]), any([0, 1]), all(x > 0 for x in [1, 2]), any({}), all("ab"), any([[], 0, None]))
it = iter([1, 2, 3]); print(1 in it, list(it)); print(2 in iter([1, 2, 3]), any(iter([0, 1, 2])))
n = [0]
def cnt(): n[0] += 1; return n[0]
print(list(iter(cnt, 4)), list(iter(lambda: 1, 1)))
t(iter, 5, 5); t(iter, cnt); t(next, iter([])); t(next, iter([]), None); t(next, 5)
def raiser(): raise StopIteration("x")
print(list(iter(raiser, 5)))
print(abs(-5), abs(5.5), abs(3 + 4j), abs(True), divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), divmod(7, -3), pow(2, 10), pow(2, -1), pow(2, 10, 7), pow(3, -1, 7), pow(2.0, 3), round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2), round(1250, -2), round(1e20), round(2.5, 0), round(5, 2), round(-0.4), round(1.5, None), round(123.456, -1))
t(divmod, 1, 0); t(divmod, 1.0, 0); t(pow, 0, -1); t(pow, 2, 3, 0); t(pow, 2, -1, 4); t(round, "a"); t(round, 1.5, "a"); t(round, float("nan")); t(round, float("inf")); t(abs, "a")
print(bin(5), bin(-5), oct(8), hex(255), hex(-255), bin(0), hex(10**20), bin(True), chr(65), chr(0x1F600), ord("a"), ord("😀"), ord(b"a"), ascii("é"), repr("é'\""), ascii("\U0001F600\n"), chr(0), repr(chr(0xd800)))
t(chr, -1); t(chr, 0x110000); t(chr, "a"); t(ord, "ab"); t(ord, ""); t(ord, 5); t(hex, 1.5); t(bin, "a"); t(chr, 10**20); t(ord, b"ab")
print(isinstance(1, int), isinstance(True, int), isinstance(1, (str, int)), isinstance(1, int | str), isinstance(None, type(None)), isinstance(1, ((str,), (int,))), issubclass(bool, int), issubclass(int, (str, object)), issubclass(list, object), isinstance(1, ()))
t(isinstance, 1, 5); t(isinstance, 1, (5,)); t(issubclass, 5, int); t(issubclass, int, 5); t(isinstance, 1, "int"); t(isinstance, 1, list[int])
print(callable(print), callable(5), callable(lambda: 1), hash(1) == hash(1.0) == hash(True), id(None) == id(None), len("abc"), len({1: 2}), len(range(10)), type(5), type(type), type(None), type(...), type(NotImplemented), type(print), type(lambda: 1), type([].append), type(int.__add__), type((1).__add__), type(str.join), type(iter([])), type({}.keys()), type(range(1)), type(iter(range(1))), type(zip()), type(x for x in []), type(type.__dict__), type(print.__name__))
print(vars(type("T", (), {"a": 1})())), print(sorted(vars(type("T", (), {"a": 1})))[:3])
t(vars, 5); t(dir, 5) if False else None; print([n for n in dir([]) if not n.startswith("_")], [n for n in dir(type("T", (), {"zz": 1, "aa": 2})()) if not n.startswith("_")])
print(dir(type("D", (), {"__dir__": lambda s: ["b", "a"]})()), "x" in dir(type("T", (), {"x": 1})), len(dir()) > 5)
print(getattr(5, "real"), getattr(5, "nope", "d"), hasattr(5, "real"), hasattr(5, "nope"))
print(format(5, "03d"), format(3.14159, ".2f"), format("a", ">3"), format(5), format([1]), format(True), format(None))
print(range(5), range(1, 5), range(0, 10, 3), list(range(5, 0, -2)), range(0) == range(5, 5), range(3) == range(0, 3, 1), hash(range(3)) == hash(range(0, 3)), 3 in range(5), 2.0 in range(5), "a" in range(5), range(10)[2:5], range(10)[::-1], range(10)[-1], range(0, 10, 3).index(6), range(10).count(3), len(range(10**18)), range(10**20)[-1], range(5).start, bool(range(0)))
t(range, 1.5); t(range, 1, 2, 0); t(lambda: range(3)[5]); t(lambda: range(3).index(9)); t(lambda: range(3)["a"]); t(len, range(10**20)); t(lambda: range(3) < range(4)); t(setattr, range(3), "start", 5)
print(slice(1, 2, 3), slice(5), slice(1, 10, 2).indices(5), slice(None, None, -1).indices(5), slice(-3, None).indices(10), slice(1, 2) == slice(1, 2), slice(1).stop, [1, 2, 3][slice(1, None)])
t(slice); t(lambda: slice(1, 2, 0).indices(5)); t(lambda: slice("a").indices(5)); t(lambda: [1][slice("a")]); t(lambda: slice(1).indices(-1)); t(lambda: slice(1) < slice(2))
print(bool(0), bool(""), bool([0]), bool(None), bool(float("nan")), bool(object()), int("12"), int(" 12 "), int("-1_000"), int("ff", 16), int("0x1f", 16), int("0b11", 0), int("077", 8), int(3.99), int(-3.99), int(True), int("z", 36), int(b"12"), int("٣"), float("1e5"), float(" inf "), float("-nan"), float("1_0.5"), float(b"2.5"), complex("1+2j"), complex(1, 2), complex("j"), complex(" 1 "), complex(1.5), str(5), str(b"a", "ascii"), str(), bytes(3), bytes([1, 2]), bytes("é", "utf8"), bytearray(b"ab"), list("ab"), tuple({1: 2}), sorted(set("aab")), frozenset([1]), dict([(1, 2)]), dict(a=1), dict({1: 2}, b=3))
for f in ("int('a')", "int('1.5')", "int('')", "int('9', 8)", "int('1', 1)", "int('1', 99)", "int(1, 2)", "int(None)", "int([])", "int('1__0')", "int('_1')", "int(float('nan'))", "int(float('inf'))", "float('a')", "float('')", "float([])", "float('1_')", "complex('1+')", "complex('1 + 2j')", "complex([])", "complex('1', 2)", "complex(1, '2')", "str(b'\\xff', 'ascii')", "str(5, 'ascii')", "bytes('a')", "bytes([256])", "bytes(['a'])", "bytes(-1)", "bytes(5, 'a')", "bytes(1.5)", "bytearray([1, -1])", "list(5)", "tuple(5)", "set(5)", "set([[]])", "dict(5)", "dict([1])", "dict([(1,)])", "dict([(1, 2, 3)])", "dict(['ab', 'cd'])", "frozenset(5)", "bool(1, 2)", "type('a', (), {}, x=1)", "object(1)", "super()", "property(1).fget", "staticmethod(1)", "classmethod()", "memoryview(5)", "compile(5, '', 'exec')"):
    t(eval, f)
print(1_000, 0xff, 0o17, 0b11, 1e3, 1.5e-3, 1j, 1_0.0_1, .5, 5., 0xFF_FF, 00, 0_0, 1E5, 0B1, 0O7)
print(type(int.from_bytes(b"a")), (5).bit_length(), (255).to_bytes(2, "big"), (5).as_integer_ratio(), (0.5).as_integer_ratio(), (2.0).is_integer(), (5).is_integer(), (1.5).hex(), float.fromhex("0x1.8p0"), (5).conjugate(), (5).numerator, (1 + 2j).conjugate(), (1+2j).imag, (5).__class__, (-7) // 2, -7 % 3, 7 // -2, -7.5 // 2, -7.5 % 2, 2 ** -2, (-8) ** (1/3), 0 ** 0, 0.0 ** 0, 10 ** 20 // 3, -(2 ** 63), 1 << 100, -5 >> 1, ~5, 5 & -2, 5 | 8, 5 ^ 1)
print(None is None, ... is Ellipsis, NotImplemented is NotImplemented, () is (), "a" is "a" if False else True, [] is [], type(1) is int)
print(print("a", "b", sep="-", end="!\n"), print(), print(1, 2, sep=""), print(*[1, 2], sep=None, end=None), print("x", end=""), print(sep="x"))
t(print, 1, sep=5); t(print, 1, end=5); t(print, 1, foo=1); t(print, 1, file=5)
import builtins
print(len([n for n in dir(builtins) if n[0].islower()]) > 60, builtins.print is print, __name__, __builtins__ is builtins, __debug__, __doc__, __spec__, __package__)
