"""Counts the ways to place N queens on a board of N by N, and shows the first.

usage: queens.py [N]      (8)
"""

import sys


def placements(size, columns=()):
    """Yields the column of the queen of each row, for every solution."""
    row = len(columns)
    if row == size:
        yield columns
        return
    for column in range(size):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(columns)):
            yield from placements(size, columns + (column,))


def count(size):
    """The number of solutions, by bit masks."""
    full = (1 << size) - 1

    def place(taken, left, right):
        if taken == full:
            return 1
        found = 0
        free = full & ~(taken | left | right)
        while free:
            bit = free & -free
            free ^= bit
            found += place(taken | bit, (left | bit) << 1, (right | bit) >> 1)
        return found

    return place(0, 0, 0)


def board(columns):
    return "\n".join(" ".join("Q" if c == column else "." for c in range(len(columns))) for column in columns)


def main(args):
    if len(args) > 1 or args and not args[0].isdecimal():
        print("usage: queens.py [N]", file=sys.stderr)
        return 2
    size = int(args[0]) if args else 8
    first = next(placements(size), None)
    print("no solution" if first is None else board(first))
    print(f"{count(size)} solutions on {size} by {size}")
    if size <= 7:
        assert count(size) == sum(1 for _ in placements(size))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
