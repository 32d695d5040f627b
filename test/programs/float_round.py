"""round() on floats: half to even, digits, negative digits, special values."""
print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 1e20, -2.7)])
print([round(x, 1) for x in (0.25, 0.35, 0.05, 1.25, 2.675, -0.25)])
print([round(2.675, n) for n in range(5)], [round(123456.789, n) for n in (-6, -5, -3, -1, 0, 2)])
print(round(1.005, 2), round(1e-10, 5), round(-0.4), round(-0.04, 1), round(5e15 + 0.5), round(1.5, None), type(round(1.0)), type(round(1.0, 0)))
for f in (lambda: round(float("nan")), lambda: round(float("inf")), lambda: round(1.5, "a"), lambda: round(1.5, 1.0)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
print(round(float("nan"), 1), round(float("inf"), 2), round(1.7976931348623157e308, -5))


class Rounds:
    def __round__(self, digits=None):
        return ("rounded", digits)


print(round(Rounds()), round(Rounds(), 3))
