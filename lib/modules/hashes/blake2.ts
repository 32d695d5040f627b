/** BLAKE2b and BLAKE2s (RFC 7693) with all parameters. The state: chained words, then the parameter block's flags for the last node. */
import type { Algorithm } from './algorithm.js';

export interface Blake2Parameters {
  readonly digestSize: number;
  readonly keySize: number;
  readonly salt: Uint8Array;
  readonly person: Uint8Array;
  readonly fanout: number;
  readonly depth: number;
  readonly leafSize: number;
  readonly nodeOffset: bigint;
  readonly nodeDepth: number;
  readonly innerSize: number;
  readonly lastNode: boolean;
}

const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/** The four pairs of columns and diagonals that a round mixes. */
const MIXES = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

/** First words: those of SHA-512, as low and high halves; BLAKE2s uses the high ones. */
const IV_LOW = [0xf3bcc908, 0x84caa73b, 0xfe94f82b, 0x5f1d36f1, 0xade682d1, 0x2b3e6c1f, 0xfb41bd6b, 0x137e2179];
const IV_HIGH = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/** The parameter block, of 32 bytes for BLAKE2s and 64 for BLAKE2b. */
function parameterBlock(p: Blake2Parameters, big: boolean): Uint8Array {
  const out = new Uint8Array(big ? 64 : 32);
  const view = new DataView(out.buffer);
  out.set([p.digestSize, p.keySize, p.fanout, p.depth]);
  view.setUint32(4, p.leafSize, true);
  view.setUint32(8, Number(p.nodeOffset & 0xffffffffn), true);
  if (big) view.setUint32(12, Number(p.nodeOffset >> 32n), true);
  else view.setUint16(12, Number(p.nodeOffset >> 32n), true);
  out[big ? 16 : 14] = p.nodeDepth;
  out[big ? 17 : 15] = p.innerSize;
  out.set(p.salt, big ? 32 : 16);
  out.set(p.person, big ? 48 : 24);
  return out;
}

const load = (data: Uint8Array, p: number): number =>
  data[p] | (data[p + 1] << 8) | (data[p + 2] << 16) | (data[p + 3] << 24);

const m = new Int32Array(32);
const v = new Int32Array(32);

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

function mixSmall(mix: readonly number[], x: number, y: number): void {
  const [a, b, c, d] = mix;
  v[a] = v[a] + v[b] + x;
  v[d] = rotate(v[d] ^ v[a], 16);
  v[c] = v[c] + v[d];
  v[b] = rotate(v[b] ^ v[c], 12);
  v[a] = v[a] + v[b] + y;
  v[d] = rotate(v[d] ^ v[a], 8);
  v[c] = v[c] + v[d];
  v[b] = rotate(v[b] ^ v[c], 7);
}

/** Adds 64-bit words of v (as pairs, low first): a += b, and x + y of halves when given. */
function add(a: number, b: number, low: number, high: number): void {
  const sum = (v[2 * a] >>> 0) + (v[2 * b] >>> 0) + (low >>> 0);
  v[2 * a + 1] = v[2 * a + 1] + v[2 * b + 1] + high + Math.floor(sum / 2 ** 32);
  v[2 * a] = sum | 0;
}

/** v[d] = (v[d] ^ v[a]) rotated right by n bits. */
function turn(d: number, a: number, n: number): void {
  const low = v[2 * d] ^ v[2 * a];
  const high = v[2 * d + 1] ^ v[2 * a + 1];
  if (n === 32) {
    v[2 * d] = high;
    v[2 * d + 1] = low;
  } else if (n === 63) {
    v[2 * d] = (low << 1) | (high >>> 31);
    v[2 * d + 1] = (high << 1) | (low >>> 31);
  } else {
    v[2 * d] = (low >>> n) | (high << (32 - n));
    v[2 * d + 1] = (high >>> n) | (low << (32 - n));
  }
}

function mixBig(mix: readonly number[], x: number, y: number): void {
  const [a, b, c, d] = mix;
  add(a, b, m[2 * x], m[2 * x + 1]);
  turn(d, a, 32);
  add(c, d, 0, 0);
  turn(b, c, 24);
  add(a, b, m[2 * y], m[2 * y + 1]);
  turn(d, a, 16);
  add(c, d, 0, 0);
  turn(b, c, 63);
}

/** One block; `total` counts the bytes up to its end. Words 0 to 7 (or 15) of the state are the chain. */
function compress(s: Int32Array, data: Uint8Array, at: number, total: number, big: boolean, last: number): void {
  const n = big ? 16 : 8;
  for (let i = 0; i < (big ? 32 : 16); i++) m[i] = load(data, at + 4 * i);
  v.set(s.subarray(0, n));
  for (let i = 0; i < 8; i++) {
    if (big) {
      v[n + 2 * i] = IV_LOW[i];
      v[n + 2 * i + 1] = IV_HIGH[i];
    } else v[n + i] = IV_HIGH[i];
  }
  const step = big ? 2 : 1;
  v[12 * step] ^= (total % 2 ** 32) | 0;
  v[big ? 25 : 13] ^= Math.floor(total / 2 ** 32) | 0;
  for (let i = 0; i < last; i++) for (let j = 0; j < step; j++) v[(14 + i) * step + j] ^= -1;
  for (let round = 0; round < (big ? 12 : 10); round++) {
    const sigma = SIGMA[round % 10];
    MIXES.forEach((mix, i) => {
      if (big) mixBig(mix, sigma[2 * i], sigma[2 * i + 1]);
      else mixSmall(mix, m[sigma[2 * i]], m[sigma[2 * i + 1]]);
    });
  }
  for (let i = 0; i < n; i++) s[i] ^= v[i] ^ v[i + n];
}

/**
 * An algorithm with these parameters. The state holds the chain, two words for the number of bytes taken in, and the digest's size and
 * whether this is the last node of a tree.
 */
export function blake2(big: boolean, parameters: Blake2Parameters | undefined): Algorithm {
  const blockSize = big ? 128 : 64;
  const chain = big ? 16 : 8;
  const totalOf = (s: Int32Array): number => (s[chain] >>> 0) + s[chain + 1] * 2 ** 32;
  return {
    name: big ? 'blake2b' : 'blake2s',
    blockSize,
    digestSize: 0,
    words: chain + 4,
    holdsLast: true,
    start(s) {
      const p = parameters!;
      const block = parameterBlock(p, big);
      for (let i = 0; i < 8; i++) {
        if (big) {
          s[2 * i] = IV_LOW[i] ^ load(block, 8 * i);
          s[2 * i + 1] = IV_HIGH[i] ^ load(block, 8 * i + 4);
        } else s[i] = IV_HIGH[i] ^ load(block, 4 * i);
      }
      s[chain + 2] = p.digestSize;
      s[chain + 3] = p.lastNode ? 1 : 0;
    },
    blocks(s, data, from, end) {
      let total = totalOf(s);
      for (let at = from; at < end; at += blockSize) compress(s, data, at, (total += blockSize), big, 0);
      s[chain] = (total % 2 ** 32) | 0;
      s[chain + 1] = Math.floor(total / 2 ** 32);
    },
    finish(s, rest) {
      const last = new Uint8Array(blockSize);
      last.set(rest);
      compress(s, last, 0, totalOf(s) + rest.length, big, s[chain + 3] === 1 ? 2 : 1);
      const out = new Uint8Array(chain * 4);
      const view = new DataView(out.buffer);
      for (let i = 0; i < chain; i++) view.setInt32(4 * i, s[i], true);
      return out.subarray(0, s[chain + 2]);
    },
  };
}

/** Digest size of a state. */
export const blake2DigestSize = (s: Int32Array, big: boolean): number => s[(big ? 16 : 8) + 2];
