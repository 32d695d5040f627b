/** Filling dicts from other values: displays, `update`, `**` in calls, subscripts with `__missing__`. */
import { root, unroot } from '../heap/context.js';
import { NONE } from '../heap/handles.js';
import { rootAll } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call0, call1, getItem, getIter, iterNext, lookupAttr, lookupSpecial, str } from './abstract.js';
import {
  dictGet,
  dictEntry,
  dictLen,
  dictReserve,
  dictSet,
  dictSetHashed,
  dictSnapshot,
  entryKey,
  isView,
  newDict,
  plainDict,
} from './dict.js';
import { addNote } from './exception-notes.js';
import {
  clearException,
  pendingException,
  pendingIs,
  raise,
  raiseValue,
  setException,
  takeException,
  typeName,
} from './exceptions.js';
import { listAt, listFromIterable, listLength } from './list.js';
import * as N from './names.js';
import { isExact, isKind, isStr, typeOf } from './object.js';
import { toJS } from './strings.js';
import { notIterable } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;

/** d[key] of a dict or a subclass of it; 0 with KeyError (or another error) set. */
export function dictGetItem(d: number, key: number): number {
  const value = dictGet(d, key);
  if (value !== 0 || pendingException() !== 0) return value;
  if ((I32[d >>> 2] & L.FLAG_SUBCLASS) !== 0) {
    if (typeOf(d) === T.typeHandle(T.T_DEFAULTDICT)) return defaultMissing(d, key);
    const missing = lookupSpecial(typeOf(d), N.N_MISSING);
    if (missing !== 0) return callMissing(missing, d, key);
  }
  return raiseValue('KeyError', key);
}

/** defaultdict.__missing__: a value from the factory, entered; KeyError without a factory. */
export function defaultMissing(d: number, key: number): number {
  const factory = I32[(d >>> 2) + L.DICT_FACTORY];
  if (factory === 0 || factory === NONE) return raiseValue('KeyError', key);
  const value = call0(factory);
  if (value === 0) return 0;
  const slot = root(value);
  const ok = dictSet(d, key, value);
  unroot(slot);
  return ok === 0 ? 0 : value;
}

function callMissing(missing: number, d: number, key: number): number {
  const bound = lookupAttr(d, N.N_MISSING);
  return bound === 0 ? call1(missing, key) : call1(bound, key);
}

/** A dict of the n (key, value) pairs from word `from`; 0 with the exception set. */
export function buildMap(from: number, n: number): number {
  const d = newDict();
  if (n === 0) return d;
  dictReserve(d, n);
  const slot = root(d);
  let ok: 1 | 0 = 1;
  for (let i = 0; i < n && ok === 1; i++) ok = dictSet(d, I32[from + 2 * i], I32[from + 2 * i + 1]);
  unroot(slot);
  return ok === 1 ? d : 0;
}

/** d.update(other dict), with its hashes. */
export function updateFromDict(d: number, other: number): 1 | 0 {
  const from = plainDict(other);
  const slot = root(from);
  const { keys, values, hashes } = dictSnapshot(from);
  if (I32[(d >>> 2) + L.DICT_USED] === 0) dictReserve(d, keys.length);
  // A comparison may run Python that removes entries from `other`.
  rootAll(keys);
  rootAll(values);
  let ok: 1 | 0 = 1;
  for (let i = 0; i < keys.length && ok === 1; i++) {
    ok = isView(d) ? dictSet(d, keys[i], values[i]) : dictSetHashed(d, keys[i], hashes[i], values[i]);
    // Other threads may change it too; only comparing keys of other classes runs Python here.
    if (ok === 1 && dictLen(from) !== keys.length && from === other && from !== d && !T.isBuiltinType(typeOf(keys[i])))
      ok = raise('RuntimeError', 'dict mutated during update') as 0;
  }
  unroot(slot);
  return ok;
}

const overridesKeys = (h: number): boolean => (I32[h >>> 2] & L.FLAG_SUBCLASS) !== 0;

/** Updates from any object with `keys()`. `each` may refuse a key: 0 with the exception set. */
function updateFromMapping(d: number, mapping: number, keysMethod: number, each: (key: number) => 1 | 0): 1 | 0 {
  const keys = call0(keysMethod);
  if (keys === 0) return 0;
  if (notIterable(keys))
    return raise('TypeError', `${typeName(mapping)}.keys() returned a non-iterable (type ${typeName(keys)})`) as 0;
  const it = getIter(keys);
  if (it === 0) return 0;
  const slot = root(it);
  let ok: 1 | 0 = 1;
  for (;;) {
    const key = iterNext(it);
    if (key === 0) break;
    const keySlot = root(key);
    ok = each(key);
    const value = ok === 1 ? getItem(mapping, key) : 0;
    ok = value !== 0 ? dictSet(d, key, value) : 0;
    unroot(keySlot);
    if (ok === 0) break;
  }
  unroot(slot);
  return pendingException() === 0 ? ok : 0;
}

/** One item of `dict(pairs)`. */
function setPair(d: number, item: number, i: number): 1 | 0 {
  const it = isKind(item, L.KIND_TUPLE) || isKind(item, L.KIND_LIST) ? item : getIter(item);
  if (it === 0 && pendingIs('TypeError')) {
    clearException();
    raise('TypeError', 'object is not iterable');
  }
  const pair = it === 0 ? 0 : listFromIterable(it);
  if (pair === 0) {
    if (pendingIs('TypeError')) {
      const e = takeException();
      addNote(e, `Cannot convert dictionary update sequence element #${i} to a sequence`);
      setException(e);
    }
    return 0;
  }
  const n = listLength(pair);
  if (n !== 2)
    return raise('ValueError', `dictionary update sequence element #${i} has length ${n}; 2 is required`) as 0;
  const slot = root(pair);
  const ok = dictSet(d, listAt(pair, 0), listAt(pair, 1));
  unroot(slot);
  return ok;
}

function updateFromPairs(d: number, pairs: number): 1 | 0 {
  const it = getIter(pairs);
  if (it === 0) return 0;
  const slot = root(it);
  let ok: 1 | 0 = 1;
  for (let i = 0; ok === 1; i++) {
    const item = iterNext(it);
    if (item === 0) break;
    const itemSlot = root(item);
    ok = setPair(d, item, i);
    unroot(itemSlot);
  }
  unroot(slot);
  return pendingException() === 0 ? ok : 0;
}

/** dict.update(d, other) with a mapping or pairs: 1, or 0 with the exception set. */
export function dictUpdateAny(d: number, other: number): 1 | 0 {
  if (isKind(other, L.KIND_DICT) && !overridesKeys(other)) return updateFromDict(d, other);
  const keys = lookupAttr(other, N.N_FUNC_NAMES.keys);
  if (keys === 0) return pendingException() !== 0 ? 0 : updateFromPairs(d, other);
  return updateFromMapping(d, other, keys, () => 1);
}

/** `{**other}`: only mappings. 1, or 0 with the exception set. */
export function dictUpdate(d: number, other: number): 1 | 0 {
  if (isExact(other, L.KIND_DICT)) return updateFromDict(d, other);
  const keys = lookupAttr(other, N.N_FUNC_NAMES.keys);
  if (keys === 0)
    return pendingException() !== 0 ? 0 : (raise('TypeError', `'${typeName(other)}' object is not a mapping`) as 0);
  return updateFromMapping(d, other, keys, () => 1);
}

/** `f(**other)`: repeated and non-string keys are errors; `who` gives the function's name with parentheses for them. */
export function dictMerge(d: number, other: number, who: () => string): 1 | 0 {
  const check = (key: number): 1 | 0 => {
    if (!isStr(key)) return raise('TypeError', 'keywords must be strings') as 0;
    if (dictGet(d, key) === 0) return pendingException() === 0 ? 1 : 0;
    const shown = str(key);
    return raise(
      'TypeError',
      `${who()} got multiple values for keyword argument '${shown === 0 ? '?' : toJS(shown)}'`,
    ) as 0;
  };
  if (isExact(other, L.KIND_DICT)) {
    const from = plainDict(other);
    const slot = root(from);
    let ok: 1 | 0 = 1;
    for (let e = dictEntry(from, 0); e >= 0 && ok === 1; e = dictEntry(from, e + 1)) ok = check(entryKey);
    if (ok === 1) ok = updateFromDict(d, from);
    unroot(slot);
    return ok;
  }
  const keys = lookupAttr(other, N.N_FUNC_NAMES.keys);
  if (keys === 0) {
    return pendingException() !== 0
      ? 0
      : (raise('TypeError', `${who()} argument after ** must be a mapping, not ${typeName(other)}`) as 0);
  }
  return updateFromMapping(d, other, keys, check);
}
