"""Temporary objects in calls that return an int. Usage: temporaries_int.py [OBJECTS]"""
import sys
from time import perf_counter


def make(i):
    pair = (i, i + 1)
    return pair[1] & 7


def run(n):
    total = i = 0
    while i < n:
        total += make(i)
        i += 1
    return total


size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000_000
begin = perf_counter()
print("result", run(size))
print("elapsed", perf_counter() - begin)
