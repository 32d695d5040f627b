/** Decimal digits of 31-bit ints, written straight into the space: `str(i)` and `format(i, '04d')` make no JavaScript string. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { newStr, STR_ASCII } from './strings.js';

const I32 = i32;
const U8 = u8;
const ZERO = 48;
const MINUS = 45;

function digitCount(n: number): number {
  let count = 1;
  for (let limit = 10; n >= limit; limit *= 10) count++;
  return count;
}

/** str of the small int `h`, at least `width` characters, filled with the ASCII character `fill` (zeros go behind the sign). */
export function smallDecimal(h: number, width: number, fill: number): number {
  const value = h >> 1;
  let n = value < 0 ? -value : value;
  const sign = value < 0 ? 1 : 0;
  const digits = digitCount(n);
  const length = Math.max(width, digits + sign);
  if (length === 1) return H.char(ZERO + n);
  const s = newStr(length, 0, STR_ASCII);
  const start = I32[(s >>> 2) + L.STR_DATA]! >>> 0;
  let at = start + length;
  for (let i = 0; i < digits; i++) {
    const q = (n / 10) | 0;
    U8[--at] = ZERO + n - q * 10;
    n = q;
  }
  if (sign === 1 && fill !== ZERO) U8[--at] = MINUS;
  while (at > start) U8[--at] = fill;
  if (sign === 1 && fill === ZERO) U8[start] = MINUS;
  return s;
}
