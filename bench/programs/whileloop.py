"""An int while loop. Usage: whileloop.py [ITERATIONS]"""
import sys
from time import perf_counter


def run(n):
    i = total = 0
    while i < n:
        total += i & 7
        i += 1
    return total


size = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000_000
begin = perf_counter()
print("result", run(size))
print("elapsed", perf_counter() - begin)
