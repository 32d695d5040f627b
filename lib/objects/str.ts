/**
 * Strings: concatenation, slices, search, comparison, repr. The Python-visible type is in str-type.ts.
 *
 * Appending: a result above BUFFERED bytes lies in a BUFFER with spare room. A string that ends where its buffer's used part ends may be
 * appended to in place: BUFFER_USED is claimed by compare-and-swap, as other strings (and threads) may share the buffer, and only a header is
 * made, so that building a string in a loop costs O(1) a character, amortised.
 */
import { raiseMemoryError } from './memory-error.js';
import { IntVector } from './int-vector.js';
import { allocBytes, newObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, bytes, i32, u16, u32, u8 } from '../heap/memory.js';
import { raise, typeName } from './exceptions.js';
import { isStr } from './object.js';
import { EMPTY, newStr, STR_ASCII, strCharAt, strLength, toJS, fromJS, widthShift } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;
const U8 = u8;
const U16 = u16;
const U32 = u32;
const BYTES = bytes;

const BUFFERED = 256;
export const MAX_BYTES = 0x3fffff00;

/** log2 of the bytes a character of `h` takes. */
export function shiftOf(h: number): number {
  if ((h & 7) === 0) return widthShift(I32[h >>> 2]!);
  const c = H.charCode(h);
  return c < 0x100 ? 0 : c < 0x10000 ? 1 : 2;
}

export const isAscii = (h: number): boolean =>
  (h & 7) === 0 ? (I32[h >>> 2]! & STR_ASCII) !== 0 || strLength(h) === 0 : H.charCode(h) < 128;

/** The bits of a STR's header that tell its width: 0 for one byte a character. */
const WIDTH = 3 << 12;

const dataOf = (h: number): number => I32[(h >>> 2) + L.STR_DATA]!;

/** Writes code point `c` at character `i` of data of this width. */
export function putChar(data: number, shift: number, i: number, c: number): void {
  if (shift === 0) U8[(data >>> 0) + i] = c;
  else if (shift === 1) U16[(data >>> 1) + i] = c;
  else U32[(data >>> 2) + i] = c;
}

/** Copies characters [from, to) of `h` to index `at` of data of width `shift`, which is at least the string's own. */
export function copyChars(h: number, from: number, to: number, data: number, shift: number, at: number): void {
  if ((h & 7) !== 0) {
    if (to > from) putChar(data, shift, at, H.charCode(h));
    return;
  }
  const own = widthShift(I32[h >>> 2]!);
  if (own !== shift) {
    for (let i = from; i < to; i++) putChar(data, shift, at++, strCharAt(h, i));
    return;
  }
  let source = (dataOf(h) >>> 0) + (from << shift);
  let target = (data >>> 0) + (at << shift);
  const n = (to - from) << shift;
  if (n > 32) U8.copyWithin(target, source, source + n);
  else for (let i = 0; i < n; i++) U8[target++] = U8[source++]!;
}

/** A header over the first `length` characters of a buffer's data. */
function bufferedStr(buffer: number, data: number, length: number, shift: number, ascii: number): number {
  const handle = allocBytes(64);
  const w = handle >>> 2;
  I32[w] = L.KIND_STR | (shift << 12) | ascii;
  I32[w + 1] = 1;
  I32[w + 2] = T.typeHandle(T.T_STR);
  I32[w + 3] = 0;
  I32[w + L.STR_LENGTH] = length;
  I32[w + L.STR_HASH] = 0;
  I32[w + L.STR_BUFFER] = buffer;
  I32[w + L.STR_DATA] = data;
  return handle;
}

/** A string in a new buffer with room for half as much again. */
function startBuffer(length: number, shift: number, ascii: number): number {
  const used = length << shift;
  const head = L.BUFFER_DATA * 4;
  const buffer = newObject(L.KIND_BUFFER, head + Math.min(MAX_BYTES, used + (used >>> 1) + 256), 0);
  const w = buffer >>> 2;
  I32[w + L.BUFFER_LENGTH] = I32[w + 1]! * 64 - head;
  I32[w + L.BUFFER_USED] = used;
  return bufferedStr(buffer, buffer + head, length, shift, ascii);
}

/** Appends `b` in the buffer of `a`: the result, or 0 when there is no room or `a` is not its tip. */
function appendInPlace(a: number, b: number, n: number, m: number, shift: number, ascii: number): number {
  const w = a >>> 2;
  const buffer = I32[w + L.STR_BUFFER]!;
  if (buffer === 0 || widthShift(I32[w]!) !== shift) return 0;
  const start = (buffer + L.BUFFER_DATA * 4) | 0;
  const used = ((I32[w + L.STR_DATA]! - start) | 0) + (n << shift);
  const b4 = buffer >>> 2;
  const end = used + (m << shift);
  if (end > I32[b4 + L.BUFFER_LENGTH]! || I32[b4 + L.BUFFER_USED] !== used) return 0;
  const data = I32[w + L.STR_DATA]!;
  const made = bufferedStr(buffer, data, n + m, shift, ascii);
  if (atomics.cas((b4 + L.BUFFER_USED) << 2, used, end) !== used) return 0;
  copyChars(b, 0, m, data, shift, n);
  return made;
}

const tooLong = (): number => raise('OverflowError', 'strings are too large to concat');

/** a + b of two strings. */
export function concat(a: number, b: number): number {
  if (((a | b) & 7) === 0) {
    const quick = concatShort(a, b);
    if (quick !== 0) return quick;
  }
  const n = strLength(a);
  const m = strLength(b);
  if (m === 0 && isPlain(a)) return a;
  if (n === 0 && isPlain(b)) return b;
  const shift = Math.max(shiftOf(a), shiftOf(b));
  const ascii = isAscii(a) && isAscii(b) ? STR_ASCII : 0;
  const size = (n + m) * (1 << shift);
  if (size > MAX_BYTES) return tooLong();
  if (size <= BUFFERED || n < m) return joinTwo(a, b, n, m, shift, ascii);
  const made = (a & 7) === 0 ? appendInPlace(a, b, n, m, shift, ascii) : 0;
  if (made !== 0) return made;
  const s = startBuffer(n + m, shift, ascii);
  copyChars(a, 0, n, dataOf(s), shift, 0);
  copyChars(b, 0, m, dataOf(s), shift, n);
  return s;
}

/** At most so many bytes are copied one by one. */
const SHORT = 48;

/** Both are objects of few one-byte characters; 0: they are not. */
function concatShort(a: number, b: number): number {
  const v = a >>> 2;
  const w = b >>> 2;
  const n = I32[v + L.STR_LENGTH]!;
  const m = I32[w + L.STR_LENGTH]!;
  if (n + m > SHORT || n < 2 || m < 2 || ((I32[v]! | I32[w]!) & WIDTH) !== 0) return 0;
  const s = newStr(n + m, 0, I32[v]! & I32[w]! & STR_ASCII);
  let to = I32[(s >>> 2) + L.STR_DATA]! >>> 0;
  const x = I32[v + L.STR_DATA]! >>> 0;
  const y = I32[w + L.STR_DATA]! >>> 0;
  for (let i = 0; i < n; i++) U8[to++] = U8[x + i]!;
  for (let i = 0; i < m; i++) U8[to++] = U8[y + i]!;
  return s;
}

const isPlain = (h: number): boolean => (h & 7) !== 0 || (I32[h >>> 2]! & L.FLAG_SUBCLASS) === 0;

function joinTwo(a: number, b: number, n: number, m: number, shift: number, ascii: number): number {
  if (n + m < 2) return n + m === 0 ? EMPTY : H.char(strCharAt(n === 1 ? a : b, 0));
  const s = newStr(n + m, shift, ascii);
  const data = dataOf(s);
  copyChars(a, 0, n, data, shift, 0);
  copyChars(b, 0, m, data, shift, n);
  return s;
}

/** The strings of `handles` one after the other. */
export function joinHandles(handles: readonly number[]): number {
  return joinWith(EMPTY, handles);
}

/** Characters of the n strings from word `word` on when all are ASCII and few together; else -1. */
function shortAscii(word: number, n: number): number {
  let length = 0;
  for (let i = 0; i < n; i++) {
    const h = I32[word + i]!;
    if ((h & 7) === 0) {
      if ((I32[h >>> 2]! & STR_ASCII) === 0) return -1;
      length += I32[(h >>> 2) + L.STR_LENGTH]!;
    } else {
      if (H.charCode(h) > 127) return -1;
      length++;
    }
    if (length > 2 * SHORT) return -1;
  }
  return length;
}

function joinAscii(word: number, n: number, length: number): number {
  const s = newStr(length, 0, STR_ASCII);
  let to = I32[(s >>> 2) + L.STR_DATA]! >>> 0;
  for (let i = 0; i < n; i++) {
    const h = I32[word + i]!;
    if ((h & 7) !== 0) {
      U8[to++] = H.charCode(h);
      continue;
    }
    const from = I32[(h >>> 2) + L.STR_DATA]! >>> 0;
    const end = from + I32[(h >>> 2) + L.STR_LENGTH]!;
    for (let k = from; k < end; k++) U8[to++] = U8[k]!;
  }
  return s;
}

/** The n strings from word `word` on, one after the other (BUILD_STRING). */
export function joinWords(word: number, n: number): number {
  if (n === 2) return concat(I32[word]!, I32[word + 1]!);
  const length = shortAscii(word, n);
  if (length > 1) return joinAscii(word, n, length);
  const handles: number[] = [];
  for (let i = 0; i < n; i++) handles.push(I32[word + i]!);
  return joinWith(EMPTY, handles);
}

/** `separator.join(handles)`; all are strings. */
export function joinWith(separator: number, handles: readonly number[]): number {
  const gap = strLength(separator);
  if (handles.length === 1 && isPlain(handles[0]!)) return handles[0]!;
  let length = handles.length === 0 ? 0 : gap * (handles.length - 1);
  let shift = gap > 0 && handles.length > 1 ? shiftOf(separator) : 0;
  let ascii = gap === 0 || isAscii(separator);
  for (const h of handles) {
    length += strLength(h);
    shift = Math.max(shift, shiftOf(h));
    ascii &&= isAscii(h);
  }
  if (length * (1 << shift) > MAX_BYTES) return raise('OverflowError', 'join() result is too long for a Python string');
  if (length < 2) return length === 0 ? EMPTY : plainCopy(handles.find((h) => strLength(h) === 1) ?? separator);
  const s = newStr(length, shift, ascii ? STR_ASCII : 0);
  const data = dataOf(s);
  let at = 0;
  for (let i = 0; i < handles.length; i++) {
    if (i > 0 && gap > 0) {
      copyChars(separator, 0, gap, data, shift, at);
      at += gap;
    }
    const n = strLength(handles[i]!);
    copyChars(handles[i]!, 0, n, data, shift, at);
    at += n;
  }
  return s;
}

/** The exact `str` with the same characters. */
export const plainCopy = (h: number): number => (isPlain(h) ? h : strSlice(h, 0, strLength(h), 1));

/** A string of these code points. */
export function fromCodePoints(points: ArrayLike<number>): number {
  const n = points.length;
  if (n === 0) return EMPTY;
  if (n === 1) return H.char(points[0]!);
  let max = 0;
  for (let i = 0; i < n; i++) if (points[i]! > max) max = points[i]!;
  const shift = max < 0x100 ? 0 : max < 0x10000 ? 1 : 2;
  const s = newStr(n, shift, max < 128 ? STR_ASCII : 0);
  const data = dataOf(s);
  for (let i = 0; i < n; i++) putChar(data, shift, i, points[i]!);
  return s;
}

/** Widest character of [start, stop). */
function widest(h: number, start: number, stop: number): number {
  let max = 0;
  for (let i = start; i < stop; i++) {
    const c = strCharAt(h, i);
    if (c > max) max = c;
  }
  return max;
}

/** Characters start, start + step ... before `stop`; bounds are within the string (slice indices already resolved). */
export function strSlice(h: number, start: number, stop: number, step: number): number {
  if (step !== 1) return stepSlice(h, start, stop, step);
  const n = stop - start;
  if (n > 1 && n <= SHORT && (h & 7) === 0 && (I32[h >>> 2]! & (STR_ASCII | L.FLAG_SUBCLASS)) === STR_ASCII)
    return n === I32[(h >>> 2) + L.STR_LENGTH] ? h : shortSlice(h, start, n);
  if (n <= 0) return EMPTY;
  if (n === 1) return H.char(strCharAt(h, start));
  if (n === strLength(h) && isPlain(h)) return h;
  const own = shiftOf(h);
  const ascii = isAscii(h);
  const max = ascii ? 0 : widest(h, start, stop);
  const shift = own === 0 || max < 0x100 ? 0 : max < 0x10000 ? 1 : 2;
  const s = newStr(n, shift, ascii || max < 128 ? STR_ASCII : 0);
  if (shift === own) copyChars(h, start, stop, dataOf(s), shift, 0);
  else for (let i = 0; i < n; i++) putChar(dataOf(s), shift, i, strCharAt(h, start + i));
  return s;
}

function shortSlice(h: number, start: number, n: number): number {
  const s = newStr(n, 0, STR_ASCII);
  const to = I32[(s >>> 2) + L.STR_DATA]! >>> 0;
  const from = (I32[(h >>> 2) + L.STR_DATA]! >>> 0) + start;
  for (let i = 0; i < n; i++) U8[to + i] = U8[from + i]!;
  return s;
}

function stepSlice(h: number, start: number, stop: number, step: number): number {
  const points = new IntVector();
  if (step > 0) for (let i = start; i < stop; i += step) points.push(strCharAt(h, i));
  else for (let i = start; i > stop; i += step) points.push(strCharAt(h, i));
  return fromCodePoints(points.items());
}

/** h * n. */
export function strRepeat(h: number, n: number): number {
  const m = strLength(h);
  if (n <= 0 || m === 0) return EMPTY;
  if (n === 1) return plainCopy(h);
  const shift = shiftOf(h);
  if (m * n * (1 << shift) > MAX_BYTES) return raiseMemoryError();
  const s = newStr(m * n, shift, isAscii(h) ? STR_ASCII : 0);
  const data = dataOf(s);
  copyChars(h, 0, m, data, shift, 0);
  const at = data >>> 0;
  const total = (m * n) << shift;
  for (let done = m << shift; done < total; done *= 2) U8.copyWithin(at + done, at, at + Math.min(done, total - done));
  return s;
}

/** -1, 0 or 1 by code points. */
export function compareStr(a: number, b: number): number {
  if (a === b) return 0;
  const n = strLength(a);
  const m = strLength(b);
  const k = Math.min(n, m);
  if (((a | b) & 7) === 0 && shiftOf(a) === 0 && shiftOf(b) === 0) {
    const x = dataOf(a) >>> 0;
    const y = dataOf(b) >>> 0;
    if (k > 64) return BYTES.compare(BYTES, y, y + m, x, x + n);
    for (let i = 0; i < k; i++) if (U8[x + i] !== U8[y + i]) return U8[x + i]! < U8[y + i]! ? -1 : 1;
  } else {
    for (let i = 0; i < k; i++) {
      const c = strCharAt(a, i) - strCharAt(b, i);
      if (c !== 0) return c < 0 ? -1 : 1;
    }
  }
  return Math.sign(n - m);
}

/** Does `needle` stand at index i of `h`? In bounds. */
export function matchesAt(h: number, needle: number, i: number): boolean {
  const m = strLength(needle);
  for (let j = 0; j < m; j++) if (strCharAt(h, i + j) !== strCharAt(needle, j)) return false;
  return true;
}

/** First index of `needle` within [start, stop) of `h`, or -1. */
export function strFind(h: number, needle: number, start: number, stop: number): number {
  const m = strLength(needle);
  const last = stop - m;
  if (last < start) return -1;
  if (m === 0) return start;
  if (shiftOf(needle) > shiftOf(h)) return -1;
  if ((h & 7) === 0 && shiftOf(h) === 0 && stop - start > 16) return findLatin(h, needle, start, stop);
  const first = strCharAt(needle, 0);
  for (let i = start; i <= last; i++) if (strCharAt(h, i) === first && matchesAt(h, needle, i)) return i;
  return -1;
}

/** Characters searched in a loop before Buffer's search, which begins with some 300 ns, is worth its while. */
const NEAR = 256;

function findLatin(h: number, needle: number, start: number, stop: number): number {
  const data = dataOf(h) >>> 0;
  const m = strLength(needle);
  const first = strCharAt(needle, 0);
  const last = data + stop - m;
  const near = Math.min(last, data + start + NEAR);
  for (let i = data + start; i <= near; i++)
    if (U8[i] === first && (m === 1 || matchesAt(h, needle, i - data))) return i - data;
  return near === last ? -1 : findFar(h, needle, near + 1 - data, stop);
}

function findFar(h: number, needle: number, start: number, stop: number): number {
  const data = dataOf(h) >>> 0;
  const view = BYTES.subarray(data + start, data + stop);
  let i: number;
  if ((needle & 7) !== 0) i = view.indexOf(H.charCode(needle));
  else {
    const at = dataOf(needle) >>> 0;
    i = view.indexOf(BYTES.subarray(at, at + strLength(needle)));
  }
  return i < 0 ? -1 : start + i;
}

/** How often the character `c` stands in [start, stop) of a string of one byte a character that is not a single one. */
export function countLatin(h: number, c: number, start: number, stop: number): number {
  const data = dataOf(h) >>> 0;
  let n = 0;
  for (let i = data + start; i < data + stop; i++) if (U8[i] === c) n++;
  return n;
}

/** Is it a string of two or more characters, all of them ASCII? */
export const isAsciiText = (h: number): boolean =>
  (h & 7) === 0 && (I32[h >>> 2]! & STR_ASCII) !== 0 && strLength(h) > 1;

/** An ASCII text with the letters from `first` on (65 or 97, 26 of them) in the other case. */
export function otherCase(h: number, first: number): number {
  const n = strLength(h);
  const s = newStr(n, 0, STR_ASCII);
  const from = dataOf(h) >>> 0;
  const to = dataOf(s) >>> 0;
  for (let i = 0; i < n; i++) {
    const c = U8[from + i]!;
    U8[to + i] = (c - first) >>> 0 < 26 ? c ^ 32 : c;
  }
  return s;
}

/** The ASCII text `h` with its parts of length `m` at the indices `places` replaced by the ASCII string `by`: `length` characters, two or more. */
export function spliceAscii(h: number, m: number, places: readonly number[], by: number, length: number): number {
  const k = strLength(by);
  const s = newStr(length, 0, STR_ASCII);
  const data = dataOf(s);
  let from = 0;
  let at = 0;
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    copyChars(h, from, place, data, 0, at);
    at += place - from;
    copyChars(by, 0, k, data, 0, at);
    at += k;
    from = place + m;
  }
  copyChars(h, from, strLength(h), data, 0, at);
  return s;
}

/** Last index of `needle` within [start, stop) of `h`, or -1. */
export function strRfind(h: number, needle: number, start: number, stop: number): number {
  const m = strLength(needle);
  for (let i = stop - m; i >= start; i--) if (matchesAt(h, needle, i)) return i;
  return -1;
}

/** `needle in h`: 1 or 0, -1 with TypeError set when needle is no string. */
export function strContains(h: number, needle: number): number {
  if (!isStr(needle))
    return raise('TypeError', `'in <string>' requires string as left operand, not ${typeName(needle)}`) - 1;
  return strFind(h, needle, 0, strLength(h)) < 0 ? 0 : 1;
}

// In a function: V8 builds the sets of a property when the expression is made.
const isUnprintable = (c: string): boolean => /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u.test(c);
/** str.isprintable of one character. */
export const isPrintable = (c: number): boolean =>
  c < 128 ? c >= 32 && c < 127 : !isUnprintable(String.fromCodePoint(c));

const hex = (c: number, digits: number): string => c.toString(16).padStart(digits, '0');

/** A character as a backslash escape of the least width. */
export const escapeChar = (c: number): string =>
  c < 0x100 ? `\\x${hex(c, 2)}` : c < 0x10000 ? `\\u${hex(c, 4)}` : `\\U${hex(c, 8)}`;

const NAMED: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

/** Text of repr(h); `asciiOnly` for ascii(). */
export function reprText(h: number, asciiOnly: boolean): string {
  const n = strLength(h);
  const text = toJS(h);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (let i = 0; i < n; i++) {
    const c = strCharAt(h, i);
    if (NAMED[c] !== undefined) out += NAMED[c];
    else if (c === 39 && quote === "'") out += "\\'";
    else if (c >= 32 && c < 127) out += String.fromCharCode(c);
    else out += !asciiOnly && isPrintable(c) ? String.fromCodePoint(c) : escapeChar(c);
  }
  return out + quote;
}

/** repr(h) as a string handle. */
export const strRepr = (h: number): number => fromJS(reprText(h, false));
/** ascii(h) of a string. */
export const strAscii = (h: number): number => fromJS(reprText(h, true));
