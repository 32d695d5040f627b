// Fills dist/code/ with V8's code caches of the runtime's two scripts, made by the Node that runs this: of the first after a program that uses what
// programs commonly use, and imports nothing, of the second after one that imports what programs commonly import.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { at, runNode } from './run.mjs';

const FOLDER = at('dist', 'code');

/** Functions that ran are in the cache; the rest V8 compiles when they are called. */
const WARM = `
class Base:
    def __init__(self, x): self.x = x
    def __repr__(self): return f'{self.x!r:>8}'
class Derived(Base):
    def __init__(self, x, *args, y=1, **kw):
        super().__init__(x)
        self.y = y
    @property
    def both(self): return self.x, self.y
def gen(n):
    for i in range(n): yield i * 2
total = 0
for i, v in enumerate(gen(10)):
    while i > 3: i -= 2
    total += v ** 2 // 3 % 5
d = {k: [k] * 2 for k in 'abc'}
s = sorted({3, 1, 2}, key=lambda x: -x)
try:
    d['z']
except KeyError as e:
    text = str(e) + ', '.join(repr(x) for x in (1, 2.5, None, 'x', b'y'))
finally:
    t = Derived(1, 2, y=3).both + tuple(s[1:])
with_format = '%s %d {}'.format(1) % ('a', 2)
first, *rest = t
repr(Derived('q')), isinstance(1, int), hasattr(d, 'get'), text.split(','), text.upper().strip()
`;

const IMPORTS = `
import abc, argparse, collections, dataclasses, enum, functools, io, itertools, json, math, os, random, re, string, struct, sys, threading, time, typing
re.sub(r'(\\w+)-[a-z]*', lambda m: m.group(1), 'a-b')
json.loads(json.dumps({'a': [1, 2.5, None]}))
os.path.exists('.'), os.listdir('.'), collections.OrderedDict(a=1), list(itertools.chain([1], [2])), math.sqrt(2)
`;

/** Makes the caches; false when one did not come out of it. */
export function precompile() {
  rmSync(FOLDER, { recursive: true, force: true });
  const env = { PROTOSPACE_CACHE: FOLDER, NODE_OPTIONS: '' };
  for (const program of [WARM, IMPORTS]) if (!runNode('dist/cli.js', ['-c', program], { env, limit: 60 })) return false;
  return existsSync(FOLDER) && readdirSync(FOLDER).length === 2;
}
