"""f-strings: expressions, conversions, format specs, =, nesting, quotes, multi-line, lambdas."""
name, n, pi = "world", 42, 3.14159265
print(f"hello {name}", f"{n + 1} {n * 2}", f"{name!r} {name!s} {'é'!a}", f"{{}} {{{n}}}", f"{pi:.2f} {n:05d} {n:>6}|{name:^11}|", f"{n:{'>'}{6}}")
print(f"{n=} {n + 1 = } {name=!s} {pi=:.3f} {name = }", f"{ n = !r:>5}", f"{(lambda x: x * 2)(3)}", f"{'a' if n else 'b'}", f"{[i for i in range(3)]}", f"{ {'a': 1}['a'] }")
width, precision = 10, 3
print(f"{pi:{width}.{precision}f}|{pi:<{width}.{precision}}|{f'{n}':>{width}}|{f'{f"{n}"}'}")
print(f"{"same quotes"} {'a' + "b"} {f"{f"{1 + 1}"}"}", f"{name.upper()} {name[0]} {name[1:3]} {name[::-1]}", f"{'\n'.join(['x', 'y'])}", f'{"'"}', rf"\d{n}\n", f"\t{n}\x41\u00e9")
print(f"""multi
{n}
  {
    n  # a comment
    + 1
}""", f"{n:,} {1e6:,.2f} {n:#x} {n:b} {0.5:%}", f"{True} {None} {...}", f"{n!r:*^8}", "plain" f"{n}" "plain {n}")
print(f"{n:}", f"{''}", f"", f"{1, 2}", f"{*[1, 2], 3}", f"{(x := 5)} {x}", f"{n if n > 3 else 0:>4}", f"{n==42}", f"{n!=42}", f"{n>=42=}")


class D:
    def __format__(self, spec):
        return f"[{spec}]"

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


d = D()
print(f"{d} {d!s} {d!r} {d:abc} {d:{n}} {d:a{n}b{name}c} {d!r:>6} {d=} {d=:x} {d:%Y-%m-%d} {d:}}}" if False else f"{d} {d!s} {d!r} {d:abc} {d:{n}} {d:a{n}b{name}c} {d!r:>6} {d=} {d=:x} {d:%Y-%m-%d}")


def f():
    local = 1
    return [f"{local + i + n}" for i in range(2)], (lambda: f"{local}")()


print(f())
for bad in (lambda: f"{undefined_name}", lambda: f"{1 / 0}", lambda: f"{n:zz}", lambda: f"{name:d}"):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__ + ":", e)


# Displays of strings of all widths, short and long, empty and of one character.
class Own(str):
    def __format__(self, spec):
        return Own("own:" + str(self))


for parts in [("", "", ""), ("a", "", ""), ("a", "b", "c"), ("ab", "é", "c"), ("x" * 40, "-", "y" * 60), ("a", "語", "b"), ("\x7f", "\x80", "😀")]:
    a, b, c = parts
    text = f"{a}{b}{c}"
    print(repr(text), len(text), text.isascii(), text == "".join(parts), hash(text) == hash("".join(parts)))
    print(repr(f"<{a}|{b}|{c}>"), repr(f"{a}{b!r}{c}{len(a):03d}"))
print(f"{Own('o')}{1}{Own('p')}", type(f"{Own('o')}{1}{2}").__name__)
