# f-strings (PEP 701) and t-strings (PEP 750).
def tt(f):
    try: print("ok", f())
    except Exception as e: print(type(e).__name__, e)


name, n, pi, d = "World", 42, 3.14159, {"k": "v", 1: 2}
print(f"Hello {name}!", f"{n}", f"{pi:.2f}", f"{n:>10}|{n:<10}|{n:^10}|{n:010d}|{n:+}|{n:#x}|{n:#b}|{n:,}|{1234567:,}|{1234567:_}")
print(f"{name!r} {name!s} {name!a} {'é'!a} {name!r:>10}", f"{d['k']} {d[1]} {d}")
print(f"{n=} {n = } {n=!r} {n=:>5} {n + 1 = } {name=} {name=!s} {d['k']=} {pi=:.1f}")
print(f"{{}} {{{n}}} {{{{}}}} }}{{")
print(f"{f'{n}'} {f"{f"{n}"}"} {"nested 'quotes' \"here\""} {'a' 'b'}")
print(f"{n:{n}}|{n:{'>'}{10}}|{pi:{'.'}{3}f}|{n:{'0' + '8'}}|{n!r:{'^'}{10}}")
print(f"{'''triple'''} {"\n".join(["a", "b"])} {'\t'!r}")
print(f"""multi
line {n
      + 1} {
    name   # a comment
} end""")
print(f"{lambda_ := 5}" if False else f"{(lambda v: v * 2)(4)} {(y := 7)} {y}")
print(f"{n if n > 5 else 0} {[v for v in range(3)]} { {1, 2} } { {'a': 1}['a'] } {(1, 2)[0]}")
print(f"{1,2} {*[1, 2], 3}")
print(rf"\n{n}\d" + fr"{n}\x", Rf"{n}\{n}", f"\N{DIGIT ONE}\x41\u0042\101{n}\\")
print(f"{n}" "plain" f"{name}" r"\raw" rf"\{n}")
print(f"{3.0:g} {1e10:g} {1e-5:e} {0.5:%} {255:X} {-5:=+6d} {'s':*^9} {True} {None} {True:d} {1+2j:.1f}")
print(f"{'a':5}|{'a':>5}|{'abcdef':.3}|{'é':3}|{n:c}|{3.7:.0f}|{1e100:.3g}|{float('nan'):f}|{float('inf'):+f}|{12345.678:,.2f}|{0.1:.20f}")
class F:
    def __format__(self, spec): return f"<{spec}>"
    def __repr__(self): return "F()"
    def __str__(self): return "str F"
print(f"{F()} {F():abc} {F()!r:>6} {F()!s} {F():{n}x{name}} {F(): }|{F():!r}")
tt(lambda: f"{n:z}")
tt(lambda: f"{name:d}")
tt(lambda: f"{undefined}")
tt(lambda: f"{[]:5}")
tt(lambda: f"{n:{'x' * 3}}")
tt(lambda: f"{None:5}")
tt(lambda: f"{1/0}")
tt(lambda: format(5, 5))
class BadF:
    def __format__(self, spec): return 5
tt(lambda: f"{BadF()}")
class BadR:
    def __repr__(self): return 5
tt(lambda: f"{BadR()!r}")
tt(lambda: f"{BadR()}")
print(f'{"a" if True else "b"}', f"{'a' == 'a'}", f"{n!=5}", f"{n==42}", f"{n>=4}", f"{'a' 'b'=}", f"{ n = }")
print(f"{n:%d}" if False else "skip", f"{'%s' % 5}", "%s {n}" % 5)
print(len(f"{'x' * 1000}"), f"", f"{''}", type(f"{5}").__name__)
x = f"{'a'}{'b'}" 'c'
print(x, f"{x}{x}", f"{x!r}" f"{x}")
print("".join(f"{i}" for i in range(5)), [f"{i:02}" for i in range(3)])
def order(v): print("eval", v, end="; "); return v
print(f"{order(1)} {order(2):{order(5)}} {order(3)!r}")
print(f"{(yield_ := 3)}")
print(f'{d["k"]}' + f"{d["k"]}", f"{d.get("zz", "default")}")
print(f"{'\n'}|{chr(10)!r}|{'\\'}")
print(f"{n:}", f"{n!r:}", f"{n=:}")
print(f"a{1}b{2}c{3}" == "a1b2c3", f"{1}{2}" == "12", f"{'{'}{'}'}")
print(f"{lambda: 1}" if False else f"{(lambda: 1)()}")
print(f"{1:{2}.{3}}", f"{3.14159:{10}.{2}f}|", f"{'x':{'*'}^{9}}")

# t-strings
from string.templatelib import Template, Interpolation
T = t"Hello {name!r:>10} and {n + 1:{n}} end"
print(type(T).__name__, T.strings, [(i.value, i.expression, i.conversion, i.format_spec) for i in T.interpolations], T.values)
print([p if isinstance(p, str) else ("I", p.value) for p in T], repr(t"{n}"), t"".strings, t"a".strings, list(t""), list(t"{n}{n}"))
print((t"a{n}" + t"b").strings, t"{n=}".strings, t"{n=}".interpolations[0].conversion, t"{n!s}".interpolations[0].conversion)
try: t"a" + "b"
except TypeError as e: print(e)
try: "b" + t"a"
except TypeError as e: print(e)
print((t"a" t"{n}b").strings, rt"\n{n}".strings, t"{{}}".strings)
i = Interpolation(5, "five", "r", ">3")
print(i, i.value, i.expression, i.conversion, i.format_spec)
match t"{n}":
    case Template(strings=s): print("matched", s)
match i:
    case Interpolation(value, expression): print(value, expression)
try: Interpolation(5, "x", "z")
except Exception as e: print(type(e).__name__, e)
print(Template("a", "b", Interpolation(1, "e"), "c").strings, Template().strings)
try: Template(5)
except TypeError as e: print(e)
