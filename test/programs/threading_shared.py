# Single operations on what threads share are atomic.
import collections
import itertools
import threading


def run(f, n=4):
    threads = [threading.Thread(target=f, args=(k,)) for k in range(n)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


class Plain:
    pass


for _ in range(20):
    objects = [Plain() for _ in range(10)]
    barrier = threading.Barrier(4)

    def attributes(k):
        barrier.wait()
        for o in objects:
            for i in range(8):
                setattr(o, f'a{k}_{i}', (k, i))

    run(attributes)
    wrong = [o for o in objects for k in range(4) for i in range(8) if getattr(o, f'a{k}_{i}', None) != (k, i)]
    if wrong:
        print('attributes are lost')
print(len(objects[0].__dict__))

items = []
run(lambda k: [items.append((k, i)) for i in range(500)])
print(sorted(items) == [(k, i) for k in range(4) for i in range(500)])
taken = [[] for _ in range(4)]


def takes(k):
    try:
        while True:
            taken[k].append(items.pop())
    except IndexError:
        pass


run(takes)
print(sorted(sum(taken, [])) == [(k, i) for k in range(4) for i in range(500)], items)

d = {}
run(lambda k: [d.setdefault(i, k) for i in range(500)])
print(list(sorted(d)) == list(range(500)))
firsts = [[] for _ in range(4)]
run(lambda k: [firsts[k].append(i) for i in range(500) if d.pop(i, None) is not None])
print(sorted(sum(firsts, [])) == list(range(500)), d)

s = set()
run(lambda k: [s.add(i % 100 * 4 + k) for i in range(500)])
print(len(s))
queue = collections.deque()
run(lambda k: [queue.append(i) if i % 2 else queue.appendleft(i) for i in range(500)])
print(len(queue), sum(queue) == 4 * sum(range(500)))

count = itertools.count()
numbers = [[] for _ in range(4)]
run(lambda k: [numbers[k].append(next(count)) for _ in range(500)])
print(sorted(sum(numbers, [])) == list(range(2000)))


def generate():
    for i in range(500):
        yield i


generator = generate()
got = [[] for _ in range(4)]


def pull(k):
    while True:
        try:
            got[k].append(next(generator))
        except StopIteration:
            break
        except ValueError as e:
            if str(e) != 'generator already executing':
                raise


run(pull)
print(sorted(sum(got, [])) == list(range(500)))
text = []
run(lambda k: text.extend('x' * 100))
print(len(text))


def grow(k):
    for i in range(1500):
        queue.append(i) if i % 2 else queue.appendleft(i)
        items.append(k)


# Containers that all threads grow: one may copy what others have added since it looked.
for _ in range(8):
    queue = collections.deque()
    items = []
    run(grow, 6)
    if len(queue) != 9000 or len(items) != 9000:
        print('lost while growing', len(queue), len(items))
