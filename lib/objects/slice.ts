/** Slices: indices of a sequence (https://docs.python.org/3.14/library/functions.html#slice). */
import { newObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { compareOp, hasIndex, index, repr } from './abstract.js';
import { defineType } from './define.js';
import { raise } from './exceptions.js';
import { intFromBigInt, intToBigInt, intToNumber } from './int.js';
import { hashHalves } from './hash.js';
import { acc, beginItems, endItems, foldItem, hashFromAcc } from './hash64.js';
import { isKind } from './object.js';
import { fromJS, toJS } from './strings.js';
import { tupleOf } from './tuple.js';
import * as T from './type-ids.js';
import { hasKeywords } from './keywords.js';

const I32 = i32;

export function newSlice(start: number, stop: number, step: number): number {
  const s = newObject(L.KIND_SLICE, 64, T.typeHandle(T.T_SLICE));
  const w = s >>> 2;
  I32[w + L.SLICE_START] = start;
  I32[w + L.SLICE_STOP] = stop;
  I32[w + L.SLICE_STEP] = step;
  return s;
}

export interface SliceRange {
  start: number;
  stop: number;
  step: number;
  /** Number of items selected. */
  count: number;
}

/** An index of a slice as a JS number (None: `fallback`); NaN with the exception set. */
function sliceIndex(h: number, fallback: number): number {
  if (h === H.NONE) return fallback;
  if ((h & 1) !== 0) return h >> 1;
  if (!hasIndex(h)) {
    raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
    return Number.NaN;
  }
  const n = index(h);
  return n === 0 ? Number.NaN : Math.max(-(2 ** 53), Math.min(2 ** 53, intToNumber(n)));
}

const clamp = (i: number, n: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, i < 0 ? i + n : i));

/** What the slice selects of a sequence of length `n`, unless an index is wrong: then undefined with the exception set. */
export function sliceRange(slice: number, n: number): SliceRange | undefined {
  const w = slice >>> 2;
  const step = sliceIndex(I32[w + L.SLICE_STEP], 1);
  if (Number.isNaN(step)) return undefined;
  if (step === 0) {
    raise('ValueError', 'slice step cannot be zero');
    return undefined;
  }
  const low = step < 0 ? -1 : 0;
  const high = step < 0 ? n - 1 : n;
  const first =
    I32[w + L.SLICE_START] === H.NONE ? (step < 0 ? high : low) : clampOf(I32[w + L.SLICE_START], n, low, high);
  if (Number.isNaN(first)) return undefined;
  const stop =
    I32[w + L.SLICE_STOP] === H.NONE ? (step < 0 ? low : high) : clampOf(I32[w + L.SLICE_STOP], n, low, high);
  if (Number.isNaN(stop)) return undefined;
  const count = step > 0 ? Math.ceil((stop - first) / step) : Math.ceil((first - stop) / -step);
  return { start: first, stop, step, count: Math.max(0, count) };
}

function clampOf(h: number, n: number, low: number, high: number): number {
  const i = sliceIndex(h, 0);
  return Number.isNaN(i) ? i : clamp(i, n, low, high);
}

function create(type: number, args: number, n: number, kwnames: number): number {
  if (hasKeywords(kwnames)) return raise('TypeError', 'slice() takes no keyword arguments');
  if (n === 0) return raise('TypeError', 'slice expected at least 1 argument, got 0');
  if (n > 3) return raise('TypeError', `slice expected at most 3 arguments, got ${n}`);
  if (n === 1) return newSlice(H.NONE, I32[args], H.NONE);
  return newSlice(I32[args], I32[args + 1], n === 3 ? I32[args + 2] : H.NONE);
}

const parts = (s: number): readonly [number, number, number] => [
  I32[(s >>> 2) + 4],
  I32[(s >>> 2) + 5],
  I32[(s >>> 2) + 6],
];
const asTuple = (s: number): number => tupleOf(...parts(s));

function reprSlice(s: number): number {
  const texts: string[] = [];
  for (const p of parts(s)) {
    const r = repr(p);
    if (r === 0) return 0;
    texts.push(toJS(r));
  }
  return fromJS(`slice(${texts.join(', ')})`);
}

/** slice.indices(length), exact for any size. */
function indices(args: number): number {
  const given = index(I32[args + 1]);
  if (given === 0) return 0;
  const n = intToBigInt(given);
  if (n < 0n) return raise('ValueError', 'length should not be negative');
  const big: (bigint | undefined)[] = [];
  for (const p of parts(I32[args])) {
    if (p === H.NONE) {
      big.push(undefined);
      continue;
    }
    if (!hasIndex(p)) return raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
    const i = index(p);
    if (i === 0) return 0;
    big.push(intToBigInt(i));
  }
  return indicesTuple(n, big);
}

function indicesTuple(n: bigint, [start, stop, given]: (bigint | undefined)[]): number {
  const step = given ?? 1n;
  if (step === 0n) return raise('ValueError', 'slice step cannot be zero');
  const low = step < 0n ? -1n : 0n;
  const high = step < 0n ? n - 1n : n;
  const fit = (i: bigint): bigint => {
    const at = i < 0n ? i + n : i;
    return at < low ? low : at > high ? high : at;
  };
  const first = start === undefined ? (step < 0n ? high : low) : fit(start);
  const last = stop === undefined ? (step < 0n ? low : high) : fit(stop);
  return tupleOf(intFromBigInt(first), intFromBigInt(last), intFromBigInt(step));
}

function compareSlices(a: number, b: number, op: number): number {
  if (!isKind(b, L.KIND_SLICE) || !isKind(a, L.KIND_SLICE)) return H.NOT_IMPLEMENTED;
  return a === b && op !== 3 && op !== 0 && op !== 4 ? H.TRUE : compareOp(asTuple(a), asTuple(b), op);
}
function hashSlice(s: number): number {
  beginItems();
  for (let i = 0; i < 3; i++) {
    const { low, high } = acc;
    if (!hashHalves(I32[(s >>> 2) + L.SLICE_START + i])) return 0;
    foldItem(low, high);
  }
  endItems(3, false);
  return hashFromAcc();
}

defineType({
  id: T.T_SLICE,
  name: 'slice',
  kind: L.KIND_SLICE,
  final: true,
  doc: 'slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2]).',
  methods: [['indices', indices, [1, 1]]],
  getset: [
    { name: 'start', get: (s) => I32[(s >>> 2) + L.SLICE_START] },
    { name: 'stop', get: (s) => I32[(s >>> 2) + L.SLICE_STOP] },
    { name: 'step', get: (s) => I32[(s >>> 2) + L.SLICE_STEP] },
  ],
  slots: {
    repr: reprSlice,
    create,
    compare: compareSlices,
    hash: hashSlice,
  },
});
