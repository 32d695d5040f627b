/**
 * Tables of sets: CPython's, so that sets show their values in the same order. Open addressing with up to nine linear probes, then a jump by the
 * hash's upper bits (Objects/setobject.c describes it). An entry is (low half of the hash, key); the high halves follow the entries. Key 0 is a
 * free entry, DUMMY a deleted one.
 *
 * used <= fill < capacity = mask + 1
 */
import { newObject, newOldObject } from '../heap/alloc.js';
import { ageAll } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;

/** The key of a deleted entry: an immediate that is no value. */
export const DUMMY = 46;
const LINEAR_PROBES = 9;
export const MIN_SIZE = 8;

export const entryWord = (s: number, e: number): number => s + L.SETSTORE_ENTRIES + (e << 1);
export const highWord = (s: number, e: number): number =>
  s + L.SETSTORE_ENTRIES + (I32[s + L.SETSTORE_CAPACITY]! << 1) + e;

/** An empty table of `size` entries, a power of two. */
export function newSetStore(size: number, old = false): number {
  const bytes = (L.SETSTORE_ENTRIES + size * 3) * 4;
  const store = old ? newOldObject(L.KIND_SETSTORE, bytes, 0) : newObject(L.KIND_SETSTORE, bytes, 0);
  // A large object is born old: what may be stored in it next escapes.
  if (old || bytes > L.LARGE_BYTES) ageAll();
  I32[(store >>> 2) + L.SETSTORE_CAPACITY] = size;
  I32[(store >>> 2) + L.SETSTORE_MASK] = size - 1;
  return store;
}

/** Size of a table for more than `least` values. */
export function sizeFor(least: number): number {
  let size = MIN_SIZE;
  while (size <= least) size *= 2;
  return size;
}

/** Writes an entry; the caller counts it. */
function writeEntry(s: number, e: number, low: number, high: number, key: number): void {
  const at = entryWord(s, e);
  I32[at] = low;
  I32[highWord(s, e)] = high;
  I32[at + 1] = key;
}

/**
 * Enters a key that is not in the table, which has no deleted entries. When others fill the set that is copied it may become full: then it is worth
 * nothing, and the key is left out.
 */
export function insertClean(store: number, low: number, high: number, key: number): void {
  const s = store >>> 2;
  const mask = I32[s + L.SETSTORE_MASK]!;
  if (I32[s + L.SETSTORE_FILL]! >= mask) return;
  let [pl, ph] = [low, high];
  for (let i = low & mask; ; ) {
    const last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
    for (let e = i; e <= last; e++) {
      if (I32[entryWord(s, e) + 1] !== 0) continue;
      writeEntry(s, e, low, high, key);
      I32[s + L.SETSTORE_FILL] = I32[s + L.SETSTORE_FILL]! + 1;
      return;
    }
    pl = (pl >>> 5) | (ph << 27);
    ph >>>= 5;
    i = (Math.imul(i, 5) + 1 + pl) & mask;
  }
}

/** What find() gives besides entry numbers: the comparison failed, or the table changed meanwhile. */
export const FAILED = 0x7fffffff;
export const CHANGED = 0x7ffffffe;

/**
 * Entry of a key: its number, or -1 minus the number of the entry where it belongs: the last deleted one on the way, else a free one. `same(at, key)` compares the key at a word: 1, 0,
 * FAILED or CHANGED, which end the search.
 */
export function find(
  store: number,
  low: number,
  high: number,
  key: number,
  same: (at: number, key: number) => number,
): number {
  const s = store >>> 2;
  const mask = I32[s + L.SETSTORE_MASK]!;
  let [pl, ph] = [low, high];
  let free = -1;
  for (let i = low & mask; ; ) {
    const last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
    for (let e = i; e <= last; e++) {
      const at = entryWord(s, e);
      const k = I32[at + 1]!;
      if (k === 0) return -1 - (free >= 0 ? free : e);
      if (k === key) return e;
      if (k === DUMMY) {
        free = e;
        continue;
      }
      if (I32[at] !== low || I32[highWord(s, e)] !== high) continue;
      const r = same(at + 1, key);
      if (r === 1) return e;
      if (r !== 0) return r;
    }
    pl = (pl >>> 5) | (ph << 27);
    ph >>>= 5;
    i = (Math.imul(i, 5) + 1 + pl) & mask;
  }
}

/** Is there a value at entry e? */
export const isLive = (s: number, e: number): boolean => {
  const k = I32[entryWord(s, e) + 1]!;
  return k !== 0 && k !== DUMMY;
};

/** Calls `each` for the values of a table in order. */
export function eachEntry(store: number, each: (low: number, high: number, key: number) => void): void {
  const s = store >>> 2;
  const size = I32[s + L.SETSTORE_CAPACITY]!;
  for (let e = 0; e < size; e++) {
    if (isLive(s, e)) each(I32[entryWord(s, e)]!, I32[highWord(s, e)]!, I32[entryWord(s, e) + 1]!);
  }
}

/** A table of this size with the values of `from` (0: none), entered in order. */
export function rebuilt(from: number, size: number): number {
  const store = newSetStore(size);
  if (from !== 0) eachEntry(from, (low, high, key) => insertClean(store, low, high, key));
  return store;
}

/** A table with the same entries at the same places. */
export function sameTable(from: number): number {
  const f = from >>> 2;
  const size = I32[f + L.SETSTORE_CAPACITY]!;
  const store = newSetStore(size);
  const words = L.SETSTORE_ENTRIES + size * 3;
  I32.copyWithin((store >>> 2) + L.SETSTORE_CAPACITY, f + L.SETSTORE_CAPACITY, f + words);
  I32[(store >>> 2) + L.SETSTORE_SPARE] = 0;
  return store;
}
