import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Checker {
  checkRoots(root: string, filter?: string, plant?: boolean): { faults: string[]; collecting: string[] };
}

const packageFolder = fileURLToPath(new URL('../../../', import.meta.url));
const { checkRoots } = (await import(new URL('../../../scripts/check-roots.mjs', import.meta.url).href)) as Checker;

const HEAP = `
export const newObject = (kind: number): number => kind;
export const root = (h: number): number => h;
export const unroot = (slot: number): void => void slot;
export function collectGarbage(): void {}
export const storeRef = (o: number, w: number, v: number): void => void (o + w + v);
`;
const START = `
import { collectGarbage, newObject, root, storeRef, unroot } from '../heap/heap.js';
import * as L from '../heap/layout.js';
const I32 = new Int32Array(4);
export function python(): number { collectGarbage(); return newObject(1); }
`;

describe('scripts/check-roots', function () {
  this.timeout(120_000);
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'protospace-roots-'));
    for (const f of ['heap', 'objects']) mkdirSync(join(folder, 'lib', f), { recursive: true });
    writeFileSync(join(folder, 'lib/heap/heap.ts'), HEAP);
    writeFileSync(join(folder, 'lib/heap/layout.ts'), 'export const LIST_ITEMS = 5;');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function faults(body: string): string[] {
    writeFileSync(join(folder, 'lib/objects/a.ts'), START + body);
    return checkRoots(folder).faults.map((f) => f.replace(/^[^ ]* /, ''));
  }

  const clean = (body: string): void => assert.deepEqual(faults(body), []);
  const caught = (body: string, part: string): void =>
    assert.ok(
      faults(body).some((f) => f.includes(part)),
      faults(body).join('\n') || `nothing was found in ${body}`,
    );

  it('finds a new object that is used after a call that may collect', () => {
    caught('function f(): number { const a = newObject(1); python(); return a; }', "f: 'a' is not rooted");
    clean('function f(): number { const a = newObject(1); const s = root(a); python(); unroot(s); return a; }');
    caught(
      'function f(): number { const a = newObject(1); const s = root(a); unroot(s); python(); return a; }',
      "'a' is not rooted",
    );
  });

  it('sees through functions of its own, loops and branches', () => {
    caught('const g = (): number => python();\nfunction f(): number { const a = g(); g(); return a; }', "'a' is not");
    caught('function f(): void { let a = 0; for (;;) { storeRef(a, 1, 1); a = newObject(1); python(); } }', "'a'");
    caught('function f(x: number): number { const a = newObject(1); if (x > 1) python(); return a; }', "'a'");
    clean('function f(x: number): number { const a = newObject(1); if (x > 1) { python(); return 0; } return a; }');
  });

  it('finds word numbers of objects that may be gone, and operands evaluated before a collecting one', () => {
    caught('function f(): number { const w = newObject(1) >>> 2; python(); return I32[w]!; }', "'w'");
    caught(
      'const pair = (a: number, b: number): number => a + b;\nfunction f(): number { return pair(python(), python()); }',
      'a temporary',
    );
  });

  it('knows what a callee keeps, what it needs, and what a store makes reachable', () => {
    clean(
      'function hold(h: number): void { const s = root(h); python(); unroot(s); }\nfunction f(): number { const a = newObject(1); hold(a); return a; }',
    );
    caught(
      'function use(h: number): number { python(); return h; }\nfunction f(): number { return use(newObject(1)); }',
      'whose callee goes on using it',
    );
    clean(
      'function f(o: number): number { const s = root(o); const a = newObject(1); storeRef(o, 1, a); python(); unroot(s); return a; }',
    );
  });

  it('finds what an object referred to when it was read', () => {
    caught(
      'function f(o: number): number { const a = I32[(o >>> 2) + L.LIST_ITEMS]!; python(); return a; }',
      "'a' was only borrowed",
    );
  });

  it('finds handles in arrays and those that a callback reads', () => {
    caught('function f(n: number[]): number[] { return n.map(() => python()); }', "'results' is not rooted");
    caught(
      'const each = (g: () => void): void => { python(); g(); };\nfunction f(): void { const a = newObject(1); each(() => storeRef(a, 1, 1)); }',
      "'a'",
    );
  });

  it('finds handles in arrays, objects and maps that were filled one by one, in a callee too', () => {
    caught(
      'function f(): number { const m: Record<string, number> = {}; m["a"] = python(); m["b"] = python(); return m["a"]!; }',
      "'m' is not rooted",
    );
    caught(
      'function f(): number { const m = new Map(); m.set(1, python()); m.set(2, python()); return m.get(1); }',
      "'m' is not rooted",
    );
    const add = 'function add(m: number[], i: number): void { ROOT m[i] = x; }\n';
    const f =
      'function f(n: number): number { const m: number[] = []; for (let i = 0; i < n; i++) add(m, i); return m[1]!; }';
    caught(add.replace('ROOT', 'const x = python();') + f, "'m' is not rooted");
    clean(add.replace('ROOT', 'const x = python(); root(x);') + f);
  });

  it('finds handles in properties of an object that a function returns', () => {
    const make =
      'function make(): { a: number } | undefined { const a = python(); return a === 0 ? undefined : { a }; }\n';
    caught(`${make}function f(): number { const m = make()!; python(); return m.a; }`, "'m.a' is not rooted");
    clean(`${make}function f(): number { const m = make()!; const s = root(m.a); python(); return m.a + s; }`);
    caught('function f(): number { const m = { a: python() }; python(); return m.a; }', "'m.a' is not rooted");
  });

  it('knows that a function may give what it was given', () => {
    const release = 'const release = (slot: number, h: number): number => { unroot(slot); return h; };\n';
    caught(
      `${release}function f(): number { const a = release(1, python()); python(); return a; }`,
      "'a' is not rooted",
    );
    clean(
      `const word = (h: number): number => h >>> 3;\nfunction f(h: number): number { const a = word(h); python(); return a; }`,
    );
  });

  it('finds in the runtime the one planted there, and no other', () => {
    const { faults } = checkRoots(packageFolder, '', true);
    assert.ok(
      faults.some((f) => f.includes("keysOf: 'keys' is not rooted")),
      'the planted one was not found',
    );
    assert.deepEqual(
      faults.filter((f) => !/sort\.ts:\d+ (keysOf|sortList):/.test(f)),
      [],
    );
  });
});
