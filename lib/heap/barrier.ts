/**
 * The write barrier of the young-region rule (design, section 3, rules 2, 3 and 6). Every store of a handle into an object goes through
 * `storeRef`, except into the newest allocation or when all cells of the operation were reserved at once.
 */
import { CARRIER } from './carrier.js';
import { adopt, entryMark } from './context.js';
import { noteStore } from './finalizable.js';
import * as L from './layout.generated.js';
import { logValue, MARK_VOID_LOST } from './marking.js';
import { i32 } from './memory.js';
import { isWatching, storeAllPending } from './pending.js';
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

/** The value lies in the range that the barrier looks at. */
function storeSlow(object: number, value: number): void {
  if (isWatching()) noteStore(object, value);
  if (value !== 0 && isYoung(value)) storeYoung(object, value);
}

function storeYoung(object: number, value: number): void {
  const address = value & -8;
  if (!isYoung(object)) return ageAll();
  if (((object - entryMark(I32[C + L.CAR_CONTEXT]!)) | 0) >= 0) return;
  const owner = ownerOf(object);
  if (((entryMark(ownerOf(address)) - entryMark(owner)) | 0) > 0) adopt(owner);
}

/** To be called for every store of `value` into `object` (an object handle), before or after it, with no allocation between. */
export function barrier(object: number, value: number): void {
  if ((value & 1) !== 0 || (value & 7) === 6) return;
  if (I32[L.CTL_MARKING] !== 0 && !isYoung(object)) logValue(value);
  if (((value & -8) - I32[C + L.CAR_BARRIER_LOW]!) >>> 0 < I32[C + L.CAR_BARRIER_SPAN]! >>> 0) storeSlow(object, value);
}

/** Stores `value` into word `offset` of `object`, with the barrier; before that publishes it when `object` is not the thread's own. */
export function storeRef(object: number, offset: number, value: number): void {
  publishStore(object, value);
  I32[(object >>> 2) + offset] = value;
  barrier(object, value);
}

/** Everything allocated so far becomes old. */
export function ageAll(): void {
  const bump = I32[C + L.CAR_BUMP]!;
  I32[C + L.CAR_ESCAPE] = bump;
  if (isWatching()) return;
  I32[C + L.CAR_BARRIER_LOW] = bump;
  I32[C + L.CAR_BARRIER_SPAN] = I32[C + L.CAR_RUN_END]! - bump;
}

/**
 * A JavaScript exception came out of code that stores (no stack left, a fault): the barrier of one store may not have run. Everything is old then, and
 * what is marked beside the program must be marked anew.
 */
export function barrierMissed(): void {
  escapeAll();
  if (I32[L.CTL_MARKING] !== 0) I32[L.CTL_MARK_VOID] = MARK_VOID_LOST;
}

/** The same for values that anyone may find from now on (rule 6). */
export function escapeAll(): void {
  ageAll();
  if (isWatching()) storeAllPending();
}
