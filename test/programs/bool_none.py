"""bool, None, Ellipsis, NotImplemented: values, arithmetic, truth of every kind of object, short-circuiting."""
print(True, False, None, ..., NotImplemented, repr(True), str(None), bool(), bool(0), bool("0"))
print(True + True, True * 5, -True, True == 1, isinstance(True, int), type(True), type(None), type(...))
print(True & False, True | False, True ^ True, True & 3, type(True & 1), type(True & True), not 0, not [], not "a")
for x in (0, 1, -1, 0.0, 0.1, "", " ", [], [0], (), (0,), {}, {1: 0}, set(), {0}, b"", b"\0", range(0), range(1), None, ..., print):
    print(bool(x), not x, "yes" if x else "no", end="; ")
print()
print(0 or "default", "" or 0 or [], 1 and 2, 0 and 1, None or None, [] and x, 1 or 1 / 0, 0 and 1 / 0)


def noisy(name, value):
    print("eval", name)
    return value


print(noisy("a", 0) or noisy("b", 2) or noisy("c", 3))
print(noisy("a", 1) and noisy("b", 0) and noisy("c", 3))
print(noisy("a", 1) < noisy("b", 0) < noisy("c", 3))
print(not noisy("a", 0) and noisy("b", 5))


class Truth:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return self.value


class Length:
    def __len__(self):
        return 0


print(bool(Truth(True)), bool(Truth(False)), bool(Length()))
for bad in (Truth(1), Truth(None)):
    try:
        bool(bad)
    except TypeError as e:
        print(e)
for f in (lambda: None + 1, lambda: None.x, lambda: len(None), lambda: bool(1, 2), lambda: iter(None)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__ + ":", e)
