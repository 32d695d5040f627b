"""Counts the words of all text files below a folder, on several threads.

usage: wordfreq.py DIR [THREADS]

Threads take file names from one queue and merge their counts at the end. The output does not depend on their number:
the 20 most frequent words (ties in alphabetical order), then totals of files, bytes, words and different words.
"""

import os
import queue
import re
import sys
import threading
from collections import Counter

SUFFIXES = (".md", ".markdown", ".txt", ".rst", ".text", ".adoc")
WORD = re.compile(r"[a-z']+")
SHOWN = 20


def text_files(folder):
    """Yields the path of every text file below folder."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES):
                path = os.path.join(parent, name)
                if os.path.isfile(path):
                    yield path


class Tally:
    """What one thread has read."""

    def __init__(self):
        self.words = Counter()
        self.files = 0
        self.bytes = 0

    def read(self, path):
        with open(path, "rb") as file:
            data = file.read()
        self.files += 1
        self.bytes += len(data)
        text = data.decode("utf-8", errors="replace").lower()
        self.words.update(WORD.findall(text))

    def merge(self, other):
        self.words.update(other.words)
        self.files += other.files
        self.bytes += other.bytes


def drain(names, tally, failures):
    """Reads files until the queue gives None."""
    while (path := names.get()) is not None:
        try:
            tally.read(path)
        except OSError as error:
            failures.append(f"{path}: {error.strerror}")


def count(folder, threads):
    """Counts with so many threads; returns the merged tally and the list of unreadable files."""
    names = queue.Queue()
    failures = []
    tallies = [Tally() for _ in range(threads)]
    workers = [threading.Thread(target=drain, args=(names, tally, failures)) for tally in tallies]
    for worker in workers:
        worker.start()
    for path in text_files(folder):
        names.put(path)
    for _ in workers:
        names.put(None)
    for worker in workers:
        worker.join()
    total = Tally()
    for tally in tallies:
        total.merge(tally)
    return total, sorted(failures)


def report(total):
    ranking = sorted(total.words.items(), key=lambda item: (-item[1], item[0]))
    for word, times in ranking[:SHOWN]:
        print(f"{times:>10,}  {word}")
    print(f"{total.files} files, {total.bytes} bytes, {sum(total.words.values())} words, {len(total.words)} different")


def fail(message):
    print(f"wordfreq.py: {message}", file=sys.stderr)
    print("usage: wordfreq.py DIR [THREADS]", file=sys.stderr)
    sys.exit(2)


def main(args):
    if len(args) not in (1, 2):
        fail("expected a folder and, if wanted, a number of threads")
    folder = args[0]
    if not os.path.isdir(folder):
        fail(f"no folder '{folder}'")
    threads = args[1] if len(args) == 2 else "4"
    if not threads.isdecimal() or not 1 <= int(threads) <= 1000:
        fail(f"the number of threads must be from 1 to 1000, not '{threads}'")
    total, failures = count(folder, int(threads))
    report(total)
    for failure in failures:
        print(f"wordfreq.py: not read: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
