/**
 * Dicts: look-up, insertion, deletion, iteration. The Python-visible type is in dict-type.ts.
 *
 * Every operation here is atomic for shared dicts: readers check the version (sync.ts), writers prepare and commit in a section that
 * fails when the dict was changed since it was read. An operation that may run Python (`__hash__` or `__eq__` of keys) keeps the dict, the key
 * and the value meanwhile; those that end in Str never do. A dict with K0 is a view on the attributes of an instance: `instanceView` does
 * its work.
 */
import { newObject, newOldObject } from '../heap/alloc.js';
import { barrier, storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import { hold3 } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { loadFirst } from '../heap/order.js';
import { equals, hashKey, plainHashKey } from './abstract.js';
import { explainUnhashable } from './dict-keys.js';
import { ABSENT, isQuick, quickAdd, quickFind, quickHash, quickRemove, quickReplace } from './dict-quick.js';
import { copyStore, DICT_TAIL, indexEntry, newStore, slotsFor } from './dict-store.js';
import { pendingException } from './exceptions.js';
import { isExact, isPlainStr, isStr } from './object.js';
import { strEquals, strHash, toJS } from './strings.js';
import { begin, end, publishStore, readBegin, readRetry, shareNew } from './sync.js';
import * as T from './type-ids.js';

const I32 = i32;
const C = CARRIER;

const MISSING = -1;
const FAILED = -2;

export interface InstanceView {
  /** Value or 0 (no exception: missing). */
  get(owner: number, key: number): number;
  set(owner: number, key: number, value: number): 1 | 0;
  /** 1 deleted, 0 missing. */
  del(owner: number, key: number): 1 | 0;
  len(owner: number): number;
  /** A plain dict with the attributes at this moment. */
  items(owner: number): number;
}

const unset = (): never => {
  throw new Error('instance dict views are not loaded');
};
/** Set by the module that makes instance `__dict__` views. */
export const instanceView: InstanceView = { get: unset, set: unset, del: unset, len: unset, items: unset };

/** What a DICTVIEW shows. */
export const VIEW_KEYS = 0;
export const VIEW_VALUES = 1;
export const VIEW_ITEMS = 2;

/** Is it a view on an instance's attributes? */
export const isView = (d: number): boolean => (I32[d >>> 2] & L.FLAG_K0) !== 0;
const ownerOf = (d: number): number => I32[(d >>> 2) + L.DICT_OWNER];
/** The dict itself; for a view a plain dict of its present contents. */
export const plainDict = (d: number): number => (isView(d) ? instanceView.items(ownerOf(d)) : d);

export const newDict = (): number => newObject(L.KIND_DICT, 64, T.typeHandle(T.T_DICT));

/** A dict that will live long (module globals, class dicts), with room for so many entries: born old. */
export function newOldDict(room = 5): number {
  const d = newOldObject(L.KIND_DICT, 64, T.typeHandle(T.T_DICT));
  storeRef(d, L.DICT_STORE, newStore(slotsFor(room), true));
  return d;
}

/** hashKey with the message that dicts have for unhashable keys. */
function keyHash(d: number, key: number): number {
  const hash = hashKey(key);
  return hash !== 0 ? hash : explainUnhashable(d, key);
}

/** Sync word at the end of the last look-up: what `begin` needs. */
let seen = 0;
/** Word of the table where the key belongs that the last look-up did not find. */
let free = 0;

/** As keyHash; `d`, `key` and `value` are kept while it runs Python. */
function hashFor(d: number, key: number, value: number): number {
  const plain = plainHashKey(key);
  if (plain !== 0) return plain;
  const slot = hold3(d, key, value);
  const hash = keyHash(d, key);
  unroot(slot);
  return hash;
}

/** Are these tuples of the very same items? */
function sameItems(a: number, b: number): boolean {
  if (!isExact(a, L.KIND_TUPLE) || !isExact(b, L.KIND_TUPLE)) return false;
  const [x, y] = [a >>> 2, b >>> 2];
  const n = I32[x + L.TUPLE_LENGTH];
  if (I32[y + L.TUPLE_LENGTH] !== n) return false;
  for (let k = 0; k < n; k++) if (I32[x + L.TUPLE_ITEMS + k] !== I32[y + L.TUPLE_ITEMS + k]) return false;
  return true;
}

/** Does the key at word `at` equal `key`, both with the same hash? 1, 0, FAILED, or 2: the dict changed meanwhile, start again. */
function sameKey(d: number, store: number, at: number, key: number, value: number): number {
  const k = I32[at + 1];
  if (k === 0) return 0;
  if (isPlainStr(k) && isPlainStr(key)) return strEquals(k, key) ? 1 : 0;
  if (sameItems(k, key)) return 1;
  const slot = root(d);
  root(value);
  hold3(k, key, store);
  const r = equals(k, key);
  unroot(slot);
  if (r < 0) return FAILED;
  seen = readBegin(d);
  return I32[(d >>> 2) + L.DICT_STORE] !== store || I32[at + 1] !== k ? 2 : r;
}

/** Entry number of `key`, MISSING or FAILED; `seen` is set. `value`: what is to be stored, 0 for none. */
function lookup(d: number, key: number, hash: number, value: number): number {
  for (;;) {
    seen = readBegin(d);
    const found = probe(d, key, hash, value);
    if (found >= FAILED) return found;
  }
}

/** One attempt of lookup; below FAILED: start again. */
function probe(d: number, key: number, hash: number, value: number): number {
  const store = I32[(d >>> 2) + L.DICT_STORE];
  if (store === 0) return MISSING;
  const s = store >>> 2;
  const mask = I32[s + L.DICTSTORE_INDEX_MASK];
  const base = s + I32[s + L.DICTSTORE_INDEX];
  for (let i = hash & mask; ; i = (i + 1) & mask) {
    const word = I32[base + i];
    if (word === 0) {
      free = base + i;
      return MISSING;
    }
    if (((word ^ hash) & ~mask) !== 0) continue;
    const e = (word & mask) - 1;
    const at = s + L.DICTSTORE_ENTRIES + e * 3;
    if (I32[at + 1] === key) return e;
    if (I32[at] !== hash) continue;
    const r = sameKey(d, store, at, key, value);
    if (r === 1) return e;
    if (r !== 0) return r === FAILED ? FAILED : -3;
  }
}

/** Entry number of a name (a plain string), or MISSING; `seen` is set. Runs no Python: keys that are no strings are passed over. */
function lookupName(d: number, name: number, hash: number): number {
  seen = readBegin(d);
  const store = I32[(d >>> 2) + L.DICT_STORE];
  if (store === 0) return MISSING;
  const s = store >>> 2;
  const mask = I32[s + L.DICTSTORE_INDEX_MASK];
  const base = s + I32[s + L.DICTSTORE_INDEX];
  for (let i = hash & mask; ; i = (i + 1) & mask) {
    const word = I32[base + i];
    if (word === 0) {
      free = base + i;
      return MISSING;
    }
    if (((word ^ hash) & ~mask) !== 0) continue;
    const e = (word & mask) - 1;
    const at = s + L.DICTSTORE_ENTRIES + e * 3;
    if (I32[at + 1] === name || (I32[at] === hash && sameName(I32[at + 1], name))) return e;
  }
}

function sameName(k: number, name: number): boolean {
  if (k === 0 || !isStr(k)) return false;
  return isPlainStr(k) ? strEquals(k, name) : toJS(k) === toJS(name);
}

const valueWord = (d: number, e: number): number =>
  (I32[(d >>> 2) + L.DICT_STORE] >>> 2) + L.DICTSTORE_ENTRIES + e * 3 + 2;

/** The value of `key` with a known hash: 0 when missing, or with the exception set. */
export function dictGetHashed(d: number, key: number, hash: number): number {
  for (;;) {
    const e = lookup(d, key, hash, 0);
    const value = e < 0 ? 0 : I32[valueWord(d, e)];
    if (e === FAILED || !readRetry(d, seen)) return value;
  }
}

/** d[key] without an error when it is missing: then 0 and no exception. Unhashable keys and failing comparisons set one. */
export function dictGet(d: number, key: number): number {
  if (isQuick(d)) {
    const hash = quickHash(key);
    if (hash !== 0) {
      const at = quickFind(d, key, hash);
      if (at >= ABSENT) return at === ABSENT ? 0 : I32[at + 2];
    }
  }
  return dictGetAny(d, key);
}

function dictGetAny(d: number, key: number): number {
  if (isView(d)) return instanceView.get(ownerOf(d), key);
  const hash = hashFor(d, key, 0);
  return hash === 0 ? 0 : dictGetHashed(d, key, hash);
}

/** The value of an interned name; 0 when missing. Runs no Python and sets no exception: keys that are no strings are passed over. */
export function dictGetStr(d: number, name: number): number {
  const w = d >>> 2;
  if ((I32[w] & L.FLAG_K0) !== 0) return instanceView.get(I32[w + L.DICT_OWNER], name);
  const hash = (name & 7) === 0 ? I32[(name >>> 2) + L.STR_HASH] : strHash(name);
  if (hash === 0 || I32[w + 3] !== I32[C + L.CAR_OWNER]) return dictGetName(d, name);
  const store = I32[w + L.DICT_STORE];
  if (store === 0) return 0;
  const s = store >>> 2;
  const mask = I32[s + L.DICTSTORE_INDEX_MASK];
  const base = s + I32[s + L.DICTSTORE_INDEX];
  for (let i = hash & mask; ; i = (i + 1) & mask) {
    const word = I32[base + i];
    if (word === 0) return 0;
    if (((word ^ hash) & ~mask) !== 0) continue;
    const at = s + (L.DICTSTORE_ENTRIES - 3) + (word & mask) * 3;
    if (I32[at + 1] === name) return I32[at + 2];
    if (I32[at] === hash && I32[at + 1] !== 0) return dictGetName(d, name);
  }
}

function dictGetName(d: number, name: number): number {
  const hash = strHash(name);
  for (;;) {
    const e = lookupName(d, name, hash);
    const value = e < 0 ? 0 : I32[valueWord(d, e)];
    if (!readRetry(d, seen)) return value;
  }
}

/**
 * The version of the dict's key set, for inline caches: while it is the same, no key came or went and entries stay where they are. It is
 * 0 until somebody asks, and again when the keys change; numbers are not given twice.
 */
export function dictKeysVersion(d: number): number {
  const w = (d >>> 2) + L.DICT_KEYS_VERSION;
  for (;;) {
    const sync = readBegin(d);
    const known = loadFirst(w);
    if (known !== 0) return known;
    const fresh = atomics.add(L.CTL_TYPE_VERSION_NEXT * 4, 1);
    if (!begin(d, sync)) continue;
    I32[w] = fresh;
    end(d);
    return fresh;
  }
}

/** Word index of the value of an interned name; 0 when the dict has none. To be trusted if dictKeysVersion is the same before and after. */
export function dictFindWord(d: number, name: number): number {
  if (isView(d)) return 0;
  const e = lookupName(d, name, strHash(name));
  return e < 0 ? 0 : valueWord(d, e);
}

export const dictLen = (d: number): number => (isView(d) ? instanceView.len(ownerOf(d)) : I32[(d >>> 2) + L.DICT_USED]);

/** Replaces the store by one with room for `room` entries; false when the dict was changed meanwhile. */
function grow(d: number, sync: number, room: number): boolean {
  const w = d >>> 2;
  const fresh = copyStore(I32[w + L.DICT_STORE], room, false);
  if (sync !== I32[C + L.CAR_OWNER]) shareNew(fresh);
  if (!begin(d, sync)) return false;
  I32[w + L.DICT_STORE] = fresh;
  I32[w + DICT_TAIL] = 0;
  I32[w + L.DICT_KEYS_VERSION] = 0;
  end(d);
  barrier(d, fresh);
  return true;
}

/** Makes room for `n` entries in all, so that as many insertions copy nothing. */
export function dictReserve(d: number, n: number): void {
  if (n > 5 && !isView(d) && I32[(d >>> 2) + L.DICT_STORE] === 0) grow(d, readBegin(d), n);
}

/** Commits `value` in the entry that lookup found; false: start again. */
function commitValue(d: number, e: number, value: number): boolean {
  const at = valueWord(d, e);
  const store = I32[(d >>> 2) + L.DICT_STORE];
  if (!begin(d, seen)) return false;
  I32[at] = value;
  end(d);
  barrier(store, value);
  return true;
}

/** Commits a new entry for a key that lookup did not find; false: start again. */
function commitNew(d: number, key: number, hash: number, value: number): boolean {
  const sync = seen;
  const w = d >>> 2;
  const store = I32[w + L.DICT_STORE];
  const s = store >>> 2;
  const e = store === 0 ? 0 : I32[s + L.DICTSTORE_FILL];
  const used = I32[w + L.DICT_USED];
  if (store === 0 || e >= I32[s + L.DICTSTORE_CAPACITY]) {
    grow(d, sync, Math.max(5, used * 2));
    return false;
  }
  const at = s + L.DICTSTORE_ENTRIES + e * 3;
  const index = free;
  const word = indexEntry(s, hash, e);
  if (!begin(d, sync)) return false;
  I32[at] = hash;
  I32[at + 1] = key;
  I32[at + 2] = value;
  I32[index] = word;
  I32[s + L.DICTSTORE_FILL] = e + 1;
  I32[w + DICT_TAIL] = 0;
  I32[w + L.DICT_USED] = used + 1;
  I32[w + L.DICT_KEYS_VERSION] = 0;
  end(d);
  barrier(store, value);
  barrier(store, key);
  return true;
}

const commitSet = (d: number, e: number, key: number, hash: number, value: number): boolean =>
  e >= 0 ? commitValue(d, e, value) : commitNew(d, key, hash, value);

function publishPair(d: number, key: number, value: number): void {
  if (I32[(d >>> 2) + 3] === I32[C + L.CAR_OWNER]) return;
  publishStore(d, key);
  publishStore(d, value);
}

/** d[key] = value with a known hash: 1, or 0 with the exception set. */
export function dictSetHashed(d: number, key: number, hash: number, value: number): 1 | 0 {
  for (;;) {
    const e = lookup(d, key, hash, value);
    if (e === FAILED) return 0;
    publishPair(d, key, value);
    if (commitSet(d, e, key, hash, value)) return 1;
  }
}

/** d[key] = value: 1, or 0 with the exception set. */
export function dictSet(d: number, key: number, value: number): 1 | 0 {
  if (isQuick(d)) {
    const hash = quickHash(key);
    if (hash !== 0) {
      const at = quickFind(d, key, hash);
      if (at > ABSENT) {
        quickReplace(d, at, value);
        return 1;
      }
      if (at === ABSENT && quickAdd(d, key, hash, value)) return 1;
      return dictSetHashed(d, key, hash, value);
    }
  }
  return dictSetAny(d, key, value);
}

function dictSetAny(d: number, key: number, value: number): 1 | 0 {
  if (isView(d)) return instanceView.set(ownerOf(d), key, value);
  const hash = hashFor(d, key, value);
  return hash === 0 ? 0 : dictSetHashed(d, key, hash, value);
}

/** d[name] = value for a plain string: 1. Runs no Python. */
export function dictSetStr(d: number, name: number, value: number): 1 | 0 {
  if (isView(d)) return instanceView.set(ownerOf(d), name, value);
  const hash = strHash(name);
  for (;;) {
    const e = lookupName(d, name, hash);
    publishPair(d, name, value);
    if (commitSet(d, e, name, hash, value)) return 1;
  }
}

/** setdefault: the value now in the dict; 0 with the exception set. */
export function dictSetDefault(d: number, key: number, value: number): number {
  if (isView(d)) {
    const old = instanceView.get(ownerOf(d), key);
    if (old !== 0 || pendingException() !== 0) return old;
    return instanceView.set(ownerOf(d), key, value) === 0 ? 0 : value;
  }
  const hash = hashFor(d, key, value);
  if (hash === 0) return 0;
  for (;;) {
    const e = lookup(d, key, hash, value);
    if (e === FAILED) return 0;
    const old = e < 0 ? 0 : I32[valueWord(d, e)];
    if (old !== 0 && !readRetry(d, seen)) return old;
    if (old !== 0) continue;
    publishPair(d, key, value);
    if (commitSet(d, e, key, hash, value)) return value;
  }
}

/** Commits the removal of the entry that lookup found; its value, or 0: start again. */
function commitRemove(d: number, e: number): number {
  const w = d >>> 2;
  const at = valueWord(d, e) - 2;
  const value = I32[at + 2];
  const used = I32[w + L.DICT_USED];
  if (!begin(d, seen)) return 0;
  I32[at] = 0;
  I32[at + 1] = 0;
  I32[at + 2] = 0;
  I32[w + L.DICT_USED] = used - 1;
  I32[w + L.DICT_KEYS_VERSION] = 0;
  end(d);
  return value;
}

/** Removes and returns the value of `key`; 0 when missing (no exception) or on error (set). */
export function dictPop(d: number, key: number): number {
  const hash = isQuick(d) ? quickHash(key) : 0;
  const at = hash === 0 ? ABSENT : quickFind(d, key, hash);
  return at > ABSENT ? quickRemove(d, at) : dictPopAny(d, key);
}

function dictPopAny(d: number, key: number): number {
  if (isView(d)) {
    const value = instanceView.get(ownerOf(d), key);
    return value === 0 || instanceView.del(ownerOf(d), key) === 0 ? 0 : value;
  }
  const hash = hashFor(d, key, 0);
  return hash === 0 ? 0 : dictPopHashed(d, key, hash);
}

/** As dictPop, with a known hash. */
export function dictPopHashed(d: number, key: number, hash: number): number {
  for (;;) {
    const e = lookup(d, key, hash, 0);
    if (e === FAILED) return 0;
    if (e < 0) {
      if (readRetry(d, seen)) continue;
      return 0;
    }
    const value = commitRemove(d, e);
    if (value !== 0) return value;
  }
}

/** Deletes a plain string from the keys: 1, or 0 when it is missing. Runs no Python. */
export function dictDelStr(d: number, name: number): 1 | 0 {
  if (isView(d)) return instanceView.del(ownerOf(d), name);
  const hash = strHash(name);
  for (;;) {
    const e = lookupName(d, name, hash);
    if (e < 0) {
      if (readRetry(d, seen)) continue;
      return 0;
    }
    if (commitRemove(d, e) !== 0) return 1;
  }
}

/** Deletes a key: 1; 0 when it is missing (no exception) or on error (set). */
export const dictDel = (d: number, key: number): 1 | 0 => (dictPop(d, key) === 0 ? 0 : 1);

/** Removes the last entry; `into` gets (key, value). 0 when the dict is empty. */
export function dictPopLast(d: number, into: (key: number, value: number) => void): 1 | 0 {
  const w = d >>> 2;
  for (;;) {
    const sync = readBegin(d);
    const s = I32[w + L.DICT_STORE] >>> 2;
    const used = I32[w + L.DICT_USED];
    if (used === 0) {
      if (readRetry(d, sync)) continue;
      return 0;
    }
    let e = (I32[w + DICT_TAIL] === 0 ? I32[s + L.DICTSTORE_FILL] : I32[w + DICT_TAIL]) - 1;
    while (e >= 0 && I32[s + L.DICTSTORE_ENTRIES + e * 3 + 1] === 0) e--;
    if (e < 0) continue;
    const at = s + L.DICTSTORE_ENTRIES + e * 3;
    const key = I32[at + 1];
    const value = I32[at + 2];
    if (!begin(d, sync)) continue;
    I32[at] = 0;
    I32[at + 1] = 0;
    I32[at + 2] = 0;
    I32[w + L.DICT_USED] = used - 1;
    I32[w + L.DICT_KEYS_VERSION] = 0;
    I32[w + DICT_TAIL] = e;
    end(d);
    into(key, value);
    return 1;
  }
}

/** Empties the dict. */
export function dictClear(d: number): void {
  if (isView(d)) {
    for (const key of dictSnapshot(d).keys) instanceView.del(ownerOf(d), key);
    return;
  }
  const w = d >>> 2;
  while (!begin(d, readBegin(d)));
  I32[w + L.DICT_STORE] = 0;
  I32[w + L.DICT_USED] = 0;
  I32[w + DICT_TAIL] = 0;
  I32[w + L.DICT_KEYS_VERSION] = 0;
  end(d);
}

/** Number of the first live entry from `pos` on, -1 at the end. For plain dicts: see plainDict. */
function dictNext(d: number, pos: number): number {
  const store = I32[(d >>> 2) + L.DICT_STORE];
  if (store === 0) return -1;
  const s = store >>> 2;
  const fill = I32[s + L.DICTSTORE_FILL];
  for (let e = pos; e < fill; e++) {
    const at = s + L.DICTSTORE_ENTRIES + e * 3;
    if (I32[at + 1] !== 0 && I32[at + 2] !== 0) return e;
  }
  return -1;
}

/** What dictEntry found. */
export let entryKey = 0;
export let entryValue = 0;
export let entryHash = 0;

/** As dictNext, and sets entryKey, entryValue and entryHash: all of one moment of a shared dict. They are void after the next call. */
export function dictEntry(d: number, pos: number): number {
  for (;;) {
    const sync = readBegin(d);
    const e = dictNext(d, pos);
    if (e >= 0) {
      const at = valueWord(d, e);
      entryKey = I32[at - 1];
      entryValue = I32[at];
      entryHash = I32[at - 2];
    }
    if (!readRetry(d, sync)) return e;
  }
}

/** The present entries as JS arrays: one consistent moment of a shared dict. */
export function dictSnapshot(dict: number): { keys: number[]; values: number[]; hashes: number[] } {
  const d = plainDict(dict);
  for (;;) {
    const sync = readBegin(d);
    const keys: number[] = [];
    const values: number[] = [];
    const hashes: number[] = [];
    for (let e = dictNext(d, 0); e >= 0; e = dictNext(d, e + 1)) {
      const at = valueWord(d, e);
      keys.push(I32[at - 1]);
      values.push(I32[at]);
      hashes.push(I32[at - 2]);
    }
    if (!readRetry(d, sync)) return { keys, values, hashes };
  }
}

/** A shallow copy, as a plain dict. */
export function dictCopy(dict: number): number {
  const d = plainDict(dict);
  if (d !== dict) return d;
  for (;;) {
    const sync = readBegin(d);
    const store = I32[(d >>> 2) + L.DICT_STORE];
    if (store === 0 && !readRetry(d, sync)) return newDict();
    if (store === 0) continue;
    const fresh = copyStore(store, I32[(d >>> 2) + L.DICT_USED], false);
    const copy = newDict();
    I32[(copy >>> 2) + L.DICT_STORE] = fresh;
    I32[(copy >>> 2) + L.DICT_USED] = I32[(fresh >>> 2) + L.DICTSTORE_FILL];
    if (!readRetry(d, sync)) return copy;
  }
}

export { buildMap, dictGetItem, dictMerge, dictUpdate, dictUpdateAny } from './dict-update.js';
