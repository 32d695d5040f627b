# Scopes: closures, nonlocal, global, class scopes, unbound names and their messages, del, comprehension scope, locals().
def t(f, *a):
    try:
        print("ok", f(*a))
    except Exception as e:
        print(type(e).__name__, e)


x = "global x"
def f():
    print(x)
f()
def g():
    print(x)
    x = 1
t(g)
def g2():
    x += 1
t(g2)
def g3():
    del x
t(g3)
def g4():
    if False: x = 1
    return x
t(g4)
def g5():
    for i in []: pass
    return i
t(g5)
def g6():
    try: pass
    finally: del undefined
t(g6)
def h():
    def inner(): return y
    t(inner)
    y = 1
    t(inner)
    del y
    t(inner)
h()
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
inc, get = counter()
print(inc(), inc(5), get())
inc2, get2 = counter()
print(inc2(), get(), get2())
print(inc.__closure__[0].cell_contents, inc.__code__.co_freevars, counter.__code__.co_cellvars)
def late():
    return [lambda: i for i in range(3)]
print([fn() for fn in late()])
def early():
    return [lambda i=i: i for i in range(3)]
print([fn() for fn in early()])
def glob():
    global newglobal, x
    newglobal = 5
    x = "changed"
glob()
print(newglobal, x)
def delglob():
    global newglobal
    del newglobal
delglob()
t(lambda: newglobal)
t(delglob)
class C:
    x = "class x"
    y = x + "!"
    def m(self): return x
    z = [x for _ in range(1)]
    w = [q for q in x[:2]]
    lam = lambda self: x
    def __init__(self, v=x): self.v = v
print(C.y, C().m(), C.z, C.w, C().lam(), C().v)
def outer():
    x = "outer x"
    class D:
        print(x)
        x = "D x"
        print(x)
        def m(self): return x
    class E:
        nonlocal x
        x = "set by E"
    return D().m(), x
print(outer())
def classglobal():
    class F:
        global x
        x = "set by F"
    return hasattr(F, "x")
print(classglobal(), x)
def three():
    a = 1
    def two():
        b = 2
        def one():
            nonlocal a, b
            a += 10; b += 20
            return a, b
        return one(), b
    return two(), a
print(three())
# comprehension scope
i = "outer i"
l = [i for i in range(3)]
print(i, l)
print([(lambda: j)() for j in range(2)], [[a * b for a in range(2)] for b in range(3)])
def compclosure():
    k = 5
    return [k + v for v in range(2)], {k: v for v in range(1)}, list(k for _ in range(2))
print(compclosure())
print([y := 1, y**2], (z := 5), z)
def walrus():
    r = [last := v for v in range(3)]
    return last, r
print(walrus())
print(any((hit := n) > 3 for n in [1, 5, 2]), hit)
def unboundcomp():
    return [un for _ in [1]]
t(unboundcomp)
def cellcomp():
    fs = [lambda: v for v in range(3)]
    return [fn() for fn in fs]
print(cellcomp())
# locals, globals, vars
def loc(a, b=2, *c, **d):
    e = 5
    before = sorted(locals())
    f = 6
    def inner(): return e
    return before, sorted(locals().items(), key=lambda kv: kv[0])[:5]
print(loc(1))
def locmod():
    a = 1
    locals()["a"] = 2
    locals()["zz"] = 3
    return a, "zz" in locals()
print(locmod())
print(globals()["x"], "loc" in globals(), globals() is vars(), locals() is globals())
class L:
    a = 1
    b = sorted(k for k in locals() if not k.startswith("__"))
    locals()["injected"] = 5
print(L.b, L.injected)
# exec and eval
exec("ex = 1; print(ex)")
print(ex, eval("ex + 1"))
def ev():
    loc = 5
    exec("loc2 = loc + 1")
    t(lambda: loc2)
    d = {"q": 1}
    exec("r = q + 1", d)
    return eval("loc * 2"), d["r"], eval("a + b", {"a": 1}, {"b": 2}), sorted(k for k in d if k != "__builtins__")
print(ev())
t(eval, "1 +")
t(eval, "x = 1")
t(exec, "def f(: pass")
t(eval, 5)
t(exec, "1", 5)
t(eval, "nope_name")
t(eval, "1", {}, 5)
code = compile("a + 1", "<s>", "eval")
print(eval(code, {"a": 5}), code.co_filename, code.co_names, code.co_name)
t(compile, "x", "f", "bad")
t(compile, "x", 5, "exec")
exec(compile("def made(n): return n * 2", "f", "exec"))
print(made(4))
ns = {}
exec("class K:\n    v = 1\nk = K()", ns)
print(ns["k"].v, ns["K"].__module__, ns["K"].__qualname__)
exec("print(__name__)", {"__name__": "custom"})
t(exec, "len([])", {"__builtins__": {}})
print(eval("abs(-3)", {"__builtins__": {"abs": lambda v: "mine"}}))
t(lambda: undefined_function())
t(lambda: prnt(1))
del x
t(lambda: x)
t(f)
def argdel(a):
    del a
    return a
t(argdel, 1)
def swap():
    a, b = 1, 2
    a, b = b, a
    return a, b
print(swap())
def redef():
    def q(): return 1
    first = q
    def q(): return 2
    return first(), q()
print(redef())
def nested_del():
    v = 1
    def inner(): return v
    del v
    return inner
t(nested_del())
def many():
    a0=a1=a2=a3=a4=a5=a6=a7=a8=a9=1
    return sum(locals().values())
print(many())
import builtins
builtins.added_builtin = 42
print(added_builtin)
del builtins.added_builtin
t(lambda: added_builtin)
len = lambda v: "shadowed"
print(len([]))
del len
print(len([]))
