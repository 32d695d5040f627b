/**
 * Weak references: a table of WEAKREF objects by the address of what they refer to, which needs no look-up structure in the referents since
 * objects never move. Chains only grow between collections, by compare-and-swap of a bucket's head; the collector, with the world stopped, clears
 * references to objects it did not mark and unlinks them. native/gc/weak.cc is the twin of `clearDead`.
 *
 * A WEAKREF with FINALIZER is no reference of the program's but says that its referent has a finalizer (a `__del__`, an open file). The table keeps it.
 * When its referent is found dead it is unlinked, holds the referent as its callback, and waits in the queue of callbacks: the referent and
 * what it reaches live until the finalizer has run, once (PEP 442). From then on references to it show nothing (WEAKREF_CONTEXT, which others do not use, is
 * CLEARED), also if it came back, as after CPython's collections; the collection that finds it dead unlinks them and has their callbacks called.
 *
 * | word | written by | read by |
 * | --- | --- | --- |
 * | WEAKREF_REFERENT | its maker once; the collector: 0 | anyone |
 * | WEAKREF_CONTEXT of a reference of the program's | who ran the finalizer: CLEARED | anyone |
 * | bucket head, WEAKREF_NEXT | makers by compare-and-swap; the collector | anyone |
 * | CTL_WEAK_PENDING, WEAKREF_PENDING | the collector; takers by exchange | takers |
 */
import { ageAll } from './barrier.js';
import { CARRIER, POLL_CALLBACKS } from './carrier.js';
import { youngFrom } from './context.js';
import * as L from './layout.generated.js';
import { markAddress, markFrom } from './mark.js';
import { logOld } from './marking.js';
import { atomics, i32, u8 } from './memory.js';
import { eachThread } from './roots.js';
import { bucketOf, enterTable, FIRST_BUCKET, PART } from './weak-table.js';

const I32 = i32;
const U8 = u8;

/** Enters a new WEAKREF, born old, for `referent`. Counts as a store into an old object: the referent outlives its context. */
export function linkWeak(ref: number, referent: number): void {
  const w = ref >>> 2;
  I32[w + L.WEAKREF_REFERENT] = referent;
  // Weakly: who is referred to escapes the region, but is not stored.
  if (youngFrom(referent, I32[CARRIER + L.CAR_ESCAPE]!)) ageAll();
  enterTable(ref);
}

/** Value of WEAKREF_CONTEXT of a reference whose referent has been finalized. */
const CLEARED = 1;

/** What a reference of the program's refers to; 0 when that is gone. */
export const weakReferent = (ref: number): number =>
  I32[(ref >>> 2) + L.WEAKREF_CONTEXT] === CLEARED ? 0 : I32[(ref >>> 2) + L.WEAKREF_REFERENT]!;

/** The finalizer of `referent` has run: nobody is to find it by the references that there are. */
export function clearReferences(referent: number): void {
  findWeak(referent, (ref) => {
    I32[(ref >>> 2) + L.WEAKREF_CONTEXT] = CLEARED;
    return false;
  });
}

/** Calls `visit` for the references to `referent`, newest first, until it returns true; that reference, or 0. */
export function findWeak(referent: number, visit: (ref: number) => boolean): number {
  for (let ref = atomics.load(bucketOf(referent) << 2); ref !== 0; ref = I32[(ref >>> 2) + L.WEAKREF_NEXT]!) {
    if (weakReferent(ref) === referent && !isFinalizer(ref) && visit(ref)) return ref;
  }
  return 0;
}

/** Every reference in the table, by the word that links it: of the verifier and `clearDead`, with the world stopped. */
export function eachWeakLink(visit: (link: number) => void): void {
  eachTableLink(visit);
  eachPendingLink(visit);
}

export function eachTableLink(visit: (link: number) => void): void {
  for (let part = 0; part < 32; part++)
    if ((I32[L.CTL_WEAK_USED]! & (1 << part)) !== 0) eachLinkOf(FIRST_BUCKET + part * PART, visit);
}

/** The same of the lists of undecided finalizers that threads have: pending.ts. */
export function eachPendingLink(visit: (link: number) => void): void {
  eachThread((t) => followChain(t + L.THR_FINALIZERS, visit));
}

function eachLinkOf(first: number, visit: (link: number) => void): void {
  for (let bucket = first; bucket < first + PART; bucket++) followChain(bucket, visit);
}

function followChain(head: number, visit: (link: number) => void): void {
  for (let link = head; I32[link] !== 0; ) {
    const ref = I32[link]!;
    visit(link);
    // Unlinked: the word holds the next one already.
    if (I32[link] === ref) link = (ref >>> 2) + L.WEAKREF_NEXT;
  }
}

/** Header flag of a WEAKREF that stands for a finalizer. */
export const FINALIZER: number = L.FLAG_K0;
export const isFinalizer = (ref: number): boolean => (I32[ref >>> 2]! & FINALIZER) !== 0;

/** Finalizers whose referents live, oldest last of one bucket; what `visit` does must not collect. */
export function eachFinalizer(visit: (ref: number) => void): void {
  eachWeakLink((link) => {
    if (isFinalizer(I32[link]!) && I32[(I32[link]! >>> 2) + L.WEAKREF_REFERENT] !== 0) visit(I32[link]!);
  });
}

const isMarked = (handle: number): boolean => U8[markAddress(handle)] !== 0;

function unlinkRef(link: number): void {
  const w = I32[link]! >>> 2;
  I32[link] = I32[w + L.WEAKREF_NEXT]!;
  I32[w + L.WEAKREF_REFERENT] = 0;
  I32[w + L.WEAKREF_NEXT] = 0;
}

function queue(ref: number): void {
  I32[(ref >>> 2) + L.WEAKREF_PENDING] = I32[L.CTL_WEAK_PENDING]!;
  I32[L.CTL_WEAK_PENDING] = ref;
}

function clearLink(link: number): void {
  const ref = I32[link]!;
  if (isFinalizer(ref)) return;
  const live = isMarked(ref);
  if (live && isMarked(I32[(ref >>> 2) + L.WEAKREF_REFERENT]!)) return;
  unlinkRef(link);
  if (live && I32[(ref >>> 2) + L.WEAKREF_CALLBACK] !== 0) queue(ref);
}

/** Keeps a finalizer, or queues it with its dead referent; one that has run is dropped. */
function queueFinalizer(link: number): void {
  const ref = I32[link]!;
  const referent = I32[(ref >>> 2) + L.WEAKREF_REFERENT]!;
  if (!isFinalizer(ref)) return;
  if (referent !== 0 && isMarked(referent)) {
    markFrom(link);
    return;
  }
  unlinkRef(link);
  if (referent === 0) return;
  I32[(ref >>> 2) + L.WEAKREF_CALLBACK] = referent;
  queue(ref);
}

/**
 * Keeps what is queued alive, one by one: a reference that something else refers to is marked already, before it was queued, and what it holds
 * now is not.
 */
function markPending(): void {
  for (let link = L.CTL_WEAK_PENDING; I32[link] !== 0; ) {
    const w = I32[link]! >>> 2;
    markFrom(link);
    markFrom(w + L.WEAKREF_CALLBACK);
    link = w + L.WEAKREF_PENDING;
  }
}

/**
 * After marking, before sweeping. First the finalizers: all of the dead are queued before any of them is kept alive. Then clears the references to
 * what is still not marked, and queues those with a callback. A reference that died with its referent has its callback forgotten, as in CPython.
 */
export function clearDead(): void {
  eachWeakLink(queueFinalizer);
  markPending();
  eachWeakLink(clearLink);
}

/** References whose referents died and whose callbacks are still to run? */
export const callbacksPending = (): boolean => I32[L.CTL_WEAK_PENDING] !== 0;

/** What a finalizer that is in no list any longer will be given is its callback from now on. It may be young: so it is not logged. */
export function holdReferent(ref: number): void {
  const w = ref >>> 2;
  I32[w + L.WEAKREF_CALLBACK] = I32[w + L.WEAKREF_REFERENT]!;
  I32[w + L.WEAKREF_REFERENT] = 0;
  I32[w + L.WEAKREF_NEXT] = 0;
}

/** Queues a finalizer that a young collection took out of its thread's list; this thread runs it. */
export function queueEntry(ref: number): void {
  holdReferent(ref);
  putBack(ref);
  atomics.or((CARRIER + L.CAR_POLL) << 2, POLL_CALLBACKS);
}

/** The reference may be marked already, what is behind it from now on not: it is logged, as the last round follows the queue late. */
function putBack(ref: number): void {
  let head: number;
  do {
    head = atomics.load(L.CTL_WEAK_PENDING * 4);
    I32[(ref >>> 2) + L.WEAKREF_PENDING] = head;
  } while (atomics.cas(L.CTL_WEAK_PENDING * 4, head, ref) !== head);
  logOld(head);
}

/** Takes the queued references that `wanted` accepts out of the queue, newest first of one referent; the others stay. */
export function takePending(wanted: (ref: number) => boolean): number[] {
  if (!callbacksPending()) return [];
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
