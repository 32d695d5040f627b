/** The text a pattern is matched against: where its characters lie in the space. */
import { CARRIER } from '../../heap/carrier.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32, u8 } from '../../heap/memory.js';
import { bufferOf } from '../../objects/byte-buffer.js';
import { bytesFromU8, bytesStart } from '../../objects/bytes.js';
import { raise, typeName } from '../../objects/exceptions.js';
import { isExact, isKind } from '../../objects/object.js';
import { strSlice } from '../../objects/str.js';
import { EMPTY, widthShift } from '../../objects/strings.js';
import { patternKind } from './engine.js';

const I32 = i32;
const U8 = u8;
/** A one-character string has no memory of its own: its character is put here. */
const ONE_CHARACTER = CARRIER + L.CAR_SCRATCH_4;

export interface Subject {
  handle: number;
  /** Holds the bytes where they had to be copied into the space; else the handle. To be rooted where Python code may run. */
  holder: number;
  /** Index of the first character in the view of its width. */
  base: number;
  length: number;
  /** log2 of a character's width. */
  shift: number;
  isBytes: boolean;
}

function fromStr(s: Subject, h: number): true {
  s.isBytes = false;
  if ((h & 7) !== 0) {
    I32[ONE_CHARACTER] = H.charCode(h);
    s.shift = H.charCode(h) < 0x100 ? 0 : 2;
    s.base = (ONE_CHARACTER * 4) >>> s.shift;
    s.length = 1;
    return true;
  }
  const w = h >>> 2;
  s.shift = widthShift(I32[w]!);
  s.base = I32[w + L.STR_DATA]! >>> s.shift;
  s.length = I32[w + L.STR_LENGTH]!;
  return true;
}

const contiguous = (h: number): boolean =>
  !isKind(h, L.KIND_MEMORYVIEW) || I32[(h >>> 2) + L.MEMORYVIEW_STEP] === I32[(h >>> 2) + L.MEMORYVIEW_ITEMSIZE];

function fromBytes(s: Subject, h: number): boolean {
  const data = contiguous(h) ? bufferOf(h) : undefined;
  if (data === undefined) {
    raise('TypeError', `expected string or bytes-like object, got '${typeName(h)}'`);
    return false;
  }
  s.isBytes = true;
  s.shift = 0;
  s.length = data.length;
  if (data.buffer === U8.buffer) s.base = data.byteOffset;
  else {
    s.holder = bytesFromU8(data);
    s.base = bytesStart(s.holder);
  }
  return true;
}

/** Looks up the characters of `h`; false with TypeError set when it is no text. */
export function readSubject(s: Subject, h: number): boolean {
  s.handle = s.holder = h;
  return H.isChar(h) || isKind(h, L.KIND_STR) ? fromStr(s, h) : fromBytes(s, h);
}

export const newSubject = (): Subject => ({ handle: 0, holder: 0, base: 0, length: 0, shift: 0, isBytes: false });

/** As readSubject, also refusing text of the other kind than the pattern's. */
export function readFor(s: Subject, pattern: number, h: number): boolean {
  if (!readSubject(s, h)) return false;
  const kind = patternKind(pattern);
  if (kind < 0 || (kind === 1) === s.isBytes) return true;
  raise(
    'TypeError',
    s.isBytes
      ? 'cannot use a string pattern on a bytes-like object'
      : 'cannot use a bytes pattern on a string-like object',
  );
  return false;
}

/** The part [from, to) of a text as str or bytes: the text itself where that is the same. */
export function sliceOf(h: number, from: number, to: number): number {
  if (H.isChar(h) || isKind(h, L.KIND_STR)) return from < to ? strSlice(h, from, to, 1) : EMPTY;
  const data = bufferOf(h) ?? U8.subarray(0, 0);
  if (isExact(h, L.KIND_BYTES) && from === 0 && to === data.length) return h;
  return bytesFromU8(data.subarray(from, Math.max(from, to)));
}

/** A position argument (0: missing) brought within [0, length]; NaN with the exception set. */
export const clip = (n: number, length: number): number => (n < 0 ? 0 : n > length ? length : n);
