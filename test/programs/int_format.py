"""Integers as text: repr, bin, oct, hex, format specifications."""
for n in (0, 1, -1, 255, -255, 2**31, -(2**63), 10**25):
    print(n, repr(n), str(n), bin(n), oct(n), hex(n))
n = 1234567
for spec in ("", "d", ",", "_", "+", " ", "10", "<10", ">10", "^10", "=+10", "010", "x", "X", "#x", "#X", "b", "#b", "o", "#o", "_x", "_b",
             "*^20,d", "+,d", "#010x", "e", ".2f", ".3e", "g", "n", ",.2f", "%", ".0f"):
    print(repr(spec), "[" + format(n, spec) + "]", "[" + format(-n, spec) + "]")
print(format(65, "c"), f"{10**20:,}", f"{2**70:x}", f"{-5:05d}", f"{5:<5}|", f"{True:d}", f"{True}", f"{True:5}|")
for value, spec in ((1, "s"), (1, ".2d"), (1, "z"), (1, "ll"), (1, ",x"), (1, "+c"), (-1, "c"), (1, ",_"), (1.5, "d"), ("a", "d"), ("a", "+"), ("a", "=5"), ("a", ",")):
    try:
        print(format(value, spec))
    except Exception as e:
        print(type(e).__name__ + ":", e)
