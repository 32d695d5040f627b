"""Solves Sudoku puzzles by elimination and search.

usage: sudoku.py [FILE]      (one puzzle of 81 digits a line, 0 or . for an empty square; data/sudoku.txt)
"""

import os
import sys

ROWS = "ABCDEFGHI"
DIGITS = "123456789"
SQUARES = [r + c for r in ROWS for c in DIGITS]
UNITS = (
    [[r + c for r in ROWS] for c in DIGITS]
    + [[r + c for c in DIGITS] for r in ROWS]
    + [[r + c for r in rs for c in cs] for rs in ("ABC", "DEF", "GHI") for cs in ("123", "456", "789")]
)
UNITS_OF = {s: [u for u in UNITS if s in u] for s in SQUARES}
PEERS = {s: [p for p in SQUARES if p != s and any(p in u for u in UNITS_OF[s])] for s in SQUARES}


class Contradiction(Exception):
    """A square without candidates, or a digit without a place."""


class Grid:
    """The candidates that are left for each square, as strings of digits."""

    def __init__(self, candidates):
        self.candidates = candidates

    @classmethod
    def parse(cls, text):
        grid = cls(dict.fromkeys(SQUARES, DIGITS))
        for square, char in zip(SQUARES, text, strict=True):
            if char in DIGITS:
                grid.assign(square, char)
        return grid

    def copy(self):
        return Grid(self.candidates.copy())

    def assign(self, square, digit):
        for other in self.candidates[square].replace(digit, ""):
            self.eliminate(square, other)
        if digit not in self.candidates[square]:
            raise Contradiction(square)

    def eliminate(self, square, digit):
        left = self.candidates[square]
        if digit not in left:
            return
        left = self.candidates[square] = left.replace(digit, "")
        if not left:
            raise Contradiction(square)
        if len(left) == 1:
            for peer in PEERS[square]:
                self.eliminate(peer, left)
        for unit in UNITS_OF[square]:
            self.place_single(unit, digit)

    def place_single(self, unit, digit):
        """Assigns a digit that has one place left in the unit."""
        places = [s for s in unit if digit in self.candidates[s]]
        if not places:
            raise Contradiction(digit)
        if len(places) == 1 and len(self.candidates[places[0]]) > 1:
            self.assign(places[0], digit)

    def open_square(self):
        """The undecided square with the fewest candidates; None when all are decided."""
        undecided = [s for s in SQUARES if len(self.candidates[s]) > 1]
        return min(undecided, key=lambda s: len(self.candidates[s]), default=None)

    def __str__(self):
        line = lambda r: " ".join("".join(self.candidates[r + c] for c in cs) for cs in ("123", "456", "789"))
        return "\n".join(line(r) for r in ROWS)


class Solver:
    def __init__(self):
        self.guesses = 0

    def solve(self, grid):
        """The solved grid; None when there is no solution."""
        square = grid.open_square()
        if square is None:
            return grid
        for digit in grid.candidates[square]:
            self.guesses += 1
            attempt = grid.copy()
            try:
                attempt.assign(square, digit)
            except Contradiction:
                continue
            solved = self.solve(attempt)
            if solved:
                return solved
        return None


def solve_line(line):
    solver = Solver()
    try:
        solved = solver.solve(Grid.parse(line))
    except Contradiction as error:
        return f"impossible at {error}"
    return f"{solved}\n{solver.guesses} guesses" if solved else "no solution"


def main(args):
    path = args[0] if args else os.path.join(os.path.dirname(__file__), "data", "sudoku.txt")
    try:
        with open(path) as file:
            puzzles = [line for text in file if (line := text.strip()) and not line.startswith("#")]
    except OSError as error:
        print(f"sudoku.py: {path}: {error.strerror}", file=sys.stderr)
        return 2
    for number, line in enumerate(puzzles, 1):
        print(f"puzzle {number}")
        print(solve_line(line) if len(line) == 81 else f"not 81 squares but {len(line)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
