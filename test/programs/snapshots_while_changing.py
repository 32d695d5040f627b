"""What CPython does in one step with a dict stays one step while other threads change it: list(d.items()), dict(d), set(d.keys()), ..."""
import threading

d = {}
done = False
failed = {}
operations = {
    "list": lambda: list(d),
    "keys": lambda: list(d.keys()),
    "values": lambda: list(d.values()),
    "items": lambda: list(d.items()),
    "tuple": lambda: tuple(d.items()),
    "sorted": lambda: sorted(d.items()),
    "dict": lambda: dict(d),
    "copy": lambda: d.copy(),
    "update": lambda: {}.update(d),
    "display": lambda: {**d},
    "set": lambda: set(d.keys()),
    "frozenset": lambda: frozenset(d.values()),
    "extend": lambda: [].extend(d.values()),
    "fromkeys": lambda: dict.fromkeys(d),
    "union": lambda: d.keys() | {1},
    "intersection": lambda: d.keys() & {1, 2, 3},
    "subset": lambda: d.keys() <= {1},
}


def change():
    i = 0
    while not done:
        d[i % 50] = i
        d.pop(i * 7 % 50, None)
        i += 1


def read():
    for _ in range(200):
        for name, operation in operations.items():
            try:
                operation()
            except RuntimeError as e:
                failed[name] = str(e)


writers = [threading.Thread(target=change) for _ in range(2)]
readers = [threading.Thread(target=read) for _ in range(2)]
for t in writers + readers:
    t.start()
for t in readers:
    t.join()
done = True
for t in writers:
    t.join()
print(failed)
