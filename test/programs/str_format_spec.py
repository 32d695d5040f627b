"""The format specification language on strings and other objects."""
for spec in ("", "s", "10", "<10", ">10", "^10", "*^10", "10.2", ".3", ".0", "é>5", "05", "1", "^1", "=<7", " <7"):
    print(repr(spec), "[" + format("abcd", spec) + "]")
for value, spec in (("a", "d"), ("a", "=5"), ("a", "+5"), ("a", " 5"), ("a", "#"), ("a", ",s"), ("a", "zz"), ([1], "5"), ({}, "d"), (None, "x"), ((1,), "s"), (object, "x"), ("a", ".-1"), ("a", "99999999999999999999")):
    try:
        print(format(value, spec))
    except Exception as e:
        print(type(e).__name__ + ":", e)
print(format([1, 2]), format(None), format(True, "5") + "|", format((1, 2), ""), format(1.5, "6") + "|", format("x", "") + "|", f"{'x':>{3}}")
for f in (lambda: format(), lambda: format(1, 2), lambda: "x".__format__(), lambda: "x".__format__(1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)


class Sub(str):
    def __format__(self, spec):
        return "Sub:" + spec


class Money(float):
    pass


class Id(int):
    def __str__(self):
        return "id"


print(f"{Sub('x'):q} {Sub('x')}", f"{Money(1.5):.2f} {Money(2)}", f"{Id(5)} {Id(5):d} {Id(5)!r} {Id(5):>4}|", str(Id(5)), repr(Id(5)), "%s %d" % (Id(6), Id(6)))
