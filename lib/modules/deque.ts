/**
 * collections.deque: a ring of handles in an ARRAY (word DEQUE_A), the position of its first item as a small int in DEQUE_HEAD. DEQUE_STATE
 * counts changes of the membership, which iterators check. Shared deques follow sync.ts.
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
import { compareItems, countItem, findItem, repeatCount, reprItems } from '../objects/sequence-ops.js';
import { OP_ADD, OP_MUL } from '../objects/slots.js';
import { fromJS, toJS } from '../objects/strings.js';
import { begin, end, publishStore, readBegin, readRetry } from '../objects/sync.js';
import { tupleItems, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';

const I32 = i32;
const lengthOf = (d: number): number => I32[(d >>> 2) + L.DEQUE_LENGTH];
/** Bound on the length, -1: none. */
const maxlenOf = (d: number): number => I32[(d >>> 2) + L.DEQUE_MAXLEN];
const headOf = (d: number): number => I32[(d >>> 2) + L.DEQUE_HEAD] >> 1;

export function newDeque(type: number, maxlen: number): number {
  const exact = type === T.typeHandle(T.T_DEQUE);
  const d = newObject(exact ? L.KIND_DEQUE : L.KIND_DEQUE | L.FLAG_SUBCLASS, exact ? 64 : 128, type);
  I32[(d >>> 2) + L.DEQUE_MAXLEN] = maxlen;
  I32[(d >>> 2) + L.DEQUE_HEAD] = 1;
  return d;
}

const capacityOf = (d: number): number => {
  const a = I32[(d >>> 2) + L.DEQUE_A];
  return a === 0 ? 0 : I32[(a >>> 2) + L.ARRAY_LENGTH];
};

/** Word of item i, counted from the left. */
function itemWord(d: number, i: number): number {
  const capacity = capacityOf(d);
  const at = headOf(d) + i;
  return (I32[(d >>> 2) + L.DEQUE_A] >>> 2) + L.ARRAY_ITEMS + (at >= capacity ? at - capacity : at);
}

/** Item i, 0 when there is none. */
function itemAt(d: number, i: number): number {
  for (;;) {
    const seen = readBegin(d);
    const value = i >= 0 && i < lengthOf(d) ? I32[itemWord(d, i)] : 0;
    if (!readRetry(d, seen)) return value;
  }
}

function snapshot(d: number): number[] {
  for (;;) {
    const seen = readBegin(d);
    const out = Array.from({ length: lengthOf(d) }, (_, i) => I32[itemWord(d, i)]);
    if (!readRetry(d, seen)) return out;
  }
}

/** Replaces all items unless the deque was changed since `seen`. */
function replace(d: number, seen: number, items: readonly number[], room = items.length): boolean {
  const array = newArray(Math.max(room, 8));
  for (let i = 0; i < items.length; i++) I32[(array >>> 2) + L.ARRAY_ITEMS + i] = items[i];
  for (const v of items) publishStore(d, v);
  publishStore(d, array);
  if (!begin(d, seen)) return false;
  I32[(d >>> 2) + L.DEQUE_A] = array;
  I32[(d >>> 2) + L.DEQUE_HEAD] = 1;
  I32[(d >>> 2) + L.DEQUE_LENGTH] = items.length;
  I32[(d >>> 2) + L.DEQUE_STATE] = (I32[(d >>> 2) + L.DEQUE_STATE] + 1) | 0;
  end(d);
  barrier(d, array);
  return true;
}

/** Doubles the room. What is copied may be more than there was at `seen`: then there is room for that, and `replace` fails. */
export function growDeque(d: number, seen: number): boolean {
  const items = snapshot(d);
  return replace(d, seen, items, items.length * 2);
}

/** Changes the items by a function of the present ones that calls no Python. */
function edit(d: number, change: (items: number[]) => number[]): void {
  for (;;) {
    const seen = readBegin(d);
    if (replace(d, seen, change(snapshot(d)))) return;
  }
}

/** A position within the ring, which `at` is beyond by less than a turn. */
const wrapped = (at: number, capacity: number): number =>
  at < 0 ? at + capacity : at >= capacity ? at - capacity : at;

/** Adds at one end; a full bounded deque drops one at the other. All positions are known before the section, which only stores. */
export function dequePush(d: number, value: number, left: boolean): 1 {
  const w = d >>> 2;
  for (;;) {
    const seen = readBegin(d);
    publishStore(d, value);
    const n = I32[w + L.DEQUE_LENGTH];
    const max = I32[w + L.DEQUE_MAXLEN];
    if (max === 0) return 1;
    const full = max >= 0 && n >= max;
    const capacity = capacityOf(d);
    if (n === capacity && !full) {
      growDeque(d, seen);
      continue;
    }
    const array = I32[w + L.DEQUE_A];
    const items = (array >>> 2) + L.ARRAY_ITEMS;
    const head = headOf(d);
    const dropped = items + (left ? wrapped(head + n - 1, capacity) : head);
    const at = left ? wrapped(head - 1, capacity) : wrapped(head + n, capacity);
    const first = left ? at : full ? wrapped(head + 1, capacity) : head;
    const length = full ? n : n + 1;
    if (!begin(d, seen)) continue;
    if (full) I32[dropped] = 0;
    I32[items + at] = value;
    I32[w + L.DEQUE_HEAD] = (first << 1) | 1;
    I32[w + L.DEQUE_LENGTH] = length;
    I32[w + L.DEQUE_STATE] = (I32[w + L.DEQUE_STATE] + 1) | 0;
    end(d);
    barrier(array, value);
    return 1;
  }
}

/** Takes from one end; 0 when empty, without an exception. */
export function dequePop(d: number, left: boolean): number {
  const w = d >>> 2;
  for (;;) {
    const seen = readBegin(d);
    const n = I32[w + L.DEQUE_LENGTH];
    if (n === 0) {
      if (readRetry(d, seen)) continue;
      return 0;
    }
    const at = itemWord(d, left ? 0 : n - 1);
    const head = left ? wrapped(headOf(d) + 1, capacityOf(d)) : headOf(d);
    if (!begin(d, seen)) continue;
    const value = I32[at];
    I32[at] = 0;
    I32[w + L.DEQUE_HEAD] = (head << 1) | 1;
    I32[w + L.DEQUE_LENGTH] = n - 1;
    I32[w + L.DEQUE_STATE] = (I32[w + L.DEQUE_STATE] + 1) | 0;
    end(d);
    return value;
  }
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
  if (lengthOf(d) > 0) edit(d, () => []);
  return iterable === 0 ? 1 : extend(d, iterable, false);
}

/** Index of an item as a number within the deque; -1 with IndexError (or TypeError) set. */
function position(d: number, k: number): number {
  if (!hasIndex(k)) {
    raise('TypeError', `sequence index must be integer, not '${typeName(k)}'`);
    return -1;
  }
  const i = indexNumber(k);
  if (Number.isNaN(i)) return -1;
  const at = i < 0 ? i + lengthOf(d) : i;
  if (at >= 0 && at < lengthOf(d)) return at;
  raise('IndexError', 'deque index out of range');
  return -1;
}

function getitem(d: number, k: number): number {
  const i = position(d, k);
  if (i < 0) return 0;
  const value = itemAt(d, i);
  return value !== 0 ? value : raise('IndexError', 'deque index out of range');
}

function setitem(d: number, k: number, value: number): number {
  for (;;) {
    const seen = readBegin(d);
    const i = position(d, k);
    if (i < 0) return 0;
    publishStore(d, value);
    const array = I32[(d >>> 2) + L.DEQUE_A];
    const at = itemWord(d, i);
    if (!begin(d, seen)) continue;
    I32[at] = value;
    end(d);
    barrier(array, value);
    return 1;
  }
}

function delitem(d: number, k: number): number {
  const i = position(d, k);
  if (i < 0) return 0;
  edit(d, (items) => (items.splice(i, 1), items));
  return 1;
}

function rotate(args: number, n: number): number {
  const by = n > 1 ? indexNumber(I32[args + 1]) : 1;
  if (Number.isNaN(by)) return 0;
  if (lengthOf(I32[args]) > 1) edit(I32[args], (items) => rotated(items, by));
  return H.NONE;
}

function rotated(items: number[], by: number): number[] {
  const k = (((-by % items.length) + items.length) % items.length) | 0;
  return items.slice(k).concat(items.slice(0, k));
}

function insert(args: number): number {
  const d = I32[args];
  const i = indexNumber(I32[args + 1]);
  if (Number.isNaN(i)) return 0;
  if (maxlenOf(d) >= 0 && lengthOf(d) >= maxlenOf(d)) return raise('IndexError', 'deque already at its maximum size');
  edit(d, (items) => (items.splice(i < 0 ? Math.max(0, i + items.length) : i, 0, I32[args + 2]), items));
  return H.NONE;
}

/** findItem that notices changes by comparisons: -1 none, -2 with the exception set. */
function search(d: number, value: number, start = 0, stop = Infinity): number {
  const state = I32[(d >>> 2) + L.DEQUE_STATE];
  const i = findItem((k) => (I32[(d >>> 2) + L.DEQUE_STATE] === state ? itemAt(d, k) : 0), value, start, stop);
  if (i === -2 || I32[(d >>> 2) + L.DEQUE_STATE] === state) return i;
  raise('RuntimeError', 'deque mutated during iteration');
  return -2;
}

function remove(args: number): number {
  const i = search(I32[args], I32[args + 1]);
  if (i < 0) return i === -2 ? 0 : raise('ValueError', 'deque.remove(x): x not in deque');
  edit(I32[args], (items) => (items.splice(i, 1), items));
  return H.NONE;
}

function bound(h: number, n: number, fallback: number): number {
  const i = h === 0 ? fallback : indexNumber(h);
  return i < 0 ? Math.max(0, i + n) : i;
}

function indexMethod(args: number, n: number): number {
  const d = I32[args];
  const start = bound(n > 2 ? I32[args + 2] : 0, lengthOf(d), 0);
  const stop = bound(n > 3 ? I32[args + 3] : 0, lengthOf(d), Infinity);
  if (pendingException() !== 0) return 0;
  const i = search(d, I32[args + 1], start, stop);
  if (i >= 0) return intFromNumber(i);
  return i === -2 ? 0 : raise('ValueError', 'deque.index(x): x not in deque');
}

function copy(d: number): number {
  const c = newDeque(I32[(d >>> 2) + 2], maxlenOf(d));
  replace(c, readBegin(c), snapshot(d));
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
  return compareItems(
    (which, i) => itemAt(which === 0 ? a : b, i),
    (which) => lengthOf(which === 0 ? a : b),
    op,
  );
}

function contains(d: number, value: number): number {
  const i = search(d, value);
  return i === -2 ? -1 : i < 0 ? 0 : 1;
}

function count(args: number): number {
  const n = countItem((i) => itemAt(I32[args], i), I32[args + 1]);
  return n < 0 ? 0 : intFromNumber(n);
}

function iterator(id: number, d: number): number {
  const it = newIter(id, d, 0);
  I32[(it >>> 2) + L.ITER_END] = I32[(d >>> 2) + L.DEQUE_STATE];
  return it;
}

const nextItem =
  (backward: boolean) =>
  (it: number): number => {
    const w = it >>> 2;
    const d = I32[w + L.ITER_SOURCE];
    if (d === 0) return 0;
    const i = I32[w + L.ITER_INDEX];
    if (I32[(d >>> 2) + L.DEQUE_STATE] !== I32[w + L.ITER_END])
      return raise('RuntimeError', 'deque mutated during iteration');
    const value = itemAt(d, backward ? lengthOf(d) - 1 - i : i);
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
