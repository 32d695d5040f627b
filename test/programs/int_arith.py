"""Integer operators on small values: signs, floor division, modulo, shifts, bit operations."""
values = [-7, -3, -2, -1, 0, 1, 2, 3, 7]
for a in values:
    print(a, [a + b for b in values], [a - b for b in values], [a * b for b in values])
for a in values:
    print(a, [(a // b, a % b) for b in values if b])
    print(a, [divmod(a, b) for b in (2, -2, 3, -3)])
for a in values:
    print(a, [a & b for b in values], [a | b for b in values], [a ^ b for b in values])
    print(a, ~a, -a, +a, abs(a), a << 3, a >> 1, a >> 40)
print(2**0, 2**10, (-2) ** 3, 0**0, 2**-1, (-2) ** -3)
print(7 / 2, -7 / 2, 6 / 3, 1 / 3)
print(5 < 6, 5 <= 5, 5 > 6, 5 >= 6, 5 == 5, 5 != 5)
print(1_000_000, 0xFF, 0o17, 0b1010, 0xDEAD_BEEF)
print((5).bit_length(), (0).bit_length(), (-8).bit_length(), (255).bit_count(), (-255).bit_count())
print((5).real, (5).imag, (5).numerator, (5).denominator, (5).conjugate(), (5).is_integer())
print((3).as_integer_ratio(), int.__add__(2, 3), (2).__mul__(4), (7).__floordiv__(2))
x = 10
x += 5
x -= 3
x *= 4
x //= 5
x **= 2
x %= 50
x <<= 3
x >>= 1
x |= 1
x &= 0xF7
x ^= 3
print(x)
