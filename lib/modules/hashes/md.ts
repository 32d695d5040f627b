/** MD5 (RFC 1321), SHA-1 and the SHA-2 functions on 32-bit words (FIPS 180-4). */
import { type Algorithm, padded, wordsToBytes } from './algorithm.js';

const rotate = (x: number, n: number): number => (x << n) | (x >>> (32 - n));

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const MD5_CONSTANTS = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);
const MD5_WORD = Uint8Array.from({ length: 64 }, (_, i) =>
  i < 16 ? i : i < 32 ? (5 * i + 1) & 15 : i < 48 ? (3 * i + 5) & 15 : (7 * i) & 15,
);
const block = new Int32Array(80);

function loadLittle(data: Uint8Array, at: number): void {
  for (let i = 0, p = at; i < 16; i++, p += 4)
    block[i] = data[p] | (data[p + 1] << 8) | (data[p + 2] << 16) | (data[p + 3] << 24);
}

function loadBig(data: Uint8Array, at: number): void {
  for (let i = 0, p = at; i < 16; i++, p += 4)
    block[i] = (data[p] << 24) | (data[p + 1] << 16) | (data[p + 2] << 8) | data[p + 3];
}

function md5Blocks(s: Int32Array, data: Uint8Array, from: number, end: number): void {
  for (let at = from; at < end; at += 64) {
    loadLittle(data, at);
    let [a, b, c, d] = [s[0], s[1], s[2], s[3]];
    for (let i = 0; i < 64; i++) {
      const f = i < 16 ? (b & c) | (~b & d) : i < 32 ? (d & b) | (~d & c) : i < 48 ? b ^ c ^ d : c ^ (b | ~d);
      const x = (a + f + MD5_CONSTANTS[i] + block[MD5_WORD[i]]) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotate(x, MD5_SHIFTS[((i >> 4) << 2) | (i & 3)])) | 0;
    }
    s[0] += a;
    s[1] += b;
    s[2] += c;
    s[3] += d;
  }
}

function sha1Blocks(s: Int32Array, data: Uint8Array, from: number, end: number): void {
  for (let at = from; at < end; at += 64) {
    loadBig(data, at);
    for (let i = 16; i < 80; i++) block[i] = rotate(block[i - 3] ^ block[i - 8] ^ block[i - 14] ^ block[i - 16], 1);
    let [a, b, c, d, e] = [s[0], s[1], s[2], s[3], s[4]];
    for (let i = 0; i < 80; i++) {
      const f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
      const k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
      const x = (rotate(a, 5) + f + e + k + block[i]) | 0;
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = x;
    }
    s[0] += a;
    s[1] += b;
    s[2] += c;
    s[3] += d;
    s[4] += e;
  }
}

const PRIMES: readonly number[] = (() => {
  const found: number[] = [];
  for (let n = 2; found.length < 80; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
})();

/** The first 64 bits of the fraction of the root of p, for p prime: where the constants of SHA-2 come from. */
export function rootFraction(p: number, cube: boolean): bigint {
  const n = BigInt(p) << (cube ? 192n : 128n);
  let low = 0n;
  let high = 1n << 72n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if ((cube ? middle * middle * middle : middle * middle) <= n) low = middle;
    else high = middle;
  }
  return BigInt.asUintN(64, low);
}

/** The round constants of SHA-512; their upper halves are those of SHA-256. Computed at the first use. */
let constants: bigint[] | undefined;
export const roundConstants = (): bigint[] => (constants ??= PRIMES.map((p) => rootFraction(p, true)));

let sha256Constants: Int32Array | undefined;
const sha256K = (): Int32Array =>
  (sha256Constants ??= Int32Array.from(roundConstants().slice(0, 64), (k) => Number(k >> 32n) | 0));

function sha256Blocks(s: Int32Array, data: Uint8Array, from: number, end: number): void {
  const k = sha256K();
  for (let at = from; at < end; at += 64) {
    loadBig(data, at);
    for (let i = 16; i < 64; i++) {
      const x = block[i - 15];
      const y = block[i - 2];
      const s0 = rotate(x, 25) ^ rotate(x, 14) ^ (x >>> 3);
      const s1 = rotate(y, 15) ^ rotate(y, 13) ^ (y >>> 10);
      block[i] = (block[i - 16] + s0 + block[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = [s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]];
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7)) + ((e & f) ^ (~e & g)) + k[i] + block[i]) | 0;
      const t2 = ((rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    s[0] += a;
    s[1] += b;
    s[2] += c;
    s[3] += d;
    s[4] += e;
    s[5] += f;
    s[6] += g;
    s[7] += h;
  }
}

function make(
  name: string,
  digestSize: number,
  native: string,
  first: () => readonly number[],
  blocks: Algorithm['blocks'],
  bigEndian: boolean,
): Algorithm {
  return {
    name,
    native,
    blockSize: 64,
    digestSize,
    words: digestSize === 28 ? 8 : digestSize / 4,
    start: (s) => s.set(first().map((x) => x | 0)),
    blocks,
    finish(state, rest, total) {
      const last = padded(rest, total, 64, 8, bigEndian);
      blocks(state, last, 0, last.length);
      return wordsToBytes(state, digestSize, bigEndian);
    },
  };
}

const MD5_FIRST = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
const squares = (from: number): bigint[] => PRIMES.slice(from, from + 8).map((p) => rootFraction(p, false));

export const md5 = make('md5', 16, 'md5', () => MD5_FIRST, md5Blocks, false);
export const sha1 = make('sha1', 20, 'sha1', () => [...MD5_FIRST, 0xc3d2e1f0], sha1Blocks, true);
export const sha256 = make('sha256', 32, 'sha256', () => squares(0).map((x) => Number(x >> 32n)), sha256Blocks, true);
// SHA-224 starts with the lower halves of the roots of the 9th to 16th prime.
export const sha224 = make(
  'sha224',
  28,
  'sha224',
  () => squares(8).map((x) => Number(x & 0xffffffffn)),
  sha256Blocks,
  true,
);

/** First state of SHA-512 (primes 1 to 8) and SHA-384 (primes 9 to 16). */
export const longSquares = squares;
