"""round, int rounding helpers, min/max/sum/abs on ints."""
print([round(n, -1) for n in (5, 14, 15, 16, 24, 25, 26, -5, -15, -25, 1234)])
print(round(123456, -3), round(12345, 2), round(150, -2), round(250, -2), round(10**25 + 5, -1), round(7), round(True))
print(min(3, 1, 2), max([4, 9, 2]), min([], default="none"), max("abc"), min(["bb", "a"], key=len), max(3, -9, key=abs))
print(sum([1, 2, 3]), sum([], 5), sum([[1], [2]], []), sum(range(101)), sum((0.1,) * 10), sum([1, 2.5]), sum([2**60] * 10), sum([True, True]))
for f in (lambda: min(), lambda: max([]), lambda: sum(["a"]), lambda: sum([], ""), lambda: min(1), lambda: max(1, "a"), lambda: sum(1), lambda: abs("a"), lambda: round("a"), lambda: min([1], default=2, foo=3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
import math
print(math.floor(-0.5), math.ceil(-0.5), math.trunc(-1.7), math.isqrt(10**20 + 1), math.gcd(12, 18, 27), math.lcm(4, 6), math.comb(50, 25), math.factorial(30), math.perm(5, 2))
