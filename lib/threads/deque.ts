/**
 * The work-stealing deque of each carrier, in the space: D. Chase and Y. Lev, "Dynamic circular work-stealing deque" (SPAA 2005), with the
 * orders of N. M. Lê and others, "Correct and efficient work-stealing for weak memory models" (PPoPP 2013), over a ring of fixed
 * size: what does not fit goes to the inject queue. The owner pushes and takes at the bottom, anyone steals at the top.
 *
 * Invariant: 0 <= bottom - top <= STEAL_ENTRIES, but for a take in progress, which may leave bottom = top - 1. Indices only grow and wrap.
 * A deque outlives its carrier: others steal what it leaves.
 */
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';

const I32 = i32;
const TOP = 0;
const BOTTOM = 16;
const ENTRIES = 32;
const MASK = L.STEAL_ENTRIES - 1;

/** `steal` lost a race: there may be more. */
export const RETRY = -1;

const dequeOf = (carrier: number): number => (L.STEAL_BASE + carrier * L.STEAL_BYTES) >>> 2;

/** Owner: adds `item` (not 0) at the bottom; false when the deque is full. */
export function pushBottom(carrier: number, item: number): boolean {
  const d = dequeOf(carrier);
  const bottom = I32[d + BOTTOM];
  if (((bottom - atomics.load((d + TOP) << 2)) | 0) >= L.STEAL_ENTRIES) return false;
  I32[d + ENTRIES + (bottom & MASK)] = item;
  atomics.store((d + BOTTOM) << 2, (bottom + 1) | 0);
  return true;
}

/** Owner: the item pushed last, 0 when there is none. */
export function takeBottom(carrier: number): number {
  const d = dequeOf(carrier);
  const bottom = (I32[d + BOTTOM] - 1) | 0;
  // Sequentially consistent, before the load: a thief sees the new bottom, or this sees the thief's top.
  atomics.store((d + BOTTOM) << 2, bottom);
  const top = atomics.load((d + TOP) << 2);
  if (((bottom - top) | 0) < 0) {
    atomics.store((d + BOTTOM) << 2, top);
    return 0;
  }
  let item = I32[d + ENTRIES + (bottom & MASK)];
  if (bottom !== top) return item;
  // The last one: thieves may want it too.
  if (atomics.cas((d + TOP) << 2, top, (top + 1) | 0) !== top) item = 0;
  atomics.store((d + BOTTOM) << 2, (top + 1) | 0);
  return item;
}

/** Anyone: the item at the top, 0 when the deque is empty, RETRY when another was faster. */
export function stealTop(carrier: number): number {
  const d = dequeOf(carrier);
  const top = atomics.load((d + TOP) << 2);
  if (((atomics.load((d + BOTTOM) << 2) - top) | 0) <= 0) return 0;
  const item = I32[d + ENTRIES + (top & MASK)];
  return atomics.cas((d + TOP) << 2, top, (top + 1) | 0) === top ? item : RETRY;
}
