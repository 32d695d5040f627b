import _thread
import time


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


lock = _thread.allocate_lock()
print(lock.locked(), lock.acquire(), lock.locked())
print(lock.acquire(False), lock.acquire(blocking=False), lock.acquire(timeout=0.01), lock.acquire(True, 0.01))
print(lock.release(), lock.locked())
print(shown(lock.release))
print(shown(lock.acquire, False, 1))
print(shown(lock.acquire, timeout=-2))
print(shown(lock.acquire, timeout=1e12))
print(shown(lock.acquire, timeout='x'))
print(shown(lock.acquire, timeout=float('nan')))
with lock as entered:
    print(entered, lock.locked())
print(lock.locked(), _thread.LockType is _thread.lock is type(lock))
print(repr(lock).split(' at ')[0])

rlock = _thread.RLock()
print(rlock.acquire(), rlock.acquire(), rlock._recursion_count(), rlock._is_owned())
saved = rlock._release_save()
print(saved[0], rlock._is_owned(), rlock.locked())
rlock._acquire_restore(saved)
print(rlock._recursion_count(), rlock.release(), rlock.release(), rlock.locked())
print(shown(rlock.release))
print(shown(rlock._release_save))

# A lock may be released by another thread; an RLock may not.
lock.acquire()
_thread.start_new_thread(lock.release, ())
print(lock.acquire(timeout=10))
rlock.acquire()
results = []
handle = _thread.start_joinable_thread(lambda: results.extend([shown(rlock.release), rlock.acquire(False)]))
handle.join()
print(results)

# Many threads, one counter.
count = 0
done = []


def add(n):
    global count
    for _ in range(n):
        with lock:
            seen = count
            if n % 3 == 0:
                time.sleep(0)
            count = seen + 1
    done.append(n)


lock.release()
handles = [_thread.start_joinable_thread(lambda n=n: add(n)) for n in range(100, 120)]
for handle in handles:
    handle.join()
print(count == sum(range(100, 120)), sorted(done) == list(range(100, 120)))
