# Finalizers run once each, in threads at the same time, with generators that are dropped beside them.
import threading, gc
count = [0]*4
class D:
    def __init__(s, i): s.i = i
    def __del__(s): count[s.i] += 1
def g():
    try:
        yield 1
    finally: pass
def work(i):
    keep = []
    for k in range(300):
        d = D(i); h = [D(i)]; keep.append((k,)); x = g(); next(x)
        if k % 50 == 0: keep.append(D(i))
def run(i):
    for _ in range(3): work(i)
ts = [threading.Thread(target=run, args=(i,)) for i in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]
gc.collect(); gc.collect()
print(count)
