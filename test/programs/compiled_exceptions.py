"""Exceptions out of compiled code: the lines of their tracebacks, handlers, finally, with, and frames that somebody looks at."""
import sys
import traceback


def divide(a, b):
    c = a + 1
    return (
        c
        // b
    )


def middle(n):
    total = 0
    for i in range(n, -1, -1):
        total += divide(n, i)
    return total


def lines(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, str(e), [(t.name, t.lineno) for t in traceback.extract_tb(e.__traceback__)]


print(lines(middle, 5))
print(lines(middle, 1500))


def attributes(objects):
    for o in objects:
        x = o.missing
    return x


print(lines(attributes, [1]))
print(lines(attributes, [type("A", (), {"missing": 1})()] * 1000 + [None]))


def handled(n):
    caught = 0
    for i in range(n):
        try:
            if i % 3 == 0:
                raise ValueError(i)
            if i % 5 == 0:
                [][i]
        except ValueError as e:
            caught += e.args[0] % 2
        except IndexError:
            caught += 10
        else:
            caught += 100
        finally:
            caught += 1
    return caught


print(handled(10), handled(3000))


class Manager:
    entered = 0
    left = []

    def __enter__(self):
        Manager.entered += 1
        return self

    def __exit__(self, kind, value, tb):
        if kind:
            Manager.left.append((kind.__name__, tb.tb_lineno))
        return kind is KeyError


def managed(n):
    for i in range(n):
        with Manager() as m:
            if i == 700:
                raise KeyError(i)
            if i == 900:
                return i
    return -1


print(managed(5), managed(2000), Manager.entered, Manager.left)


def nested(n):
    try:
        return inner(n)
    finally:
        nested.done = True


def inner(n):
    for i in range(n):
        if i == 1000:
            raise RuntimeError("inner") from ValueError("cause")
    return "fine"


print(nested(10), lines(nested, 2000), nested.done)


def looks(n):
    total = 0
    for i in range(n):
        total += i
        if i == n - 2:
            frame = sys._getframe()
            total += len(frame.f_locals) + frame.f_lineno
    return total


print(looks(5), looks(1500))


def writer(depth):
    sys._getframe(depth).f_locals["x"] = "written"


def written(n):
    x = 0
    for i in range(n):
        x = i
        if i == n - 1:
            writer(1)
    return x


print(written(3), written(1500))


class Spy:
    def __add__(self, other):
        sys._getframe(1).f_locals["y"] = 77
        return other


def spied(n, spy):
    y = 1
    for i in range(n):
        z = (spy if i == n - 1 else 1) + i
    return y, z


print(spied(3, Spy()), spied(1500, Spy()))


def reraised(n):
    for i in range(n):
        try:
            divide(1, 0)
        except ZeroDivisionError:
            if i == n - 1:
                raise


print(lines(reraised, 2), lines(reraised, 800))


def generator(n):
    for i in range(n):
        yield divide(i, 1)


def consumes(n):
    total = 0
    for v in generator(n):
        total += v
    for a, b in zip(generator(n), generator(n)):
        total += a - b + 1
    return total + sum(x for x in generator(n) if x % 2)


print(consumes(5), consumes(1500))


def stops(n):
    it = iter(range(n))
    total = 0
    while True:
        try:
            total += next(it)
        except StopIteration:
            return total


print(stops(5), stops(2000))


def recursive(n):
    return recursive(n + 1) + 1


try:
    recursive(0)
except RecursionError as e:
    print(type(e).__name__, e, len(traceback.extract_tb(e.__traceback__)) > 900)


class Closing:
    closed = 0

    def __del__(self):
        Closing.closed += 1


def finalized(n):
    for i in range(n):
        c = Closing()
        make()
    return None


def make():
    Closing()


finalized(1000)
print(Closing.closed >= 1000)


def asserts(n):
    for i in range(n):
        assert i < 1200, f"at {i}"


print(lines(asserts, 2000))
