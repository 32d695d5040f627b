"""Random patterns with their SRE code, random texts, and what CPython 3.14 finds in them: python3.14 make-patterns.py SEED COUNT > patterns.jsonl

A row: pattern, flags, is it bytes, code, groups, texts; a text: itself, pos, endpos, then the results of match, fullmatch, search and finditer. A
result: spans of the match and of each group, and lastindex.
"""

import json
import random
import re
import signal
import sys
import warnings
from re import _compiler, _parser

warnings.simplefilter("ignore")
R = random.Random(int(sys.argv[1]))
CHARACTERS = ["a", "b", "c", "\n", "\xe9", "A", "_", " ", "\u03a9", "\xdf", "\u0131", "k"]
CLASSES = [".", r"\w", r"\d", r"\s", r"\W", r"\S", "[ab]", "[^a]", "[a-c]", "[^\n]", "[a\xe9]", "[\\w\u03a9]", "[\u0391-\u03a9]", "[^\u0391-\u03a9]"]
POSITIONS = ["^", "$", r"\b", r"\B", r"\A", r"\Z"]
BEHIND = ["a", "b", "ab", "(a)", "[ab]", "a|b", "(?:a|b)c"]
QUANTIFIERS = ["*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "{,2}", "{1,3}"]
ALPHABETS = ["ab", "abc\n", "ab c_", "aAbB\xe9", "ab\xe9\u03a9\u03c9\u03b1", "ab\U0001d4b3k\u212a\u0131I\u017fs", "a\xdf\u1e9eSs"]


class TooLong(Exception):
    pass


def stop(*_):
    raise TooLong


signal.signal(signal.SIGALRM, stop)


class Writer:
    def __init__(self):
        self.groups = 0
        self.closed = []

    def group(self, depth):
        self.groups += 1
        number = self.groups
        text = "(" + self.alternatives(depth) + ")"
        self.closed.append(number)
        return text

    def atom(self, depth):
        r = R.random()
        if r < 0.35:
            return R.choice(CHARACTERS[: R.choice([2, 3, 12])])
        if r < 0.45:
            return R.choice(CLASSES)
        if r < 0.52:
            return R.choice(POSITIONS)
        if depth <= 0:
            return "a"
        if r < 0.70:
            return self.group(depth - 1)
        if r < 0.88:
            opening = "(?:" if r < 0.78 else "(?=" if r < 0.82 else "(?!" if r < 0.85 else R.choice(["(?<=", "(?<!"])
            return opening + (R.choice(BEHIND) if r >= 0.85 else self.alternatives(depth - 1)) + ")"
        if r < 0.92:
            return "(?>" + self.alternatives(depth - 1) + ")"
        if not self.closed:
            return "b"
        if r < 0.96:
            return "\\%d" % R.choice(self.closed)
        return "(?(%d)%s|%s)" % (R.choice(self.closed), self.sequence(depth - 1), self.sequence(depth - 1))

    def repeated(self, depth):
        atom = self.atom(depth)
        if atom in POSITIONS or R.random() < 0.55:
            return atom
        return atom + R.choice(QUANTIFIERS) + R.choice(["", "", "?", "+"])

    def sequence(self, depth):
        return "".join(self.repeated(depth) for _ in range(R.choice([0, 1, 1, 2, 2, 3, 4])))

    def alternatives(self, depth):
        return "|".join(self.sequence(depth) for _ in range(R.choice([1, 1, 1, 2, 3])))


def result(pattern, m):
    return None if m is None else [list(m.span(i)) for i in range(pattern.groups + 1)] + [m.lastindex or 0]


def text_row(pattern, is_bytes):
    alphabet = R.choice(ALPHABETS)
    text = "".join(R.choice(alphabet) for _ in range(R.choice([0, 1, 2, 3, 5, 8, 12, 20])))
    if is_bytes:
        text = text.encode("latin1", "replace").decode("latin1")
    subject = text.encode("latin1") if is_bytes else text
    where = (R.choice([0, 0, 0, 1, 2]), R.choice([1000, 1000, max(0, len(text) - 1), 3]))
    found = [result(pattern, f(subject, *where)) for f in (pattern.match, pattern.fullmatch, pattern.search)]
    return [text, *where, *found, [result(pattern, m) for m in pattern.finditer(subject, *where)]]


def row():
    source = Writer().alternatives(R.choice([1, 2, 3]))
    flags = sum(f for f in (re.I, re.M, re.S, re.A) if R.random() < 0.2)
    is_bytes = R.random() < 0.15
    if is_bytes:
        source = source.encode("latin1")
        if R.random() < 0.3:
            flags = (flags & ~re.A) | re.L
    pattern = re.compile(source, flags)
    code = _compiler._code(_parser.parse(source, flags), flags)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    texts = [text_row(pattern, is_bytes) for _ in range(4)]
    signal.setitimer(signal.ITIMER_REAL, 0)
    shown = source.decode("latin1") if is_bytes else source
    return [shown, int(flags), is_bytes, [int(x) for x in code], pattern.groups, texts]


count = int(sys.argv[2])
while count > 0:
    try:
        made = row()
    except (re.error, UnicodeEncodeError, ValueError, RecursionError, RuntimeError, TooLong):
        continue
    print(json.dumps(made, separators=(",", ":")))
    count -= 1
