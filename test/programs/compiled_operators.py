"""Operators in loops that are compiled: small ints, their overflow, floats, and what falls out of the fast paths."""
import operator


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def __bool__(self):
        return self.x != 0

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"


def arithmetic(a, b):
    return a + b, a - b, a * b, a & b, a | b, a ^ b


def division(a, b):
    return a / b, a // b, a % b


def shifts(a, b):
    return a << b, a >> b


def comparisons(a, b):
    out = [a < b, a <= b, a == b, a != b, a > b, a >= b]
    if a < b:
        out.append("less")
    if not a >= b:
        out.append("not greater")
    out.append("smaller" if a <= b else "larger")
    return out


def truth(v):
    return (1 if v else 0), (not v), (2 if not v else 3), (v or "or"), (v and "and")


def chain(a, b, c):
    return a < b < c, a is b, a is not c


INTS = [0, 1, -1, 2, 7, -13, 30, 31, 2**29, 2**30 - 1, -(2**30), 2**30, 2**31, -(2**31), 2**52, 2**53 - 1, -(2**53), 2**70]
FLOATS = [0.0, -0.0, 1.5, -2.25, 1e300, float("inf"), float("-inf"), float("nan")]


def attempt(f, *args):
    try:
        return repr(f(*args))
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for a in INTS + FLOATS:
    for b in INTS + FLOATS:
        print(a, b, attempt(arithmetic, a, b), attempt(division, a, b), attempt(comparisons, a, b), attempt(chain, a, b, a))
for a in INTS:
    for b in [0, 1, 2, 30, 31, 40, -1]:
        print(a, b, attempt(shifts, a, b))
for v in [None, True, False, 0, 1, 0.0, 2.5, "", "a", "ab", (), (1,), [], [0], {}, Vector(0, 1), Vector(1, 0), 2**40]:
    print(v, attempt(truth, v))
print(attempt(operator.add, Vector(1, 2), Vector(3, 4)), attempt(arithmetic, Vector(1, 2), 3), attempt(arithmetic, "a", "b"))


def mixed(values):
    total = 0
    for v in values:
        total = total + v
        total -= 1
        total *= 1
    return total


# A loop whose types change in the middle of an expression, after it was compiled for others.
print(mixed(list(range(2000))), mixed([1] * 3000 + [0.5] * 10 + [2**60] * 3), mixed([0.25] * 2000))
print(attempt(mixed, [1] * 2000 + ["x"]), attempt(mixed, [2**30 - 1] * 2000))


def counting(n):
    i = 0
    while i < n:
        i += 1
    return i


print(counting(10), counting(200000), counting(0), counting(2.5))


def overflow(n):
    x = 1
    for i in range(n):
        x = x * 3 + i
        if x > 10**30:
            x = x % 1000003
    return x


print(overflow(500), overflow(5000))


def items(seq, keys):
    out = []
    for k in keys:
        try:
            out.append(seq[k])
        except Exception as e:
            out.append(type(e).__name__)
    return out


for seq in ([1, 2, 3], (1, 2, 3), "abc", {0: "zero", 1: "one", "k": 2}, b"xyz", range(5)):
    print(items(seq, [0, 1, 2, 3, -1, -3, -4, True, "k", 1.0, 2**40, None]))


def swap(n):
    a, b, c = 1, 2, 3
    for _ in range(n):
        a, b = b, a
        a, b, c = c, a, b
    return a, b, c


print(swap(1), swap(3), swap(1001))


def unpack(pairs):
    total = 0
    for a, (b, c) in pairs:
        total += a * b - c
    return total


print(unpack([(1, (2, 3))] * 1000), attempt(unpack, [(1, [2, 3]), (4, (5, 6))]), attempt(unpack, [(1, (2,))]), attempt(unpack, [(1, 2)]))


def build(n):
    rows = [(i, [i, i + 1], {i: i}, {i}, f"{i:03}") for i in range(n)]
    more = [x for row in rows for x in row[1] if x % 2]
    return rows[-1], sum(more), len({x: 1 for x in more}), more[3:6]


print(build(10), build(1500)[1:])


def delete(n):
    for i in range(n):
        x = i
        del x
    try:
        return x
    except UnboundLocalError as e:
        return str(e)


print(delete(3), delete(1000))


def maybe(flag):
    if flag:
        value = 1
    return value


print(attempt(maybe, True), attempt(maybe, False), attempt(maybe, 1))
