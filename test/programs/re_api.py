"""Pattern and Match objects: methods, attributes, repr, errors."""
import copy
import re
import _sre


def show(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


p = re.compile("(a)(?P<x>b)?")
m = p.match("ab")
print(type(p), type(m), type(p.scanner("a")), type(p.finditer("")).__name__)
print([n for n in dir(p) if n not in dir(object)])
print([n for n in dir(m) if n not in dir(object)])
print(_sre.MAGIC, _sre.CODESIZE, _sre.MAXREPEAT, _sre.MAXGROUPS)

show(lambda: p.match(string="a", pos=0, endpos=1))
show(lambda: p.match("xab", 1).span())
show(lambda: p.search("xab", 0, 2).span())
show(lambda: p.match())
show(lambda: p.match(5))
show(lambda: p.match("a", b=3))
show(lambda: p.match("a", "b"))
show(lambda: p.fullmatch("ab"))
show(lambda: p.fullmatch("abc"))
show(lambda: re.match("", "abc", 0))
show(lambda: p.match("abc", -5, 10**20))

for key in (0, 1, 2, "x", -1, 3, "z", 1.0, None, 10**30, True):
    show(lambda: m.group(key))
    show(lambda: m[key])
    show(lambda: m.span(key))
show(lambda: m.group())
show(lambda: m.group(0, 1, "x"))
show(lambda: m.group(0, 7))
n = p.match("a")
show(lambda: n.groups())
show(lambda: n.groups("none"))
show(lambda: n.groups(default=1))
show(lambda: n.groups(1, 2))
show(lambda: n.groupdict())
show(lambda: n.groupdict(default=3))
show(lambda: (n.start(), n.end(), n.span(), n.start(2), n.end("x"), n.span(1)))
show(lambda: (m.regs, n.regs, m.lastindex, m.lastgroup, n.lastindex, n.lastgroup))
show(lambda: (m.re is p, m.string, m.pos, m.endpos))
show(lambda: (bool(m), copy.copy(p) is p, copy.deepcopy(p) is p, copy.copy(m) is m, copy.deepcopy(m) is m))
show(lambda: re.match("(a)|b", "b").groups())
show(lambda: re.match(r"(?:(a)|(b))*", "abab").regs)
show(lambda: re.match(r"((a)(b))+", "abab").lastindex)
show(lambda: re.match(r"(?P<one>(?P<two>a))", "a").lastgroup)

show(lambda: p)
show(lambda: m)
show(lambda: re.search("b+", "aa" + "b" * 80))
show(lambda: re.compile("a" * 300))
show(lambda: re.compile("a\n'\"", re.I | re.M | re.S | re.X | re.A))
show(lambda: re.compile(b"a", re.I | re.L))
show(lambda: (p.pattern, p.flags, p.groups, dict(p.groupindex), type(p.groupindex).__name__))
show(lambda: (re.compile(b"a").flags, re.compile("(?i)a").flags, re.compile("a", re.A).flags))
show(lambda: setattr(p, "flags", 1))
show(lambda: type(p)())
show(lambda: type(m)())
show(lambda: p == re.compile("(a)(?P<x>b)?"))
show(lambda: p == re.compile("(a)(?P<x>b)?", re.I))
show(lambda: re.compile("a") == re.compile(b"a"))
show(lambda: p != 3)
show(lambda: hash(p) == hash(re.compile("(a)(?P<x>b)?")))
show(lambda: len({p, re.compile("(a)(?P<x>b)?"), re.compile("q")}))
show(lambda: isinstance(p, re.Pattern) and isinstance(m, re.Match))

show(lambda: _sre.compile("a", 0, [1], 0, {}, ()))
show(lambda: _sre.compile("a", 0, [77], 0, {}, ()))
show(lambda: _sre.compile("a", 0, [], 0, {}, ()))
show(lambda: _sre.compile("a", 0, [16], 0, {}, ()))
show(lambda: _sre.compile("a", 0, [2**40], 0, {}, ()))
show(lambda: _sre.compile("a", 0, ["a"], 0, {}, ()))
show(lambda: _sre.compile({}, 0, [], 0, {}, ()))
show(lambda: _sre.compile("a", 0, []))
show(lambda: (_sre.ascii_iscased(65), _sre.ascii_iscased(200), _sre.unicode_iscased(0xE9), _sre.unicode_iscased(48)))
show(lambda: (_sre.ascii_tolower(65), _sre.unicode_tolower(0x130), _sre.unicode_tolower(0xC9), _sre.ascii_tolower(0xC9)))

scanner = re.compile(r"\d|[a-z]*").scanner("1ab2")
show(lambda: [scanner.match() for _ in range(6)])
scanner = re.compile("b").scanner("abab", 1)
show(lambda: [scanner.search() for _ in range(4)])
show(lambda: scanner.pattern)
show(lambda: [x.span() for x in re.finditer("a*", "baac")])
show(lambda: next(iter(re.finditer("a", "b")), "none"))

show(lambda: re.Scanner([(r"[0-9]+", lambda s, t: int(t)), (r"[a-z]+", lambda s, t: t), (r"\s", None)]).scan("12 ab 3!"))
