/** Arithmetic of complex numbers on pairs of doubles. */
import { newComplex } from './complex.js';
import { raise } from './exceptions.js';

const overflow = (): number => raise('OverflowError', 'complex exponentiation');

/** (ar + ai j) ** (br + bi j): integral exponents up to 100 by squaring, others in polar form. */
export function complexPower(ar: number, ai: number, br: number, bi: number): number {
  if (br === 0 && bi === 0) return newComplex(1, 0);
  if (ar === 0 && ai === 0)
    return bi !== 0 || br < 0 ? raise('ZeroDivisionError', 'zero to a negative or complex power') : newComplex(0, 0);
  if (bi === 0 && Number.isInteger(br) && Math.abs(br) <= 100) return integerPower(ar, ai, br);
  const size = Math.hypot(ar, ai);
  const angle = Math.atan2(ai, ar);
  let length = size ** br;
  let phase = angle * br;
  if (bi !== 0) {
    length *= Math.exp(-angle * bi);
    phase += bi * Math.log(size);
  }
  const re = length * Math.cos(phase);
  const im = length * Math.sin(phase);
  return Number.isFinite(re) && Number.isFinite(im) ? newComplex(re, im) : overflow();
}

function integerPower(ar: number, ai: number, n: number): number {
  let [re, im, x, y] = [1, 0, ar, ai];
  for (let k = Math.abs(n); k > 0; k >>= 1) {
    if ((k & 1) !== 0) [re, im] = [re * x - im * y, re * y + im * x];
    [x, y] = [x * x - y * y, 2 * x * y];
  }
  if (n < 0) [re, im] = quotient(1, 0, re, im);
  return Number.isFinite(re) && Number.isFinite(im) ? newComplex(re, im) : overflow();
}

/** Quotient by Smith's method (Smith 1962): scales by the larger part of the divisor, which is not 0. */
export function quotient(ar: number, ai: number, br: number, bi: number): [number, number] {
  if (Math.abs(br) >= Math.abs(bi)) {
    const r = bi / br;
    const d = br + bi * r;
    return [(ar + ai * r) / d, (ai - ar * r) / d];
  }
  const r = br / bi;
  const d = br * r + bi;
  return [(ar * r + ai) / d, (ai * r - ar) / d];
}

/** x / (br + bi j) for a real x. */
export function realQuotient(x: number, br: number, bi: number): [number, number] {
  if (Math.abs(br) >= Math.abs(bi)) {
    const r = bi / br;
    const d = br + bi * r;
    return [x / d, (-x * r) / d];
  }
  const r = br / bi;
  const d = br * r + bi;
  return [(x * r) / d, -x / d];
}
