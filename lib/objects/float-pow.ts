/**
 * x ** y of finite doubles, x > 0. V8's own `**` errs by a unit in the last place where the C library that CPython calls hardly ever does. Small whole and
 * half exponents, the common ones, are computed in pairs of doubles, about 100 bits, and rounded once (Dekker 1971); the rest is V8's.
 */

/** A sum hi + lo, |lo| at most half a unit of hi. */
type Pair = readonly [hi: number, lo: number];

const SPLITTER = 134217729;
const EXPONENT_MOST = 64;
/** Beyond these the parts of products overflow or lose bits. */
const LARGE = 2 ** 480;
const SMALL = 2 ** -480;

function twoSum(a: number, b: number): Pair {
  const s = a + b;
  const t = s - a;
  return [s, a - (s - t) + (b - t)];
}

function twoProduct(a: number, b: number): Pair {
  const p = a * b;
  const ca = SPLITTER * a;
  const cb = SPLITTER * b;
  const ah = ca - (ca - a);
  const bh = cb - (cb - b);
  const al = a - ah;
  const bl = b - bh;
  return [p, ah * bh - p + ah * bl + al * bh + al * bl];
}

function multiply(a: Pair, b: Pair): Pair {
  const [p, e] = twoProduct(a[0], b[0]);
  return twoSum(p, e + a[0] * b[1] + a[1] * b[0]);
}

/** 1 / a. */
function inverse(a: Pair): Pair {
  const q = 1 / a[0];
  const [p, e] = twoProduct(q, a[0]);
  return twoSum(q, q * (1 - p - e - q * a[1]));
}

function root(x: number): Pair {
  const r = Math.sqrt(x);
  const [p, e] = twoProduct(r, r);
  return twoSum(r, (x - p - e) / (2 * r));
}

/** x^n, n > 0; the first product is exact, the others nearly. */
function whole(x: number, n: number): Pair {
  let result: Pair | undefined;
  let power: Pair = [x, 0];
  for (let k = n; ; ) {
    if ((k & 1) !== 0) result = result === undefined ? power : multiply(result, power);
    k >>= 1;
    if (k === 0) return result!;
    power = multiply(power, power);
  }
}

/** x ** y for finite x > 0 and finite y. Infinity or 0 where the result has no double. */
export function positivePower(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (y === 1) return x;
  if (y === -1) return 1 / x;
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  const rough = x ** y;
  const n = Math.abs(y);
  if (n > EXPONENT_MOST || !Number.isInteger(2 * n) || !(rough < LARGE && rough > SMALL && x < LARGE && x > SMALL))
    return rough;
  let r = n >= 1 ? whole(x, Math.floor(n)) : undefined;
  if (!Number.isInteger(n)) r = r === undefined ? root(x) : multiply(r, root(x));
  const [hi, lo] = y < 0 ? inverse(r!) : r!;
  return hi + lo;
}
