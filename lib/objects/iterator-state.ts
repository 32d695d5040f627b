/**
 * How built-in iterators are pickled and copied: `__reduce__` names a call that makes one which gives the rest, and the state that `__setstate__`
 * of that one takes. Formats are CPython's, so that pickles of either can be read by the other.
 */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isTrue } from './abstract.js';
import type { MethodRow } from './define.js';
import { dictGetStr } from './dict.js';
import { pendingException, raise } from './exceptions.js';
import { intFromBigInt, intFromNumber, intToBigInt, isInt } from './int.js';
import { listAppend, newList } from './list.js';
import { newRange } from './range-make.js';
import { intern, toJS } from './strings.js';
import { newTuple, tupleOf } from './tuple.js';

const I32 = i32;
const word = (it: number, offset: number): number => I32[(it >>> 2) + offset]!;

const [ITER, REVERSED] = [intern('iter'), intern('reversed')];

/** A built-in function or class as the running program has it; 0 with AttributeError set. */
function builtin(name: number): number {
  for (let c = I32[CARRIER + L.CAR_CONTEXT]!; c !== 0; c = I32[c + L.F_PREVIOUS]!) {
    const builtins = I32[c + L.F_BUILTINS]!;
    if (builtins === 0) continue;
    const found = dictGetStr(builtins, name);
    return found !== 0 ? found : raise('AttributeError', toJS(name));
  }
  return raise('AttributeError', toJS(name));
}

/** (function, (argument,)), and the state where there is one. */
function call(name: number, argument: number, state?: number): number {
  const f = builtin(name);
  if (f === 0) return 0;
  return state === undefined ? tupleOf(f, tupleOf(argument)) : tupleOf(f, tupleOf(argument), state);
}

/** The position that `__setstate__` was given, within [least, most]; undefined with the exception set. */
function positionOf(h: number, least: number, most: number): number | undefined {
  if (!isInt(h)) {
    raise('TypeError', 'an integer is required');
    return undefined;
  }
  const n = intToBigInt(h);
  if (BigInt.asIntN(64, n) !== n) {
    raise('OverflowError', 'Python int too large to convert to C ssize_t');
    return undefined;
  }
  return Math.max(least, Math.min(most, Number(n)));
}

/** Of an iterator over a sequence by index: `empty` makes the sequence of one that is at its end. */
export const indexState = (length: (source: number) => number, empty: () => number): readonly MethodRow[] => [
  [
    '__reduce__',
    (args) => {
      const source = word(I32[args]!, L.ITER_SOURCE);
      if (source === 0) return call(ITER, empty());
      return call(ITER, source, H.small(word(I32[args]!, L.ITER_INDEX)));
    },
    [0, 0],
  ],
  [
    '__setstate__',
    (args) => {
      const source = word(I32[args]!, L.ITER_SOURCE);
      const n = positionOf(I32[args + 1]!, 0, source === 0 ? 0 : length(source));
      if (n === undefined) return 0;
      if (source !== 0) I32[(I32[args]! >>> 2) + L.ITER_INDEX] = n;
      return H.NONE;
    },
    [1, 1],
  ],
];

/** Of one that goes backwards from its index to 0. `length` is -1 with an exception set. */
export const reverseState = (length: (source: number) => number, empty: () => number): readonly MethodRow[] => [
  [
    '__reduce__',
    (args) => {
      const [source, index] = [word(I32[args]!, L.ITER_SOURCE), word(I32[args]!, L.ITER_INDEX)];
      return source === 0 || index < 0 ? call(REVERSED, empty()) : call(REVERSED, source, H.small(index));
    },
    [0, 0],
  ],
  [
    '__setstate__',
    (args) => {
      const source = word(I32[args]!, L.ITER_SOURCE);
      const size = source === 0 ? 0 : length(source);
      if (size < 0) return 0;
      const n = positionOf(I32[args + 1]!, -1, size - 1);
      if (n === undefined) return 0;
      if (source !== 0) I32[(I32[args]! >>> 2) + L.ITER_INDEX] = n;
      return H.NONE;
    },
    [1, 1],
  ],
];

/** Of iterators over dicts and sets, which cannot go on in the middle of another one: the rest as a list. */
export const restState = (next: (it: number) => number): readonly MethodRow[] => [
  [
    '__reduce__',
    (args) => {
      const rest = restOf(I32[args]!, next);
      return rest === 0 ? 0 : call(ITER, rest);
    },
    [0, 0],
  ],
];

/** What an iterator would still give, as a list; it stays where it is. 0 with the exception set. */
function restOf(it: number, next: (it: number) => number): number {
  const copy = newObject(L.KIND_ITER, L.CELL_BYTES, I32[(it >>> 2) + 2]!);
  for (let i = 4; i < L.CELL_BYTES / 4; i++) I32[(copy >>> 2) + i] = I32[(it >>> 2) + i]!;
  const slot = root(copy);
  const list = newList(0);
  root(list);
  for (let value = next(copy); value !== 0; value = next(copy)) listAppend(list, value);
  unroot(slot);
  return pendingException() === 0 ? list : 0;
}

/** Start, stop and step of what a range's iterator would still give. */
function restOfRange(it: number): [number, number, number] {
  if (word(it, L.ITER_A) !== 0) {
    const [next, left, step] = [L.ITER_A, L.ITER_B, L.ITER_SOURCE].map((o) => intToBigInt(word(it, o))) as [
      bigint,
      bigint,
      bigint,
    ];
    return [word(it, L.ITER_A), intFromBigInt(next + left * step), word(it, L.ITER_SOURCE)];
  }
  const [next, left, step] = [word(it, L.ITER_INDEX), word(it, L.ITER_END), word(it, L.ITER_STEP)];
  return [intFromNumber(next), intFromNumber(next + left * step), intFromNumber(step)];
}

/** Skips `n` of the values left. */
function skip(it: number, n: number): void {
  const w = it >>> 2;
  if (word(it, L.ITER_A) === 0) {
    I32[w + L.ITER_INDEX] = word(it, L.ITER_INDEX) + n * word(it, L.ITER_STEP);
    I32[w + L.ITER_END] = word(it, L.ITER_END) - n;
    return;
  }
  const next = intToBigInt(word(it, L.ITER_A)) + BigInt(n) * intToBigInt(word(it, L.ITER_SOURCE));
  storeRef(it, L.ITER_A, intFromBigInt(next));
  storeRef(it, L.ITER_B, intFromBigInt(intToBigInt(word(it, L.ITER_B)) - BigInt(n)));
}

/** Of a range's iterator: a range of the rest. */
export const rangeState: readonly MethodRow[] = [
  ['__reduce__', (args) => call(ITER, newRange(...restOfRange(I32[args]!)), H.NONE), [0, 0]],
  [
    '__setstate__',
    (args) => {
      const it = I32[args]!;
      const left = word(it, L.ITER_A) === 0 ? word(it, L.ITER_END) : Number(intToBigInt(word(it, L.ITER_B)));
      const n = positionOf(I32[args + 1]!, 0, left);
      if (n === undefined) return 0;
      skip(it, n);
      return H.NONE;
    },
    [1, 1],
  ],
];

/** `iter(callable, sentinel)`. */
export const callableState: readonly MethodRow[] = [
  [
    '__reduce__',
    (args) => {
      const it = I32[args]!;
      const f = builtin(ITER);
      if (f === 0) return 0;
      const source = word(it, L.ITER_SOURCE);
      return tupleOf(f, source === 0 ? tupleOf(newTuple(0)) : tupleOf(source, word(it, L.ITER_A)));
    },
    [0, 0],
  ],
];

/** `__setstate__` of zip and map: are their iterators of equal length? */
export const strictState: MethodRow = [
  '__setstate__',
  (args) => {
    const strict = isTrue(I32[args + 1]!);
    if (strict < 0) return 0;
    I32[(I32[args]! >>> 2) + L.ITER_STEP] = strict;
    return H.NONE;
  },
  [1, 1],
];

/** (class, arguments), and True where their lengths must be equal. */
export function strictReduce(it: number, given: number): number {
  const type = I32[(it >>> 2) + 2]!;
  return word(it, L.ITER_STEP) === 0 ? tupleOf(type, given) : tupleOf(type, given, H.TRUE);
}
