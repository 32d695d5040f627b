/**
 * Strings in the space: representation, conversion, hashing, equality, interning. Methods of `str` are in str.ts.
 *
 * A string of one character is an immediate. Others are STR objects: length in code points, 1, 2 or 4 bytes a character (the least that fits,
 * PEP 393), data inline or in a BUFFER; `STR_DATA` is the data's byte address either way.
 */
import { allocBytes, newOldObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { logOld } from '../heap/marking.js';
import { atomics, bytes, i32, u16, u32, u8 } from '../heap/memory.js';
import { withRunning } from '../heap/threads.js';
import { finishHash, hashText } from './string-hash.js';
import * as T from './type-ids.js';

const I32 = i32;
const U8 = u8;
const U16 = u16;
const U32 = u32;
const BYTES = bytes;

export const STR_ASCII = L.FLAG_K2;
export const STR_INTERNED = L.FLAG_K3;
/** log2 of the bytes a character takes, from the header word. */
export const widthShift = (head: number): number => (head >> 12) & 3;

const headerBytes = L.STR_INLINE * 4;

/** A new STR with room for `length` characters of 2^shift bytes, contents undefined; length 0 and 1 must not come here. */
export function newStr(length: number, shift: number, flags: number): number {
  const size = headerBytes + (length << shift);
  const handle = allocBytes(size);
  fillHeader(handle, length, shift, flags, (size + 63) >>> 6);
  return handle;
}

function fillHeader(handle: number, length: number, shift: number, flags: number, cells: number): void {
  const w = handle >>> 2;
  I32[w] = L.KIND_STR | (shift << 12) | flags;
  I32[w + 1] = cells;
  I32[w + 2] = T.typeHandle(T.T_STR);
  I32[w + 3] = 0;
  I32[w + L.STR_LENGTH] = length;
  I32[w + L.STR_HASH] = 0;
  I32[w + L.STR_BUFFER] = 0;
  I32[w + L.STR_DATA] = handle + headerBytes;
}

/** Widest code point class of a JS string: [log2 bytes, code points, all ASCII]. */
function measure(s: string): readonly [number, number, boolean] {
  let max = 0;
  let pairs = 0;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c > max) max = c;
    if (c >= 0xd800 && c < 0xdc00 && i + 1 < s.length && (s.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      pairs++;
      i++;
    }
  }
  return [pairs > 0 ? 2 : max > 0xff ? 1 : 0, s.length - pairs, max < 0x80];
}

function writeChars(s: string, data: number, shift: number): void {
  if (shift === 0) {
    const at = data >>> 0;
    if (s.length > 24) BYTES.latin1Write(s, at, s.length);
    else for (let i = 0; i < s.length; i++) U8[at + i] = s.charCodeAt(i);
  } else if (shift === 1) {
    const at = data >>> 1;
    for (let i = 0; i < s.length; i++) U16[at + i] = s.charCodeAt(i);
  } else {
    let at = data >>> 2;
    for (const c of s) U32[at++] = c.codePointAt(0)!;
  }
}

/** The Python string of a JS string (lone surrogates stay what they are). */
export function fromJS(s: string): number {
  if (s.length === 0) return EMPTY;
  const [shift, length, ascii] = measure(s);
  if (length === 1) return H.char(s.codePointAt(0)!);
  const handle = newStr(length, shift, ascii ? STR_ASCII : 0);
  writeChars(s, I32[(handle >>> 2) + L.STR_DATA]!, shift);
  return handle;
}

/** The JS string of a Python string (exact or of a subclass). */
export function toJS(h: number): string {
  if ((h & 7) !== 0) return String.fromCodePoint(H.charCode(h));
  const w = h >>> 2;
  const n = I32[w + L.STR_LENGTH]!;
  const data = I32[w + L.STR_DATA]! >>> 0;
  const shift = widthShift(I32[w]!);
  if (shift === 0) return n < 12 ? shortLatin1(data, n) : BYTES.latin1Slice(data, data + n);
  if (shift === 1) return BYTES.ucs2Slice(data, data + n * 2);
  let s = '';
  for (let i = 0; i < n; i++) s += String.fromCodePoint(U32[(data >>> 2) + i]!);
  return s;
}

function shortLatin1(data: number, n: number): string {
  let s = '';
  for (let i = 0; i < n; i++) s += String.fromCharCode(U8[data + i]!);
  return s;
}

/** Length in code points. */
export const strLength = (h: number): number => ((h & 7) !== 0 ? 1 : I32[(h >>> 2) + L.STR_LENGTH]!);

/** Code point at index i, unchecked. */
export function strCharAt(h: number, i: number): number {
  if ((h & 7) !== 0) return H.charCode(h);
  const w = h >>> 2;
  const data = I32[w + L.STR_DATA]!;
  const shift = widthShift(I32[w]!);
  if (shift === 0) return U8[(data >>> 0) + i]!;
  return shift === 1 ? U16[(data >>> 1) + i]! : U32[(data >>> 2) + i]!;
}

/** 32-bit hash, never 0, equal for equal strings whatever their width. */
export function strHash(h: number): number {
  if ((h & 7) !== 0) return hashOne(H.charCode(h));
  const w = h >>> 2;
  const known = I32[w + L.STR_HASH]!;
  if (known !== 0) return known;
  let hash = 0x811c9dc5 | 0;
  const n = I32[w + L.STR_LENGTH]!;
  if (widthShift(I32[w]!) === 0) {
    const data = I32[w + L.STR_DATA]! >>> 0;
    for (let i = 0; i < n; i++) hash = Math.imul(hash ^ U8[data + i]!, 0x01000193);
  } else for (let i = 0; i < n; i++) hash = Math.imul(hash ^ strCharAt(h, i), 0x01000193);
  hash = finishHash(hash);
  I32[w + L.STR_HASH] = hash;
  return hash;
}

const hashOne = (code: number): number => finishHash(Math.imul((0x811c9dc5 | 0) ^ code, 0x01000193));

/** Same characters? Equal strings have the same width, as each takes the least. */
export function strEquals(a: number, b: number): boolean {
  if (a === b) return true;
  if (((a | b) & 7) !== 0) return false;
  const v = a >>> 2;
  const w = b >>> 2;
  if (I32[v + L.STR_LENGTH] !== I32[w + L.STR_LENGTH]) return false;
  const shift = widthShift(I32[v]!);
  if (shift !== widthShift(I32[w]!)) return false;
  const x = I32[v + L.STR_HASH]!;
  const y = I32[w + L.STR_HASH]!;
  if (x !== 0 && y !== 0 && x !== y) return false;
  if ((I32[v]! & I32[w]! & STR_INTERNED) !== 0) return false;
  return sameBytes(I32[v + L.STR_DATA]! >>> 0, I32[w + L.STR_DATA]! >>> 0, I32[v + L.STR_LENGTH]! << shift);
}

function sameBytes(a: number, b: number, n: number): boolean {
  if (n > 200) return BYTES.compare(BYTES, b, b + n, a, a + n) === 0;
  let i = 0;
  if (((a | b) & 3) === 0) for (; i + 4 <= n; i += 4) if (I32[(a + i) >>> 2] !== I32[(b + i) >>> 2]) return false;
  for (; i < n; i++) if (U8[a + i] !== U8[b + i]) return false;
  return true;
}

const bucketOf = (hash: number): number => (L.INTERN_BASE >>> 2) + (hash & (L.INTERN_BUCKETS - 1));

/** The one interned string with these characters. Lock-free: a chain grows at its head by compare-and-swap. */
export function intern(s: string): number {
  if (s.length > 0) {
    const code = s.codePointAt(0)!;
    if (s.length === (code > 0xffff ? 2 : 1)) return H.char(code);
  }
  // Modules intern their names when they load, in a carrier that nothing is mounted on: a collection must not go on meanwhile.
  return withRunning(() => internIn(hashText(s), s));
}

function internIn(hash: number, s: string): number {
  const bucket = bucketOf(hash);
  let head = atomics.load(bucket << 2);
  for (let h = head; h !== 0; h = I32[(h >>> 2) + 3]!) if (isText(h, hash, s)) return h;
  const [shift, length, ascii] = measure(s);
  const handle = newOldStr(length, shift, (ascii ? STR_ASCII : 0) | STR_INTERNED, hash);
  writeChars(s, I32[(handle >>> 2) + L.STR_DATA]!, shift);
  for (;;) {
    I32[(handle >>> 2) + 3] = head;
    const seen = atomics.cas(bucket << 2, head, handle);
    if (seen === head) return interned(handle);
    head = seen;
    for (let h = head; h !== 0; h = I32[(h >>> 2) + 3]!) if (isText(h, hash, s)) return h;
  }
}

/** A string that is in the table now. */
function interned(handle: number): number {
  logOld(handle);
  return handle;
}

/** Is STR `h` of an intern chain this text, which has this hash? */
function isText(h: number, hash: number, s: string): boolean {
  const w = h >>> 2;
  if (I32[w + L.STR_HASH] !== hash) return false;
  if (widthShift(I32[w]!) !== 0) return toJS(h) === s;
  const n = I32[w + L.STR_LENGTH]!;
  if (n !== s.length) return false;
  const data = I32[w + L.STR_DATA]! >>> 0;
  for (let i = 0; i < n; i++) if (U8[data + i] !== s.charCodeAt(i)) return false;
  return true;
}

function newOldStr(length: number, shift: number, flags: number, hash: number): number {
  const handle = newOldObject(L.KIND_STR, headerBytes + (length << shift), T.typeHandle(T.T_STR));
  fillHeader(handle, length, shift, flags, I32[(handle >>> 2) + 1]!);
  I32[(handle >>> 2) + L.STR_HASH] = hash;
  return handle;
}

/** Characters as they lie in a STR, two or more: words of `from` at `at`, zeros behind the last. */
export interface StrData {
  readonly from: Int32Array;
  readonly at: number;
  readonly length: number;
  /** log2 of the bytes a character takes. */
  readonly shift: number;
  readonly ascii: boolean;
  readonly hash: number;
}

function newStrOf({ from, at, length, shift, ascii, hash }: StrData, flags: number): number {
  const handle = newOldStr(length, shift, (ascii ? STR_ASCII : 0) | flags, hash);
  const to = I32[(handle >>> 2) + L.STR_DATA]! >>> 2;
  const words = ((length << shift) + 3) >>> 2;
  if (words > 32) I32.set(from.subarray(at, at + words), to);
  else for (let i = 0; i < words; i++) I32[to + i] = from[at + i]!;
  return handle;
}

function sameData(h: number, { from, at, length, shift }: StrData): boolean {
  if (I32[(h >>> 2) + L.STR_LENGTH] !== length || widthShift(I32[h >>> 2]!) !== shift) return false;
  const data = I32[(h >>> 2) + L.STR_DATA]! >>> 2;
  const words = ((length << shift) + 3) >>> 2;
  for (let i = 0; i < words; i++) if (I32[data + i] !== from[at + i]) return false;
  return true;
}

/** A string of these characters, born old. */
export const strOfData = (data: StrData): number => newStrOf(data, 0);

/** The interned string of these characters. */
export function internData(data: StrData): number {
  const bucket = bucketOf(data.hash);
  for (;;) {
    const head = atomics.load(bucket << 2);
    for (let h = head; h !== 0; h = I32[(h >>> 2) + 3]!)
      if (I32[(h >>> 2) + L.STR_HASH] === data.hash && sameData(h, data)) return h;
    const handle = newStrOf(data, STR_INTERNED);
    I32[(handle >>> 2) + 3] = head;
    if (atomics.cas(bucket << 2, head, handle) === head) return interned(handle);
  }
}

/** Is the string the one that stands for all that are equal to it? */
export const isInterned = (h: number): boolean =>
  (h & 7) !== 0 || (I32[h >>> 2]! & (STR_INTERNED | L.FLAG_SUBCLASS)) === STR_INTERNED;

/**
 * The interned string equal to a Python string if there is one, else itself: for names that are only looked up. Interned strings stay for ever, so a
 * program that asks for ever new names must not leave them behind. What has not been interned is no name of any slot or parameter.
 */
export function knownStr(h: number): number {
  if (isInterned(h)) return h;
  for (let c = I32[bucketOf(strHash(h))]!; c !== 0; c = I32[(c >>> 2) + 3]!) if (strEquals(c, h)) return c;
  return (I32[h >>> 2]! & L.FLAG_SUBCLASS) === 0 ? h : intern(toJS(h));
}

/** The interned string equal to a Python string; names of slots and parameters are always interned, so that they compare by handle. */
export function internStr(h: number): number {
  const known = knownStr(h);
  return isInterned(known) ? known : intern(toJS(h));
}

/** The empty string: interned, as all names are. */
export const EMPTY: number = intern('');

/** How reprs show an object's address. */
export const addressText = (h: number): string => `0x${(h >>> 0).toString(16).padStart(12, '0')}`;
