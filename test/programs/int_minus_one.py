# -1 is an int like any other, wherever a value comes back: built-in functions, methods, __init__ frames, generators.
import math


def minus():
    return -1


class Neg:
    def __neg__(self):
        return -1

    def __call__(self, *args, **kw):
        return -1

    def __getitem__(self, i):
        return -1


def gen():
    yield -1
    return -1


def outer():
    r = yield from gen()
    yield r


print(1, abs(-1) - 2, "abc".find("x"), int(-1.0), math.floor(-0.5), round(-1.2), min(-1, 2), max([-1, -2]), sum([-1]))
print(minus(), (lambda: -1)(), Neg()(), Neg()(1, 2, x=3), -Neg(), Neg()[0], *[minus(), minus()])
print(list(gen()), list(outer()), next(gen()), next(iter([]), -1), {}.get(1, -1), getattr(1, "x", -1), [1, -1].pop(), hash(-2) + 1)
print(list(map(lambda x: -1, "ab")), sorted([3, -1, 2], key=lambda v: -v), int.from_bytes(b"\xff", "big", signed=True), int("-1"), eval("-1"), (-1).__index__())
try:
    gen().throw(KeyError(-1))
except KeyError as e:
    print(e.args[0], e)
