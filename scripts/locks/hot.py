# What the hot paths do: calls, containers, allocation. hot.py THREADS ROUNDS [shared]: that many threads do all of it ROUNDS times,
# each with objects of its own, and one deque and one queue that all share; `shared` lets them all append to one list, which takes its lock.
import sys
from _collections import deque
from _queue import SimpleQueue
from _thread import start_joinable_thread


ring, queue = deque(maxlen=20), SimpleQueue()


class Node:
    __slots__ = ('value', 'next')

    def __init__(self, value, next):
        self.value = value
        self.next = next


class Counter:
    def __init__(self):
        self.seen = {}
        self.total = 0

    def add(self, key):
        self.seen[key] = self.seen.get(key, 0) + 1
        self.total += 1


def fib(n, *, step=1):
    return n if n < 2 else fib(n - step) + fib(n - 2)


def pairs(n):
    for i in range(n):
        yield i, str(i)


def containers(n):
    items, seen, waiting, table = [], set(), deque(), {}
    for i, text in pairs(n):
        items.append((i, text))
        seen.add(i % 97)
        waiting.append(i)
        table[i % 31] = [i]
        if len(waiting) > 50:
            waiting.popleft()
        if len(items) > 100:
            items.pop()
    items.sort()
    return len(items) + sum(sorted(seen)) + len(waiting) + len(table) + len({k: v for k, v in table.items()})


def allocation(n):
    head, counter = None, Counter()
    for i in range(n):
        head = Node(i * 1.5, head if i % 100 else None)
        counter.add(i % 13)
    return counter.total


def lock_free(i):
    ring.append(i)
    ring.appendleft(i)
    ring.rotate(1)
    if ring:
        try:
            ring.popleft()
        except IndexError:
            pass
    queue.put(i)
    return queue.get()


def work(rounds, shared):
    for i in range(rounds):
        fib(6)
        containers(60)
        allocation(60)
        lock_free(i)
        if shared is not None:
            shared.append(i)


def main(threads, rounds, shared):
    if threads == 0:
        return work(rounds, shared)
    handles = [start_joinable_thread(lambda: work(rounds, shared)) for _ in range(threads)]
    for handle in handles:
        handle.join()


main(int(sys.argv[1]), int(sys.argv[2]), [] if sys.argv[3:] else None)
