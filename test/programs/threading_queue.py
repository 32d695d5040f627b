import queue
import threading
import time


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


def run(*functions):
    threads = [threading.Thread(target=f) for f in functions]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
    q = kind(maxsize=4)
    got = []
    lock = threading.Lock()

    def produce(base):
        for i in range(50):
            q.put(base + i)

    def consume():
        while True:
            item = q.get()
            if item < 0:
                break
            with lock:
                got.append(item)
            q.task_done()

    consumers = [threading.Thread(target=consume) for _ in range(3)]
    for c in consumers:
        c.start()
    run(lambda: produce(0), lambda: produce(1000))
    q.join()
    print(kind.__name__, sorted(got) == [*range(50), *range(1000, 1050)], q.empty(), q.qsize())
    for _ in consumers:
        q.put(-1)
    for c in consumers:
        c.join()

q = queue.Queue(1)
print(shown(q.get_nowait), shown(q.get, timeout=0.01), q.put(1), shown(q.put_nowait, 2), shown(q.put, 2, timeout=0.01))
print(q.full(), q.get(), q.full(), shown(q.task_done), shown(q.task_done))
q = queue.Queue()
waiting = []
t = threading.Thread(target=lambda: waiting.append(shown(q.get)))
t.start()
time.sleep(0.02)
q.shutdown()
t.join()
print(waiting, shown(q.put, 1))


# A pipeline of stages over queues
def stage(source, target, f):
    while (item := source.get()) is not None:
        target.put(f(item))
    target.put(None)


queues = [queue.Queue(8) for _ in range(4)]
functions = [lambda x: x + 1, lambda x: x * 2, str]
stages = [threading.Thread(target=stage, args=(queues[i], queues[i + 1], f)) for i, f in enumerate(functions)]
for s in stages:
    s.start()


def feed():
    for i in range(200):
        queues[0].put(i)
    queues[0].put(None)


feeder = threading.Thread(target=feed)
feeder.start()
out = list(iter(queues[-1].get, None))
for t in (feeder, *stages):
    t.join()
print(out == [str((i + 1) * 2) for i in range(200)])
