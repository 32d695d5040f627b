/** Await, async for and async with: which objects they take (PEP 492, PEP 525). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { storeRef } from '../heap/barrier.js';
import { i32 } from '../heap/memory.js';
import { CO_ITERABLE_COROUTINE } from '../compiler/code.js';
import { isIterator } from '../objects/abstract.js';
import { lookupInType } from '../objects/attribute.js';
import { newException, raise, setException, takeException, typeName } from '../objects/exceptions.js';
import * as N from '../objects/names.js';
import { isKind, typeOf } from '../objects/object.js';
import { special1 } from '../objects/special.js';
import { fromJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { delegate } from './delegate.js';

const I32 = i32;

/** A coroutine, or a generator that types.coroutine has marked. */
export function isCoroutine(h: number): boolean {
  if (!isKind(h, L.KIND_GENERATOR)) return false;
  if (typeOf(h) === T.typeHandle(T.T_COROUTINE)) return true;
  const code = I32[(h >>> 2) + L.GENERATOR_CODE];
  return (I32[(code >>> 2) + L.CODE_CODE_FLAGS] & CO_ITERABLE_COROUTINE) !== 0;
}

/** The iterator that awaiting `h` runs; 0 with the exception set. */
export function awaitableIter(h: number): number {
  if (isCoroutine(h)) return h;
  const f = lookupInType(typeOf(h), N.N_AWAIT);
  if (f === 0 || f === H.NONE) return raise('TypeError', `'${typeName(h)}' object can't be awaited`);
  const it = special1(f, h);
  if (it === 0) return 0;
  if (isCoroutine(it)) return raise('TypeError', '__await__() returned a coroutine');
  return isIterator(it) ? it : raise('TypeError', `__await__() returned non-iterator of type '${typeName(it)}'`);
}

/** Where GET_AWAITABLE stands: its argument. */
const AFTER_AENTER = 1;

/** GET_AWAITABLE. */
export function getAwaitable(h: number, where: number): number {
  if (where !== 0 && !isCoroutine(h) && lookupInType(typeOf(h), N.N_AWAIT) === 0) {
    const method = where === AFTER_AENTER ? '__aenter__' : '__aexit__';
    return raise(
      'TypeError',
      `'async with' received an object from ${method} that does not implement __await__: ${typeName(h)}`,
    );
  }
  const it = awaitableIter(h);
  if (it !== 0 && typeOf(it) === T.typeHandle(T.T_COROUTINE) && delegate(it) !== 0)
    return raise('RuntimeError', 'coroutine is being awaited already');
  return it;
}

const hasNext = (h: number): boolean => lookupInType(typeOf(h), N.N_ANEXT) !== 0;

/** GET_AITER. */
export function getAsyncIter(h: number): number {
  const f = lookupInType(typeOf(h), N.N_AITER);
  if (f === 0 || f === H.NONE)
    return raise('TypeError', `'async for' requires an object with __aiter__ method, got ${typeName(h)}`);
  const it = special1(f, h);
  if (it === 0 || hasNext(it)) return it;
  return raise(
    'TypeError',
    `'async for' received an object from __aiter__ that does not implement __anext__: ${typeName(it)}`,
  );
}

/** GET_ANEXT: what is awaited for the next value. */
export function getAsyncNext(h: number): number {
  const f = lookupInType(typeOf(h), N.N_ANEXT);
  if (f === 0 || f === H.NONE)
    return raise('TypeError', `'async for' requires an iterator with __anext__ method, got ${typeName(h)}`);
  const made = special1(f, h);
  if (made === 0) return 0;
  const slot = root(made);
  const it = awaitableIter(made);
  unroot(slot);
  return it !== 0 ? it : invalidNext(made);
}

/** TypeError whose cause is the pending exception. */
function invalidNext(made: number): number {
  const cause = takeException();
  const slot = root(cause);
  const e = newException(
    'TypeError',
    fromJS(`'async for' received an invalid object from __anext__: ${typeName(made)}`),
  );
  unroot(slot);
  storeRef(e, L.EXCEPTION_CAUSE, cause);
  storeRef(e, L.EXCEPTION_CONTEXT, cause);
  I32[(e >>> 2) + L.EXCEPTION_SUPPRESS] = 1;
  return setException(e);
}

/** The `__aiter__` of aiter(): no check of what it gives but for `__anext__`. */
export function asyncIterOf(h: number): number {
  const f = lookupInType(typeOf(h), N.N_AITER);
  if (f === 0 || f === H.NONE) return raise('TypeError', `'${typeName(h)}' object is not an async iterable`);
  const it = special1(f, h);
  if (it === 0 || hasNext(it)) return it;
  return raise('TypeError', `aiter() returned not an async iterator of type '${typeName(it)}'`);
}

/** What anext(h) awaits: the result of `__anext__`. */
export function asyncNextOf(h: number): number {
  const f = lookupInType(typeOf(h), N.N_ANEXT);
  if (f === 0 || f === H.NONE) return raise('TypeError', `'${typeName(h)}' object is not an async iterator`);
  return special1(f, h);
}
