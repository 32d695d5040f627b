# Assignment: targets, order of evaluation, star targets, augmented assignment, del, chained, annotated.
log = []
def e(v): log.append(v); return v
def show():
    print(log); log.clear()
class O:
    def __init__(self, n): object.__setattr__(self, "n", n)
    def __setattr__(self, k, v): log.append(("setattr", self.n, k, v)); object.__setattr__(self, k, v)
    def __getattr__(self, k): log.append(("getattr", self.n, k)); return 10
    def __delattr__(self, k): log.append(("delattr", self.n, k))
    def __setitem__(self, k, v): log.append(("setitem", self.n, k, v))
    def __getitem__(self, k): log.append(("getitem", self.n, k)); return 20
    def __delitem__(self, k): log.append(("delitem", self.n, k))
def t(f, *a):
    try: print("ok", f(*a))
    except Exception as ex: print(type(ex).__name__, ex)


o = O("o")
x = o.a = o[e("k")] = e("value"); show()
o.b += e(1); show()
o[e("i")] += e(2); show()
o.c, o[e("j")], (o.d, *o.r) = e(1), e(2), e((3, 4, 5)); show()
i = 0
l = [0, 0, 0]
i, l[i] = 1, 2; print(i, l)
l[0], i = 9, 0; print(i, l)
a = [1, 2, 3]; a[0], a[1] = a[1], a[0]; print(a)
a, b, *c = 1, 2; print(a, b, c)
*a, b = "xyz"; print(a, b)
a, *b, c = range(5); print(a, b, c)
[a, [b, *c]] = 1, (2, 3); print(a, b, c)
(a), = [5]; print(a)
a = b = c = []; b.append(1); print(a is c, a)
for bad, target in ((1, 2), (3,)), ((1,), (2,)): print(bad, target)
for f in ("a, b = 1,", "a, b = 1, 2, 3", "a, b = 5", "a, *b, c = [1]", "(a, b), c = 1, 2", "a, b = {}", "[a] = []", "a, b = 'abc'", "a, b, c = iter([1])", "x, y = None"):
    t(exec, f)
del o.a, o[e("z")]; show()
l = list(range(10)); del l[0], l[-1], l[2:4]; print(l)
d = {1: 1, 2: 2}; del d[1]; print(d)
a = b = 1; del a, b
t(lambda: eval("a"))
t(exec, "del nope"); t(exec, "del [][0]"); t(exec, "del {}['k']"); t(exec, "del (1).real"); t(exec, "del ().x")
x: int = 5; y: "undefined name"; print(x, __annotations__ if "__annotations__" in globals() else "lazy")
def ann():
    z: int
    w: str = "s"
    return w
print(ann(), ann.__annotations__)
def unb():
    z: int
    return z
t(unb)
class A:
    attr: int = 1
    noval: str
    def m(self, a: int, b: "str" = "x", *c: float, d: list[int] = [], **e: dict) -> None: pass
print(A.__annotations__, A.m.__annotations__)
def undefined_ann(a: Undefined): pass
t(lambda: undefined_ann.__annotations__)
n = 5
n += 1; n -= 2; n *= 3; n //= 2; n **= 2; n %= 7; n <<= 2; n |= 1; n ^= 3; n &= 14; n >>= 1; print(n)
f = 1; f /= 4; print(f)
s = "a"; s += "b"; s *= 3; print(s)
t1 = (1,); t2 = t1; t1 += (2,); print(t1, t2)
l1 = [1]; l2 = l1; l1 += (2, 3); l1 *= 2; print(l2)
tup = ([1],)
try: tup[0] += [2]
except TypeError as ex: print(ex, tup)
d = {"k": 1}; d["k"] += 1; d |= {"z": 3}; print(d)
st = {1}; st |= {2}; st &= {2, 3}; st ^= {5}; st -= {5}; print(st)
if (n := 10) > 5: print(n)
print((m := 3) + m, [k := 1, k + 1], {(q := 2): q}, (lambda: (r := 5))())
while (n := n - 3) > 0: print(n, end=" ")
print()
print([(w, w ** 2) for v in range(3) if (w := v + 1) > 1], w)
x = 1 if (y := 0) else 2; print(x, y)
g = lambda *a, k=(z := 9): (a, k); print(g(1), z)
def multi():
    return 1, *[2, 3], 4
print(multi(), [*multi(), *"ab"], {*multi()}, {**{"a": 1}, "a": 2, **{"b": 3}}, (*(), *[1]))
print({"a": 1, "b": 2, "a": 3}, {1, 1.0, True}, {1: "a", 1.0: "b", True: "c"})
def dictorder():
    return {e("k1"): e("v1"), e("k2"): e("v2")}
dictorder(); show()
(e(1), e(2))[e(0)] + e(3) * e(4) - e(5) ** e(1); show()
e(1) if e(0) else e(2); show()
[e(v) for v in (1, 2) if e(v)]; show()
e(0) or e(3) and e(4); show()
e([1, 2])[e(0)] = e(9); show()
x = y, z = 1, 2; print(x, y, z)
(x, y), z = x = (1, 2), 3; print(x, y, z)
