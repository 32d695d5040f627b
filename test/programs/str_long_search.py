"""Searching, replacing and changing case in long ASCII, Latin-1 and wider strings, around the lengths where the methods change their way."""

import zlib

def show(label, *values):
    print(label, *[ascii(v) if isinstance(v, str) and len(v) < 40 else (len(v), hash_of(v)) if isinstance(v, str) else v for v in values])

def hash_of(s):
    return zlib.crc32(s.encode("utf-8", "surrogatepass"))

for gap in (0, 1, 15, 16, 17, 254, 255, 256, 257, 258, 259, 600, 5000):
    for fill in ("a", "\xe9", "\u0430", "\U0001f600"):
        for needle in ("x", "xy", "x\xe9", "xya", "\u0431", "ax"):
            text = fill * gap + needle + fill * 3 + needle
            show(f"{gap} {ascii(fill)} {ascii(needle)}", text.find(needle), text.find(needle, gap + 1), text.find(needle, 1, gap + 1),
                 text.count(needle), text.count(needle, 1), text.count(needle, 0, gap), needle in text, text.replace(needle, ""), text.replace(needle, "-+"),
                 text.replace(needle, "\xff", 1), len(text.split(needle)), text.partition(needle)[0] == fill * gap, text.upper(), text.lower(), text.casefold())

class S(str):
    pass

for s in ("", "a", "A", "aZ@[`{z", "AZ" * 40, "\x00\x7f" * 3, S("Abc"), S("")):
    for r in (s.upper(), s.lower(), s.casefold(), s.replace("A", "b"), s.replace("b", ""), s.replace("", "."), s.replace("A", "", 0), s.replace("zz", "q")):
        print(ascii(r), type(r).__name__, r.isascii())

print(ascii("ab".replace("ab", "")), ascii("ab".replace("a", "")), ascii("ab".replace("ab", "c")), ascii("aaa".replace("a", "", 2)))
print(ascii("aaaa".replace("aa", "a")), ascii("aaaa".replace("aa", "b", 1)), "abc".replace("b", "b") == "abc", "aXbX".replace("X", "\u20ac"))
text = "ab" * 1000
print(text.replace("a", "bb").count("b"), text.count("ab", 1), text.count("b", -5), text.count("b", 5, 3), text.count("a", 3000), text.count("", 1999))
joined = text + "\xe9"
print(joined.replace("\xe9", "").isascii(), joined.upper()[-1], joined.count("\xe9"), joined.lower() == joined)
