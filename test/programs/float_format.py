"""Format specifications for floats."""
values = [0.0, 1.0, -1.5, 1234567.891, 0.000012345, 1e22, float("inf"), float("-inf"), float("nan"), -0.0, 2.5, 0.5]
specs = ["", "f", ".2f", ".0f", "e", ".3e", "E", "g", ".3g", "G", "%", ".1%", "10.2f", "<12.3f", "^12.1f", "+.1f", " .1f", "010.2f", ",.2f", "_.1f",
         "#.0f", ".10", ".1", "#g", "n", "z.0f", "=+12.2f", "*>12.4g", "+", "12"]
for spec in specs:
    print(f"{spec!r:10}", [format(v, spec) for v in values])
print("%f %.2f %e %g %10.3f|%-10.1f|%+.1f %G %.0f" % (1.5, 2.345, 12345.678, 0.0001, 3.14159, 2.5, 1.0, 1e-10, 0.5))
print(f"{1/3:.20f} {1e16:.1f} {123456789.0:,.3f} {0.1:.17g} {2**0.5:.50f}")
for spec in ("d", "s", ".", "x", "c", ".2"):
    try:
        print(format(1.25, spec))
    except Exception as e:
        print(type(e).__name__ + ":", e)
