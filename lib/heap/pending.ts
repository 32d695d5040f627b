/**
 * Objects with finalizers whose fate is not decided yet: of each thread a list of WEAKREFs with FINALIZER, newest first (THR_FINALIZERS). Each names the
 * context that is to decide at its return (WEAKREF_CONTEXT), which has CTX_FINALIZE. What a return cannot decide goes to the table of weak
 * references, where a collection finds it: lib/heap/finalizable.ts has the rule.
 *
 * A WEAKREF in the list is as young as its referent: it refers to older ones only, and goes with the region of both.
 */
import { CARRIER } from './carrier.js';
import { CTX_FINALIZE, CTX_OVERFLOW } from './context.js';
import * as L from './layout.generated.js';
import { i32 } from './memory.js';
import { enterTable } from './weak-table.js';

const I32 = i32;
const C = CARRIER;

/** Word of the mounted thread's record that holds its newest undecided finalizer; 0 when no thread is mounted. */
export function pendingLink(): number {
  const t = I32[C + L.CAR_THREAD]!;
  return t === 0 ? 0 : t + L.THR_FINALIZERS;
}

/** Has the mounted thread undecided finalizers? Then its stores are watched. */
export const isWatching = (): boolean => I32[C + L.CAR_BARRIER_SPAN] === -1;

/**
 * Values that the barrier looks at: those of [CAR_BARRIER_LOW, + CAR_BARRIER_SPAN). They are the young ones, and all when stores are watched. Too many do
 * no harm.
 */
export function setBarrierRange(): void {
  const link = pendingLink();
  const watching = link !== 0 && I32[link] !== 0;
  I32[C + L.CAR_BARRIER_LOW] = watching ? 0 : I32[C + L.CAR_ESCAPE]!;
  I32[C + L.CAR_BARRIER_SPAN] = watching ? -1 : I32[C + L.CAR_RUN_END]! - I32[C + L.CAR_ESCAPE]!;
}

/** A run of free cells begins: all that will be in it is younger than what is undecided. */
export function beginWatchedRun(address: number): void {
  const t = I32[C + L.CAR_THREAD]!;
  if (t !== 0) I32[t + L.THR_WATCH_FROM] = address;
  setBarrierRange();
}

/** The context itself, or the one below that it continues. */
export function realContext(context: number): number {
  let c = context;
  while ((I32[c + L.F_FLAGS]! & CTX_OVERFLOW) !== 0) c = I32[c + L.F_PREVIOUS]!;
  return c;
}

export const referentOf = (ref: number): number => I32[(ref >>> 2) + L.WEAKREF_REFERENT]!;
export const contextOf = (ref: number): number => I32[(ref >>> 2) + L.WEAKREF_CONTEXT]!;

/** The context below `context` that decides in its place: 0 when that is the first of its thread. */
function decider(context: number): number {
  const previous = I32[context + L.F_PREVIOUS]!;
  if (previous === 0) return 0;
  const c = realContext(previous);
  return I32[c + L.F_PREVIOUS] === 0 ? 0 : c;
}

/** Calls `keep` for each entry of the list, newest first; what it refuses is unlinked. */
export function sift(keep: (ref: number) => boolean): void {
  const head = pendingLink();
  if (head === 0 || I32[head] === 0) return;
  let count = 0;
  for (let link = head; I32[link] !== 0; ) {
    const ref = I32[link]!;
    // Whoever takes it links it elsewhere.
    const next = I32[(ref >>> 2) + L.WEAKREF_NEXT]!;
    if (keep(ref)) {
      count++;
      link = (ref >>> 2) + L.WEAKREF_NEXT;
    } else I32[link] = next;
  }
  I32[head - L.THR_FINALIZERS + L.THR_FINALIZER_COUNT] = count;
  if (count === 0) setBarrierRange();
}

/** Gives an entry of `context` to the context below, or to the collector when there is none: does it stay in the list? */
export function passDown(ref: number, context: number): boolean {
  const c = decider(context);
  if (c === 0) {
    I32[C + L.CAR_ESCAPE] = I32[C + L.CAR_BUMP]!;
    enterTable(ref);
    return false;
  }
  I32[(ref >>> 2) + L.WEAKREF_CONTEXT] = c;
  I32[c + L.F_FLAGS] = I32[c + L.F_FLAGS]! | CTX_FINALIZE;
  return true;
}

/** Contexts above `owner` have no say any more about the objects: it decides. */
export function giveDown(objects: ReadonlySet<number>, owner: number): void {
  const above = new Set<number>();
  for (let c = I32[C + L.CAR_CONTEXT]!; c !== owner && c !== 0; c = I32[c + L.F_PREVIOUS]!) above.add(c);
  const head = pendingLink();
  for (let ref = I32[head]!; ref !== 0; ref = I32[(ref >>> 2) + L.WEAKREF_NEXT]!) {
    if (!objects.has(referentOf(ref)) || !above.has(contextOf(ref))) continue;
    I32[(ref >>> 2) + L.WEAKREF_CONTEXT] = owner;
    I32[owner + L.F_FLAGS] = I32[owner + L.F_FLAGS]! | CTX_FINALIZE;
  }
}

/** `context` is left without a decision, by an exception or as it is no Python frame: what is below it decides. */
export function passAllDown(context: number): void {
  sift((ref) => contextOf(ref) !== context || passDown(ref, context));
}

/** `o` needs no finalizer any more: takes it out of the list when it is the newest, which is usual; otherwise that is found out later. */
export function forgetNewest(o: number): void {
  const head = pendingLink();
  if (head === 0 || I32[head] === 0 || referentOf(I32[head]!) !== o) return;
  I32[head] = I32[(I32[head]! >>> 2) + L.WEAKREF_NEXT]!;
  I32[head - L.THR_FINALIZERS + L.THR_FINALIZER_COUNT]! -= 1;
  if (I32[head] === 0) setBarrierRange();
}

/** Nothing is known of where they are referred to from now on: a collection decides unless the region does. */
export function storeAllPending(): void {
  const head = pendingLink();
  if (head === 0) return;
  for (let ref = I32[head]!; ref !== 0; ref = I32[(ref >>> 2) + L.WEAKREF_NEXT]!) {
    const w = referentOf(ref) >>> 2;
    if (w !== 0) I32[w] = I32[w]! | L.FLAG_STORED;
  }
  I32[head - L.THR_FINALIZERS + L.THR_WATCH_FROM] = I32[C + L.CAR_BUMP]!;
}
