# Nobody finds an object by a weak reference after its finalizer has run.
import gc
import weakref


class Node:
    closed = False

    def __init__(self):
        self.me = self

    def __del__(self):
        self.closed = True
        log.append('del')


log = []
cache = weakref.WeakValueDictionary()
name = 'node'
node = Node()
cache[name] = node
ref = weakref.ref(node, lambda r: log.append(r() is None))
del node
gc.collect()
print(len(log), log.count(True), ref(), list(cache))


class Back:
    def __init__(self):
        self.me = self

    def __del__(self):
        global kept
        kept = self


# One that comes back has lost its references.
back = Back()
ref = weakref.ref(back)
one = weakref.proxy(back)
del back
gc.collect()
print(ref(), kept.me is kept)
try:
    one.me
except ReferenceError as e:
    print(e)
again = weakref.ref(kept)
print(again() is kept, again is ref)


# A loop in which collections come by themselves.
found = 0


class Entry:
    closed = False

    def __init__(self):
        self.me = self

    def __del__(self):
        self.closed = True


entries = weakref.WeakValueDictionary()
for i in range(60000):
    entries[i % 100] = Entry()
    entry = entries.get(i * 7 % 100)
    found += entry is not None and entry.closed
    entry = None
    if i % 10 == 0:
        x = [[] for _ in range(60)]
        x.append(x)
print('closed entries found:', found)
