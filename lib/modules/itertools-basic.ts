/** Iterators of itertools that pass values on one by one (https://docs.python.org/3.14/library/itertools.html). */
import { barrier } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import {
  binaryOp,
  call1,
  call2,
  callArgs,
  equals,
  getIter,
  hasIndex,
  index,
  isTrue,
  iterNext,
  lookupSpecial,
  repr,
} from '../objects/abstract.js';
import { pendingException, raise } from '../objects/exceptions.js';
import { intFromBigInt, intFromNumber, intToBigInt, intToNumber } from '../objects/int.js';
import { listAt, listAppend, listLength, newList, listSetItem } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isKind, slotId, typeOf } from '../objects/object.js';
import { OP_ADD, slots } from '../objects/slots.js';
import { fromJS, toJS } from '../objects/strings.js';
import { begin, end, publishStore, readBegin } from '../objects/sync.js';
import {
  newTupleFrom,
  newTupleOf,
  tupleFromIterable,
  tupleItem,
  tupleItems,
  tupleLength,
  tupleOf,
} from '../objects/tuple.js';
import { typeHandle } from '../objects/type-ids.js';
import { defineIterator, item, named, newRecord, positional, raw, setItem, setRaw } from './itertools-record.js';

const I32 = i32;

/** Does it look like a number: has it an index, an int, a float or a complex conversion? */
const isNumber = (h: number): boolean =>
  hasIndex(h) ||
  isKind(h, L.KIND_COMPLEX) ||
  H.isFloat(h) ||
  slots.float[slotId(h)] !== undefined ||
  lookupSpecial(typeOf(h), N.N_FLOAT) !== 0;

/** A keep-or-drop test: 1, 0, -1 with the exception set. The value is rooted during the call. */
function test(f: number, value: number): number {
  const slot = root(value);
  const r = call1(f, value);
  const t = r === 0 ? -1 : isTrue(r);
  unroot(slot);
  return t;
}

/** Creates from (function, iterable). */
const fromPair =
  (name: string) =>
  (type: number, args: number, n: number, kwnames: number): number => {
    if (!positional(name, 2, 2, n, kwnames, type)) return 0;
    const it = getIter(I32[args + 1]);
    return it === 0 ? 0 : newRecord(type, [I32[args], it]);
  };

defineIterator('takewhile', fromPair('takewhile'), (it) => {
  if (raw(it) !== 0) return 0;
  const value = iterNext(item(it, 1));
  if (value === 0) return 0;
  const t = test(item(it, 0), value);
  if (t === 0) setRaw(it, 1);
  return t === 1 ? value : 0;
});

defineIterator('dropwhile', fromPair('dropwhile'), (it) => {
  for (;;) {
    const value = iterNext(item(it, 1));
    if (value === 0 || raw(it) !== 0) return value;
    const t = test(item(it, 0), value);
    if (t < 0) return 0;
    if (t === 1) continue;
    setRaw(it, 1);
    return value;
  }
});

defineIterator('filterfalse', fromPair('filterfalse'), (it) => {
  for (;;) {
    const value = iterNext(item(it, 1));
    if (value === 0) return 0;
    const f = item(it, 0);
    const t = f === H.NONE ? isTrue(value) : test(f, value);
    if (t !== 1) return t < 0 ? 0 : value;
  }
});

defineIterator('starmap', fromPair('starmap'), (it) => {
  const given = iterNext(item(it, 1));
  if (given === 0) return 0;
  const args = tupleFromIterable(given);
  if (args === 0) return 0;
  return callArgs(item(it, 0), Array.from(I32.subarray(tupleItems(args), tupleItems(args) + tupleLength(args))));
});

function createCompress(type: number, args: number, n: number, kwnames: number): number {
  const given = named('compress', ['data', 'selectors'], 2, args, n, kwnames);
  if (given === undefined) return 0;
  const data = getIter(given[0]);
  const slot = root(data);
  const selectors = data === 0 ? 0 : getIter(given[1]);
  unroot(slot);
  return selectors === 0 ? 0 : newRecord(type, [data, selectors]);
}

defineIterator('compress', createCompress, (it) => {
  for (;;) {
    const value = iterNext(item(it, 0));
    if (value === 0) return 0;
    const slot = root(value);
    const selector = iterNext(item(it, 1));
    const t = selector === 0 ? -1 : isTrue(selector);
    unroot(slot);
    if (t !== 0) return t < 0 ? 0 : value;
  }
});

// chain: 0 = iterator of iterables, 1 = present one
const nextChain = (it: number): number => {
  for (;;) {
    if (item(it, 0) === 0) return 0;
    if (item(it, 1) === 0) {
      const source = iterNext(item(it, 0));
      const inner = source === 0 ? 0 : getIter(source);
      if (inner === 0) {
        setItem(it, 0, 0);
        return 0;
      }
      setItem(it, 1, inner);
    }
    const value = iterNext(item(it, 1));
    if (value !== 0 || pendingException() !== 0) return value;
    setItem(it, 1, 0);
  }
};

function chainOf(type: number, iterables: number): number {
  const it = getIter(iterables);
  return it === 0 ? 0 : newRecord(type, [it, 0]);
}

defineIterator(
  'chain',
  (type, args, n, kwnames) => (positional('chain', 0, -1, n, kwnames, type) ? chainOf(type, newTupleFrom(args, n)) : 0),
  nextChain,
  {
    classMethods: [['from_iterable', (args) => chainOf(I32[args], I32[args + 1]), [1, 1]]],
  },
);

// count: 0 = next value, 1 = step
function createCount(type: number, args: number, n: number, kwnames: number): number {
  const given = named('count', ['start', 'step'], 0, args, n, kwnames);
  if (given === undefined) return 0;
  for (const h of given) if (h !== 0 && !isNumber(h)) return raise('TypeError', 'a number is required');
  return newRecord(type, [given[0] === 0 ? 1 : given[0], given[1] === 0 ? 3 : given[1]]);
}

/** Each number comes once, whichever threads ask: threading names its threads so. */
function nextCount(it: number): number {
  for (;;) {
    const seen = readBegin(it);
    const slot = root(item(it, 0));
    const after = binaryOp(OP_ADD, I32[slot], item(it, 1));
    const value = I32[slot];
    unroot(slot);
    if (after === 0) return 0;
    publishStore(it, after);
    if (!begin(it, seen)) continue;
    I32[(it >>> 2) + L.RECORD_ITEMS] = after;
    end(it);
    barrier(it, after);
    return value;
  }
}

defineIterator('count', createCount, nextCount, {
  repr: (it) => {
    const value = repr(item(it, 0));
    const slot = root(value);
    const step = repr(item(it, 1));
    unroot(slot);
    return value === 0 || step === 0
      ? 0
      : fromJS(item(it, 1) === 3 ? `count(${toJS(value)})` : `count(${toJS(value)}, ${toJS(step)})`);
  },
});

// repeat: 0 = value, 1 = times left as an int (0: without end)
function createRepeat(type: number, args: number, n: number, kwnames: number): number {
  const given = named('repeat', ['object', 'times'], 1, args, n, kwnames);
  if (given === undefined) return 0;
  if (given[1] === 0) return newRecord(type, [given[0], 0]);
  const times = index(given[1]);
  return times === 0 ? 0 : newRecord(type, [given[0], intToBigInt(times) < 0n ? 1 : times]);
}

defineIterator(
  'repeat',
  createRepeat,
  (it) => {
    const left = item(it, 1);
    if (left === 0) return item(it, 0);
    if (left === 1) return 0;
    setItem(it, 1, intFromBigInt(intToBigInt(left) - 1n));
    return item(it, 0);
  },
  {
    methods: [
      [
        '__length_hint__',
        (args) => (item(I32[args], 1) === 0 ? raise('TypeError', 'len() of unsized object') : item(I32[args], 1)),
        [0, 0],
      ],
    ],
    repr: (it) => {
      const value = repr(item(it, 0));
      if (value === 0) return 0;
      return fromJS(
        item(it, 1) === 0 ? `repeat(${toJS(value)})` : `repeat(${toJS(value)}, ${intToNumber(item(it, 1))})`,
      );
    },
  },
);

// cycle: 0 = iterator (0 when exhausted), 1 = list of what it gave
defineIterator(
  'cycle',
  (type, args, n, kwnames) => {
    if (!positional('cycle', 1, 1, n, kwnames, type)) return 0;
    const it = getIter(I32[args]);
    if (it === 0) return 0;
    const slot = root(it);
    const saved = newList(0);
    unroot(slot);
    return newRecord(type, [it, saved]);
  },
  (it) => {
    if (item(it, 0) !== 0) {
      const value = iterNext(item(it, 0));
      if (value !== 0) listAppend(item(it, 1), value);
      if (value !== 0 || pendingException() !== 0) return value;
      setItem(it, 0, 0);
    }
    const n = listLength(item(it, 1));
    if (n === 0) return 0;
    const i = raw(it);
    setRaw(it, i + 1 >= n ? 0 : i + 1);
    return listAt(item(it, 1), i);
  },
);

// accumulate: 0 = iterator, 1 = function or None, 2 = total (0: none yet), 3 = initial (0: none)
function createAccumulate(type: number, args: number, n: number, kwnames: number): number {
  const given = named('accumulate', ['iterable', 'func', 'initial'], 1, args, n, kwnames);
  if (given === undefined) return 0;
  const it = getIter(given[0]);
  return it === 0
    ? 0
    : newRecord(type, [it, given[1] === 0 ? H.NONE : given[1], 0, given[2] === H.NONE ? 0 : given[2]]);
}

defineIterator('accumulate', createAccumulate, (it) => {
  if (item(it, 3) !== 0) {
    setItem(it, 2, item(it, 3));
    setItem(it, 3, 0);
    return item(it, 2);
  }
  const value = iterNext(item(it, 0));
  if (value === 0) return 0;
  const total = item(it, 2);
  const f = item(it, 1);
  const result = total === 0 ? value : f === H.NONE ? binaryOp(OP_ADD, total, value) : call2(f, total, value);
  if (result !== 0) setItem(it, 2, result);
  return result;
});

// pairwise: 0 = iterator, 1 = value before
defineIterator(
  'pairwise',
  (type, args, n, kwnames) => {
    if (!positional('pairwise', 1, 1, n, kwnames, type)) return 0;
    const it = getIter(I32[args]);
    return it === 0 ? 0 : newRecord(type, [it, 0]);
  },
  (it) => {
    if (item(it, 0) === 0) return 0;
    if (item(it, 1) === 0) {
      const first = iterNext(item(it, 0));
      if (first === 0) return 0;
      setItem(it, 1, first);
    }
    const value = iterNext(item(it, 0));
    if (value === 0) {
      setItem(it, 0, 0);
      setItem(it, 1, 0);
      return 0;
    }
    const slot = root(value);
    const pair = tupleOf(item(it, 1), value);
    unroot(slot);
    setItem(it, 1, value);
    return pair;
  },
);

// islice: 0 = iterator (0 when exhausted), 1 = next index, 2 = stop or None, 3 = step, 4 = position
function sliceArgument(h: number, fallback: number, what: string): number {
  if (h === 0 || h === H.NONE) return fallback;
  const refuse = (): number => {
    raise('ValueError', what);
    return Number.NaN;
  };
  if (!isNumber(h) || H.isFloat(h)) return refuse();
  const i = index(h);
  if (i === 0) return Number.NaN;
  const v = intToNumber(i);
  return v >= 0 && v <= Number.MAX_SAFE_INTEGER ? v : refuse();
}

function createSlice(type: number, args: number, n: number, kwnames: number): number {
  if (!positional('islice', 2, 4, n, kwnames, type)) return 0;
  const three = n > 2;
  const both = 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.';
  const stopText = 'Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.';
  const start = three ? sliceArgument(I32[args + 1], 0, both) : 0;
  if (Number.isNaN(start)) return 0;
  const stop = sliceArgument(I32[args + (three ? 2 : 1)], Infinity, three ? both : stopText);
  if (Number.isNaN(stop)) return 0;
  const stepText = 'Step for islice() must be a positive integer or None.';
  const step = n > 3 ? sliceArgument(I32[args + 3], 1, stepText) : 1;
  if (Number.isNaN(step)) return 0;
  if (step === 0) return raise('ValueError', stepText);
  const it = getIter(I32[args]);
  if (it === 0) return 0;
  const slot = root(it);
  const r = newRecord(type, [it, 0, H.NONE, 0, 1]);
  root(r);
  setItem(r, 1, intFromNumber(start));
  if (stop !== Infinity) setItem(r, 2, intFromNumber(stop));
  setItem(r, 3, intFromNumber(step));
  unroot(slot);
  return r;
}

defineIterator('islice', createSlice, (it) => {
  if (item(it, 0) === 0) return 0;
  const stop = item(it, 2) === H.NONE ? Infinity : intToNumber(item(it, 2));
  const wanted = Math.min(intToNumber(item(it, 1)), stop);
  let at = intToNumber(item(it, 4));
  let value = 0;
  while (at < wanted || (at === wanted && wanted < stop)) {
    value = iterNext(item(it, 0));
    if (value === 0) break;
    at++;
    if (at > wanted) break;
    value = 0;
  }
  if (value === 0) {
    setItem(it, 0, 0);
    return 0;
  }
  const slot = root(value);
  setItem(it, 4, intFromNumber(at));
  setItem(it, 1, intFromNumber(Math.min(stop, wanted + intToNumber(item(it, 3)))));
  unroot(slot);
  return value;
});

// zip_longest: 0 = tuple of iterators (None: exhausted), 1 = fill value, 2... ; raw = iterators still going
function createLongest(type: number, args: number, n: number, kwnames: number): number {
  let fill = H.NONE;
  for (let k = 0; kwnames !== 0 && k < tupleLength(kwnames); k++) {
    if (toJS(tupleItem(kwnames, k)) !== 'fillvalue')
      return raise('TypeError', 'zip_longest() got an unexpected keyword argument');
    fill = I32[args + n + k];
  }
  const list = newList(0);
  const slot = root(list);
  let ok = true;
  for (let i = 0; i < n && ok; i++) {
    const it = getIter(I32[args + i]);
    ok = it !== 0;
    if (ok) listAppend(list, it);
  }
  unroot(slot);
  return ok ? newRecord(type, [list, fill], n) : 0;
}

defineIterator('zip_longest', createLongest, (it) => {
  const its = item(it, 0);
  const n = listLength(its);
  if (n === 0 || raw(it) === 0) return 0;
  const values = newList(0);
  const slot = root(values);
  root(its);
  for (let i = 0; i < n; i++) {
    const value = longestItem(it, its, i);
    if (value === 0) {
      unroot(slot);
      return 0;
    }
    listAppend(values, value);
  }
  const result = tupleFromIterable(values);
  unroot(slot);
  return result;
});

function longestItem(it: number, its: number, i: number): number {
  if (listAt(its, i) === H.NONE) return item(it, 1);
  const value = iterNext(listAt(its, i));
  if (value !== 0) return value;
  if (pendingException() !== 0) {
    setRaw(it, 0);
    return 0;
  }
  setRaw(it, raw(it) - 1);
  if (raw(it) === 0) return 0;
  listSetItem(its, i, H.NONE);
  return item(it, 1);
}

// batched: 0 = iterator, 1 = n; raw = strict
function createBatched(type: number, args: number, n: number, kwnames: number): number {
  const given = named('batched', ['iterable', 'n', 'strict'], 2, args, n, kwnames);
  if (given === undefined) return 0;
  const strict = given[2] === 0 ? 0 : isTrue(given[2]);
  const size = strict < 0 ? 0 : index(given[1]);
  if (size === 0) return 0;
  if (intToBigInt(size) < 1n) return raise('ValueError', 'n must be at least one');
  const slot = root(size);
  const it = getIter(given[0]);
  unroot(slot);
  return it === 0 ? 0 : newRecord(type, [it, size], strict);
}

defineIterator('batched', createBatched, (it) => {
  if (item(it, 0) === 0) return 0;
  const list = newList(0);
  const slot = root(list);
  const most = intToNumber(item(it, 1));
  while (listLength(list) < most) {
    const value = iterNext(item(it, 0));
    if (value === 0) break;
    listAppend(list, value);
  }
  const n = listLength(list);
  if (n < most) setItem(it, 0, 0);
  const failed = pendingException() !== 0 || n === 0;
  const batch = failed
    ? 0
    : n < most && raw(it) === 1
      ? raise('ValueError', 'batched(): incomplete batch')
      : tupleFromIterable(list);
  unroot(slot);
  return batch;
});

// groupby: 0 = iterator, 1 = key function, 2 = key of the group given out, 3 = present key, 4 = present value, 5 = present grouper
function createGroupby(type: number, args: number, n: number, kwnames: number): number {
  const given = named('groupby', ['iterable', 'key'], 1, args, n, kwnames);
  if (given === undefined) return 0;
  const it = getIter(given[0]);
  return it === 0 ? 0 : newRecord(type, [it, given[1] === 0 ? H.NONE : given[1], 0, 0, 0, 0]);
}

/** Takes the next value and its key: 1, or 0 at the end or with the exception set. */
function stepGroup(g: number): 1 | 0 {
  const value = iterNext(item(g, 0));
  if (value === 0) return 0;
  const slot = root(value);
  const key = item(g, 1) === H.NONE ? value : call1(item(g, 1), value);
  unroot(slot);
  if (key === 0) return 0;
  setItem(g, 4, value);
  setItem(g, 3, key);
  return 1;
}

const grouper = defineIterator(
  '_grouper',
  undefined,
  (it) => {
    const g = item(it, 0);
    if (item(g, 5) !== it) return 0;
    const slot = root(g);
    const same = item(g, 4) === 0 && stepGroup(g) === 0 ? 0 : equals(item(it, 1), item(g, 3));
    unroot(slot);
    if (same !== 1) return 0;
    const value = item(g, 4);
    setItem(g, 4, 0);
    return value;
  },
  { private: true },
);

defineIterator('groupby', createGroupby, (g) => {
  setItem(g, 5, 0);
  for (;;) {
    if (item(g, 3) !== 0) {
      if (item(g, 2) === 0) break;
      const same = equals(item(g, 2), item(g, 3));
      if (same < 0) return 0;
      if (same === 0) break;
    }
    if (stepGroup(g) === 0) return 0;
  }
  setItem(g, 2, item(g, 3));
  const group = newRecord(typeHandle(grouper), [g, item(g, 3)]);
  setItem(g, 5, group);
  return newTupleOf([item(g, 3), group]);
});
