// Fills dist/code/ with V8's code cache of the runtime, made by the Node that runs this: a program that uses what programs commonly use.
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

/** Makes the cache; false when none came out of it. */
export function precompile() {
  rmSync(FOLDER, { recursive: true, force: true });
  const env = { PROTOSPACE_CACHE: FOLDER, NODE_OPTIONS: '' };
  if (!runNode('dist/cli.js', ['-c', WARM], { env, limit: 60 })) return false;
  return existsSync(FOLDER) && readdirSync(FOLDER).length > 0;
}
