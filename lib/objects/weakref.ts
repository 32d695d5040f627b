/** Weak references: making them, and what they refer to. The types are in lib/modules/_weakref.ts, the table in lib/heap/weak.ts. */
import { newOldObject } from '../heap/alloc.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { storeRef } from '../heap/barrier.js';
import { addFinalizable } from '../heap/finalizable.js';
import { CARRIER } from '../heap/carrier.js';
import { findWeak, linkWeak, weakReferent } from '../heap/weak.js';
import { TYPE_FLAG_HAS_DEL, TYPE_FLAG_WEAKREF } from './attribute.js';
import { raise, typeName } from './exceptions.js';
import { typeOf } from './object.js';
import * as T from './type-ids.js';

const I32 = i32;

export { weakReferent };
export const weakCallback = (ref: number): number => I32[(ref >>> 2) + L.WEAKREF_CALLBACK];

/** May there be weak references to the value? */
export const isReferable = (h: number): boolean =>
  (h & 7) === 0 && (I32[(typeOf(h) >>> 2) + L.TYPE_TYPE_FLAGS] & TYPE_FLAG_WEAKREF) !== 0;

/** A new reference of class `type` (a subclass has an attribute word); `callback` 0 for none. 0 with TypeError set. */
export function newWeakref(type: number, referent: number, callback: number): number {
  if (!isReferable(referent))
    return raise('TypeError', `cannot create weak reference to '${typeName(referent)}' object`);
  const ref = newOldObject(L.KIND_WEAKREF, 64, type);
  if (!T.isBuiltinType(type)) I32[ref >>> 2] |= L.FLAG_SUBCLASS;
  if (callback !== 0) storeRef(ref, L.WEAKREF_CALLBACK, callback);
  linkWeak(ref, referent);
  return ref;
}

/** The reference of exactly this built-in class without a callback: the one there is, or a new one. 0 with TypeError set. */
export function sharedWeakref(id: number, referent: number): number {
  const type = T.typeHandle(id);
  const known = findWeak(referent, (ref) => I32[(ref >>> 2) + 2] === type && weakCallback(ref) === 0);
  return known !== 0 ? known : newWeakref(type, referent, 0);
}

/**
 * Has the finalizer of `o`, a new object, run when nothing refers to it any more: its class's `__del__`. Decided at the return of the current
 * context, or by a collection, or at the end of the program.
 */
export const addFinalizer = (o: number): void =>
  addFinalizable(o, T.typeHandle(T.T_WEAKREF), I32[CARRIER + L.CAR_CONTEXT]);

/** The same of an object that the context below the current one is given. */
export const addFinalizerOf = (o: number, context: number): void =>
  addFinalizable(o, T.typeHandle(T.T_WEAKREF), context);

/** The same of an object that is not new, and that others may know: a collection decides. */
export const addLateFinalizer = (o: number): void => addFinalizable(o, T.typeHandle(T.T_WEAKREF), 0);

/** Has its class a `__del__`, and is it new? */
export const needsFinalizer = (o: number): boolean =>
  (o & 7) === 0 &&
  (I32[o >>> 2] & L.FLAG_FINALIZER) === 0 &&
  (I32[(typeOf(o) >>> 2) + L.TYPE_TYPE_FLAGS] & TYPE_FLAG_HAS_DEL) !== 0;

/** The object whose finalizer is to run, from a reference taken out of the queue. */
export const finalizable = weakCallback;
