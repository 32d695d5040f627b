/** The type list (https://docs.python.org/3.14/library/stdtypes.html#list). */
import { arrayFor } from './int-vector.js';
import { rootAll } from '../heap/hold.js';
import { unroot } from '../heap/context.js';
import { newObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { hasIndex, index, indexNumber, isTrue } from './abstract.js';
import { defineType } from './define.js';
import { raise, typeName } from './exceptions.js';
import { intFromNumber } from './int.js';
import { newIter } from './iterators.js';
import * as list from './list.js';
import { isKind } from './object.js';
import { boundArgument, compareItems, countItem, findItem, repeatCount, reprItems } from './sequence-ops.js';
import { type SliceRange, sliceRange } from './slice.js';
import { OP_ADD, OP_MUL } from './slots.js';
import { sortList } from './sort.js';
import { readBegin, readRetry } from './sync.js';
import { notIterable } from './tuple.js';
import { hasKeywords } from './keywords.js';
import { lookupInType } from './attribute.js';
import * as N from './names.js';
import { typeOf } from './object.js';
import * as T from './type-ids.js';

const I32 = i32;
const { listAt, listLength, listSnapshot, listSplice, newListFromArray } = list;
const ALL = 0x7fffffff;

const atOf =
  (l: number) =>
  (i: number): number =>
    listAt(l, i);

function create(type: number): number {
  if (type === T.typeHandle(T.T_LIST)) return list.newList(0);
  return newObject(L.KIND_LIST | L.FLAG_SUBCLASS, 128, type);
}

function init(self: number, args: number, n: number, kwnames: number): number {
  // A class with a `__new__` of its own may take them.
  if (hasKeywords(kwnames) && lookupInType(typeOf(self), N.N_NEW) === lookupInType(T.typeHandle(T.T_LIST), N.N_NEW))
    return raise('TypeError', 'list() takes no keyword arguments');
  if (n > 1) return raise('TypeError', `list expected at most 1 argument, got ${n}`);
  if (listLength(self) > 0) listSplice(self, 0, ALL, []);
  return n === 0 ? 1 : list.listExtend(self, I32[args]);
}

/** The items a slice selects, at one moment. */
function selected(l: number, slice: number): number[] | undefined {
  const s = sliceRange(slice, listLength(l));
  if (s === undefined) return undefined;
  if (s.step === 1) return list.listRange(l, s.start, s.count) ?? selected(l, slice);
  const items = listSnapshot(l);
  // Another thread, or an __index__ in the slice, may have shortened the list.
  if (s.count > 0 && Math.max(s.start, s.start + (s.count - 1) * s.step) >= items.length) return selected(l, slice);
  const out = arrayFor(s.count);
  for (let i = 0; i < s.count; i++) out[i] = items[s.start + i * s.step];
  return out;
}

function getitem(l: number, k: number): number {
  if ((k & 1) !== 0) return list.listGetItem(l, k >> 1);
  if (isKind(k, L.KIND_SLICE)) {
    const items = selected(l, k);
    return items === undefined ? 0 : newListFromArray(items);
  }
  if (!hasIndex(k)) return raise('TypeError', `list indices must be integers or slices, not ${typeName(k)}`);
  const i = index(k);
  if (i === 0) return 0;
  return (i & 1) !== 0
    ? list.listGetItem(l, i >> 1)
    : raise('IndexError', "cannot fit 'int' into an index-sized integer");
}

function assignExtended(l: number, s: SliceRange, items: number[], values: readonly number[]): 1 | 0 {
  if (values.length !== s.count) {
    return raise(
      'ValueError',
      `attempt to assign sequence of size ${values.length} to extended slice of size ${s.count}`,
    ) as 0;
  }
  for (let i = 0; i < s.count; i++) items[s.start + i * s.step] = values[i];
  return 1;
}

function setSlice(l: number, slice: number, value: number): 1 | 0 {
  const given = list.plainItems(value);
  if (given !== undefined) return assignRooted(l, slice, given);
  if (notIterable(value)) return raise('TypeError', 'must assign iterable to extended slice') as 0;
  const from = list.listFromIterable(value);
  return from === 0 ? 0 : assignRooted(l, slice, listSnapshot(from));
}

function assignRooted(l: number, slice: number, values: readonly number[]): 1 | 0 {
  const slot = rootAll(values);
  const ok = assignSlice(l, slice, values);
  unroot(slot);
  return ok;
}

function assignSlice(l: number, slice: number, values: readonly number[]): 1 | 0 {
  for (;;) {
    const n = listLength(l);
    const s = sliceRange(slice, n);
    if (s === undefined) return 0;
    if (s.step === 1) {
      listSplice(l, s.start, Math.max(s.start, s.stop), values);
      return 1;
    }
    const seen = readBegin(l);
    const items = listSnapshot(l);
    if (items.length !== n) continue;
    if (assignExtended(l, s, items, values) === 0) return 0;
    if (list.listReplace(l, seen, items)) return 1;
  }
}

function deleteSlice(l: number, slice: number): 1 | 0 {
  for (;;) {
    const n = listLength(l);
    const s = sliceRange(slice, n);
    if (s === undefined) return 0;
    if (s.step === 1) {
      listSplice(l, s.start, s.start + s.count, []);
      return 1;
    }
    const seen = readBegin(l);
    const items = listSnapshot(l);
    if (items.length !== n) continue;
    const gone = new Set<number>();
    for (let i = 0; i < s.count; i++) gone.add(s.start + i * s.step);
    const rest = items.filter((_, i) => !gone.has(i));
    if (list.listReplace(l, seen, rest)) return 1;
  }
}

function setitem(l: number, k: number, value: number): number {
  if (isKind(k, L.KIND_SLICE)) return setSlice(l, k, value);
  if (!hasIndex(k)) return raise('TypeError', `list indices must be integers or slices, not ${typeName(k)}`);
  const i = indexNumber(k);
  return Number.isNaN(i) ? 0 : list.listSetItem(l, Math.max(-ALL, Math.min(ALL, i)), value);
}

/** Removes and returns the item at i (either sign); 0 with IndexError set. */
function removeAt(l: number, i: number, message: string): number {
  for (;;) {
    const seen = readBegin(l);
    const n = listLength(l);
    const at = i < 0 ? i + n : i;
    if (at < 0 || at >= n) {
      if (readRetry(l, seen)) continue;
      return raise('IndexError', n === 0 && message.startsWith('pop') ? 'pop from empty list' : message);
    }
    const value = list.listRemove(l, seen, at, n);
    if (value !== 0) return value;
  }
}

function delitem(l: number, k: number): number {
  if (isKind(k, L.KIND_SLICE)) return deleteSlice(l, k);
  if (!hasIndex(k)) return raise('TypeError', `list indices must be integers or slices, not ${typeName(k)}`);
  const i = indexNumber(k);
  return Number.isNaN(i) || removeAt(l, i, 'list assignment index out of range') === 0 ? 0 : 1;
}

function pop(args: number, n: number): number {
  const i = n > 1 ? indexNumber(I32[args + 1]) : -1;
  return Number.isNaN(i) ? 0 : removeAt(I32[args], i, 'pop index out of range');
}

function insert(args: number): number {
  const i = indexNumber(I32[args + 1]);
  if (Number.isNaN(i)) return 0;
  const n = listLength(I32[args]);
  const at = i < 0 ? Math.max(0, i + n) : Math.min(i, n);
  listSplice(I32[args], at, at, [I32[args + 2]]);
  return H.NONE;
}

function remove(args: number): number {
  const i = findItem(atOf(I32[args]), I32[args + 1]);
  if (i === -2) return 0;
  if (i < 0) return raise('ValueError', 'list.remove(x): x not in list');
  listSplice(I32[args], i, i + 1, []);
  return H.NONE;
}

function indexMethod(args: number, n: number): number {
  const size = listLength(I32[args]);
  const start = boundArgument(n > 2 ? I32[args + 2] : 0, size, 0);
  const stop = boundArgument(n > 3 ? I32[args + 3] : 0, size, Infinity);
  if (Number.isNaN(start) || Number.isNaN(stop)) return 0;
  const i = findItem(atOf(I32[args]), I32[args + 1], start, stop);
  if (i >= 0) return intFromNumber(i);
  return i === -2 ? 0 : raise('ValueError', 'list.index(x): x not in list');
}

function count(args: number): number {
  const n = countItem(atOf(I32[args]), I32[args + 1]);
  return n < 0 ? 0 : intFromNumber(n);
}

function reverse(args: number): number {
  const l = I32[args];
  for (;;) {
    const seen = readBegin(l);
    if (list.listReorder(l, seen, listSnapshot(l).reverse())) return H.NONE;
  }
}

function sort(args: number): number {
  const reverseArgument = I32[args + 2];
  const reversed = reverseArgument === 0 ? 0 : isTrue(reverseArgument);
  return reversed < 0 || sortList(I32[args], I32[args + 1], reversed === 1) === 0 ? 0 : H.NONE;
}

function add(a: number, b: number): number {
  if (!isKind(a, L.KIND_LIST) || !isKind(b, L.KIND_LIST)) return H.NOT_IMPLEMENTED;
  return list.listConcat(a, b) || newListFromArray(listSnapshot(a).concat(listSnapshot(b)));
}

function multiply(a: number, b: number): number {
  const [l, factor] = isKind(a, L.KIND_LIST) ? [a, b] : [b, a];
  const n = repeatCount(factor, listLength(l));
  if (n === -1) return H.NOT_IMPLEMENTED;
  if (Number.isNaN(n)) return 0;
  const items = listSnapshot(l);
  return items.length * n === 0 ? newListFromArray([]) : list.newListRepeated(items, n);
}

function repeated(items: readonly number[], n: number): number[] {
  const out = arrayFor(items.length * n);
  for (let i = 0; i < items.length * n; i++) out[i] = items[i % items.length];
  return out;
}

function multiplyInPlace(l: number, factor: number): number {
  const n = repeatCount(factor, listLength(l));
  if (n === -1) return H.NOT_IMPLEMENTED;
  if (Number.isNaN(n)) return 0;
  listSplice(l, 0, ALL, repeated(listSnapshot(l), n));
  return l;
}

function compare(a: number, b: number, op: number): number {
  if (!isKind(a, L.KIND_LIST) || !isKind(b, L.KIND_LIST)) return H.NOT_IMPLEMENTED;
  return compareItems(a, b, listAt, listLength, op);
}

function contains(l: number, value: number): number {
  const i = findItem(atOf(l), value);
  return i === -2 ? -1 : i < 0 ? 0 : 1;
}

const clear = (args: number): number => (listSplice(I32[args], 0, ALL, []), H.NONE);

defineType({
  id: T.T_LIST,
  name: 'list',
  kind: L.KIND_LIST,
  generic: true,
  unhashable: true,
  matchSequence: true,
  doc: 'Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.',
  methods: [
    ['append', (args) => (list.listAppend(I32[args], I32[args + 1]), H.NONE), [1, 1]],
    ['extend', (args) => (list.listExtend(I32[args], I32[args + 1]) === 0 ? 0 : H.NONE), [1, 1]],
    ['insert', insert, [2, 2]],
    ['pop', pop, [0, 1]],
    ['remove', remove, [1, 1]],
    ['clear', clear, [0, 0]],
    ['copy', (args) => newListFromArray(listSnapshot(I32[args])), [0, 0]],
    ['index', indexMethod, [1, 3]],
    ['count', count, [1, 1]],
    ['reverse', reverse, [0, 0]],
    ['sort', sort, '(*, key=None, reverse=False)'],
    ['__reversed__', (args) => newIter(T.T_LIST_REVERSE_ITERATOR, I32[args], listLength(I32[args]) - 1), [0, 0]],
  ],
  slots: {
    create,
    init,
    getitem,
    setitem,
    delitem,
    contains,
    compare,
    len: listLength,
    bool: (l) => (listLength(l) > 0 ? 1 : 0),
    iter: (l) => newIter(T.T_LIST_ITERATOR, l, 0),
    repr: (l) => reprItems(l, atOf(l), '[', ']', ''),
    binary: { [OP_ADD]: add, [OP_MUL]: multiply },
    inplace: { [OP_ADD]: (l, x) => (list.listExtend(l, x) === 0 ? 0 : l), [OP_MUL]: multiplyInPlace },
  },
});
