"""Calls between compiled functions: arguments of all kinds, classes, methods, recursion, and what the caches rely on changing."""
import sys


def plain(a, b):
    return a * 10 + b


def defaults(a, b=2, *rest, key=5, **more):
    return a, b, rest, key, sorted(more.items())


def caller(n):
    total = 0
    for i in range(n):
        total += plain(i, 1) + defaults(i)[1] + defaults(i, 3, 4, key=6, z=1)[3] + plain(b=1, a=2) + plain(*(3, 4))
    return total


print(caller(3), caller(1000))


class Base:
    count = 0

    def __init__(self, value, scale=2):
        self.value = value
        self.scale = scale

    def get(self):
        return self.value * self.scale

    @property
    def twice(self):
        return self.value * 2

    @classmethod
    def make(cls, v):
        cls.count += 1
        return cls(v)

    @staticmethod
    def plus(a, b):
        return a + b

    def __call__(self, x):
        return self.value + x

    def __getattr__(self, name):
        if name.startswith("dyn_"):
            return len(name)
        raise AttributeError(name)


class Derived(Base):
    def __init__(self, value):
        super().__init__(value, 3)
        self.extra = 1

    def get(self):
        return super().get() + self.extra


class Slotted:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right


class Bad:
    def __init__(self, x):
        self.x = x
        if x == 700:
            return 5


def objects(n):
    total = 0
    for i in range(n):
        b = Base(i)
        d = Derived.make(i)
        total += b.get() + d.get() + b.twice + Base.plus(1, 2) + b(1) + b.dyn_ab + d.scale
        f = d.get
        total += f()
        s = Slotted(i, b)
        total += s.left + s.right.value
    return total


print(objects(3), objects(800), Derived.count)


def bad(n):
    try:
        for i in range(n):
            Bad(i)
    except TypeError as e:
        return i, str(e)
    return "none"


print(bad(10), bad(1000))


def poly(things):
    total = 0
    for t in things:
        total += t.get()
        t.value += 1
    return total


things = [Base(1), Derived(2)] * 300
print(poly(things), poly(things[:2]))
Base.get = lambda self: 1000
print(poly(things[:4]))
Derived.get = Base.plus
try:
    print(poly(things))
except TypeError as e:
    print(e)
del Derived.get
print(poly(things[:4]))
things[0].get = lambda: -1
print(poly(things[:2]))

level = 1


def reader(n):
    total = 0
    for i in range(n):
        total += level + abs(-i)
    return total


print(reader(1000))
level = 5
print(reader(1000))
fresh_1 = fresh_2 = 0
print(reader(1000))
abs = lambda x: 1
print(reader(1000))
del abs
print(reader(1000))
del level
try:
    reader(3)
except NameError as e:
    print(e)


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


sys.setrecursionlimit(5000)
print(deep(100), deep(900), deep(4000))
try:
    deep(10**6)
except RecursionError as e:
    print(e)
print(deep(300))


class Tree:
    def __init__(self, depth):
        self.kids = [Tree(depth - 1), Tree(depth - 1)] if depth else []

    def size(self):
        return 1 + sum(k.size() for k in self.kids)


print(Tree(7).size())


def outer(n):
    total = 0

    def add(x):
        nonlocal total
        total += x
        return total

    for i in range(n):
        add(i)
    return total, [f(2) for f in [lambda y, k=k: y * k + n for k in range(3)]]


print(outer(10), outer(1500))


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


print(even(500), odd(501), even(2001))


def sorting(n):
    return sorted(range(n), key=lambda x: (x * 7919) % 1000)[:5], max(range(n), key=lambda x: -x)


print(sorting(50), sorting(2000))


def callee_changes(n):
    global helper
    total = 0
    for i in range(n):
        total += helper(i)
        if i == n - 10:
            helper = defaults_one
    return total


def helper(x):
    return x


def defaults_one(x, y=1):
    return x + y


print(callee_changes(1200), callee_changes(30))
