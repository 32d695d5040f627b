"""bytes: construction, methods, indexing, comparison, errors."""
b = b"Hello World"
print(b, b[0], b[-1], b[1:4], b[::-1], len(b), list(b[:3]), b + b"!", b * 2, b"lo" in b, 72 in b, b == b"Hello World", b < b"I", b"a" == "a")
print(bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), bytes(b"x"), bytes(range(3)), bytes(), bytes.fromhex("de ad BE ef"), b.hex(), b.hex(" "), b.hex("-", 2), b"\x01".hex())
print(b.upper(), b.lower(), b.swapcase(), b.title(), b.capitalize(), b.find(b"o"), b.rfind(b"o"), b.find(111), b.index(b"W"), b.count(b"l"), b.count(108), b.replace(b"l", b"L"), b.replace(b"l", b"", 1))
print(b.split(), b"a,b,,c".split(b","), b"a,b,c".rsplit(b",", 1), b" x ".strip(), b"xxaxx".strip(b"x"), b"a\nb\r\nc".splitlines(), b"k=v".partition(b"="), b"k=v=w".rpartition(b"="), b",".join([b"a", b"b"]), b"".join([]))
print(b.startswith(b"He"), b.endswith((b"x", b"ld")), b.isalpha(), b"abc".isalpha(), b"12".isdigit(), b" ".isspace(), b"aB".isalnum(), b"AB".isupper(), b"ab".islower(), b"5".zfill(3), b"a".center(5, b"*"), b"a".ljust(3) + b"|", b"a".rjust(3), b"a\tb".expandtabs(4))
print(b.decode(), b.translate(None, b"lo"), bytes.maketrans(b"ab", b"xy")[97:99], b"abc".translate(bytes.maketrans(b"ab", b"xy")), b"pre-x".removeprefix(b"pre-"), b"x.py".removesuffix(b".py"), hash(b"a") == hash(b"a"), {b"k": 1}[b"k"])
print([x for x in b"abc"], max(b"abc"), sorted(b"cab"), bytes(reversed(b"abc")), 97 in b"abc", b"".isalpha(), b"%s-%d" % (b"a", 5), repr(b'"\''))
for f in (lambda: bytes([256]), lambda: bytes("a"), lambda: bytes(-1), lambda: b[100], lambda: b + "a", lambda: "a" + b, lambda: b.join(["a"]), lambda: b"a" < "a", lambda: bytes.fromhex("xz"), lambda: b.find("a"), lambda: "a" in b, lambda: 256 in b, lambda: b.index(b"zz"), lambda: bytes(1.5), lambda: bytes(["a"]), lambda: b.split(","), lambda: bytes.fromhex("abc"), lambda: b.hex("--")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
try:
    b[0] = 1
except TypeError as e:
    print(e)
