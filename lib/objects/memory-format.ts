/** Items of memory by their native single-character format (https://docs.python.org/3.14/library/struct.html#format-characters). */
import * as H from '../heap/handles.js';
import { bytes as BYTES, u8 } from '../heap/memory.js';
import { hasIndex, index, isTrue } from './abstract.js';
import { bytesData, bytesFromU8, isBytes } from './bytes.js';
import { newComplex } from './complex.js';
import { pendingIs, raise } from './exceptions.js';
import { newFloat, realValue } from './float.js';
import { intFromBigInt, intFromNumber, intToBigInt, intToNumber } from './int.js';

const U8 = u8;
const VIEW = new DataView(BYTES.buffer);

/** Sizes of the native formats. */
export const FORMAT_SIZES: Readonly<Record<string, number>> = {
  c: 1,
  b: 1,
  B: 1,
  '?': 1,
  h: 2,
  H: 2,
  e: 2,
  i: 4,
  I: 4,
  f: 4,
  l: 8,
  L: 8,
  q: 8,
  Q: 8,
  n: 8,
  N: 8,
  P: 8,
  d: 8,
  F: 8,
  D: 16,
};

/** The character of a format with an optional '@'; '' for any other. */
export function formatCharacter(format: string): string {
  const c = format.startsWith('@') ? format.slice(1) : format;
  return FORMAT_SIZES[c] === undefined ? '' : c;
}

/** Size of an item of a format; 0 when it is none of these. */
export const formatSize = (format: string): number => FORMAT_SIZES[formatCharacter(format)] ?? 0;

function readHalf(at: number): number {
  const bits = VIEW.getUint16(at, true);
  const sign = (bits & 0x8000) !== 0 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The item of format character `c` at byte `at` of the space. */
export function readItem(c: string, at: number): number {
  switch (c) {
    case 'B':
      return H.small(U8[at]!);
    case 'b':
      return H.small(VIEW.getInt8(at));
    case 'c':
      return bytesFromU8([U8[at]!]);
    case '?':
      return H.fromBool(U8[at] !== 0);
    case 'h':
      return H.small(VIEW.getInt16(at, true));
    case 'H':
      return H.small(VIEW.getUint16(at, true));
    case 'i':
      return intFromNumber(VIEW.getInt32(at, true));
    case 'I':
      return intFromNumber(VIEW.getUint32(at, true));
    case 'e':
      return newFloat(readHalf(at));
    case 'f':
      return newFloat(VIEW.getFloat32(at, true));
    case 'd':
      return newFloat(VIEW.getFloat64(at, true));
    case 'F':
      return newComplex(VIEW.getFloat32(at, true), VIEW.getFloat32(at + 4, true));
    case 'D':
      return newComplex(VIEW.getFloat64(at, true), VIEW.getFloat64(at + 8, true));
    case 'l':
    case 'q':
    case 'n':
      return intFromBigInt(VIEW.getBigInt64(at, true));
    default:
      return intFromBigInt(VIEW.getBigUint64(at, true));
  }
}

const invalidValue = (c: string): 0 => raise('ValueError', `memoryview: invalid value for format '${c}'`) as 0;
const invalidType = (c: string): 0 => raise('TypeError', `memoryview: invalid type for format '${c}'`) as 0;

/** Bounds of the int formats. */
const BOUNDS: Readonly<Record<string, readonly [bigint, bigint]>> = Object.fromEntries(
  [...'bhilqn'].flatMap((c) => {
    const bits = BigInt(FORMAT_SIZES[c]! * 8);
    const half = 1n << (bits - 1n);
    return [
      [c, [-half, half - 1n]],
      [c.toUpperCase(), [0n, half * 2n - 1n]],
    ] as const;
  }),
);

function writeInt(c: string, at: number, value: number): 1 | 0 {
  if (!hasIndex(value)) return invalidType(c);
  const n = index(value);
  if (n === 0) return pendingIs('TypeError') ? invalidType(c) : 0;
  const [least, most] = BOUNDS[c === 'P' ? 'Q' : c]!;
  const big = intToBigInt(n);
  if (big < least || big > most) return invalidValue(c);
  const size = FORMAT_SIZES[c]!;
  if (size === 1) U8[at] = Number(big);
  else if (size === 2) VIEW.setUint16(at, Number(big) & 0xffff, true);
  else if (size === 4) VIEW.setUint32(at, Number(big) >>> 0, true);
  else VIEW.setBigUint64(at, BigInt.asUintN(64, big), true);
  return 1;
}

/** Bits of the half float nearest to x, ties to even; -1 when it is too large. */
export function halfBits(x: number): number {
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
  const m = Math.abs(x);
  if (Number.isNaN(m)) return 0x7e00;
  if (m === Infinity) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(m === 0 ? 1e-9 : m)));
  const scaled = m / 2 ** (exponent - 10);
  const low = Math.floor(scaled);
  const rest = scaled - low;
  const rounded = rest > 0.5 || (rest === 0.5 && (low & 1) === 1) ? low + 1 : low;
  const bits = m < 2 ** -14 ? rounded : ((exponent + 14) << 10) + rounded;
  return bits >= 0x7c00 ? -1 : sign | bits;
}

function writeFloat(c: string, at: number, value: number): 1 | 0 {
  const x = realValue(value);
  if (x === undefined) return pendingIs('TypeError') || !hasIndex(value) ? invalidType(c) : 0;
  if (c === 'd') VIEW.setFloat64(at, x, true);
  else if (c === 'f') {
    if (Number.isFinite(x) && !Number.isFinite(Math.fround(x)))
      return raise('OverflowError', 'float too large to pack with f format') as 0;
    VIEW.setFloat32(at, x, true);
  } else {
    const bits = halfBits(x);
    if (bits < 0) return raise('OverflowError', 'float too large to pack with e format') as 0;
    VIEW.setUint16(at, bits, true);
  }
  return 1;
}

/** Writes `value` as an item of format character `c`: 1, or 0 with the exception set. */
export function writeItem(c: string, at: number, value: number): 1 | 0 {
  switch (c) {
    case 'e':
    case 'f':
    case 'd':
      return writeFloat(c, at, value);
    case 'c': {
      if (!isBytes(value)) return invalidType(c);
      const data = bytesData(value);
      if (data.length !== 1) return invalidValue(c);
      U8[at] = data[0]!;
      return 1;
    }
    case '?': {
      const t = isTrue(value);
      if (t < 0) return 0;
      U8[at] = t;
      return 1;
    }
    case 'F':
    case 'D':
      return raise('NotImplementedError', `memoryview: format ${c} not supported`) as 0;
    default:
      return writeInt(c, at, value);
  }
}

/** Do two items, maybe of different formats, compare equal as numbers? */
export function sameItem(c: string, at: number, d: string, other: number): boolean {
  if (c === d && c !== 'f' && c !== 'd' && c !== 'e') {
    for (let i = 0; i < FORMAT_SIZES[c]!; i++) if (U8[at + i] !== U8[other + i]) return false;
    return true;
  }
  const [x, y] = [numberAt(c, at), numberAt(d, other)];
  // biome-ignore lint/suspicious/noDoubleEquals: a number and a BigInt are equal by value
  return x !== undefined && y !== undefined && x == y;
}

function numberAt(c: string, at: number): number | bigint | undefined {
  if (c === 'c' || c === 'F' || c === 'D') return undefined;
  if (c === '?') return U8[at] === 0 ? 0 : 1;
  const h = readItem(c, at);
  if ('efd'.includes(c)) return realValue(h);
  return FORMAT_SIZES[c]! < 8 ? intToNumber(h) : intToBigInt(h);
}
