/**
 * One thread at a time imports a module: the spec says which, the others wait for it (in CPython the module locks of importlib._bootstrap). Threads
 * that import each other's modules in a circle do not wait: they see a module that is not ready, as a single thread does.
 *
 * | word of the spec | written by | read by |
 * | --- | --- | --- |
 * | RECORD_RAW_0, RAW_1 | the importing thread: its record and number, before the module is in sys.modules; 0 when done | anyone |
 */
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { isKind } from '../objects/object.js';
import { beginWait, SUSPENDED, waitFor } from '../threads/block.js';
import { currentThread, INTERRUPTED, wakeAll } from '../threads/parking.js';
import { finishSpec, isSpec } from './module-spec.js';
import { moduleGet } from './modules.js';

const I32 = i32;

const importerWord = (spec: number): number => (spec >>> 2) + L.RECORD_RAW_0;

/** The mounted thread imports the module of this spec. */
export function beginImport(spec: number): void {
  const t = currentThread();
  I32[(spec >>> 2) + L.RECORD_RAW_1] = I32[t + L.THR_ID];
  I32[importerWord(spec)] = t;
}

/** The import is over, well or not: who waits for it goes on. */
export function endImport(spec: number): void {
  finishSpec(spec);
  atomics.store(importerWord(spec) << 2, 0);
  wakeAll(spec);
}

/** Record of the thread that is importing the module of this spec; 0: none is. */
function importerOf(spec: number): number {
  const t = atomics.load(importerWord(spec) << 2);
  return t !== 0 && I32[t + L.THR_ID] === I32[(spec >>> 2) + L.RECORD_RAW_1] ? t : 0;
}

/** Would waiting for the spec be waiting for oneself? Each thread notes what it will wait for before it looks, so that one of a circle sees it. */
function isCircle(spec: number, self: number): boolean {
  for (let s = spec, steps = 0; steps < 100; steps++) {
    const t = importerOf(s);
    if (t === self) return true;
    s = t === 0 ? 0 : atomics.load((t + L.THR_WAIT_OBJECT) << 2);
    if (s === 0 || !isSpec(s)) return false;
  }
  return true;
}

/** Waits while another thread imports the module: true to go on; false: unwind. */
export function awaitImport(module: number): boolean {
  const spec = isKind(module, L.KIND_MODULE) ? moduleGet(module, '__spec__') : 0;
  if (spec === 0 || !isSpec(spec) || importerOf(spec) === 0) return true;
  const slot = root(spec);
  const ready = awaitSpec(slot);
  unroot(slot);
  return ready;
}

/** The same for the spec rooted at `slot`. */
function awaitSpec(slot: number): boolean {
  const self = currentThread();
  let circle = false;
  const waits = (): boolean => {
    circle = isCircle(I32[slot], self);
    return !circle && importerOf(I32[slot]) !== 0;
  };
  let how = beginWait(I32[slot], () => Infinity);
  for (;;) {
    if (how === INTERRUPTED || how === SUSPENDED) return false;
    if (circle || importerOf(I32[slot]) === 0) return true;
    how = waitFor(I32[slot], waits);
  }
}
