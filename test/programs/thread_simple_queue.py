import _queue
import _thread
import time


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


q = _queue.SimpleQueue()
print(q.empty(), q.qsize(), shown(q.get_nowait), shown(q.get, False), shown(q.get, timeout=0.01))
print(shown(q.get, timeout=-1), shown(q.get, True, -1))
print(q.put(1), q.put('two', False), q.put_nowait([3]), q.put(None, timeout=1), q.qsize(), q.empty())
print(q.get(), q.get(False), q.get(True, 1), q.get_nowait(), q.qsize(), q.empty())
print(shown(_queue.SimpleQueue, 1), shown(_queue.SimpleQueue, a=1))
print(_queue.SimpleQueue[int])

# Consumers wait; what producers put comes out once, each producer's in order.
results = []
lock = _thread.allocate_lock()


def consume():
    own = []
    while True:
        item = q.get()
        if item is None:
            break
        own.append(item)
    with lock:
        results.append(own)


def produce(k, n):
    for i in range(n):
        q.put((k, i))
        if i % 50 == 0:
            time.sleep(0.001)


consumers = [_thread.start_joinable_thread(consume) for _ in range(4)]
producers = [_thread.start_joinable_thread(lambda k=k: produce(k, 500)) for k in range(3)]
for h in producers:
    h.join()
for _ in consumers:
    q.put(None)
for h in consumers:
    h.join()
print(sorted(x for own in results for x in own) == [(k, i) for k in range(3) for i in range(500)])
print(all([i for k2, i in own if k2 == k] == sorted(i for k2, i in own if k2 == k) for own in results for k in range(3)))
print(q.qsize(), q.empty())
