# Context.run lets the thread park in what it calls, and leaves the context however that ends.
import _contextvars
import _thread
import time

var = _contextvars.ContextVar('var', default='none')


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


context = _contextvars.copy_context()


class Box:
    def __init__(self):
        self.seen = []

    def method(self, *args, **kwargs):
        var.set('in method')
        time.sleep(0.01)
        self.seen.append((args, kwargs, var.get()))
        return self


box = Box()
print(context.run(box.method, 1, 2, x=3) is box, box.seen, var.get(), context[var])
print(context.run(lambda: var.get()), context.run(len, 'abc'), context.run(str), context.run(*[max, 1, 2]))


def fails():
    var.set('failed')
    raise ValueError('x')


print(shown(context.run, fails), shown(lambda: context.run(fails)), var.get(), context[var])
print(shown(context.run), shown(context.run, 3), shown(lambda: context.run(lambda: 1, 2)))


def nested():
    return shown(context.run, lambda: 1).partition(':')[0]


print(context.run(nested), context.run(lambda: 'again'))


def generator():
    yield var.get()
    yield 2


print(list(context.run(generator)))
run = context.run
print(run(box.method) is box)

lock = _thread.allocate_lock()
lock.acquire()
results = []


def work(k):
    var.set(k)
    with lock:
        results.append(var.get())


handles = []
for k in range(5):
    own = _contextvars.copy_context()
    handles.append(_thread.start_joinable_thread(lambda own=own, k=k: own.run(work, k)))
time.sleep(0.02)
lock.release()
for h in handles:
    h.join()
print(sorted(results), var.get())
