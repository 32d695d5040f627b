/** JavaScript values from Python ones, as copies. Call it within `running`. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { bytesData, isByteArray, isBytes } from '../objects/bytes.js';
import { dictSnapshot } from '../objects/dict.js';
import { intToBigInt, plainInt, unboxed } from '../objects/int.js';
import { listSnapshot } from '../objects/list.js';
import { isExact, isKind, isStr } from '../objects/object.js';
import { isAnySet, setItems } from '../objects/set.js';
import { toJS } from '../objects/strings.js';
import { tupleItems, tupleLength } from '../objects/tuple.js';

const I32 = i32;
/** As for what is made: see make.ts. */
const MOST_NESTED = 500;

/** What `toJS` makes of a Python value. */
export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PlainValue[]
  | { [key: string]: PlainValue }
  | Map<PlainValue, PlainValue>
  | Set<PlainValue>;

/** Stands for a value that is none of these. */
export const NOT_PLAIN = Symbol('not plain');

export function numberOrBigInt(handle: number): number | bigint {
  if ((handle & 1) !== 0) return handle >> 1;
  const n = intToBigInt(handle);
  return n >= -9007199254740991n && n <= 9007199254740991n ? Number(n) : n;
}

/** Values of the containers, by one reader each, so that a cycle is found and nothing is read twice. */
class Reader {
  readonly #path = new Set<number>();
  readonly #exact: boolean;

  constructor(exact: boolean) {
    this.#exact = exact;
  }

  read(h: number): PlainValue | typeof NOT_PLAIN {
    if (h === H.NONE) return null;
    if (H.isBool(h)) return h === H.TRUE;
    if (isStr(h)) return this.#is(h, L.KIND_STR) || H.isChar(h) ? toJS(h) : NOT_PLAIN;
    if (this.#exact && isKind(h, L.KIND_BOXED)) return NOT_PLAIN;
    const plain = unboxed(h);
    if (H.isFloat(plain)) return H.granule(plain);
    if (plainInt(plain) !== 0) return numberOrBigInt(plain);
    return (h & 7) === 0 ? this.#readObject(h) : NOT_PLAIN;
  }

  #is(h: number, kind: number): boolean {
    return this.#exact ? isExact(h, kind) : isKind(h, kind);
  }

  #readObject(h: number): PlainValue | typeof NOT_PLAIN {
    if (this.#exact && (I32[h >>> 2]! & L.FLAG_SUBCLASS) !== 0) return NOT_PLAIN;
    if (isBytes(h) || isByteArray(h)) return Uint8Array.from(bytesData(h));
    if (this.#path.has(h) || this.#path.size >= MOST_NESTED) return NOT_PLAIN;
    this.#path.add(h);
    const value = this.#readContainer(h);
    this.#path.delete(h);
    return value;
  }

  #readContainer(h: number): PlainValue | typeof NOT_PLAIN {
    if (isKind(h, L.KIND_LIST)) return this.#readAll(listSnapshot(h));
    if (isKind(h, L.KIND_TUPLE)) return this.#readAll(tupleHandles(h));
    if (isAnySet(h)) {
      const values = this.#readAll(setItems(h));
      return values === NOT_PLAIN ? NOT_PLAIN : new Set(values);
    }
    return isKind(h, L.KIND_DICT) ? this.#readDict(h) : NOT_PLAIN;
  }

  #readAll(handles: readonly number[]): PlainValue[] | typeof NOT_PLAIN {
    const out: PlainValue[] = [];
    for (const handle of handles) {
      const value = this.read(handle);
      if (value === NOT_PLAIN) return NOT_PLAIN;
      out.push(value);
    }
    return out;
  }

  #readDict(h: number): PlainValue | typeof NOT_PLAIN {
    const entries = dictSnapshot(h);
    const keys = this.#readAll(entries.keys);
    const values = this.#readAll(entries.values);
    if (keys === NOT_PLAIN || values === NOT_PLAIN) return NOT_PLAIN;
    return keys.every((k) => typeof k === 'string') ? record(keys as string[], values) : new Map(zip(keys, values));
  }
}

const zip = (keys: PlainValue[], values: PlainValue[]): [PlainValue, PlainValue][] =>
  keys.map((k, i) => [k, values[i]!]);

function record(keys: string[], values: PlainValue[]): Record<string, PlainValue> {
  const out: Record<string, PlainValue> = {};
  keys.forEach((key, i) => {
    if (key !== '__proto__') out[key] = values[i]!;
    else Object.defineProperty(out, key, { value: values[i], enumerable: true, writable: true, configurable: true });
  });
  return out;
}

/** The items of a tuple. */
export function tupleHandles(h: number): number[] {
  const first = tupleItems(h);
  return Array.from({ length: tupleLength(h) }, (_, i) => I32[first + i]!);
}

/**
 * The JavaScript value of a Python one, or NOT_PLAIN. `exact`: instances of subclasses are not plain; otherwise they are read as their built-in
 * base. What contains itself is not plain.
 */
export const readPlain = (handle: number, exact: boolean): PlainValue | typeof NOT_PLAIN =>
  new Reader(exact).read(handle);
