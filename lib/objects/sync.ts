/**
 * Who may work on a mutable object, and how (design, section 6). Header word 3, `sync`, is either the id of the owning ProtoThread (not
 * negative): the owner works without any atomic instruction; or negative, "shared": low 8 bits name the carrier (index + 1) that holds the
 * lock, bits 8 to 30 are a version. The id of an owner that has retired counts as shared too: the first lock rewrites it.
 *
 * A compound operation reads the word (`readBegin`), prepares everything, and commits by `begin(h, seen)`: that succeeds only when
 * nobody changed the object since. What is prepared may mix several moments: it may be worth nothing, but must stay within what it allocated. The section until `end` is a row of plain stores: no call, no loop, no allocation, no safepoint, and no
 * second section. V8 ends an isolate (`worker.terminate()`) and reports a full stack at calls and back edges only, so a section is left
 * undone or done, never half done; what may be left behind is the lock, which `breakLock` or the clean-up of the carrier takes off.
 *
 * | word | readers | writers | order |
 * | --- | --- | --- | --- |
 * | sync, owned | its owner | its owner | plain |
 * | sync, shared | anyone: readBegin (acquire), readRetry (after a fence) | begin (compare-and-swap, and a fence), end (release) | seqlock |
 * | CAR_LOCKED | the carrier's cleaner | its carrier, before the swap and after the release | plain |
 */
import { backoff } from '../heap/backoff.js';
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { orderLoads, orderStores } from '../heap/order.js';
import { SHARED } from '../heap/publish.js';
import { carrierOf, eachThread } from '../heap/roots.js';

export { publish, publishAll, publishStore, SHARED, shareNew } from '../heap/publish.js';

const I32 = i32;
const C = CARRIER;

const LOCK_MASK = 0xff;
const VERSION_STEP = 0x100;

const isLocked = (sync: number): boolean => sync < 0 && (sync & LOCK_MASK) !== 0;
const released = (sync: number): number => (((sync & ~LOCK_MASK) + VERSION_STEP) & 0x7fffff00) | SHARED;

/** Does the mounted thread own the object? */
export const isOwned = (h: number): boolean => I32[(h >>> 2) + 3] === I32[C + L.CAR_OWNER];

/** The sync word to hand to readRetry or begin; waits while another carrier is in a section. */
export function readBegin(h: number): number {
  const owned = I32[(h >>> 2) + 3];
  return owned === I32[C + L.CAR_OWNER] ? owned : sharedBegin(h);
}

function sharedBegin(h: number): number {
  const address = (h + 12) | 0;
  for (let looks = 0; ; looks++) {
    const sync = atomics.load(address);
    if (!isLocked(sync)) return sync;
    if ((sync & LOCK_MASK) === I32[C + L.CAR_INDEX] + 1) breakLock();
    else backoff(looks);
  }
}

/** Has the object been changed by another thread since `seen` was read? */
export function readRetry(h: number, seen: number): boolean {
  const w = (h >>> 2) + 3;
  if (seen === I32[C + L.CAR_OWNER]) return I32[w] !== seen;
  orderLoads();
  return atomics.load(w << 2) !== seen;
}

/** Is the object owned by another thread that is alive? */
export function isForeign(h: number): boolean {
  const sync = I32[(h >>> 2) + 3];
  if (sync < 0 || sync === I32[C + L.CAR_OWNER]) return false;
  let alive = false;
  eachThread((t) => {
    const carrier = carrierOf(t);
    if ((carrier === 0 ? I32[t + L.THR_OWNER] : I32[carrier + L.CAR_OWNER]) === sync) alive = true;
  });
  return alive;
}

/** Enters a section on the object unless it was changed since `seen`; false: start again. */
export function begin(h: number, seen: number): boolean {
  const w = (h >>> 2) + 3;
  if (seen === I32[C + L.CAR_OWNER]) return I32[w] === seen;
  I32[C + L.CAR_LOCKED] = h;
  if (atomics.cas(w << 2, seen, (seen < 0 ? seen : SHARED) | (I32[C + L.CAR_INDEX] + 1)) !== seen) {
    I32[C + L.CAR_LOCKED] = 0;
    return false;
  }
  orderStores();
  I32[C + L.CAR_LOCKS] = I32[C + L.CAR_LOCKS] + 1;
  return true;
}

/** Leaves a section entered by begin or lockObject; the version moves on. */
export function end(h: number): void {
  const sync = I32[(h >>> 2) + 3];
  if (sync >= 0) return;
  atomics.store((h + 12) | 0, released(sync));
  I32[C + L.CAR_LOCKED] = 0;
}

/** Enters a section on the object, waiting for others. */
export function lockObject(h: number): void {
  while (!begin(h, readBegin(h)));
}

export const unlockObject = end;

/** Takes off a lock that this carrier left behind: a section was left by a JavaScript exception (no stack was left for the call of `end`). */
export function breakLock(): void {
  const h = I32[C + L.CAR_LOCKED];
  if (h === 0) return;
  const sync = atomics.load((h + 12) | 0);
  if (isLocked(sync) && (sync & LOCK_MASK) === I32[C + L.CAR_INDEX] + 1) atomics.store((h + 12) | 0, released(sync));
  I32[C + L.CAR_LOCKED] = 0;
}
