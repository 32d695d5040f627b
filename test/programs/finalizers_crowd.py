# What has a finalizer dies at the return that drops it, also beside more objects than are looked at one by one.
class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)


def beside_what_is_returned():
    a = D("a")
    b = D("b")
    return [[i] for i in range(120_000)]


print(len(beside_what_is_returned()))


def beside_what_is_dropped():
    c = D("c")
    keep = [[i] for i in range(120_000)]
    return len(keep)


print(beside_what_is_dropped())


def returned_with_it():
    d = D("d")
    return [d, [[i] for i in range(120_000)]]


kept = returned_with_it()
print("kept", kept[0].n)
kept.clear()
import gc

gc.collect()
print("end")
