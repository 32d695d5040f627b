"""sub, subn, split, findall, expand, templates, bytes-like texts."""
import re


def show(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


show(lambda: re.sub("a", "b", "banana"))
show(lambda: re.sub("a", "b", "banana", count=2))
show(lambda: re.subn("a", "", "banana"))
show(lambda: re.subn("q", "x", "banana"))
show(lambda: re.sub("a*", "-", "baac"))
show(lambda: re.sub("", "-", "ab"))
show(lambda: re.sub(r"(\w)(\w)", r"\2\1", "abcde"))
show(lambda: re.sub(r"(?P<first>\w)", r"<\g<first>\g<0>>", "ab"))
show(lambda: re.sub(r"(a)|(b)", r"[\1\2]", "abc"))
show(lambda: re.sub("x", r"\n\t\\", "axb"))
show(lambda: re.sub("a", lambda m: m.group().upper() + str(m.start()), "banana"))
show(lambda: re.sub("a", lambda m: None, "banana"))
show(lambda: re.sub("a", lambda m: 3, "banana"))
show(lambda: re.sub("(.)", lambda m: re.sub("b", "c", m.group(1)), "ab"))
show(lambda: re.sub("a", lambda m: 1 / 0, "banana"))
show(lambda: re.sub("a", 5, "banana"))
show(lambda: re.sub("a", b"b", "banana"))
show(lambda: re.sub("a", b"b", "xyz"))
show(lambda: re.sub("a", r"\9", "banana"))
show(lambda: re.sub("a", r"\g<x", "banana"))
show(lambda: re.sub("a", "b", b"banana"))
show(lambda: re.sub("a", "b", 5))
show(lambda: re.sub("é", "日", "aéb"))
show(lambda: re.sub("日", "e", "a日b"))
show(lambda: re.sub("𝒳", "é", "a𝒳b𝒳"))
show(lambda: re.sub("b", "𝒳", "abc"))
show(lambda: re.sub(b"a", b"xy", b"banana"))
show(lambda: re.sub(rb"(a)(n)", rb"\2\1", bytearray(b"banana")))
show(lambda: re.sub(b"a", lambda m: bytearray(m.group() * 2), memoryview(b"banana")))
show(lambda: re.sub(b"a", "x", b"banana"))
same = "unchanged text"
show(lambda: re.sub("Q", "x", same) is same)
show(lambda: re.compile("a").sub(repl="b", string="aaa", count=1))
show(lambda: re.compile("a").sub("b", "aaa", -1))
show(lambda: re.compile("a").sub("b", "aaa", "x"))
show(lambda: re.compile("a").sub("b"))

show(lambda: re.split(",", "a,b,,c"))
show(lambda: re.split("(,)", "a,b,,c"))
show(lambda: re.split("(,)|(;)", "a,b;c"))
show(lambda: re.split(",", "a,b,c", maxsplit=1))
show(lambda: re.split("x*", "axbc"))
show(lambda: re.split(r"\b", "ab cd"))
show(lambda: re.split("", ""))
show(lambda: re.split(b",", b"a,b"))
show(lambda: re.compile(",").split("a,b", -1))

show(lambda: re.findall("a", "banana"))
show(lambda: re.findall("(a)", "banana"))
show(lambda: re.findall("(a)(n)?", "banana"))
show(lambda: re.findall(r"\w+", "Grüße, 世界! 𝒳"))
show(lambda: re.findall("a*", "baac"))
show(lambda: re.compile("a").findall("banana", 2, 5))
show(lambda: re.findall(b"(a)(n)?", bytearray(b"banana")))
show(lambda: re.findall("a", memoryview(b"a")))
show(lambda: re.findall(b"a", memoryview(b"banana")[::2]))
show(lambda: re.findall(b"a", "a"))
show(lambda: type(re.search(b"a", bytearray(b"ba")).group()))
show(lambda: type(re.search(b"a", bytearray(b"ba")).string))

m = re.match(r"(a)(?P<x>b)?(c)?", "ab")
show(lambda: m.expand(r"\1-\g<x>-\3-\n"))
show(lambda: m.expand("plain"))
show(lambda: m.expand(b"bytes"))
show(lambda: m.expand(r"\7"))
show(lambda: m.expand(template=r"\2"))

data = bytearray(b"a.a.a")


def grow(m):
    data.append(1)
    return b"x"


show(lambda: re.sub(b"a", grow, data))
data.append(66)
show(lambda: data)


class Text(str):
    pass


show(lambda: type(re.sub("q", "x", Text("abc"))).__name__)
show(lambda: type(re.match(".*", Text("abc")).group()).__name__)
show(lambda: type(re.match(".*", Text("abc")).string).__name__)
show(lambda: re.escape("a.b*c\n é-#"))
show(lambda: re.escape(b"a.b"))
