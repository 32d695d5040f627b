# Exceptions of finalizers and callbacks, which nobody can catch, go to sys.unraisablehook.
import gc
import re
import sys
import weakref

seen = []


def hook(u):
    text = re.sub(r"0x[0-9a-fA-F]+", "0x", u.err_msg or "None")
    print(u.exc_type.__name__, u.exc_value, "|", text, "|", u.object)


class Failing:
    def __del__(self):
        raise KeyError("k")


class NoFunction:
    __del__ = 5


def generator():
    try:
        yield 1
    finally:
        raise ValueError("boom")


def deaf():
    try:
        yield 1
    except GeneratorExit:
        yield 2


def start(g):
    x = g()
    next(x)


def make(c):
    x = c()


class W:
    pass


def callback(r):
    raise RuntimeError("callback")


def all_of_them():
    make(Failing)
    make(NoFunction)
    start(generator)
    start(deaf)
    w = W()
    r = weakref.ref(w, callback)
    del w
    gc.collect()


default = sys.unraisablehook
sys.unraisablehook = hook
all_of_them()


class Lines:
    def __init__(self):
        self.lines = []

    def write(self, text):
        self.lines.append(text)

    def flush(self):
        pass


sys.unraisablehook = default
saved = sys.stderr
sys.stderr = Lines()
all_of_them()
text = "".join(sys.stderr.lines)
sys.stderr = saved
print(re.sub(r"0x[0-9a-fA-F]+", "0x", re.sub(r'File ".*[/\\]', 'File "', text)))
