/**
 * The write barrier of the young-region rule (design, section 3, rules 2, 3 and 6). Every store of a handle into an object goes through
 * `storeRef`, except into the newest allocation or when all cells of the operation were reserved at once.
 */
import { CARRIER } from './carrier.js';
import { entryMark } from './context.js';
import * as L from './layout.generated.js';
import { logValue } from './marking.js';
import { i32 } from './memory.js';
import { publishStore } from './publish.js';

const I32 = i32;
const C = CARRIER;

/** In the current run at or above the escape mark? */
export function isYoung(handle: number): boolean {
  const escape = I32[C + L.CAR_ESCAPE]!;
  return (handle & 1) === 0 && ((handle & -8) - escape) >>> 0 < (I32[C + L.CAR_BUMP]! - escape) >>> 0;
}

/** Innermost context whose entry mark is not above `address`. */
function ownerOf(address: number): number {
  let context = I32[C + L.CAR_CONTEXT]!;
  for (;;) {
    const previous = I32[context + L.F_PREVIOUS]!;
    if (previous === 0 || ((address - entryMark(context)) | 0) >= 0) return context;
    context = previous;
  }
}

/** The owner of `object` adopts what was allocated so far: entry marks of all contexts above it move up to bump. */
function adopt(owner: number): void {
  const bump = I32[C + L.CAR_BUMP]!;
  for (let c = I32[C + L.CAR_CONTEXT]!; c !== owner; c = I32[c + L.F_PREVIOUS]!) I32[c + L.F_ENTRY] = bump;
}

function storeYoung(object: number, value: number): void {
  const address = value & -8;
  if ((value & 7) === 0) {
    const w = value >>> 2;
    if ((I32[w]! & L.FLAG_FINALIZER) !== 0) I32[w] = I32[w]! | L.FLAG_STORED;
  }
  if (!isYoung(object)) {
    I32[C + L.CAR_ESCAPE] = I32[C + L.CAR_BUMP]!;
    return;
  }
  if (((object - entryMark(I32[C + L.CAR_CONTEXT]!)) | 0) >= 0) return;
  const owner = ownerOf(object);
  if (((entryMark(ownerOf(address)) - entryMark(owner)) | 0) > 0) adopt(owner);
}

/** To be called for every store of `value` into `object` (an object handle), before or after it, with no allocation between. */
export function barrier(object: number, value: number): void {
  if ((value & 1) !== 0 || (value & 7) === 6) return;
  if (I32[L.CTL_MARKING] !== 0 && !isYoung(object)) logValue(value);
  youngBarrier(object, value);
}

/** The young-region rule alone: for a word that keeps nothing alive. */
export function youngBarrier(object: number, value: number): void {
  const escape = I32[C + L.CAR_ESCAPE]!;
  if (((value & -8) - escape) >>> 0 < (I32[C + L.CAR_BUMP]! - escape) >>> 0) storeYoung(object, value);
}

/** Stores `value` into word `offset` of `object`, with the barrier; before that publishes it when `object` is not the thread's own. */
export function storeRef(object: number, offset: number, value: number): void {
  publishStore(object, value);
  I32[(object >>> 2) + offset] = value;
  barrier(object, value);
}

/** Everything allocated so far becomes old: for values that anyone may find from now on (rule 6). */
export function escapeAll(): void {
  I32[C + L.CAR_ESCAPE] = I32[C + L.CAR_BUMP]!;
}
