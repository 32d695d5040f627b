/** The tables of code objects, as objects of the space. Old from the start. */
import { newOldObject } from '../heap/alloc.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import * as T from '../objects/type-ids.js';

const I32 = i32;
const U8 = u8;

/** An ARRAY with room for n handles, all 0. */
export function newArray(n: number): number {
  const a = newOldObject(L.KIND_ARRAY, (L.ARRAY_ITEMS + n) * 4, 0);
  I32[(a >>> 2) + L.ARRAY_LENGTH] = n;
  return a;
}

export function arrayOf(values: readonly number[]): number {
  const a = newArray(values.length);
  const items = (a >>> 2) + L.ARRAY_ITEMS;
  for (let i = 0; i < values.length; i++) I32[items + i] = values[i];
  return a;
}

/** A tuple with room for n handles, all 0: to be filled before anybody sees it. */
export function newOldTuple(n: number): number {
  const t = newOldObject(L.KIND_TUPLE, (L.TUPLE_ITEMS + n) * 4, T.typeHandle(T.T_TUPLE));
  I32[(t >>> 2) + L.TUPLE_LENGTH] = n;
  return t;
}

function newBuffer(bytes: number): number {
  const b = newOldObject(L.KIND_BUFFER, L.BUFFER_DATA * 4 + bytes, 0);
  I32[(b >>> 2) + L.BUFFER_LENGTH] = bytes;
  return b;
}

/** A BUFFER of the n words of `from` at `at`. */
export function wordBuffer(from: Int32Array, at: number, n: number): number {
  const b = newBuffer(n * 4);
  const to = (b >>> 2) + L.BUFFER_DATA;
  if (n > 32) I32.set(from.subarray(at, at + n), to);
  else for (let i = 0; i < n; i++) I32[to + i] = from[at + i];
  return b;
}

export function byteBuffer(values: Uint8Array): number {
  const b = newBuffer(values.length);
  U8.set(values, (b >>> 0) + L.BUFFER_DATA * 4);
  return b;
}

/** A BUFFER of n bytes that lie in words of `from` at `at`, zeros behind them. */
export function packedBuffer(from: Int32Array, at: number, n: number): number {
  const b = newBuffer(n);
  const to = (b >>> 2) + L.BUFFER_DATA;
  const words = (n + 3) >> 2;
  if (words > 32) I32.set(from.subarray(at, at + words), to);
  else for (let i = 0; i < words; i++) I32[to + i] = from[at + i];
  return b;
}
