"""int(): from strings in every base, floats, underscores, and the errors."""
print(int("42"), int("-42"), int("+7"), int("  12\n"), int("1_000"), int("0"), int("-0"), int("007"))
print(int("ff", 16), int("0xff", 16), int("0xFF", 0), int("0b101", 0), int("0o17", 0), int("101", 2), int("zz", 36), int("-0x1F", 16))
print(int("123456789012345678901234567890"), int("f" * 30, 16), int("1" * 70, 2), int("z" * 20, 36))
print(int(3.9), int(-3.9), int(1e20), int(True), int(), int("٣"), int(b"15"), int(b"ff", 16), int("9", base=10))


class Index:
    def __index__(self):
        return 17


class Int:
    def __int__(self):
        return 18


print(int(Index()), int(Int()), "x" * Index(), list(range(20))[Index()])
for args in (("",), ("abc",), ("1.5",), ("12", 1), ("12", 37), ("9", 8), ("1__0",), ("_1",), ("1_",), (None,), ([],), (float("nan"),),
             (float("inf"),), (5, 10), ("0x", 16), ("0b2", 0), ("  ",), ("1 2",), (b"x",), ("08", 0), ("a\tb",)):
    try:
        print(int(*args))
    except Exception as e:
        print(type(e).__name__ + ":", e)
