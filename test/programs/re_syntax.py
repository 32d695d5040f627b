"""What patterns mean: every construct, flags, classes by Unicode and ASCII rules, errors of the parser."""
import re


def check(pattern, *texts, flags=0):
    try:
        p = re.compile(pattern, flags)
    except re.PatternError as e:
        print(repr(pattern), "error", e, e.pos, e.lineno, e.colno)
        return
    for text in texts:
        m = p.search(text)
        f = p.fullmatch(text)
        print(repr(pattern), repr(text), m and (m.span(), m.groups()), f and f.span())


check(r"a|b|cd", "cd", "xb")
check(r"(a+)+b", "aaab", "aaac")
check(r"a{2,3}?", "aaaa")
check(r"a{2,3}+a", "aaaa", "aaa")
check(r"(?>a+)ab", "aaab")
check(r"(?>a+|b)c", "aac", "bc")
check(r"a*+b", "aab")
check(r"(?:a?)*+x", "aax")
check(r"(?:ab|a)*+c", "ababac")
check(r"(?:(a)|b?)*+", "abx")
check(r"(?:a|ab)(?:c|bcd)(d*)", "abcd")
check(r"(?=(a+))a*b\1", "baaabac")
check(r"(?!ab)a.", "abac")
check(r"(?<=ab)c", "abc", "bc")
check(r"(?<!a)b", "ab", "cb", "b")
check(r"(?<=(a|b))c", "xbc")
check(r"(?P<q>['\"]).*?(?P=q)", "say 'hi' \"you\"")
check(r"(a)?(?(1)b|c)", "ab", "c", "b")
check(r"(?(x)a|b)(?P<x>c)", "bc")
check(r"^(?:(\d+)x)?\d+y$", "12x34y", "12y")
check(r"(a)|b\1", "b", "ba")
check(r"(?:(a)|(b)|(c))+", "abc")
check(r"(\w)\1+", "aabbb", "abab")
check(r"(?i)(\w)\1+", "aAbb", "ßSs")
check(r"^a$", "a\n", "b\na\nc", "a")
check(r"^a$", "a\n", "b\na\nc", flags=re.M)
check(r"\Aa\Z", "a\n", "a")
check(r"a.b", "a\nb")
check(r"a.b", "a\nb", flags=re.S)
check(r" a b # comment", "ab", flags=re.X)
check(r"\bfoo\b", "a foo b", "food")
check(r"\Boo\B", "fool", "oo")
check(r"\B", "", "a")
check(r"\w+", "Größe", "٣٤", "a_b-c")
check(r"\w+", "Größe", flags=re.A)
check(r"\d+", "٣٤x", "12")
check(r"\d+", "٣٤x", "12", flags=re.A)
check(r"\s+", "a\u2003\x1cb", "a\tb")
check(r"\s+", "\u2003\x1c", flags=re.A)
check(r"\S+\W\D", "ab -x")
check(r"[^\W\d_]+", "12ab_3")
check(r"[]a]+", "]a[")
check(r"[^]a]+", "]b[")
check(r"[a\-z]+", "a-z")
check(r"[\w.+-]+@[\w-]+\.[\w.-]+", "mail me.you+x@ex-ample.org now")
check(r"[à-ü]+", "xàéü")
check(r"[α-ω]+", "ΑΒαβγ")
check(r"[α-ω]+", "ΑΒαβγ", flags=re.I)
check(r"[^α-ω]+", "αx日", flags=re.I)
check(r"straße", "STRAßE", "strasse", flags=re.I)
check(r"[k]+", "Kk\u212a", flags=re.I)
check(r"[K]+", "Kk\u212a", flags=re.I | re.A)
check("\u0130", "i\u0307", "i", "\u0130", flags=re.I)
check("ſ", "s", "S", flags=re.I)
check("σ", "Σ", "ς", flags=re.I)
check(r"(?i:a)b", "Ab", "AB")
check(r"(?-i:a)b", "aB", "AB", flags=re.I)
check(r"(?s-i:.)b", "\nb")
check(r"\0\t\n\r\f\v\a", "\0\t\n\r\f\v\a")
check(b"\\w+", b"a\xe9b")
check(b"\\w+\xe9", b"a\xe9", flags=re.I)
check(b"[a-z]+", b"ABC", flags=re.L | re.I)
check(r"", "", "a")
check(r"()", "")
check(r"(|a)+", "aaa")
check(r"(a|b)*?c", "ababc")
check(r"(?:a*?)*?b", "aab")
check(r"(.*?)(\d+)$", "abc123")
check(r"(.*)(\d+)", "abc123")
check(r"x*", "axb")
check(r"(?:x|y){0}z", "xz")
check(r"a{0,0}b", "ab")
check(r"a{,2}", "aaa")
check(r"a{2", "a{2")
check(r"a{x}", "a{x}")
check(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", "2024-01-02T03:04:05.678")
check(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}", "192.168.1.255", "256.1.1.1")
check(r"𝒳+", "a𝒳𝒳")

for bad in [
    "(", ")", "(a", "a)", "[", "[a", "*", "a**", "a{2}{3}", "a{3,2}", "(?P<a", "(?P<1>a)", "(?P<a>x)(?P<a>y)", "(?P=x)", "(?z)", r"\1",
    "a\n(b", "(?i", "(?i-", "(?-u:a)", "(?au:a)", "a(?i)b", "\\", "(?#", "(?P>x)", "(?(", "(?()a)", "[[:alpha:]",
]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check(bad)
check(b"(?u)a")
try:
    re.compile("a", re.L)
except ValueError as e:
    print(e)
try:
    re.compile(b"a", re.U)
except ValueError as e:
    print(e)
try:
    re.compile(re.compile("a"), re.I)
except ValueError as e:
    print(e)
try:
    re.compile(5)
except TypeError as e:
    print(e)
