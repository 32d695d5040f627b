"""Loops at the top of a module, whose variables are its globals; names that come, go and change while the loop runs."""
import threading

i = 0
total = 0
while i < 20_000:
    if i % 3 == 0:
        total += i
    i += 1
print(total)

# A builtin's name gets a global of that name, and loses it again.
seen = []
for k in range(9_000):
    if k == 4_000:
        len = lambda x: 42
    elif k == 8_000:
        del len
    seen.append(len("abc"))
print(seen.count(3), seen.count(42))

# The table of globals grows under a loop that has places in it.
counter = 0
for k in range(6_000):
    counter += 1
    if k % 50 == 0:
        globals()[f"grown_{k}"] = [k]
    if k % 100 == 0 and k > 0:
        del globals()[f"grown_{k - 100}"]
print(counter, sum(1 for name in globals() if name.startswith("grown_")))

# A name that is deleted and bound again; what is bound are floats, strings, lists and cycles of lists.
kinds = {}
for k in range(8_000):
    value = (k, k * 0.5, str(k), [k], None)[k % 5]
    box = [value]
    box.append(box)
    if k % 7 == 0:
        del value
        value = "again"
    kinds[type(value).__name__] = kinds.get(type(value).__name__, 0) + 1
print(kinds, box[0], box[1] is box)

missing = 0
for k in range(5_000):
    if k % 1000 == 999:
        del total
    try:
        total = total + 1
    except NameError as error:
        missing += 1
        total = 0
        message = str(error)
print(missing, total, message)

# Names of a class's body and of exec with two dicts are no globals.
hidden = 1
source = """
n = 0
for k in range(6000):
    n += hidden
    hidden_here = k
"""
spaces = {"hidden": 2}
own = {}
exec(source, spaces, own)
print(own["n"], own["hidden_here"], "n" in spaces)
for _ in range(3):
    own = {}
    exec(source, spaces, own)
    spaces["hidden"] += 1
print(own["n"])


class Body:
    n = 0
    for k in range(6_000):
        n += hidden
    copy = n


print(Body.n, Body.copy, Body.k)


# The same code with other globals.
code = compile("s = 0\nfor k in range(4000):\n    s += step\n", "<names>", "exec")
for step in (1, 2, 3):
    space = {"step": step}
    exec(code, space)
    print(space["s"])


# Functions that store globals, also while another thread reads and stores them.
done = False
shared = 0


def store(n):
    global shared
    for k in range(n):
        shared = [k]


def read():
    good = True
    while not done:
        value = shared
        good = good and (value == 0 or (type(value) is list and type(value[0]) is int))
    return good


results = []
reader = threading.Thread(target=lambda: results.append(read()))
writers = [threading.Thread(target=store, args=(5_000,)) for _ in range(2)]
reader.start()
for w in writers:
    w.start()
for k in range(5_000):
    shared = [k]
for w in writers:
    w.join()
done = True
reader.join()
print(results, type(shared))
