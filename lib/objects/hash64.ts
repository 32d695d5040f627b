/**
 * Hashes of 64 bits as CPython computes them, in two 32-bit halves: tuples (xxHash rounds), frozensets. Values of Python's hash() are signed 64-bit
 * ints.
 */
import { intFromBigInt, intToBigInt } from './int.js';

/** A 64-bit word as halves; results of the functions here are left in `acc`. */
export const acc = { low: 0, high: 0 };

/** acc = acc * (high, low) mod 2**64. */
function multiply(low: number, high: number): void {
  const a = acc.low;
  const cross = (Math.imul(a, high) + Math.imul(acc.high, low)) | 0;
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = low & 0xffff;
  const b1 = low >>> 16;
  const p00 = a0 * b0;
  const middle = a1 * b0 + (p00 >>> 16) + ((a0 * b1) & 0xffff);
  const top = a1 * b1 + Math.floor(middle / 0x10000) + ((a0 * b1) >>> 16);
  acc.low = Math.imul(a, low);
  acc.high = (top + cross) | 0;
}

function add(low: number, high: number): void {
  const sum = (acc.low >>> 0) + (low >>> 0);
  acc.low = sum | 0;
  acc.high = (acc.high + high + (sum > 0xffffffff ? 1 : 0)) | 0;
}

/** The halves of hash()'s value `h`, an int handle. */
export function halves(h: number): void {
  if ((h & 1) !== 0) {
    acc.low = h >> 1;
    acc.high = h >> 31;
    return;
  }
  const n = BigInt.asUintN(64, intToBigInt(h));
  acc.low = Number(n & 0xffffffffn) | 0;
  acc.high = Number(n >> 32n) | 0;
}

/** The int handle of `acc` as a signed 64-bit number; -1 becomes -2. */
export function hashFromAcc(): number {
  if (acc.high === acc.low >> 31 && acc.low >= -0x40000000 && acc.low <= 0x3fffffff)
    return acc.low === -1 ? -3 : (acc.low << 1) | 1;
  return intFromBigInt((BigInt(acc.high) << 32n) | BigInt(acc.low >>> 0));
}

const P1_LOW = 0x85ebca87 | 0;
const P1_HIGH = 0x9e3779b1 | 0;
const P2_LOW = 0x27d4eb4f | 0;
const P2_HIGH = 0xc2b2ae3d | 0;
const P5_LOW = 0x165667c5 | 0;
const P5_HIGH = 0x27d4eb2f | 0;

/** Begins the hash of a tuple, in `acc`. */
export function beginItems(): void {
  acc.low = P5_LOW;
  acc.high = P5_HIGH;
}

/** Adds an item's hash, which is in `acc`, to the hash so far, which is given. */
export function foldItem(low: number, high: number): void {
  multiply(P2_LOW, P2_HIGH);
  add(low, high);
  // Rotate left by 31.
  const rotated = (acc.low << 31) | (acc.high >>> 1);
  acc.high = (acc.high << 31) | (acc.low >>> 1);
  acc.low = rotated;
  multiply(P1_LOW, P1_HIGH);
}

/** Ends the hash of a tuple of n items; a slice does not count them. */
export function endItems(n: number, counted = true): void {
  if (counted) add(n ^ (P5_LOW ^ 3527539), P5_HIGH);
  if (acc.low !== -1 || acc.high !== -1) return;
  acc.low = 1546275796;
  acc.high = 0;
}

const shuffle = (h: bigint): bigint => (h ^ 89869747n ^ BigInt.asUintN(64, h << 16n)) * 3644798167n;

/** Hash of a frozenset with these hash() values, in any order. */
export function hashUnordered(hashes: readonly number[]): number {
  let h = 0n;
  for (const item of hashes) h ^= BigInt.asUintN(64, shuffle(BigInt.asUintN(64, intToBigInt(item))));
  h ^= BigInt.asUintN(64, (BigInt(hashes.length) + 1n) * 1927868237n);
  h ^= (h >> 11n) ^ (h >> 25n);
  h = BigInt.asUintN(64, h * 69069n + 907133923n);
  if (h === 0xffffffffffffffffn) h = 590923713n;
  return intFromBigInt(BigInt.asIntN(64, h));
}
