"""Division by zero and wrong operand types: the messages."""


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)


for f in (lambda: 1 // 0, lambda: 1 / 0, lambda: 1 % 0, lambda: divmod(1, 0), lambda: 10**30 // 0, lambda: 10**30 % 0,
          lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0.0, lambda: divmod(1.0, 0)):
    attempt(f)
for f in (lambda: 1 + "a", lambda: "a" + 1, lambda: 1 - None, lambda: [] * 1.5, lambda: 1 << -1, lambda: 1 >> -1,
          lambda: 1 & 1.0, lambda: ~1.5, lambda: -"a", lambda: +[], lambda: 1 < "a", lambda: None <= 1, lambda: 1 @ 2,
          lambda: {} | 1, lambda: () + [], lambda: [] + (), lambda: 2 ** "a", lambda: "a" ** 2, lambda: 1 // "x", lambda: "x" % 1,
          lambda: 1 in 5, lambda: object() > object()):
    attempt(f)
