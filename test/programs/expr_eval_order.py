"""Order of evaluation: operands, calls, subscripts, assignments, augmented assignments, dict displays, comparisons."""


def e(tag, value=None):
    print(tag, end=" ")
    return value


class Box:
    def __init__(self):
        object.__setattr__(self, "data", {})

    def __getitem__(self, k):
        print(f"get[{k}]", end=" ")
        return 1

    def __setitem__(self, k, v):
        print(f"set[{k}]={v}", end=" ")

    def __getattr__(self, k):
        print(f"getattr.{k}", end=" ")
        return 10

    def __setattr__(self, k, v):
        print(f"setattr.{k}={v}", end=" ")


box = Box()
e("a", 1) + e("b", 2) * e("c", 3)
print()
e("obj", box)[e("key", "k")] = e("value", 5)
print()
e("obj", box).attr = e("value", 6)
print()
e("obj", box)[e("key", "k")] += e("value", 5)
print()
e("obj", box).attr += e("value", 5)
print()
e("o1", box)[e("k1", 1)], e("o2", box).x = e("v1", 1), e("v2", 2)
print()
x = e("o1", box)[e("k", 0)] = e("v", 9)
print(x)
e("f", lambda *a, **k: None)(e("a1"), *e("star", []), e("a2"), k=e("kw"), **e("dstar", {}))
print()
[e("l1"), e("l2"), *e("l3", [])]
print()
{e("k1", 1): e("v1"), **e("d", {}), e("k2", 2): e("v2")}
print()
e("a", "s")[e("lo", 0) : e("hi", 1) : e("st", 1)]
print()
e("yes") if e("cond", True) else e("no")
print()
e("in left", 1) in e("in right", [1])
print()
del e("obj", {1: 2})[e("key", 1)]
print()
assert e("cond", True), e("message")
print()


def deco(tag):
    e("make " + tag)
    return lambda f: e("apply " + tag, f)


@deco("one")
@deco("two")
def g(a=e("default a"), *, b=e("default b")) -> e("unevaluated?", None):
    pass


print()
a = [1, 2, 3]
i = 0
i, a[i] = 1, "x"
print(a, i)
a = b = c = e("value once", [])
print(a is b is c)
try:
    e("left", 1) + (1 / 0) + e("never")
except ZeroDivisionError:
    print("stopped")
lst = [1]
lst += lst + [2]
print(lst)
