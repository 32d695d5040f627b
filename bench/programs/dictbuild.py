"""Building and reading dicts with string and int keys. Usage: dictbuild.py [KEYS]"""
import sys
from time import perf_counter


def run(n):
    names = {}
    for i in range(n):
        names["key" + str(i)] = i
    squares = {i: i * i for i in range(n)}
    total = 0
    for name, i in names.items():
        total += names[name] + squares[i] % 7
    for i in range(0, n, 2):
        del names["key" + str(i)]
    return total + len(names)


size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
begin = perf_counter()
print("result", run(size))
print("elapsed", perf_counter() - begin)
