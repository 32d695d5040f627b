# Threads that block within built-in functions, which keep their carrier: others go on meanwhile.
import _thread
import time

lock = _thread.allocate_lock()
lock.acquire()


def later():
    time.sleep(0.05)
    lock.release()


class Waits:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        lock.acquire()
        _thread.start_new_thread(later, ())
        return self.n < other.n

    def __eq__(self, other):
        time.sleep(0.01)
        return self.n == other.n

    def __hash__(self):
        return 1


_thread.start_new_thread(later, ())
print(max([1, 2], key=lambda x: (lock.acquire(), _thread.start_new_thread(later, ()), x)[2]))
print([w.n for w in sorted([Waits(3), Waits(1), Waits(2)])])
print(len({Waits(1), Waits(2), Waits(1)}))
print(list(map(lambda x: lock.acquire() and lock.release() is None and x, 'abc')))

results = []


def pinned(k):
    results.extend(sorted([k], key=lambda x: time.sleep(0.02)))


handles = [_thread.start_joinable_thread(lambda k=k: pinned(k)) for k in range(6)]
for h in handles:
    h.join()
print(sorted(results))
