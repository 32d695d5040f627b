/**
 * list.sort: a stable merge sort of runs that are in order already, short ones lengthened by insertion as in CPython's listsort. It asks only "is
 * b < a". While keys or comparisons may run Python the list is empty, as in CPython; values and keys stay rooted elsewhere.
 */
import { rootAll } from '../heap/hold.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { call1 } from './abstract.js';
import { compares } from './compare.js';
import { raise } from './exceptions.js';
import { isPlainStr } from './object.js';
import { listAppend, listCapacity, listLength, listReorder, listSnapshot, listSplice, newList } from './list.js';
import { CMP_LT } from './slots.js';
import { compareStr } from './str.js';
import { readBegin } from './sync.js';

const FAILED = Symbol('exception set');

/** How all keys of a sort compare: without calls when they are small ints, floats or strings. */
const SMALL = 0;
const FLOATS = 1;
const STRINGS = 2;
const ANY = 3;

function comparison(keys: readonly number[]): number {
  const first = keys.length === 0 ? 1 : keys[0];
  const how = H.isSmall(first) ? SMALL : H.isFloat(first) ? FLOATS : STRINGS;
  for (let i = 0; i < keys.length; i++) {
    const k = keys[i];
    const fits = how === SMALL ? H.isSmall(k) : how === FLOATS ? isNumber(k) : isPlainStr(k);
    if (!fits) return ANY;
  }
  return how;
}

const isNumber = (h: number): boolean => H.isFloat(h) && !Number.isNaN(H.granule(h));

/** a < b by Python's rules; leaves the sort by FAILED. */
function before(how: number, a: number, b: number): boolean {
  if (how === SMALL) return a < b;
  if (how === STRINGS) return compareStr(a, b) < 0;
  if (how === FLOATS) return H.granule(a) < H.granule(b);
  const r = compares(a, b, CMP_LT);
  if (r < 0) throw FAILED;
  return r === 1;
}

/** Keys to be put in order, and the values that move with them; the same array when the values are the keys. */
interface Items {
  readonly how: number;
  readonly keys: number[];
  readonly values: number[];
}

/** Up to so many items are one run; of more, runs have at least half as many. */
const SHORT = 64;

function sortItems(s: Items): void {
  const n = s.keys.length;
  const least = n < SHORT ? n : SHORT / 2;
  let ends: number[] = [];
  for (let lo = 0; lo < n; ) {
    const sorted = runEnd(s, lo);
    const end = Math.max(sorted, Math.min(n, lo + least));
    insertAll(s, lo, sorted, end);
    ends.push(end);
    lo = end;
  }
  while (ends.length > 1) ends = mergePairs(s, ends);
}

/** End of a run from `lo` that is in order, or was falling and has been turned round, equal ones keeping their order. Asks what CPython asks. */
function runEnd(s: Items, lo: number): number {
  const { how, keys } = s;
  const end = risingEnd(s, lo + 1);
  if (end === keys.length) return end;
  if (end > lo + 1) {
    if (before(how, keys[lo], keys[end - 1])) return end;
    turn(s, lo, end);
  }
  const fallen = fallingEnd(s, end + 1);
  turn(s, lo, fallen);
  return risingEnd(s, fallen);
}

/** First place from `end` on whose key is less than the one before it. */
function risingEnd({ how, keys }: Items, end: number): number {
  while (end < keys.length && !before(how, keys[end], keys[end - 1])) end++;
  return end;
}

/** First place from `end` on whose key is greater than the one before it; equal ones before it are turned round. */
function fallingEnd(s: Items, end: number): number {
  const { how, keys } = s;
  let equal = end - 1;
  for (; end < keys.length; end++) {
    if (before(how, keys[end], keys[end - 1])) {
      turn(s, equal, end);
      equal = end;
    } else if (before(how, keys[end - 1], keys[end])) break;
  }
  turn(s, equal, end);
  return end;
}

function turn({ keys, values }: Items, lo: number, hi: number): void {
  reverseRange(keys, lo, hi);
  if (values !== keys) reverseRange(values, lo, hi);
}

function reverseRange(a: number[], lo: number, hi: number): void {
  for (let i = lo, j = hi - 1; i < j; i++, j--) {
    const x = a[i];
    a[i] = a[j];
    a[j] = x;
  }
}

/** Puts the items from `sorted` to before `end` in their places among those from `lo`, which are in order. */
function insertAll(s: Items, lo: number, sorted: number, end: number): void {
  const { how, keys } = s;
  for (let i = sorted; i < end; i++) {
    const key = keys[i];
    let left = lo;
    let right = i;
    while (left < right) {
      const middle = (left + right) >> 1;
      if (before(how, key, keys[middle])) right = middle;
      else left = middle + 1;
    }
    moveTo(keys, i, left);
    if (s.values !== keys) moveTo(s.values, i, left);
  }
}

/** Moves item `from` down to place `to`. */
function moveTo(a: number[], from: number, to: number): void {
  const x = a[from];
  for (let i = from; i > to; i--) a[i] = a[i - 1];
  a[to] = x;
}

/** Merges every two neighbouring runs, given by their ends; the new ends. */
function mergePairs(s: Items, ends: readonly number[]): number[] {
  const merged: number[] = [];
  let lo = 0;
  for (let i = 0; i + 1 < ends.length; i += 2) {
    merge(s, lo, ends[i], ends[i + 1]);
    lo = ends[i + 1];
    merged.push(lo);
  }
  if ((ends.length & 1) !== 0) merged.push(ends[ends.length - 1]);
  return merged;
}

function merge(s: Items, lo: number, middle: number, hi: number): void {
  const { how, keys, values } = s;
  if (!before(how, keys[middle], keys[middle - 1])) return;
  const moved = values !== keys;
  const left = keys.slice(lo, middle);
  const leftValues = moved ? values.slice(lo, middle) : left;
  let i = 0;
  let j = middle;
  let to = lo;
  for (; i < left.length && j < hi; to++) {
    const right = before(how, keys[j], left[i]);
    keys[to] = right ? keys[j] : left[i];
    if (moved) values[to] = right ? values[j] : leftValues[i];
    if (right) j++;
    else i++;
  }
  for (; i < left.length; i++, to++) {
    keys[to] = left[i];
    if (moved) values[to] = leftValues[i];
  }
}

/** Puts keys and values in order; false with the exception set. */
function arrange(s: Items, reverse: boolean): boolean {
  // Reversing before and after keeps equal ones in their order.
  if (reverse) reverseItems(s);
  try {
    sortItems(s);
  } catch (error) {
    if (error === FAILED) return false;
    throw error;
  }
  if (reverse) reverseItems(s);
  return true;
}

function reverseItems({ keys, values }: Items): void {
  keys.reverse();
  if (values !== keys) values.reverse();
}

/** Sorts a list whose items compare without running Python; false when they do not. */
function sortPlain(list: number, reverse: boolean): boolean {
  for (;;) {
    const seen = readBegin(list);
    const keys = listSnapshot(list);
    const how = comparison(keys);
    if (how === ANY) return false;
    const slot = rootAll(keys);
    arrange({ how, keys, values: keys }, reverse);
    const stored = listReorder(list, seen, keys);
    unroot(slot);
    if (stored) return true;
  }
}

/** Keys of the values, in a rooted list; 0 with the exception set. */
function keysOf(values: readonly number[], key: number): number {
  const keys = newList(0);
  const slot = root(keys);
  for (const v of values) {
    const k = call1(key, v);
    if (k === 0) break;
    listAppend(keys, k);
  }
  unroot(slot);
  return listLength(keys) === values.length ? keys : 0;
}

function sortCalling(list: number, key: number, reverse: boolean): 1 | 0 {
  const values = listSnapshot(list);
  const slot = rootAll(values);
  root(list);
  listSplice(list, 0, 0x7fffffff, []);
  const keyed = key !== H.NONE;
  const keyList = keyed ? keysOf(values, key) : list;
  root(keyList);
  const sorted = values.slice();
  const keys = keyed && keyList !== 0 ? listSnapshot(keyList) : sorted;
  const ok = keyList !== 0 && arrange({ how: comparison(keys), keys, values: sorted }, reverse);
  const touched = listCapacity(list) !== 0;
  listSplice(list, 0, 0x7fffffff, ok ? sorted : values);
  unroot(slot);
  if (!ok) return 0;
  return touched ? (raise('ValueError', 'list modified during sort') as 0) : 1;
}

/** Sorts the list in place; `key` 0 or None: none. 1, or 0 with the exception set. */
export function sortList(list: number, key: number, reverse: boolean): 1 | 0 {
  const keyed = key !== 0 && key !== H.NONE;
  if (!keyed && sortPlain(list, reverse)) return 1;
  return sortCalling(list, keyed ? key : H.NONE, reverse);
}
