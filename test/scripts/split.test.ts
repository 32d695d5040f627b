import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Metafile {
  readonly inputs: Readonly<Record<string, { imports: readonly { path: string }[] }>>;
  readonly outputs: Readonly<Record<string, { entryPoint?: string }>>;
}
type Split = (text: string, metafile: Metafile) => [first: string, later: string, compiled: string];

const LATER = 'lib/modules/later.ts';
const COMPILED = 'lib/jit/index.ts';
const metafile: Metafile = {
  inputs: {
    'lib/main.ts': { imports: [{ path: 'lib/shared.ts' }, { path: LATER }, { path: COMPILED }] },
    [LATER]: { imports: [{ path: 'lib/rare.ts' }] },
    [COMPILED]: { imports: [{ path: 'lib/both.ts' }] },
    'lib/rare.ts': { imports: [{ path: 'lib/shared.ts' }, { path: 'lib/both.ts' }] },
    'lib/both.ts': { imports: [] },
  },
  outputs: { 'x.js.map': {}, 'x.js': { entryPoint: 'lib/main.ts' } },
};
const SHARED = '// lib/shared.ts\nconst [a, b] = [1, 2]; const c = 3;\n';
const bundle = (shared: string, rare: string, main: string): string =>
  `"use strict";\n${shared}// lib/rare.ts\n${rare}\n// ${LATER}\n// lib/main.ts\n${main}\n`;

describe('scripts/split', () => {
  let split: Split;
  before(async () => {
    const module = (await import(pathToFileURL(join(process.cwd(), 'scripts/split.mjs')).href)) as {
      splitBundle: Split;
    };
    split = module.splitBundle;
  });

  it('moves what only the later modules need to a script that gets what it refers to', () => {
    const [first, later] = split(bundle(SHARED, 'seen.push(b + c);', 'seen.push(a);'), metafile);
    const seen: number[] = [];
    const shared = new Function('seen', `${first}; return PROTOSPACE_SHARED;`)(seen) as (script: number) => unknown[];
    assert.deepEqual(seen, [1]);
    new Function('seen', 'PROTOSPACE_SHARED', later)(seen, shared(0));
    assert.deepEqual(seen, [1, 5]);
  });

  it('makes a script for each root, and keeps what two of them need in the first', () => {
    const text =
      `"use strict";\n// lib/both.ts\nconst d = 4;\n${SHARED}// lib/rare.ts\nseen.push(a + d);\n// ${LATER}\n` +
      `// ${COMPILED}\nseen.push(-d);\n// lib/main.ts\n`;
    const [first, later, compiled] = split(text, metafile);
    const seen: number[] = [];
    const shared = new Function('seen', `${first}; return PROTOSPACE_SHARED;`)(seen) as (script: number) => unknown[];
    new Function('seen', 'PROTOSPACE_SHARED', compiled)(seen, shared(1));
    new Function('seen', 'PROTOSPACE_SHARED', later)(seen, shared(0));
    assert.deepEqual(seen, [-4, 5]);
  });

  it('leaves every line where it was', () => {
    const text = bundle(SHARED, 'seen.push(b);', 'seen.push(a);');
    const [first, later] = split(text, metafile);
    const at = (part: string, what: string): number => part.split('\n').findIndex((line) => line.includes(what));
    assert.equal(at(first, 'seen.push(a)'), at(text, 'seen.push(a)'));
    assert.equal(at(later, 'seen.push(b)'), at(text, 'seen.push(b)'));
  });

  it('refuses what is needed at once and declared later', () => {
    assert.throws(() => split(bundle(SHARED, 'const d = 4;', 'seen.push(d);'), metafile), /d is in a script for later/);
  });

  it('refuses a shared variable that changes', () => {
    const shared = '// lib/shared.ts\nlet a = 1;\n';
    assert.throws(() => split(bundle(shared, 'seen.push(a);', 'a = 2;'), metafile), /a changes/);
  });
});
