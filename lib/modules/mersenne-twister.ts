/**
 * The Mersenne Twister MT19937 (Matsumoto and Nishimura 1998) on 624 words of state and an index behind them, in the space: the same numbers
 * as CPython's random for the same seed.
 */
import { i32 } from '../heap/memory.js';

const I32 = i32;

export const STATE_WORDS = 624;
const M = 397;
const UPPER = 0x80000000 | 0;
const LOWER = 0x7fffffff;
const MATRIX = 0x9908b0df | 0;

/** Seeds the state at word w from one number. */
function initOne(w: number, seed: number): void {
  I32[w] = seed;
  for (let i = 1; i < STATE_WORDS; i++) {
    const x = I32[w + i - 1] ^ (I32[w + i - 1] >>> 30);
    I32[w + i] = (Math.imul(1812433253, x) + i) | 0;
  }
  I32[w + STATE_WORDS] = STATE_WORDS;
}

/** Seeds the state from a list of numbers, not empty. */
export function initByArray(w: number, key: ArrayLike<number>): void {
  initOne(w, 19650218);
  let i = 1;
  let j = 0;
  const step = (factor: number, add: number): void => {
    const before = I32[w + i - 1];
    I32[w + i] = ((I32[w + i] ^ Math.imul(before ^ (before >>> 30), factor)) + add) | 0;
    if (++i < STATE_WORDS) return;
    I32[w] = I32[w + STATE_WORDS - 1];
    i = 1;
  };
  for (let k = Math.max(STATE_WORDS, key.length); k > 0; k--) {
    step(1664525, key[j] + j);
    if (++j >= key.length) j = 0;
  }
  for (let k = STATE_WORDS - 1; k > 0; k--) step(1566083941, -i);
  I32[w] = UPPER;
}

const mix = (high: number, low: number): number => {
  const y = (high & UPPER) | (low & LOWER);
  return (y >>> 1) ^ ((y & 1) !== 0 ? MATRIX : 0);
};

function generate(w: number): void {
  let k = 0;
  for (; k < STATE_WORDS - M; k++) I32[w + k] = I32[w + k + M] ^ mix(I32[w + k], I32[w + k + 1]);
  for (; k < STATE_WORDS - 1; k++) I32[w + k] = I32[w + k + M - STATE_WORDS] ^ mix(I32[w + k], I32[w + k + 1]);
  I32[w + k] = I32[w + M - 1] ^ mix(I32[w + k], I32[w]);
  I32[w + STATE_WORDS] = 0;
}

/** The next 32 random bits, as an int32. */
export function next(w: number): number {
  if (I32[w + STATE_WORDS] >= STATE_WORDS) generate(w);
  let y = I32[w + I32[w + STATE_WORDS]++];
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >>> 18);
}

/** The next double in [0, 1): 53 random bits. */
export function nextDouble(w: number): number {
  const a = next(w) >>> 5;
  const b = next(w) >>> 6;
  return (a * 67108864 + b) / 9007199254740992;
}
