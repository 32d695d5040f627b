/**
 * Sets of objects by identity that keep none of them alive: an ARRAY of WEAKREFs in a word of their holder, open addressing by the address.
 * Members only come; dead ones leave their place to others. Any thread may add: a place is taken by compare-and-swap, and who finds afterwards
 * that the array was replaced meanwhile adds again.
 */
import { newOldObject } from '../heap/alloc.js';
import { barrier } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import * as T from './type-ids.js';
import { sharedWeakref, weakReferent } from './weakref.js';

const I32 = i32;
const SMALLEST = 8;

const capacityOf = (array: number): number => I32[(array >>> 2) + L.ARRAY_LENGTH];
const place = (array: number, i: number): number => (array >>> 2) + L.ARRAY_ITEMS + (i & (capacityOf(array) - 1));
const startOf = (o: number): number => Math.imul(o >>> L.CELL_SHIFT, 0x9e3779b1) >>> 8;

function newPlaces(capacity: number): number {
  const array = newOldObject(L.KIND_ARRAY, (L.ARRAY_ITEMS + capacity) * 4, 0);
  I32[(array >>> 2) + L.ARRAY_LENGTH] = capacity;
  return array;
}

/** Is `o` in the set that word `at` holds (0: empty)? */
export function weakSetHas(at: number, o: number): boolean {
  const array = I32[at];
  if (array === 0) return false;
  const start = startOf(o);
  for (let i = 0; i < capacityOf(array); i++) {
    const ref = I32[place(array, start + i)];
    if (ref === 0) return false;
    if (weakReferent(ref) === o) return true;
  }
  return false;
}

/** Puts a reference in the first free place; false when too few are free. */
function put(array: number, ref: number): boolean {
  const start = startOf(weakReferent(ref));
  const most = Math.max(4, capacityOf(array) >> 1);
  for (let i = 0; i < most; i++) {
    const w = place(array, start + i);
    const old = I32[w];
    if (old !== 0 && weakReferent(old) !== 0) continue;
    if (atomics.cas(w << 2, old, ref) !== old) return put(array, ref);
    barrier(array, ref);
    return true;
  }
  return false;
}

function references(array: number): number[] {
  const out: number[] = [];
  for (let i = 0; array !== 0 && i < capacityOf(array); i++) {
    const ref = I32[place(array, i)];
    if (ref !== 0 && weakReferent(ref) !== 0) out.push(ref);
  }
  return out;
}

/** An array with room for these and as many again. */
function rebuilt(refs: readonly number[]): number {
  let capacity = SMALLEST;
  while (capacity < refs.length * 3) capacity *= 2;
  const array = newPlaces(capacity);
  for (const ref of refs) put(array, ref);
  return array;
}

/** Adds `o` to the set in word `at` of `holder`. */
export function weakSetAdd(holder: number, at: number, o: number): void {
  const ref = sharedWeakref(T.T_WEAKREF, o);
  while (!weakSetHas(at, o)) {
    const array = I32[at];
    if (array !== 0 && put(array, ref)) continue;
    const larger = rebuilt([...references(array), ref]);
    if (atomics.cas(at << 2, array, larger) === array) barrier(holder, larger);
  }
}

/** Members that are alive. */
export const weakSetMembers = (at: number): number[] => references(I32[at]).map(weakReferent);
/** References to the members that are alive. */
export const weakSetReferences = (at: number): number[] => references(I32[at]);
