/**
 * list.sort: stable merge sort (the host's is the same listsort by Tim Peters that CPython uses; it asks only "is b < a"). While it runs the list
 * is empty, as in CPython; values and keys stay rooted in lists of their own.
 */
import { rootAll } from '../heap/hold.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { call1, compareOp, isTrue } from './abstract.js';
import { raise } from './exceptions.js';
import { isPlainStr } from './object.js';
import { listAppend, listLength, listSnapshot, listSplice, newList } from './list.js';
import { CMP_LT } from './slots.js';
import { strCharAt, strLength } from './strings.js';

const FAILED = Symbol('exception set');

/** a < b by Python's rules, -1 or 0 for the host's sort; leaves it by FAILED. */
function less(a: number, b: number): number {
  const r = compareOp(a, b, CMP_LT);
  const t = r === 0 ? -1 : r === H.TRUE ? 1 : r === H.FALSE ? 0 : isTrue(r);
  if (t < 0) throw FAILED;
  return t === 1 ? -1 : 0;
}

function compareStrings(a: number, b: number): number {
  const n = Math.min(strLength(a), strLength(b));
  for (let i = 0; i < n; i++) {
    const d = strCharAt(a, i) - strCharAt(b, i);
    if (d !== 0) return d;
  }
  return strLength(a) - strLength(b);
}

/** The comparison for these keys: without calls when all are small ints, floats or strings. */
function comparison(keys: readonly number[]): (a: number, b: number) => number {
  if (keys.every(H.isSmall)) return (a, b) => a - b;
  if (keys.every((k) => H.isFloat(k) && !Number.isNaN(H.granule(k)))) return (a, b) => H.granule(a) - H.granule(b);
  return keys.every(isPlainStr) ? compareStrings : less;
}

/** Sorted copy of values by keys (the values themselves when the same array); undefined with the exception set. */
function sorted(values: number[], keys: number[], reverse: boolean): number[] | undefined {
  const compare = comparison(keys);
  const order = keys.map((_, i) => i);
  // Reversing before and after keeps equal ones in their order.
  if (reverse) order.reverse();
  try {
    order.sort((i, j) => compare(keys[i], keys[j]));
  } catch (error) {
    if (error === FAILED) return undefined;
    throw error;
  }
  if (reverse) order.reverse();
  return order.map((i) => values[i]);
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

/** Sorts the list in place; `key` 0 or None: none. 1, or 0 with the exception set. */
export function sortList(list: number, key: number, reverse: boolean): 1 | 0 {
  const values = listSnapshot(list);
  const slot = rootAll(values);
  root(list);
  listSplice(list, 0, 0x7fffffff, []);
  const keyed = key !== 0 && key !== H.NONE;
  const keys = keyed ? keysOf(values, key) : list;
  root(keys);
  const result = keys === 0 ? undefined : sorted(values, keyed ? listSnapshot(keys) : values, reverse);
  const touched = listLength(list) !== 0;
  listSplice(list, 0, 0x7fffffff, result ?? values);
  unroot(slot);
  if (result === undefined) return 0;
  return touched ? (raise('ValueError', 'list modified during sort') as 0) : 1;
}
