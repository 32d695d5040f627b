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


# Event
event = threading.Event()
woken = []


def wait():
    woken.append(event.wait(30))


def fire():
    time.sleep(0.02)
    event.set()


run(*[wait] * 5, fire)
print(woken, event.is_set(), event.wait(0), event.clear(), event.wait(0.01))

# Condition
condition = threading.Condition()
items = []
taken = []


def consume():
    with condition:
        while not items:
            condition.wait()
        taken.append(items.pop(0))


def produce():
    for i in range(4):
        time.sleep(0.005)
        with condition:
            items.append(i)
            condition.notify()


run(*[consume] * 4, produce)
print(sorted(taken), items)
with condition:
    print(condition.wait(0.01), condition.wait_for(lambda: False, timeout=0.01), condition.wait_for(lambda: 7))
print(shown(condition.notify), shown(condition.wait), shown(condition.release))
state = {'n': 0}


def counted(k):
    def turn():
        with condition:
            condition.wait_for(lambda: state['n'] == k)
            state['n'] += 1
            taken.append(k)
            condition.notify_all()
    return turn


taken.clear()
run(*[counted(k) for k in reversed(range(10))])
print(taken)

# Condition on an RLock taken more than once
rlock = threading.RLock()
owned = threading.Condition(rlock)


def notifier():
    with owned:
        owned.notify()


with owned:
    with owned:
        t = threading.Thread(target=notifier)
        t.start()
        print(owned.wait(30))
t.join()

# Semaphores
semaphore = threading.Semaphore(3)
lock = threading.Lock()
inside = 0
most = 0


def limited():
    global inside, most
    with semaphore:
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.005)
        with lock:
            inside -= 1


run(*[limited] * 12)
print(inside, most <= 3, semaphore.acquire(timeout=0.01), semaphore.acquire(False), semaphore.release(2))
bounded = threading.BoundedSemaphore(1)
print(bounded.acquire(), bounded.acquire(blocking=False), bounded.release(), shown(bounded.release))
print(shown(threading.Semaphore, -1))

# Barrier
barrier = threading.Barrier(4, action=lambda: results.append('action'))
results = []


def meet():
    for round in range(3):
        barrier.wait()
        with lock:
            results.append(round)
        barrier.wait()


run(*[meet] * 4)
print(results)
broken = []


def breaks():
    broken.append(shown(barrier.wait, 0.02).split(':')[0])


run(breaks, breaks)
print(broken, barrier.broken, barrier.reset(), barrier.broken, barrier.n_waiting, barrier.parties)

# Timer
fired = []
timer = threading.Timer(0.01, fired.append, args=('fired',))
cancelled = threading.Timer(30, fired.append, args=('not',))
timer.start()
cancelled.start()
cancelled.cancel()
timer.join()
cancelled.join()
print(fired)

# local
data = threading.local()
data.x = 'main'
others = []


def own(k):
    def f():
        others.append((hasattr(data, 'x'), k))
        data.x = k
        time.sleep(0.002)
        others.append((data.x, k))
    return f


run(*[own(k) for k in range(5)])
print(sorted(others, key=str), data.x)

# A lock is not lost, whatever the order
total = 0
chain = [threading.Lock() for _ in range(4)]


def many():
    global total
    for i in range(300):
        with chain[i % 4]:
            with lock:
                total += 1


run(*[many] * 6)
print(total, any(l.locked() for l in chain))
