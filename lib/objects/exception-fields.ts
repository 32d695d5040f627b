/** Fields that built-in exceptions keep outside `args`, and how rows of accessors are made from them. */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { repr, str } from './abstract.js';
import type { GetSetRow } from './define.js';
import { raise, typeName } from './exceptions.js';
import { EMPTY, toJS } from './strings.js';
import { newTupleFrom } from './tuple.js';
import * as T from './type-ids.js';
import { hasKeywords } from './keywords.js';

const I32 = i32;

export const argsOf = (e: number): number => I32[(e >>> 2) + L.EXCEPTION_ARGS]!;
export const tupleLengthOf = (tuple: number): number => I32[(tuple >>> 2) + L.TUPLE_LENGTH]!;
export const tupleItemOf = (tuple: number, i: number): number => I32[(tuple >>> 2) + L.TUPLE_ITEMS + i]!;
export const fieldOf = (e: number, word: number): number => I32[(e >>> 2) + word]!;

/** A field that any value may be assigned to; unset it reads as None. */
export const field = (name: string, word: number): GetSetRow => ({
  name,
  get: (e) => I32[(e >>> 2) + word]! || H.NONE,
  set: (e, v) => {
    storeRef(e, word, v);
    return 1;
  },
});

/** A new exception of class `type` with these arguments, no field set. */
export function makeException(type: number, args: number): number {
  const e = newObject(L.KIND_EXCEPTION, 64, type);
  const w = e >>> 2;
  if (!T.isBuiltinType(type)) I32[w] = I32[w]! | L.FLAG_SUBCLASS;
  storeRef(e, L.EXCEPTION_ARGS, args);
  return e;
}

/** BaseException.__new__: the arguments are kept as given, keywords are not looked at. */
export const createException = (type: number, args: number, n: number): number =>
  makeException(type, newTupleFrom(args, n));

/** BaseException.__init__: 1, or 0 with TypeError set. */
export function initException(e: number, args: number, n: number, kwnames: number): number {
  if (hasKeywords(kwnames)) return raise('TypeError', `${typeName(e)}() takes no keyword arguments`);
  storeRef(e, L.EXCEPTION_ARGS, newTupleFrom(args, n));
  return 1;
}

/** An initialiser that takes some of the fields as keywords; `who` names the class in messages. */
export function initWithKeywords(
  who: string,
  fields: readonly (readonly [string, number])[],
): (e: number, args: number, n: number, kwnames: number) => number {
  return (e, args, n, kwnames) => {
    storeRef(e, L.EXCEPTION_ARGS, newTupleFrom(args, n));
    for (const [, word] of fields) storeRef(e, word, 0);
    for (let i = 0; kwnames !== 0 && i < tupleLengthOf(kwnames); i++) {
      const name = toJS(tupleItemOf(kwnames, i));
      const row = fields.find(([f]) => f === name);
      if (row === undefined) return raise('TypeError', `${who}() got an unexpected keyword argument '${name}'`);
      storeRef(e, row[1], I32[args + n + i]!);
    }
    return 1;
  };
}

/** str(e): no argument, one, or the tuple of all. */
export function exceptionStr(e: number): number {
  const args = argsOf(e);
  const n = args === 0 ? 0 : tupleLengthOf(args);
  if (n === 0) return EMPTY;
  return n === 1 ? str(tupleItemOf(args, 0)) : repr(args);
}
