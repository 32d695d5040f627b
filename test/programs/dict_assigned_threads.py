"""Threads that read, write and delete attributes of an object while others assign dicts to its __dict__."""
import threading

ROUNDS = 3000


class Shared:
    kind = "class"

    def method(self):
        return "method"


shared = Shared()
shared.value = 0
dicts = [{"value": n, "method": None} for n in range(4)]
wrong = []


def assign(n):
    for i in range(ROUNDS):
        shared.__dict__ = dicts[(i + n) % 4]
        if i % 3 == 0:
            del shared.__dict__


def use(n):
    for i in range(ROUNDS):
        shared.value = i
        value = getattr(shared, "value", 0)
        if type(value) is not int:
            wrong.append(value)
        if shared.kind != "class":
            wrong.append(shared.kind)
        method = shared.method
        if method is not None and method() != "method":
            wrong.append(method)
        setattr(shared, f"own{n}", i)
        fresh = Shared()
        fresh.__dict__[i] = i
        for key, item in list(vars(shared).items()):
            if key != "method" and type(item) is not int:
                wrong.append((key, item))


threads = [threading.Thread(target=f, args=(n,)) for n in range(2) for f in (assign, use)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(wrong)
shared.__dict__ = {"last": 1}
print(vars(shared), shared.last, shared.kind, shared.method())
