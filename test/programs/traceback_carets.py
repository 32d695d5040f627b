# Carets of many kinds of expression, through the uncaught exceptions of small functions.
import sys


def run(f):
    try:
        f()
    except Exception as e:
        sys.excepthook(type(e), e, e.__traceback__.tb_next)


def a(): return 1 + (2 * "x") + [] + 3
def b(): return (1).foo.bar
def c(): return {}["k"]["z"]
def d(): return len(5) + 1
def e(): return [x for x in 5]
def f(): return [1 / 0 for x in [1]]
def g(): x = 1; x += "a"
def h(): assert 1 == 2, "message"
def i(): raise ValueError("text")
def j(): return -"a"
def k(): return not_defined + 1
def l(): return "é" + ("日本" + 1)
def m():
    return (1 +
            2 + "x" +
            3)
def n(): a, b = 1, 2, 3; return a
def o(): a, *b = 5
def p(): del {}["x"]
def q(): return (lambda: 1 / 0)()
def r(): return max(1, "a", key=lambda v: v.nothing)
def s(): x = [1, 2, 3]; x[10] = 5
def t(): import no_such_module
def u(): from sys import no_such_name
def v():
    with 5: pass
def w():
    for x in 5: pass
def x(): return f"{1/0}"
def y(): return 1 < "a" < 2
def z(): return [1, 2, 3][1:2:0]
def aa(): print("ok", *5)
def bb():
    class A(5): pass
def cc():
    @nothing
    def f(): pass
def dd(): return {**5}
def ee(): return [*5]
def ff(): return 1 if 1 / 0 else 2
def gg(): return (1, 2, 3 / 0, 4)
def hh():
    try:
        1 / 0
    finally:
        pass
def ii():
    x = {
        "a": 1,
        "b": 1 / 0,
    }
def jj(): return (yield_ := 1 / 0)
def kk(): "a".join([1])
def ll(): return "%d" % "x"
def mm(): return 2 ** "a" ** 3
def nn(): return a.b.c.d
def oo():
    	return 1 / 0
def pp(): return some_function_call(argument_one, argument_two)
def qq(): return sum([1, 2, 3], "a") + sum("abc")
def rr():
    raise ValueError(
        "multi",
        "line"
    )
def ss(): return int("12a") if True else 0
def tt(): x = y = 1 / 0
def uu(): lst = []; lst.append(1).foo
def vv(): return (a for a in 5)
def ww(): return 5()
def xx(): return print.__name__.nope
def yy(): return dict(a=1, **{"a": 2})
def zz(): exec("1/0")


names = [n for n in list(globals()) if len(n) < 3 and callable(globals()[n])]
for name in names:
    print(name, flush=True)
    run(globals()[name])
