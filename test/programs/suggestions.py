# "Did you mean": printed for uncaught exceptions by the hook.
import sys


def show(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, end=": ", flush=True)
        sys.excepthook(type(e), e, e.__traceback__)


class Thing:
    apple = 1
    banana_split = 2
    _private = 3
    ABC = 4
    def __init__(self): self.colour = 1
    def method(self): return colour
    def own(self): return self._privat
    def __dir__(self): return object.__dir__(self)


some_variable = 1
def local():
    my_local_name = 1
    return my_locl_name
class BadDir:
    def __dir__(self): raise ValueError
class Slots:
    __slots__ = ("alpha", "beta")
cases = [
    lambda: some_varable, lambda: prnt, lambda: lenn, lambda: Thing.aple, lambda: Thing().colur, lambda: Thing().bananasplit, lambda: Thing()._privat, lambda: Thing().privat,
    lambda: Thing().abc, lambda: "x".uper(), lambda: [].appendd, lambda: sys.versoin, lambda: Thing().method(), Thing().own, local, lambda: xyzzy_nothing, lambda: math, lambda: tim,
    lambda: __import__("nosuchmodule"), lambda: BadDir().x, lambda: Slots().alph, lambda: (1).imga, lambda: {}.itms(), lambda: None.foo, lambda: os.path, lambda: Tru, lambda: slef,
    lambda: a, lambda: Thing().x, lambda: setattr(object(), "x", 1), lambda: getattr(Thing(), "app"),
]
def imp1(): from sys import exitt
def imp2(): from collections import orderddict
def imp3(): from sys import zzzzzz
def imp4(): import sy
for c in cases + [imp1, imp3, imp4]: show(c)
