# Large programs: long expressions, deep nesting, many names, big literals.
import sys
def t(f, *a):
    try: print("ok", f(*a))
    except BaseException as e: print(type(e).__name__, str(e)[:120])


print(eval("+".join(["1"] * 3000)), eval("(" * 90 + "1" + ")" * 90), len(eval("[" * 90 + "]" * 90)))
print(eval("1" + "+1" * 1000), eval("not " * 200 + "1"), eval("-" * 500 + "1"), len(eval("[" + "1," * 20000 + "]")), len(eval("{" + ",".join(f"{i}:{i}" for i in range(5000)) + "}")))
print(eval(" and ".join(["1"] * 2000)), eval(" < ".join(str(i) for i in range(2000))), eval("'a'" * 3000)[:3], eval("x" + ".real" * 300, {"x": 5}))
print(len(eval("(" + ",".join(f"'{i}'" for i in range(3000)) + ")")), sum(eval("{" + ",".join(str(i) for i in range(3000)) + "}")))
ns = {}
exec("\n".join(f"v{i} = {i}" for i in range(3000)), ns)
print(ns["v2999"])
exec("def f():\n" + "\n".join(f"    v{i} = {i}" for i in range(2000)) + "\n    return v0 + v1999, len(locals())", ns)
print(ns["f"]())
exec("def g(" + ",".join(f"a{i}" for i in range(1000)) + "): return a999\n", ns)
print(ns["g"](*range(1000)))
exec("def h(" + ",".join(f"a{i}={i}" for i in range(500)) + ", **kw): return a0 + a499\n", ns)
print(ns["h"](), ns["h"](a0=5, zz=1))
exec("def k(n):\n" + "    if n == 0: return 'zero'\n" + "".join(f"    elif n == {i}: return 'n{i}'\n" for i in range(1, 1500)) + "    return None", ns)
print(ns["k"](1499), ns["k"](0), ns["k"](5000))
exec("def deep():\n" + "".join("    " * (i + 1) + f"for i{i} in range(1):\n" for i in range(18)) + "    " * 19 + "yield i0\n", ns)
print(list(ns["deep"]()))
t(exec, "def deep():\n" + "".join(" " * (i + 1) + f"for i{i} in range(1):\n" for i in range(25)) + " " * 26 + "pass\n")
t(exec, "".join(" " * i + "if 1:\n" for i in range(99)) + " " * 99 + "pass\n")
t(exec, "".join(" " * i + "if 1:\n" for i in range(110)) + " " * 110 + "pass\n")
t(eval, "(" * 250 + ")" * 250)
t(eval, "[" * 250 + "]" * 250)
t(eval, "f" + "()" * 500)
t(eval, "1 if 1 else " * 300 + "2")
print(len(eval("'" + "x" * 100000 + "'")), len(eval('b"' + "\\x41" * 10000 + '"')), eval("1" * 4000) % 97, eval("0x" + "f" * 5000).bit_length(), eval("1_000" + "_000" * 50) % 7)
t(eval, "1" * 5000)
t(int, "1" * 5000)
t(str, 10 ** 5000)
print(eval("1e308 * 10"), eval("1e-400"), eval("0." + "1" * 400), eval("1" + "0" * 300 + ".0"))
big = 7 ** 3000
print(big % 1000007, len(str(big)), big >> 8000, (big * big) // big == big, hash(big), big.bit_length(), int(str(big)) == big)
class Many: pass
m = Many()
for i in range(500): setattr(m, f"a{i}", i)
print(m.a499, len(m.__dict__), sum(vars(m).values()))
exec("class Big:\n" + "\n".join(f"    def m{i}(self): return {i}" for i in range(800)), ns)
print(ns["Big"]().m799(), len([n for n in dir(ns["Big"]) if n.startswith("m")]))
def manyyield():
    yield from range(50000)
print(sum(manyyield()), sum(i for i in range(100000)), len([i for i in range(100000) if i % 3]), len("".join(str(i) for i in range(20000))))
s = ""
for i in range(20000): s += "ab"
print(len(s), s[39999], s.count("ba"))
l = []
for i in range(100000): l.append(i)
while len(l) > 10: l.pop()
print(l, len(list(range(10**6))), sum(range(10**6)))
d = {i: i * i for i in range(50000)}
for i in range(0, 50000, 2): del d[i]
print(len(d), d[49999], sum(d.values()) % 1000)
exec("try:\n    x = 1\n" + "".join(f"except E{i}: pass\n" for i in range(500)), {f"E{i}": ValueError for i in range(500)})
exec("x = 0\n" + "x += 1\n" * 5000 + "print(x)")
exec("with " + ", ".join("c" for _ in range(15)) + ": print('in')", {"c": __import__("contextlib").nullcontext()} if False else {"c": type("C", (), {"__enter__": lambda s: s, "__exit__": lambda s, *a: None})()})
t(exec, "import " + ".".join(["a"] * 300))
t(eval, "x" * 100000)
t(exec, "x = " + "(" * 5)
t(lambda: len(repr(eval("{" * 0 + "[" * 150 + "]" * 150))))
