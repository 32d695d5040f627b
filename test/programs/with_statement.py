# The with statement: order, arguments of __exit__, suppression, several managers, failures on the way.
def t(f, *a):
    try: print("ok", f(*a))
    except BaseException as e: print(type(e).__name__, e, "|", repr(e.__context__), "|", repr(e.__cause__))


class M:
    def __init__(self, name, suppress=False, fail=None): self.name, self.suppress, self.fail = name, suppress, fail
    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter": raise RuntimeError("enter " + self.name)
        return self.name.upper()
    def __exit__(self, t, v, tb):
        print("exit", self.name, t.__name__ if t else None, v, tb is not None)
        if self.fail == "exit": raise RuntimeError("exit " + self.name)
        return self.suppress


with M("a") as x: print("body", x)
with M("a") as x, M("b") as y: print(x, y)
with (M("a") as x, M("b"), M("c") as z,): print(x, z)
def boom(*ms):
    with ms[0] as a, ms[1] as b:
        raise ValueError("body")
    return "after"
t(boom, M("a"), M("b"))
t(boom, M("a", True), M("b"))
t(boom, M("a"), M("b", True))
t(boom, M("a", fail="enter"), M("b"))
t(boom, M("a"), M("b", fail="enter"))
t(boom, M("a", True), M("b", fail="enter"))
t(boom, M("a"), M("b", fail="exit"))
t(boom, M("a", fail="exit"), M("b", fail="exit"))
t(boom, M("a", 1), M("b", []))
def ret():
    with M("r"): return "returned"
def loops():
    out = []
    for i in range(4):
        with M(str(i)):
            if i == 1: continue
            if i == 2: break
            out.append(i)
    return out
t(ret); t(loops)
def exitfail_normal():
    with M("x", fail="exit"): pass
t(exitfail_normal)
class NoExit:
    def __enter__(self): pass
class NoEnter:
    def __exit__(self, *a): pass
class AsyncOnly:
    async def __aenter__(self): pass
    async def __aexit__(self, *a): pass
class InstanceOnly:
    def __init__(self): self.__enter__ = lambda: 1; self.__exit__ = lambda *a: 1
def use(m):
    with m: pass
for m in (5, NoExit(), NoEnter(), AsyncOnly(), InstanceOnly(), None, int): t(use, m)
class Targets:
    pass
o = Targets(); l = [0, 0]; d = {}
with M("t") as o.attr, M("u") as l[1], M("v") as d["k"]: pass
print(o.attr, l, d)
class Pair:
    def __enter__(self): return 1, [2, 3]
    def __exit__(self, *a): pass
with Pair() as (p, [q, *r]): print(p, q, r)
def badunpack():
    with Pair() as (a, b, c): pass
t(badunpack)
def gen():
    with M("g"):
        yield 1
        yield 2
g = gen(); print(next(g)); g.close()
print(list(gen()))
class Raises:
    def __enter__(self): return self
    def __exit__(self, t, v, tb):
        if v is not None: raise v
def same():
    with Raises(): raise KeyError("same object")
t(same)
class Chain:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): raise TypeError("new") from v
def chain():
    with Chain(): raise KeyError("old")
t(chain)
class BadBool:
    def __enter__(self): return self
    def __exit__(self, t, v, tb):
        class B:
            def __bool__(self): raise ZeroDivisionError("bool")
        return B()
def badbool():
    with BadBool(): raise KeyError("x")
t(badbool)
def tryfinally():
    try:
        with M("tf", suppress=True):
            try: raise ValueError("in")
            finally: print("inner finally")
        return "suppressed"
    finally: print("outer finally")
t(tryfinally)
class ExitCls:
    def __enter__(self): return self
    @staticmethod
    def __exit__(*args): print("static", len(args)); return True
with ExitCls(): 1 / 0
class ClsM:
    @classmethod
    def __enter__(cls): return cls.__name__
    @classmethod
    def __exit__(cls, *a): print(cls.__name__, a[0] is None)
with ClsM() as c: print(c)
import sys
class Handled:
    def __enter__(self): pass
    def __exit__(self, t, v, tb): print("handled:", repr(sys.exception())); return True
with Handled(): raise OSError("h")
print(sys.exception())
def nested_return():
    with M("1"), M("2"):
        with M("3"): return [x for x in "ab"]
t(nested_return)
def with_in_finally():
    try: raise KeyError("k")
    finally:
        with M("fin"): pass
t(with_in_finally)
