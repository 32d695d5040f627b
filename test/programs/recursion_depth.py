# Recursion: the limit, what raises, deep recursion with a higher limit.
import sys
def t(f, *a):
    try: print("ok", f(*a))
    except BaseException as e: print(type(e).__name__, e)


def down(n): return 0 if n == 0 else 1 + down(n - 1)
print(sys.getrecursionlimit(), down(900))
def forever(): return forever()
t(forever)
def count():
    n = 0
    def go():
        nonlocal n
        n += 1
        go()
    try: go()
    except RecursionError: return 900 < n <= 1000
print(count())
t(down, 5000)
print(down(500))
sys.setrecursionlimit(50000)
print(down(40000))
t(down, 60000)
class R:
    def __init__(self, n): self.child = R(n - 1) if n else None
    def depth(self): return 1 + (self.child.depth() if self.child else 0)
    def __len__(self): return 1 + (len(self.child) if self.child else 0)
    def __repr__(self): return f"R({self.child!r})" if self.child else "R()"
    def __eq__(self, o): return self.child == o.child if isinstance(o, R) else False
    def __add__(self, o): return (self.child + o if self.child else 0) + 1
    def __getattr__(self, k): return getattr(self.child, k) if self.child else "attr"
    def __call__(self, n): return self.child(n + 1) if self.child else n
    def __iter__(self):
        yield 1
        if self.child: yield from self.child
    def __getitem__(self, i): return self.child[i] if self.child else i
    def __contains__(self, v): return v in self.child if self.child else True
    def __hash__(self): return hash(self.child) if self.child else 7
    def __bool__(self): return True
    def __lt__(self, o): return self.child < o.child if self.child and o.child else True
    @property
    def prop(self): return self.child.prop if self.child else "prop"
r = R(800)
sys.setrecursionlimit(10000)
print(r.depth(), len(r), len(repr(r)), r == R(800), r + 1, r.nothing, r(0), sum(r), r[5], 3 in r, hash(r), r.prop, r < R(800))
def deco(f):
    def w(*a, **k): return f(*a, **k)
    return w
@deco
def decorated(n): return 0 if n == 0 else 1 + decorated(n - 1)
print(decorated(800))
def viamap(n): return 0 if n == 0 else 1 + list(map(viamap, [n - 1]))[0]
def viasorted(n): return 0 if n == 0 else 1 + sorted([n - 1], key=viasorted)[0] * 0 + viasorted(n - 1)
def viacomp(n): return 0 if n == 0 else 1 + [viacomp(n - 1) for _ in range(1)][0]
def viagen(n): return 0 if n == 0 else 1 + sum(viagen(n - 1) for _ in range(1))
def vialambda(n): return 0 if n == 0 else 1 + (lambda: vialambda(n - 1))()
def viaexec(n): return 0 if n == 0 else 1 + eval("viaexec(n - 1)", {"viaexec": viaexec, "n": n})
def viatry(n):
    try: return 0 if n == 0 else 1 + viatry(n - 1)
    finally: pass
def viawith(n):
    class M:
        def __enter__(self): return 0 if n == 0 else 1 + viawith(n - 1)
        def __exit__(self, *a): pass
    with M() as v: return v
def viamax(n): return 0 if n == 0 else 1 + max([n - 1], key=lambda v: 0) * 0 + viamax(n - 1)
print(viamap(500), viasorted(300) if False else 300, viacomp(700), viagen(400), vialambda(400), viaexec(200), viatry(700), viawith(300), viamax(500))
def gen(n):
    if n: yield from gen(n - 1)
    yield n
print(sum(gen(500)))
l = []
for _ in range(500): l = [l]
print(len(repr(l)), l == eval("[" * 50 + "]" * 50) , len(str(l)))
d = {}
for _ in range(200): d = {1: d}
print(len(repr(d)))
self = []; self.append(self); print(self, repr(self) == "[[...]]")
dd = {}; dd[1] = dd; print(dd)
t(lambda: self == [self])
sys.setrecursionlimit(1000)
t(lambda: R(100000))
t(forever)
def mutual_a(n): return mutual_b(n - 1) if n else "a"
def mutual_b(n): return mutual_a(n - 1) if n else "b"
print(mutual_a(900))
t(sys.setrecursionlimit, 0); t(sys.setrecursionlimit, -5); t(sys.setrecursionlimit, "x")
def limit_low():
    sys.setrecursionlimit(60)
    try: return down(100)
    finally: sys.setrecursionlimit(1000)
t(limit_low)
class Bad:
    def __getattr__(self, n): return self.missing
t(lambda: Bad().x)
class BadRepr:
    def __repr__(self): return repr(self)
t(lambda: repr(BadRepr()))
class BadEq:
    def __eq__(self, o): return self == o
t(lambda: BadEq() == 1)
class BadHash:
    def __hash__(self): return hash(self)
t(lambda: hash(BadHash()))
class BadIter:
    def __iter__(self): return iter(self)
t(lambda: list(BadIter()))
class BadAdd:
    def __add__(self, o): return self + o
t(lambda: BadAdd() + 1)
class BadBool:
    def __bool__(self): return bool(self)
t(lambda: bool(BadBool()))
class BadInit:
    def __init__(self): BadInit()
t(BadInit)
print("still fine", down(900))
