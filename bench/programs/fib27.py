"""Recursive calls. Usage: fib27.py [N]"""
import sys
from time import perf_counter


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


size = int(sys.argv[1]) if len(sys.argv) > 1 else 27
begin = perf_counter()
print("result", fib(size))
print("elapsed", perf_counter() - begin)
