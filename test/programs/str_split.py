"""split, rsplit, splitlines, partition, rpartition, join."""
s = "  a b   c  "
print(s.split(), s.split(" "), s.split(None, 1), s.rsplit(None, 1), s.split(" ", 2), s.rsplit(" ", 2), "".split(), "".split(","), "a,b,,c,".split(","))
print("a<>b<>c".split("<>"), "a<>b<>c".split("<>", 1), "a<>b<>c".rsplit("<>", 1), "abc".split("abc"), "a b c d".split(maxsplit=2), "a b c d".rsplit(maxsplit=1), "a,b,c".split(",", -1), "a,b".split(",", 0), " a b ".split(None, 0))
print("one\ntwo\r\nthree\rfour\vfive\ffix\x1csix\u2028seven\n".splitlines(), "a\n\nb\n".splitlines(True), "".splitlines(), "x".splitlines(), "\n".splitlines(), "\r\n\n".splitlines(keepends=True))
print("key=value=x".partition("="), "key=value=x".rpartition("="), "none".partition("="), "none".rpartition("="), "=".partition("="))
print(",".join(["a", "b", "c"]), "".join([]), "-".join("xyz"), ", ".join(str(i) for i in range(4)), "x".join(("one",)), " ".join({"k": 1, "l": 2}))
print("\u00a0a\u2003b\u3000".split(), "a\x1fb\x85c".split())
for f in (lambda: "a".split(""), lambda: "a".split(1), lambda: "a".partition(""), lambda: ",".join([1]), lambda: ",".join(["a", None]), lambda: ",".join(5), lambda: "a".split(",", "b"), lambda: "a".split(x=1), lambda: "a".partition()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
