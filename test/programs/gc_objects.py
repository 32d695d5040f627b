# What gc shows of the heap: tracked objects, referents, referrers, thresholds, callbacks.
import gc


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


class A:
    pass


class D:
    def __del__(self):
        kept.append(self)


kept = []
for args in [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ("x",)]:
    attempt(gc.set_threshold, *args)
print(gc.get_threshold()[:2])
gc.set_threshold(2000, 10)
for value in [None, 1, 1.5, "s", b"", [], (), (1,), ([],), {}, {"a": []}, set(), A, A(), len, print, int, gc, object()]:
    print(type(value).__name__, gc.is_tracked(value))

print(gc.is_finalized(A()), gc.is_finalized(3))
d = D()
print(gc.is_finalized(d))
del d
gc.collect()
print(gc.is_finalized(kept[0]))

inner = [2]
l = [1, inner, "x"]
t = (l, "y")
dict_ = {"k": l}
a = A()
a.x = l
print(gc.get_referents(l), gc.get_referents(t), gc.get_referents(dict_), gc.get_referents(), gc.get_referents(1, "a"))
print(gc.get_referents({1: l, (2,): None}))
print([type(x).__name__ for x in gc.get_referents(a)])
found = gc.get_referrers(l)
print(any(x is t for x in found), any(x is dict_ for x in found), any(x is a for x in found))
print(any(x is l for x in gc.get_referrers(inner)), gc.get_referrers())
objects = gc.get_objects()
print(type(objects).__name__, any(x is l for x in objects), any(x is a for x in objects), any(x is objects for x in objects))
print(any(type(x) in (str, int, bytes, float) for x in objects))
for generation in [None, 0, 1, 2, -1]:
    print(type(gc.get_objects(generation)).__name__)
attempt(gc.get_objects, 3)
attempt(gc.get_objects, "x")


def callback(phase, info):
    print(phase, sorted(info), info["generation"])


gc.callbacks.append(callback)
gc.collect(1)
gc.callbacks.remove(callback)
print(gc.freeze(), gc.unfreeze(), gc.get_freeze_count())
