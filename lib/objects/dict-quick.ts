/**
 * Dicts that the mounted thread owns, with keys whose comparison runs no Python: small ints and plain strings. Nobody else changes the dict
 * meanwhile, so nothing is read twice and no section is entered; what does not fit is left to dict.ts.
 */
import { barrier } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { mix } from './hash.js';
import { DICT_TAIL, indexEntry } from './dict-store.js';
import { isPlainStr } from './object.js';
import { strEquals, strHash } from './strings.js';

const I32 = i32;
const C = CARRIER;

/** A dict of the mounted thread that is no view on an instance? */
export const isQuick = (d: number): boolean =>
  I32[(d >>> 2) + 3] === I32[C + L.CAR_OWNER] && (I32[d >>> 2] & L.FLAG_K0) === 0;

/** The hash of a small int or a plain string, 0 for other keys. */
export function quickHash(key: number): number {
  if ((key & 1) !== 0) return mix(key === -1 ? -2 : key >> 1, key >> 31);
  if ((key & 7) !== 0) return H.isChar(key) ? strHash(key) : 0;
  if ((I32[key >>> 2] & (0xff | L.FLAG_SUBCLASS)) !== L.KIND_STR) return 0;
  const known = I32[(key >>> 2) + L.STR_HASH];
  return known !== 0 ? known : strHash(key);
}

/** What quickFind found where no entry is: the key is missing, or dict.ts has to look. */
export const ABSENT = 0;
export const UNKNOWN = -1;
/** Word of the table where a key belongs that was ABSENT; 0: the dict has no table. */
let free = 0;

/** Word of the entry (hash, key, value) of a key with this hash, or ABSENT or UNKNOWN. */
export function quickFind(d: number, key: number, hash: number): number {
  const store = I32[(d >>> 2) + L.DICT_STORE];
  free = 0;
  if (store === 0) return ABSENT;
  const s = store >>> 2;
  const mask = I32[s + L.DICTSTORE_INDEX_MASK];
  const base = s + I32[s + L.DICTSTORE_INDEX];
  for (let i = hash & mask; ; i = (i + 1) & mask) {
    const word = I32[base + i];
    if (word === 0) {
      free = base + i;
      return ABSENT;
    }
    if (((word ^ hash) & ~mask) !== 0) continue;
    const at = s + (L.DICTSTORE_ENTRIES - 3) + (word & mask) * 3;
    const k = I32[at + 1];
    if (k === key) return at;
    if (I32[at] !== hash || k === 0) continue;
    if (!isPlainStr(k) || !isPlainStr(key)) return UNKNOWN;
    if (strEquals(k, key)) return at;
  }
}

/** Writes the value of an entry that quickFind found. */
export function quickReplace(d: number, at: number, value: number): void {
  I32[at + 2] = value;
  barrier(I32[(d >>> 2) + L.DICT_STORE], value);
}

/** Enters a key that was ABSENT just now; false: the dict has to grow first. */
export function quickAdd(d: number, key: number, hash: number, value: number): boolean {
  if (free === 0) return false;
  const w = d >>> 2;
  const store = I32[w + L.DICT_STORE];
  const s = store >>> 2;
  const e = I32[s + L.DICTSTORE_FILL];
  if (e >= I32[s + L.DICTSTORE_CAPACITY]) return false;
  const at = s + L.DICTSTORE_ENTRIES + e * 3;
  I32[at] = hash;
  I32[at + 1] = key;
  I32[at + 2] = value;
  I32[free] = indexEntry(s, hash, e);
  I32[s + L.DICTSTORE_FILL] = e + 1;
  I32[w + DICT_TAIL] = 0;
  I32[w + L.DICT_USED] = I32[w + L.DICT_USED] + 1;
  I32[w + L.DICT_KEYS_VERSION] = 0;
  barrier(store, value);
  barrier(store, key);
  return true;
}

/** Takes out an entry that quickFind found; its value. */
export function quickRemove(d: number, at: number): number {
  const w = d >>> 2;
  const value = I32[at + 2];
  I32[at] = 0;
  I32[at + 1] = 0;
  I32[at + 2] = 0;
  I32[w + L.DICT_USED] = I32[w + L.DICT_USED] - 1;
  I32[w + L.DICT_KEYS_VERSION] = 0;
  return value;
}
