/** What every handle has: a class, a type id for slot tables, a truth that needs no call. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import * as T from './type-ids.js';

const I32 = i32;

/** Class of a value: handle of its TYPE. */
export function typeOf(h: number): number {
  if ((h & 7) === 0) return I32[(h >>> 2) + 2]!;
  return T.typeHandle(immediateTypeId(h));
}

function immediateTypeId(h: number): number {
  if ((h & 1) !== 0 || (h & 7) === H.TAG_INT53) return T.T_INT;
  if ((h & 7) === H.TAG_FLOAT) return T.T_FLOAT;
  if (h >>> 0 >= H.char(0)) return T.T_STR;
  if (h === H.NONE) return T.T_NONE;
  if (h === H.ELLIPSIS) return T.T_ELLIPSIS;
  return h === H.NOT_IMPLEMENTED ? T.T_NOT_IMPLEMENTED : T.T_BOOL;
}

/** Id of the value's built-in type, or of the nearest built-in base of its class: the index into the slot tables. */
export function slotId(h: number): number {
  if ((h & 7) !== 0) return immediateTypeId(h);
  const type = I32[(h >>> 2) + 2]!;
  return T.isBuiltinType(type) ? T.typeId(type) : I32[(type >>> 2) + L.TYPE_NATIVE_ID]!;
}

/** Is its class one written in Python (so that special methods must be looked up)? */
export const isUserInstance = (h: number): boolean => (h & 7) === 0 && !T.isBuiltinType(I32[(h >>> 2) + 2]!);

/** Kind of a heap object; -1 for values that are none. */
export const kindOf = (h: number): number => ((h & 7) === 0 ? I32[h >>> 2]! & 0xff : -1);
/** A heap object of this kind, of the built-in class or a subclass. */
export const isKind = (h: number, kind: number): boolean => (h & 7) === 0 && (I32[h >>> 2]! & 0xff) === kind;
/** A heap object of exactly the built-in class. */
export const isExact = (h: number, kind: number): boolean =>
  (h & 7) === 0 && (I32[h >>> 2]! & (0xff | L.FLAG_SUBCLASS)) === kind;

/** Is `type` the same as or derived from `base`? Both are TYPE handles. */
export function isSubtype(type: number, base: number): boolean {
  if (type === base) return true;
  const mro = I32[(type >>> 2) + L.TYPE_MRO]!;
  if (mro === 0) {
    // It is being made: its metaclass's mro() runs.
    let t = type;
    while (t !== 0 && t !== base) t = I32[(t >>> 2) + L.TYPE_BASE]!;
    return t === base;
  }
  const w = mro >>> 2;
  const n = I32[w + L.TUPLE_LENGTH]!;
  for (let i = 0; i < n; i++) if (I32[w + L.TUPLE_ITEMS + i] === base) return true;
  return false;
}

export const isInstance = (h: number, base: number): boolean => isSubtype(typeOf(h), base);
export const isInt = (h: number): boolean => (h & 1) !== 0 || (h & 7) === H.TAG_INT53 || isExact(h, L.KIND_BIGINT);
export const isStr = (h: number): boolean => H.isChar(h) || isKind(h, L.KIND_STR);
/** A string, of no subclass. */
export const isPlainStr = (h: number): boolean =>
  (h & 7) === 0 ? (I32[h >>> 2]! & (0xff | L.FLAG_SUBCLASS)) === L.KIND_STR : H.isChar(h);
