// Common operations one by one: npm run bench:operations -- [--trials N] [WORD...]. Each trial is a process of its own, ours and
// CPython's in turn; what counts is the ratio ours ÷ CPython's of CPU time a turn of the loop, lower is better. Worst first. Not with `chrt -f`
// on a busy machine: V8's compiler threads then wait for the program, which stays slow by ten times and more.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cpython, median, ours, run } from './measure.mjs';
import { at } from '../scripts/run.mjs';

/** name, what precedes the loop, its body. Everything is a local variable of one function. */
export const ROWS = [
  ['sorted, 10 ints', 'a = [5, 2, 8, 1, 9, 3, 7, 0, 6, 4]', 'sorted(a)'],
  ['sorted, 10 strings', 'a = [f"w{x}" for x in (5, 2, 8, 1, 9, 3, 7, 0, 6, 4)]', 'sorted(a)'],
  ['sorted, 10 tuples', 'a = [(x % 3, x) for x in (5, 2, 8, 1, 9, 3, 7, 0, 6, 4)]', 'sorted(a)'],
  [
    'sorted by key, 10 pairs',
    'a = [(str(x), x) for x in (5, 2, 8, 1, 9, 3, 7, 0, 6, 4)]',
    'sorted(a, key=lambda p: p[1])',
  ],
  ['sort, 1000 ints', 'a = [x * 7919 % 1009 for x in range(1000)]', 'b = a[:]\nb.sort()'],
  ['sort, 1000 strings', 'a = [f"w{x * 7919 % 1009}" for x in range(1000)]', 'b = a[:]\nb.sort()'],
  ['sort by key, 1000 pairs', 'a = [(x, x * 7919 % 1009) for x in range(1000)]', 'a.sort(key=lambda p: -p[1])'],
  ['min(a, b)', 'a, b = 3, 4', 'min(a, b)'],
  ['max(a, b), floats', 'a, b = 3.5, 4.5', 'max(a, b)'],
  ['min(list of 10)', 'a = [5, 2, 8, 1, 9, 3, 7, 0, 6, 4]', 'min(a)'],
  ['max(list, key=...)', 'a = [5, 2, 8, 1, 9, 3, 7, 0, 6, 4]', 'max(a, key=lambda x: -x)'],
  ['sum(list of 10)', 'a = [5, 2, 8, 1, 9, 3, 7, 0, 6, 4]', 'sum(a)'],
  ['sum of a generator, 10', 'a = [5, 2, 8, 1, 9, 3, 7, 0, 6, 4]', 'sum(x for x in a)'],
  ['any of a generator, 10', 'a = [5, 2, 8, 1, 9, 3, 7, 0, 6, 4]', 'any(x > 20 for x in a)'],
  ['abs, round', 'a, b = -3, 2.567', 'abs(a)\nround(b, 1)'],
  ['divmod', 'a, b = 1234, 60', 'divmod(a, b)'],
  ['getattr', 'class A:\n  x = 1\no = A()\no.y = 2', 'getattr(o, "y")'],
  ['getattr with a default', 'class A:\n  x = 1\no = A()', 'getattr(o, "z", None)'],
  ['hasattr', 'class A:\n  x = 1\no = A()', 'hasattr(o, "x")'],
  ['setattr', 'class A:\n  x = 1\no = A()', 'setattr(o, "x", 3)'],
  ['isinstance', 'a = 3', 'isinstance(a, int)\nisinstance(a, str)'],
  ['isinstance, tuple', 'a = 3', 'isinstance(a, (str, int))'],
  ['len', 'a = [1, 2, 3]\ns = "abc"', 'len(a)\nlen(s)'],
  ['type(x) is', 'a = 3', 'type(a) is int'],
  ['ord, chr', 'a = "x"', 'chr(ord(a))'],
  ['str(int)', 'a = 1234', 'str(a)'],
  ['int(str)', 'a = "1234"', 'int(a)'],
  ['float(str)', 'a = "12.5"', 'float(a)'],
  ['str(float)', 'a = 12.5', 'str(a)'],
  ['f-string', 'a, b = 12, "ab"', 'f"{a}: {b}"'],
  ['f-string, formats', 'a, b = 12, 3.14159', 'f"{a:05d} {b:.2f}"'],
  ['% formatting', 'a, b = 12, "ab"', '"%d: %s" % (a, b)'],
  ['str.format', 'a, b = 12, "ab"', '"{}: {}".format(a, b)'],
  ['str.join, 10', 'a = [f"w{x}" for x in range(10)]', '", ".join(a)'],
  ['str.split', 'a = "the quick brown fox jumps over the lazy dog"', 'a.split()'],
  ['str.split(",")', 'a = "1,2,3,4,5,6,7,8"', 'a.split(",")'],
  ['str.strip', 'a = "  some text\\n"', 'a.strip()'],
  ['str.replace', 'a = "the quick brown fox"', 'a.replace("quick", "slow")'],
  ['str.startswith', 'a = "the quick brown fox"', 'a.startswith("the")'],
  ['str.find', 'a = "the quick brown fox"', 'a.find("fox")'],
  ['str.lower', 'a = "The Quick Brown Fox"', 'a.lower()'],
  ['str.isdigit', 'a = "12345"', 'a.isdigit()'],
  ['string + string', 'a, b = "abc", "def"', 'a + b'],
  ['s[i], s[i:j]', 'a = "the quick brown fox"', 'a[4]\na[4:9]'],
  ['in string', 'a = "the quick brown fox"', '"brown" in a'],
  ['characters of a string', 'a = "the quick brown fox"', 'for c in a:\n  pass'],
  ['encode, decode', 'a = "the quick brown fox"', 'a.encode().decode()'],
  ['enumerate, 10', 'a = list(range(10))', 'for i, x in enumerate(a):\n  pass'],
  ['zip, 10', 'a = list(range(10))', 'for x, y in zip(a, a):\n  pass'],
  ['map, 10', 'a = list(range(10))', 'list(map(str, a))'],
  ['range, 10', '', 'for i in range(10):\n  pass'],
  ['reversed, 10', 'a = list(range(10))', 'for x in reversed(a):\n  pass'],
  ['list comprehension, 10', 'a = list(range(10))', '[x + 1 for x in a]'],
  ['list comprehension with if', 'a = list(range(10))', '[x for x in a if x & 1]'],
  ['dict comprehension, 10', 'a = list(range(10))', '{x: x for x in a}'],
  ['generator, 10', 'def g():\n  for i in range(10):\n    yield i', 'for x in g():\n  pass'],
  ['dict.items, 10', 'd = {str(i): i for i in range(10)}', 'for k, v in d.items():\n  pass'],
  ['dict.get', 'd = {str(i): i for i in range(10)}', 'd.get("3", 0)\nd.get("x", 0)'],
  ['d[k], d[k] = v', 'd = {str(i): i for i in range(10)}', 'd["3"] = d["4"]'],
  ['k in d', 'd = {str(i): i for i in range(10)}', '"3" in d'],
  ['counting', 'd = {}\nw = "the"', 'd[w] = d.get(w, 0) + 1'],
  ['counting, d[w] += 1', 'd = {"the": 0}\nw = "the"', 'd[w] += 1'],
  ['defaultdict', 'from collections import defaultdict\nd = defaultdict(int)\nw = "the"', 'd[w] += 1'],
  ['dict with tuple keys', 'd = {(1, 2): 3}\na, b = 1, 2', 'd[a, b]'],
  ['dict.setdefault', 'd = {}', 'd.setdefault("k", []).append(1)\nd.clear()'],
  ['dict display, dict(d)', '', 'd = {"a": 1, "b": 2, "c": 3}\ndict(d)'],
  ['set: add, in, discard', 's = set()', 's.add(3)\n3 in s\ns.discard(3)'],
  ['set of a list, 10', 'a = list(range(10))', 'set(a)'],
  ['set & set, 10', 'a, b = set(range(10)), set(range(5, 15))', 'a & b'],
  ['list: append, pop', 'a = []', 'a.append(1)\na.pop()'],
  ['list: insert, pop(0)', 'a = list(range(10))', 'a.insert(0, 1)\na.pop(0)'],
  ['a[i], a[i] = x', 'a = list(range(10))', 'a[3] = a[4]'],
  ['list slice', 'a = list(range(10))', 'a[2:7]'],
  ['list + list', 'a = [1, 2, 3]', 'a + a'],
  ['list of a tuple, tuple of a list', 'a = [1, 2, 3]', 'list(tuple(a))'],
  ['x in list, 10', 'a = list(range(10))', '7 in a'],
  ['list.index', 'a = [str(i) for i in range(10)]', 'a.index("7")'],
  ['list == list', 'a, b = list(range(10)), list(range(10))', 'a == b'],
  ['tuple < tuple', 'a, b = (1, "a"), (1, "b")', 'a < b'],
  ['unpacking', 'a = (1, 2, 3)', 'x, y, z = a\nx, *y = a'],
  ['call', 'def f(a, b):\n  return a', 'f(1, 2)'],
  ['call with keywords, defaults', 'def f(a, b=2, *, c=3):\n  return a', 'f(1, c=4)'],
  ['call with *args', 'def f(*args, **kw):\n  return args\na = (1, 2)', 'f(*a)'],
  ['method call', 'class A:\n  def f(self, a):\n    return a\no = A()', 'o.f(1)'],
  [
    'super().f()',
    'class A:\n  def f(self):\n    return 1\nclass B(A):\n  def f(self):\n    return super().f()\no = B()',
    'o.f()',
  ],
  ['property', 'class A:\n  @property\n  def x(self):\n    return 1\no = A()', 'o.x'],
  ['instance', 'class A:\n  def __init__(self, x):\n    self.x = x', 'A(1)'],
  ['instance with __slots__', 'class A:\n  __slots__ = ("x",)\n  def __init__(self, x):\n    self.x = x', 'A(1)'],
  ['__eq__ in Python', 'class A:\n  def __eq__(self, other):\n    return True\no = A()', 'o == 1'],
  ['__getitem__ in Python', 'class A:\n  def __getitem__(self, i):\n    return i\no = A()', 'o[1]'],
  ['dataclass', 'from dataclasses import dataclass\n@dataclass\nclass P:\n  x: int\n  y: int', 'P(1, 2) == P(1, 2)'],
  ['namedtuple', 'from collections import namedtuple\nP = namedtuple("P", "x y")', 'P(1, 2).x'],
  ['enum member', 'from enum import Enum\nclass E(Enum):\n  A = 1\n  B = 2', 'E.A is E(1)'],
  ['try, no exception', '', 'try:\n  pass\nexcept ValueError:\n  pass'],
  ['raise, except', '', 'try:\n  raise ValueError("x")\nexcept ValueError:\n  pass'],
  ['KeyError caught', 'd = {}', 'try:\n  d["x"]\nexcept KeyError:\n  pass'],
  [
    'with',
    'class A:\n  def __enter__(self):\n    return self\n  def __exit__(self, *e):\n    pass\no = A()',
    'with o:\n  pass',
  ],
  ['lock', 'from threading import Lock\nlock = Lock()', 'with lock:\n  pass'],
  ['queue.Queue', 'from queue import Queue\nq = Queue()', 'q.put(1)\nq.get()'],
  ['deque', 'from collections import deque\nq = deque()', 'q.append(1)\nq.popleft()'],
  ['heapq', 'from heapq import heappush, heappop\nh = list(range(100))', 'heappush(h, 50)\nheappop(h)'],
  ['Counter', 'from collections import Counter\na = "the quick brown fox"', 'Counter(a)'],
  ['functools.lru_cache', 'from functools import lru_cache\n@lru_cache(None)\ndef f(x):\n  return x', 'f(1)'],
  ['functools.partial', 'from functools import partial\nf = partial(max, 3)', 'f(4)'],
  ['itertools.chain', 'from itertools import chain\na = list(range(5))', 'for x in chain(a, a):\n  pass'],
  ['re.match', 'import re\np = re.compile(r"(\\w+)=(\\d+)")', 'p.match("key=123").group(1)'],
  ['re.sub', 'import re\np = re.compile(r"\\d+")', 'p.sub("#", "a1b22c333")'],
  ['json.dumps', 'import json\nd = {"a": [1, 2, 3], "b": "text"}', 'json.dumps(d)'],
  ['json.loads', 'import json\ns = \'{"a": [1, 2, 3], "b": "text"}\'', 'json.loads(s)'],
  ['struct', 'import struct', 'struct.unpack("<IH", struct.pack("<IH", 1, 2))'],
  ['math.sqrt', 'from math import sqrt\na = 2.0', 'sqrt(a)'],
  ['random.random', 'from random import random', 'random()'],
  ['random.randint', 'from random import randint', 'randint(1, 6)'],
  ['int: + * // %', 'a, b = 1234, 7', 'a + b\na * b\na // b\na % b'],
  ['float: + * /', 'a, b = 12.34, 7.0', 'a + b\na * b\na / b'],
  ['big int', 'a = 1 << 70', 'a + a\na * a'],
  ['a < b < c', 'a, b, c = 1, 2, 3', 'a < b < c'],
  ['str == str', 'a, b = "abc" * 3, "".join(["abc"] * 3)', 'a == b'],
  ['bytes: index, slice', 'a = b"the quick brown fox"', 'a[3]\na[4:9]'],
  ['bytearray', 'a = bytearray(10)', 'a[3] = 5\na.append(1)\na.pop()'],
  ['StringIO.write', 'from io import StringIO\nf = StringIO()', 'f.write("text")\nf.seek(0)'],
];

const indent = (text, by) => text.replace(/^/gm, ' '.repeat(by));

/** Prints nanoseconds of CPU time a turn: enough turns for a tenth of a second after a warm-up of as much, the least of three. */
const program = (setup, body) => `
import time
def work(n):
${indent(setup === '' ? 'pass' : setup, 1)}
 turns = range(n)
 begin = time.thread_time()
 for _ in turns:
${indent(body, 2)}
 return time.thread_time() - begin
n = 1
while work(n) < 0.1:
  n *= 2
work(n)
print(min(work(n) / n for _ in range(3)) * 1e9)
`;

const nanoseconds = (command, file) => Number(run([...command, file]).stdout);

/** The row's medians of so many trials. */
export function measure([name, setup, body], trials) {
  const file = at('.cache', 'bench', 'operation.py');
  mkdirSync(at('.cache', 'bench'), { recursive: true });
  writeFileSync(file, program(setup, body));
  const pairs = Array.from({ length: trials }, () => {
    const mine = nanoseconds(ours(), file);
    const theirs = nanoseconds([cpython], file);
    return { mine, theirs, ratio: mine / theirs };
  });
  const of = (key) => median(pairs.map((p) => p[key]));
  return { name, mine: of('mine'), theirs: of('theirs'), ratio: of('ratio') };
}

/** Rows whose name has one of the words, all without words; worst first. */
export function measureAll(words, trials) {
  const chosen = ROWS.filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));
  return chosen.map((row) => measure(row, trials)).sort((a, b) => b.ratio - a.ratio);
}

const show = (name, mine, theirs, ratio) =>
  console.log(name.padEnd(34), mine.padStart(9), theirs.padStart(9), ratio.padStart(7));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { trials: { type: 'string', default: '1' } },
  });
  if (cpython === undefined) throw new Error('no CPython 3.14 in PROTOSPACE_PEERS');
  const results = measureAll(positionals, Number(values.trials));
  show('ns a turn', 'ours', 'CPython', 'ratio');
  for (const { name, mine, theirs, ratio } of results) show(name, mine.toFixed(0), theirs.toFixed(0), ratio.toFixed(2));
  const mean = Math.exp(results.reduce((sum, r) => sum + Math.log(r.ratio), 0) / results.length);
  show('geometric mean', '', '', mean.toFixed(2));
}
