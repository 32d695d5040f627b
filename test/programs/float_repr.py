"""repr of floats: shortest round trip, exponents, special values."""
values = [0.0, -0.0, 1.0, -1.5, 0.1, 0.2, 0.1 + 0.2, 1 / 3, 2 / 3, 1e15, 1e16, 1e17, 123456789012345680.0, 1e21, 1e22, 1e-4, 1e-5, 1.5e-7, 1e100,
          1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, float("inf"), float("-inf"), float("nan"), 3.141592653589793, 100.0, 1e5, 12345.678]
for v in values:
    print(repr(v), str(v), [v])
print(float("1e3"), float(" 2.5 "), float("-.5"), float("5."), float("1_0.0_1"), float("INF"), float("-Infinity"), float("NaN"), float("1E-2"), float(), float(7), float(b"2.5"))
for text in ("", "abc", "1.2.3", "1e", "1__0", "--1", None, [], "0x10", "1,5"):
    try:
        print(float(text))
    except Exception as e:
        print(type(e).__name__ + ":", e)
try:
    float(10**400)
except OverflowError as e:
    print(e)
print(1e400, -1e400, 1e308 * 10, 5e-324 / 2, 0.1 * 3, 1.1 * 1.1)
print(float.hex(1.5), (0.1).hex(), (-0.0).hex(), (5e-324).hex(), float("inf").hex(), float.fromhex("0x1.8p1"), float.fromhex("-0x1p-2"))
