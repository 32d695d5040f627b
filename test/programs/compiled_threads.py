"""Threads that run the same compiled code, wait in it, and change what it relies on."""
import threading
import time


class Counter:
    def __init__(self):
        self.lock = threading.Lock()
        self.total = 0

    def add(self, n):
        for i in range(n):
            with self.lock:
                self.total += i & 1


def work(counter, n, out):
    counter.add(n)
    out.append(sum(square(i) for i in range(100)))


def square(x):
    return x * x


counter, out = Counter(), []
threads = [threading.Thread(target=work, args=(counter, 2000, out)) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(counter.total, out)


def sleeps(n, log):
    for i in range(n):
        if i % 500 == 0:
            time.sleep(0.001)
        log.append(i)
    return len(log)


logs = [[] for _ in range(3)]
threads = [threading.Thread(target=sleeps, args=(1000, log)) for log in logs]
for t in threads:
    t.start()
for t in threads:
    t.join()
print([len(log) for log in logs], all(log == list(range(1000)) for log in logs))

stop = False
begun = threading.Event()


def spins():
    n = 0
    while not stop:
        n += 1
        if n == 1000:
            begun.set()
    return n


t = threading.Thread(target=lambda: out.append(spins() >= 1000))
t.start()
begun.wait()
time.sleep(0.05)
stop = True
t.join()
print(out[-1])


class Shared:
    def __init__(self):
        self.items = []
        self.value = 0


def fills(shared, k):
    for i in range(1000):
        shared.items.append((k, i))
        shared.value = (k, i)
        shared.last = [k, i]


shared = Shared()
threads = [threading.Thread(target=fills, args=(shared, k)) for k in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared.items), sorted(shared.items) == [(k, i) for k in range(4) for i in range(1000)], shared.value[1], shared.last[1])


def build(depth):
    return (build(depth - 1), build(depth - 1)) if depth else ()


def count(tree):
    return 1 + sum(count(t) for t in tree)


sizes = []
threads = [threading.Thread(target=lambda: sizes.append(count(build(9)))) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sizes)
