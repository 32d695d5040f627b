/** product, permutations and combinations, in lexicographic order of positions; tee. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { getIter, index, iterNext, lookupAttr } from '../objects/abstract.js';
import { call0 } from '../objects/call.js';
import { pendingException, raise } from '../objects/exceptions.js';
import { intFromNumber, intToNumber } from '../objects/int.js';
import { listAppend, newList } from '../objects/list.js';
import { intern, toJS } from '../objects/strings.js';
import { newTupleOf, tupleFromIterable, tupleItem, tupleLength } from '../objects/tuple.js';
import { typeHandle } from '../objects/type-ids.js';
import { slotId, typeOf } from '../objects/object.js';
import { type MethodRow } from '../objects/define.js';
import { defineIterator, item, named, newRecord, positional, raw, setItem, setRaw } from './itertools-record.js';

const I32 = i32;

/** Record: 0 = pools or pool (tuple), 1 = positions as a tuple of small ints (0 before the first). raw 1: exhausted. */
const positions = (it: number): number[] =>
  Array.from({ length: tupleLength(item(it, 1)) }, (_, i) => tupleItem(item(it, 1), i) >> 1);
const setPositions = (it: number, at: readonly number[]): void => setItem(it, 1, newTupleOf(at.map((i) => H.small(i))));

const finish = (it: number): 0 => {
  setRaw(it, 1);
  return 0;
};

// ---------------------------------------------------------------- product

function createProduct(type: number, args: number, n: number, kwnames: number): number {
  let times = 1;
  for (let k = 0; kwnames !== 0 && k < tupleLength(kwnames); k++) {
    if (toJS(tupleItem(kwnames, k)) !== 'repeat')
      return raise('TypeError', `product() got an unexpected keyword argument '${toJS(tupleItem(kwnames, k))}'`);
    const r = index(I32[args + n + k]);
    if (r === 0) return 0;
    times = intToNumber(r);
  }
  if (times < 0) return raise('ValueError', 'repeat argument cannot be negative');
  const list = newList(0);
  const slot = root(list);
  for (let i = 0; i < n; i++) {
    const pool = tupleFromIterable(I32[args + i]);
    if (pool === 0) {
      unroot(slot);
      return 0;
    }
    listAppend(list, pool);
  }
  const pools = tupleFromIterable(list);
  unroot(slot);
  if (n * times > 1e6) return raise('OverflowError', 'repeat argument too large');
  const all = Array.from({ length: n * times }, (_, i) => tupleItem(pools, i % n));
  return newRecord(type, [newTupleOf(all), 0]);
}

function nextProduct(it: number): number {
  if (raw(it) === 1) return 0;
  const pools = item(it, 0);
  const n = tupleLength(pools);
  const size = (i: number): number => tupleLength(tupleItem(pools, i));
  let at: number[];
  if (item(it, 1) === 0) {
    at = new Array<number>(n).fill(0);
    for (let i = 0; i < n; i++) if (size(i) === 0) return finish(it);
  } else {
    at = positions(it);
    let i = n - 1;
    while (i >= 0 && ++at[i] === size(i)) at[i--] = 0;
    if (i < 0) return finish(it);
  }
  setPositions(it, at);
  return newTupleOf(at.map((k, i) => tupleItem(tupleItem(pools, i), k)));
}

defineIterator('product', createProduct, nextProduct);

// ---------------------------------------------------------------- combinations, permutations

function createChoice(
  name: string,
  optional: boolean,
): (type: number, args: number, n: number, kwnames: number) => number {
  return (type, args, n, kwnames) => {
    const given = named(name, ['iterable', 'r'], optional ? 1 : 2, args, n, kwnames);
    if (given === undefined) return 0;
    const pool = tupleFromIterable(given[0]);
    if (pool === 0) return 0;
    const slot = root(pool);
    if (optional && given[1] !== 0 && given[1] !== H.NONE && (given[1] & 1) === 0)
      return raise('TypeError', 'Expected int as r');
    const r = given[1] === 0 || (optional && given[1] === H.NONE) ? intFromNumber(tupleLength(pool)) : index(given[1]);
    unroot(slot);
    if (r === 0) return 0;
    if (intToNumber(r) < 0) return raise('ValueError', 'r must be non-negative');
    return newRecord(type, [pool, 0, r]);
  };
}

/** An iterator over choices of r positions: `first` and `advance` give them, undefined at the end. */
function defineChoice(
  name: string,
  optional: boolean,
  first: (n: number, r: number) => number[] | undefined,
  advance: (at: number[], n: number, r: number) => boolean,
): void {
  defineIterator(name, createChoice(name, optional), (it) => {
    if (raw(it) === 1) return 0;
    const pool = item(it, 0);
    const n = tupleLength(pool);
    const r = intToNumber(item(it, 2));
    const at = item(it, 1) === 0 ? first(n, r) : positions(it);
    if (at === undefined || (item(it, 1) !== 0 && !advance(at, n, r))) return finish(it);
    setPositions(it, at);
    return newTupleOf(at.map((k) => tupleItem(pool, k)));
  });
}

const upTo = (r: number): number[] => Array.from({ length: r }, (_, i) => i);

defineChoice(
  'combinations',
  false,
  (n, r) => (r > n ? undefined : upTo(r)),
  (at, n, r) => {
    let i = r - 1;
    while (i >= 0 && at[i] === i + n - r) i--;
    if (i < 0) return false;
    for (let v = at[i] + 1; i < r; i++, v++) at[i] = v;
    return true;
  },
);

defineChoice(
  'combinations_with_replacement',
  false,
  (n, r) => (n === 0 && r > 0 ? undefined : new Array<number>(r).fill(0)),
  (at, n, r) => {
    let i = r - 1;
    while (i >= 0 && at[i] === n - 1) i--;
    if (i < 0) return false;
    at.fill(at[i] + 1, i);
    return true;
  },
);

/** The next r-permutation of 0..n-1: the last position that can take a larger unused number does, the rest take the least ones. */
defineChoice(
  'permutations',
  true,
  (n, r) => (r > n ? undefined : upTo(r)),
  (at, n, r) => {
    const used = new Array<boolean>(n).fill(false);
    for (const k of at) used[k] = true;
    for (let i = r - 1; i >= 0; i--) {
      used[at[i]] = false;
      let k = at[i] + 1;
      while (k < n && used[k]) k++;
      if (k === n) continue;
      at[i] = k;
      used[k] = true;
      for (let j = i + 1, next = 0; j < r; j++) {
        while (used[next]) next++;
        at[j] = next;
        used[next] = true;
      }
      return true;
    }
    return false;
  },
);

// ---------------------------------------------------------------- tee

/** A link of the chain that tees share: 0 = value (0: not read yet), 1 = next link. raw 1: being read. */
const link = defineIterator('_tee_dataobject', undefined, () => 0, { private: true });
const newLink = (): number => newRecord(typeHandle(link), [0, 0]);

const copyTee: MethodRow = [
  '__copy__',
  (args) => newRecord(typeOf(I32[args]), [item(I32[args], 0), item(I32[args], 1)]),
  [0, 0],
];

/** Tee: 0 = source iterator, 1 = its link. */
const tee = defineIterator('_tee', createTee, nextTee, { private: true, methods: [copyTee] });

function createTee(type: number, args: number, n: number, kwnames: number): number {
  if (!positional('_tee', 1, 1, n, kwnames, type)) return 0;
  const it = getIter(I32[args]);
  if (it === 0) return 0;
  if (slotId(it) === tee) return newRecord(type, [item(it, 0), item(it, 1)]);
  const slot = root(it);
  const first = newLink();
  unroot(slot);
  return newRecord(type, [it, first]);
}

function nextTee(it: number): number {
  const at = item(it, 1);
  if (item(at, 0) === 0) {
    if (raw(at) === 1) return raise('RuntimeError', 'cannot re-enter the tee iterator');
    setRaw(at, 1);
    const slot = root(at);
    const value = iterNext(item(it, 0));
    unroot(slot);
    setRaw(at, 0);
    if (value === 0) return 0;
    setItem(at, 0, value);
    setItem(at, 1, newLink());
  }
  setItem(it, 1, item(at, 1));
  return item(at, 0);
}

/** tee(iterable, n=2): a tuple of independent iterators. */
export function makeTees(args: number, n: number): number {
  const count = n > 1 ? index(I32[args + 1]) : H.small(2);
  if (count === 0) return 0;
  const k = intToNumber(count);
  if (k < 0) return raise('ValueError', 'n must be >= 0');
  if (k === 0) return newTupleOf([]);
  const it = getIter(I32[args]);
  if (it === 0) return 0;
  const slot = root(it);
  const list = newList(0);
  root(list);
  const copier = slotId(it) === tee ? 0 : lookupAttr(it, intern('__copy__'));
  if (copier !== 0) root(copier);
  const first = copier !== 0 ? 0 : newLink();
  if (first !== 0) root(first);
  for (let i = 0; i < k && pendingException() === 0; i++) {
    const one =
      copier !== 0
        ? i === 0
          ? it
          : call0(copier)
        : slotId(it) === tee
          ? newRecord(typeHandle(tee), [item(it, 0), item(it, 1)])
          : newRecord(typeHandle(tee), [it, first]);
    if (one !== 0) listAppend(list, one);
  }
  const result = pendingException() !== 0 ? 0 : tupleFromIterable(list);
  unroot(slot);
  return result;
}
