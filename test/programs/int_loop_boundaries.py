"""Counting across the limits of each representation of an int, up and down; no form may differ."""
for start in (2**30 - 3, 2**31 - 3, 2**52 - 3, 2**53 - 3, 2**63 - 3, -(2**30) + 3, -(2**31) + 3, -(2**53) + 3):
    step = 1 if start > 0 else -1
    n = start
    seen = []
    for _ in range(6):
        seen.append(n)
        n += step
    print(seen)
    while n != start:
        n -= step
    assert n == start and hash(n) == hash(start) and {n: 1}[start] == 1
products = [(46341, 46341), (65536, 32768), (94906266, 94906266), (94906267, 94906267), (2**31, 2**22), (2**31, 2**32), (3037000500, 3037000500)]
for a, b in products:
    print(a * b, -a * b, (a * b) // b == a, (a * b) % b, (a * b + 1) % b, a * b - a * b)
print(-(-(2**30)), -(2**30), abs(-(2**53)), 2**53 + 1, (2**53 + 1) - 1, 9007199254740993, 9007199254740993 * 1)
print(1 << 29, 1 << 30, 1 << 31, 1 << 53, 1 << 64, (1 << 64) >> 34, -1 << 30, -1 << 31, (-1 << 31) >> 31)
print(0x7FFFFFFF & 0xFFFFFFFF, 0xFFFFFFFF ^ 0x7FFFFFFF, 0xFFFFFFFF | 1 << 40, ~0x7FFFFFFF, ~0xFFFFFFFF, -1 & 0xFFFFFFFFFF)
print({1: "a", 1.0: "b", True: "c"}, {2**53: 1}.get(float(2**53)), 2**31 in {2.0**31})
