# One deque, many threads at both ends: no item is lost, none comes twice, and what one thread added keeps its order.
import threading
from collections import deque

N = 1500
PRODUCERS = 3


def produce(d, who, left):
    add = d.appendleft if left else d.append
    for i in range(N):
        add((who, i))


def consume(d, take, got, done):
    while True:
        try:
            got.append(take())
        except IndexError:
            if done.is_set() and not d:
                return


def run(left, takes):
    d, done = deque(), threading.Event()
    gots = [[] for _ in takes]
    producers = [threading.Thread(target=produce, args=(d, w, left)) for w in range(PRODUCERS)]
    consumers = [
        threading.Thread(target=consume, args=(d, getattr(d, t), g, done)) for t, g in zip(takes, gots)
    ]
    for t in consumers + producers:
        t.start()
    for t in producers:
        t.join()
    done.set()
    for t in consumers:
        t.join()
    every = [item for g in gots for item in g]
    print(len(every), len(set(every)), len(d), sep=" ")
    return gots


def in_order(got):
    for w in range(PRODUCERS):
        mine = [i for who, i in got if who == w]
        if mine != sorted(mine):
            return False
    return True


# First in, first out, from either end.
print(all(in_order(g) for g in run(False, ["popleft", "popleft"])))
print(all(in_order(g) for g in run(True, ["pop", "pop"])))
run(False, ["popleft", "pop"])
run(True, ["popleft", "pop"])

# A bound holds at every moment.
d = deque(maxlen=10)
threads = [threading.Thread(target=produce, args=(d, w, w % 2 == 0)) for w in range(3)]
most = 0
for t in threads:
    t.start()
while any(t.is_alive() for t in threads):
    most = max(most, len(d), len(list(d.copy())))
for t in threads:
    t.join()
print(most <= 10, len(d))


# Rotating and reversing keep the items; so do reading and assigning.
d = deque(range(50))
stop = threading.Event()


def turn():
    for i in range(300):
        d.rotate(i % 7 - 3)
        if i % 50 == 0:
            d.reverse()
    stop.set()


def look():
    while not stop.is_set():
        assert sorted(d.copy()) == list(range(50))
        assert d[0] in range(50) and d[-1] in range(50) and d[25] in range(50)
        try:
            assert len([x for x in d]) == 50
        except RuntimeError as e:
            assert str(e) == "deque mutated during iteration", e


threads = [threading.Thread(target=look), threading.Thread(target=turn), threading.Thread(target=look)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(d) == list(range(50)))

# insert, remove, del and extend from several threads.
d = deque()


def edit(who):
    for i in range(200):
        d.insert(len(d) // 2, (who, i))
        d.extend([(who, i, "x"), (who, i, "y")])
        try:
            d.remove((who, i))
        except IndexError as e:
            assert str(e) == "deque mutated during iteration", e
            while True:
                try:
                    d.remove((who, i))
                    break
                except IndexError:
                    pass


threads = [threading.Thread(target=edit, args=(w,)) for w in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(d), len(set(d)), all(len(x) == 3 for x in d))
