"""Reads a web server's log through a chain of generators and prints a report.

usage: logpipe.py FILE                 report on a log
       logpipe.py --make FILE LINES    write a log of so many lines, always the same for the same number
"""

import itertools
import re
import sys
from collections import Counter, defaultdict

LINE = re.compile(r'(?P<host>\S+) \[(?P<day>\d{4}-\d\d-\d\d) (?P<time>\d\d:\d\d:\d\d)\] "(?P<method>[A-Z]+) (?P<path>[^" ]*)" (?P<status>\d{3}) (?P<size>\d+|-)$')
PATHS = ("/", "/index.html", "/docs/heap.md", "/docs/threads.md", "/api/items?page=2", "/api/items", "/login", "/img/logo.png", "/missing")


def numbers(seed):
    """An endless sequence of pseudo-random numbers below 2^31."""
    while True:
        seed = (seed * 1103515245 + 12345) % 2**31
        yield seed >> 4


def made_lines(count):
    """Yields the lines of an invented log."""
    random = numbers(2026)
    second = 0
    for number in range(count):
        a, b, c = itertools.islice(random, 3)
        second += a % 900
        day, rest = divmod(second, 86400)
        stamp = f"2026-03-{day % 28 + 1:02d} {rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"
        path = PATHS[b % len(PATHS)]
        status = 404 if path == "/missing" else 500 if c % 97 == 0 else 302 if path == "/login" else 200
        size = "-" if status == 302 else str(c % 50000)
        if number % 250 == 249:
            yield f"!! disk {c % 100} % full"
        else:
            yield f'10.0.{a % 4}.{b % 16} [{stamp}] "{"POST" if path == "/login" else "GET"} {path}" {status} {size}'


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def parsed(lines, rejected):
    """Yields the fields of each line as a dict; sends what does not fit to `rejected`."""
    for line in lines:
        match = LINE.match(line)
        if match:
            yield match.groupdict()
        else:
            rejected.send(line)


def converted(records):
    for record in records:
        record["status"] = int(record["status"])
        record["size"] = 0 if record["size"] == "-" else int(record["size"])
        record["path"] = record["path"].partition("?")[0]
        yield record


def tee_into(records, consumer):
    """Passes the records on and sends each of them to a consumer too."""
    for record in records:
        consumer.send(record)
        yield record


def coroutine(function):
    """Starts a generator, so that it can be sent to."""

    def start(*args):
        generator = function(*args)
        next(generator)
        return generator

    return start


@coroutine
def collect(items, limit):
    """Keeps the first items it is sent, and counts the others."""
    extra = 0
    try:
        while True:
            item = yield
            if len(items) < limit:
                items.append(item)
            else:
                extra += 1
    finally:
        items.append(f"and {extra} more")


@coroutine
def by_day(totals):
    while True:
        record = yield
        totals[record["day"]] += record["size"]


def report(path):
    odd, days = [], defaultdict(int)
    rejected, per_day = collect(odd, 3), by_day(days)
    records = tee_into(converted(parsed(lines_of(path), rejected)), per_day)
    statuses, pages, hosts = Counter(), Counter(), Counter()
    for record in records:
        statuses[record["status"]] += 1
        hosts[record["host"]] += record["size"]
        if record["status"] == 200:
            pages[record["path"]] += 1
    rejected.close()
    per_day.close()
    print(f"{sum(statuses.values())} requests:", ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items())))
    for page, count in sorted(pages.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:>7}  {page}")
    print("busiest hosts:", ", ".join(f"{host} ({size:,} bytes)" for host, size in sorted(hosts.items(), key=lambda item: (-item[1], item[0]))[:3]))
    for month, group in itertools.groupby(sorted(days), key=lambda day: day[:7]):
        print(month, " ".join(f"{day[8:]}:{days[day] // 1000}k" for day in group))
    print("not understood:", *odd, sep="\n  ")


def main(args):
    try:
        if len(args) == 3 and args[0] == "--make":
            with open(args[1], "w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in made_lines(int(args[2])))
        elif len(args) == 1:
            report(args[0])
        else:
            print("usage: logpipe.py FILE | --make FILE LINES", file=sys.stderr)
            return 2
    except OSError as error:
        print(f"logpipe.py: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
