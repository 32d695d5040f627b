# Coroutines driven by hand: await, async for, async with, async generators and comprehensions.
def t(f, *a):
    try: print("ok", f(*a))
    except BaseException as e: print(type(e).__name__, "|", e, "|", getattr(e, "value", None))


class Yield:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return ("got", got)


async def simple(): return 5
async def two():
    a = await Yield("first")
    b = await Yield("second")
    return a, b
def run(coro, sends=()):
    sends = iter(sends)
    out = []
    v = None
    while True:
        try: out.append(coro.send(v))
        except StopIteration as e: return out, e.value
        v = next(sends, None)
print(run(simple()), run(two(), [1, 2]))
c = simple()
print(type(c).__name__, c.__name__, c.__qualname__, c.cr_running, c.cr_suspended, c.cr_await, repr(c).startswith("<coroutine object simple at 0x"))
t(c.send, 5)
t(c.send, None)
t(c.send, None)
c.close()
t(lambda: iter(simple_c))
c = two()
print(c.send(None), type(c.cr_await).__name__, c.cr_suspended)
t(c.throw, ValueError("thrown"))
t(c.send, None)
c = two(); c.send(None); c.close(); t(c.send, None)
c = two(); c.close(); t(c.send, None)
async def await_coro(): return await two()
print(run(await_coro(), "xy"))
c = simple()
async def twice():
    await c
    await c
t(run, twice())
async def await_bad(): await 5
t(run, await_bad())
async def await_list(): await [1]
t(run, await_list())
class BadAwait:
    def __await__(self): return 5
async def await_badawait(): await BadAwait()
t(run, await_badawait())
class CoroAwait:
    def __await__(self): return simple_coro
simple_coro = simple()
async def await_coroawait(): await CoroAwait()
t(run, await_coroawait())
simple_coro.close()
async def catcher():
    try: await Yield("y")
    except ValueError as e: return f"caught {e}"
    finally: print("finally")
c = catcher(); c.send(None); t(c.throw, ValueError("V"))
async def stop(): raise StopIteration("s")
t(run, stop())
async def stopasync(): raise StopAsyncIteration("s")
t(run, stopasync())


# async with
class CM:
    def __init__(self, n, suppress=False): self.n, self.suppress = n, suppress
    async def __aenter__(self):
        print("aenter", self.n); await Yield("e" + self.n); return self.n
    async def __aexit__(self, t_, v, tb):
        print("aexit", self.n, t_ and t_.__name__); await Yield("x" + self.n); return self.suppress
async def use():
    async with CM("a") as a, CM("b") as b:
        print("body", a, b); return "r"
print(run(use()))
async def use_exc():
    async with CM("a", True):
        async with CM("b"): raise KeyError("k")
    return "suppressed"
print(run(use_exc()))
async def use_bad():
    async with 5: pass
t(run, use_bad())
class SyncCM:
    def __enter__(self): pass
    def __exit__(self, *a): pass
async def use_sync():
    async with SyncCM(): pass
t(run, use_sync())
class BadEnter:
    def __aenter__(self): return 5
    async def __aexit__(self, *a): pass
async def use_badenter():
    async with BadEnter(): pass
t(run, use_badenter())


# async for
class AIter:
    def __init__(self, n): self.i, self.n = 0, n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.i >= self.n: raise StopAsyncIteration
        self.i += 1
        await Yield(("tick", self.i))
        return self.i
async def loop():
    out = []
    async for v in AIter(3):
        if v == 2: continue
        out.append(v)
    else: out.append("else")
    return out
print(run(loop()))
async def loop_break():
    async for v in AIter(3): break
    else: return "else"
    return v
print(run(loop_break()))
async def loop_bad():
    async for v in [1]: pass
t(run, loop_bad())
class BadAI:
    def __aiter__(self): return 5
async def loop_bad2():
    async for v in BadAI(): pass
t(run, loop_bad2())
class BadAN:
    def __aiter__(self): return self
    def __anext__(self): return 5
async def loop_bad3():
    async for v in BadAN(): pass
t(run, loop_bad3())


# async generators
async def agen(n):
    for i in range(n):
        await Yield(("in", i))
        got = yield i
        if got is not None: print("agen got", got)
async def consume():
    return [v async for v in agen(3)], {v async for v in agen(2)}, {v: v * 2 async for v in agen(2) if v}
print(run(consume()))
g = agen(2)
print(type(g).__name__, g.__name__, g.ag_running, repr(g).startswith("<async_generator object agen at 0x"), g.__aiter__() is g)
print(run(g.__anext__()), run(g.asend("S")))
t(run, g.__anext__())
t(run, g.__anext__())
async def afin():
    try:
        yield 1
        yield 2
    except ValueError as e: print("agen caught", e); yield "recovered"
    finally: print("agen finally")
g = afin(); print(run(g.__anext__()), run(g.athrow(ValueError("t")))); t(run, g.__anext__())
g = afin(); run(g.__anext__()); print(run(g.aclose())); t(run, g.__anext__())
g = afin(); print(run(g.aclose()))
t(run, agen(1).asend(5))
async def ret_agen():
    yield 1
    return
async def nested():
    return [[x async for x in agen(2)] for y in range(2)]
print(run(nested())[1])
async def genexp():
    ge = (x * 10 async for x in agen(3))
    return type(ge).__name__, [v async for v in ge]
print(run(genexp())[1])
async def awaitcomp():
    return [await Yield(i) for i in range(2)], {k: await Yield(k) for k in "a"}
print(run(awaitcomp(), [1, 2, 3]))
async def dele():
    async for v in agen(2): yield v * 100
async def use_dele(): return [v async for v in dele()]
print(run(use_dele())[1])
async def anext_default():
    g = agen(1)
    a = await anext(g)
    b = await anext(g, "default")
    return a, b
print(run(anext_default()))
t(lambda: aiter(5))
t(lambda: anext(5))
print(type(aiter(agen(1))).__name__)
async def agen_stop():
    yield 1
    raise StopAsyncIteration("inner")
g = agen_stop(); run(g.__anext__()); t(run, g.__anext__())
async def ignore_exit():
    try: yield 1
    except GeneratorExit: yield 2
g = ignore_exit(); run(g.__anext__()); t(run, g.aclose())
def plain_yield_from():
    yield from simple_gen_target
simple_gen_target = simple()
t(next, plain_yield_from())
simple_gen_target.close()
class A:
    async def method(self): return self.__class__.__name__
    @classmethod
    async def cm(cls): return cls.__name__
    @staticmethod
    async def sm(): return "sm"
print(run(A().method()), run(A.cm()), run(A.sm()))
async def deep(n): return n if n == 0 else await deep(n - 1)
print(run(deep(100)))
async def lam(): return (lambda: 5)()
print(run(lam()))
import sys
async def excinfo():
    try: raise KeyError("in coro")
    except KeyError:
        await Yield(1)
        return repr(sys.exception())
c = excinfo()
c.send(None)
print(sys.exception())
t(c.send, None)
