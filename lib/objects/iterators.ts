/**
 * Iterators over the built-in containers. `iterAdvance` is what the interpreter calls for every ITER: a switch on the class, which for these
 * is never a subclass. An exhausted iterator has source 0.
 */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call0, equals, getItem, iterNext as abstractNext, length } from './abstract.js';
import { defineType, type MethodRow } from './define.js';
import { dictEntry, entryKey, entryValue, plainDict } from './dict.js';
import { clearException, pendingIs, raise } from './exceptions.js';
import { intFromBigInt, intFromNumber, intToBigInt } from './int.js';
import { callableState, indexState, rangeState, restState, reverseState } from './iterator-state.js';
import { listAt, listLength, newList } from './list.js';
import { setKey, setLen, setNext } from './set.js';
import { slots } from './slots.js';
import { EMPTY, strCharAt, strLength } from './strings.js';
import { readBegin, readRetry } from './sync.js';
import { newTuple, pairOf } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;

/** A new iterator of built-in type `id` over `source`. */
export function newIter(id: number, source: number, index: number): number {
  const it = newObject(L.KIND_ITER, 64, T.typeHandle(id));
  I32[(it >>> 2) + L.ITER_SOURCE] = source;
  I32[(it >>> 2) + L.ITER_INDEX] = index;
  return it;
}

const finish = (w: number): 0 => {
  I32[w + L.ITER_SOURCE] = 0;
  return 0;
};

function advanceList(w: number): number {
  const source = I32[w + L.ITER_SOURCE];
  if (source === 0) return 0;
  const i = I32[w + L.ITER_INDEX];
  const value = listAt(source, i);
  if (value === 0) return finish(w);
  I32[w + L.ITER_INDEX] = i + 1;
  return value;
}

function advanceListBack(w: number): number {
  const source = I32[w + L.ITER_SOURCE];
  if (source === 0) return 0;
  const i = I32[w + L.ITER_INDEX];
  // It may be moved back by `__setstate__`.
  if (i < 0) return 0;
  const value = listAt(source, i);
  if (value === 0) return finish(w);
  I32[w + L.ITER_INDEX] = i - 1;
  return value;
}

function advanceTuple(w: number): number {
  const source = I32[w + L.ITER_SOURCE];
  if (source === 0) return 0;
  const t = source >>> 2;
  const i = I32[w + L.ITER_INDEX];
  if (i >= I32[t + L.TUPLE_LENGTH]) return finish(w);
  I32[w + L.ITER_INDEX] = i + 1;
  return I32[t + L.TUPLE_ITEMS + i];
}

/** Range: index = next value, end = values left, step; big ranges keep handles in a (next), b (left), source (step). */
function advanceRange(w: number): number {
  if (I32[w + L.ITER_A] !== 0) return advanceBigRange(w);
  const left = I32[w + L.ITER_END];
  if (left <= 0) return 0;
  const value = I32[w + L.ITER_INDEX];
  I32[w + L.ITER_END] = left - 1;
  I32[w + L.ITER_INDEX] = (value + I32[w + L.ITER_STEP]) | 0;
  return (value << 1) | 1;
}

function advanceBigRange(w: number): number {
  const left = intToBigInt(I32[w + L.ITER_B]);
  if (left <= 0n) return 0;
  const value = I32[w + L.ITER_A];
  const it = w << 2;
  storeRef(it, L.ITER_A, intFromBigInt(intToBigInt(value) + intToBigInt(I32[w + L.ITER_SOURCE])));
  storeRef(it, L.ITER_B, intFromBigInt(left - 1n));
  return value;
}

function advanceStr(w: number): number {
  const source = I32[w + L.ITER_SOURCE];
  if (source === 0) return 0;
  const i = I32[w + L.ITER_INDEX];
  if (i >= strLength(source)) return finish(w);
  I32[w + L.ITER_INDEX] = i + 1;
  return H.char(strCharAt(source, i));
}

/**
 * Next entry number of a dict iterator; -1 at the end or with RuntimeError set. END is the number of entries when it began, EXTRA the store
 * it walks: replaced storage with unchanged size is followed by its own order.
 */
function nextEntry(w: number, what: string): number {
  const d = I32[w + L.ITER_SOURCE];
  if (d === 0) return -1;
  if (I32[(d >>> 2) + L.DICT_USED] !== I32[w + L.ITER_END]) {
    I32[w + L.ITER_END] = -1;
    raise('RuntimeError', `${what} changed size during iteration`);
    return -1;
  }
  if (I32[w + L.ITER_EXTRA] <= 0) return finish(w) - 1;
  const e = dictEntry(d, I32[w + L.ITER_INDEX]);
  if (e < 0) {
    raise('RuntimeError', `${what} keys changed during iteration`);
    return -1;
  }
  I32[w + L.ITER_INDEX] = e + 1;
  I32[w + L.ITER_EXTRA] = I32[w + L.ITER_EXTRA] - 1;
  return e;
}

function previousEntry(w: number): number {
  const d = I32[w + L.ITER_SOURCE];
  if (d === 0) return -1;
  if (I32[(d >>> 2) + L.DICT_USED] !== I32[w + L.ITER_END]) {
    I32[w + L.ITER_END] = -1;
    raise('RuntimeError', 'dictionary changed size during iteration');
    return -1;
  }
  let e = I32[w + L.ITER_INDEX];
  while (e >= 0 && dictEntry(d, e) !== e) e--;
  if (e < 0) return finish(w) - 1;
  I32[w + L.ITER_INDEX] = e - 1;
  I32[w + L.ITER_EXTRA] = I32[w + L.ITER_EXTRA] - 1;
  return e;
}

/** What nextEntry or previousEntry came to, as 0 key, 1 value or 2 item. */
function entryOf(e: number, what: number): number {
  if (e < 0) return 0;
  return what === 0 ? entryKey : what === 1 ? entryValue : pairOf(entryKey, entryValue);
}

/** Next value of an ITER; 0 at the end (no exception) or on error (set). */
export function iterAdvance(it: number): number {
  const w = it >>> 2;
  const id = (I32[w + 2] - L.TYPES_BASE) >>> 8;
  switch (id) {
    case T.T_LIST_ITERATOR:
      return advanceList(w);
    case T.T_RANGE_ITERATOR:
      return advanceRange(w);
    case T.T_TUPLE_ITERATOR:
      return advanceTuple(w);
    case T.T_STR_ITERATOR:
      return advanceStr(w);
    case T.T_DICT_KEY_ITERATOR:
      return entryOf(nextEntry(w, 'dictionary'), 0);
    case T.T_DICT_VALUE_ITERATOR:
      return entryOf(nextEntry(w, 'dictionary'), 1);
    case T.T_DICT_ITEM_ITERATOR:
      return entryOf(nextEntry(w, 'dictionary'), 2);
    case T.T_SET_ITERATOR:
      return advanceSet(w);
    case T.T_LIST_REVERSE_ITERATOR:
      return advanceListBack(w);
    default:
      return otherNext(it, id);
  }
}

function otherNext(it: number, id: number): number {
  const next = T.isBuiltinType(I32[(it >>> 2) + 2]) ? slots.next[id] : undefined;
  return next === undefined ? abstractNext(it) : next(it);
}

/** Iterator over the entries of a dict or set by number; `id` one of the dict or set iterators. */
export function entryIter(id: number, container: number): number {
  const d = plainDict(container);
  const it = newIter(id, d, 0);
  const w = it >>> 2;
  const used = I32[(d >>> 2) + L.DICT_USED];
  I32[w + L.ITER_END] = used;
  I32[w + L.ITER_EXTRA] = used;
  return it;
}

/** Iterator over a set: by entry of its table. */
export function setIter(s: number): number {
  const it = newIter(T.T_SET_ITERATOR, s, 0);
  I32[(it >>> 2) + L.ITER_END] = setLen(s);
  I32[(it >>> 2) + L.ITER_EXTRA] = setLen(s);
  return it;
}

function advanceSet(w: number): number {
  const s = I32[w + L.ITER_SOURCE];
  if (s === 0) return 0;
  if (setLen(s) !== I32[w + L.ITER_END]) {
    I32[w + L.ITER_END] = -1;
    return raise('RuntimeError', 'Set changed size during iteration');
  }
  for (;;) {
    const seen = readBegin(s);
    const e = setNext(s, I32[w + L.ITER_INDEX]);
    const key = e < 0 ? 0 : setKey(s, e);
    if (readRetry(s, seen)) continue;
    if (e < 0) return finish(w);
    I32[w + L.ITER_INDEX] = e + 1;
    I32[w + L.ITER_EXTRA] = I32[w + L.ITER_EXTRA] - 1;
    return key;
  }
}

export function entryReverseIter(id: number, container: number): number {
  const it = entryIter(id, container);
  const store = I32[(I32[(it >>> 2) + L.ITER_SOURCE] >>> 2) + L.DICT_STORE];
  I32[(it >>> 2) + L.ITER_INDEX] = store === 0 ? -1 : I32[(store >>> 2) + L.DICTSTORE_FILL] - 1;
  return it;
}

const self = (it: number): number => it;
const atLeast0 = (n: number): number => intFromNumber(Math.max(0, n));
const word = (it: number, offset: number): number => I32[(it >>> 2) + offset];

function hintForward(it: number): number {
  const source = word(it, L.ITER_SOURCE);
  return source === 0 ? 1 : atLeast0(sequenceLength(source) - word(it, L.ITER_INDEX));
}

/** Length of a source of these iterators: lists, tuples and strings need no call. */
function sequenceLength(source: number): number {
  if ((source & 7) === 0 && (I32[source >>> 2] & 0xff) === L.KIND_LIST) return listLength(source);
  if ((source & 7) === 0 && (I32[source >>> 2] & 0xff) === L.KIND_TUPLE) return I32[(source >>> 2) + L.TUPLE_LENGTH];
  return strLength(source);
}

function hintRange(it: number): number {
  return word(it, L.ITER_A) !== 0 ? word(it, L.ITER_B) : intFromNumber(word(it, L.ITER_END));
}

const hintEntries = (it: number): number => (word(it, L.ITER_SOURCE) === 0 ? 1 : atLeast0(word(it, L.ITER_EXTRA)));

type Hint = (it: number) => number;

function define(
  id: number,
  name: string,
  hint: Hint,
  next: (it: number) => number,
  state: readonly MethodRow[] = restState(next),
): void {
  defineType({
    id,
    name,
    kind: L.KIND_ITER,
    final: true,
    methods: [['__length_hint__', (args) => hint(I32[args]), [0, 0]], ...state],
    slots: { iter: self, next },
  });
}

define(
  T.T_LIST_ITERATOR,
  'list_iterator',
  hintForward,
  (it) => advanceList(it >>> 2),
  indexState(listLength, () => newList(0)),
);
define(
  T.T_LIST_REVERSE_ITERATOR,
  'list_reverseiterator',
  (it) => atLeast0(word(it, L.ITER_SOURCE) === 0 ? 0 : word(it, L.ITER_INDEX) + 1),
  (it) => advanceListBack(it >>> 2),
  reverseState(listLength, () => newList(0)),
);
define(
  T.T_TUPLE_ITERATOR,
  'tuple_iterator',
  hintForward,
  (it) => advanceTuple(it >>> 2),
  indexState(sequenceLength, () => newTuple(0)),
);
define(
  T.T_STR_ITERATOR,
  'str_iterator',
  hintForward,
  (it) => advanceStr(it >>> 2),
  indexState(strLength, () => EMPTY),
);
define(T.T_RANGE_ITERATOR, 'range_iterator', hintRange, (it) => advanceRange(it >>> 2), rangeState);
define(T.T_DICT_KEY_ITERATOR, 'dict_keyiterator', hintEntries, (it) => entryOf(nextEntry(it >>> 2, 'dictionary'), 0));
define(T.T_DICT_VALUE_ITERATOR, 'dict_valueiterator', hintEntries, (it) =>
  entryOf(nextEntry(it >>> 2, 'dictionary'), 1),
);
define(T.T_DICT_ITEM_ITERATOR, 'dict_itemiterator', hintEntries, (it) => entryOf(nextEntry(it >>> 2, 'dictionary'), 2));
define(T.T_SET_ITERATOR, 'set_iterator', hintEntries, (it) => advanceSet(it >>> 2));
define(T.T_DICT_REVERSE_KEY_ITERATOR, 'dict_reversekeyiterator', hintEntries, (it) =>
  entryOf(previousEntry(it >>> 2), 0),
);
define(T.T_DICT_REVERSE_VALUE_ITERATOR, 'dict_reversevalueiterator', hintEntries, (it) =>
  entryOf(previousEntry(it >>> 2), 1),
);
define(T.T_DICT_REVERSE_ITEM_ITERATOR, 'dict_reverseitemiterator', hintEntries, (it) =>
  entryOf(previousEntry(it >>> 2), 2),
);

/** A sequence's length is not asked for when its iterator is moved. */
const MOST = 0x3fffffff;

/** Iterator by the sequence protocol (`__getitem__` with 0, 1, ...). */
function nextOfSequence(it: number): number {
  const w = it >>> 2;
  const source = I32[w + L.ITER_SOURCE];
  if (source === 0) return 0;
  const i = I32[w + L.ITER_INDEX];
  I32[w + L.ITER_INDEX] = i + 1;
  const value = getItem(source, intFromNumber(i));
  if (value !== 0) return value;
  if (pendingIs('IndexError') || pendingIs('StopIteration')) {
    clearException();
    I32[w + L.ITER_SOURCE] = 0;
  }
  return 0;
}

function hintSequence(it: number): number {
  const source = word(it, L.ITER_SOURCE);
  if (source === 0) return 1;
  const n = length(source);
  if (n < 0) return pendingIs('TypeError') ? (clearException(), H.NOT_IMPLEMENTED) : 0;
  return atLeast0(n - word(it, L.ITER_INDEX));
}

define(
  T.T_ITERATOR,
  'iterator',
  hintSequence,
  nextOfSequence,
  indexState(
    () => MOST,
    () => newTuple(0),
  ),
);

/** iter(callable, sentinel): a = sentinel. */
function nextOfCallable(it: number): number {
  const w = it >>> 2;
  const f = I32[w + L.ITER_SOURCE];
  if (f === 0) return 0;
  const value = call0(f);
  if (value === 0) {
    if (pendingIs('StopIteration')) {
      clearException();
      I32[w + L.ITER_SOURCE] = 0;
    }
    return 0;
  }
  const slot = root(value);
  const r = equals(value, I32[w + L.ITER_A]);
  unroot(slot);
  if (r === 0) return value;
  if (r > 0) I32[w + L.ITER_SOURCE] = 0;
  return 0;
}

defineType({
  id: T.T_CALLABLE_ITERATOR,
  name: 'callable_iterator',
  kind: L.KIND_ITER,
  final: true,
  methods: callableState,
  slots: { iter: self, next: nextOfCallable },
});

/** iter(f, sentinel). */
export function callableIter(f: number, sentinel: number): number {
  const it = newIter(T.T_CALLABLE_ITERATOR, f, 0);
  I32[(it >>> 2) + L.ITER_A] = sentinel;
  return it;
}
