/** UTF-8 in the space, whole ranges at a time: tests, decoding of what is valid, encoding. Addresses are offsets into `u8`. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32, u16, u32, u8 } from '../heap/memory.js';
import { shiftOf } from './str.js';
import { strCharAt, strLength } from './strings.js';

const I32 = i32;
const U8 = u8;
const U16 = u16;
const U32 = u32;
const SPACE = atomics;

/** First address in [from, to) of a byte that is not ASCII; `to` when there is none. */
export const asciiEnd = (from: number, to: number): number => SPACE.asciiEnd(from, to) >>> 0;

/** What scanUtf8 found: characters, and log2 of the bytes each of them needs. */
export const scanned = { count: 0, shift: 0 };

const isTail = (b: number): boolean => (b & 0xc0) === 0x80;

/** Measures valid UTF-8 in [from, to); false when it is not valid. */
export function scanUtf8(from: number, to: number): boolean {
  let count = 0;
  let shift = 0;
  for (let i = from; i < to; count++) {
    const b = U8[i]!;
    if (b < 0x80) {
      i++;
      continue;
    }
    const size = b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
    if (size === 0 || i + size > to || !goodSequence(i, b, size)) return false;
    if (size === 4) shift = 2;
    else if (shift === 0 && b > 0xc3) shift = 1;
    i += size;
  }
  scanned.count = count;
  scanned.shift = shift;
  return true;
}

function goodSequence(i: number, b: number, size: number): boolean {
  const c = U8[i + 1]!;
  if (!isTail(c)) return false;
  if (size === 2) return true;
  if (!isTail(U8[i + 2]!)) return false;
  if (size === 3) return b === 0xe0 ? c >= 0xa0 : b === 0xed ? c < 0xa0 : true;
  return isTail(U8[i + 3]!) && (b === 0xf0 ? c >= 0x90 : b === 0xf4 ? c < 0x90 : true);
}

/** Decodes valid UTF-8 in [from, to) to characters of 1, 2 or 4 bytes (by scanUtf8's shift) from `data` on. */
export function decodeValid(from: number, to: number, data: number, shift: number): void {
  if (shift === 0) decodeNarrow(from, to, data);
  else if (shift === 1) decodeWide(from, to, data >>> 1);
  else decodeFull(from, to, data >>> 2);
}

function decodeNarrow(from: number, to: number, data: number): void {
  let at = data;
  for (let i = from; i < to; ) {
    const b = U8[i++]!;
    U8[at++] = b < 0x80 ? b : ((b & 3) << 6) | (U8[i++]! & 63);
  }
}

function decodeWide(from: number, to: number, start: number): void {
  let at = start;
  for (let i = from; i < to; ) {
    const b = U8[i++]!;
    if (b < 0x80) U16[at++] = b;
    else if (b < 0xe0) U16[at++] = ((b & 31) << 6) | (U8[i++]! & 63);
    else {
      U16[at++] = ((b & 15) << 12) | ((U8[i]! & 63) << 6) | (U8[i + 1]! & 63);
      i += 2;
    }
  }
}

function decodeFull(from: number, to: number, start: number): void {
  let at = start;
  for (let i = from; i < to; ) {
    const b = U8[i++]!;
    let c = b;
    if (b >= 0xf0) {
      c = ((b & 7) << 18) | ((U8[i]! & 63) << 12) | ((U8[i + 1]! & 63) << 6) | (U8[i + 2]! & 63);
      i += 3;
    } else if (b >= 0xe0) {
      c = ((b & 15) << 12) | ((U8[i]! & 63) << 6) | (U8[i + 1]! & 63);
      i += 2;
    } else if (b >= 0x80) c = ((b & 31) << 6) | (U8[i++]! & 63);
    U32[at++] = c;
  }
}

/** Bytes at the end of [from, to) that begin a sequence which is not complete there; 0 when all is complete, or wrong. */
export function incompleteTail(from: number, to: number): number {
  for (let n = 1; n <= 3 && to - n >= from; n++) {
    const b = U8[to - n]!;
    if (isTail(b)) continue;
    const size = b >= 0xf0 && b < 0xf5 ? 4 : b >= 0xe0 ? (b < 0xf0 ? 3 : 0) : b >= 0xc2 ? 2 : 1;
    return size > n && (n === 1 || couldContinue(to - n, b)) ? n : 0;
  }
  return 0;
}

/** Is the second byte after `b` one that may follow it? */
function couldContinue(i: number, b: number): boolean {
  const c = U8[i + 1]!;
  if (b === 0xe0) return c >= 0xa0;
  if (b === 0xed) return c < 0xa0;
  if (b === 0xf0) return c >= 0x90;
  return b === 0xf4 ? c < 0x90 : true;
}

/** Most bytes the UTF-8 form of a string takes. */
export const utf8Bound = (h: number): number => strLength(h) * [2, 3, 4][shiftOf(h)]!;

/** Encodes a string from address `to` on: the number of bytes, -1 when it holds a lone surrogate. */
export function encodeUtf8(h: number, to: number): number {
  const n = strLength(h);
  const shift = shiftOf(h);
  const data = (h & 7) === 0 ? I32[(h >>> 2) + L.STR_DATA]! >>> 0 : 0;
  let at = to;
  for (let i = 0; i < n; i++) {
    const c =
      data === 0 ? H.charCode(h) : shift === 0 ? U8[data + i]! : shift === 1 ? U16[(data >>> 1) + i]! : strCharAt(h, i);
    if (c < 0x80) U8[at++] = c;
    else if (c < 0x800) {
      U8[at++] = 0xc0 | (c >> 6);
      U8[at++] = 0x80 | (c & 63);
    } else if (c < 0x10000) {
      if (c >= 0xd800 && c < 0xe000) return -1;
      U8[at++] = 0xe0 | (c >> 12);
      U8[at++] = 0x80 | ((c >> 6) & 63);
      U8[at++] = 0x80 | (c & 63);
    } else {
      U8[at++] = 0xf0 | (c >> 18);
      U8[at++] = 0x80 | ((c >> 12) & 63);
      U8[at++] = 0x80 | ((c >> 6) & 63);
      U8[at++] = 0x80 | (c & 63);
    }
  }
  return at - to;
}
