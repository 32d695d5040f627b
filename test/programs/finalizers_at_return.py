# Objects with finalizers die at the return of the function that made them, whatever it stored and returned meanwhile.
import gc
import os
import tempfile


class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)


log = []


def two():
    x = D("x")
    y = D("y")
    print("in two")


two()


def list_returned():
    x = D("beside a list")
    log.append([1])
    return [1, 2]


print(list_returned())


def kept():
    x = D("kept in a list")
    y = D("not kept")
    log.append({})
    return [x]


k = kept()
print("after kept", k[0].n)


def own_exception():
    x = D("beside an exception")
    try:
        1 / 0
    except ZeroDivisionError:
        log.append({})
    return 1


print(own_exception())


def closure():
    x = D("in a closure")

    def inner():
        return x

    return inner


fn = closure()
print("after closure", fn().n)


def nested():
    x = D("outer")
    x.inner = D("inner")
    x.inner2 = D("inner2")
    print("nested")


nested()


def write(path):
    f = open(path, "w")
    f.write("hello")
    log.append([1])
    return [1]


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "x")
    for _ in range(3):
        write(path)
        print(os.path.getsize(path))


def identity(o):
    return o


def chain():
    z = identity(D("through a call"))
    return 1


print(chain())


def build(n):
    return D("from below") if n == 0 else build(n - 1)


def from_below():
    d = build(5)
    print("in from_below")


from_below()


class Twice:
    count = 0

    def __del__(self):
        Twice.count += 1
        log.append(self)


def resurrect():
    t = Twice()
    t.data = [1, 2, 3]
    return None


resurrect()
print(Twice.count, log[-1].data)
log.clear()


def generator():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


def drop_generator():
    g = generator()
    return next(g)


print(drop_generator())


def pass_generator():
    g = generator()
    next(g)
    return g


g = pass_generator()
print("passed", next(g))
print(list(g))


def in_thread_of_calls(depth):
    d = D(depth)
    if depth:
        in_thread_of_calls(depth - 1)
    log.append([depth])
    return depth


in_thread_of_calls(3)
k.clear()
gc.collect()
del fn
gc.collect()
print("end")


class Again:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("again", self.n)
        return Again(self.n - 1) if self.n else None


def returned_by_a_finalizer():
    a = Again(3)
    return 1


print(returned_by_a_finalizer())
