"""Float operators: signs of zero, floor division, modulo, powers, mixing with ints and bools."""
for a in (5.5, -5.5, 0.0, 7.0):
    for b in (2, -2, 2.5, -0.75):
        print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b))
inf, nan = float("inf"), float("nan")
print(inf + 1, inf - inf, inf * 0, 1 / inf, -1 / inf, inf // 1, inf % 2, 5 % inf, -5 % inf, nan == nan, nan != nan, nan < 1, inf > 10**400)
print(2.0**0.5, 2**-2, 9**0.5, 0.0**0, nan**0, 1**nan, (-8.0) ** 3, 2.0**1023, inf**-1)
print(-0.0 == 0.0, str(-0.0), 0.0 * -1, -0.0 + 0, max(0.0, -0.0), abs(-0.0), 1.5 + True)
print(1 < 1.5 < 2, 1 == 1.0, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 2**53 + 1 > 2.0**53, 10**22 == 1e22, 10**23 == 1e23, -1 < -0.5)
print((2.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (1e300).is_integer(), (2.5).real, (2.5).imag, (2.5).conjugate())
print(hash(1.0) == hash(1), hash(2.0**70) == hash(2**70), hash(0.5), hash(inf), hash(-inf), hash(-0.0))
for f in (lambda: 10.0**400, lambda: int(nan), lambda: int(inf), lambda: nan.as_integer_ratio(), lambda: inf.as_integer_ratio(), lambda: 0.0**-1, lambda: 1.5 & 1, lambda: 1.5 << 1):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
x = nan
print(x is x, x in [x], [x] == [x], x == x, [nan].count(nan), {nan: 1}[nan])
total = 0.0
for i in range(1000):
    total += 0.1
print(total)
