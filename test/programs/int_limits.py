"""Conversion limits and large numbers as text and back."""
n = 3**2000
text = str(n)
print(len(text), text[:20], text[-20:], int(text) == n)
print(len(hex(2**5000)), int(hex(2**5000), 16) == 2**5000, (10**1000) % 97, len(str(10**4299)))
try:
    str(10**5000)
except ValueError as e:
    print(e)
try:
    int("1" * 5000)
except ValueError as e:
    print(e)
a, b = 0, 1
for _ in range(500):
    a, b = b, a + b
print(a)
print((a * b) // b == a, (a**3) % 1000003, a.bit_length(), (-a).bit_length())
print(isinstance(a, int), type(a) is int, a in {a: 1}, hash(2**61 - 1), hash(2**61), hash(-1), hash(-2), hash(2**100))
