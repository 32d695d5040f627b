"""Binary trees that live short and long. Usage: binarytrees.py [DEPTH]"""
import sys
from time import perf_counter


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right


def build(depth):
    return Node(build(depth - 1), build(depth - 1)) if depth else Node(None, None)


def count(node):
    return 1 + count(node.left) + count(node.right) if node.left else 1


def run(depth):
    kept = build(depth)
    total = 0
    for short in range(4, depth + 1, 2):
        for _ in range(1 << (depth - short + 2)):
            total += count(build(short))
    return total + count(kept)


size = int(sys.argv[1]) if len(sys.argv) > 1 else 12
begin = perf_counter()
print("result", run(size))
print("elapsed", perf_counter() - begin)
