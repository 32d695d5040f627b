# Generators: send, throw, close, yield from, return values, finally, GeneratorExit, states.
def t(f, *a, **k):
    try:
        print("ok", f(*a, **k))
    except BaseException as e:
        print(type(e).__name__, "|", e, "|", repr(getattr(e, "value", None)), "|", repr(e.__cause__), "|", repr(e.__context__))


def echo():
    print("start")
    x = yield 1
    print("got", x)
    y = yield 2
    print("got", y)
    return "done"


g = echo()
t(g.send, 5)
print(next(g), g.send("a"))
t(g.send, "b")
t(next, g)
t(g.send, 1)
t(next, g, "default")
g = echo()
print(g.send(None))
g.close()
t(next, g)
print(g.close())


def withfinally():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("finally")


g = withfinally(); next(g); g.close()
g = withfinally(); print(list(g))
g = withfinally(); next(g); t(g.throw, ValueError("thrown")); t(next, g)
g = withfinally(); t(g.throw, ValueError("before start")); t(next, g)


def catches():
    while True:
        try:
            x = yield "waiting"
            print("x", x)
        except ValueError as e:
            print("caught", e)
            yield "recovered"


g = catches()
print(next(g), g.throw(ValueError("v")), next(g))
t(g.throw, KeyError("k"))
t(next, g)
g = catches(); next(g)
t(g.throw, 5)
t(g.throw, int)
t(g.throw)
g = catches(); next(g)


def ignores():
    while True:
        try: yield
        except GeneratorExit: pass
def returns_on_close():
    try: yield
    except GeneratorExit: return "closed value"
g = returns_on_close(); next(g); print(g.close())
def raises_on_close():
    try: yield
    finally: raise KeyError("in close")
g = raises_on_close(); next(g); t(g.close)


def stopit():
    yield 1
    raise StopIteration("inner")
g = stopit(); next(g); t(next, g)
def stopit2():
    yield next(iter([]))
t(list, stopit2())
def reenter():
    yield next(me)
me = reenter()
t(next, me)


# yield from
def inner():
    a = yield "i1"
    print("inner got", a)
    try:
        b = yield "i2"
    except ValueError as e:
        print("inner caught", e)
        b = "exc"
    return ("inner result", a, b)


def outer():
    r = yield from inner()
    print("result", r)
    r2 = yield from [10, 20]
    print("list result", r2)
    r3 = yield from (x * 2 for x in range(2))
    return "outer done"


g = outer()
print(next(g), g.send("S"), g.throw(ValueError("T")), next(g), next(g), next(g))
t(next, g)
g = outer(); next(g); g.close()
t(next, g)
class CustomIter:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration("iter value")
        return self.n
    def send(self, v): return ("sent", v)
    def throw(self, *a): print("throw", a); return "thrown"
    def close(self): print("closed")
def dele():
    r = yield from CustomIter()
    print("r", r)
g = dele(); print(next(g), g.send(5), g.throw(KeyError("z")), next(g)); t(next, g)
g = dele(); next(g); g.close()
def noiter(): yield from 5
t(next, noiter())
class NoSend:
    def __iter__(self): return iter([1, 2])
def ns(): yield from NoSend()
g = ns(); next(g); t(g.send, 5)
g = ns(); next(g); t(g.throw, ValueError("to list iterator"))
def nestclose():
    try: yield from withfinally()
    finally: print("outer finally")
g = nestclose(); next(g); g.close()
def deep(n):
    if n: yield from deep(n - 1)
    else: yield "bottom"
print(next(deep(200)), list(deep(100)))
def tree(n):
    if n > 0:
        yield from tree(n - 1); yield n; yield from tree(n - 1)
print(list(tree(3)), sum(tree(10)))

# attributes and states
g = echo()
print(g.__name__, g.__qualname__, type(g).__name__, g.gi_running, g.gi_suspended, g.gi_yieldfrom, g.gi_code.co_name, iter(g) is g, repr(g).startswith("<generator object echo at 0x"))
next(g)
print(g.gi_running, g.gi_suspended)
g.__name__ = "renamed"; print(g.__name__)
t(setattr, g, "__name__", 5)
t(setattr, g, "gi_code", 5)
t(setattr, g, "gi_running", 5)
t(len, g)
t(lambda: g[0])
t(lambda: type(g)())
gen = (x for x in range(3))
print(gen.__name__, next(gen), list(gen), list(gen))
t(lambda: (x for x in 5))
print([*(x for x in "ab")], tuple(x for x in range(3)), dict((k, v) for k, v in [(1, 2)]), max(x for x in [3, 9, 2]))

# exception context in generators
def ctx():
    try:
        yield 1
    except ValueError:
        yield 2
        raise KeyError("from handler")
g = ctx(); next(g); g.throw(ValueError("V")); t(next, g)
import sys
def handled():
    try: raise ValueError("own")
    except ValueError:
        yield repr(sys.exception())
        yield repr(sys.exception())
g = handled()
try:
    raise KeyError("caller")
except KeyError:
    print(next(g), repr(sys.exception()), next(g), repr(sys.exception()))
print(sys.exception())
def genctx():
    yield repr(sys.exception())
    yield repr(sys.exception())
g = genctx(); print(next(g))
try: raise ValueError("outer now")
except ValueError: print(next(g))

# lazy evaluation of generator expressions
def src():
    print("src"); return [1, 2]
ge = (print("item", x) or x for x in src())
print("made"); print(list(ge))
try:
    bad = (x for x in undefined_thing)
except NameError as e: print(e)
n = 10
ge = (n + x for x in range(2)); n = 20; print(list(ge))
ge = ((x, y) for x in range(2) for y in range(x + 1) if (x + y) % 2 == 0); print(list(ge))
def infinite():
    i = 0
    while True:
        i += 1
        yield i
import itertools
print(list(itertools.islice(infinite(), 5)), next(x for x in infinite() if x > 1000))
def countdown(n):
    while n: yield n; n -= 1
for v in countdown(3): print(v, end=" ")
print()
def two():
    yield 1; yield 2
(a, b), [c, d] = two(), two(); print(a, b, c, d)
try: x, = two()
except ValueError as e: print(e)
try: x, y, z = two()
except ValueError as e: print(e)
def lam(): return (lambda: (yield 5))
print(list(lam()()))
def yield_expr():
    x = (yield) or (yield 2)
    y = yield x
    return x, y
def param(a, /, b=2, *c, d, **e): yield a, b, c, d, e
print(list(param(1, d=4, z=5)))
def unpack():
    yield *[1, 2], 3
try: print(next(unpack()))
except Exception as e: print(e)
