"""Method calls that read and write attributes. Usage: attrloop.py [ITERATIONS]"""
import sys
from time import perf_counter


class Counter:
    def __init__(self, step):
        self.value = 0
        self.step = step

    def bump(self):
        self.value = self.value + self.step


def run(n):
    counter = Counter(3)
    for _ in range(n):
        counter.bump()
    return counter.value


size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
begin = perf_counter()
print("result", run(size))
print("elapsed", perf_counter() - begin)
