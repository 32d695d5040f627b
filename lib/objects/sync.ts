/**
 * Who may work on a mutable object, and how (design, section 6). Header word 3, `sync`, is either the id of the owning ProtoThread (not
 * negative): the owner works without any atomic instruction; or negative, "shared": low 8 bits name the carrier (index + 1) that holds the
 * lock, bits 8 to 30 are a version. The id of an owner that has retired counts as shared too: the first lock rewrites it.
 *
 * A compound operation reads the word (`readBegin`), prepares everything, and commits by `begin(h, seen)`: that succeeds only when
 * nobody changed the object since. The section until `end` has no call, no allocation and no safepoint.
 */
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { scanObject } from '../heap/scan.js';
import { carrierOf, eachThread } from '../heap/roots.js';
import { newOwnerId } from '../heap/threads.js';
import { isBuiltinType } from './type-ids.js';

const I32 = i32;
const C = CARRIER;

/** The sync word of a shared object, version 0, unlocked. */
export const SHARED = 0x80000000 | 0;
const LOCK_MASK = 0xff;
const VERSION_STEP = 0x100;
/** Publishing walks at most this many objects; beyond it a new owner id publishes everything at once. */
const PUBLISH_LIMIT = 64;

const isLocked = (sync: number): boolean => sync < 0 && (sync & LOCK_MASK) !== 0;

/** Does the mounted thread own the object? */
export const isOwned = (h: number): boolean => I32[(h >>> 2) + 3] === I32[C + L.CAR_OWNER];

/** The sync word to hand to readRetry or begin; waits while another carrier is in a section. */
export function readBegin(h: number): number {
  const w = (h >>> 2) + 3;
  const owned = I32[w];
  if (owned === I32[C + L.CAR_OWNER]) return owned;
  for (;;) {
    const sync = atomics.load(w << 2);
    if (!isLocked(sync)) return sync;
  }
}

/** Has the object been changed by another thread since `seen` was read? */
export function readRetry(h: number, seen: number): boolean {
  const w = (h >>> 2) + 3;
  return seen === I32[C + L.CAR_OWNER] ? I32[w] !== seen : atomics.load(w << 2) !== seen;
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
  const locked = (seen < 0 ? seen : SHARED) | (I32[C + L.CAR_INDEX] + 1);
  if (atomics.cas(w << 2, seen, locked) !== seen) return false;
  I32[C + L.CAR_LOCKS] = I32[C + L.CAR_LOCKS] + 1;
  return true;
}

/** Leaves a section entered by begin or lockObject; the version moves on. */
export function end(h: number): void {
  const w = (h >>> 2) + 3;
  const sync = I32[w];
  if (sync >= 0) return;
  atomics.store(w << 2, (((sync & ~LOCK_MASK) + VERSION_STEP) & 0x7fffff00) | SHARED);
}

/** Enters a section on the object, waiting for others. */
export function lockObject(h: number): void {
  while (!begin(h, readBegin(h)));
}

export const unlockObject = end;

const isLeaf = (kind: number): boolean =>
  kind === L.KIND_STR || kind === L.KIND_BIGINT || kind === L.KIND_BYTES || kind === L.KIND_FREE;

const found = new Int32Array(PUBLISH_LIMIT + 1);
let foundCount = 0;

function visit(word: number): void {
  const h = I32[word];
  if (h === 0 || (h & 7) !== 0 || isBuiltinType(h) || foundCount > PUBLISH_LIMIT) return;
  const w = h >>> 2;
  if (I32[w + 3] !== I32[C + L.CAR_OWNER] || isLeaf(I32[w] & 0xff)) return;
  for (let i = 0; i < foundCount; i++) if (found[i] === h) return;
  found[foundCount++] = h;
}

/**
 * Makes a value and what it reaches shared. Objects of this thread are walked by the layout's table; when they are many the
 * thread takes a new owner id instead, which publishes all it owned so far.
 */
export function publish(h: number): void {
  if ((h & 7) !== 0 || h === 0 || isBuiltinType(h)) return;
  const w = h >>> 2;
  if (I32[w + 3] !== I32[C + L.CAR_OWNER] || isLeaf(I32[w] & 0xff)) return;
  found[0] = h;
  foundCount = 1;
  for (let i = 0; i < foundCount && foundCount <= PUBLISH_LIMIT; i++) {
    scanObject(found[i], visit);
    // What a weak reference refers to is within reach as well, though no handle word says so.
    if ((I32[found[i] >>> 2] & 0xff) === L.KIND_WEAKREF) visit((found[i] >>> 2) + L.WEAKREF_REFERENT);
  }
  if (foundCount > PUBLISH_LIMIT) {
    publishAll();
    return;
  }
  for (let i = 0; i < foundCount; i++) atomics.store((found[i] + 12) | 0, SHARED);
}

/** All objects of the mounted thread become shared: it goes on under a new id. */
export function publishAll(): void {
  I32[C + L.CAR_OWNER] = newOwnerId();
}

/** To be called when `value` is stored into `o`: publishes it when `o` is not the thread's own. Before the store becomes visible. */
export function publishStore(o: number, value: number): void {
  if ((value & 7) === 0 && value !== 0 && I32[(o >>> 2) + 3] !== I32[C + L.CAR_OWNER]) publish(value);
}
