"""Big integers: growth over the 31- and 53-bit limits, all operators, identities."""
a = 123456789012345678901234567890
b = 987654321098765432109876543210
print(a + b, a - b, a * b)
print(b // a, b % a, divmod(b, a), divmod(-b, a), divmod(b, -a), divmod(-b, -a))
print(-a, +a, abs(-a), ~a)
print(a & b, a | b, a ^ b, a & -b, -a | b, -a ^ -b)
print(a << 100, a >> 50, -a >> 50, -a >> 1000, a >> 1000)
for limit in (2**30, 2**31, 2**32, 2**52, 2**53, 2**62, 2**63, 2**64):
    print(limit - 1, limit, limit + 1, -limit - 1, -limit, -limit + 1)
    print((limit - 1) + 1 == limit, limit + limit, limit * limit, (limit + 1) * (limit - 1))
    print((limit * limit) // limit == limit, (limit + 1) - limit, (limit * 3) % 1000)
n = 1
for i in range(1, 60):
    n *= i
print(n)
for i in range(59, 1, -1):
    n //= i
print(n)
print(2**200 - 2**200 + 1, 3**100, 7**77 % 10**20)
print(a == a + 0, a < b, a > b, a != b, -b < -a, hash(a) == hash(a + 0))
print(a == float(a), 2**70 == 2.0**70, 2**70 + 1 == 2.0**70, 2**70 + 1 > 2.0**70)
print(bool(a - a), bool(a), a / b, b / a, 10**400 // 10**398, 10**400 / 10**399)
