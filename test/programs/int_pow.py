"""Powers: big exponents, the three-argument form, negative exponents with a modulus, errors."""
print(pow(2, 10), pow(2, 100), pow(-3, 5), pow(7, 0), pow(0, 0))
print(pow(3, 1000, 7), pow(2, 10**18, 10**9 + 7), pow(-5, 3, 11), pow(5, 3, -11), pow(10, 0, 1))
print(pow(3, -1, 11), pow(10, -2, 17), pow(2, -3, 9))
print(pow(123456789, 987654321, 1000000007), pow(2, 521, 2**255 - 19))
print(pow(2, -1), pow(2.0, 3), pow(2, 0.5), pow(base=2, exp=5, mod=7))
for args in ((2, 3, 0), (2, -1, 4), (0, -1), (2.0, 3, 5), ("a", 2), (0, -1, 5)):
    try:
        print(pow(*args))
    except Exception as e:
        print(args, type(e).__name__, e)
for base in (0, 0.0):
    try:
        base**-1
    except ZeroDivisionError as e:
        print(e)
print((-8) ** 3, (-2) ** 0.0, 10**20 == 100**10)
