"""Lines of a text file, one after the other. Usage: lines.py [LINES]"""
import os
import sys
import tempfile
from time import perf_counter


def run(path):
    lines = characters = 0
    with open(path) as file:
        for line in file:
            lines += 1
            characters += len(line)
    return lines, characters


size = int(sys.argv[1]) if len(sys.argv) > 1 else 600_000
handle, path = tempfile.mkstemp(text=True)
with open(handle, "w") as file:
    for first in range(0, size, 1000):
        file.write("".join(f"line {i}\n" for i in range(first, first + 1000)))
begin = perf_counter()
print("result", *run(path))
print("elapsed", perf_counter() - begin)
os.remove(path)
