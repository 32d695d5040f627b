"""while and for with else, break, continue, nested loops, loops over changing lists, try inside loops."""
for i in range(3):
    print(i, end=" ")
else:
    print("for else")
for i in range(5):
    if i == 1:
        continue
    if i == 3:
        break
    print(i, end=" ")
else:
    print("not reached")
print()
n = 3
while n:
    n -= 1
    if n == 1:
        continue
    print("n", n, end=" ")
else:
    print("while else")
while True:
    n += 1
    if n > 3:
        break
else:
    print("not reached")
for x in []:
    pass
else:
    print("empty else")
for i in range(3):
    for j in range(3):
        if j == 2:
            break
        if i == 1:
            continue
        print((i, j), end=" ")
    else:
        print("inner else")
print()
a = [1, 2, 3]
for v in a:
    if v < 6:
        a.append(v + 3)
print(a)
for v in a[:]:
    a.remove(v)
print(a)
b = [1, 2, 3, 4]
for v in b:
    b.remove(v)
print(b)


def search(items, wanted):
    for i, item in enumerate(items):
        try:
            if item == wanted:
                return i
            if item is None:
                continue
            if item == "stop":
                break
        finally:
            print("finally", i, end=" ")
    else:
        return "exhausted"
    return "broken"


print(search([1, 2, 3], 2), search([None, 1], 5), search(["stop", 1], 1))
for i in range(3):
    try:
        if i == 1:
            raise ValueError(i)
    except ValueError as e:
        print("caught", e)
        continue
    else:
        print("else", i)
    finally:
        print("finally", i)
for i in range(2): print(i, end=";")
print(i)
d = {}
for d["k"] in [1, 2]:
    pass
print(d)
count = 0
while count < 100000:
    count += 1
    if count % 2:
        continue
    if count > 50000:
        break
print(count)
