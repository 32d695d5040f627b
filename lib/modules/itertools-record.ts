/** State of an itertools object: a RECORD of handles and two raw words, of a class that may be derived from. */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { defineType, type MethodRow } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { toJS } from '../objects/strings.js';
import { tupleItems, tupleLength } from '../objects/tuple.js';
import { refusesKeywords } from '../objects/keywords.js';
import * as T from '../objects/type-ids.js';

const I32 = i32;

/** A record of `type` with these handles; `raw` is its state number. */
export function newRecord(type: number, items: readonly number[], raw = 0): number {
  const flag = T.isBuiltinType(type) ? 0 : L.FLAG_SUBCLASS;
  const r = newObject(L.KIND_RECORD | flag, (L.RECORD_ITEMS + items.length + (flag === 0 ? 0 : 1)) * 4, type);
  const w = r >>> 2;
  I32[w + L.RECORD_COUNT] = items.length;
  I32[w + L.RECORD_RAW_0] = raw;
  for (let i = 0; i < items.length; i++) I32[w + L.RECORD_ITEMS + i] = items[i];
  return r;
}

export const item = (r: number, i: number): number => I32[(r >>> 2) + L.RECORD_ITEMS + i];
export const raw = (r: number): number => I32[(r >>> 2) + L.RECORD_RAW_0];
export const raw1 = (r: number): number => I32[(r >>> 2) + L.RECORD_RAW_1];
export const setRaw = (r: number, value: number): number => (I32[(r >>> 2) + L.RECORD_RAW_0] = value);
export const setRaw1 = (r: number, value: number): number => (I32[(r >>> 2) + L.RECORD_RAW_1] = value);

export function setItem(r: number, i: number, value: number): void {
  storeRef(r, L.RECORD_ITEMS + i, value);
}

/** Arguments by name: positional ones first, then keywords; undefined with TypeError set. Missing ones are 0. */
export function named(
  name: string,
  parameters: readonly string[],
  least: number,
  args: number,
  n: number,
  kwnames: number,
): number[] | undefined {
  const out = parameters.map((_, i) => (i < n ? I32[args + i] : 0));
  if (n > parameters.length) {
    raise(
      'TypeError',
      `${name}() takes at most ${parameters.length} argument${parameters.length === 1 ? '' : 's'} (${n} given)`,
    );
    return undefined;
  }
  for (let k = 0; kwnames !== 0 && k < tupleLength(kwnames); k++) {
    const keyword = toJS(I32[tupleItems(kwnames) + k]);
    const at = parameters.indexOf(keyword);
    if (at < 0) {
      raise('TypeError', `${name}() got an unexpected keyword argument '${keyword}'`);
      return undefined;
    }
    out[at] = I32[args + n + k];
  }
  for (let i = 0; i < least; i++) {
    if (out[i] !== 0) continue;
    raise('TypeError', `${name}() missing required argument '${parameters[i]}' (pos ${i + 1})`);
    return undefined;
  }
  return out;
}

/** Refuses keywords (see keywords.ts) and wrong numbers of arguments as CPython's argument parser does; max -1: no bound. `type`: what is made. */
export function positional(
  name: string,
  min: number,
  max: number,
  n: number,
  kwnames: number,
  type = T.typeHandle(T.T_OBJECT),
): boolean {
  if (refusesKeywords(name, type, kwnames)) return false;
  if (n >= min && (max < 0 || n <= max)) return true;
  const bound = min === max ? '' : n < min ? 'at least ' : 'at most ';
  const count = n < min ? min : max;
  raise('TypeError', `${name} expected ${bound}${count} argument${count === 1 ? '' : 's'}, got ${n}`);
  return false;
}

let nextId = T.T_BLOCK_ITERTOOLS;
export const itertoolsTypes: number[] = [];

type Create = (type: number, args: number, n: number, kwnames: number) => number;

/** Defines an iterator type of itertools; returns its id. */
export function defineIterator(
  name: string,
  create: Create | undefined,
  next: (it: number) => number,
  more: {
    methods?: readonly MethodRow[];
    classMethods?: readonly MethodRow[];
    repr?: (it: number) => number;
    private?: boolean;
  } = {},
): number {
  const id = nextId++;
  const slots = {
    iter: (it: number) => it,
    next,
    ...(create === undefined ? {} : { create }),
    ...(more.repr === undefined ? {} : { repr: more.repr }),
  };
  defineType({
    id,
    name,
    module: 'itertools',
    kind: L.KIND_RECORD,
    methods: more.methods,
    classMethods: more.classMethods,
    slots,
  } as Parameters<typeof defineType>[0]);
  if (more.private !== true) itertoolsTypes.push(id);
  return id;
}
