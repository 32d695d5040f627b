"""Augmented assignment on every kind of target and with every operator."""
x = 7
x += 1; x -= 2; x *= 3; x /= 2; x //= 2; x %= 3; x **= 2
print(x)
y = 0b1100
y &= 0b0110; y |= 0b0001; y ^= 0b1111; y <<= 2; y >>= 1
print(y)
s = "a"
s += "b"
s *= 3
print(s)
l = m = [1]
l += [2]
l *= 2
l += "ab"
print(l, m is l)
t = u = (1,)
t += (2,)
print(t, u)
d = {"n": 1, "l": []}
d["n"] += 5
d["l"] += [1]
d["l"][0] -= 3
print(d)
st = fz = {1}
st |= {2}
print(st is fz, st)
fr = fq = frozenset([1])
fr |= {2}
print(fr is fq)


class C:
    count = 0
    items = []


c = C()
c.count += 1
c.items += ["shared"]
print(c.count, C.count, C.items, vars(c))


class InPlace:
    def __init__(self):
        self.log = []

    def __iadd__(self, other):
        self.log.append(("iadd", other))
        return self

    def __add__(self, other):
        return "add"

    def __sub__(self, other):
        return "sub"

    def __imul__(self, other):
        return NotImplemented

    def __mul__(self, other):
        return "mul"

    def __imatmul__(self, other):
        return "imatmul"


p = q = InPlace()
p += 5
print(p is q, p.log)
p @= 1
print(p)
p = q
p -= 1
print(p)
p = q
p *= 2
print(p)


def f():
    try:
        undefined += 1
    except UnboundLocalError as e:
        print(e)
    try:
        global_missing[0] += 1
    except NameError as e:
        print(e)


f()


def add(n, other):
    n += other


def subtract(n, other):
    n -= other


def matrix(n, other):
    n @= other


def either(n, other):
    n |= other


for operation, n, other in ((add, None, 1), (subtract, "a", 1), (add, [1], 5), (add, (1,), [1]), (matrix, 1, 2), (either, {}, 5), (add, 1, "a"), (either, {1}, [2])):
    try:
        operation(n, other)
    except Exception as e:
        print(type(e).__name__ + ":", e)
