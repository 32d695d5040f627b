/**
 * Weak references: a table of WEAKREF objects by the address of what they refer to, which needs no look-up structure in the referents since
 * objects never move. Chains only grow between collections, by compare-and-swap of a bucket's head; the collector, with the world stopped, clears
 * references to objects it did not mark and unlinks them. native/gc/weak.cc is the twin of `clearDead`.
 *
 * | word | written by | read by |
 * | --- | --- | --- |
 * | WEAKREF_REFERENT | its maker once; the collector: 0 | anyone |
 * | bucket head, WEAKREF_NEXT | makers by compare-and-swap; the collector | anyone |
 * | CTL_WEAK_PENDING, WEAKREF_PENDING | the collector; takers by exchange | takers |
 */
import { barrier } from './barrier.js';
import * as L from './layout.generated.js';
import { markAddress } from './mark.js';
import { atomics, i32, u8 } from './memory.js';

const I32 = i32;
const U8 = u8;
const FIRST = L.WEAK_BASE >>> 2;
const SHIFT = 16;

const bucketOf = (referent: number): number =>
  FIRST + (Math.imul(referent >>> L.CELL_SHIFT, 0x9e3779b1) >>> (32 - SHIFT));

/** Enters a new WEAKREF, born old, for `referent`. Counts as a store into an old object: the referent outlives its context. */
export function linkWeak(ref: number, referent: number): void {
  const w = ref >>> 2;
  I32[w + L.WEAKREF_REFERENT] = referent;
  barrier(ref, referent);
  I32[L.CTL_WEAK_USED] = 1;
  const bucket = bucketOf(referent) << 2;
  for (;;) {
    const head = atomics.load(bucket);
    I32[w + L.WEAKREF_NEXT] = head;
    if (atomics.cas(bucket, head, ref) === head) return;
  }
}

/** Calls `visit` for the references to `referent`, newest first, until it returns true; that reference, or 0. */
export function findWeak(referent: number, visit: (ref: number) => boolean): number {
  for (let ref = atomics.load(bucketOf(referent) << 2); ref !== 0; ref = I32[(ref >>> 2) + L.WEAKREF_NEXT]!) {
    if (I32[(ref >>> 2) + L.WEAKREF_REFERENT] === referent && visit(ref)) return ref;
  }
  return 0;
}

/** Every reference in the table, by the word that links it: of the verifier and `clearDead`, with the world stopped. */
export function eachWeakLink(visit: (link: number) => void): void {
  if (I32[L.CTL_WEAK_USED] === 0) return;
  for (let bucket = FIRST; bucket < FIRST + L.WEAK_BUCKETS; bucket++) {
    for (let link = bucket; I32[link] !== 0; ) {
      const ref = I32[link]!;
      visit(link);
      // Unlinked: the word holds the next one already.
      if (I32[link] === ref) link = (ref >>> 2) + L.WEAKREF_NEXT;
    }
  }
}

const isMarked = (handle: number): boolean => U8[markAddress(handle)] !== 0;

function clearLink(link: number): void {
  const ref = I32[link]!;
  const w = ref >>> 2;
  const live = isMarked(ref);
  if (live && isMarked(I32[w + L.WEAKREF_REFERENT]!)) return;
  I32[link] = I32[w + L.WEAKREF_NEXT]!;
  I32[w + L.WEAKREF_REFERENT] = 0;
  I32[w + L.WEAKREF_NEXT] = 0;
  if (!live || I32[w + L.WEAKREF_CALLBACK] === 0) return;
  I32[w + L.WEAKREF_PENDING] = I32[L.CTL_WEAK_PENDING]!;
  I32[L.CTL_WEAK_PENDING] = ref;
}

/**
 * After marking, before sweeping: clears the references to what was not marked, and queues those with a callback. A reference that died with its
 * referent has its callback forgotten, as in CPython.
 */
export const clearDead = (): void => eachWeakLink(clearLink);

/** References whose referents died and whose callbacks are still to run? */
export const callbacksPending = (): boolean => I32[L.CTL_WEAK_PENDING] !== 0;

function putBack(ref: number): void {
  for (;;) {
    const head = atomics.load(L.CTL_WEAK_PENDING * 4);
    I32[(ref >>> 2) + L.WEAKREF_PENDING] = head;
    if (atomics.cas(L.CTL_WEAK_PENDING * 4, head, ref) === head) return;
  }
}

/** Takes the queued references that `wanted` accepts out of the queue, newest first of one referent; the others stay. */
export function takePending(wanted: (ref: number) => boolean): number[] {
  const out: number[] = [];
  for (let ref = atomics.exchange(L.CTL_WEAK_PENDING * 4, 0); ref !== 0; ) {
    const next = I32[(ref >>> 2) + L.WEAKREF_PENDING]!;
    if (wanted(ref)) {
      I32[(ref >>> 2) + L.WEAKREF_PENDING] = 0;
      out.push(ref);
    } else putBack(ref);
    ref = next;
  }
  return out.reverse();
}
