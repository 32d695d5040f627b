"""CPU-bound threads that each do the whole work. Usage: cpu2.py [THREADS [WORK]]"""
import sys
import threading
from time import perf_counter


def work(n, results, index):
    value = 1
    i = 0
    while i < n:
        value = (value * 1103 + i) % 1000003
        i += 1
    results[index] = value


def run(threads, n):
    results = [0] * threads
    running = [threading.Thread(target=work, args=(n, results, i)) for i in range(threads)]
    for t in running:
        t.start()
    for t in running:
        t.join()
    return results


count = int(sys.argv[1]) if len(sys.argv) > 1 else 2
size = int(sys.argv[2]) if len(sys.argv) > 2 else 3_000_000
begin = perf_counter()
print("result", *run(count, size))
print("elapsed", perf_counter() - begin)
