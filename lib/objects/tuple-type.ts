/** The type tuple (https://docs.python.org/3.14/library/stdtypes.html#tuple). */
import { arrayFor } from './int-vector.js';
import { newObject } from '../heap/alloc.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { hasIndex, indexNumber } from './abstract.js';
import { tupleHalves } from './hash.js';
import { hashFromAcc } from './hash64.js';
import { defineType } from './define.js';
import { raise, typeName } from './exceptions.js';
import { intFromNumber } from './int.js';
import { newIter } from './iterators.js';
import { isExact, isKind } from './object.js';
import { boundArgument, compareItems, countItem, findItem, repeatCount, reprItems } from './sequence-ops.js';
import { sliceRange } from './slice.js';
import { OP_ADD, OP_MUL } from './slots.js';
import { newTuple, tupleFromArray, tupleFromIterable, tupleItem, tupleItems, tupleLength } from './tuple.js';
import { refusesKeywords } from './keywords.js';
import * as T from './type-ids.js';

const I32 = i32;

const at = (t: number, i: number): number => (i < tupleLength(t) ? tupleItem(t, i) : 0);
const atOf =
  (t: number) =>
  (i: number): number =>
    at(t, i);
const itemsOf = (t: number): number[] => Array.from(I32.subarray(tupleItems(t), tupleItems(t) + tupleLength(t)));

function create(type: number, args: number, n: number, kwnames: number): number {
  const exact = type === T.typeHandle(T.T_TUPLE);
  if (refusesKeywords('tuple', type, kwnames)) return 0;
  if (n > 1) return raise('TypeError', `tuple expected at most 1 argument, got ${n}`);
  const t = n === 0 ? newTuple(0) : tupleFromIterable(I32[args]);
  return t === 0 || exact ? t : subclassInstance(type, t);
}

/** A tuple of a subclass with the same items; its last word is for attributes. */
export function subclassInstance(type: number, t: number): number {
  const slot = root(t);
  const n = tupleLength(t);
  const o = newObject(L.KIND_TUPLE | L.FLAG_SUBCLASS, (L.TUPLE_ITEMS + n + 1) * 4, type);
  I32[(o >>> 2) + L.TUPLE_LENGTH] = n;
  for (let i = 0; i < n; i++) I32[tupleItems(o) + i] = tupleItem(t, i);
  unroot(slot);
  return o;
}

function getitem(t: number, k: number): number {
  if (isKind(k, L.KIND_SLICE)) return sliced(t, k);
  if (!hasIndex(k)) return raise('TypeError', `tuple indices must be integers or slices, not ${typeName(k)}`);
  const i = indexNumber(k);
  if (Number.isNaN(i)) return 0;
  const n = tupleLength(t);
  const j = i < 0 ? i + n : i;
  return j >= 0 && j < n ? tupleItem(t, j) : raise('IndexError', 'tuple index out of range');
}

function sliced(t: number, slice: number): number {
  const s = sliceRange(slice, tupleLength(t));
  if (s === undefined) return 0;
  if (s.step === 1 && s.count === tupleLength(t) && isExact(t, L.KIND_TUPLE)) return t;
  const out = arrayFor(s.count);
  for (let i = 0; i < s.count; i++) out[i] = tupleItem(t, s.start + i * s.step);
  return tupleFromArray(out);
}

/** hash() of the items' hashes, as CPython's. */
const hashTuple = (t: number): number => (tupleHalves(t) ? hashFromAcc() : 0);

function add(a: number, b: number): number {
  if (!isKind(a, L.KIND_TUPLE) || !isKind(b, L.KIND_TUPLE)) return H.NOT_IMPLEMENTED;
  if (tupleLength(b) === 0 && isExact(a, L.KIND_TUPLE)) return a;
  if (tupleLength(a) === 0 && isExact(b, L.KIND_TUPLE)) return b;
  return tupleFromArray(itemsOf(a).concat(itemsOf(b)));
}

function multiply(a: number, b: number): number {
  const [t, factor] = isKind(a, L.KIND_TUPLE) ? [a, b] : [b, a];
  const n = repeatCount(factor, tupleLength(t));
  if (n === -1) return H.NOT_IMPLEMENTED;
  if (Number.isNaN(n)) return 0;
  const items = itemsOf(t);
  const out = arrayFor(items.length * n);
  for (let i = 0; i < items.length * n; i++) out[i] = items[i % items.length];
  return tupleFromArray(out);
}

function compare(a: number, b: number, op: number): number {
  if (!isKind(a, L.KIND_TUPLE) || !isKind(b, L.KIND_TUPLE)) return H.NOT_IMPLEMENTED;
  return compareItems(a, b, at, tupleLength, op);
}

function indexMethod(args: number, n: number): number {
  const size = tupleLength(I32[args]);
  const start = boundArgument(n > 2 ? I32[args + 2] : 0, size, 0);
  const stop = boundArgument(n > 3 ? I32[args + 3] : 0, size, Infinity);
  if (Number.isNaN(start) || Number.isNaN(stop)) return 0;
  const i = findItem(atOf(I32[args]), I32[args + 1], start, stop);
  if (i >= 0) return intFromNumber(i);
  return i === -2 ? 0 : raise('ValueError', 'tuple.index(x): x not in tuple');
}

function count(args: number): number {
  const n = countItem(atOf(I32[args]), I32[args + 1]);
  return n < 0 ? 0 : intFromNumber(n);
}

function contains(t: number, value: number): number {
  const i = findItem(atOf(t), value);
  return i === -2 ? -1 : i < 0 ? 0 : 1;
}

defineType({
  id: T.T_TUPLE,
  name: 'tuple',
  kind: L.KIND_TUPLE,
  generic: true,
  matchSequence: true,
  doc: "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object.",
  methods: [
    ['index', indexMethod, [1, 3]],
    ['count', count, [1, 1]],
    ['__getnewargs__', (args) => tupleFromArray([tupleFromArray(itemsOf(I32[args]))]), [0, 0]],
  ],
  slots: {
    create,
    getitem,
    contains,
    compare,
    hash: hashTuple,
    len: tupleLength,
    bool: (t) => (tupleLength(t) > 0 ? 1 : 0),
    iter: (t) => newIter(T.T_TUPLE_ITERATOR, t, 0),
    repr: (t) => reprItems(t, atOf(t), '(', ')', ','),
    binary: { [OP_ADD]: add, [OP_MUL]: multiply },
  },
});
