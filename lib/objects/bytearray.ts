/**
 * Byte arrays: storage. The data lies in a BUFFER with spare room; removing from the front moves the data's start. Shared byte arrays follow
 * sync.ts. While memoryviews export the data (BYTEARRAY_EXPORTS > 0) the size may not change.
 */
import { newObject } from '../heap/alloc.js';
import { barrier, ageAll } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { raise } from './exceptions.js';
import { livingViews } from './exports.js';
import { begin, end, readBegin } from './sync.js';
import * as T from './type-ids.js';

const I32 = i32;
const U8 = u8;
const HEAD = L.BUFFER_DATA * 4;

/** A BUFFER for at least n bytes. */
function newBuffer(n: number): number {
  const b = newObject(L.KIND_BUFFER, HEAD + n, 0);
  I32[(b >>> 2) + L.BUFFER_LENGTH] = I32[(b >>> 2) + 1]! * 64 - HEAD;
  if (HEAD + n > L.LARGE_BYTES) ageAll();
  return b;
}

/** An empty bytearray of this class. */
export function emptyByteArray(type: number): number {
  const exact = type === T.typeHandle(T.T_BYTEARRAY);
  return newObject(L.KIND_BYTEARRAY | (exact ? 0 : L.FLAG_SUBCLASS), exact ? 64 : 128, type);
}

/** A bytearray with a copy of `data`. */
export function newByteArray(data: ArrayLike<number>): number {
  const buffer = data.length === 0 ? 0 : newBuffer(data.length);
  const h = emptyByteArray(T.typeHandle(T.T_BYTEARRAY));
  const w = h >>> 2;
  if (buffer === 0) return h;
  U8.set(data, (buffer + HEAD) >>> 0);
  attach(w, buffer, data.length);
  return h;
}

/** A bytearray of n zeros. */
export function zeroByteArray(n: number): number {
  const buffer = newBuffer(n);
  const h = emptyByteArray(T.typeHandle(T.T_BYTEARRAY));
  attach(h >>> 2, buffer, n);
  return h;
}

function attach(w: number, buffer: number, length: number): void {
  I32[w + L.BYTEARRAY_BUFFER] = buffer;
  I32[w + L.BYTEARRAY_DATA] = buffer === 0 ? 0 : buffer + HEAD;
  I32[w + L.BYTEARRAY_CAPACITY] = buffer === 0 ? 0 : I32[(buffer >>> 2) + L.BUFFER_LENGTH]!;
  I32[w + L.BYTEARRAY_LENGTH] = length;
}

/** Raises BufferError and returns 0 while the data is exported. */
export function mayResize(h: number): 1 | 0 {
  const word = (h >>> 2) + L.BYTEARRAY_EXPORTS;
  if (I32[word]! === 0) return 1;
  I32[word] = livingViews(h, I32[word]!);
  return I32[word]! === 0 ? 1 : (raise('BufferError', 'Existing exports of data: object cannot be re-sized') as 0);
}

/** Replaces bytes [start, stop) by `data`, which must not be a view of this bytearray: 1, or 0 with the exception set. */
export function spliceBytes(h: number, start: number, stop: number, data: ArrayLike<number>): 1 | 0 {
  const w = h >>> 2;
  for (;;) {
    const seen = readBegin(h);
    const n = I32[w + L.BYTEARRAY_LENGTH]!;
    const [from, to] = [Math.min(start, n), Math.min(Math.max(start, stop), n)];
    const length = n - (to - from) + data.length;
    if (length !== n && mayResize(h) === 0) return 0;
    const buffer = length > I32[w + L.BYTEARRAY_CAPACITY]! ? newBuffer(length + (length >>> 3) + 16) : 0;
    if (!begin(h, seen)) continue;
    const old = I32[w + L.BYTEARRAY_DATA]! >>> 0;
    const data0 = buffer === 0 ? old : (buffer + HEAD) >>> 0;
    if (buffer !== 0) U8.copyWithin(data0, old, old + from);
    U8.copyWithin(data0 + from + data.length, old + to, old + n);
    U8.set(data, data0 + from);
    if (buffer === 0) I32[w + L.BYTEARRAY_LENGTH] = length;
    else attach(w, buffer, length);
    if (buffer !== 0) barrier(h, buffer);
    end(h);
    return 1;
  }
}
