# str methods over Unicode and odd arguments.
def t(f, *a, **k):
    try: print("ok", repr(f(*a, **k)))
    except BaseException as e: print(type(e).__name__, e)


S = ["", "abc", "ABC", "Hello World", "straße", "ΑΒΓσς", "ǅ", "ﬁ", "i̇", "İ", "123", "½", "²", "٣", "Ⅷ", "日本", "😀", "\t\n", "  x ", "a\u0301", "\xa0", "\u2028", "_x1", "9a", "a b", "Ab Cd", "aB", "\x00", "\ud800"]
for s in S:
    print(ascii(s), [ascii(f(s)) for f in (str.upper, str.lower, str.title, str.capitalize, str.swapcase, str.casefold)], [int(f(s)) for f in (str.isalpha, str.isdigit, str.isdecimal, str.isnumeric, str.isalnum, str.isspace, str.isupper, str.islower, str.istitle, str.isidentifier, str.isprintable, str.isascii)], len(s), ascii(s.strip()))
print("a,b,,c".split(","), "a b  c ".split(), " a b ".split(" "), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "abc".split("x"), "".split(), "".split(","), "a\nb\r\nc\x0bd\x85e\u2028f".splitlines(), "a\nb".splitlines(True), "\n".splitlines(), "a  b c".split(None, 1), "  a b".rsplit(None, 1))
t("a".split, ""); t("a".split, 5); t("a".split, None, "x"); t("a".rsplit, ""); t("a".splitlines, "x"); t("a".split, sep=",", maxsplit=2)
print("abc".find("b"), "abc".find("z"), "abc".rfind("c"), "abcabc".find("c", 3), "abcabc".rfind("a", 0, 3), "abc".index("c"), "aXbX".count("X"), "aaa".count("aa"), "abc".count(""), "".count(""), "abc".find(""), "abc".rfind(""), "abc".find("", 4), "😀a😀".find("😀", 1), "日本語".index("語"), "ab".find("b", -1), "abc".find("c", None, None))
t("abc".index, "z"); t("abc".rindex, "z"); t("abc".find, 5); t("abc".count, None); t("abc".find, "a", "x")
print("abc".startswith("a"), "abc".startswith(("x", "a")), "abc".endswith("bc", 1), "abc".startswith("", 3), "abc".startswith("", 4), "abc".endswith(()), "abc".removeprefix("a"), "abc".removesuffix("c"), "abc".removeprefix("x"))
t("a".startswith, 5); t("a".startswith, ["a"]); t("a".startswith, ("a", 5)); t("a".endswith, None)
print("abc".replace("b", "X"), "aaa".replace("a", "b", 2), "abc".replace("", "-"), "abc".replace("", "-", 2), "".replace("", "x"), "abc".replace("z", "y"), "aaa".replace("aa", "b"), "日本日".replace("日", "x"))
t("a".replace, "a"); t("a".replace, 1, 2); t("a".replace, "a", "b", "c")
print("x".center(5), "x".ljust(3, "-") + "|", "x".rjust(3, "é"), "ab".center(5, "*"), "abc".center(6, "*"), "5".zfill(3), "-5".zfill(4), "+5".zfill(4), "abc".zfill(2), "😀".center(4, "-"))
t("x".center, 5, "ab"); t("x".ljust, "a"); t("x".center, 5, 5); t("x".zfill, "a")
print("abc".strip("ac"), "xxabcxx".strip("x"), " a ".lstrip() + "|", " a ".rstrip() + "|", "abc".lstrip("abc"), "\xa0a\u3000".strip())
t("a".strip, 5)
print("a-b-c".partition("-"), "abc".partition("-"), "a-b-c".rpartition("-"), "abc".rpartition("-"))
t("a".partition, ""); t("a".partition, 5)
print(",".join(["a", "b"]), "".join([]), ",".join("abc"), "x".join({"k": 1}), "-".join(("a",)))
t(",".join, [1]); t(",".join, ["a", 1]); t(",".join, 5); t(",".join, [b"a"])
print("%s %d %r %5.2f %x %o %e %g %c %% %i %-5s| %05d %+d % d %#x %5s %.2s" % ("a", 5, "b", 3.14159, 255, 8, 12345.678, 0.0001, "c", 7, "l", 42, 5, 5, 255, "r", "abc"))
print("%(a)s %(b)d" % {"a": 1, "b": 2}, "%s" % (1,), "%s" % [1], "%s %s" % (1, 2), "%*d|%-*d|%.*f" % (5, 42, 5, 42, 2, 3.14159), "%c%c" % (65, "B"), "%a" % "é", "%s" % None, "%d" % 3.99, "%d" % True, "%.3r" % "abcdef")
for f, a in (("%d", "a"), ("%s %s", "a"), ("%s", (1, 2)), ("%z", 1), ("%", 1), ("%(a)s", 5), ("%(a)s", {}), ("%c", "ab"), ("%c", -1), ("%d", None), ("%x", 1.5), ("%*d", ("a", 1)), ("abc", 1), ("%(a", {"a": 1}), ("%s%", 1), ("%f", "a"), ("%c", 1.5), ("%i", [1])): t(lambda: f % a)
print("{} {}".format(1, 2), "{1} {0}".format(1, 2), "{a} {b}".format(a=1, b=2), "{0.real} {0.imag}".format(5), "{0[0]} {0[1]}".format([1, 2]), "{a[k]}".format(a={"k": 5}), "{:>5}|{:<5}|{:^5}".format(1, 2, 3), "{!r} {!s} {!a}".format("a", "b", "é"), "{:{}}|{:{w}.{p}f}".format("x", 5, 3.14159, w=8, p=2), "{{}} {}".format(1), "{0:,}".format(1234567), "{:%}".format(0.5), "{a.b.c}".format(a=type("A", (), {"b": type("B", (), {"c": 7})})))
for f in ("{}", "{0} {}", "{} {0}", "{1}", "{a}", "{", "}", "{0", "{!x}", "{:d}", "{0.nope}", "{0[9]}", "{0[a]}", "{!}", "{:{}}", "{0!r:}", "{}}", "{{}", "{ }", "{0:{1:{2}}}", "{a.}", "{0[}", "{0[]}", "{-1}"): t(f.format, "s")
print("{a}".format_map({"a": 1}), "abc".maketrans("ab", "xy"), "abc".translate({97: "X", 98: None}), "abc".translate(str.maketrans("a", "b", "c")), "abc".translate({97: 0x1F600}), "a\tb".expandtabs(), "a\tb\tc".expandtabs(4), "ab\ncd\te".expandtabs(3))
t("a".format_map, {}); t(str.maketrans, "ab", "c"); t(str.maketrans, 5); t(str.maketrans, {"ab": 1}); t("a".translate, 5); t("abc".translate, {97: -1}); t("abc".translate, {97: "\x00"})
print("abc"[0], "abc"[-1], "abc"[1:], "abc"[::-1], "abc"[::2], "abc"[5:], "abc"[-2:], "日本語"[1], "a😀b"[1], "abc" * 2, 3 * "ab", "abc" * 0, "abc" * -1, "a" "b" + "c", "b" in "abc", "" in "", "z" not in "abc", "a" < "b", "a" < "B", "é" > "z", "abc" == "abc", "a" != "b")
t(lambda: "abc"[3]); t(lambda: "abc"["a"]); t(lambda: "abc"[1.0]); t(lambda: "a" + 1); t(lambda: 1 + "a"); t(lambda: "a" * "b"); t(lambda: "a" * 1.5); t(lambda: 5 in "a"); t(lambda: "a" < 1); t(lambda: "abc"[::0]); t(lambda: "a" - "b"); t(lambda: None in "a"); t(lambda: "a" * 10**30)
print("é".encode(), "é".encode("latin-1"), "é".encode("utf-16"), "é".encode("ascii", "replace"), "é".encode("ascii", "ignore"), "é".encode("ascii", "xmlcharrefreplace"), "é".encode("ascii", "backslashreplace"), "\ud800".encode("utf-8", "surrogatepass"), "a".encode(errors="strict"), b"\xc3\xa9".decode(), b"\xff".decode("utf-8", "replace"), b"\xff".decode("utf8", "surrogateescape").encode("utf8", "surrogateescape"))
t("é".encode, "ascii"); t("\ud800".encode); t("a".encode, "nope"); t("é".encode, "ascii", "nope"); t("a".encode, 5); t(b"\xff".decode); t(b"\xe9\x80".decode); t(b"a".decode, "nope")
print(repr("\x00\x1f\x7f\x80\xad\u200b\u2028\ue000\U000e0001\U0010ffff\ud800'\"\\\n\t\r"), ascii("é\u1234\U00012345"), repr("it's"), repr('say "hi"'), repr("it's \"both\""), str("x"), "a".__repr__())
print("abc".__len__(), "abc".__contains__("b"), "abc".__getitem__(1), "a".__add__("b"), "a".__mul__(3), "a".__eq__(5), "a".__lt__(5), "a".__hash__() == hash("a"), "a".__str__(), "%s".__mod__(5), "a".__getnewargs__(), "abc".__iter__().__next__(), list(iter("日本")))
class Sub(str):
    def __new__(cls, v): return super().__new__(cls, v + "!")
    def upper(self): return "custom"
s = Sub("x"); print(s, type(s).__name__, s.upper(), s.lower(), type(s.lower()).__name__, type(s + "y").__name__, type(s[0:]).__name__, type(str(s)).__name__, s == "x!", hash(s) == hash("x!"), {s: 1}["x!"], f"{s}", repr(s), isinstance(s, str), s.strip() is s, type("".join([s])).__name__)
print(sys_intern := __import__("sys").intern("abc"), "abc" is sys_intern)
