/** Python values from JavaScript ones. Everything here allocates in the current context; call it within `running`. */
import * as H from '../heap/handles.js';
import { allocGranule } from '../heap/alloc.js';
import { bytesFromU8 } from '../objects/bytes.js';
import { dictSet, newDict } from '../objects/dict.js';
import { intFromBigInt, intFromNumber } from '../objects/int.js';
import { newListFromArray } from '../objects/list.js';
import { newSet, setAdd } from '../objects/set.js';
import { fromJS } from '../objects/strings.js';
import { tupleFromArray } from '../objects/tuple.js';
import { badValue, takeError } from './errors.js';
import { handleIn, ProtoObject } from './proto-object.js';

export const makeFloat = (n: number): number => allocGranule(n) | H.TAG_FLOAT;

/** An integer is an int up to 2^53, every other number a float; so is -0. */
const makeNumber = (n: number): number =>
  Number.isSafeInteger(n) && !Object.is(n, -0) ? intFromNumber(n) : makeFloat(n);

function bytesOf(value: object): Uint8Array | undefined {
  if (value instanceof Uint8Array || value instanceof Uint8ClampedArray)
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return new Uint8Array(value);
  return value instanceof DataView ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : undefined;
}

const isPlain = (value: object): boolean => {
  const proto = Object.getPrototypeOf(value) as object | null;
  return proto === null || Object.getPrototypeOf(proto) === null;
};

/** Deeper structures are refused, here as in read.ts, before JavaScript's stack is full. */
const MOST_NESTED = 500;

/** Containers that are being converted, to find cycles. */
type Path = Set<object>;

/** A list of what `values` gives. */
export const makeList = (values: Iterable<unknown>, path?: Path): number =>
  newListFromArray(Array.from(values, (v) => make(v, path)));

export const makeTuple = (values: Iterable<unknown>, path?: Path): number =>
  tupleFromArray(Array.from(values, (v) => make(v, path)));

export function makeDict(entries: Iterable<readonly [unknown, unknown]>, path?: Path): number {
  const dict = newDict();
  for (const [key, value] of entries) if (dictSet(dict, make(key, path), make(value, path)) === 0) throw takeError();
  return dict;
}

export function makeSet(values: Iterable<unknown>, path?: Path): number {
  const set = newSet();
  for (const value of values) if (setAdd(set, make(value, path)) === 0) throw takeError();
  return set;
}

function makeContainer(value: object, path: Path): number {
  if (Array.isArray(value)) return makeList(value, path);
  if (value instanceof Map) return makeDict(value, path);
  if (value instanceof Set) return makeSet(value, path);
  if (isPlain(value)) return makeDict(Object.entries(value), path);
  throw badValue(`a ${value.constructor?.name ?? 'object'}`);
}

function makeObject(value: object, path: Path): number {
  if (value instanceof ProtoObject) return handleIn(value);
  const data = bytesOf(value);
  if (data !== undefined) return bytesFromU8(data);
  if (path.has(value)) throw badValue('a structure that contains itself');
  if (path.size >= MOST_NESTED) throw badValue(`a structure nested more than ${MOST_NESTED} times`);
  path.add(value);
  const handle = makeContainer(value, path);
  path.delete(value);
  return handle;
}

/**
 * The Python value of a JavaScript one: null and undefined are None; numbers int or float; bigints int; strings str; bytes of any kind bytes; arrays
 * lists; Maps and plain objects dicts; Sets sets; a ProtoObject is itself. Throws a TypeError with ERR_PROTOSPACE_VALUE for others.
 */
export function make(value: unknown, path: Path = new Set()): number {
  switch (typeof value) {
    case 'number':
      return makeNumber(value);
    case 'string':
      return fromJS(value);
    case 'boolean':
      return H.fromBool(value);
    case 'bigint':
      return intFromBigInt(value);
    case 'undefined':
      return H.NONE;
    case 'object':
      return value === null ? H.NONE : makeObject(value, path);
    default:
      throw badValue(`a ${typeof value}`);
  }
}
