"""f-strings: every type code against every kind of value, with fill, alignment, sign, grouping, nesting, `=` and `!r`."""
from datetime import date, datetime

INTS = (0, 7, -42, 255, 10**20, True)
FLOATS = (0.0, -0.0, 3.14159, -2.5e-7, 1e22, float("inf"), float("-inf"), float("nan"))


def show(value, *specs):
    cells = []
    for spec in specs:
        try:
            cells.append(f"{value:{spec}}")
        except (ValueError, TypeError, OverflowError) as error:
            cells.append(f"{type(error).__name__}: {error}")
    print(repr(value), cells)


for value in INTS:
    show(value, *(align + width + code for code in "bcdoxXn" for align in ("", "<", "*^", "0=") for width in ("", "12")))
    show(value, "+d", "-d", " d", "#b", "#o", "#x", "#X", "#010x", "_b", "_x", "_o", ",d", "_d", ",", "010,", "=+12,", "e", "f", "g", "G", "E", "F", "%", ".2f", ".3d", "s", "!", "z")
for value in FLOATS:
    show(value, *(sign + code for code in "eEfFgG%n" for sign in ("", "+", " ", "z", "#")))
    show(value, ".0f", ".1f", ".10g", ".3", "12.4f", "<12.4f", "^12.4f", ">12", "=+12.1f", "012.2f", ",.2f", "_.2f", "015,.3f", ".0%", ".3e", "d", "x", "c", "s", ",", "_", "z.0f", "#.0f", ".2n")
for value in ("text", "", "ünï", "a\nb"):
    show(value, "s", "10", "<10", ">10", "^10", "*^10", "é>6", ".2", "8.3s", "=10", "+", ",", "d", "#s", "010", " ", "🐍<8")
for value in (1 + 2j, -0.5j, complex("inf"), 1e10 + 1j):
    show(value, "", ".2f", "e", "g", ">20", "+.1f", ",.0f", "=10", "010", "d")
for value in (None, [1], b"b", object, ..., {"k": 1}):
    for spec in ("", "5", "s"):
        try:
            print(f"{value:{spec}}")
        except TypeError as error:
            print("TypeError:", error)
moment = datetime(2024, 2, 29, 13, 5, 9, 42)
print(f"{moment:%Y-%m-%d %H:%M:%S.%f} {moment:%j %U %w %a %b %p %I %y %%} {date(2024, 1, 2):%d.%m.%Y} {moment}")

name, width, precision, number = "value", 12, 3, 1234.56789
print(f"{number:{width}.{precision}f}|{number:<{width}.{precision}}|{number:{'^'}{width},.{precision - 1}f}|{number:{width + 3}.{precision!r}e}")
print(f"{name=} {name = } {name=!s} {name=!r:>10} {number=:.2f} {number = :>{width}.1f} {width*2=} {name.upper()=} {len(name)=:03d} {[n for n in range(3)]=}")
print(f"{name!r:>12}|{name!s:^12}|{'é'!a:<12}|{name!r}{name!s}", f"{'nested ' + f'{"deeper " + f"{1 + 1}"}'}", f"{'{'}{'}'}{{{number:.1f}}}")
print(f"{(lambda x: x ** 2)(4)} {({'a': 1})['a']} { {1, 2} == {2, 1} } {width if precision else name} {not name} {(y := 5)} {y} {width!=precision} {width>=precision} {width<precision}")
print(f'''{
    name  # comments are allowed
    .title()
}''', f"a{name}b" "c" f"{width}" rf"\{name}\n" f"\N{SNOWMAN}\x41\t|", sep="/")
print(f"{1:{'0'}>{1 + 1}}{2:{'>'}{3}}", f"{'%s' % name} {'{}'.format(width)}", f"{name:{''}}", f"{*[1], 2}", f"{name,}")


class Spec:
    def __format__(self, spec):
        return f"<{spec}>"

    def __repr__(self):
        return "Spec()"


spec = Spec()
print(f"{spec} {spec:} {spec:a b:c} {spec:{width}:{name!r}} {spec!r:>8} {spec=} {spec=:x} {spec:{{}}} {spec!s:.3}" if False else f"{spec} {spec:} {spec:a b:c} {spec:{width}:{name!r}} {spec!r:>8} {spec=} {spec=:x} {spec!s:.3}")
for source in ("f'{'", "f'{}'", "f'}'", "f'{a!}'", "f'{a!x}'", "f'{a b}'", "f'{lambda x: 1}'", "f'{a:{b:{c:{d}}}}'", "f'{a=!r:^20'", "f'{!r}'", "f'{a!r b}'", "f'{*a}'", "f'{yield}'", "f'{a $ b}'", 'f"{x:"', "f'''{\n'''", "f'{\\}'", "f'{a;b}'", "f'{a.}'", "f'{a:{}}'"):
    try:
        compile(source, "<f>", "eval")
        print(source, "compiles")
    except SyntaxError as error:
        print(repr(source), error.msg, error.lineno, error.offset)
