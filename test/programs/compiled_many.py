"""More code objects than a table of compiled functions has places, some of them alive throughout, most of them gone."""
import gc


def make(n):
    names = {}
    exec(f"def f(x, y):\n    return x * {n % 97} + y\n", names)
    return names["f"]


def call(f, x):
    return f(x, 1)


kept = [make(n) for n in range(60)]
total = sum(call(f, 3) for f in kept)
print(total)

for n in range(2300):
    f = make(n)
    total = total * 31 + call(f, n) & 0xFFFFFF
    if n % 7 == 0:
        total = total * 31 + call(kept[n % 60], n) & 0xFFFFFF
    if n % 400 == 399:
        del f
        gc.collect()
        print(n, total)

# What was made last has the numbers that follow those of the first, less the size of the table.
late = [make(n) for n in range(2300, 2360)]
for round in range(3):
    for i in range(60):
        total = total * 31 + call(late[i], i) + call(kept[i], i) & 0xFFFFFF
print(total)


def caller(fs):
    out = 0
    for i in range(3000):
        out += call(fs[i % len(fs)], i)
    return out


print(caller(kept), caller(late), caller(kept + late))
