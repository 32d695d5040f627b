/**
 * Sets: adding, finding, taking out, merging. The table and its order are in set-store.ts, the Python-visible types in set-type.ts.
 *
 * Shared sets follow sync.ts as dicts do: readers check the version, writers prepare and commit in a section that fails when the set was
 * changed since it was read.
 */
import { newObject } from '../heap/alloc.js';
import { hold2, hold3, rootAll } from '../heap/hold.js';
import { barrier } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { itemsAtOnce } from './list.js';
import { equals, getIter, iterNext } from './abstract.js';
import { explainUnhashable } from './dict-keys.js';
import { clearException, pendingException, pendingIs } from './exceptions.js';
import { hashHalves } from './hash.js';
import { acc } from './hash64.js';
import { isExact, isKind, isPlainStr } from './object.js';
import {
  CHANGED,
  DUMMY,
  entryWord,
  FAILED,
  find,
  highWord,
  insertClean,
  isLive,
  MIN_SIZE,
  newSetStore,
  rebuilt,
  sameTable,
  sizeFor,
} from './set-store.js';
import { strEquals } from './strings.js';
import { begin, end, publishStore, readBegin, readRetry } from './sync.js';
import * as T from './type-ids.js';

const I32 = i32;
const C = CARRIER;

export const isAnySet = (h: number): boolean => isKind(h, L.KIND_SET) || isKind(h, L.KIND_FROZENSET);

const storeOf = (s: number): number => I32[(s >>> 2) + L.SET_STORE];
export const setLen = (s: number): number => I32[(s >>> 2) + L.SET_USED];

/** An empty set of exact built-in type. */
export const newSet = (kind: number = L.KIND_SET): number => newObject(kind, 64, T.typeHandle(kind));

/** An empty set of class `type`, which may be a subclass; its last word is for attributes. */
export function newSetOf(type: number, kind: number): number {
  return type === T.typeHandle(kind) ? newSet(kind) : newObject(kind | L.FLAG_SUBCLASS, 128, type);
}

// ---------------------------------------------------------------- looking for a value

/** The key's hash, in `acc`; false with the exception set. */
const hashOf = (s: number, key: number): boolean => hashHalves(key) || explainUnhashable(s, key) !== 0;

/** Sync word at the end of the last look-up: what `begin` needs. */
let seen = 0;
/** The set that is searched, for the comparison. */
let searched = 0;

/** Does the key at a word of the table equal `key`? 1, 0, FAILED or CHANGED. */
function same(at: number, key: number): number {
  const k = I32[at];
  // Another thread took it out meanwhile.
  if (k === 0 || k === DUMMY) return CHANGED;
  if ((k & key & 1) !== 0) return 0;
  if (isPlainStr(k) && isPlainStr(key)) return strEquals(k, key) ? 1 : 0;
  const s = searched;
  const before = seen;
  const store = storeOf(s);
  // Another thread may take it out of the set before the others are held.
  const slot = root(k);
  hold3(s, key, store);
  const r = equals(k, key);
  unroot(slot);
  // The comparison may have searched other sets, and this one.
  searched = s;
  if (r < 0) return FAILED;
  seen = readBegin(s);
  return seen !== before || storeOf(s) !== store || I32[at] !== k ? CHANGED : r;
}

/** Number of the key's entry, a negative number when it is missing, or FAILED; `seen` is set. A set without table has none. */
function lookup(s: number, low: number, high: number, key: number): number {
  for (;;) {
    seen = readBegin(s);
    searched = s;
    const store = storeOf(s);
    const r = store === 0 ? -1 : find(store, low, high, key, same);
    if (r !== CHANGED) return r;
  }
}

/** 1, 0, or -1 with the exception set. */
export function setContains(s: number, value: number): number {
  const slot = hold2(s, value);
  const r = containsHeld(s, value);
  unroot(slot);
  return r;
}

function containsHeld(s: number, value: number): number {
  if (hashOf(s, value)) return containsHashed(s, acc.low, acc.high, value);
  const frozen = frozenKey(value);
  return frozen === 0 ? -1 : setContains(s, frozen);
}

function containsHashed(s: number, low: number, high: number, value: number): number {
  for (;;) {
    const e = lookup(s, low, high, value);
    if (e === FAILED) return -1;
    if (!readRetry(s, seen)) return e >= 0 ? 1 : 0;
  }
}

/** What stands for a set that is looked for in a set: a frozenset of its contents. 0 when it is no set, or failed otherwise than unhashable. */
export function frozenKey(value: number): number {
  if (!isKind(value, L.KIND_SET) || !pendingIs('TypeError')) return 0;
  clearException();
  return setCopy(value, L.KIND_FROZENSET);
}

// ---------------------------------------------------------------- changing

/** Replaces the table; false when the set was changed since `sync` was read. */
function replaceStore(s: number, sync: number, fresh: number, used: number): boolean {
  if (I32[(s >>> 2) + 3] !== I32[C + L.CAR_OWNER]) publishStore(s, fresh);
  if (!begin(s, sync)) return false;
  I32[(s >>> 2) + L.SET_STORE] = fresh;
  I32[(s >>> 2) + L.SET_USED] = used;
  end(s);
  barrier(s, fresh);
  return true;
}

/** A table for more than `least` values, unless another thread replaces the table first. What others have added since `least` was counted has room too. */
export function resizeSet(s: number, least: number): void {
  const store = storeOf(s);
  for (;;) {
    const sync = readBegin(s);
    if (storeOf(s) !== store) return;
    const used = setLen(s);
    if (replaceStore(s, sync, rebuilt(store, sizeFor(Math.max(least, used * 2))), used)) return;
  }
}

const growth = (used: number): number => (used > 50000 ? used * 2 : used * 4);

/** Adds a value: 1, or 0 with the exception set. The key that was there first stays. */
export function setAdd(s: number, value: number): 1 | 0 {
  const slot = hold2(s, value);
  const ok = hashOf(s, value) ? addHashed(s, acc.low, acc.high, value) : 0;
  unroot(slot);
  return ok;
}

function addHashed(s: number, low: number, high: number, key: number): 1 | 0 {
  for (;;) {
    const e = lookup(s, low, high, key);
    if (e === FAILED) return 0;
    const sync = seen;
    if (e >= 0) return 1;
    if (storeOf(s) === 0) {
      replaceStore(s, sync, newSetStore(MIN_SIZE), 0);
      continue;
    }
    if (I32[(s >>> 2) + 3] !== I32[C + L.CAR_OWNER]) publishStore(s, key);
    if (commitAdd(s, sync, -1 - e, low, high, key)) return 1;
  }
}

function commitAdd(s: number, sync: number, e: number, low: number, high: number, key: number): boolean {
  const store = storeOf(s);
  const t = store >>> 2;
  const at = entryWord(t, e);
  const upper = highWord(t, e);
  const fresh = I32[at + 1] === 0;
  const fill = I32[t + L.SETSTORE_FILL] + (fresh ? 1 : 0);
  if (!begin(s, sync)) return false;
  I32[at] = low;
  I32[upper] = high;
  I32[at + 1] = key;
  I32[t + L.SETSTORE_FILL] = fill;
  I32[(s >>> 2) + L.SET_USED] = I32[(s >>> 2) + L.SET_USED] + 1;
  end(s);
  barrier(store, key);
  if (fresh && fill * 5 >= I32[t + L.SETSTORE_MASK] * 3) resizeSet(s, growth(setLen(s)));
  return true;
}

/** Takes a value out: 1; 0 when it is missing (no exception) or on error (set). */
export function setRemove(s: number, value: number): 1 | 0 {
  const slot = hold2(s, value);
  const r = removeHeld(s, value);
  unroot(slot);
  return r;
}

function removeHeld(s: number, value: number): 1 | 0 {
  if (hashOf(s, value)) return removeHashed(s, acc.low, acc.high, value);
  const frozen = frozenKey(value);
  return frozen === 0 ? 0 : setRemove(s, frozen);
}

function removeHashed(s: number, low: number, high: number, key: number): 1 | 0 {
  for (;;) {
    const e = lookup(s, low, high, key);
    if (e === FAILED) return 0;
    if (e < 0) {
      if (readRetry(s, seen)) continue;
      return 0;
    }
    if (removeEntry(s, seen, e)) return 1;
  }
}

function removeEntry(s: number, sync: number, e: number): boolean {
  const at = entryWord(storeOf(s) >>> 2, e);
  if (!begin(s, sync)) return false;
  I32[at] = -1;
  I32[at + 1] = DUMMY;
  I32[(s >>> 2) + L.SET_USED] = I32[(s >>> 2) + L.SET_USED] - 1;
  end(s);
  return true;
}

/** Takes any value out: the first behind where the last one was found; 0 when the set is empty. */
export function setPop(s: number): number {
  for (;;) {
    const sync = readBegin(s);
    if (setLen(s) === 0) return 0;
    const t = storeOf(s) >>> 2;
    const mask = I32[t + L.SETSTORE_MASK];
    let e = I32[t + L.SETSTORE_SPARE] & mask;
    let steps = 0;
    for (; steps <= mask && !isLive(t, e); steps++) e = (e + 1) & mask;
    if (steps > mask) continue;
    const key = I32[entryWord(t, e) + 1];
    if (!removeEntry(s, sync, e)) continue;
    I32[t + L.SETSTORE_SPARE] = e + 1;
    return key;
  }
}

export function setClear(s: number): void {
  while (!replaceStore(s, readBegin(s), 0, 0));
}

/** Drops deleted entries when they are more than a quarter of the table. */
export function setTrim(s: number): void {
  const t = storeOf(s) >>> 2;
  if (t !== 0 && I32[t + L.SETSTORE_FILL] - setLen(s) > I32[t + L.SETSTORE_MASK] >> 2) resizeSet(s, growth(setLen(s)));
}

// ---------------------------------------------------------------- many values

interface Entries {
  keys: number[];
  lows: number[];
  highs: number[];
  store: number;
  /** The set's sync word then. */
  sync: number;
}

function collect(t: number, out: Entries): void {
  const size = I32[t + L.SETSTORE_CAPACITY];
  for (let e = 0; e < size; e++) {
    if (!isLive(t, e)) continue;
    out.keys.push(I32[entryWord(t, e) + 1]);
    out.lows.push(I32[entryWord(t, e)]);
    out.highs.push(I32[highWord(t, e)]);
  }
}

/** The present entries in order: one consistent moment of a shared set. */
function entriesOf(s: number): Entries {
  for (;;) {
    const sync = readBegin(s);
    const store = storeOf(s);
    const out: Entries = { keys: [], lows: [], highs: [], store, sync };
    if (store !== 0) collect(store >>> 2, out);
    if (!readRetry(s, sync)) return out;
  }
}

/** The present values in order. */
export const setItems = (s: number): number[] => entriesOf(s).keys;

/** Number of the first value at or behind entry `e`; -1 at the end. */
export function setNext(s: number, e: number): number {
  const t = storeOf(s) >>> 2;
  if (t === 0) return -1;
  for (let i = e; i <= I32[t + L.SETSTORE_MASK]; i++) if (isLive(t, i)) return i;
  return -1;
}

/** The value at an entry that setNext gave. */
export const setKey = (s: number, e: number): number => I32[entryWord(storeOf(s) >>> 2, e) + 1];

/** Room for `more` values, as CPython makes it before it merges. */
function presize(s: number, more: number): void {
  const t = storeOf(s) >>> 2;
  const [fill, mask] = t === 0 ? [0, MIN_SIZE - 1] : [I32[t + L.SETSTORE_FILL], I32[t + L.SETSTORE_MASK]];
  if ((fill + more) * 5 >= mask * 3) resizeSet(s, (setLen(s) + more) * 2);
}

/** s |= other: 1, or 0 with the exception set. */
function merge(s: number, other: number): 1 | 0 {
  if (other === s || setLen(other) === 0) return 1;
  const slot = hold2(s, other);
  const ok = mergeHeld(s, other);
  unroot(slot);
  return ok;
}

function mergeHeld(s: number, other: number): 1 | 0 {
  presize(s, setLen(other));
  const from = entriesOf(other);
  if (setLen(s) === 0 && adopt(s, other, from)) return 1;
  const slot = rootAll(from.keys);
  let ok: 1 | 0 = 1;
  for (let i = 0; ok === 1 && i < from.keys.length; i++) ok = addHashed(s, from.lows[i], from.highs[i], from.keys[i]);
  unroot(slot);
  return ok;
}

/** Takes the entries into a set that never had any; false when it had or was changed meanwhile. */
function adopt(s: number, other: number, from: Entries): boolean {
  const sync = readBegin(s);
  const t = storeOf(s) >>> 2;
  if (t !== 0 && I32[t + L.SETSTORE_FILL] !== 0) return false;
  const mask = t === 0 ? MIN_SIZE - 1 : I32[t + L.SETSTORE_MASK];
  const f = from.store >>> 2;
  // The other set may have grown since room was made.
  if (from.keys.length * 5 >= mask * 3 && mask !== I32[f + L.SETSTORE_MASK]) return false;
  const whole = I32[f + L.SETSTORE_MASK] === mask && I32[f + L.SETSTORE_FILL] === from.keys.length;
  const fresh = whole ? sameTable(from.store) : newSetStore(mask + 1);
  // A copied table is that of the entries only if nobody changed it since.
  if (whole && readRetry(other, from.sync)) return false;
  if (!whole) from.keys.forEach((key, i) => insertClean(fresh, from.lows[i], from.highs[i], key));
  return replaceStore(s, sync, fresh, from.keys.length);
}

/** Adds those values of `from` that are in `other` (`wanted` 1), or are not (0): 1, or 0 with the exception set. */
export function setKeep(into: number, from: number, other: number, wanted: 0 | 1): 1 | 0 {
  const slot = hold3(into, from, other);
  const { keys, lows, highs } = entriesOf(from);
  rootAll(keys);
  let ok: 1 | 0 = 1;
  for (let i = 0; ok === 1 && i < keys.length; i++) {
    const r = containsHashed(other, lows[i], highs[i], keys[i]);
    if (r < 0) ok = 0;
    else if (r === wanted) ok = addHashed(into, lows[i], highs[i], keys[i]);
  }
  unroot(slot);
  return ok;
}

/** s.update(iterable): 1, or 0 with the exception set. */
export function setUpdate(s: number, iterable: number): 1 | 0 {
  if (isAnySet(iterable)) return merge(s, iterable);
  const slot = hold2(s, iterable);
  const atOnce = isExact(iterable, L.KIND_DICT) || isExact(iterable, L.KIND_DICTVIEW);
  const ok = atOnce ? addItems(s, itemsAtOnce(iterable)!) : addAll(s, iterable);
  unroot(slot);
  return ok;
}

function addItems(s: number, items: readonly number[]): 1 | 0 {
  presize(s, items.length);
  const slot = rootAll(items);
  let ok: 1 | 0 = 1;
  for (let i = 0; ok === 1 && i < items.length; i++) ok = setAdd(s, items[i]);
  unroot(slot);
  return ok;
}

function addAll(s: number, iterable: number): 1 | 0 {
  const it = getIter(iterable);
  if (it === 0) return 0;
  const slot = root(it);
  let ok: 1 | 0 = 1;
  while (ok === 1) {
    const value = iterNext(it);
    if (value === 0) break;
    ok = setAdd(s, value);
  }
  unroot(slot);
  return pendingException() === 0 ? ok : 0;
}

/** A set of exact built-in type with the values of an iterable; 0 with the exception set. */
export function setFromIterable(iterable: number, kind: number = L.KIND_SET): number {
  const s = newSet(kind);
  const slot = root(s);
  const ok = setUpdate(s, iterable);
  unroot(slot);
  return ok === 0 ? 0 : s;
}

/** A copy of a set as a set of this kind. */
export function setCopy(s: number, kind: number): number {
  const copy = newSet(kind);
  const slot = root(copy);
  merge(copy, s);
  unroot(slot);
  return copy;
}

/** A frozenset of these handles (constants: hashing calls no Python). */
export function frozensetFrom(handles: readonly number[]): number {
  const s = newSet(L.KIND_FROZENSET);
  const slot = root(s);
  rootAll(handles);
  for (const h of handles) setAdd(s, h);
  unroot(slot);
  return s;
}
