"""String literals, escapes, repr and ascii."""
print(repr("it's"), repr('say "hi"'), repr("it's \"both\""), repr("tab\tnew\nline\rret\\back"), repr("\0\x01\x1f\x7f\x80\xa0\xad"), repr("é日😀"), repr("\u2028\ue000\ud800"))
print(ascii("é日😀 a'"), ascii([1, "ü"]), "\x41\u0042\U00000043\103\N{LATIN SMALL LETTER E WITH ACUTE}", r"raw\n", "a" "b" 'c', '''triple "quoted"
text''', "line \
continued")
print(b"bytes \x00\xff\n\t'", b'"', b"'\"", rb"\x", b"\101", repr(b"'"), repr(b"\\"))
print("\a\b\f\v" == "\x07\x08\x0c\x0b", len("\N{SNOWMAN}"), "\N{BULLET}", "\'\"", "\
")
print(str("x"), str(1), str(b"ab"), str(b"caf\xc3\xa9", "utf-8"), str(b"\xff", "latin-1"), str(), str(object=5), str(b"\xff", "utf-8", "replace"), str(b"abc", errors="strict"))
for f in (lambda: str(b"\xff", "utf-8"), lambda: str("a", "utf-8"), lambda: str(1, 2), lambda: str(b"a", "no-such")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
print([["nested 'q'"], ("t",), {"k": 'v"'}], ("one",), (), {1}, {"a": [1, {"b": None}]})
