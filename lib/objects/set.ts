/**
 * Sets: a SET or FROZENSET object is laid out as a DICT as far as dict.ts looks at it, and its store is a DICTSTORE whose values are TRUE. So sets
 * keep the order of insertion and share the dicts' protocol. The Python-visible types are in set-type.ts.
 */
import { rootAll } from '../heap/hold.js';
import { newObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { root, unroot } from '../heap/context.js';
import { getIter, iterNext } from './abstract.js';
import { dictCopy, dictGet, dictSet, dictSetHashed, dictSnapshot } from './dict.js';
import { clearException, pendingException, pendingIs } from './exceptions.js';
import { isKind } from './object.js';
import * as T from './type-ids.js';

const I32 = i32;

export const isAnySet = (h: number): boolean => isKind(h, L.KIND_SET) || isKind(h, L.KIND_FROZENSET);

/** An empty set of exact built-in type. */
export function newSet(kind: number = L.KIND_SET): number {
  return newObject(kind, 64, T.typeHandle(kind));
}

/** An empty set of class `type`, which may be a subclass; its last word is for attributes. */
export function newSetOf(type: number, kind: number): number {
  if (type === T.typeHandle(kind)) return newSet(kind);
  return newObject(kind | L.FLAG_SUBCLASS, 128, type);
}

/** Adds a value: 1, or 0 with the exception set. */
export const setAdd = (s: number, value: number): 1 | 0 => dictSet1(s, value);

/** The key that was there first stays. */
function dictSet1(s: number, value: number): 1 | 0 {
  return dictSet(s, value, H.TRUE);
}

/** 1, 0, or -1 with the exception set. */
export function setContains(s: number, value: number): number {
  if (dictGet(s, value) !== 0) return 1;
  if (pendingException() === 0) return 0;
  const frozen = frozenKey(value);
  return frozen === 0 ? -1 : setContains(s, frozen);
}

/** What stands for a set that is looked for in a set: a frozenset of its contents. 0 when it is no set, or failed otherwise than unhashable. */
export function frozenKey(value: number): number {
  if (!isKind(value, L.KIND_SET) || !pendingIs('TypeError')) return 0;
  clearException();
  return setCopy(value, L.KIND_FROZENSET);
}

export const setLen = (s: number): number => I32[(s >>> 2) + L.SET_USED];

/** s |= iterable: 1, or 0 with the exception set. */
export function setUpdate(s: number, iterable: number): 1 | 0 {
  if (isAnySet(iterable) || isKind(iterable, L.KIND_DICT)) return updateFromHashed(s, iterable);
  const it = getIter(iterable);
  if (it === 0) return 0;
  const slot = root(it);
  root(s);
  let ok: 1 | 0 = 1;
  while (ok === 1) {
    const value = iterNext(it);
    if (value === 0) break;
    ok = setAdd(s, value);
  }
  unroot(slot);
  return pendingException() === 0 ? ok : 0;
}

function updateFromHashed(s: number, other: number): 1 | 0 {
  const { keys, hashes } = dictSnapshot(other);
  const slot = rootAll(keys);
  let ok: 1 | 0 = 1;
  for (let i = 0; i < keys.length && ok === 1; i++) ok = dictSetHashed(s, keys[i], hashes[i], H.TRUE);
  unroot(slot);
  return ok;
}

/** A set of exact built-in type with the values of an iterable; 0 with the exception set. */
export function setFromIterable(iterable: number, kind: number = L.KIND_SET): number {
  const s = newSet(kind);
  const slot = root(s);
  const ok = setUpdate(s, iterable);
  unroot(slot);
  return ok === 0 ? 0 : s;
}

/** A copy of a set as a set of this kind. */
export function setCopy(s: number, kind: number): number {
  const d = dictCopy(s);
  const copy = newSet(kind);
  I32[(copy >>> 2) + L.SET_STORE] = I32[(d >>> 2) + L.DICT_STORE];
  I32[(copy >>> 2) + L.SET_USED] = I32[(d >>> 2) + L.DICT_USED];
  return copy;
}

/** A frozenset of these handles (constants: hashing calls no Python). */
export function frozensetFrom(handles: readonly number[]): number {
  const s = newSet(L.KIND_FROZENSET);
  const slot = root(s);
  for (const h of handles) setAdd(s, h);
  unroot(slot);
  return s;
}
