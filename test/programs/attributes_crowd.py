# Ever new names of attributes: instances of one class, one instance, from several threads, through __dict__.
import threading


class Record:
    pass


total = 0
for i in range(3000):
    r = Record()
    setattr(r, f'name{i}', i)
    r.after = i
    total += getattr(r, f'name{i}') + r.after
print(total, vars(r), r.__dict__ is r.__dict__, hasattr(r, 'name1'))
del r.after
print(vars(r), list(r.__dict__))
try:
    r.after
except AttributeError as e:
    print(e)


class Cache:
    limit = 5

    def __init__(self):
        self.hits = 0


c = Cache()
view = c.__dict__
for i in range(3000):
    setattr(c, f'key{i}', i)
    c.hits += 1
    if i >= 5:
        delattr(c, f'key{i - 5}')
print(c.hits, sorted(vars(c)), view is c.__dict__, view['key2999'], c.limit, len(view))
view['other'] = 1
c.limit = 6
print(c.other, view['limit'], Cache.limit)
d = Cache()
print(vars(d))
d.x = 1
print(vars(d), d.hits)
for i in range(3000):
    d.__dict__[f'entry{i}'] = i
print(len(vars(d)), d.entry2999, d.__dict__.pop('entry5'), hasattr(d, 'entry5'))


# One instance that several threads work on: no store is lost.
class Shared:
    pass


shared = Shared()
shared.counts = [0] * 4
for k in range(4):
    setattr(shared, f'own{k}', 0)


def work(k):
    for i in range(1200):
        setattr(shared, f'thread{k}_{i}', i)
        setattr(shared, f'own{k}', getattr(shared, f'own{k}') + 1)
        if getattr(shared, f'thread{k}_{i}') != i:
            shared.counts[k] += 1


threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(shared.counts, [getattr(shared, f'own{k}') for k in range(4)], len(vars(shared)))
print(all(getattr(shared, f'thread{k}_{i}') == i for k in range(4) for i in range(1200)))
