# sys.set_asyncgen_hooks: who iterates an asynchronous generator, and which are dropped before their end.
import gc
import sys
import threading


class Step:
    def __await__(self):
        yield 'step'


async def numbers(n):
    try:
        for i in range(n):
            await Step()
            yield i
    finally:
        print('numbers', n, 'closed')


async def plain():
    yield 1
    yield 2


def drive(awaitable):
    steps = 0
    it = awaitable.__await__()
    try:
        while True:
            next(it)
            steps += 1
    except StopIteration as stop:
        return stop.value, steps


print(sys.get_asyncgen_hooks(), type(sys.get_asyncgen_hooks()).__name__)
alive = []


def firstiter(g):
    print('first', g.__name__, g.ag_running, g.ag_frame is not None)


def finalizer(g):
    print('final', g.__name__)
    alive.append(g)


sys.set_asyncgen_hooks(firstiter=firstiter)
print([f and f.__name__ for f in sys.get_asyncgen_hooks()])
sys.set_asyncgen_hooks(finalizer=finalizer)
print([f and f.__name__ for f in sys.get_asyncgen_hooks()], sys.get_asyncgen_hooks().finalizer is finalizer)


def dropped(make, count):
    g = make()
    for _ in range(count):
        print(drive(g.__anext__()))


dropped(lambda: numbers(3), 2)
gc.collect()
print('closing', [g.__name__ for g in alive])
print(drive(alive.pop().aclose()))
dropped(plain, 1)
gc.collect()
print('closing', [g.__name__ for g in alive])
print(drive(alive.pop().aclose()))

# Never iterated: nobody hears of it. Iterated to the end: no finalizer. Each generator is told once.
dropped(lambda: numbers(1), 0)


def to_the_end():
    g = numbers(1)
    print(drive(g.asend(None)))
    try:
        drive(g.__anext__())
    except StopAsyncIteration:
        print('ended')


to_the_end()
gc.collect()
print('alive', alive)


def closed():
    g = plain()
    print(drive(g.aclose()))


closed()
gc.collect()


async def loop():
    async for i in numbers(2):
        print('loop', i)
    return [i async for i in plain()]


print(drive(loop()))


def thrown():
    g = plain()
    try:
        drive(g.athrow(ValueError('in')))
    except ValueError as e:
        print('thrown', e)


thrown()


# A generator keeps the finalizer of its first iteration.
def early():
    g = plain()
    drive(g.__anext__())
    sys.set_asyncgen_hooks(finalizer=None, firstiter=None)
    print(sys.get_asyncgen_hooks() == (None, None))


early()
gc.collect()
print('kept', [g.__name__ for g in alive])
drive(alive.pop().aclose())


def late():
    g = plain()
    sys.set_asyncgen_hooks(firstiter, finalizer)
    drive(g.__anext__())


late()
gc.collect()
print('late', [g.__name__ for g in alive])
drive(alive.pop().aclose())

# Each thread has its own.
t = threading.Thread(target=lambda: print('thread', sys.get_asyncgen_hooks()))
t.start()
t.join()


def failing(g):
    raise LookupError('no ' + g.__name__)


sys.set_asyncgen_hooks(failing, failing)
g = plain()
try:
    g.__anext__()
except LookupError as e:
    print('LookupError', e)
print(drive(g.__anext__()))
sys.unraisablehook = lambda u: print('unraisable', u.exc_type.__name__, u.exc_value, (u.err_msg or '').split(' <')[0])
del g
gc.collect()
sys.set_asyncgen_hooks(None, None)
for bad in ({'firstiter': 1}, {'finalizer': 'x'}, {'firstiter': 1, 'finalizer': 2}):
    try:
        sys.set_asyncgen_hooks(**bad)
    except TypeError as e:
        print('TypeError', e)
print(type(sys.get_asyncgen_hooks()), type(sys.get_asyncgen_hooks())((1, 2)))
