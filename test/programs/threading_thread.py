import threading
import time


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


results = []
t = threading.Thread(target=lambda *a, **k: results.append((a, k)), args=(1, 2), kwargs={'x': 3})
print(t.name, t.daemon, t.is_alive(), t.ident, shown(t.join))
t.start()
t.join()
print(results, t.is_alive(), t.ident is None, shown(t.start))
print(shown(threading.current_thread().join), shown(threading.Thread, 1))

seen = []


class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__(name=f'worker-{n}')
        self.n = n

    def run(self):
        me = threading.current_thread()
        seen.append((self.n, me is self, me.name, me.ident == threading.get_ident(), me in threading.enumerate()))


workers = [Worker(n) for n in range(5)]
for w in workers:
    w.start()
for w in workers:
    w.join(timeout=30)
print(sorted(seen))
print(threading.active_count(), [t.name for t in threading.enumerate()])
main = threading.main_thread()
print(main is threading.current_thread(), main.name, main.daemon, main.is_alive(), main.ident == threading.get_ident())

gate = threading.Event()
blocked = threading.Thread(target=gate.wait, daemon=True)
blocked.start()
print(blocked.is_alive(), blocked.join(0.02), blocked.is_alive(), blocked.daemon)
print(shown(setattr, blocked, 'daemon', False))
print(repr(blocked).startswith('<Thread(Thread-'), repr(blocked).split(',')[1].split()[0:2])
gate.set()
blocked.join()
print(blocked.is_alive(), repr(blocked).split(',')[1].split()[0:2])


def nested(depth):
    if depth:
        t = threading.Thread(target=nested, args=(depth - 1,))
        t.start()
        t.join()
    results.append(depth)


results.clear()
nested(8)
print(results)

# Recursion and its limit are each thread's own.
depths = []


def deep(n):
    depths.append(n)
    deep(n + 1)


def until_limit():
    try:
        deep(0)
    except RecursionError:
        pass


threads = [threading.Thread(target=until_limit) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(depths.count(0), depths.count(900))


def fifty(pause):
    start = time.monotonic()
    threads = [threading.Thread(target=time.sleep, args=(pause,)) for _ in range(50)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return time.monotonic() - start


# One after the other they would take 50 pauses; the pause is longer where starting threads is slow.
pause = max(0.1, fifty(0) / 10)
print(fifty(pause) < 40 * pause)
