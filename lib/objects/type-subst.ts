/**
 * Type parameters of generic aliases and unions: finding them and putting types in their place, by the hooks `__typing_subst__`,
 * `__typing_prepare_subst__` and `__typing_is_unpacked_typevartuple__` of typing's type variables.
 */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, call2, getItem, isTrue, lookupAttr, repr } from './abstract.js';
import { pendingException, raise, typeName } from './exceptions.js';
import { listAppend, listSnapshot, newList, newListFromArray, plainItems } from './list.js';
import { isExact, isKind, slotId, typeOf } from './object.js';
import { slots } from './slots.js';
import { intern, toJS } from './strings.js';
import { tupleFromArray, tupleItem, tupleLength } from './tuple.js';
import * as N from './names.js';
import { lookupInType } from './attribute.js';

const I32 = i32;
const N_SUBST = intern('__typing_subst__');
const N_PREPARE = intern('__typing_prepare_subst__');
const N_PARAMETERS = intern('__parameters__');
const N_UNPACKED = intern('__typing_is_unpacked_typevartuple__');
const N_UNPACKED_ARGS = intern('__typing_unpacked_tuple_args__');

const isType = (h: number): boolean => isKind(h, L.KIND_TYPE);
const isTuple = (h: number): boolean => isKind(h, L.KIND_TUPLE);
const isSequence = (h: number): boolean => isTuple(h) || isKind(h, L.KIND_LIST);
const items = (h: number): number[] => plainItems(h) ?? [];

/** Attribute or 0; false in the second place when an exception is set. */
function optional(h: number, name: number): [number, boolean] {
  const v = lookupAttr(h, name);
  return [v, v !== 0 || pendingException() === 0];
}

const addUnique = (list: number[], h: number): void => {
  if (!list.includes(h)) list.push(h);
};

function collect(args: readonly number[], into: number[]): boolean {
  for (const arg of args) {
    if (isType(arg)) continue;
    if (isSequence(arg)) {
      if (!collect(items(arg), into)) return false;
      continue;
    }
    const [subst, ok] = optional(arg, N_SUBST);
    if (!ok) return false;
    if (subst !== 0) {
      addUnique(into, arg);
      continue;
    }
    const [parameters, good] = optional(arg, N_PARAMETERS);
    if (!good) return false;
    if (parameters !== 0 && isTuple(parameters)) for (const p of items(parameters)) addUnique(into, p);
  }
  return true;
}

/** Tuple of the type variables in a tuple of arguments, in order of appearance; 0 with the exception set. */
export function makeParameters(args: number): number {
  const found: number[] = [];
  return collect(items(args), found) ? tupleFromArray(found) : 0;
}

/** Arguments of `alias[item]` with unpacked tuples spread: a tuple; 0 with the exception set. */
function unpackArguments(item: number): number {
  const out = newList(0);
  const slot = root(out);
  let ok = true;
  for (const arg of isTuple(item) ? items(item) : [item]) {
    if (!isType(arg)) {
      const [inner, good] = optional(arg, N_UNPACKED_ARGS);
      ok = good;
      if (!ok) break;
      if (inner !== 0 && isTuple(inner) && !endsOpen(inner)) {
        for (const a of items(inner)) listAppend(out, a);
        continue;
      }
    }
    listAppend(out, arg);
  }
  unroot(slot);
  return ok ? tupleFromArray(listSnapshot(out)) : 0;
}

const endsOpen = (tuple: number): boolean =>
  tupleLength(tuple) > 0 && tupleItem(tuple, tupleLength(tuple) - 1) === H.ELLIPSIS;

/** Lets every parameter rearrange the arguments; a tuple, 0 with the exception set. */
function prepare(self: number, parameters: number, given: number): number {
  let args = given;
  const slot = root(args);
  for (const p of items(parameters)) {
    const [hook, ok] = optional(p, N_PREPARE);
    const r = !ok ? 0 : hook === 0 || hook === H.NONE ? args : call2(hook, self, args);
    args = r === 0 || isTuple(r) ? r : tupleFromArray([r]);
    if (args === 0) break;
    I32[slot] = args;
  }
  unroot(slot);
  return args;
}

function reprText(h: number): string {
  const r = repr(h);
  return r === 0 ? '' : toJS(r);
}

const isIterable = (h: number): boolean =>
  slots.iter[slotId(h)] !== undefined || lookupInType(typeOf(h), N.N_ITER) !== 0;

/** A generic argument with parameters of its own gets its share: `list[T]` in `dict[T, list[T]][int]`. */
function substituteInner(arg: number, parameters: number, values: number): number {
  const [inner, ok] = optional(arg, N_PARAMETERS);
  if (!ok) return 0;
  if (inner === 0 || !isTuple(inner) || tupleLength(inner) === 0) return arg;
  const all = items(parameters);
  const out: number[] = [];
  for (const p of items(inner)) {
    const at = all.indexOf(p);
    if (at < 0) out.push(p);
    else if (isIterable(p) && isTuple(tupleItem(values, at))) out.push(...items(tupleItem(values, at)));
    else out.push(tupleItem(values, at));
  }
  return getItem(arg, tupleFromArray(out));
}

function substituteOne(self: number, arg: number, parameters: number, values: number): number {
  const [hook, ok] = optional(arg, N_SUBST);
  if (!ok) return 0;
  if (hook === 0) return substituteInner(arg, parameters, values);
  const at = items(parameters).indexOf(arg);
  return at < 0 ? arg : call1(hook, tupleItem(values, at));
}

function notTuple(arg: number, got: number): number {
  return raise(
    'TypeError',
    `expected __typing_subst__ of ${typeName(arg)} objects to return a tuple, not ${typeName(got)}`,
  );
}

/** Appends what stands for `arg` to the list; false with the exception set. */
function append(self: number, arg: number, parameters: number, values: number, out: number): boolean {
  if (isType(arg)) return listAppend(out, arg) === 1;
  if (isSequence(arg)) {
    const r = substituteAll(self, items(arg), parameters, values);
    if (r === 0) return false;
    return listAppend(out, isTuple(arg) ? r : newListFromArray(items(r))) === 1;
  }
  const [flag, ok] = optional(arg, N_UNPACKED);
  const unpacked = !ok ? -1 : flag === 0 ? 0 : isTrue(flag);
  if (unpacked < 0) return false;
  const r = substituteOne(self, arg, parameters, values);
  if (r === 0) return false;
  if (unpacked === 0) return listAppend(out, r) === 1;
  if (!isTuple(r)) return notTuple(arg, r) !== 0;
  for (const a of items(r)) listAppend(out, a);
  return true;
}

function substituteAll(self: number, args: readonly number[], parameters: number, values: number): number {
  const out = newList(0);
  const slot = root(out);
  const ok = args.every((arg) => append(self, arg, parameters, values, out));
  unroot(slot);
  return ok ? tupleFromArray(listSnapshot(out)) : 0;
}

/** Arguments of `self[item]`: those of `self` with its parameters replaced. A tuple; 0 with the exception set. */
export function substitute(self: number, args: number, parameters: number, item: number): number {
  const n = tupleLength(parameters);
  if (n === 0) return raise('TypeError', `${reprText(self)} is not a generic class`);
  const spread = unpackArguments(item);
  const values = spread === 0 ? 0 : prepare(self, parameters, spread);
  if (values === 0) return 0;
  const given = tupleLength(values);
  if (given !== n)
    return raise(
      'TypeError',
      `Too ${given > n ? 'many' : 'few'} arguments for ${reprText(self)}; actual ${given}, expected ${n}`,
    );
  const slot = root(values);
  const r = substituteAll(self, items(args), parameters, values);
  unroot(slot);
  return r;
}

export const isPlainTuple = (h: number): boolean => isExact(h, L.KIND_TUPLE);
