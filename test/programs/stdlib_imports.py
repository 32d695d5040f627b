# The pure-Python standard library over our accelerators: each is imported and used a little.
import argparse
import bisect
import collections
import contextlib
import copy
import dataclasses
import datetime
import enum
import functools
import heapq
import inspect
import io
import itertools
import json
import keyword
import operator
import os
import queue
import random
import re
import string
import struct
import textwrap
import threading
import types
import typing
import zlib


@dataclasses.dataclass(order=True)
class Point:
    x: int
    y: int = 0
    tags: list = dataclasses.field(default_factory=list)


class Colour(enum.Enum):
    RED = 1
    GREEN = enum.auto()


class Flags(enum.Flag):
    A = 1
    B = 2


print(Point(1), Point(1, 2) > Point(1, 1), dataclasses.asdict(Point(3, 4, ["a"])), dataclasses.replace(Point(1), y=9))
print(Colour.RED, Colour(2), [c.name for c in Colour], Flags.A | Flags.B, Flags(0))
print(json.dumps({"a": [1, 2.5, None, True, "é"], "b": {}}, sort_keys=True), json.loads('{"x": [1, {"y": "z"}]}'))
print(datetime.date(2024, 2, 29) + datetime.timedelta(days=366), datetime.datetime(2024, 1, 2, 3, 4, 5).isoformat())
print(functools.reduce(operator.add, range(5)), functools.partial(pow, 2)(10), functools.lru_cache(lambda x: x + 1)(4))
print(bisect.bisect([1, 3, 5], 4), heapq.nsmallest(2, [5, 1, 4]), list(itertools.pairwise("abc")))
print(copy.deepcopy({"a": [1, [2]]}), textwrap.fill("some words that are wrapped", 12).split("\n"))
print(re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), string.Template("$a-$b").substitute(a=1, b=2))
random.seed(42)
print(random.random(), random.randint(1, 100), random.sample(range(50), 3))
print(struct.pack("<hI", -2, 7), zlib.decompress(zlib.compress(b"abc" * 10)), keyword.iskeyword("def"))
print(inspect.signature(lambda a, /, b, *c, d=1, **e: 0), types.SimpleNamespace(a=1), typing.Optional[int])
parser = argparse.ArgumentParser(prog="p")
parser.add_argument("n", type=int)
parser.add_argument("--flag", action="store_true")
print(parser.parse_args(["3", "--flag"]))
with contextlib.suppress(KeyError):
    {}["x"]
with contextlib.redirect_stdout(io.StringIO()) as out:
    print("caught")
print(out.getvalue(), collections.Counter("abracadabra").most_common(2), collections.OrderedDict(a=1))
q = queue.Queue()
workers = [threading.Thread(target=q.put, args=(i,)) for i in range(3)]
for w in workers:
    w.start()
for w in workers:
    w.join()
print(sorted(q.get() for _ in range(3)), os.path.join("a", "b"))
