/** What the module gc shows of the heap: which objects there are, what they refer to and what refers to them. */
import { CARRIER } from '../heap/carrier.js';
import { withWorldStopped } from '../heap/collect.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { carrierOf, eachThread, scanThread } from '../heap/roots.js';
import { scanObject } from '../heap/scan.js';
import { isStorage } from '../objects/heap-bytes.js';
import { isKind, isStr, kindOf, typeOf } from '../objects/object.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';
import { isBuiltinType, T_OBJECT, typeHandle } from '../objects/type-ids.js';

const I32 = i32;
const C = CARRIER;

/** Kinds that are storage of other objects, which Python does not see. */
const INTERNAL = new Set([
  L.KIND_ARRAY,
  L.KIND_BUFFER,
  L.KIND_DICTSTORE,
  L.KIND_SETSTORE,
  L.KIND_SHAPE,
  L.KIND_OVERFLOW,
  L.KIND_ICACHE,
  L.KIND_ENVIRONMENT,
  L.KIND_DEQUESTATE,
]);
const ATOMIC = new Set([
  L.KIND_STR,
  L.KIND_BYTES,
  L.KIND_BIGINT,
  L.KIND_BYTEARRAY,
  L.KIND_COMPLEX,
  L.KIND_RANGE,
  L.KIND_CODE,
]);

const isObject = (h: number): boolean => (h & 7) === 0 && h !== 0;

/** May the value be part of a cycle? */
export function isTracked(h: number): boolean {
  if (!isObject(h) || INTERNAL.has(kindOf(h)) || ATOMIC.has(kindOf(h)) || typeOf(h) === typeHandle(T_OBJECT))
    return false;
  if (isKind(h, L.KIND_TYPE)) return !isBuiltinType(h);
  if (!isKind(h, L.KIND_TUPLE) || (I32[h >>> 2] & L.FLAG_SUBCLASS) !== 0) return true;
  for (let i = 0; i < tupleLength(h); i++) if (isTracked(tupleItem(h, i))) return true;
  return false;
}

/** The values that an object refers to, seen through its storage, in the order of the storage. */
function direct(h: number): number[] {
  const out: number[] = [];
  const seen = new Set<number>();
  const visit = (word: number): void => {
    const v = I32[word];
    if (v === 0 || word === (h >>> 2) + L.W_CLASS) return;
    if (!isObject(v) || !INTERNAL.has(kindOf(v))) out.push(v);
    else if (isStorage(v) && !seen.has(v)) {
      seen.add(v);
      scanObject(v, visit);
    }
  };
  scanObject(h, visit);
  return out;
}

/** Values before keys, as CPython visits them; keys that are all strings lead nowhere. */
function entries(h: number): number[] {
  const store = I32[(h >>> 2) + L.DICT_STORE];
  const pairs = store === 0 ? [] : direct(store);
  const [keys, values] = [0, 1].map((odd) => pairs.filter((_, i) => i % 2 === odd));
  return keys.every(isStr) ? values : pairs.map((_, i) => pairs[i ^ 1]);
}

/** The values that one refers to directly, in the order in which CPython visits them. */
export function referents(h: number): number[] {
  if (!isObject(h) || ATOMIC.has(kindOf(h)) || INTERNAL.has(kindOf(h))) return [];
  const kind = kindOf(h);
  const type = I32[(h >>> 2) + L.W_CLASS];
  const own = kind === L.KIND_DICT ? entries(h) : direct(h);
  if (kind === L.KIND_LIST || kind === L.KIND_TUPLE) own.reverse();
  return type === 0 || isBuiltinType(type) ? own : [...own, type];
}

const environmentOf = (t: number): number => {
  const carrier = carrierOf(t);
  return carrier === 0 ? I32[t + L.THR_ENVIRONMENT] : I32[carrier + L.CAR_ENVIRONMENT];
};

/** Ids of owners whose objects are theirs alone. */
function foreignOwners(): Set<number> {
  const out = new Set<number>();
  eachThread((t) => {
    const carrier = carrierOf(t);
    if (carrier !== C) out.add(carrier === 0 ? I32[t + L.THR_OWNER] : I32[carrier + L.CAR_OWNER]);
  });
  return out;
}

/**
 * Calls `found` for each object that the threads of this environment reach, apart from those that belong to another thread alone. It must
 * neither allocate nor run Python.
 */
export function eachObject(found: (h: number) => void): void {
  withWorldStopped(() => {
    const foreign = foreignOwners();
    const seen = new Set<number>();
    const todo: number[] = [];
    const visit = (word: number): void => {
      const h = I32[word];
      if (!isObject(h) || seen.has(h)) return;
      seen.add(h);
      todo.push(h);
    };
    eachThread((t) => {
      if (environmentOf(t) === I32[C + L.CAR_ENVIRONMENT]) scanThread(t, visit);
    });
    for (let h = todo.pop(); h !== undefined; h = todo.pop()) {
      if (!INTERNAL.has(kindOf(h)) && !foreign.has(I32[(h >>> 2) + L.W_SYNC])) found(h);
      scanObject(h, visit);
    }
  });
}
