/** SHA-512 and SHA-384 (FIPS 180-4): 64-bit words as pairs of 32-bit halves, the high one first. */
import { type Algorithm, padded, wordsToBytes } from './algorithm.js';
import { longSquares, roundConstants } from './md.js';

const HIGH = 0;
const LOW = 1;
const w = new Int32Array(160);

let constants: Int32Array | undefined;
function k(): Int32Array {
  constants ??= Int32Array.from(roundConstants().flatMap((x) => [Number(x >> 32n) | 0, Number(x & 0xffffffffn) | 0]));
  return constants;
}

/** Carries out of the sum of low halves, as unsigned numbers. */
const carry = (sum: number): number => Math.floor(sum / 2 ** 32);

function expand(data: Uint8Array, at: number): void {
  for (let i = 0, p = at; i < 32; i++, p += 4)
    w[i] = (data[p] << 24) | (data[p + 1] << 16) | (data[p + 2] << 8) | data[p + 3];
  for (let i = 32; i < 160; i += 2) {
    const [xh, xl] = [w[i - 30], w[i - 29]];
    const s0h = ((xh >>> 1) | (xl << 31)) ^ ((xh >>> 8) | (xl << 24)) ^ (xh >>> 7);
    const s0l = ((xl >>> 1) | (xh << 31)) ^ ((xl >>> 8) | (xh << 24)) ^ ((xl >>> 7) | (xh << 25));
    const [yh, yl] = [w[i - 4], w[i - 3]];
    const s1h = ((yh >>> 19) | (yl << 13)) ^ ((yl >>> 29) | (yh << 3)) ^ (yh >>> 6);
    const s1l = ((yl >>> 19) | (yh << 13)) ^ ((yh >>> 29) | (yl << 3)) ^ ((yl >>> 6) | (yh << 26));
    const low = (w[i - 31] >>> 0) + (s0l >>> 0) + (w[i - 13] >>> 0) + (s1l >>> 0);
    w[i + LOW] = low | 0;
    w[i + HIGH] = (w[i - 32] + s0h + w[i - 14] + s1h + carry(low)) | 0;
  }
}

function blocks(s: Int32Array, data: Uint8Array, from: number, end: number): void {
  const K = k();
  const v = new Int32Array(16);
  for (let at = from; at < end; at += 128) {
    expand(data, at);
    v.set(s);
    for (let i = 0; i < 160; i += 2) {
      const [ah, al, bh, bl, ch, cl] = [v[0], v[1], v[2], v[3], v[4], v[5]];
      const [eh, el, fh, fl, gh, gl] = [v[8], v[9], v[10], v[11], v[12], v[13]];
      const s1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23));
      const s1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23));
      const chooseH = (eh & fh) ^ (~eh & gh);
      const chooseL = (el & fl) ^ (~el & gl);
      const t1 = (v[15] >>> 0) + (s1l >>> 0) + (chooseL >>> 0) + (K[i + LOW] >>> 0) + (w[i + LOW] >>> 0);
      const t1l = t1 | 0;
      const t1h = (v[14] + s1h + chooseH + K[i] + w[i] + carry(t1)) | 0;
      const s0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25));
      const s0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25));
      const majorH = (ah & bh) ^ (ah & ch) ^ (bh & ch);
      const majorL = (al & bl) ^ (al & cl) ^ (bl & cl);
      const t2 = (s0l >>> 0) + (majorL >>> 0);
      const t2h = (s0h + majorH + carry(t2)) | 0;
      v.copyWithin(10, 8, 14);
      const e = (v[7] >>> 0) + (t1l >>> 0);
      v[9] = e | 0;
      v[8] = (v[6] + t1h + carry(e)) | 0;
      v.copyWithin(2, 0, 6);
      const a = (t1l >>> 0) + ((t2 | 0) >>> 0);
      v[1] = a | 0;
      v[0] = (t1h + t2h + carry(a)) | 0;
    }
    for (let i = 0; i < 16; i += 2) {
      const low = (s[i + LOW] >>> 0) + (v[i + LOW] >>> 0);
      s[i + LOW] = low | 0;
      s[i] = (s[i] + v[i] + carry(low)) | 0;
    }
  }
}

const make = (name: string, digestSize: number, from: number): Algorithm => ({
  name,
  native: name,
  blockSize: 128,
  digestSize,
  words: 16,
  start: (s) => s.set(longSquares(from).flatMap((x) => [Number(x >> 32n) | 0, Number(x & 0xffffffffn) | 0])),
  blocks,
  finish(state, rest, total) {
    const last = padded(rest, total, 128, 16, true);
    blocks(state, last, 0, last.length);
    return wordsToBytes(state, digestSize, true);
  },
});

export const sha512 = make('sha512', 64, 0);
export const sha384 = make('sha384', 48, 8);
