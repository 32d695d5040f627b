import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';

interface Checker {
  locksIn(file: string, text: string): string[];
  callsInSections(file: string, text: string): string[];
  lockedHotPaths(root: string, plant?: boolean): string[];
  countedPrograms(allocators: string[], plant?: boolean, counts?: number[]): Iterable<{ good: boolean; text: string }>;
}

const packageFolder = fileURLToPath(new URL('../../../', import.meta.url));
const script = new URL('../../../scripts/check-locks.mjs', import.meta.url).href;
const { locksIn, callsInSections, lockedHotPaths, countedPrograms } = (await import(script)) as Checker;

describe('scripts/check-locks', function () {
  this.timeout(120_000);

  const caught = [
    'Atomics.wait(I32, w, 0);',
    'void Atomics . waitAsync(I32, w, 0);',
    "Atomics['wait'](I32, w, 0);",
    'lockObject(h);',
    'if (lockWord(bucket)) return;',
    "import { backoff } from '../heap/backoff.js';",
    'std::mutex m;',
    'const std::lock_guard<Lock> guard(lock);',
    'pthread_mutex_lock(&m);',
    'syscall(SYS_futex, &word); futex(&word);',
    'const SetupGuard guard(attachLock);',
    'yieldProcessor();',
  ];
  for (const line of caught)
    it(`finds ${line}`, () => assert.ok(locksIn('lib/heap/a.ts', `let x = 0;\n${line}`)[0]?.includes('a.ts:2: ')));

  it('finds calls and loops within a section, and none outside', () => {
    const section = (body: string): string[] =>
      callsInSections('lib/a.ts', `f(x);\nif (!begin(h, seen)) continue;\n${body}\nend(h);\nbarrier(h, v);`);
    assert.deepEqual(section('I32[w] = v;\nif (full) I32[at] = 0; // f(x)'), []);
    assert.match(section('push(h, v);')[0]!, /a\.ts:3: within a section: push\(h, v\);/);
    assert.equal(section('while (I32[w] !== 0) w++;').length, 1);
  });

  it('finds a section where there must not even be one', () => {
    assert.match(locksIn('lib/modules/deque.ts', 'if (!begin(d, seen)) continue;')[0]!, /deque\.ts:1: a section/);
    assert.deepEqual(locksIn('lib/objects/list.ts', 'if (!begin(d, seen)) continue;'), []);
  });

  it('does not mind comments, notifying and other atomics', () => {
    const text =
      '/* Atomics.wait\n a mutex */\n// lockWord(w)\nAtomics.notify(I32, w);\natomics.cas(w, 0, 1);\nunlock(w);';
    assert.deepEqual(locksIn('lib/heap/a.ts', text), []);
  });

  it('finds none in the hot paths, but one planted in any part of them', () => {
    assert.deepEqual(lockedHotPaths(packageFolder), []);
    assert.ok(lockedHotPaths(packageFolder, true).length > 4);
  });

  it('names a listed file that is not there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'protospace-locks-'));
    assert.match(lockedHotPaths(folder)[0]!, /alloc\.ts: listed as a hot path, but there is no such file/);
    rmSync(folder, { recursive: true });
  });

  it('counts no lock in the hot paths of a program, and those of a list that threads share', () => {
    for (const { good, text } of countedPrograms([allocatorKind], false, [4])) assert.ok(good, text);
    assert.ok([...countedPrograms([allocatorKind], true, [4])].some(({ good }) => !good));
  });
});
