/** Floats: a double in a granule. Conversions, arithmetic and comparison; the Python-visible type is in float-type.ts. */
import { allocGranule } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import { f64 } from '../heap/memory.js';
import { raise } from './exceptions.js';
import {
  hashBig,
  intFromBigInt,
  intFromNumber,
  intToBigInt,
  intToNumber,
  isShortInt,
  plainInt,
  unboxed,
} from './int.js';
import { CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT, CMP_NE } from './slots.js';

const F64 = f64;

/** A float; NaN and -0.0 are kept. */
export const newFloat = (x: number): number => allocGranule(x) | H.TAG_FLOAT;

/** Double of a float, or of an instance of a float subclass. */
export const floatValue = (h: number): number => F64[unboxed(h) >>> 3]!;

/** Is it a float or an instance of a float subclass? */
export const isFloatLike = (h: number): boolean => (unboxed(h) & 7) === H.TAG_FLOAT;

/** repr() of a float: the shortest digits that read back the same, exponent form below 1e-4 and from 1e16. */
export function floatRepr(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';
  if (x === 0) return Object.is(x, -0) ? '-0.0' : '0.0';
  const m = Math.abs(x);
  if (m >= 1e-4 && m < 1e16) {
    const s = String(m);
    return (x < 0 ? '-' : '') + (s.includes('.') ? s : `${s}.0`);
  }
  const [digits, exponent] = x.toExponential().split('e') as [string, string];
  const e = exponent.slice(1);
  return `${digits}e${exponent[0]!}${e.length < 2 ? `0${e}` : e}`;
}

/** a op b for doubles, by CMP_*. */
export function compareDoubles(op: number, x: number, y: number): boolean {
  switch (op) {
    case CMP_LT:
      return x < y;
    case CMP_LE:
      return x <= y;
    case CMP_EQ:
      return x === y;
    case CMP_NE:
      return x !== y;
    case CMP_GT:
      return x > y;
    case CMP_GE:
      return x >= y;
    default:
      return false;
  }
}

/** Comparison of two float handles: True or False. */
export const compareFloats = (op: number, a: number, b: number): number =>
  H.fromBool(compareDoubles(op, F64[a >>> 3]!, F64[b >>> 3]!));

/** Sign of x - n, exact; NaN when x is. */
export function compareDoubleWithInt(x: number, n: number): number {
  if (isShortInt(n)) return Math.sign(x === intToNumber(n) ? 0 : x - intToNumber(n));
  if (!Number.isFinite(x)) return x;
  const whole = Math.trunc(x);
  const a = BigInt(whole);
  const b = intToBigInt(n);
  return a < b ? -1 : a > b ? 1 : Math.sign(x - whole);
}

/** Remainder with the divisor's sign; y is not 0. */
export function floatMod(x: number, y: number): number {
  const r = x % y;
  if (r === 0) return y < 0 ? -0 : 0;
  return r < 0 !== y < 0 ? r + y : r;
}

/** Floor of the quotient; y is not 0. */
export function floatFloorDiv(x: number, y: number): number {
  const r = x % y;
  let q = (x - r) / y;
  if (r !== 0 && r < 0 !== y < 0) q -= 1;
  if (q === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const floor = Math.floor(q);
  return q - floor > 0.5 ? floor + 1 : floor;
}

const MODULUS = (1n << 61n) - 1n;
const words = new DataView(new ArrayBuffer(8));

/** A finite double as [odd or zero integer, power of two]: x = m * 2**e. */
export function decompose(x: number): [bigint, number] {
  words.setFloat64(0, x);
  const bits = words.getBigUint64(0);
  let m = bits & 0xfffffffffffffn;
  let e = Number((bits >> 52n) & 0x7ffn);
  if (e === 0) e = 1;
  else m |= 1n << 52n;
  e -= 1075;
  if (m === 0n) return [0n, 0];
  while ((m & 1n) === 0n) {
    m >>= 1n;
    e++;
  }
  return [bits >> 63n !== 0n ? -m : m, e];
}

/** hash() of a double as a number: equal to that of the int with the same value; NaN hashes to 0 here. */
export function hashDouble(x: number): number {
  if (x > -(2 ** 53) && x < 2 ** 53 && Number.isInteger(x)) return intFromNumber(x === -1 ? -2 : x);
  if (Number.isNaN(x)) return H.small(0);
  if (!Number.isFinite(x)) return H.small(x > 0 ? 314159 : -314159);
  const [m, e] = decompose(x);
  const negative = m < 0n;
  const size = negative ? -m : m;
  const shift = BigInt(((e % 61) + 61) % 61);
  const r = (size << shift) % MODULUS;
  return intFromBigInt(hashBig(negative ? -r : r));
}

/** int(x): truncated; ValueError or OverflowError for NaN and infinities. */
export function floatToInt(x: number): number {
  if (Number.isNaN(x)) return raise('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(x)) return raise('OverflowError', 'cannot convert float infinity to integer');
  return intFromNumber(Math.trunc(x));
}

/** Double of an int, float or instance of their subclasses; NaN with OverflowError set. `undefined` for other values. */
export function realValue(h: number): number | undefined {
  const u = unboxed(h);
  if ((u & 7) === H.TAG_FLOAT) return F64[u >>> 3]!;
  const n = plainInt(u);
  if (n === 0) return undefined;
  const x = intToNumber(n);
  if (Number.isFinite(x)) return x;
  raise('OverflowError', 'int too large to convert to float');
  return Number.NaN;
}
