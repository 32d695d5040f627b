/** Bytes: making, viewing, comparing, hashing, repr. The Python-visible type is in bytes-type.ts. */
import { allocBytes } from '../heap/alloc.js';
import * as L from '../heap/layout.generated.js';
import { bytes, i32, u8 } from '../heap/memory.js';
import { isKind } from './object.js';
import * as T from './type-ids.js';

const I32 = i32;
const U8 = u8;
const BYTES = bytes;

export interface ByteRange {
  /** Offsets into the space (u8). */
  start: number;
  end: number;
}

/** A bytes object of n bytes, contents undefined; data at `bytesStart`. */
export function newBytes(n: number): number {
  const size = L.BYTES_INLINE * 4 + n;
  const handle = allocBytes(size);
  const w = handle >>> 2;
  I32[w] = L.KIND_BYTES;
  I32[w + 1] = (size + 63) >>> 6;
  I32[w + 2] = T.typeHandle(T.T_BYTES);
  I32[w + 3] = 0;
  I32[w + L.BYTES_LENGTH] = n;
  I32[w + L.BYTES_HASH] = 0;
  I32[w + L.BYTES_BUFFER] = 0;
  I32[w + L.BYTES_DATA] = handle + L.BYTES_INLINE * 4;
  return handle;
}

/** Bytes with a copy of `data`, which may be a view of the space. */
export function bytesFromU8(data: ArrayLike<number> & { readonly length: number }): number {
  const h = newBytes(data.length);
  U8.set(data, bytesStart(h));
  return h;
}

/** Data up to so long is copied by a loop: the built-in begins slower. */
const SHORT = 32;

/** A bytes object with the n bytes at address `from`. */
export function bytesCopy(from: number, n: number): number {
  const copy = newBytes(n);
  const to = bytesStart(copy);
  if (n > SHORT) U8.copyWithin(to, from, from + n);
  else for (let i = 0; i < n; i++) U8[to + i] = U8[from + i]!;
  return copy;
}

/** A bytes object of n bytes of `h` from `from` on. */
export const bytesRange = (h: number, from: number, n: number): number => bytesCopy(bytesStart(h) + from, n);

/** Byte offset of the data of a bytes or bytearray. */
export const bytesStart = (h: number): number => I32[(h >>> 2) + L.BYTES_DATA]! >>> 0;
export const bytesLength = (h: number): number => I32[(h >>> 2) + L.BYTES_LENGTH]!;

export const isBytes = (h: number): boolean => isKind(h, L.KIND_BYTES);
export const isByteArray = (h: number): boolean => isKind(h, L.KIND_BYTEARRAY);

/** Where the data of a bytes or bytearray lies; length and data stand in the same words of both. */
export function bytesView(h: number): ByteRange {
  const start = bytesStart(h);
  return { start, end: start + bytesLength(h) };
}

/** The data of a bytes or bytearray, not copied: valid until it is resized or collected. */
export const bytesData = (h: number): Uint8Array => U8.subarray(bytesStart(h), bytesStart(h) + bytesLength(h));

/** 32-bit hash, never 0. */
export function bytesHash(h: number): number {
  const w = h >>> 2;
  const known = I32[w + L.BYTES_HASH]!;
  if (known !== 0) return known;
  let hash = 0x811c9dc5 | 0;
  const { start, end } = bytesView(h);
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ U8[i]!, 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 13;
  I32[w + L.BYTES_HASH] = hash === 0 ? 1 : hash;
  return I32[w + L.BYTES_HASH]!;
}

/** -1, 0 or 1, byte by byte. */
export const compareBytes = (a: ByteRange, b: ByteRange): number =>
  BYTES.compare(BYTES, b.start, b.end, a.start, a.end);

const NAMED: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

/** Text of repr(b'...'). */
export function bytesReprText(data: Uint8Array): string {
  const quote = data.includes(39) && !data.includes(34) ? '"' : "'";
  let out = `b${quote}`;
  for (const c of data) {
    if (NAMED[c] !== undefined) out += NAMED[c];
    else if (c === 39 && quote === "'") out += "\\'";
    else out += c >= 32 && c < 127 ? String.fromCharCode(c) : `\\x${c.toString(16).padStart(2, '0')}`;
  }
  return out + quote;
}
