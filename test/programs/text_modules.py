"""string, textwrap, pprint, operator, shlex, difflib, fnmatch, html, base64, quopri, glob patterns, keyword."""
import base64
import difflib
import fnmatch
import html
import operator
import pprint
import shlex
import string
import textwrap


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(string.ascii_letters, string.digits, string.punctuation, repr(string.whitespace), string.hexdigits, string.capwords("hello  big world"), string.capwords("a-b-c", "-"))
template = string.Template("$who owes ${what} $$5 $missing")
print(template.safe_substitute(who="Ann", what="Bob"), template.get_identifiers(), template.is_valid())
attempt(template.substitute, who=1)
attempt(string.Template("$").substitute)
attempt(string.Template("a\n$ b").substitute)


class Percent(string.Template):
    delimiter = "%"
    idpattern = "[a-z]+"


print(Percent("%a %b %% $c").substitute({"a": 1}, b=2))


class Upper(string.Formatter):
    def format_field(self, value, spec):
        return super().format_field(value, spec).upper()

    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f"<{key}>") if isinstance(key, str) else super().get_value(key, args, kwargs)


print(Upper().format("{0} {name} {x!r:>8} {0[1]}", "ab", x="q"), list(string.Formatter().parse("a{b!r:c{d}}e{{f}}")), string.Formatter().vformat("{} {}", (1, 2), {}))
attempt(Upper().format, "{}{1}", 1)

text = "The quick brown fox jumped over the lazy dog, and then-some-hyphenated-words went   away.\n\nSecond paragraph here."
print(textwrap.wrap(text, 20), textwrap.fill(text, 30, initial_indent="* ", subsequent_indent="  "), textwrap.shorten(text, 25), textwrap.shorten("hello world", 8, placeholder="~"), sep="\n")
print(textwrap.wrap("averyveryverylongword here", 8), textwrap.wrap("averyverylongword", 8, break_long_words=False), textwrap.wrap("a-b c-d", 3, break_on_hyphens=False), textwrap.wrap("tab\there", 6, expand_tabs=False), textwrap.wrap("one two three four five", 9, max_lines=2), textwrap.wrap(""), textwrap.wrap("x  y", drop_whitespace=False, width=2))
print(repr(textwrap.dedent("""
    first
      second
    \tthird
  """)), repr(textwrap.indent("a\n\nb\n", "> ")), repr(textwrap.indent("a\n\nb", "> ", lambda line: True)))
attempt(textwrap.wrap, "abc", 0)

data = {"name": "value" * 5, "list": list(range(30)), "nested": {"a": {"b": [1, (2, 3), {"c"}]}, "text": "a long text that is to be split over several lines because of its length"}, (1, 2): None, "bytes": b"x" * 100, "empty": [[], {}, (), set()]}
pprint.pprint(data)
pprint.pprint(data, width=40, compact=True, sort_dicts=False, indent=2)
pprint.pprint(data, depth=2)
pprint.pp({"z": 1, "a": [1] * 3})
recursive = [1]
recursive.append(recursive)
print(pprint.isrecursive(recursive), pprint.isreadable(data), pprint.pformat([1000000, 10000000], underscore_numbers=True), pprint.saferepr({"b": 1, "a": 2}))
print(operator.add(1, 2), operator.itemgetter(1)("abc"), operator.itemgetter(0, 2)("abc"), operator.itemgetter("k")({"k": 5}), operator.attrgetter("real", "imag")(2j), operator.attrgetter("__class__.__name__")(5), operator.methodcaller("split", ",", maxsplit=1)("a,b,c"))
print(operator.concat([1], [2]), operator.contains("abc", "b"), operator.countOf([1, 2, 1], 1), operator.indexOf("abc", "c"), operator.length_hint([1, 2]), operator.truth([]), operator.not_(1), operator.is_(None, None), operator.is_not(1, None), operator.index(True), operator.inv(5), operator.matmul.__name__, operator.xor(6, 3), operator.floordiv(7, 2), operator.mod(7, 3), operator.pow(2, 5), operator.neg(3), operator.pos(-3), operator.abs(-3), operator.lshift(1, 4), operator.truediv(1, 4), operator.call(max, 1, 2), operator.is_none(None), operator.is_not_none(None))
box = [1, 2, 3]
operator.setitem(box, 0, 9)
operator.delitem(box, 1)
print(box, operator.getitem(box, slice(0, 1)), operator.iadd(box, [4]), operator.ior({1}, {2}), operator.imul(2, 3), operator.eq(1, 1.0), operator.lt("a", "b"), operator.ge(2, 2), operator.ne(1, 1), sorted([(2, "b"), (1, "z"), (2, "a")], key=operator.itemgetter(0, 1)), repr(operator.itemgetter(1, "a")), repr(operator.attrgetter("a.b", "c")), repr(operator.methodcaller("m", 1, k=2)))
attempt(operator.itemgetter(5), "abc")
attempt(operator.attrgetter("nope"), 5)
attempt(operator.indexOf, "abc", "z")
attempt(operator.add, 1, "a")
attempt(operator.index, 1.5)
print(shlex.split("a 'b c' \"d \\\"e\" f\\ g # no"), shlex.split("a # b", comments=True), shlex.quote("it's"), shlex.join(["a b", "c"]), list(shlex.shlex("x=1+y", punctuation_chars=True)))
attempt(shlex.split, "a 'b")
print("\n".join(difflib.unified_diff("one\ntwo\nthree".split("\n"), "one\n2\nthree\nfour".split("\n"), "a", "b", lineterm="")), "\n".join(difflib.ndiff(["abc", "def"], ["abd", "def"])), difflib.get_close_matches("appel", ["ape", "apple", "peach"]), round(difflib.SequenceMatcher(None, "abcd", "bcde").ratio(), 3), difflib.SequenceMatcher(None, "qabxcd", "abycdf").get_opcodes())
print(fnmatch.filter(["a.py", "b.txt", "c.PY"], "*.py"), fnmatch.fnmatchcase("abc", "a[!x]c"), fnmatch.translate("*.t?t"), html.escape("<a href='x'>&"), html.unescape("&lt;&eacute;&#39;&#x41;&nope;&amp;"), base64.b64encode(b"hello\xff"), base64.b32encode(b"hi"), base64.b85encode(b"data"), base64.a85encode(b"data"), base64.urlsafe_b64decode(b"_-8="), base64.b16decode("0aFF", casefold=True))
attempt(base64.b64decode, "abc")
