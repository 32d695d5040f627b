"""find, index, rfind, count, startswith, endswith, in: ranges, empty strings and errors."""
s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("bra"), s.find("x"), s.find(""), s.find("", 5), s.find("", 20), s.find("a", -3), s.find("a", 2, 3), s.find("abra", 1, -1))
print(s.rfind("a"), s.rfind("bra", 0, 9), s.rfind("x"), s.rfind(""), s.rfind("", 0, 3))
print(s.index("cad"), s.rindex("a", 0, 5), s.count("a"), s.count("abra"), s.count(""), s.count("a", 3), s.count("aa"), "aaaa".count("aa"), s.count("", 3, 5))
print(s.startswith("abra"), s.startswith("bra", 1), s.startswith(("x", "a")), s.startswith(""), s.startswith("", 20), s.startswith("a", -1), s.startswith(()))
print(s.endswith("bra"), s.endswith("abr", 0, -1), s.endswith(("x", "ra")), s.endswith(""), s.endswith("abracadabraa"))
print("cad" in s, "" in s, "x" not in s, "" in "", "abc" in "ab")
u = "naïve café 日本語 😀 end"
print(u.find("café"), u.find("😀"), u.index("end"), u.rfind(" "), len(u), u.count(" "), u[11:14], u[15], u[-3:])
for f in (lambda: s.index("zz"), lambda: s.rindex("zz"), lambda: s.find(1), lambda: 1 in s, lambda: s.startswith(1), lambda: s.startswith(("a", 1), 1), lambda: s.count(),
          lambda: s.find("a", "b"), lambda: s.endswith(["a"]), lambda: s.find("a", 1, 2, 3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
