"""Builds a binary tree, sums, mirrors and measures it: a recursive structure of a million nodes.

usage: trees.py [DEPTH]      (19: a tree of 2^20 - 1 nodes)
"""

import sys


class Tree:
    __slots__ = ("value", "left", "right")

    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def __iter__(self):
        """Yields the values in order, without recursion."""
        waiting, node = [], self
        while waiting or node:
            while node:
                waiting.append(node)
                node = node.left
            node = waiting.pop()
            yield node.value
            node = node.right


def build(low, high):
    """A balanced tree of the numbers low..high-1, in order."""
    if low >= high:
        return None
    middle = (low + high) // 2
    return Tree(middle, build(low, middle), build(middle + 1, high))


def total(tree):
    return tree.value + total(tree.left) + total(tree.right) if tree else 0


def depth(tree):
    return 1 + max(depth(tree.left), depth(tree.right)) if tree else 0


def mirror(tree):
    """A new tree with left and right exchanged everywhere."""
    return Tree(tree.value, mirror(tree.right), mirror(tree.left)) if tree else None


def same(a, b):
    if a is None or b is None:
        return a is b
    return a.value == b.value and same(a.left, b.left) and same(a.right, b.right)


def chain(length):
    """A tree that is one long branch."""
    tree = None
    for value in range(length):
        tree = Tree(value, tree)
    return tree


def main(args):
    levels = int(args[0]) if args else 19
    size = 2 ** (levels + 1) - 1
    tree = build(0, size)
    print(f"{size} nodes, depth {depth(tree)}, sum {total(tree)}, expected {size * (size - 1) // 2}")
    reflected = mirror(tree)
    print(f"mirror: depth {depth(reflected)}, sum {total(reflected)}, same {same(tree, reflected)}, mirrored again {same(tree, mirror(reflected))}")
    ordered = all(value == number for number, value in enumerate(tree))
    falling = all(value == size - 1 - number for number, value in enumerate(reflected))
    print(f"in order {ordered}, mirror in falling order {falling}")
    branch = chain(10_000)
    print(f"a branch of {sum(1 for _ in branch)}, from {next(iter(branch))}")
    try:
        print("depth of the branch", depth(branch))
    except RecursionError as error:
        print(f"too deep to recurse: {type(error).__name__}")


if __name__ == "__main__":
    main(sys.argv[1:])
