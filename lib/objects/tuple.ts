/** Tuples: making, comparing, hashing. The Python-visible type is in tuple-type.ts. */
import { newObject } from '../heap/alloc.js';
import { escapeAll } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { root, unroot } from '../heap/context.js';
import { pendingException } from './exceptions.js';
import { isExact } from './object.js';
import * as T from './type-ids.js';
import { listFromIterable } from './list.js';

const I32 = i32;

/** A tuple of n missing items (0), to be filled at once. Class 0: tuple; a subclass gets its attributes word. */
export function newTuple(n: number): number {
  const bytes = (L.TUPLE_ITEMS + n) * 4;
  const t = newObject(L.KIND_TUPLE, bytes, T.typeHandle(T.T_TUPLE));
  I32[(t >>> 2) + L.TUPLE_LENGTH] = n;
  // A large object is born old: what may be stored in it next escapes.
  if (bytes > L.LARGE_BYTES) escapeAll();
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
  const w = list >>> 2;
  const t = newTupleFrom((I32[w + L.LIST_ITEMS] >>> 2) + L.ARRAY_ITEMS, I32[w + L.LIST_LENGTH]);
  unroot(slot);
  return t;
}

