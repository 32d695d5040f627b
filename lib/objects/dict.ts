/**
 * Dicts: look-up, insertion, deletion, iteration. The Python-visible type is in dict-type.ts.
 *
 * Every operation here is atomic for shared dicts: readers check the version (sync.ts), writers prepare and commit in a section that
 * fails when the dict was changed since it was read. A dict with K0 is a view on the attributes of an instance: `instanceView` does its work.
 */
import { newObject, newOldObject } from '../heap/alloc.js';
import { barrier, storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { equals, hashKey, str } from './abstract.js';
import { copyStore, indexEntry, newStore } from './dict-store.js';
import { clearException, exceptionType, pendingException, raise } from './exceptions.js';
import { typeOf } from './object.js';
import { strEquals, strHash, toJS } from './strings.js';
import { begin, end, publishStore, readBegin, readRetry } from './sync.js';
import { qualifiedTypeName } from './type-name.js';
import * as T from './type-ids.js';

const I32 = i32;
const C = CARRIER;

/** Raw word: entries from here on are known to be deleted (popitem); 0: nothing is known. */
const DICT_TAIL = 10;
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

/** Is it a view on an instance's attributes? */
export const isView = (d: number): boolean => (I32[d >>> 2] & L.FLAG_K0) !== 0;
const ownerOf = (d: number): number => I32[(d >>> 2) + L.DICT_OWNER];
/** The dict itself; for a view a plain dict of its present contents. */
export const plainDict = (d: number): number => (isView(d) ? instanceView.items(ownerOf(d)) : d);

let lastVersion = I32[C + L.CAR_INDEX];
/** A keys version nobody has used: isolates count apart by their low byte. */
const freshVersion = (): number => (lastVersion = (lastVersion + 256) | 0);

export function newDict(): number {
  const d = newObject(L.KIND_DICT, 64, T.typeHandle(T.T_DICT));
  I32[(d >>> 2) + L.DICT_KEYS_VERSION] = freshVersion();
  return d;
}

/** A dict that will live long (module globals, class dicts): born old. */
export function newOldDict(): number {
  const d = newOldObject(L.KIND_DICT, 64, T.typeHandle(T.T_DICT));
  I32[(d >>> 2) + L.DICT_KEYS_VERSION] = freshVersion();
  storeRef(d, L.DICT_STORE, newStore(8, true));
  return d;
}

/** Makes a DICT out of the object of a subclass: gives it its keys version. */
export function initDict(d: number): void {
  I32[(d >>> 2) + L.DICT_KEYS_VERSION] = freshVersion();
}

/** hashKey with the message that dicts and sets have for unhashable keys. */
function keyHash(d: number, key: number): number {
  const hash = hashKey(key);
  if (hash !== 0) return hash;
  const e = pendingException();
  if (typeOf(e) !== exceptionType('TypeError')) return 0;
  const kind = I32[d >>> 2] & 0xff;
  const use = kind === L.KIND_SET || kind === L.KIND_FROZENSET ? 'a set element' : 'a dict key';
  clearException();
  const text = str(e);
  return text === 0 ? 0 : (raise('TypeError', `cannot use '${qualifiedTypeName(key)}' as ${use} (${toJS(text)})`) as 0);
}

/** Sync word at the end of the last look-up: what `begin` needs. */
let seen = 0;

const isPlainStr = (h: number): boolean =>
  (h & 7) === 0 ? (I32[h >>> 2] & (0xff | L.FLAG_SUBCLASS)) === L.KIND_STR : H.isChar(h);

/** Does the key at word `at` equal `key`, both with the same hash? 1, 0, FAILED, or 2: the dict changed meanwhile, start again. */
function sameKey(d: number, store: number, at: number, key: number): number {
  const k = I32[at + 1];
  if (k === 0) return 0;
  if (isPlainStr(k) && isPlainStr(key)) return strEquals(k, key) ? 1 : 0;
  const slot = root(k);
  root(key);
  root(store);
  const r = equals(k, key);
  unroot(slot);
  if (r < 0) return FAILED;
  seen = readBegin(d);
  return I32[(d >>> 2) + L.DICT_STORE] !== store || I32[at + 1] !== k ? 2 : r;
}

/** Entry number of `key`, MISSING or FAILED; `seen` is set. */
function lookup(d: number, key: number, hash: number): number {
  for (;;) {
    seen = readBegin(d);
    const found = probe(d, key, hash);
    if (found >= FAILED) return found;
  }
}

/** One attempt of lookup; below FAILED: start again. */
function probe(d: number, key: number, hash: number): number {
  const store = I32[(d >>> 2) + L.DICT_STORE];
  if (store === 0) return MISSING;
  const s = store >>> 2;
  const mask = I32[s + L.DICTSTORE_INDEX_MASK];
  const base = s + I32[s + L.DICTSTORE_INDEX];
  for (let i = hash & mask; ; i = (i + 1) & mask) {
    const e = I32[base + i] - 1;
    if (e < 0) return MISSING;
    const at = s + L.DICTSTORE_ENTRIES + e * 3;
    if (I32[at + 1] === key) return e;
    if (I32[at] !== hash) continue;
    const r = sameKey(d, store, at, key);
    if (r === 1) return e;
    if (r !== 0) return r === FAILED ? FAILED : -3;
  }
}

const valueWord = (d: number, e: number): number =>
  (I32[(d >>> 2) + L.DICT_STORE] >>> 2) + L.DICTSTORE_ENTRIES + e * 3 + 2;

/** The value of `key` with a known hash: 0 when missing, or with the exception set. */
export function dictGetHashed(d: number, key: number, hash: number): number {
  for (;;) {
    const e = lookup(d, key, hash);
    const value = e < 0 ? 0 : I32[valueWord(d, e)];
    if (e === FAILED || !readRetry(d, seen)) return value;
  }
}

/** d[key] without an error when it is missing: then 0 and no exception. Unhashable keys and failing comparisons set one. */
export function dictGet(d: number, key: number): number {
  if (isView(d)) return instanceView.get(ownerOf(d), key);
  const hash = keyHash(d, key);
  return hash === 0 ? 0 : dictGetHashed(d, key, hash);
}

/** The value of an interned name; 0 when missing. Never sets an exception for dicts whose keys are all strings. */
export function dictGetStr(d: number, name: number): number {
  const w = d >>> 2;
  if ((I32[w] & L.FLAG_K0) !== 0) return instanceView.get(I32[w + L.DICT_OWNER], name);
  const hash = (name & 7) === 0 ? I32[(name >>> 2) + L.STR_HASH] : strHash(name);
  if (hash === 0 || I32[w + 3] !== I32[C + L.CAR_OWNER]) return dictGetHashed(d, name, strHash(name));
  const store = I32[w + L.DICT_STORE];
  if (store === 0) return 0;
  const s = store >>> 2;
  const mask = I32[s + L.DICTSTORE_INDEX_MASK];
  const base = s + I32[s + L.DICTSTORE_INDEX];
  for (let i = hash & mask; ; i = (i + 1) & mask) {
    const e = I32[base + i];
    if (e === 0) return 0;
    const at = s + (L.DICTSTORE_ENTRIES - 3) + e * 3;
    if (I32[at + 1] === name) return I32[at + 2];
    if (I32[at] === hash && I32[at + 1] !== 0) return dictGetHashed(d, name, hash);
  }
}

/** Entry number of an interned name, -1 when missing; trust it while the dict's keys version is the same. */
export function dictFindEntry(d: number, name: number): number {
  if (isView(d)) return MISSING;
  const e = lookup(d, name, strHash(name));
  return e < 0 ? MISSING : e;
}

/** Word index of the value of an entry. */
export const dictEntryValueWord = (d: number, e: number): number => valueWord(d, e);
export const dictKeysVersion = (d: number): number => I32[(d >>> 2) + L.DICT_KEYS_VERSION];

export const dictLen = (d: number): number => (isView(d) ? instanceView.len(ownerOf(d)) : I32[(d >>> 2) + L.DICT_USED]);

/** Is there room for one more entry in the store? */
function hasRoom(d: number): boolean {
  const store = I32[(d >>> 2) + L.DICT_STORE];
  return store !== 0 && I32[(store >>> 2) + L.DICTSTORE_FILL] < I32[(store >>> 2) + L.DICTSTORE_CAPACITY];
}

/** Replaces the store by one with room for `room` entries; false when the dict was changed meanwhile. */
function grow(d: number, sync: number, room: number): boolean {
  const w = d >>> 2;
  const fresh = copyStore(I32[w + L.DICT_STORE], room, false);
  if (I32[w + 3] !== I32[C + L.CAR_OWNER]) publishStore(d, fresh);
  if (!begin(d, sync)) return false;
  I32[w + L.DICT_STORE] = fresh;
  I32[w + DICT_TAIL] = 0;
  I32[w + L.DICT_KEYS_VERSION] = freshVersion();
  end(d);
  barrier(d, fresh);
  return true;
}

/** Makes room for `n` entries in all, so that as many insertions copy nothing. */
export function dictReserve(d: number, n: number): void {
  if (n > 5 && !isView(d) && I32[(d >>> 2) + L.DICT_STORE] === 0) grow(d, readBegin(d), n);
}

function append(d: number, key: number, hash: number, value: number): void {
  const w = d >>> 2;
  const store = I32[w + L.DICT_STORE];
  const s = store >>> 2;
  const e = I32[s + L.DICTSTORE_FILL];
  const at = s + L.DICTSTORE_ENTRIES + e * 3;
  I32[at] = hash;
  I32[at + 1] = key;
  I32[at + 2] = value;
  I32[s + L.DICTSTORE_FILL] = e + 1;
  indexEntry(s, hash, e);
  I32[w + DICT_TAIL] = 0;
  I32[w + L.DICT_USED] = I32[w + L.DICT_USED] + 1;
  I32[w + L.DICT_KEYS_VERSION] = freshVersion();
}

/** Commits value for `key` where lookup found `e`; false: start again. */
function commitSet(d: number, e: number, key: number, hash: number, value: number): boolean {
  const sync = seen;
  if (e < 0 && !hasRoom(d)) {
    grow(d, sync, Math.max(5, I32[(d >>> 2) + L.DICT_USED] * 2));
    return false;
  }
  if (!begin(d, sync)) return false;
  const store = I32[(d >>> 2) + L.DICT_STORE];
  if (e >= 0) I32[valueWord(d, e)] = value;
  else append(d, key, hash, value);
  end(d);
  barrier(store, value);
  if (e < 0) barrier(store, key);
  return true;
}

function publishPair(d: number, key: number, value: number): void {
  if (I32[(d >>> 2) + 3] === I32[C + L.CAR_OWNER]) return;
  publishStore(d, key);
  publishStore(d, value);
}

/** d[key] = value with a known hash: 1, or 0 with the exception set. */
export function dictSetHashed(d: number, key: number, hash: number, value: number): 1 | 0 {
  for (;;) {
    const e = lookup(d, key, hash);
    if (e === FAILED) return 0;
    publishPair(d, key, value);
    if (commitSet(d, e, key, hash, value)) return 1;
  }
}

/** d[key] = value: 1, or 0 with the exception set. */
export function dictSet(d: number, key: number, value: number): 1 | 0 {
  if (isView(d)) return instanceView.set(ownerOf(d), key, value);
  const hash = keyHash(d, key);
  return hash === 0 ? 0 : dictSetHashed(d, key, hash, value);
}

/** d[name] = value for a string. */
export function dictSetStr(d: number, name: number, value: number): 1 | 0 {
  if (isView(d)) return instanceView.set(ownerOf(d), name, value);
  return dictSetHashed(d, name, strHash(name), value);
}

/** setdefault: the value now in the dict; 0 with the exception set. */
export function dictSetDefault(d: number, key: number, value: number): number {
  if (isView(d)) {
    const old = instanceView.get(ownerOf(d), key);
    if (old !== 0 || pendingException() !== 0) return old;
    return instanceView.set(ownerOf(d), key, value) === 0 ? 0 : value;
  }
  const hash = keyHash(d, key);
  if (hash === 0) return 0;
  for (;;) {
    const e = lookup(d, key, hash);
    if (e === FAILED) return 0;
    const old = e < 0 ? 0 : I32[valueWord(d, e)];
    if (old !== 0 && !readRetry(d, seen)) return old;
    if (old !== 0) continue;
    publishPair(d, key, value);
    if (commitSet(d, e, key, hash, value)) return value;
  }
}

function removeEntry(d: number, e: number): void {
  const w = d >>> 2;
  const at = valueWord(d, e) - 2;
  I32[at] = 0;
  I32[at + 1] = 0;
  I32[at + 2] = 0;
  I32[w + L.DICT_USED] = I32[w + L.DICT_USED] - 1;
  I32[w + L.DICT_KEYS_VERSION] = freshVersion();
}

/** Removes and returns the value of `key`; 0 when missing (no exception) or on error (set). */
export function dictPop(d: number, key: number): number {
  if (isView(d)) {
    const value = instanceView.get(ownerOf(d), key);
    return value === 0 || instanceView.del(ownerOf(d), key) === 0 ? 0 : value;
  }
  const hash = keyHash(d, key);
  if (hash === 0) return 0;
  for (;;) {
    const e = lookup(d, key, hash);
    if (e === FAILED) return 0;
    if (e < 0) {
      if (readRetry(d, seen)) continue;
      return 0;
    }
    if (!begin(d, seen)) continue;
    const value = I32[valueWord(d, e)];
    removeEntry(d, e);
    end(d);
    return value;
  }
}

/** Deletes a key: 1; 0 when it is missing (no exception) or on error (set). */
export const dictDel = (d: number, key: number): 1 | 0 => (dictPop(d, key) === 0 ? 0 : 1);

/** Removes the last entry; `into` gets (key, value). 0 when the dict is empty. */
export function dictPopLast(d: number, into: (key: number, value: number) => void): 1 | 0 {
  for (;;) {
    const sync = readBegin(d);
    const w = d >>> 2;
    const s = I32[w + L.DICT_STORE] >>> 2;
    if (I32[w + L.DICT_USED] === 0) return 0;
    let e = (I32[w + DICT_TAIL] === 0 ? I32[s + L.DICTSTORE_FILL] : I32[w + DICT_TAIL]) - 1;
    while (e >= 0 && I32[s + L.DICTSTORE_ENTRIES + e * 3 + 1] === 0) e--;
    if (e < 0 || !begin(d, sync)) continue;
    const at = s + L.DICTSTORE_ENTRIES + e * 3;
    const key = I32[at + 1];
    const value = I32[at + 2];
    removeEntry(d, e);
    I32[w + DICT_TAIL] = e;
    end(d);
    into(key, value);
    return 1;
  }
}

/** Empties the dict. */
export function dictClear(d: number): void {
  if (isView(d)) {
    const now = plainDict(d);
    for (let i = dictNext(now, 0); i >= 0; i = dictNext(now, i + 1)) instanceView.del(ownerOf(d), dictKey(now, i));
    return;
  }
  const w = d >>> 2;
  while (!begin(d, readBegin(d)));
  I32[w + L.DICT_STORE] = 0;
  I32[w + L.DICT_USED] = 0;
  I32[w + DICT_TAIL] = 0;
  I32[w + L.DICT_KEYS_VERSION] = freshVersion();
  end(d);
}

/** Number of the first live entry from `pos` on, -1 at the end. For plain dicts: see plainDict. */
export function dictNext(d: number, pos: number): number {
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

export const dictKey = (d: number, e: number): number => I32[valueWord(d, e) - 1];
export const dictValue = (d: number, e: number): number => I32[valueWord(d, e)];
export const dictHash = (d: number, e: number): number => I32[valueWord(d, e) - 2];

/** The present entries as JS arrays: one consistent moment of a shared dict. */
export function dictSnapshot(dict: number): { keys: number[]; values: number[]; hashes: number[] } {
  const d = plainDict(dict);
  for (;;) {
    const sync = readBegin(d);
    const keys: number[] = [];
    const values: number[] = [];
    const hashes: number[] = [];
    for (let e = dictNext(d, 0); e >= 0; e = dictNext(d, e + 1)) {
      keys.push(dictKey(d, e));
      values.push(dictValue(d, e));
      hashes.push(dictHash(d, e));
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
    if (store === 0) return newDict();
    const fresh = copyStore(store, I32[(d >>> 2) + L.DICT_USED], false);
    const copy = newDict();
    I32[(copy >>> 2) + L.DICT_STORE] = fresh;
    I32[(copy >>> 2) + L.DICT_USED] = I32[(fresh >>> 2) + L.DICTSTORE_FILL];
    if (!readRetry(d, sync)) return copy;
  }
}

export { buildMap, dictGetItem, dictMerge, dictUpdate, dictUpdateAny } from './dict-update.js';
