"""Building, joining, formatting and splitting strings. Usage: strbuild.py [PIECES]"""
import sys
from time import perf_counter


def run(n):
    text = ""
    for i in range(n):
        text += "x" if i % 3 else str(i)
    words = [f"w{i % 100}-{i:04d}" for i in range(n)]
    joined = " ".join(words)
    upper = joined.upper().replace("W", "q")
    parts = upper.split(" ")
    return len(text), len(joined), len(set(parts)), parts[-1], text.count("x")


size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
begin = perf_counter()
print("result", *run(size))
print("elapsed", perf_counter() - begin)
