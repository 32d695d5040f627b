/** Built-in functions on any object: attributes, iteration, classes, text. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { f64, i32 } from '../heap/memory.js';
import {
  ascii,
  callArgs,
  delAttr,
  format,
  getAttr,
  getIter,
  hash,
  isCallable,
  isIterator,
  isTrue,
  iterNext,
  iterNextOrStop,
  length,
  lookupAttr,
  repr,
  setAttr,
} from '../objects/abstract.js';
import type { MethodRow } from '../objects/define.js';
import {
  clearException,
  newException,
  pendingException,
  pendingIs,
  raise,
  setException,
  typeName,
} from '../objects/exceptions.js';
import { isInstanceOf, isSubclassOf } from '../objects/instance-check.js';
import { isInstance } from '../objects/instance-dict.js';
import { intFromBigInt, intFromNumber } from '../objects/int.js';
import { callableIter } from '../objects/iterators.js';
import { listFromIterable } from '../objects/list.js';
import { isKind, isStr } from '../objects/object.js';
import { asyncIterOf, asyncNextOf } from '../vm/async.js';
import { newAnext } from '../vm/async-generators.js';
import { sortList } from '../objects/sort.js';
import { EMPTY, intern, internStr, knownStr } from '../objects/strings.js';

const I32 = i32;
const F64 = f64;
const FLAG = (t: number): number => (t < 0 ? 0 : H.fromBool(t === 1));

// ---------------------------------------------------------------- attributes

/** The name argument of getattr and its like, in the form `normal` gives; 0 with TypeError set. */
function attributeName(h: number, normal: (h: number) => number): number {
  if (isStr(h)) return normal(h);
  return raise('TypeError', `attribute name must be string, not '${typeName(h)}'`);
}

function getattr(args: number, n: number): number {
  const name = attributeName(I32[args + 1], knownStr);
  if (name === 0) return 0;
  if (n === 2) return getAttr(I32[args], name);
  const value = lookupAttr(I32[args], name);
  return value !== 0 || pendingException() !== 0 ? value : I32[args + 2];
}

function hasattr(args: number): number {
  const name = attributeName(I32[args + 1], knownStr);
  if (name === 0) return 0;
  const value = lookupAttr(I32[args], name);
  return value === 0 && pendingException() !== 0 ? 0 : H.fromBool(value !== 0);
}

function setattr(args: number): number {
  const name = attributeName(I32[args + 1], isInstance(I32[args]) ? knownStr : internStr);
  return name === 0 || setAttr(I32[args], name, I32[args + 2]) === 0 ? 0 : H.NONE;
}

function delattr(args: number): number {
  const name = attributeName(I32[args + 1], knownStr);
  return name === 0 || delAttr(I32[args], name) === 0 ? 0 : H.NONE;
}

// ---------------------------------------------------------------- identity

const identityView = new DataView(new ArrayBuffer(8));

/** id(h): the handle for objects and immediates; ints and floats in granules by their bits, as `is` compares them. */
function id(args: number): number {
  const h = I32[args];
  if (!H.isFloat(h) && !H.isInt53(h)) return intFromNumber(h >>> 0);
  identityView.setFloat64(0, F64[h >>> 3]);
  return intFromBigInt((identityView.getBigUint64(0) << 3n) | BigInt(h & 7));
}

// ---------------------------------------------------------------- iteration

function iter(args: number, n: number): number {
  if (n === 1) return getIter(I32[args]);
  if (!isCallable(I32[args])) return raise('TypeError', 'iter(v, w): v must be callable');
  return callableIter(I32[args], I32[args + 1]);
}

function next(args: number, n: number): number {
  const it = I32[args];
  if (!isIterator(it)) return raise('TypeError', `'${typeName(it)}' object is not an iterator`);
  const value = iterNextOrStop(it);
  if (value !== 0) return value;
  if (pendingException() !== 0 && !(n === 2 && pendingIs('StopIteration'))) return 0;
  clearException();
  return n === 2 ? I32[args + 1] : setException(newException('StopIteration', 0));
}

/** all() and any(): stops at the first value whose truth is `stop`. */
function quantify(h: number, stop: number): number {
  const it = getIter(h);
  if (it === 0) return 0;
  const slot = root(it);
  let r = stop === 1 ? H.FALSE : H.TRUE;
  for (let value = iterNext(it); value !== 0; value = iterNext(it)) {
    const t = isTrue(value);
    if (t < 0) break;
    if (t !== stop) continue;
    r = H.fromBool(stop === 1);
    break;
  }
  unroot(slot);
  return pendingException() !== 0 ? 0 : r;
}

const N_SORT = intern('sort');

/** list.sort with the keyword values from word `values` on. */
function sortNamed(list: number, values: number, kwnames: number): number {
  const sort = getAttr(list, N_SORT);
  const given = Array.from({ length: I32[(kwnames >>> 2) + L.TUPLE_LENGTH] }, (_, i) => I32[values + i]);
  return sort === 0 ? 0 : callArgs(sort, given, kwnames);
}

/** sorted(iterable, /, *, key=None, reverse=False): list.sort on a new list. */
function sorted(args: number, n: number, kwnames: number): number {
  if (n !== 1) return raise('TypeError', `sorted expected 1 argument, got ${n}`);
  const list = listFromIterable(I32[args]);
  if (list === 0) return 0;
  const slot = root(list);
  const r = kwnames === 0 ? sortList(list, 0, false) : sortNamed(list, args + n, kwnames);
  unroot(slot);
  return r === 0 ? 0 : list;
}

function anext(args: number, n: number): number {
  const awaitable = asyncNextOf(I32[args]);
  return awaitable === 0 || n === 1 ? awaitable : newAnext(awaitable, I32[args + 1]);
}

function formatValue(args: number, n: number): number {
  const spec = n === 2 ? I32[args + 1] : EMPTY;
  if (!isStr(spec)) return raise('TypeError', `format() argument 2 must be str, not ${typeName(spec)}`);
  return format(I32[args], spec);
}

function len(args: number): number {
  const n = length(I32[args]);
  if (n < 0) return 0;
  // A range may be longer than doubles count exactly.
  return isKind(I32[args], L.KIND_RANGE) ? I32[(I32[args] >>> 2) + L.RANGE_LENGTH] : intFromNumber(n);
}

export const objectFunctions: readonly MethodRow[] = [
  ['all', (args) => quantify(I32[args], 0), [1, 1]],
  ['any', (args) => quantify(I32[args], 1), [1, 1]],
  ['ascii', (args) => ascii(I32[args]), [1, 1]],
  ['callable', (args) => H.fromBool(isCallable(I32[args])), [1, 1]],
  ['delattr', delattr, [2, 2]],
  ['format', formatValue, [1, 2]],
  ['getattr', getattr, [2, 3]],
  ['hasattr', hasattr, [2, 2]],
  ['hash', (args) => hash(I32[args]), [1, 1]],
  ['id', id, [1, 1]],
  ['isinstance', (args) => FLAG(isInstanceOf(I32[args], I32[args + 1])), [2, 2]],
  ['issubclass', (args) => FLAG(isSubclassOf(I32[args], I32[args + 1])), [2, 2]],
  ['iter', iter, [1, 2]],
  ['aiter', (args) => asyncIterOf(I32[args]), [1, 1]],
  ['anext', anext, [1, 2]],
  ['len', len, [1, 1]],
  ['next', next, [1, 2]],
  ['repr', (args) => repr(I32[args]), [1, 1]],
  ['setattr', setattr, [3, 3]],
  ['sorted', sorted, 'raw'],
];
