# Objects with finalizers that a function keeps in objects of its own die at its return, also when it stores other objects for good.


class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)


log = []


def in_local_list():
    h = []
    h.append(D("in a local list"))
    log.append([2])
    return 5


print(in_local_list())


class Holder:
    def __init__(self):
        self.inner = D("of a holder")


def held(store):
    h = Holder()
    if store:
        log.append([3])
    return 7


print(held(True), held(False))


def sequences():
    a = [D("list 0"), D("list 1")]
    b = (D("tuple 0"), D("tuple 1"))
    c = {"k": D("dict k"), "l": D("dict l")}
    shared = D("shared")
    a.append(shared)
    b[0].x = shared
    print("sequences")


sequences()


class Cell:
    def __init__(self, d):
        self.d = d

    def swap(self, other):
        self.d, other.d = other.d, self.d


def swap():
    a, b = Cell(D("a")), Cell(D("b"))
    a.swap(b)
    log.append([a.d.n])
    print("swapped", a.d.n, b.d.n)


swap()



class Pool:
    kept = []

    def __init__(self):
        self.mine = []

    def keep(self, d):
        Pool.kept.append(d)
        self.mine.append(D("mine beside " + d.n))
        return d


def pool():
    p = Pool()
    p.keep(D("kept"))
    print("pooled")


Pool()  # the first instance makes the shapes
pool()
print(Pool.kept[0].n)


def late_escape():
    private = [D("escapes late")]
    log.append([4])
    holder = {"p": private}
    log.append(holder)
    return 1


print(late_escape(), log[-1]["p"][0].n)
Pool.kept.clear()
log.clear()
import gc

gc.collect()
