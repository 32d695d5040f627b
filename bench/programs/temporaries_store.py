"""Temporary objects in calls that store one value in an old object. Usage: temporaries_store.py [OBJECTS]"""
import sys
from time import perf_counter


class Keeper:
    def __init__(self):
        self.last = None


keeper = Keeper()


def make(i):
    pair = (i, i + 1)
    keeper.last = (pair[1] & 7,)
    return 1


def run(n):
    total = i = 0
    while i < n:
        total += make(i) + keeper.last[0]
        i += 2
    return total


size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000_000
begin = perf_counter()
print("result", run(size))
print("elapsed", perf_counter() - begin)
