import _thread
import time


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


def nothing():
    pass


print(shown(_thread.start_new_thread, 3, ()))
print(shown(_thread.start_new_thread, nothing, 3))
print(shown(_thread.start_new_thread, nothing, (), 4))
print(shown(_thread.start_joinable_thread, 4))
print(shown(_thread.start_joinable_thread, nothing, handle=4))
handle = _thread._ThreadHandle()
print(handle.ident, handle.is_done(), shown(handle.join), shown(handle._set_done))
gate = _thread.allocate_lock()
gate.acquire()
print(_thread.start_joinable_thread(gate.acquire, handle=handle) is handle)
print(shown(_thread.start_joinable_thread, nothing, handle=handle))
print(handle.is_done(), handle.join(0.01), handle.join(0), handle.is_done(), handle.ident != 0)
gate.release()
print(handle.join(), handle.join(), handle.is_done())
print(shown(handle.join, 'x'))

own = _thread._ThreadHandle()
_thread.start_joinable_thread(lambda: print(shown(own.join)), handle=own)
own.join()

idents = set()
handles = [_thread.start_joinable_thread(lambda: (time.sleep(0.05), idents.add(_thread.get_ident()))) for _ in range(8)]
for h in handles:
    h.join()
print(len(idents), _thread.get_ident() in idents, _thread.get_ident() == _thread._get_main_thread_ident())

# Arguments reach the function whatever it is.
out = []


class Callable:
    def __call__(self, *args, **kwargs):
        out.append((args, kwargs))
        gate.release()

    def method(self, *args, **kwargs):
        self(*args, **kwargs)


c = Callable()
for f in (c, c.method, lambda *a, **k: c(*a, **k)):
    _thread.start_new_thread(f, (1, 2), {'x': 3})
    gate.acquire()
print(out)


def many(*args):
    out.append(sum(args))
    gate.release()


_thread.start_new_thread(many, tuple(range(200)))
gate.acquire()
print(out[-1])

# exit() ends one thread.
seen = []


def leaves():
    seen.append(1)
    _thread.exit()
    seen.append(2)


h = _thread.start_joinable_thread(leaves)
h.join()
print(seen)
print(_thread.stack_size(), _thread.stack_size(262144), _thread.stack_size(0), shown(_thread.stack_size, -1))
print(shown(_thread.interrupt_main, 100), _thread.daemon_threads_allowed(), _thread.TIMEOUT_MAX)
