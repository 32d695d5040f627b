/** Integer functions of the module math, on JS bigints. */
import { loopPoll } from '../objects/poll.js';

/** Greatest common divisor, not negative; undefined with an exception set when the thread was interrupted. */
export function gcdBig(a: bigint, b: bigint): bigint | undefined {
  while (b !== 0n) {
    [a, b] = [b, a % b];
    if (loopPoll() === 0) return undefined;
  }
  return a < 0n ? -a : a;
}

/** A power of two above the root of n, or for large n a number above it that agrees in the first half of the digits. */
function rootAbove(n: bigint): bigint {
  const digits = n.toString(16).length;
  if (digits < 32) return 1n << BigInt(digits * 2);
  const shift = BigInt(digits & ~3);
  return (squareRoot(n >> (2n * shift)) + 1n) << shift;
}

/** Largest integer whose square is not above n, by Newton's iteration from above. */
export function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = rootAbove(n);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** Product of the integers from low to high, by halves so that factors stay of like size; 0n with an exception set when the thread was interrupted. */
function product(low: bigint, high: bigint): bigint {
  if (high - low < 16n) {
    if (loopPoll() === 0) return 0n;
    let r = 1n;
    for (let i = low; i <= high; i++) r *= i;
    return r;
  }
  const middle = (low + high) >> 1n;
  const first = product(low, middle);
  return first === 0n ? 0n : first * product(middle + 1n, high);
}

/** n (n - 1) ... (n - k + 1), 0n when interrupted; k is not above n. */
export const falling = (n: bigint, k: bigint): bigint => product(n - k + 1n, n);

/** Ways to choose k, not above n, of n; undefined when interrupted. */
export function binomial(n: bigint, k: bigint): bigint | undefined {
  const least = k < n - k ? k : n - k;
  const ordered = falling(n, least);
  const orders = ordered === 0n ? 0n : falling(least, least);
  return orders === 0n ? undefined : ordered / orders;
}
