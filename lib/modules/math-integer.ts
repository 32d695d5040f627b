/** Integer functions of the module math, on JS bigints. */

/** Greatest common divisor, not negative. */
export function gcdBig(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

/** Largest integer whose square is not above n, by Newton's iteration from above. */
export function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** Product of the integers from low to high, by halves so that factors stay of like size. */
function product(low: bigint, high: bigint): bigint {
  if (high - low < 16n) {
    let r = 1n;
    for (let i = low; i <= high; i++) r *= i;
    return r;
  }
  const middle = (low + high) >> 1n;
  return product(low, middle) * product(middle + 1n, high);
}

/** n (n - 1) ... (n - k + 1). */
export const falling = (n: bigint, k: bigint): bigint => product(n - k + 1n, n);

/** Ways to choose k of n. */
export function binomial(n: bigint, k: bigint): bigint {
  if (k > n) return 0n;
  const least = k < n - k ? k : n - k;
  return falling(n, least) / falling(least, least);
}
