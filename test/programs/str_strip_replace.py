"""strip, lstrip, rstrip, removeprefix, removesuffix, replace, expandtabs, padding, translate."""
s = "  \t xx hello xx \n"
print([s.strip(), s.lstrip(), s.rstrip(), "xxyxx".strip("x"), "abcba".lstrip("ab"), "abcba".rstrip("ab"), "aaa".strip("a"), "".strip(), "x".strip(None), "mississippi".strip("ipsm")])
print("prefix-body".removeprefix("prefix-"), "body.py".removesuffix(".py"), "body".removeprefix("x"), "aaa".removesuffix("a"), "a".removeprefix("a"))
print("banana".replace("a", "o"), "banana".replace("a", "o", 2), "banana".replace("", "-"), "abc".replace("", "-", 2), "banana".replace("ana", "*"), "x".replace("x", ""), "".replace("", "a"), "aaa".replace("aa", "b"), "banana".replace("a", "o", count=1), "banana".replace("z", "o", -1))
print(["a\tb\tc".expandtabs(), "a\tb".expandtabs(4), "ab\tc\nd\te".expandtabs(3), "\t".expandtabs(0)])
print(["ab".ljust(5), "ab".rjust(5), "ab".center(5), "ab".center(6, "*"), "abc".center(6, "-"), "ab".ljust(1), "ab".ljust(4, "."), "x".zfill(3), "-5".zfill(5), "+5".zfill(4), "".zfill(2), "--5".zfill(6)])
table = str.maketrans("abc", "xyz", "d")
print("aabbccdd".translate(table), "abc".translate({97: "AA", 98: None, 99: 67}), str.maketrans({"a": 1, "b": "two"}), str.maketrans("ab", "cd"))
for f in (lambda: "a".strip(1), lambda: "a".replace("a"), lambda: "a".replace(1, 2), lambda: "a".ljust(5, "xx"), lambda: str.maketrans("ab", "c"), lambda: "a".zfill("x"), lambda: "a".center(), lambda: str.maketrans({"ab": 1}), lambda: "a".removeprefix(None), lambda: "a".ljust(5, 1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
