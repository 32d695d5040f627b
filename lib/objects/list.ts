/**
 * Lists: storage and the operations the interpreter needs. The Python-visible type is in list-type.ts.
 *
 * Items lie in an ARRAY that is replaced when it must grow, amortised as in CPython (about 1/8 more). Shared lists follow sync.ts: readers
 * check the version, writers prepare and commit.
 */
import { newObject } from '../heap/alloc.js';
import { barrier, ageAll } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { logChanged } from '../heap/marking.js';
import { i32 } from '../heap/memory.js';
import { getIter, iterNext } from './abstract.js';
import { dictSnapshot, VIEW_ITEMS, VIEW_KEYS } from './dict.js';
import { pendingException, raise } from './exceptions.js';
import { arrayFor } from './int-vector.js';
import { isExact } from './object.js';
import { setItems } from './set.js';
import { begin, end, publishStore, readBegin, readRetry, shareNew } from './sync.js';
import { newTupleOf } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;
const C = CARRIER;

/** An ARRAY with room for n handles, all 0. */
export function newArray(n: number): number {
  const bytes = (L.ARRAY_ITEMS + n) * 4;
  const a = newObject(L.KIND_ARRAY, bytes, 0);
  // Use what the last cell has left.
  I32[(a >>> 2) + L.ARRAY_LENGTH] = (I32[(a >>> 2) + 1] << 4) - L.ARRAY_ITEMS;
  if (bytes > L.LARGE_BYTES) ageAll();
  return a;
}

/** A list of n missing items (0), to be filled at once through listItems. */
export function newList(n: number): number {
  const array = n === 0 ? 0 : newArray(n);
  const list = newObject(L.KIND_LIST, 64, T.typeHandle(T.T_LIST));
  I32[(list >>> 2) + L.LIST_LENGTH] = n;
  I32[(list >>> 2) + L.LIST_ITEMS] = array;
  return list;
}

/** A list of the n handles from word `from`. */
export function newListFrom(from: number, n: number): number {
  if (n === 0) return newList(0);
  const array = newArray(n);
  copyWords(from, (array >>> 2) + L.ARRAY_ITEMS, n);
  const list = newObject(L.KIND_LIST, 64, T.typeHandle(T.T_LIST));
  I32[(list >>> 2) + L.LIST_LENGTH] = n;
  I32[(list >>> 2) + L.LIST_ITEMS] = array;
  return list;
}

/** A list of `items` (not empty), n times in a row. */
export function newListRepeated(items: readonly number[], n: number): number {
  const count = items.length * n;
  const array = newArray(count);
  const to = (array >>> 2) + L.ARRAY_ITEMS;
  for (let i = 0; i < items.length; i++) I32[to + i] = items[i];
  repeatWords(to, items.length, count);
  const list = newObject(L.KIND_LIST, 64, T.typeHandle(T.T_LIST));
  I32[(list >>> 2) + L.LIST_LENGTH] = count;
  I32[(list >>> 2) + L.LIST_ITEMS] = array;
  return list;
}

/** Repeats the first `done` words from word `at` until there are `count`. */
export function repeatWords(at: number, done: number, count: number): void {
  for (let k = done; k < count; k *= 2) I32.copyWithin(at + k, at, at + Math.min(k, count - k));
}

/** `count` items from index `from` on, at one moment; undefined when the list is shorter. */
export function listRange(list: number, from: number, count: number): number[] | undefined {
  for (;;) {
    const seen = readBegin(list);
    const fits = from + count <= listLength(list);
    const out = fits ? arrayFor(count) : undefined;
    const at = listItems(list) + from;
    if (out !== undefined) for (let i = 0; i < count; i++) out[i] = I32[at + i];
    if (!readRetry(list, seen)) return out;
  }
}

export function newListFromArray(handles: readonly number[]): number {
  if (handles.length === 0) return newList(0);
  const array = newArray(handles.length);
  const to = (array >>> 2) + L.ARRAY_ITEMS;
  for (let i = 0; i < handles.length; i++) I32[to + i] = handles[i];
  const list = newObject(L.KIND_LIST, 64, T.typeHandle(T.T_LIST));
  I32[(list >>> 2) + L.LIST_LENGTH] = handles.length;
  I32[(list >>> 2) + L.LIST_ITEMS] = array;
  return list;
}

/** a + b of two lists of this thread's own; 0 when they are not. */
export function listConcat(a: number, b: number): number {
  const owner = I32[C + L.CAR_OWNER];
  if (I32[(a >>> 2) + 3] !== owner || I32[(b >>> 2) + 3] !== owner) return 0;
  const n = listLength(a);
  const m = listLength(b);
  const sum = newList(n + m);
  if (n > 0) copyWords(listItems(a), listItems(sum), n);
  if (m > 0) copyWords(listItems(b), listItems(sum) + n, m);
  return sum;
}

/** Copies n words; the ranges may overlap. */
export function copyWords(from: number, to: number, n: number): void {
  if (n > 32 || (from < to && to < from + n)) I32.copyWithin(to, from, from + n);
  else for (let i = 0; i < n; i++) I32[to + i] = I32[from + i];
}

export const listLength = (list: number): number => I32[(list >>> 2) + L.LIST_LENGTH];
/** Word index of the first item; valid until the list is changed. */
export const listItems = (list: number): number => (I32[(list >>> 2) + L.LIST_ITEMS] >>> 2) + L.ARRAY_ITEMS;

/** Item at index i (not negative), 0 when there is none: no exception. */
export function listAt(list: number, i: number): number {
  const w = list >>> 2;
  if (I32[w + 3] === I32[C + L.CAR_OWNER])
    return i >>> 0 < I32[w + L.LIST_LENGTH] ? I32[(I32[w + L.LIST_ITEMS] >>> 2) + L.ARRAY_ITEMS + i] : 0;
  for (;;) {
    const seen = readBegin(list);
    const value = i >>> 0 < I32[w + L.LIST_LENGTH] ? I32[(I32[w + L.LIST_ITEMS] >>> 2) + L.ARRAY_ITEMS + i] : 0;
    if (!readRetry(list, seen)) return value;
  }
}

/** list[i] for an index of either sign; 0 with IndexError set. */
export function listGetItem(list: number, i: number): number {
  const value = i >= 0 ? listAt(list, i) : listAtEnd(list, i);
  return value !== 0 ? value : raise('IndexError', 'list index out of range');
}
export const listGet = listGetItem;

function listAtEnd(list: number, i: number): number {
  for (;;) {
    const seen = readBegin(list);
    const n = listLength(list);
    const value = n + i >= 0 ? I32[listItems(list) + n + i] : 0;
    if (!readRetry(list, seen)) return value;
  }
}

/** list[i] = value for an index of either sign: 1, or 0 with IndexError set. */
export function listSetItem(list: number, i: number, value: number): 1 | 0 {
  const w = list >>> 2;
  for (;;) {
    const seen = readBegin(list);
    if (seen !== I32[C + L.CAR_OWNER]) {
      publishStore(list, value);
    }
    const n = I32[w + L.LIST_LENGTH];
    const at = i < 0 ? i + n : i;
    if (at >>> 0 >= n) {
      if (readRetry(list, seen)) continue;
      raise('IndexError', 'list assignment index out of range');
      return 0;
    }
    if (!begin(list, seen)) continue;
    const array = I32[w + L.LIST_ITEMS];
    I32[(array >>> 2) + L.ARRAY_ITEMS + at] = value;
    end(list);
    barrier(array, value);
    return 1;
  }
}

export const listCapacity = (list: number): number => {
  const array = I32[(list >>> 2) + L.LIST_ITEMS];
  return array === 0 ? 0 : I32[(array >>> 2) + L.ARRAY_LENGTH];
};

/** Size to allocate for n items, as CPython grows lists. */
export const grownSize = (n: number): number => (n + (n >>> 3) + 6) & ~3;

/**
 * Room for n items; false when the list was changed since `seen`. The length stays. It may be more than n by now: no more is copied than has
 * room, and `begin` fails.
 */
export function growTo(list: number, seen: number, n: number): boolean {
  const w = list >>> 2;
  const fresh = newArray(n);
  const old = I32[w + L.LIST_ITEMS];
  if (old !== 0)
    copyWords(
      (old >>> 2) + L.ARRAY_ITEMS,
      (fresh >>> 2) + L.ARRAY_ITEMS,
      Math.min(I32[w + L.LIST_LENGTH], I32[(old >>> 2) + L.ARRAY_LENGTH], I32[(fresh >>> 2) + L.ARRAY_LENGTH]),
    );
  if (seen !== I32[C + L.CAR_OWNER]) shareNew(fresh);
  if (!begin(list, seen)) return false;
  I32[w + L.LIST_ITEMS] = fresh;
  end(list);
  barrier(list, fresh);
  return true;
}

export function listAppend(list: number, value: number): 1 {
  const w = list >>> 2;
  for (;;) {
    const seen = readBegin(list);
    if (seen !== I32[C + L.CAR_OWNER]) publishStore(list, value);
    const n = I32[w + L.LIST_LENGTH];
    const array = I32[w + L.LIST_ITEMS];
    if (array === 0 || n >= I32[(array >>> 2) + L.ARRAY_LENGTH]) {
      growTo(list, seen, grownSize(n + 1));
      continue;
    }
    if (!begin(list, seen)) continue;
    I32[(array >>> 2) + L.ARRAY_ITEMS + n] = value;
    I32[w + L.LIST_LENGTH] = n + 1;
    end(list);
    barrier(array, value);
    return 1;
  }
}

/** The present items as a JS array: one moment of a shared list. */
export function listSnapshot(list: number): number[] {
  for (;;) {
    const seen = readBegin(list);
    const n = listLength(list);
    const from = listItems(list);
    const out = arrayFor(n);
    for (let i = 0; i < n; i++) out[i] = I32[from + i];
    if (!readRetry(list, seen)) return out;
  }
}

/** list[start:stop] = values, atomically; the values are reachable elsewhere, or fresh. */
export function listSplice(list: number, start: number, stop: number, values: readonly number[]): void {
  for (;;) {
    const seen = readBegin(list);
    const owned = seen === I32[C + L.CAR_OWNER];
    if (!owned) for (const v of values) publishStore(list, v);
    const n = I32[(list >>> 2) + L.LIST_LENGTH];
    const from = Math.min(start, n);
    const to = Math.max(from, Math.min(stop, n));
    const size = n - (to - from) + values.length;
    if (owned && size > 0 && size <= listCapacity(list)) return spliceInPlace(list, from, to, values);
    const fresh = splicedArray(list, from, to, values);
    if (!owned && fresh !== 0) shareNew(fresh);
    if (!begin(list, seen)) continue;
    I32[(list >>> 2) + L.LIST_ITEMS] = fresh;
    I32[(list >>> 2) + L.LIST_LENGTH] = size;
    end(list);
    if (fresh !== 0) barrier(list, fresh);
    return;
  }
}

/** All items at once, unless the list was changed since `seen`: then false. The items are its own, or reachable elsewhere. */
export function listReplace(list: number, seen: number, items: readonly number[]): boolean {
  const w = list >>> 2;
  const owned = seen === I32[C + L.CAR_OWNER];
  if (!owned) for (const v of items) publishStore(list, v);
  const n = items.length;
  const fresh = n === 0 ? 0 : newArray(n);
  for (let i = 0; i < n; i++) I32[(fresh >>> 2) + L.ARRAY_ITEMS + i] = items[i];
  if (!owned && fresh !== 0) shareNew(fresh);
  if (!begin(list, seen)) return false;
  I32[w + L.LIST_ITEMS] = fresh;
  I32[w + L.LIST_LENGTH] = n;
  end(list);
  if (fresh !== 0) barrier(list, fresh);
  return true;
}

/** The items that the list had at `seen`, in another order; false when it was changed since. */
export function listReorder(list: number, seen: number, items: readonly number[]): boolean {
  if (seen !== I32[C + L.CAR_OWNER]) return listReplace(list, seen, items);
  const from = listItems(list);
  for (let i = 0; i < items.length; i++) I32[from + i] = items[i];
  if (items.length > 0) logChanged(I32[(list >>> 2) + L.LIST_ITEMS]);
  return true;
}

/** Removes item `at` of the `n` that the list had at `seen`, and returns it; 0 when it was changed meanwhile. */
export function listRemove(list: number, seen: number, at: number, n: number): number {
  const w = list >>> 2;
  const items = (I32[w + L.LIST_ITEMS] >>> 2) + L.ARRAY_ITEMS;
  const value = I32[items + at];
  if (at < n - 1 && seen !== I32[C + L.CAR_OWNER]) return removeShared(list, seen, at, n) ? value : 0;
  if (!begin(list, seen)) return 0;
  if (at < n - 1) I32.copyWithin(items + at, items + at + 1, items + n);
  I32[items + n - 1] = 0;
  I32[w + L.LIST_LENGTH] = n - 1;
  end(list);
  if (at < n - 1) logChanged(I32[w + L.LIST_ITEMS]);
  return value;
}

/** In the middle of a shared list the rest would move word by word: it gets a new array. False when it was changed meanwhile. */
function removeShared(list: number, seen: number, at: number, n: number): boolean {
  const fresh = splicedArray(list, at, at + 1, []);
  if (fresh !== 0) shareNew(fresh);
  if (!begin(list, seen)) return false;
  I32[(list >>> 2) + L.LIST_ITEMS] = fresh;
  I32[(list >>> 2) + L.LIST_LENGTH] = n - 1;
  end(list);
  barrier(list, fresh);
  return true;
}

/** A new array with the items behind a splice; 0 when there are none. When others change the list meanwhile it is worth nothing. */
function splicedArray(list: number, from: number, to: number, values: readonly number[]): number {
  const n = Math.min(I32[(list >>> 2) + L.LIST_LENGTH], listCapacity(list));
  const size = from + values.length + Math.max(0, n - to);
  if (size === 0) return 0;
  const fresh = newArray(size > n ? grownSize(size) : size);
  const src = (I32[(list >>> 2) + L.LIST_ITEMS] >>> 2) + L.ARRAY_ITEMS;
  const dst = (fresh >>> 2) + L.ARRAY_ITEMS;
  copyWords(src, dst, from);
  copyWords(src + to, dst + from + values.length, Math.max(0, n - to));
  for (let i = 0; i < values.length; i++) I32[dst + from + i] = values[i];
  return fresh;
}

/** The same within the capacity of a list of this thread's own. */
function spliceInPlace(list: number, from: number, to: number, values: readonly number[]): void {
  const w = list >>> 2;
  const n = I32[w + L.LIST_LENGTH];
  const array = I32[w + L.LIST_ITEMS];
  const items = (array >>> 2) + L.ARRAY_ITEMS;
  const size = n - (to - from) + values.length;
  I32.copyWithin(items + from + values.length, items + to, items + n);
  for (let i = 0; i < values.length; i++) I32[items + from + i] = values[i];
  for (let i = size; i < n; i++) I32[items + i] = 0;
  I32[w + L.LIST_LENGTH] = size;
  for (const v of values) barrier(array, v);
  logChanged(array);
}

/** Handles of a list, tuple or dict's keys without calling Python; undefined for anything else. */
export function plainItems(h: number): number[] | undefined {
  if (isExact(h, L.KIND_LIST)) return listSnapshot(h);
  if (isExact(h, L.KIND_TUPLE)) {
    const n = I32[(h >>> 2) + L.TUPLE_LENGTH];
    const out = arrayFor(n);
    for (let i = 0; i < n; i++) out[i] = I32[(h >>> 2) + L.TUPLE_ITEMS + i];
    return out;
  }
  if (isExact(h, L.KIND_SET) || isExact(h, L.KIND_FROZENSET)) return setItems(h);
  return isExact(h, L.KIND_DICT) ? dictSnapshot(h).keys : undefined;
}

/** As plainItems, and what dict views show at one moment. The tuples of items() are new: nothing else holds them. */
export const itemsAtOnce = (h: number): number[] | undefined =>
  isExact(h, L.KIND_DICTVIEW) ? viewItems(h) : plainItems(h);

function viewItems(view: number): number[] {
  const { keys, values } = dictSnapshot(I32[(view >>> 2) + L.DICTVIEW_DICT]);
  const kind = I32[(view >>> 2) + L.DICTVIEW_VIEW_KIND];
  if (kind !== VIEW_ITEMS) return kind === VIEW_KEYS ? keys : values;
  return keys.map((key, i) => newTupleOf([key, values[i]]));
}

/** list += iterable: 1, or 0 with the exception set. */
export function listExtend(list: number, iterable: number): 1 | 0 {
  const plain = itemsAtOnce(iterable);
  if (plain !== undefined) {
    if (plain.length > 0) listSplice(list, 0x7fffffff, 0x7fffffff, plain);
    return 1;
  }
  const it = getIter(iterable);
  if (it === 0) return 0;
  const slot = root(it);
  root(list);
  for (;;) {
    const value = iterNext(it);
    if (value === 0) break;
    listAppend(list, value);
  }
  unroot(slot);
  return pendingException() === 0 ? 1 : 0;
}

/** list(h); 0 with the exception set. */
export function listFromIterable(h: number): number {
  const list = newList(0);
  const slot = root(list);
  const done = listExtend(list, h);
  unroot(slot);
  return done === 0 ? 0 : list;
}
