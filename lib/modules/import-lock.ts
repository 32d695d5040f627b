/**
 * One thread at a time imports a module: a lock says which, the others wait for it (in CPython the module locks of importlib._bootstrap). Threads
 * that import each other's modules in a circle do not wait: they see a module that is not ready, as a single thread does.
 *
 * | word | written by | read by |
 * | --- | --- | --- |
 * | MODULE_IMPORTING | the importing thread: the lock, before the module is in sys.modules; 0 when done | anyone |
 * | RECORD_RAW_0, RAW_1 of the lock | the importing thread: its record and number; 0 when done | anyone |
 */
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { defineType } from '../objects/define.js';
import { isKind, typeOf } from '../objects/object.js';
import * as T from '../objects/type-ids.js';
import { beginWait, SUSPENDED, waitFor } from '../threads/block.js';
import { currentThread, INTERRUPTED, wakeAll } from '../threads/parking.js';
import { setInitializing } from './module-spec.js';
import { moduleGet } from './modules.js';
import { item, newRecord } from './record.js';

const I32 = i32;

const T_IMPORT_LOCK = T.T_BLOCK_IMPORT + 3;

defineType({ id: T_IMPORT_LOCK, name: 'import lock', kind: L.KIND_RECORD });

const lockWord = (module: number): number => (module >>> 2) + L.MODULE_IMPORTING;
const importerWord = (lock: number): number => (lock >>> 2) + L.RECORD_RAW_0;
const isLock = (h: number): boolean => (h & 7) === 0 && typeOf(h) === T.typeHandle(T_IMPORT_LOCK);

/** The lock of the import of a module that is under way; 0: it is not being imported. */
const lockOf = (module: number): number => atomics.load(lockWord(module) << 2);

export const isImporting = (module: number): boolean => lockOf(module) !== 0;

/** The mounted thread imports the module, which nobody else sees yet. */
export function beginImport(module: number): void {
  const t = currentThread();
  const spec = moduleGet(module, '__spec__');
  const lock = newRecord(T.typeHandle(T_IMPORT_LOCK), [spec]);
  I32[(lock >>> 2) + L.RECORD_RAW_1] = I32[t + L.THR_ID];
  I32[importerWord(lock)] = t;
  storeRef(module, L.MODULE_IMPORTING, lock);
  setInitializing(spec, H.TRUE);
}

/** The import is over, well or not: who waits for it goes on. */
export function endImport(module: number): void {
  const lock = lockOf(module);
  if (lock === 0) return;
  setInitializing(item(lock, 0), H.FALSE);
  atomics.store(importerWord(lock) << 2, 0);
  atomics.store(lockWord(module) << 2, 0);
  wakeAll(lock);
}

/** Record of the thread that holds the lock; 0: none does. */
function importerOf(lock: number): number {
  const t = atomics.load(importerWord(lock) << 2);
  return t !== 0 && I32[t + L.THR_ID] === I32[(lock >>> 2) + L.RECORD_RAW_1] ? t : 0;
}

/** Would waiting for the lock be waiting for oneself? Each thread notes what it will wait for before it looks, so that one of a circle sees it. */
function isCircle(lock: number, self: number): boolean {
  for (let s = lock, steps = 0; steps < 100; steps++) {
    const t = importerOf(s);
    if (t === self) return true;
    s = t === 0 ? 0 : atomics.load((t + L.THR_WAIT_OBJECT) << 2);
    if (s === 0 || !isLock(s)) return false;
  }
  return true;
}

/** Waits while another thread imports the module: true to go on; false: unwind. */
export function awaitImport(module: number): boolean {
  const lock = isKind(module, L.KIND_MODULE) ? lockOf(module) : 0;
  if (lock === 0 || importerOf(lock) === 0) return true;
  const slot = root(lock);
  const ready = awaitLock(slot);
  unroot(slot);
  return ready;
}

/** The same for the lock rooted at `slot`. */
function awaitLock(slot: number): boolean {
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
