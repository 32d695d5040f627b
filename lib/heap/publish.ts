/**
 * Publication: an object that its thread works on without atomic instructions becomes shared (design, section 6). Header word 3, `sync`, is the
 * id of the owning thread (not negative) or "shared" (negative: see lib/objects/sync.ts). Becoming shared is permanent and done by the owner,
 * before the store that lets another thread find the object.
 *
 * Invariant: what can be reached from a shared object is not owned by a thread that lives. So whoever stores into an object that is not its own
 * publishes the value first; storeRef does both.
 */
import { CARRIER } from './carrier.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';
import { orderStores, STRONG } from './order.js';
import { storeAllPending } from './pending.js';
import { scanObject } from './scan.js';
import { newOwnerId } from './threads.js';

const I32 = i32;
const C = CARRIER;

/** The sync word of a shared object, version 0, unlocked. */
export const SHARED = 0x80000000 | 0;
/** Publishing walks at most this many objects; beyond it a new owner id publishes everything at once. */
const PUBLISH_LIMIT = 64;
const TYPES_BYTES = L.TYPES_MAX * L.TYPE_BYTES;

/** Immutable, and its word 3 may be no sync word (STR). */
const LEAVES = (1 << L.KIND_STR) | (1 << L.KIND_BIGINT) | (1 << L.KIND_BYTES) | (1 << L.KIND_FREE);
const isLeaf = (kind: number): boolean => kind < 32 && ((1 << kind) & LEAVES) !== 0;

const found = new Int32Array(PUBLISH_LIMIT + 1);
let foundCount = 0;

/** An object of the mounted thread that others must not find as it is. */
function isOwn(h: number): boolean {
  if (h === 0 || (h & 7) !== 0 || (h - L.TYPES_BASE) >>> 0 < TYPES_BYTES) return false;
  return I32[(h >>> 2) + 3] === I32[C + L.CAR_OWNER] && !isLeaf(I32[h >>> 2]! & 0xff);
}

function visit(word: number): void {
  const h = I32[word]!;
  if (foundCount > PUBLISH_LIMIT || !isOwn(h)) return;
  for (let i = 0; i < foundCount; i++) if (found[i] === h) return;
  found[foundCount++] = h;
}

/**
 * Makes a value and what it reaches shared. Objects of this thread are walked by the layout's table; when they are many the
 * thread takes a new owner id instead, which publishes all it owned so far.
 */
export function publish(h: number): void {
  if (!isOwn(h)) return;
  found[0] = h;
  foundCount = 1;
  for (let i = 0; i < foundCount && foundCount <= PUBLISH_LIMIT; i++) {
    scanObject(found[i]!, visit);
    // What a weak reference refers to is within reach as well, though no handle word says so.
    if ((I32[found[i]! >>> 2]! & 0xff) === L.KIND_WEAKREF) visit((found[i]! >>> 2) + L.WEAKREF_REFERENT);
  }
  if (foundCount > PUBLISH_LIMIT) {
    publishAll();
    return;
  }
  for (let i = 0; i < foundCount; i++) {
    const w = found[i]! >>> 2;
    if ((I32[w]! & L.FLAG_FINALIZER) !== 0) I32[w] = I32[w]! | L.FLAG_STORED;
    atomics.store((found[i]! + 12) | 0, SHARED);
  }
}

/** All objects of the mounted thread become shared: it goes on under a new id. */
export function publishAll(): void {
  I32[C + L.CAR_OWNER] = newOwnerId();
  storeAllPending();
}

/**
 * To be called before `value` is stored into `o`: publishes it when `o` is not the thread's own. Whoever finds it there finds its content, immutable ones'
 * included.
 */
export function publishStore(o: number, value: number): void {
  if (STRONG && (value & 7) !== 0) return;
  if ((value & 1) !== 0 || (value & 7) === 6 || value === 0 || I32[(o >>> 2) + 3] === I32[C + L.CAR_OWNER]) return;
  if ((value & 7) === 0) publish(value);
  orderStores();
}

/** New storage of a shared container, whose contents are published: nobody has seen it yet. */
export function shareNew(storage: number): void {
  I32[(storage >>> 2) + 3] = SHARED;
}
