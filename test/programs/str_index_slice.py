"""Indexing, slicing, iteration, repetition, comparison and hashing of strings, with characters outside the BMP."""
s = "héllo 😀 wörld"
print(s[0], s[1], s[-1], s[6], s[1:5], s[:3], s[8:], s[::-1], s[::2], s[-5:], s[5:2], s[5:2:-1], s[100:], s[-100:3], len(s), s[slice(1, 4)])
print(list("ab😀"), [ord(c) for c in "aé日😀"], [chr(n) for n in (97, 233, 0x65E5, 0x1F600)], "a" * 3, 0 * "x", "ab" * -1, 2 * "é")
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "é" > "z", "\uffff" < "😀", "a" == "a", "a" != "b", "Z" < "a" <= "a", "a" == 1)
print(max("hello"), min("hello"), sorted("hello"), "".join(reversed("abc")), list(enumerate("ab")), "l" in "hello", tuple("xy"), set("aaa"))
print(hash("abc") == hash("ab" + "c"), len(""), len("\0"), bool(""), "x" + "", "%s" % "y")
text = ""
for i in range(5):
    text += chr(65 + i)
print(text, text[0] + text[-1], text * 2 + "!")
for f in (lambda: s[100], lambda: s[-100], lambda: s["a"], lambda: s[1.0], lambda: s[::0], lambda: ord("ab"), lambda: ord(""), lambda: chr(-1), lambda: chr(0x110000), lambda: ord(5), lambda: "a" * "b", lambda: "a" < 1, lambda: "a" - "b", lambda: s[None], lambda: chr("a"), lambda: "a" * 2.0):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
try:
    s[0] = "x"
except TypeError as e:
    print(e)
try:
    del s[0]
except TypeError as e:
    print(e)
try:
    s.attribute = 1
except AttributeError as e:
    print(e)
