/** Error and gamma functions: series and continued fractions of Abramowitz & Stegun chapter 6 and 7, Stirling's series with recurrence. */

const ROOT_PI = Math.sqrt(Math.PI);

/** The series 7.1.6 of erf, for small |x|: all terms have one sign. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-18; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / ROOT_PI) * Math.exp(-x * x) * sum;
}

/** The continued fraction 7.1.14 of erfc, for x >= 1.5, from the inside. */
function erfcFraction(x: number): number {
  let f = 0;
  for (let n = 120; n > 0; n--) f = n / 2 / (x + f);
  return Math.exp(-x * x) / ROOT_PI / (x + f);
}

export function erf(x: number): number {
  if (x !== x || x === 0) return x;
  const m = Math.abs(x);
  const r = m < 1.5 ? erfSeries(m) : m > 6 ? 1 : 1 - erfcFraction(m);
  return x < 0 ? -r : r;
}

export function erfc(x: number): number {
  if (x !== x) return x;
  if (Math.abs(x) < 1.5) return 1 - erf(x);
  const r = Math.abs(x) > 30 ? 0 : erfcFraction(Math.abs(x));
  return x < 0 ? 2 - r : r;
}

/** Bernoulli terms B(2k) / (2k (2k - 1)) of 6.1.41. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];

const stirling = (x: number): number => STIRLING.reduceRight((s, c) => s / (x * x) + c, 0) / x;

/** Gamma; NaN at the poles. */
export function gamma(x: number): number {
  if (x === Infinity || x !== x) return x;
  if (x === -Infinity || (x <= 0 && Number.isInteger(x))) return Number.NaN;
  if (Number.isInteger(x) && x < 24) {
    let r = 1;
    for (let i = 2; i < x; i++) r *= i;
    return r;
  }
  if (x > 172) return Infinity;
  if (x < -190) return Math.floor(x) % 2 === 0 ? 0 : -0;
  if (x < 0.5) return Math.PI / (sinPi(x) * gamma(1 - x));
  let scale = 1;
  let y = x;
  for (; y < 12; y++) scale *= y;
  const half = y ** (y / 2 - 0.25);
  return (Math.sqrt(2 * Math.PI) * half * Math.exp(-y) * half * Math.exp(stirling(y))) / scale;
}

function sinPi(x: number): number {
  const r = x - 2 * Math.round(x / 2);
  return Math.abs(r) <= 0.25 ? Math.sin(Math.PI * r) : Math.sign(r) * Math.cos(Math.PI * (Math.abs(r) - 0.5));
}

/** log of |gamma|; NaN at the poles. */
export function lgamma(x: number): number {
  if (x !== x) return x;
  if (!Number.isFinite(x)) return Infinity;
  if (x <= 0 && Number.isInteger(x)) return Number.NaN;
  if (x === 1 || x === 2) return 0;
  if (x < 0.5) return Math.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
  let scale = 1;
  let y = x;
  for (; y < 12; y++) scale *= y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + stirling(y) - Math.log(scale);
}
