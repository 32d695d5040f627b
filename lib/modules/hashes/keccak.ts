/** SHA-3 and SHAKE (FIPS 202): a state of 25 64-bit lanes, each as low and high half. */
import type { Algorithm } from './algorithm.js';

/** Rotations and the order of lanes in the combined steps rho and pi, and the constants of iota, from their definitions. */
const ROTATION = new Uint8Array(25);
const TARGET = new Uint8Array(25);
(() => {
  let [x, y] = [1, 0];
  for (let t = 0; t < 24; t++) {
    ROTATION[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  for (let i = 0; i < 25; i++) TARGET[i] = Math.floor(i / 5) + 5 * ((2 * (i % 5) + 3 * Math.floor(i / 5)) % 5);
})();

const ROUNDS = new Int32Array(48);
(() => {
  let lfsr = 1;
  for (let round = 0; round < 24; round++)
    for (let j = 0; j < 7; j++) {
      const bit = 2 ** j - 1;
      if ((lfsr & 1) !== 0) ROUNDS[round * 2 + (bit >> 5)] ^= 1 << (bit & 31);
      lfsr = (lfsr << 1) ^ ((lfsr & 0x80) !== 0 ? 0x171 : 0);
    }
})();

const c = new Int32Array(10);
const b = new Int32Array(50);

function permute(a: Int32Array): void {
  for (let round = 0; round < 24; round++) {
    for (let i = 0; i < 10; i++) c[i] = a[i] ^ a[i + 10] ^ a[i + 20] ^ a[i + 30] ^ a[i + 40];
    for (let x = 0; x < 5; x++) {
      const l = ((x + 4) % 5) * 2;
      const r = ((x + 1) % 5) * 2;
      const low = c[l] ^ ((c[r] << 1) | (c[r + 1] >>> 31));
      const high = c[l + 1] ^ ((c[r + 1] << 1) | (c[r] >>> 31));
      for (let y = x * 2; y < 50; y += 10) {
        a[y] ^= low;
        a[y + 1] ^= high;
      }
    }
    for (let i = 0; i < 25; i++) {
      const n = ROTATION[i];
      const swap = n >= 32;
      const [low, high] = swap ? [a[2 * i + 1], a[2 * i]] : [a[2 * i], a[2 * i + 1]];
      const m = n & 31;
      b[2 * TARGET[i]] = m === 0 ? low : (low << m) | (high >>> (32 - m));
      b[2 * TARGET[i] + 1] = m === 0 ? high : (high << m) | (low >>> (32 - m));
    }
    for (let y = 0; y < 50; y += 10)
      for (let x = 0; x < 10; x++) a[y + x] = b[y + x] ^ (~b[y + ((x + 2) % 10)] & b[y + ((x + 4) % 10)]);
    a[0] ^= ROUNDS[2 * round];
    a[1] ^= ROUNDS[2 * round + 1];
  }
}

function absorb(a: Int32Array, data: Uint8Array, at: number, rate: number): void {
  for (let i = 0, p = at; i < rate / 4; i++, p += 4)
    a[i] ^= data[p] | (data[p + 1] << 8) | (data[p + 2] << 16) | (data[p + 3] << 24);
  permute(a);
}

const make = (name: string, rate: number, digestSize: number, suffix: number, native?: string): Algorithm => ({
  name,
  ...(native === undefined ? {} : { native }),
  blockSize: rate,
  digestSize,
  words: 50,
  start: (s) => s.fill(0),
  blocks(state, data, from, end) {
    for (let at = from; at < end; at += rate) absorb(state, data, at, rate);
  },
  finish(state, rest, _total, length) {
    const last = new Uint8Array(rate);
    last.set(rest);
    last[rest.length] = suffix;
    last[rate - 1] |= 0x80;
    absorb(state, last, 0, rate);
    const out = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      const at = i % rate;
      if (i > 0 && at === 0) permute(state);
      out[i] = state[at >> 2] >>> ((at & 3) * 8);
    }
    return out;
  },
});

export const sha3 = [28, 32, 48, 64].map((size) =>
  make(`sha3_${size * 8}`, 200 - 2 * size, size, 0x06, `sha3-${size * 8}`),
);
export const shake = [128, 256].map((bits) => make(`shake_${bits}`, 200 - bits / 4, 0, 0x1f));
