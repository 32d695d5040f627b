/** Comparisons for sorting and searching: no call, no root, no result object where both values are small ints, floats or strings. */
import * as H from '../heap/handles.js';
import { compareOp, isTrue } from './abstract.js';
import { isPlainStr } from './object.js';
import { CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT } from './slots.js';
import { compareStr } from './str.js';

/** plainOrder's answer for other values, and for NaN. */
export const UNORDERED = 2;

/** -1, 0 or 1 for two small ints, two floats or two plain strings. */
export function plainOrder(a: number, b: number): number {
  if ((a & b & 1) !== 0) return a < b ? -1 : a > b ? 1 : 0;
  if (H.isFloat(a) && H.isFloat(b)) {
    const x = H.granule(a);
    const y = H.granule(b);
    return x < y ? -1 : x > y ? 1 : x === y ? 0 : UNORDERED;
  }
  return isPlainStr(a) && isPlainStr(b) ? compareStr(a, b) : UNORDERED;
}

/** Does an order (negative, 0, positive) satisfy CMP_*? */
export function satisfies(order: number, op: number): boolean {
  switch (op) {
    case CMP_LT:
      return order < 0;
    case CMP_LE:
      return order <= 0;
    case CMP_EQ:
      return order === 0;
    case CMP_GT:
      return order > 0;
    case CMP_GE:
      return order >= 0;
    default:
      return order !== 0;
  }
}

/** Is a <op> b true? 1, 0, or -1 with the exception set. */
export function compares(a: number, b: number, op: number): number {
  const order = plainOrder(a, b);
  if (order !== UNORDERED) return satisfies(order, op) ? 1 : 0;
  const r = compareOp(a, b, op);
  return r === 0 ? -1 : isTrue(r);
}
