"""Calls of built-in functions and methods: bound, unbound, as attributes of classes, with too few and too many arguments."""


def attempt(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return type(e).__name__, str(e)


# A bound method of another object is no method of the class that has it.
items = []


class Holder:
    add = items.append
    make = dict.fromkeys
    size = len


h = Holder()
for i in range(3):
    h.add(i)
Holder.add("class")
print(items, h.make("ab", 1), h.size("abc"))

# Bound once, called often, and from within a call.
add = items.append
for i in range(3):
    add(i)
print(items, add(add), len(items), items.pop() is add)
join = "-".join
print([join(str(k) for k in range(n)) for n in range(4)])
print(list(map(join, ["ab", "cd"])), sorted("bca", key="abc".index, reverse=True))

for f, args in [
    (add, ()),
    (add, (1, 2)),
    (list.append, ()),
    (list.append, ([],)),
    (list.append, (1, 2)),
    (list.append, ((), 2)),
    (dict.get, ({}, 1, 2, 3)),
    ({}.get, ()),
    ({}.get, (1, 2, 3)),
    (len, ()),
    (len, ([], [])),
    (str.upper, (1,)),
    ("a".upper, (1,)),
    (int.bit_length, ("a",)),
    ((5).bit_length, (1,)),
    (dict.fromkeys, ()),
    (min, ()),
    (print.__call__, ()),
]:
    print(attempt(f, *args))
print(attempt(add, x=1), attempt({}.get, 1, default=2), attempt(len, obj=[]))
print(attempt("{a} {0}".format, 1, a=2), attempt("a b c".split, maxsplit=1), attempt([3, 1].sort, reverse=True))


class MyList(list):
    def append(self, value):
        super().append(value * 2)


class MyInt(int):
    pass


m = MyList()
for i in range(3):
    m.append(i)
    list.append(m, i)
print(m, MyList.extend(m, [7]), m, MyInt(255).bit_length(), int.bit_length(MyInt(3)), True.bit_length())
print("x".upper(), "é".upper(), (12).bit_length(), (1.5).is_integer(), (2 ** 40).bit_length(), (10 ** 30).bit_length())


# What str(), int() and the like make of classes of their own.
class Text(str):
    def __init__(self, *args):
        print("Text.__init__", *args)


class Shown:
    def __str__(self):
        return Text("shown")


print(str(Shown()), type(str(Shown())).__name__, str(True), str(-5), str(2 ** 30), str(2 ** 31), str(), str(b"a", "ascii"))
print(int("12"), int(), int(-1.5), int("ff", 16), int(True), attempt(int, "x"), attempt(int, 1, 2, 3))
print(list("ab"), tuple([1]), dict(a=1), set(), frozenset("a"), range(3), attempt(range), attempt(type), type(3))
