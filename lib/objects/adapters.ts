/** Iterators over iterators: enumerate, zip, map, filter, reversed. Their classes may be subclassed. */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import {
  call0,
  call1,
  callArgs,
  getIter,
  getItem,
  index,
  isTrue,
  iterNext,
  length,
  lookupSpecial,
} from './abstract.js';
import { hasKeywords, refusesKeywords } from './keywords.js';
import { defineType } from './define.js';
import { clearException, pendingException, pendingIs, raise, typeName } from './exceptions.js';
import { intFromBigInt, intFromNumber, intToBigInt } from './int.js';
import { descriptorGet } from './attribute.js';
import * as N from './names.js';
import { slotId, typeOf } from './object.js';
import { slots } from './slots.js';
import { toJS } from './strings.js';
import { newTuple, pairOf, tupleFromArray, tupleItem, tupleItems, tupleLength, tupleOf } from './tuple.js';
import { reverseState, strictReduce, strictState } from './iterator-state.js';
import * as T from './type-ids.js';

const I32 = i32;
const self = (it: number): number => it;
const word = (it: number, offset: number): number => I32[(it >>> 2) + offset];

/** An ITER of built-in type `id` or a subclass of it. */
function make(id: number, type: number): number {
  if (type === T.typeHandle(id)) return newObject(L.KIND_ITER, 64, type);
  return newObject(L.KIND_ITER | L.FLAG_SUBCLASS, 128, type);
}

/** Value of keyword `name` among the arguments; 0 when not given. */
function keyword(args: number, n: number, kwnames: number, name: string): number {
  if (kwnames === 0) return 0;
  for (let i = 0; i < tupleLength(kwnames); i++)
    if (toJS(I32[tupleItems(kwnames) + i]) === name) return I32[args + n + i];
  return 0;
}

// enumerate: source, a = next number
function createEnumerate(type: number, args: number, n: number, kwnames: number): number {
  const names =
    kwnames === 0 ? [] : Array.from({ length: tupleLength(kwnames) }, (_, i) => toJS(tupleItem(kwnames, i)));
  const total = n + names.length;
  if (total > 2) return raise('TypeError', `enumerate() takes at most 2 arguments (${total} given)`);
  const unknown = names.find((name) => name !== 'iterable' && name !== 'start');
  if (unknown !== undefined || (n === 1 && names[0] === 'iterable'))
    return raise('TypeError', `'${unknown ?? 'iterable'}' is an invalid keyword argument for enumerate()`);
  const iterable = n > 0 ? I32[args] : keyword(args, n, kwnames, 'iterable');
  const given = n > 1 ? I32[args + 1] : keyword(args, n, kwnames, 'start');
  if (iterable === 0) return raise('TypeError', "enumerate() missing required argument 'iterable'");
  const start = given === 0 ? 1 : index(given);
  if (start === 0) return 0;
  const slot = root(start);
  const source = getIter(iterable);
  unroot(slot);
  if (source === 0) return 0;
  const it = make(T.T_ENUMERATE, type);
  I32[(it >>> 2) + L.ITER_SOURCE] = source;
  I32[(it >>> 2) + L.ITER_A] = start;
  return it;
}

function nextEnumerate(it: number): number {
  const value = iterNext(word(it, L.ITER_SOURCE));
  if (value === 0) return 0;
  const n = word(it, L.ITER_A);
  const slot = root(value);
  const pair = pairOf(n, value);
  storeRef(it, L.ITER_A, (n & 1) !== 0 ? intFromNumber((n >> 1) + 1) : intFromBigInt(intToBigInt(n) + 1n));
  unroot(slot);
  return pair;
}

defineType({
  id: T.T_ENUMERATE,
  name: 'enumerate',
  generic: true,
  kind: L.KIND_ITER,
  methods: [
    ['__reduce__', (a) => tupleOf(typeOf(I32[a]), pairOf(word(I32[a], L.ITER_SOURCE), word(I32[a], L.ITER_A))), [0, 0]],
  ],
  slots: { create: createEnumerate, iter: self, next: nextEnumerate },
});

/** Iterators of n iterables from word `args`, as a tuple; 0 with the exception set. `fail` words the error of what is not iterable. */
function iterators(args: number, n: number, fail?: (i: number) => number): number {
  const t = newTuple(n);
  const slot = root(t);
  for (let i = 0; i < n; i++) {
    const it = getIter(I32[args + i]);
    if (it === 0) {
      unroot(slot);
      if (fail !== undefined && pendingIs('TypeError')) fail(i);
      return 0;
    }
    storeRef(t, L.TUPLE_ITEMS + i, it);
  }
  unroot(slot);
  return t;
}

// zip: source = tuple of iterators (0 when exhausted), step = strict
function createZip(type: number, args: number, n: number, kwnames: number): number {
  const strict = keyword(args, n, kwnames, 'strict');
  for (let i = 0; kwnames !== 0 && i < tupleLength(kwnames); i++) {
    const name = toJS(tupleItem(kwnames, i));
    if (name !== 'strict') return raise('TypeError', `zip() got an unexpected keyword argument '${name}'`);
  }
  const isStrict = strict === 0 ? 0 : isTrue(strict);
  const its = isStrict < 0 ? 0 : iterators(args, n);
  if (its === 0) return 0;
  const it = make(T.T_ZIP, type);
  I32[(it >>> 2) + L.ITER_SOURCE] = its;
  I32[(it >>> 2) + L.ITER_STEP] = isStrict;
  return it;
}

/** zip(strict=True) ended at iterator i: all others must end too. */
function strictEnd(its: number, i: number): number {
  const where = (k: number): string => (k === 1 ? 'argument 1' : `arguments 1-${k}`);
  if (i > 0) return raise('ValueError', `zip() argument ${i + 1} is shorter than ${where(i)}`);
  for (let k = 1; k < tupleLength(its); k++) {
    const value = iterNext(I32[tupleItems(its) + k]);
    if (value !== 0) return raise('ValueError', `zip() argument ${k + 1} is longer than ${where(k)}`);
    if (pendingException() !== 0) return 0;
  }
  return 0;
}

/** The next two values of zip(a, b). */
function nextPair(its: number): number {
  const slot = root(its);
  const a = iterNext(I32[tupleItems(its)]);
  if (a !== 0) root(a);
  const b = a === 0 ? 0 : iterNext(I32[tupleItems(its) + 1]);
  unroot(slot);
  return b === 0 ? 0 : pairOf(a, b);
}

function nextZip(it: number): number {
  const its = word(it, L.ITER_SOURCE);
  if (its === 0 || tupleLength(its) === 0) return 0;
  const n = tupleLength(its);
  if (n === 2 && word(it, L.ITER_STEP) === 0) return nextPair(its);
  const values = new Array<number>(n);
  const slot = root(its);
  for (let i = 0; i < n; i++) {
    const value = iterNext(I32[tupleItems(its) + i]);
    if (value === 0) {
      const r = pendingException() === 0 && word(it, L.ITER_STEP) !== 0 ? strictEnd(its, i) : 0;
      unroot(slot);
      return r;
    }
    values[i] = value;
    root(value);
  }
  if (slot >= 0) unroot(slot);
  return tupleFromArray(values);
}

/** Iterators that a zip or map still has, for the arguments of another. */
const sourcesOf = (it: number): number[] => {
  const its = word(it, L.ITER_SOURCE);
  return its === 0 ? [] : Array.from({ length: tupleLength(its) }, (_, i) => tupleItem(its, i));
};

defineType({
  id: T.T_ZIP,
  name: 'zip',
  kind: L.KIND_ITER,
  methods: [['__reduce__', (a) => strictReduce(I32[a], tupleFromArray(sourcesOf(I32[a]))), [0, 0]], strictState],
  slots: { create: createZip, iter: self, next: nextZip },
});

// map: source = tuple of iterators, a = function, step = strict
function createMap(type: number, args: number, n: number, kwnames: number): number {
  const strict = keyword(args, n, kwnames, 'strict');
  if (hasKeywords(kwnames) && strict === 0) return raise('TypeError', 'map() takes no keyword arguments');
  if (n < 2) return raise('TypeError', 'map() must have at least two arguments.');
  const isStrict = strict === 0 ? 0 : isTrue(strict);
  const its = isStrict < 0 ? 0 : iterators(args + 1, n - 1);
  if (its === 0) return 0;
  const it = make(T.T_MAP, type);
  I32[(it >>> 2) + L.ITER_SOURCE] = its;
  I32[(it >>> 2) + L.ITER_A] = I32[args];
  I32[(it >>> 2) + L.ITER_STEP] = isStrict;
  return it;
}

function nextMap(it: number): number {
  const its = word(it, L.ITER_SOURCE);
  if (tupleLength(its) === 1) {
    const value = iterNext(I32[tupleItems(its)]);
    return value === 0 ? 0 : call1(word(it, L.ITER_A), value);
  }
  const values = nextZip(it);
  if (values === 0) {
    if (pendingIs('ValueError') && word(it, L.ITER_STEP) !== 0) renameZip();
    return 0;
  }
  return callArgs(
    word(it, L.ITER_A),
    Array.from(I32.subarray(tupleItems(values), tupleItems(values) + tupleLength(values))),
  );
}

/** The strict error says map() instead of zip(). */
function renameZip(): void {
  const args = I32[(pendingException() >>> 2) + L.EXCEPTION_ARGS];
  const text = tupleLength(args) === 1 ? toJS(I32[tupleItems(args)]) : '';
  if (!text.startsWith('zip() argument')) return;
  clearException();
  raise('ValueError', text.replace('zip()', 'map()'));
}

defineType({
  id: T.T_MAP,
  name: 'map',
  kind: L.KIND_ITER,
  methods: [
    ['__reduce__', (a) => strictReduce(I32[a], tupleFromArray([word(I32[a], L.ITER_A), ...sourcesOf(I32[a])])), [0, 0]],
    strictState,
  ],
  slots: { create: createMap, iter: self, next: nextMap },
});

// filter: source = iterator, a = predicate
function createFilter(type: number, args: number, n: number, kwnames: number): number {
  if (refusesKeywords('filter', type, kwnames)) return 0;
  if (n !== 2) return raise('TypeError', `filter expected 2 arguments, got ${n}`);
  const source = getIter(I32[args + 1]);
  if (source === 0) return 0;
  const it = make(T.T_FILTER, type);
  I32[(it >>> 2) + L.ITER_SOURCE] = source;
  I32[(it >>> 2) + L.ITER_A] = I32[args];
  return it;
}

function nextFilter(it: number): number {
  for (;;) {
    const value = iterNext(word(it, L.ITER_SOURCE));
    if (value === 0) return 0;
    const slot = root(value);
    const f = word(it, L.ITER_A);
    const r = f === H.NONE || f === T.typeHandle(T.T_BOOL) ? value : call1(f, value);
    const t = r === 0 ? -1 : isTrue(r);
    unroot(slot);
    if (t !== 0) return t < 0 ? 0 : value;
  }
}

defineType({
  id: T.T_FILTER,
  name: 'filter',
  kind: L.KIND_ITER,
  methods: [
    ['__reduce__', (a) => tupleOf(typeOf(I32[a]), pairOf(word(I32[a], L.ITER_A), word(I32[a], L.ITER_SOURCE))), [0, 0]],
  ],
  slots: { create: createFilter, iter: self, next: nextFilter },
});

// reversed: source = sequence, index = next index
function createReversed(type: number, args: number, n: number, kwnames: number): number {
  if (refusesKeywords('reversed', type, kwnames)) return 0;
  if (n !== 1) return raise('TypeError', `reversed expected 1 argument, got ${n}`);
  const o = I32[args];
  const f = lookupSpecial(typeOf(o), N.N_REVERSED);
  if (f === H.NONE) return raise('TypeError', `'${typeName(o)}' object is not reversible`);
  if (f !== 0) {
    const bound = descriptorGet(f, o, typeOf(o));
    return bound === 0 ? 0 : call0(bound);
  }
  if (slots.getitem[slotId(o)] === undefined && lookupSpecial(typeOf(o), N.N_GETITEM) === 0)
    return raise('TypeError', `'${typeName(o)}' object is not reversible`);
  const size = length(o);
  if (size < 0) return 0;
  const it = make(T.T_REVERSED, type);
  I32[(it >>> 2) + L.ITER_SOURCE] = o;
  I32[(it >>> 2) + L.ITER_INDEX] = size - 1;
  return it;
}

function nextReversed(it: number): number {
  const w = it >>> 2;
  const i = I32[w + L.ITER_INDEX];
  if (i < 0) I32[w + L.ITER_SOURCE] = 0;
  if (I32[w + L.ITER_SOURCE] === 0) return 0;
  I32[w + L.ITER_INDEX] = i - 1;
  const value = getItem(I32[w + L.ITER_SOURCE], intFromNumber(i));
  if (value !== 0) return value;
  if (pendingIs('IndexError') || pendingIs('StopIteration')) clearException();
  I32[w + L.ITER_SOURCE] = 0;
  return 0;
}

const reversedState = reverseState(length, () => newTuple(0));

const hintReversed = (args: number): number =>
  intFromNumber(word(I32[args], L.ITER_SOURCE) === 0 ? 0 : word(I32[args], L.ITER_INDEX) + 1);

defineType({
  id: T.T_REVERSED,
  name: 'reversed',
  kind: L.KIND_ITER,
  methods: [['__length_hint__', hintReversed, [0, 0]], ...reversedState],
  slots: { create: createReversed, iter: self, next: nextReversed },
});
