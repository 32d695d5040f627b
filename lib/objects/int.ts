/**
 * Ints: three representations behind one canonical form (design, section 2): 31 bits in the handle, a double in a granule below 2^53, a BIGINT
 * above. The Python-visible type is in int-type.ts.
 */
import { allocGranule, newObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { f64, i32 } from '../heap/memory.js';
import { raise } from './exceptions.js';
import { isInt } from './object.js';
import * as T from './type-ids.js';

const I32 = i32;
const F64 = f64;
const LIMIT = 2 ** 53;
const BIG_LIMIT = 1n << 53n;

/** Int of any integral double, exact; -0 is 0. */
export function intFromNumber(n: number): number {
  if (n >= H.SMALL_MIN && n <= H.SMALL_MAX) return (n << 1) | 1;
  if (n > -LIMIT && n < LIMIT) return allocGranule(n) | H.TAG_INT53;
  return newBigInt(BigInt(n));
}

/** Int of a JS bigint, in canonical form. */
export function intFromBigInt(n: bigint): number {
  return n > -BIG_LIMIT && n < BIG_LIMIT ? intFromNumber(Number(n)) : newBigInt(n);
}

function newBigInt(n: bigint): number {
  const negative = n < 0n;
  const hex = (negative ? -n : n).toString(16);
  const count = (hex.length + 7) >>> 3;
  const handle = newObject(L.KIND_BIGINT, (L.BIGINT_DIGITS + count) * 4, T.typeHandle(T.T_INT));
  const w = handle >>> 2;
  I32[w + L.BIGINT_SIGN] = negative ? -1 : 1;
  I32[w + L.BIGINT_LENGTH] = count;
  for (let i = 0, end = hex.length; i < count; i++, end -= 8) {
    I32[w + L.BIGINT_DIGITS + i] = Number.parseInt(hex.slice(Math.max(0, end - 8), end), 16) | 0;
  }
  return handle;
}

/** The plain handle of an int or float: what an instance of a subclass boxes, bools as ints; other values unchanged. */
export function unboxed(h: number): number {
  if ((h & 7) === 0) return h !== 0 && (I32[h >>> 2]! & 0xff) === L.KIND_BOXED ? I32[(h >>> 2) + L.BOXED_VALUE]! : h;
  return h === H.TRUE ? 3 : h === H.FALSE ? 1 : h;
}

/** The plain int of an int, bool or instance of an int subclass; 0 for other values. */
export function plainInt(h: number): number {
  if ((h & 1) !== 0) return h;
  const u = unboxed(h);
  return isInt(u) ? u : 0;
}

/** An instance of `type`, a class derived from int or float, with this plain value. */
export function newBoxed(type: number, value: number): number {
  const handle = newObject(L.KIND_BOXED | L.FLAG_SUBCLASS, 128, type);
  I32[(handle >>> 2) + L.BOXED_VALUE] = value;
  return handle;
}

/** Value as a JS bigint. */
export function intToBigInt(h: number): bigint {
  if ((h & 1) !== 0) return BigInt(h >> 1);
  const u = unboxed(h);
  if ((u & 1) !== 0) return BigInt(u >> 1);
  if ((u & 7) === H.TAG_INT53) return BigInt(F64[u >>> 3]!);
  const w = u >>> 2;
  let hex = '0x';
  for (let i = I32[w + L.BIGINT_LENGTH]! - 1; i >= 0; i--)
    hex += (I32[w + L.BIGINT_DIGITS + i]! >>> 0).toString(16).padStart(8, '0');
  const n = BigInt(hex);
  return I32[w + L.BIGINT_SIGN]! < 0 ? -n : n;
}

/** Value as a double, rounded half to even; infinite when too large. */
export function intToNumber(h: number): number {
  if ((h & 1) !== 0) return h >> 1;
  const u = unboxed(h);
  if ((u & 1) !== 0) return u >> 1;
  return (u & 7) === H.TAG_INT53 ? F64[u >>> 3]! : Number(intToBigInt(u));
}

/** Value modulo 2^32 as an int32. */
export function intToInt32(h: number): number {
  if ((h & 1) !== 0) return h >> 1;
  return Number(BigInt.asIntN(32, intToBigInt(h)));
}

/** Is it below 2^53 in magnitude? */
export const isShortInt = (h: number): boolean => (h & 1) !== 0 || (h & 7) === H.TAG_INT53;
const short = (h: number): number => ((h & 1) !== 0 ? h >> 1 : F64[h >>> 3]!);

export function intSign(h: number): number {
  if (isShortInt(h)) return Math.sign(short(h));
  return I32[(h >>> 2) + L.BIGINT_SIGN]!;
}

/** Sum of two plain ints. */
export function addInts(a: number, b: number): number {
  if (isShortInt(a) && isShortInt(b)) {
    const r = short(a) + short(b);
    if (r > -LIMIT && r < LIMIT) return intFromNumber(r);
  }
  return intFromBigInt(intToBigInt(a) + intToBigInt(b));
}

export function subInts(a: number, b: number): number {
  if (isShortInt(a) && isShortInt(b)) {
    const r = short(a) - short(b);
    if (r > -LIMIT && r < LIMIT) return intFromNumber(r);
  }
  return intFromBigInt(intToBigInt(a) - intToBigInt(b));
}

export function mulInts(a: number, b: number): number {
  if (isShortInt(a) && isShortInt(b)) {
    const r = short(a) * short(b);
    if (r > -LIMIT && r < LIMIT) return intFromNumber(r);
  }
  return intFromBigInt(intToBigInt(a) * intToBigInt(b));
}

/** Floor of a quotient of bigints. */
export function floorDivBig(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

/** Remainder with the divisor's sign. */
export function modBig(a: bigint, b: bigint): bigint {
  const r = a % b;
  return r !== 0n && r < 0n !== b < 0n ? r + b : r;
}

const shortMod = (x: number, y: number): number => {
  const r = x % y;
  return r !== 0 && r < 0 !== y < 0 ? r + y : r;
};

/** a // b of plain ints; ZeroDivisionError. */
export function floorDivInts(a: number, b: number): number {
  if (b === 1) return raise('ZeroDivisionError', 'division by zero');
  if (isShortInt(a) && isShortInt(b)) {
    const x = short(a);
    const y = short(b);
    const r = x % y;
    const q = (x - r) / y;
    return intFromNumber(r !== 0 && r < 0 !== y < 0 ? q - 1 : q);
  }
  return intFromBigInt(floorDivBig(intToBigInt(a), intToBigInt(b)));
}

/** a % b of plain ints; ZeroDivisionError. */
export function modInts(a: number, b: number): number {
  if (b === 1) return raise('ZeroDivisionError', 'division by zero');
  if (isShortInt(a) && isShortInt(b)) return intFromNumber(shortMod(short(a), short(b)));
  return intFromBigInt(modBig(intToBigInt(a), intToBigInt(b)));
}

/** -1, 0 or 1. */
export function compareInts(a: number, b: number): number {
  if (isShortInt(a) && isShortInt(b)) {
    const x = short(a);
    const y = short(b);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  const x = intToBigInt(a);
  const y = intToBigInt(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

const MODULUS = (1n << 61n) - 1n;

/** hash() of a bigint: the residue modulo 2^61 - 1 with the value's sign, -1 turned into -2. */
export function hashBig(n: bigint): bigint {
  const r = n % MODULUS;
  return r === -1n ? -2n : r;
}

/** hash() of a plain int. */
export function hashInt(h: number): number {
  if (h === -1) return (-2 << 1) | 1;
  return isShortInt(h) ? h : intFromBigInt(hashBig(intToBigInt(h)));
}

export { isInt };
