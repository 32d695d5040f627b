/**
 * collections.deque. Its owner works on a ring of handles in an ARRAY (word DEQUE_RING) without atomic instructions; DEQUE_MUTATIONS counts changes of
 * the membership, which iterators check. When it is shared, deque-shared.ts holds the rest of its life.
 */
import { arrayFor } from '../objects/int-vector.js';
import { newObject } from '../heap/alloc.js';
import { barrier } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { getIter, hasIndex, index, indexNumber, iterNext } from '../objects/abstract.js';
import { defineType } from '../objects/define.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { intFromNumber, intToNumber } from '../objects/int.js';
import { newIter } from '../objects/iterators.js';
import { newArray } from '../objects/list.js';
import { isInt, isKind, typeOf } from '../objects/object.js';
import { boundArgument, compareItems, countItem, findItem, repeatCount, reprItems } from '../objects/sequence-ops.js';
import { OP_ADD, OP_MUL } from '../objects/slots.js';
import { fromJS, toJS } from '../objects/strings.js';
import { isOwned } from '../objects/sync.js';
import { tupleItems, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { sizeArgument } from './arguments.js';
import {
  type Change,
  sharedCount,
  sharedEdit,
  sharedItem,
  sharedItems,
  sharedMutations,
  sharedPop,
  sharedPush,
  sharedSet,
} from './deque-shared.js';

const I32 = i32;
/** Bound on the length, -1: none. */
const maxlenOf = (d: number): number => I32[(d >>> 2) + L.DEQUE_MAXLEN];
const ringLength = (d: number): number => I32[(d >>> 2) + L.DEQUE_LENGTH];
const lengthOf = (d: number): number => (isOwned(d) ? ringLength(d) : sharedCount(d));
const mutationsOf = (d: number): number => (isOwned(d) ? I32[(d >>> 2) + L.DEQUE_MUTATIONS] : sharedMutations(d));

export function newDeque(type: number, maxlen: number): number {
  const exact = type === T.typeHandle(T.T_DEQUE);
  const d = newObject(exact ? L.KIND_DEQUE : L.KIND_DEQUE | L.FLAG_SUBCLASS, exact ? 64 : 128, type);
  I32[(d >>> 2) + L.DEQUE_MAXLEN] = maxlen;
  return d;
}

const capacityOf = (d: number): number => {
  const ring = I32[(d >>> 2) + L.DEQUE_RING];
  return ring === 0 ? 0 : I32[(ring >>> 2) + L.ARRAY_LENGTH];
};

/** A position within the ring, which `at` is beyond by less than a turn. */
const wrapped = (at: number, capacity: number): number =>
  at < 0 ? at + capacity : at >= capacity ? at - capacity : at;

/** Word of position `at` of the ring. */
const ringWord = (d: number, at: number): number => (I32[(d >>> 2) + L.DEQUE_RING] >>> 2) + L.ARRAY_ITEMS + at;

/** Word of item i of the ring, counted from the right when negative; 0 when there is none. */
function itemWord(d: number, i: number): number {
  const at = i < 0 ? i + ringLength(d) : i;
  if (!(at >= 0 && at < ringLength(d))) return 0;
  return ringWord(d, wrapped(I32[(d >>> 2) + L.DEQUE_HEAD] + at, capacityOf(d)));
}

/** Item i, counted from the right when negative; 0 when there is none. */
function itemAt(d: number, i: number): number {
  if (!isOwned(d)) return sharedItem(d, i);
  const word = itemWord(d, i);
  return word === 0 ? 0 : I32[word];
}

function snapshot(d: number): number[] {
  if (!isOwned(d)) return sharedItems(d);
  const items = arrayFor(ringLength(d));
  for (let i = 0; i < ringLength(d); i++) items[i] = I32[itemWord(d, i)];
  return items;
}

const mutated = (d: number): void => void I32[(d >>> 2) + L.DEQUE_MUTATIONS]++;

/** Gives the owner's deque a new ring of these items. */
function fillRing(d: number, items: readonly number[], room = items.length): void {
  const array = newArray(Math.max(room, 8));
  for (let i = 0; i < items.length; i++) I32[(array >>> 2) + L.ARRAY_ITEMS + i] = items[i];
  I32[(d >>> 2) + L.DEQUE_RING] = array;
  I32[(d >>> 2) + L.DEQUE_HEAD] = 0;
  I32[(d >>> 2) + L.DEQUE_LENGTH] = items.length;
  barrier(d, array);
}

/** See sharedEdit. */
function edit(d: number, change: Change): boolean {
  if (!isOwned(d)) return sharedEdit(d, change);
  const items = change(snapshot(d), mutationsOf(d));
  if (items === undefined) return false;
  fillRing(d, items);
  mutated(d);
  return true;
}

/** Adds at one end; a full bounded deque drops one at the other. */
export function dequePush(d: number, value: number, left: boolean): 1 {
  if (isOwned(d)) pushRing(d, value, left);
  else sharedPush(d, value, left, maxlenOf(d));
  return 1;
}

function pushRing(d: number, value: number, left: boolean): void {
  const w = d >>> 2;
  const most = I32[w + L.DEQUE_MAXLEN];
  if (most === 0) return;
  const full = most >= 0 && I32[w + L.DEQUE_LENGTH] >= most;
  if (full) popRing(d, !left);
  const n = I32[w + L.DEQUE_LENGTH];
  if (n === capacityOf(d)) fillRing(d, snapshot(d), n * 2);
  const capacity = capacityOf(d);
  const head = I32[w + L.DEQUE_HEAD];
  const at = wrapped(left ? head - 1 : head + n, capacity);
  I32[ringWord(d, at)] = value;
  barrier(I32[w + L.DEQUE_RING], value);
  if (left) I32[w + L.DEQUE_HEAD] = at;
  I32[w + L.DEQUE_LENGTH] = n + 1;
  mutated(d);
}

/** Takes from one end; 0 when empty, without an exception. */
export const dequePop = (d: number, left: boolean): number => (isOwned(d) ? popRing(d, left) : sharedPop(d, left));

function popRing(d: number, left: boolean): number {
  const w = d >>> 2;
  const n = I32[w + L.DEQUE_LENGTH];
  if (n === 0) return 0;
  const word = itemWord(d, left ? 0 : n - 1);
  const value = I32[word];
  I32[word] = 0;
  if (left) I32[w + L.DEQUE_HEAD] = wrapped(I32[w + L.DEQUE_HEAD] + 1, capacityOf(d));
  I32[w + L.DEQUE_LENGTH] = n - 1;
  mutated(d);
  return value;
}

const pop =
  (left: boolean) =>
  (args: number): number => {
    const value = dequePop(I32[args], left);
    return value !== 0 ? value : raise('IndexError', 'pop from an empty deque');
  };

function extend(d: number, iterable: number, left: boolean): 1 | 0 {
  if (iterable === d) {
    for (const value of snapshot(d)) dequePush(d, value, left);
    return 1;
  }
  const it = getIter(iterable);
  if (it === 0) return 0;
  const slot = root(it);
  root(d);
  for (let value = iterNext(it); value !== 0; value = iterNext(it)) dequePush(d, value, left);
  unroot(slot);
  return pendingException() === 0 ? 1 : 0;
}

/** maxlen argument: -1 for None, -2 with the exception set. */
function maxlenArgument(h: number): number {
  if (h === 0 || h === H.NONE) return -1;
  if (!isInt(h) && !H.isBool(h)) {
    raise('TypeError', 'an integer is required');
    return -2;
  }
  const n = intToNumber(index(h));
  if (n >= 0) return Math.min(n, 0x7fffffff);
  raise('ValueError', 'maxlen must be non-negative');
  return -2;
}

function init(d: number, args: number, n: number, kwnames: number): number {
  let iterable = n > 0 ? I32[args] : 0;
  let bound = n > 1 ? I32[args + 1] : 0;
  if (n > 2) return raise('TypeError', `deque expected at most 2 arguments, got ${n}`);
  for (let i = 0; kwnames !== 0 && i < tupleLength(kwnames); i++) {
    const name = toJS(I32[tupleItems(kwnames) + i]);
    if (name === 'iterable') iterable = I32[args + n + i];
    else if (name === 'maxlen') bound = I32[args + n + i];
    else return raise('TypeError', `deque() got an unexpected keyword argument '${name}'`);
  }
  const maxlen = maxlenArgument(bound);
  if (maxlen === -2) return 0;
  I32[(d >>> 2) + L.DEQUE_MAXLEN] = maxlen;
  edit(d, (items) => (items.length > 0 ? [] : undefined));
  return iterable === 0 ? 1 : extend(d, iterable, false);
}

/** An index as a number, negative from the right; NaN with TypeError (or what `__index__` raised) set. */
function position(k: number): number {
  if (!hasIndex(k)) return raise('TypeError', `sequence index must be integer, not '${typeName(k)}'`) || Number.NaN;
  const i = indexNumber(k);
  if (Math.abs(i) < 2 ** 63) return i;
  if (!Number.isNaN(i)) raise('IndexError', `cannot fit '${typeName(k)}' into an index-sized integer`);
  return Number.NaN;
}

const outOfRange = (): number => raise('IndexError', 'deque index out of range');

function getitem(d: number, k: number): number {
  const i = position(k);
  return Number.isNaN(i) ? 0 : itemAt(d, i) || outOfRange();
}

function setitem(d: number, k: number, value: number): number {
  const i = position(k);
  if (Number.isNaN(i)) return 0;
  if (!isOwned(d)) return sharedSet(d, i, value) ? 1 : outOfRange();
  const word = itemWord(d, i);
  if (word === 0) return outOfRange();
  I32[word] = value;
  barrier(I32[(d >>> 2) + L.DEQUE_RING], value);
  return 1;
}

function delitem(d: number, k: number): number {
  const i = position(k);
  if (Number.isNaN(i)) return 0;
  const without: Change = (items) => {
    const at = i < 0 ? i + items.length : i;
    if (!(at >= 0 && at < items.length)) return undefined;
    items.splice(at, 1);
    return items;
  };
  return edit(d, without) ? 1 : outOfRange();
}

function rotate(args: number, n: number): number {
  const by = n > 1 ? sizeArgument(I32[args + 1]) : 1;
  if (Number.isNaN(by)) return 0;
  edit(I32[args], (items) => (items.length > 1 ? rotated(items, by) : undefined));
  return H.NONE;
}

function rotated(items: number[], by: number): number[] {
  const k = (((-by % items.length) + items.length) % items.length) | 0;
  return items.slice(k).concat(items.slice(0, k));
}

function insert(args: number): number {
  const d = I32[args];
  const i = sizeArgument(I32[args + 1]);
  if (Number.isNaN(i)) return 0;
  const most = maxlenOf(d);
  const inserted = edit(d, (items) => {
    if (most >= 0 && items.length >= most) return undefined;
    items.splice(i < 0 ? Math.max(0, i + items.length) : i, 0, I32[args + 2]);
    return items;
  });
  return inserted ? H.NONE : raise('IndexError', 'deque already at its maximum size');
}

const MUTATED = 'deque mutated during iteration';

/** findItem that notices changes by comparisons that found no equal item: -1 none, -2 with the exception set. */
function search(d: number, value: number, start = 0, stop = Infinity): number {
  const before = mutationsOf(d);
  const i = findItem((k) => (mutationsOf(d) === before ? itemAt(d, k) : 0), value, start, stop);
  if (i !== -1 || mutationsOf(d) === before) return i;
  raise('RuntimeError', MUTATED);
  return -2;
}

function remove(args: number): number {
  const d = I32[args];
  const before = mutationsOf(d);
  const i = findItem((k) => (mutationsOf(d) === before ? itemAt(d, k) : 0), I32[args + 1]);
  if (i === -2) return 0;
  const removed = edit(d, (items, mutations) => {
    if (mutations !== before || i === -1) return undefined;
    items.splice(i, 1);
    return items;
  });
  if (removed) return H.NONE;
  return mutationsOf(d) !== before
    ? raise('IndexError', MUTATED)
    : raise('ValueError', 'deque.remove(x): x not in deque');
}

function indexMethod(args: number, n: number): number {
  const d = I32[args];
  const start = boundArgument(n > 2 ? I32[args + 2] : 0, lengthOf(d), 0);
  const stop = boundArgument(n > 3 ? I32[args + 3] : 0, lengthOf(d), Infinity);
  if (pendingException() !== 0) return 0;
  const i = search(d, I32[args + 1], start, stop);
  if (i >= 0) return intFromNumber(i);
  return i === -2 ? 0 : raise('ValueError', 'deque.index(x): x not in deque');
}

function copy(d: number): number {
  const c = newDeque(I32[(d >>> 2) + 2], maxlenOf(d));
  const items = snapshot(d);
  if (items.length > 0) fillRing(c, items);
  return c;
}

function reprDeque(d: number): number {
  const max = maxlenOf(d);
  const r = reprItems(d, (i) => itemAt(d, i), '[', ']', '');
  if (r === 0) return 0;
  const text = toJS(r);
  const name = toJS(I32[(typeOf(d) >>> 2) + L.TYPE_NAME]);
  return text === '[...]' ? r : fromJS(`${name}(${text}${max >= 0 ? `, maxlen=${max}` : ''})`);
}

function add(a: number, b: number): number {
  if (!isKind(a, L.KIND_DEQUE)) return H.NOT_IMPLEMENTED;
  if (!isKind(b, L.KIND_DEQUE)) return raise('TypeError', `can only concatenate deque (not "${typeName(b)}") to deque`);
  const c = copy(a);
  for (const value of snapshot(b)) dequePush(c, value, false);
  return c;
}

function multiplyInto(d: number, factor: number): number {
  const slot = root(d);
  const n = repeatCount(factor, lengthOf(d));
  unroot(slot);
  if (n === -1 || Number.isNaN(n)) return n === -1 ? H.NOT_IMPLEMENTED : 0;
  const max = maxlenOf(d);
  edit(d, (items) => {
    const out = arrayFor(items.length * n);
    for (let i = 0; i < items.length * n; i++) out[i] = items[i % items.length];
    return max >= 0 && out.length > max ? out.slice(out.length - max) : out;
  });
  return d;
}

const multiply = (a: number, b: number): number =>
  isKind(a, L.KIND_DEQUE) ? multiplyInto(copy(a), b) : multiplyInto(copy(b), a);

function compare(a: number, b: number, op: number): number {
  if (!isKind(a, L.KIND_DEQUE) || !isKind(b, L.KIND_DEQUE)) return H.NOT_IMPLEMENTED;
  return compareItems(a, b, itemAt, lengthOf, op);
}

function contains(d: number, value: number): number {
  const i = search(d, value);
  return i === -2 ? -1 : i < 0 ? 0 : 1;
}

function count(args: number): number {
  const d = I32[args];
  const before = mutationsOf(d);
  const n = countItem((i) => (mutationsOf(d) === before ? itemAt(d, i) : 0), I32[args + 1]);
  if (n < 0) return 0;
  return mutationsOf(d) === before ? intFromNumber(n) : raise('RuntimeError', MUTATED);
}

function iterator(id: number, d: number): number {
  const it = newIter(id, d, 0);
  I32[(it >>> 2) + L.ITER_END] = mutationsOf(d);
  return it;
}

const nextItem =
  (backward: boolean) =>
  (it: number): number => {
    const w = it >>> 2;
    const d = I32[w + L.ITER_SOURCE];
    if (d === 0) return 0;
    const i = I32[w + L.ITER_INDEX];
    if (mutationsOf(d) !== I32[w + L.ITER_END]) return raise('RuntimeError', MUTATED);
    const value = itemAt(d, backward ? -1 - i : i);
    if (value === 0) I32[w + L.ITER_SOURCE] = 0;
    I32[w + L.ITER_INDEX] = i + 1;
    return value;
  };

function hint(args: number): number {
  const w = I32[args] >>> 2;
  const d = I32[w + L.ITER_SOURCE];
  return intFromNumber(d === 0 ? 0 : Math.max(0, lengthOf(d) - I32[w + L.ITER_INDEX]));
}

defineType({
  id: T.T_DEQUE,
  name: 'deque',
  module: 'collections',
  kind: L.KIND_DEQUE,
  generic: true,
  weakrefs: true,
  unhashable: true,
  matchSequence: true,
  doc: 'A list-like sequence optimized for data accesses near its endpoints.',
  methods: [
    ['append', (args) => (dequePush(I32[args], I32[args + 1], false), H.NONE), [1, 1]],
    ['appendleft', (args) => (dequePush(I32[args], I32[args + 1], true), H.NONE), [1, 1]],
    ['pop', pop(false), [0, 0]],
    ['popleft', pop(true), [0, 0]],
    ['extend', (args) => (extend(I32[args], I32[args + 1], false) === 0 ? 0 : H.NONE), [1, 1]],
    ['extendleft', (args) => (extend(I32[args], I32[args + 1], true) === 0 ? 0 : H.NONE), [1, 1]],
    ['clear', (args) => (edit(I32[args], () => []), H.NONE), [0, 0]],
    ['copy', (args) => copy(I32[args]), [0, 0]],
    ['__copy__', (args) => copy(I32[args]), [0, 0]],
    ['count', count, [1, 1]],
    ['index', indexMethod, [1, 3]],
    ['insert', insert, [2, 2]],
    ['remove', remove, [1, 1]],
    ['reverse', (args) => (edit(I32[args], (items) => items.reverse()), H.NONE), [0, 0]],
    ['rotate', rotate, [0, 1]],
    ['__reversed__', (args) => iterator(T.T_DEQUE_REVERSE_ITERATOR, I32[args]), [0, 0]],
  ],
  getset: [{ name: 'maxlen', get: (d) => (maxlenOf(d) < 0 ? H.NONE : intFromNumber(maxlenOf(d))) }],
  slots: {
    create: (type) => newDeque(type, -1),
    init,
    getitem,
    setitem,
    delitem,
    compare,
    contains,
    len: lengthOf,
    bool: (d) => (lengthOf(d) > 0 ? 1 : 0),
    iter: (d) => iterator(T.T_DEQUE_ITERATOR, d),
    repr: reprDeque,
    binary: { [OP_ADD]: add, [OP_MUL]: multiply },
    inplace: { [OP_ADD]: (d, x) => (extend(d, x, false) === 0 ? 0 : d), [OP_MUL]: multiplyInto },
  },
});

for (const [id, name, backward] of [
  [T.T_DEQUE_ITERATOR, '_deque_iterator', false],
  [T.T_DEQUE_REVERSE_ITERATOR, '_deque_reverse_iterator', true],
] as const) {
  defineType({
    id,
    name,
    module: '_collections',
    kind: L.KIND_ITER,
    final: true,
    methods: [['__length_hint__', hint, [0, 0]]],
    slots: { iter: (it) => it, next: nextItem(backward) },
  });
}
