/**
 * Storage of dicts: entries (hash, key, value) in order of insertion, then an open-addressing table of entry numbers (the compact
 * layout of CPython 3.6 and PyPy). A word of the table is the number of its entry plus 1 in the bits of the table's mask, above them those of the
 * hash, so that probing looks at entries of the key's own hash only; 0 is free. A deleted entry has key 0 and keeps its number in the table, so
 * probing never breaks; a store is never compacted in place but replaced, so that a reader without a lock always sees a whole one.
 *
 * used <= fill <= capacity <= 2/3 (indexMask + 1)
 */
import { newObject, newOldObject } from '../heap/alloc.js';
import { ageAll } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;

/** Raw word of a DICT: entries from here on are known to be deleted (popitem); 0: nothing is known. */
export const DICT_TAIL = 10;

const usable = (slots: number): number => Math.floor((slots * 2) / 3);

/** Index slots needed for `n` entries. */
export function slotsFor(n: number): number {
  let slots = 8;
  while (usable(slots) < n) slots *= 2;
  return slots;
}

/** An empty store with `slots` index slots (a power of two). */
export function newStore(slots: number, old: boolean): number {
  const capacity = usable(slots);
  const bytes = (L.DICTSTORE_ENTRIES + capacity * 3 + slots) * 4;
  const store = old ? newOldObject(L.KIND_DICTSTORE, bytes, 0) : newObject(L.KIND_DICTSTORE, bytes, 0);
  const s = store >>> 2;
  I32[s + L.DICTSTORE_CAPACITY] = capacity;
  I32[s + L.DICTSTORE_INDEX_MASK] = slots - 1;
  I32[s + L.DICTSTORE_INDEX] = L.DICTSTORE_ENTRIES + capacity * 3;
  return store;
}

/** What the table of the store at word `s` has for entry `e`, whose key has this hash. */
export const indexEntry = (s: number, hash: number, e: number): number =>
  (hash & ~I32[s + L.DICTSTORE_INDEX_MASK]) | (e + 1);

/** Word of the table of the store at word `s` where an entry with this hash is to be entered. */
export function freeIndex(s: number, hash: number): number {
  const mask = I32[s + L.DICTSTORE_INDEX_MASK];
  const base = s + I32[s + L.DICTSTORE_INDEX];
  let i = hash & mask;
  while (I32[base + i] !== 0) i = (i + 1) & mask;
  return base + i;
}

/**
 * A compacted copy of the live entries of `from` (0: none) with room for `room` entries in all. When others change `from` meanwhile, the copy is
 * worth nothing, and no more than what fits.
 */
export function copyStore(from: number, room: number, old: boolean): number {
  const store = newStore(slotsFor(room), old);
  // A large or old store is no part of the young region: what is copied into it escapes.
  if (old || I32[(store >>> 2) + 1] << L.CELL_SHIFT > L.LARGE_BYTES) ageAll();
  if (from === 0) return store;
  const s = store >>> 2;
  const f = from >>> 2;
  const fill = I32[f + L.DICTSTORE_FILL];
  const capacity = I32[s + L.DICTSTORE_CAPACITY];
  let e = 0;
  for (let i = 0; i < fill && e < capacity; i++) {
    const at = f + L.DICTSTORE_ENTRIES + i * 3;
    const key = I32[at + 1];
    const value = I32[at + 2];
    if (key === 0 || value === 0) continue;
    const to = s + L.DICTSTORE_ENTRIES + e * 3;
    I32[to] = I32[at];
    I32[to + 1] = key;
    I32[to + 2] = value;
    I32[freeIndex(s, I32[at])] = indexEntry(s, I32[at], e++);
  }
  I32[s + L.DICTSTORE_FILL] = e;
  return store;
}
