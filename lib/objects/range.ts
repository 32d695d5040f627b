/** range: an immutable sequence of ints of any size. */
import { takeWords, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { equals, hash, hasIndex, index, repr } from './abstract.js';
import { defineType, readOnly } from './define.js';
import { raise, typeName } from './exceptions.js';
import { intFromBigInt, intFromNumber, intToBigInt, intToNumber } from './int.js';
import { newIter } from './iterators.js';
import { isInt, isKind } from './object.js';
import { loopPoll } from './poll.js';
import { newRange } from './range-make.js';
import { sliceRange } from './slice.js';
import { fromJS, toJS } from './strings.js';
import { tupleOf } from './tuple.js';
import * as T from './type-ids.js';
import { CMP_EQ, CMP_NE } from './slots.js';
import { hasKeywords } from './keywords.js';

const I32 = i32;
const field = (r: number, offset: number): number => I32[(r >>> 2) + offset];

function create(_type: number, args: number, n: number, kwnames: number): number {
  if (hasKeywords(kwnames)) return raise('TypeError', 'range() takes no keyword arguments');
  if (n === 0) return raise('TypeError', 'range expected at least 1 argument, got 0');
  if (n > 3) return raise('TypeError', `range expected at most 3 arguments, got ${n}`);
  const given = takeWords(n);
  I32.fill(0, given, given + n);
  let ok = true;
  for (let i = 0; i < n && ok; i++) ok = (I32[given + i] = index(I32[args + i])) !== 0;
  const [first, second, third] = [I32[given], I32[given + 1], n === 3 ? I32[given + 2] : 3];
  unroot(given);
  if (!ok) return 0;
  if (third === 1) return raise('ValueError', 'range() arg 3 must not be zero');
  return n === 1 ? newRange(1, first, 3) : newRange(first, second, third);
}

const big = (r: number): { start: bigint; step: bigint; count: bigint } => ({
  start: intToBigInt(field(r, L.RANGE_START)),
  step: intToBigInt(field(r, L.RANGE_STEP)),
  count: intToBigInt(field(r, L.RANGE_LENGTH)),
});

function len(r: number): number {
  const n = field(r, L.RANGE_LENGTH);
  if ((n & 1) !== 0) return n >> 1;
  const value = intToNumber(n);
  if (value < 2 ** 63) return value;
  raise('OverflowError', 'Python int too large to convert to C ssize_t');
  return -1;
}

function at(r: number, i: bigint): number {
  const { start, step, count } = big(r);
  const k = i < 0n ? i + count : i;
  if (k < 0n || k >= count) return raise('IndexError', 'range object index out of range');
  return intFromBigInt(start + k * step);
}

function sliced(r: number, slice: number): number {
  const n = len(r);
  if (n < 0) return 0;
  const s = sliceRange(slice, n);
  if (s === undefined) return 0;
  const { start, step } = big(r);
  const value = (i: number): number => intFromBigInt(start + BigInt(i) * step);
  return newRange(value(s.start), value(s.stop), intFromBigInt(step * BigInt(s.step)));
}

function getitem(r: number, k: number): number {
  if (isKind(k, L.KIND_SLICE)) return sliced(r, k);
  if (!hasIndex(k)) return raise('TypeError', `range indices must be integers or slices, not ${typeName(k)}`);
  const i = index(k);
  return i === 0 ? 0 : at(r, intToBigInt(i));
}

function iter(r: number): number {
  const [start, step, count] = [field(r, L.RANGE_START), field(r, L.RANGE_STEP), field(r, L.RANGE_LENGTH)];
  const it = newIter(T.T_RANGE_ITERATOR, 0, 0);
  const w = it >>> 2;
  if ((start & step & count & 1) !== 0 && fits((start >> 1) + ((count >> 1) - 1) * (step >> 1))) {
    I32[w + L.ITER_INDEX] = start >> 1;
    I32[w + L.ITER_STEP] = step >> 1;
    I32[w + L.ITER_END] = count >> 1;
    return it;
  }
  I32[w + L.ITER_A] = start;
  I32[w + L.ITER_B] = count;
  I32[w + L.ITER_SOURCE] = step;
  return it;
}

const fits = (n: number): boolean => n >= H.SMALL_MIN && n <= H.SMALL_MAX;

function reversed(r: number): number {
  const { start, step, count } = big(r);
  const last = start + (count - 1n) * step;
  return iter(newRange(intFromBigInt(last), intFromBigInt(start - step), intFromBigInt(-step)));
}

/** Position of an int in the range, -1n when it is not there. */
function position(r: number, h: number): bigint {
  const { start, step, count } = big(r);
  const d = intToBigInt(h) - start;
  if (d % step !== 0n) return -1n;
  const k = d / step;
  return k >= 0n && k < count ? k : -1n;
}

const plainInt = (h: number): number => (H.isBool(h) ? (h === H.TRUE ? 3 : 1) : isInt(h) ? h : 0);

/** Index of an equal value by comparing each, for values that are no ints: -1 none, -2 error. */
function search(r: number, value: number): number {
  const n = len(r);
  for (let i = 0; i < n; i++) {
    if (loopPoll() === 0) return -2;
    const same = equals(at(r, BigInt(i)), value);
    if (same !== 0) return same < 0 ? -2 : i;
  }
  return n < 0 ? -2 : -1;
}

function contains(r: number, value: number): number {
  const n = plainInt(value);
  if (n !== 0) return position(r, n) >= 0n ? 1 : 0;
  const i = search(r, value);
  return i === -2 ? -1 : i < 0 ? 0 : 1;
}

function indexMethod(args: number): number {
  const [r, value] = [I32[args], I32[args + 1]];
  const n = plainInt(value);
  const k = n !== 0 ? position(r, n) : BigInt(search(r, value));
  if (k === -2n) return 0;
  if (k >= 0n) return intFromBigInt(k);
  if (n === 0) return raise('ValueError', 'sequence.index(x): x not in sequence');
  return raise('ValueError', 'range.index(x): x not in range');
}

function count(args: number): number {
  const r = contains(I32[args], I32[args + 1]);
  return r < 0 ? 0 : intFromNumber(r);
}

function compare(a: number, b: number, op: number): number {
  if (!isKind(a, L.KIND_RANGE) || !isKind(b, L.KIND_RANGE) || (op !== CMP_EQ && op !== CMP_NE))
    return H.NOT_IMPLEMENTED;
  const [x, y] = [big(a), big(b)];
  const same =
    x.count === y.count && (x.count === 0n || (x.start === y.start && (x.count === 1n || x.step === y.step)));
  return H.fromBool(same === (op === CMP_EQ));
}

function hashRange(r: number): number {
  const { count: n } = big(r);
  const start = n === 0n ? H.NONE : field(r, L.RANGE_START);
  return hash(tupleOf(field(r, L.RANGE_LENGTH), start, n <= 1n ? H.NONE : field(r, L.RANGE_STEP)));
}

function reprRange(r: number): number {
  const text = (offset: number): string => toJS(repr(field(r, offset)));
  const step = field(r, L.RANGE_STEP) === 3 ? '' : `, ${text(L.RANGE_STEP)}`;
  return fromJS(`range(${text(L.RANGE_START)}, ${text(L.RANGE_STOP)}${step})`);
}

defineType({
  id: T.T_RANGE,
  name: 'range',
  kind: L.KIND_RANGE,
  final: true,
  matchSequence: true,
  doc: 'range(stop) -> range object\nrange(start, stop[, step]) -> range object',
  methods: [
    ['index', indexMethod, [1, 1]],
    ['count', count, [1, 1]],
    ['__len__', (args) => (len(I32[args]) < 0 ? 0 : field(I32[args], L.RANGE_LENGTH)), [0, 0]],
    ['__reversed__', (args) => reversed(I32[args]), [0, 0]],
  ],
  getset: [
    readOnly('start', (r) => field(r, L.RANGE_START)),
    readOnly('stop', (r) => field(r, L.RANGE_STOP)),
    readOnly('step', (r) => field(r, L.RANGE_STEP)),
  ],
  slots: {
    create,
    len,
    getitem,
    iter,
    contains,
    compare,
    hash: hashRange,
    repr: reprRange,
    bool: (r) => (field(r, L.RANGE_LENGTH) === 1 ? 0 : 1),
  },
});
