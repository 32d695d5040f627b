"""Assignment expressions, conditional expressions, lambda, chained comparison, is/in operators."""
if (n := len("hello")) > 3:
    print(n)
data = [1, 2, 3, 4]
while (item := data.pop()) > 2:
    print(item)
print(item, data, (a := 1) + (b := 2), a, b, [last := i for i in range(3)], last, f"{(w := 3)}{w}", (lambda: (z := 5) + z)())


def f():
    total = 0
    [total := total + v for v in range(5)]
    return total, [y for x in range(3) if (y := x)]


print(f(), "a" if n else "b", 1 if 0 else 2 if 0 else 3, (1 if n > 100 else "small"), (lambda x, *y, z=3, **k: (x, y, z, k))(1, 2, z=4, q=5), (lambda: None)(), (lambda x: lambda y: x + y)(1)(2))
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1 > 0, 1 == 1 != 2, 1 < 2 > 0, 1 in [1] in [[1]], "a" in "abc" == True, not 1 == 2, (1 < 2) < 3, 5 > 4 == True)


class Loud:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        print(f"{self.v}<{other.v}", end=" ")
        return self.v < other.v


def make(v):
    print("make", v, end=" ")
    return Loud(v)


print(make(1) < make(2) < make(3))
print(make(2) < make(1) < make(3))
print(-2**2, 2**-1, 2**3**2, not True or True, 1 + 2 * 3 - 4 / 2, 7 // 2 * 2 + 7 % 2, 1 << 2 + 1, 5 & 3 | 4 ^ 1, ~1 + 2, -3 // 2, -3 % 5, 1 if True else 0 or 5, 3 - -3, +-+3, not not 5, 6 & 3 == 2, (6 & 3) == 2)
print((1, 2)[1], [1, 2][0], "abc"[1], {"a": 1}["a"], (lambda: [5])()[0], "x".join("ab").upper()[0], [[1, 2], [3]][0][1], [1, 2, 3][-1:], (5).__add__(3), 1 .real, "a" "b"[0])
