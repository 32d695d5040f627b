"""str.format: fields, attributes, items, conversions, nested specs, errors."""


class P:
    x = 3

    def __init__(self, name):
        self.name = name

    def __format__(self, spec):
        return f"P<{self.name}|{spec}>"

    def __repr__(self):
        return f"P({self.name!r})"


p = P("joe")
print("{} {}".format(1, 2), "{1} {0} {1}".format("a", "b"), "{a} {b}".format(a=1, b="z"), "{{}} {}".format(5), "{0}{x}".format(1, x=2))
print("{0.x} {0.name} {1[0]} {1[key]}".format(p, {0: "zero", "key": "k"}), "{[1]} {[-1]}".format([7, 8], {"-1": "minus"}))
print("{!r} {!s} {!a}".format("é", p, "é"), "{:>8}|{:<8}|{:^8}|{:*^8}".format("a", "b", "c", "d"), "{:{}}|{:{w}.{p}f}".format("x", 5, 3.14159, w=10, p=2))
print("{:spec}".format(p), "{!r:>10}".format(p), "{:}".format(p), "{0:{1}}".format(p, "inner"), "{:,}".format(1234567), "{:%}".format(0.25))
print("{a[b]}".format(a={"b": "c"}), "{0[a]}".format({"a": 1}), "x{}y{}z".format("", ""), "{:.2}".format("abcdef"), "{:10.3}|".format("abcdef"), "{:=^9}".format("mid"))
print("{a}".format_map({"a": 9}), "{:d} {:x} {:o} {:b} {:e} {:c}".format(42, 42, 42, 42, 42.0, 42))
for f in (lambda: "{".format(1), lambda: "}".format(1), lambda: "{}".format(), lambda: "{1}".format(0), lambda: "{a}".format(), lambda: "{0} {}".format(1, 2), lambda: "{} {0}".format(1), lambda: "{!x}".format(1), lambda: "{0.nope}".format(1), lambda: "{0[k]}".format({}),
          lambda: "{:d}".format("a"), lambda: "{0[]}".format([1]), lambda: "{:>>>}".format(1), lambda: "{!}".format(1), lambda: "{:{:{}}}".format(1, 2, 3), lambda: format([], "x"), lambda: format(None, "5"), lambda: "{0!r".format(1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
