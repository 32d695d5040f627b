/** `_bisect`: binary search and insertion in sorted sequences (https://docs.python.org/3.14/library/bisect.html). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, getAttr, getItem, length } from '../objects/abstract.js';
import { compares } from '../objects/compare.js';
import { defineModule, type MethodRow } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { listAt, listSplice } from '../objects/list.js';
import { isExact } from '../objects/object.js';
import { CMP_LT } from '../objects/slots.js';
import { intern } from '../objects/strings.js';
import { call2 } from '../objects/call.js';
import { sizeArgument } from './arguments.js';

const I32 = i32;

const less = (a: number, b: number): number => compares(a, b, CMP_LT);

/** The value of the item at `i` that is compared; 0 with the exception set. */
function keyAt(a: number, i: number, key: number): number {
  const item = isExact(a, L.KIND_LIST) ? listAt(a, i) : getItem(a, intFromNumber(i));
  const found = item === 0 && isExact(a, L.KIND_LIST) ? raise('IndexError', 'list index out of range') : item;
  return found === 0 || key === 0 ? found : call1(key, found);
}

/** Where x belongs among the items from lo to hi, behind its equals when `right`; -1 with the exception set. */
function search(a: number, x: number, lo: number, hi: number, key: number, right: boolean): number {
  const slot = root(x);
  let low = lo;
  let high = hi;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const item = keyAt(a, middle, key);
    const itemSlot = item === 0 ? 0 : root(item);
    const r = item === 0 ? -1 : right ? less(x, item) : less(item, x);
    if (item !== 0) unroot(itemSlot);
    if (r < 0) {
      low = -1;
      break;
    }
    if ((r === 1) === right) high = middle;
    else low = middle + 1;
  }
  unroot(slot);
  return low;
}

/** Bounds from the words args + 2 and args + 3 (0: missing); undefined with the exception set. */
function bounds(args: number): readonly [number, number] | undefined {
  const lo = I32[args + 2] === 0 ? 0 : sizeArgument(I32[args + 2]);
  if (Number.isNaN(lo)) return undefined;
  if (lo < 0) return void raise('ValueError', 'lo must be non-negative');
  const given = I32[args + 3];
  const hi = given === 0 || given === H.NONE ? length(I32[args]) : sizeArgument(given);
  return Number.isNaN(hi) || (hi < 0 && (given === 0 || given === H.NONE)) ? undefined : [lo, hi];
}

const keyArgument = (args: number): number => (I32[args + 4] === H.NONE ? 0 : I32[args + 4]);

const bisect =
  (right: boolean) =>
  (args: number): number => {
    const range = bounds(args);
    const at =
      range === undefined ? -1 : search(I32[args], I32[args + 1], range[0], range[1], keyArgument(args), right);
    return at < 0 ? 0 : intFromNumber(at);
  };

const insort =
  (right: boolean) =>
  (args: number): number => {
    const [a, x, key] = [I32[args], I32[args + 1], keyArgument(args)];
    const range = bounds(args);
    const value = range === undefined || key === 0 ? x : call1(key, x);
    const at = range === undefined || value === 0 ? -1 : search(a, value, range[0], range[1], key, right);
    if (at < 0) return 0;
    if (isExact(a, L.KIND_LIST)) {
      listSplice(a, at, at, [x]);
      return H.NONE;
    }
    const insert = getAttr(a, intern('insert'));
    return insert === 0 || call2(insert, intFromNumber(at), x) === 0 ? 0 : H.NONE;
  };

const rows = (names: readonly string[], run: (args: number) => number): MethodRow[] =>
  names.map((name) => [name, run, '(a, x, lo=0, hi=None, *, key=None)']);

defineModule({
  name: '_bisect',
  doc: 'Bisection algorithms.',
  functions: [
    ...rows(['bisect_right', 'bisect'], bisect(true)),
    ...rows(['bisect_left'], bisect(false)),
    ...rows(['insort_right', 'insort'], insort(true)),
    ...rows(['insort_left'], insort(false)),
  ],
});
