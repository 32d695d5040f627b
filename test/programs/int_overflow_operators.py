"""Sums, differences and products around the bounds of small ints, in loops that met small values only before."""


def binary(a, b):
    return a + b, a - b, a * b


def warm(n):
    total = 0
    for i in range(n):
        total = (total + i * 3 - 1) % 1000
    return total


bounds = [0, 1, -1, 2, -2, 46340, 46341, -46341, 2**15, 2**29, -(2**29), 2**30 - 1, 2**30, -(2**30), -(2**30) - 1, 2**31, -(2**31), 2**53]
print(warm(20000))
for a in bounds:
    for b in bounds:
        plus, minus, times = binary(a, b)
        assert plus - b == a and minus + b == a and (b == 0 or times // b == a), (a, b)
        print(a, b, plus, minus, times, type(times).__name__)
print(warm(20000), 0 * -5, str(0 * -5), 1 // (0 * -5 + 1))


def some(a, b=2, c=3, *rest, d=4, **more):
    return a, b, c, rest, d, more


def positional(a, b=(1,), c=None):
    x = [a]
    return x, b, c


print(positional(1), positional(1, 2), positional(1, 2, 3), positional(a=1), some(1), some(1, 5), some(1, 2, 3, 4, d=5, e=6))
positional.__defaults__ = (7, 8, 9, 10)
print(positional(), positional(1))
for arguments in [(1, 2, 3, 4)]:
    try:
        positional(*arguments)
    except TypeError as e:
        print(e)
positional.__defaults__ = None
try:
    positional(1)
except TypeError as e:
    print(e)
