"""Insertion order, keys/values/items views, set operations on views, changes while iterating."""
d = {}
for i in (5, 3, 9, 1):
    d[i] = str(i)
print(d, list(d), list(d.keys()), list(d.values()), list(d.items()), list(reversed(d)), list(reversed(d.items())), list(reversed(d.values())))
d[3] = "again"
del d[5]
d[5] = "back"
print(d)
k, v, it = d.keys(), d.values(), d.items()
print(k, v, it, len(k), 3 in k, "again" in v, (3, "again") in it, (3, "x") in it, len(it))
d[7] = "seven"
print(k, len(v), k & {3, 7, 100} == {3, 7}, k | {0} == {0, 1, 3, 5, 7, 9}, k - {3} == {1, 5, 7, 9}, k ^ {3} == {1, 5, 7, 9}, k == {9, 3, 1, 5, 7}, k.isdisjoint([100]), k >= {3}, k < {1}, it & {(7, "seven")}, type(k), k.mapping[7])
for change in ("add", "delete", "clear", "overwrite"):
    m = {i: i for i in range(4)}
    try:
        for key in m:
            if change == "add":
                m[key + 100] = 0
            elif change == "delete":
                del m[key]
            elif change == "clear":
                m.clear()
            else:
                m[key] = -1
        print(change, "fine", m)
    except RuntimeError as e:
        print(change, e)
m = {1: 1, 2: 2}
it = iter(m)
next(it)
m[3] = 3
try:
    next(it)
except RuntimeError as e:
    print(e)
big = {i: i * i for i in range(1000)}
for i in range(0, 1000, 2):
    del big[i]
print(len(big), list(big)[:5], list(big)[-1], big[501], sum(big), sum(big.values()), 500 in big)
for i in range(0, 1000, 2):
    big[i] = i
print(len(big), list(big)[498:502], list(big)[-2:])
first = next(iter(big))
last = next(reversed(big))
print(first, last, list({k: None for k in "hello"}), [k for k in {"x": 1, "y": 2}.items()])
while big:
    big.popitem()
    if big:
        big.pop(next(iter(big)))
print(big)
