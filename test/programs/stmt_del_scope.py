"""del on names, items, attributes and slices; unbound names; global and nonlocal."""
x = 1
del x
try:
    x
except NameError as e:
    print(e, e.name)
a, b = [1, 2, 3], {"k": 1}
del a[0], b["k"]
print(a, b)


class C:
    attr = 1


c = C()
c.own = 2
del c.own
for f in (lambda: c.own, lambda: delattr(c, "own"), lambda: delattr(c, "attr"), lambda: a.__delitem__(5), lambda: b.__delitem__("k")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)


def local():
    y = 1
    del y
    try:
        return y
    except UnboundLocalError as e:
        return str(e)


print(local())


def before():
    try:
        print(z)
    except UnboundLocalError as e:
        print(e)
    z = 1
    return z


print(before())
counter = 0


def bump():
    global counter, made
    counter += 1
    made = "made global"


bump()
bump()
print(counter, made)


def outer():
    n = 0
    unset = None
    del unset

    def inner():
        nonlocal n
        n += 1
        return n

    def free():
        try:
            return unset
        except NameError as e:
            return str(e)

    def deep():
        def deeper():
            nonlocal n
            n *= 10

        deeper()

    inner()
    inner()
    deep()
    return n, inner(), free()


print(outer())
try:
    raise ValueError("gone")
except ValueError as exc:
    pass
try:
    exc
except NameError as e:
    print(e)
for loop in range(3):
    pass
print(loop, "counter" in globals(), globals()["counter"], "n" in globals())


def names(p, q=2, *r, **s):
    t = 5
    return sorted(locals().items())


print(names(1, k=3))
print(len([1]))
len = lambda x: "shadowed"
print(len([1]))
del len
print(len([1]))
try:
    del undefined_name
except NameError as e:
    print(e)
