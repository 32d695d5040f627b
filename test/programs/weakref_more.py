# weakref: references, proxies, callbacks, methods, dictionaries, sets and finalize, beside what they refuse.
import weakref, gc, sys
class A:
    def __init__(s, n=0): s.n = n
    def __repr__(s): return f"A({s.n})"
    def m(s): return s.n
def t(f, *a, **k):
    try: print(f(*a, **k))
    except BaseException as e: print(type(e).__name__, e)
a = A(1)
r = weakref.ref(a); print(r() is a, r is weakref.ref(a), r == weakref.ref(a), hash(r) == hash(a), r.__callback__)
t(weakref.ref); t(weakref.ref, 1); t(weakref.ref, a, None, 3); t(weakref.ref, a, callback=None); t(r, 1); t(r, x=1)
for v in [1, "s", (), [], {}, None, object(), 1.5, int, len, lambda: 0, set(), frozenset(), type, gc, (x for x in []), A, A.m, a.m, r, bytearray(), memoryview(b""), range(3), Exception(), slice(1), iter([]), property(), staticmethod(len), __import__("re").compile("x"), __import__("collections").deque(), __import__("array").array("i") if 0 else set(), (lambda: (yield))().gi_code, sys._getframe(), __import__("threading").Lock(), __import__("io").StringIO(), NotImplemented, b"", complex(1)]:
    try: x = weakref.ref(v); print(type(v).__name__, "ok")
    except TypeError as e: print(e)
print(weakref.getweakrefcount(a), len(weakref.getweakrefs(a)))
cbs = []
r1 = weakref.ref(a, lambda r: cbs.append(("1", r is r1, r())))
r2 = weakref.ref(a, lambda r: cbs.append(("2", r is r2, r())))
print(weakref.getweakrefcount(a), r1 == r2, r1 != r2, r1 is r2)
t(lambda: r1 < r2)
del a; gc.collect(); print(cbs, r(), repr(r).split("at")[0], r == r1, r == r)
t(hash, r1); print(hash(r) is not None)
p = A(5); pr = weakref.proxy(p)
print(pr.n, pr.m(), type(pr).__name__, repr(pr)[:10], str(pr), isinstance(pr, A), pr == p, pr.__class__)
pr.z = 3; print(p.z); del pr.z; t(lambda: pr.z)
t(hash, pr); t(lambda: pr()); t(lambda: pr[0]); t(len, pr); t(iter, pr); t(next, pr); print(bool(pr)); t(lambda: pr + 1); t(int, pr); t(lambda: 3 in pr)
t(setattr, pr, "__class__", int)
q = A(5); pq = weakref.proxy(q); print(pr == pq, pr != pq)
del p; gc.collect(); t(lambda: pr.n); t(str, pr); t(bool, pr); t(lambda: pr == 1); t(setattr, pr, "x", 1); print(repr(pr)[:11])
f = lambda x=1: x; pf = weakref.proxy(f); print(pf(), pf(3), type(pf).__name__)
# WeakMethod
a = A(7); wm = weakref.WeakMethod(a.m); print(wm()(), wm == weakref.WeakMethod(a.m), hash(wm) == hash(weakref.WeakMethod(a.m)))
called = []
wm2 = weakref.WeakMethod(a.m, called.append); t(weakref.WeakMethod, len); t(weakref.WeakMethod, 3)
del a; gc.collect(); print(wm(), len(called), called[0] is wm2)
# containers
d = weakref.WeakValueDictionary(); k = [A(i) for i in range(4)]
for i, x in enumerate(k): d[i] = x
print(len(d), sorted(d.keys()), d[2], sorted(d.items(), key=lambda p: p[0]), 1 in d, 9 in d, d.get(9, "no"), repr(d)[:24])
del k[1]; x = None; gc.collect(); print(sorted(d), len(d)); t(d.__getitem__, 1); print(d.pop(0), len(d), d.setdefault(5, k[0]), d.popitem() is not None)
print(d | {8: k[0]}, type(d.copy()).__name__, len(d.valuerefs())) if 0 else print(type(d.copy()).__name__)
w = weakref.WeakKeyDictionary(); ks = [A(i) for i in range(3)]
for x in ks: w[x] = x.n
x = None; print(len(w), sorted(w.values()), ks[0] in w, 3 in w, w[ks[1]]); t(w.__setitem__, 1, 2); del ks[0]; gc.collect(); print(len(w), sorted(w.values()), [type(y).__name__ for y in w.keyrefs()])
s = weakref.WeakSet(); ss = [A(i) for i in range(3)]
for x in ss: s.add(x)
x = None; print(len(s), ss[0] in s, 1 in s, sorted(y.n for y in s)); s.discard(ss[0]); del ss[1]; gc.collect(); print(len(s)); t(s.add, 3); print(s == weakref.WeakSet(ss[1:]), s.isdisjoint([3]), len(s | weakref.WeakSet(ss)), len(s & weakref.WeakSet(ss)))
# finalize
o = A(1); fz = weakref.finalize(o, print, "finalized", 1, end="!\n"); print(fz.alive, fz.peek()[1:], fz.atexit, repr(fz)[:20])
del o; gc.collect(); print(fz.alive, fz.peek(), fz.detach(), fz(), repr(fz)[:16])
o = A(2); fz = weakref.finalize(o, lambda x: x * 2, 21); print(fz(), fz(), fz.alive)
o2 = A(3); fz2 = weakref.finalize(o2, print, "at exit"); 
o3 = A(4); fz3 = weakref.finalize(o3, print, "not at exit"); fz3.atexit = False; print(fz3.detach()[1:] if 0 else fz3.atexit)
t(weakref.finalize); t(weakref.finalize, o)
class R(weakref.ref):
    __slots__ = ("k",)
    def __new__(c, o, cb=None, k=0): self = super().__new__(c, o, cb); self.k = k; return self
    def __init__(s, o, cb=None, k=0): super().__init__(o, cb)
o = A(6); rr = R(o, None, 5); print(rr.k, rr() is o, rr is weakref.ref(o), rr == weakref.ref(o), type(rr).__name__)
print(weakref.ReferenceType is weakref.ref, weakref.ProxyTypes, weakref.CallableProxyType)
class Sl: __slots__ = ()
t(weakref.ref, Sl())
class Sw: __slots__ = ("__weakref__",)
t(lambda: weakref.ref(Sw()) is not None)
x = A(1); x.self = x; rx = weakref.ref(x); del x; gc.collect(); print(rx())
class F:
    def __del__(s): print("in del", type(wr()).__name__)
y = F(); wr = weakref.ref(y); del y; gc.collect()
