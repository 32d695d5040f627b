import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { patience } from '../stress.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** Lines that a program writes within a heap of 32 MiB. */
function within32M(code: string): string[] {
  const args = [cli, '--heap', '32M', '--allocator', allocatorKind, '-c', code];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: patience(100_000) });
  assert.equal(child.stderr, '');
  assert.equal(child.status, 0);
  return child.stdout.trimEnd().split('\n');
}

describe(`vm/restart: memory exhausted (${allocatorKind})`, function () {
  this.timeout(110_000);

  // Each makes some 10 MB that are garbage at once: more than half of what is free, so a collection that waited for a threshold would come late.
  const garbage: [string, string][] = [
    ['lists of one call', 'f = lambda: len([0] * 2_000_000)\nfor i in range(20): f()'],
    ['strings', "for i in range(20): x = 'a' * 4_000_000 + str(i)"],
    ['bytes', 'for i in range(20): x = bytes(6_000_000); x = bytearray(x); x = None'],
    ['lists of a range', 'for i in range(10): l = list(range(500_000)); del l'],
    ['dicts and sets', 'for i in range(10): d = dict.fromkeys(range(50_000)); s = set(d); del d, s'],
    ['floats', 'for i in range(10): l = [float(k) for k in range(100_000)]; l = list(map(float, l)); del l'],
    [
      'joined strings',
      "for i in range(10): l = [str(k) for k in range(50_000)]; s = ','.join(l); l = s.split(','); del l, s",
    ],
    ['a bound built-in', "j = ''.join\nfor i in range(20): x = j(['a' * 4_000_000, 'b'])"],
    ['sorted lists', 'for i in range(10): l = sorted(range(100_000), key=lambda v: -v); del l'],
    ['cycles', 'def f():\n  a = []; a.append(a); a.append([0] * 1000)\nfor i in range(10_000): f()'],
    ['big ints', 'for i in range(100): x = 3 ** 100_000'],
    [
      'linked objects',
      'class N:\n  def __init__(s, p): s.p = p\nfor i in range(10):\n  n = None\n  for k in range(20_000): n = N(n)',
    ],
  ];
  for (const [name, code] of garbage)
    it(`a program that makes much garbage runs: ${name}`, () =>
      assert.deepEqual(within32M(`${code}\nprint('done')`), ['done']));

  const needs: [string, string][] = [
    ['list.append', 'l = []\n  while True: l.append([0] * 1000)'],
    ['nested lists', 'x = []\n  while True: x = [x]'],
    ['dict items', 'd = {}; i = 0\n  while True: d[i] = str(i); i += 1'],
    ['doubled strings', "s = 'a'\n  while True: s += s"],
    ['floats', 's = 1.5; l = []\n  while True: s = s + 1.0; l.append(s)'],
    ['list(range)', 'list(range(10 ** 8))'],
    ['list(map)', 'list(map(float, range(10 ** 8)))'],
    ['set(range)', 'set(range(10 ** 8))'],
    ['a comprehension', '[str(i) for i in range(10 ** 8)]'],
    ['tuple of a generator', 'tuple(i for i in range(10 ** 8))'],
    ['str.join of a generator', "','.join(str(i) for i in range(10 ** 8))"],
    ['objects', 'class N:\n    def __init__(s, p): s.p = p\n  n = None\n  while True: n = N(n)'],
  ];
  for (const [name, code] of needs)
    it(`what needs more than there is raises MemoryError, again and again, and the program goes on: ${name}`, () => {
      const f = `def f():\n  ${code}\n`;
      const twice =
        'for i in range(2):\n  try: f()\n  except MemoryError: print("MemoryError")\nprint(len([0] * 100_000))';
      assert.deepEqual(within32M(f + twice), ['MemoryError', 'MemoryError', '100000']);
    });

  it('deep recursion that ends with MemoryError leaves room to handle it: neither its stack nor its frames are kept', () => {
    const code = `
import sys
sys.setrecursionlimit(10 ** 6)
def f(n): return f(n + 1) + 1
for i in range(2):
    try: f(0)
    except MemoryError as e: print(type(e).__name__, e.__traceback__ is not None, len([0] * 1_000_000))`;
    assert.deepEqual(within32M(code), Array<string>(2).fill('MemoryError True 1000000'));
  });

  it('the thread that asked gets MemoryError, others go on', () => {
    const code = `
import threading
stop = False
counts = []
def steady():
    n = 0
    while not stop:
        x = [i * 1.5 for i in range(100)]
        n += 1
    counts.append(n > 0)
def hog():
    l = []
    try:
        while True: l.append([0] * 300_000)
    except MemoryError: print('MemoryError')
threads = [threading.Thread(target=steady) for _ in range(2)]
for t in threads: t.start()
for i in range(5):
    t = threading.Thread(target=hog); t.start(); t.join()
stop = True
for t in threads: t.join()
print(counts)`;
    assert.deepEqual(within32M(code), [...Array<string>(5).fill('MemoryError'), '[True, True]']);
  });

  it('what was done before memory ended is not done twice', () => {
    const code = `
from collections import deque
it = iter(range(10 ** 9))
for i in range(3):
    try: list(it)
    except MemoryError: pass
    a = next(it)
    b = next(it)
    assert b == a + 1
d = deque()
try:
    while True: d.append([0] * 1000)
except MemoryError: n = len(d); d.clear(); print(n > 1000)
calls = []
def f(x): calls.append(x); return [x] * 10000
try: x = list(map(f, range(10 ** 6)))
except MemoryError: pass
print(calls == list(range(len(calls))))`;
    assert.deepEqual(within32M(code), ['True', 'True']);
  });

  it('an uncaught MemoryError is reported', () => {
    const args = [
      cli,
      '--heap',
      '32M',
      '--allocator',
      allocatorKind,
      '-c',
      'l = []\nwhile True: l.append([0] * 1000)\n',
    ];
    const child = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: patience(100_000) });
    assert.equal(child.status, 1);
    assert.match(child.stderr, /^Traceback .*\n(.*\n)*MemoryError\n$/);
  });
});
