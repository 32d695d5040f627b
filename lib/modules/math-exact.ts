/** Sums and products of doubles without intermediate rounding, on bigints, and steps between neighbouring doubles. */
import { decompose } from '../objects/float.js';
import { ratio } from '../objects/int-type.js';

/** m * 2**e. */
export type Exact = [bigint, number];

/** The double nearest the exact sum. */
export function exactSum(terms: readonly Exact[]): number {
  const least = terms.reduce((m, [n, e]) => (n === 0n ? m : Math.min(m, e)), 5000);
  let total = 0n;
  for (const [m, e] of terms) if (m !== 0n) total += m << BigInt(e - least);
  if (total === 0n) return 0;
  return least >= 0 ? ratio(total << BigInt(least), 1n) : ratio(total, 1n << BigInt(-least));
}

/** x * y + z rounded once. */
export function fusedMultiplyAdd(x: number, y: number, z: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z))
    return Number.isFinite(x) && Number.isFinite(y) ? z : x * y + z;
  const rough = x * y;
  if (rough === 0 && (x === 0 || y === 0)) return rough + z;
  const [a, e] = decompose(x);
  const [b, f] = decompose(y);
  const r = exactSum([[a * b, e + f], decompose(z)]);
  return r === 0 && (rough < 0 || Object.is(rough, -0)) && (z === 0 ? Object.is(z, -0) : false) ? -0 : r;
}

const view = new DataView(new ArrayBuffer(8));

/** Position of a double in their order, 0 for both zeros. */
function ordinal(x: number): bigint {
  view.setFloat64(0, Math.abs(x));
  const n = view.getBigUint64(0);
  return x < 0 ? -n : n;
}

function fromOrdinal(n: bigint): number {
  view.setBigUint64(0, n < 0n ? -n : n);
  const x = view.getFloat64(0);
  return n < 0n ? -x : x;
}

/** The double `steps` after x towards y. */
export function nextAfter(x: number, y: number, steps = 1n): number {
  if (x !== x) return x;
  if (y !== y || steps === 0n) return steps === 0n ? x : y;
  if (x === y) return y;
  const from = ordinal(x);
  const to = ordinal(y);
  const gap = to > from ? to - from : from - to;
  if (steps >= gap) return y;
  const r = fromOrdinal(to > from ? from + steps : from - steps);
  return r === 0 && x < 0 ? -0 : r;
}
