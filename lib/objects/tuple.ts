/** Tuples: making, comparing, hashing. The Python-visible type is in tuple-type.ts. */
import { newObject } from '../heap/alloc.js';
import { ageAll } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { root, unroot } from '../heap/context.js';
import { getIter, iterNext, lookupSpecial } from './abstract.js';
import { pendingException, raise, typeName } from './exceptions.js';
import { listAppend, listFromIterable, newList, newListFromArray, plainItems } from './list.js';
import * as N from './names.js';
import { isExact, slotId, typeOf } from './object.js';
import { slots } from './slots.js';
import * as T from './type-ids.js';

const I32 = i32;

/** A tuple of n missing items (0), to be filled at once. Class 0: tuple; a subclass gets its attributes word. */
export function newTuple(n: number): number {
  const bytes = (L.TUPLE_ITEMS + n) * 4;
  const t = newObject(L.KIND_TUPLE, bytes, T.typeHandle(T.T_TUPLE));
  I32[(t >>> 2) + L.TUPLE_LENGTH] = n;
  // A large object is born old: what may be stored in it next escapes.
  if (bytes > L.LARGE_BYTES) ageAll();
  return t;
}

/** A tuple of the n handles from word `from`. */
export function newTupleFrom(from: number, n: number): number {
  const t = newTuple(n);
  const items = (t >>> 2) + L.TUPLE_ITEMS;
  if (n > 32) I32.copyWithin(items, from, from + n);
  else for (let i = 0; i < n; i++) I32[items + i] = I32[from + i];
  return t;
}

/** A tuple of these handles. */
export function tupleOf(...handles: number[]): number {
  return tupleFromArray(handles);
}

/** tupleOf for two, without a JavaScript array. */
export function pairOf(a: number, b: number): number {
  const t = newObject(L.KIND_TUPLE, (L.TUPLE_ITEMS + 2) * 4, T.typeHandle(T.T_TUPLE));
  const w = t >>> 2;
  I32[w + L.TUPLE_LENGTH] = 2;
  I32[w + L.TUPLE_ITEMS] = a;
  I32[w + L.TUPLE_ITEMS + 1] = b;
  return t;
}

export function tupleFromArray(handles: readonly number[]): number {
  const t = newTuple(handles.length);
  const items = (t >>> 2) + L.TUPLE_ITEMS;
  for (let i = 0; i < handles.length; i++) I32[items + i] = handles[i];
  return t;
}

export const tupleLength = (t: number): number => I32[(t >>> 2) + L.TUPLE_LENGTH];
export const tupleItem = (t: number, i: number): number => I32[(t >>> 2) + L.TUPLE_ITEMS + i];
/** Word index of the first item. */
export const tupleItems = (t: number): number => (t >>> 2) + L.TUPLE_ITEMS;

/** tuple(h): the same one when it is a tuple already; 0 with the exception set. */
export function tupleFromIterable(h: number): number {
  if (isExact(h, L.KIND_TUPLE)) return h;
  const list = listFromIterable(h);
  if (list === 0 || pendingException() !== 0) return 0;
  const slot = root(list);
  // The list is ours alone.
  const w = list >>> 2;
  const t = newTupleFrom((I32[w + L.LIST_ITEMS] >>> 2) + L.ARRAY_ITEMS, I32[w + L.LIST_LENGTH]);
  unroot(slot);
  return t;
}

export const newTupleOf = tupleFromArray;

/** Has it neither `__iter__` nor `__getitem__`? */
export const notIterable = (h: number): boolean =>
  slots.iter[slotId(h)] === undefined &&
  lookupSpecial(typeOf(h), N.N_ITER) === 0 &&
  lookupSpecial(typeOf(h), N.N_GETITEM) === 0;

/** Iterator of what is unpacked, with the message for what has none. */
function unpackIter(h: number): number {
  if (notIterable(h)) return raise('TypeError', `cannot unpack non-iterable ${typeName(h)} object`);
  return getIter(h);
}

const write = (values: readonly number[], word: number): 1 => {
  for (let i = 0; i < values.length; i++) I32[word + i] = values[i];
  return 1;
};

/** Up to `most` values of the iterator, into a list that the caller roots; 0 with the exception set. */
function take(it: number, list: number, most: number): 1 | 0 {
  for (let i = 0; i < most; i++) {
    const value = iterNext(it);
    if (value === 0) break;
    listAppend(list, value);
  }
  return pendingException() === 0 ? 1 : 0;
}

function tooMany(n: number, got: number): 0 {
  return raise('ValueError', `too many values to unpack (expected ${n}${got < 0 ? '' : `, got ${got}`})`) as 0;
}

/** Writes the n values of `h` from `word` on: 1, or 0 with the exception set. */
export function unpack(h: number, n: number, word: number): 1 | 0 {
  const sized = isExact(h, L.KIND_LIST) || isExact(h, L.KIND_TUPLE);
  const plain = sized ? plainItems(h)! : undefined;
  if (plain !== undefined) {
    if (plain.length === n) return write(plain, word);
    if (plain.length > n) return tooMany(n, plain.length);
    return raise('ValueError', `not enough values to unpack (expected ${n}, got ${plain.length})`) as 0;
  }
  const it = unpackIter(h);
  if (it === 0) return 0;
  const slot = root(it);
  const list = newList(0);
  root(list);
  const ok = take(it, list, n + 1);
  unroot(slot);
  if (ok === 0) return 0;
  const values = plainItems(list)!;
  if (values.length === n) return write(values, word);
  if (values.length > n) return tooMany(n, isExact(h, L.KIND_DICT) ? I32[(h >>> 2) + L.DICT_USED] : -1);
  return raise('ValueError', `not enough values to unpack (expected ${n}, got ${values.length})`) as 0;
}

/** The values of any iterable; undefined with the exception set. */
function iteratedItems(h: number): number[] | undefined {
  const it = unpackIter(h);
  if (it === 0) return undefined;
  const slot = root(it);
  const list = listFromIterable(it);
  unroot(slot);
  return list === 0 ? undefined : plainItems(list);
}

/** `a, *b, c = h`: writes `before` values, a list, `after` values from `word` on: 1, or 0 with the exception set. */
export function unpackEx(h: number, before: number, after: number, word: number): 1 | 0 {
  const values = isExact(h, L.KIND_LIST) || isExact(h, L.KIND_TUPLE) ? plainItems(h) : iteratedItems(h);
  if (values === undefined) return 0;
  if (values.length < before + after) {
    const least = after === 0 && values.length < before ? before : before + after;
    return raise('ValueError', `not enough values to unpack (expected at least ${least}, got ${values.length})`) as 0;
  }
  const rest = values.length - after;
  const middle = newListFromArray(values.slice(before, rest));
  for (let i = 0; i < before; i++) I32[word + i] = values[i];
  I32[word + before] = middle;
  for (let i = 0; i < after; i++) I32[word + before + 1 + i] = values[rest + i];
  return 1;
}
