// Fills dist/code/ with V8's code caches of the runtime's scripts, made by the Node that runs this, after a program that uses and imports what
// programs commonly do.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { at, runNode } from './run.mjs';

/** runtime.js, later.js, compiled.js */
const SCRIPTS = 3;
const FOLDER = at('dist', 'code');

/** Functions that ran are in the cache; the rest V8 compiles when they are called. The lists are enough for a collection or two. */
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
import gc
lists = [[i] for i in range(300_000)]
del lists
gc.collect()
def hot(items, n):
    best = Base(0)
    for i in range(n):
        item = items[i & 1]
        best.x = item.x + i if item.x > i * 0.5 else step(best.x, i) - 1
    return best.x
def step(a, b):
    while a > 10 and b is not None: a //= 2
    return [a, (a, b)][0] if len((a, b)) == 2 else Base(b).x
hot([Base(1), Base(2)], 5000)
repr(Derived('q')), isinstance(1, int), hasattr(d, 'get'), text.split(','), text.upper().strip()
`;

const IMPORTS = `
import abc, argparse, collections, contextlib, copy, dataclasses, datetime, enum, functools, io, inspect, itertools, json, logging, math, os
import pathlib, queue, random, re, string, struct, sys, tempfile, textwrap, threading, time, traceback, typing, unittest, warnings, weakref
re.sub(r'(\\w+)-[a-z]*', lambda m: m.group(1), 'a-b')
json.loads(json.dumps({'a': [1, 2.5, None]}))
os.path.exists('.'), os.listdir('.'), collections.OrderedDict(a=1), list(itertools.chain([1], [2])), math.sqrt(2)
@dataclasses.dataclass(order=True)
class Point:
    x: int = 0
    y: list = dataclasses.field(default_factory=list)
class Color(enum.Enum):
    RED = 1
@contextlib.contextmanager
def manager():
    yield Point(1), Color.RED
with manager() as pair:
    repr(pair), copy.copy(pair), collections.namedtuple('P', 'x y')(1, 2)
parser = argparse.ArgumentParser()
parser.add_argument('--n', type=int, default=1)
parser.parse_args([])
logging.getLogger('x').debug('%s', functools.partial(int))
pathlib.Path('.') / 'a', datetime.datetime(2020, 1, 1).isoformat(), random.Random(1).random(), time.time()
thread = threading.Thread(target=lambda: struct.pack('<i', 1))
thread.start()
thread.join()
`;

/** Makes the caches; false when one did not come out of it. */
export function precompile() {
  rmSync(FOLDER, { recursive: true, force: true });
  const env = { PROTOSPACE_CACHE: FOLDER, NODE_OPTIONS: '' };
  if (!runNode('dist/cli.js', ['-c', WARM + IMPORTS], { env, limit: 60 })) return false;
  return existsSync(FOLDER) && readdirSync(FOLDER).length === SCRIPTS;
}
