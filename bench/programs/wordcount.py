"""Counting words of lines in a dict. Usage: wordcount.py [LINES]"""
import sys
from time import perf_counter


def run(lines):
    counts = {}
    for line in lines:
        for word in line.split():
            counts[word] = counts.get(word, 0) + 1
    for line in lines:
        for word in line.split():
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
    return len(counts), max(counts.values())


def make(n):
    """Some words are frequent, most are rare."""
    state = 1
    lines = []
    for _ in range(n):
        words = []
        for _ in range(8):
            state = (state * 1103515245 + 12345) % 2147483648
            words.append(f"w{40_000_000 // (state // 1000 + 1000)}")
        lines.append(" ".join(words))
    return lines


size = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
lines = make(size)
begin = perf_counter()
print("result", *run(lines))
print("elapsed", perf_counter() - begin)
