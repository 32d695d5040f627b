# Finalizers that a collection runs: once, with what they reach alive, after weak references are cleared.
import gc
import weakref


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def make():
    Noisy("local")


make()
gc.collect()

pair = [Noisy("first"), Noisy("second")]
pair[0].other = pair[1]
pair[1].other = pair[0]
del pair
gc.collect()
print("cycle done")


class Lazarus:
    kept = []

    def __del__(self):
        Lazarus.kept.append(self)
        print("resurrected")


Lazarus()
gc.collect()
print(len(Lazarus.kept), type(Lazarus.kept[0]).__name__)
Lazarus.kept.clear()
gc.collect()
print("not again")


class Watched:
    def __del__(self):
        print("reference is", type(watch()).__name__)


w = Watched()
watch = weakref.ref(w)
del w
gc.collect()


class Derived(Noisy):
    pass


d = Derived("derived")
d = None
gc.collect()


class Late:
    pass


Late.__del__ = lambda self: print("late")
x = Late()
del x
gc.collect()


class Reuse:
    def __del__(self):
        made.append(Noisy("made by a finalizer"))


made = []
Reuse()
gc.collect()
print(len(made))
made.clear()
gc.collect()

last = Noisy("at the end")
print("end")
