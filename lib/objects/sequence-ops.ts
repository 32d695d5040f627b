/** What list and tuple have in common: repr, comparison, index arguments, repetition. */
import { raiseMemoryError } from './memory-error.js';
import * as H from '../heap/handles.js';
import { root, unroot } from '../heap/context.js';
import { compareOp, enterRepr, equals, hasIndex, index, leaveRepr, repr } from './abstract.js';
import { plainOrder, satisfies, UNORDERED } from './compare.js';
import { raise, typeName } from './exceptions.js';
import { intToNumber } from './int.js';
import { CMP_EQ, CMP_NE } from './slots.js';
import { fromJS, toJS } from './strings.js';

/** repr of items between brackets; `at(i)` gives the item or 0 at the end. */
export function reprItems(
  self: number,
  at: (i: number) => number,
  open: string,
  close: string,
  single: string,
): number {
  if (!enterRepr(self)) return fromJS(`${open}...${close}`);
  const texts: string[] = [];
  let failed = false;
  for (let i = 0; !failed; i++) {
    const item = at(i);
    if (item === 0) break;
    const slot = root(item);
    const r = repr(item);
    unroot(slot);
    failed = r === 0;
    if (!failed) texts.push(toJS(r));
  }
  leaveRepr(self);
  return failed ? 0 : fromJS(open + texts.join(', ') + (texts.length === 1 ? single : '') + close);
}

/** Lexicographic comparison of two sequences; `at` gives 0 at their ends. */
export function compareItems(
  a: number,
  b: number,
  at: (h: number, i: number) => number,
  length: (h: number) => number,
  op: number,
): number {
  if ((op === CMP_EQ || op === CMP_NE) && length(a) !== length(b)) return H.fromBool(op === CMP_NE);
  for (let i = 0; ; i++) {
    const x = at(a, i);
    const y = at(b, i);
    if (x === 0 || y === 0) break;
    if (x === y) continue;
    const order = plainOrder(x, y);
    if (order === 0) continue;
    if (order !== UNORDERED) return H.fromBool(satisfies(order, op));
    const slot = root(x);
    root(y);
    const same = equals(x, y);
    const result = same !== 0 ? 0 : op === CMP_EQ ? H.FALSE : op === CMP_NE ? H.TRUE : compareOp(x, y, op);
    unroot(slot);
    if (same < 0) return 0;
    if (same === 0) return result;
  }
  return H.fromBool(satisfies(length(a) - length(b), op));
}

/** Index argument of `index(x, start, stop)`: clamped; NaN with the exception set. */
export function boundArgument(h: number, n: number, fallback: number): number {
  if (h === 0) return fallback;
  if (!hasIndex(h)) {
    raise('TypeError', 'slice indices must be integers or have an __index__ method');
    return Number.NaN;
  }
  const i = index(h);
  if (i === 0) return Number.NaN;
  const k = intToNumber(i);
  return k < 0 ? Math.max(0, k + n) : k;
}

/** Position of an equal item from `start` to before `stop`: -1 none, -2 with the exception set. */
export function findItem(at: (i: number) => number, value: number, start = 0, stop = Infinity): number {
  for (let i = start; i < stop; i++) {
    const item = at(i);
    if (item === 0) return -1;
    const slot = root(item);
    const same = equals(item, value);
    unroot(slot);
    if (same !== 0) return same < 0 ? -2 : i;
  }
  return -1;
}

/** Number of items equal to the value; -1 with the exception set. */
export function countItem(at: (i: number) => number, value: number): number {
  let n = 0;
  for (let i = -1; ; n++) {
    i = findItem(at, value, i + 1);
    if (i < 0) return i === -2 ? -1 : n;
  }
}

/** A count as CPython's Py_ssize_t, at least 0; NaN with OverflowError set. */
export function sizeOf(n: number, h: number): number {
  if (Math.abs(n) < 2 ** 63) return Math.max(0, n);
  raise('OverflowError', `cannot fit '${typeName(h)}' into an index-sized integer`);
  return Number.NaN;
}

/** A repetition count: not negative; NaN with the exception set, -1 when `h` is no index (NOT_IMPLEMENTED). */
export function repeatCount(h: number, length: number): number {
  if (!hasIndex(h)) return -1;
  const i = index(h);
  if (i === 0) return Number.NaN;
  const n = sizeOf(intToNumber(i), h);
  if (Number.isNaN(n)) return n;
  if (n * length < 2 ** 28) return length === 0 ? 0 : n;
  raiseMemoryError();
  return Number.NaN;
}
