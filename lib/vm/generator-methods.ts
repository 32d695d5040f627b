/** send, throw and close of generators, coroutines and asynchronous generators (PEP 342, PEP 380). */
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { storeLast } from '../heap/order.js';
import { lookupAttr } from '../objects/abstract.js';
import { call0, call1 } from '../objects/call.js';
import {
  clearException,
  exceptionType,
  newException,
  pendingException,
  pendingIs,
  raise,
  setException,
  typeName,
} from '../objects/exceptions.js';
import * as N from '../objects/names.js';
import { isKind, isSubtype, typeOf } from '../objects/object.js';
import { abandonGenerator, GEN_CREATED, GEN_FINISHED, GEN_RUNNING, GEN_SUSPENDED, throwGenerator } from './call.js';
import { delegate } from './delegate.js';

const I32 = i32;
const state = (g: number): number => I32[(g >>> 2) + L.GENERATOR_STATE];
const setState = (g: number, s: number): void => storeLast((g >>> 2) + L.GENERATOR_STATE, s);

/** How messages call it: generator, coroutine or async generator. */
export const generatorNoun = (g: number): string => typeName(g).replace('_', ' ');

/** The exception that throw(type, value, traceback) means, as an instance; 0 with the exception set. */
export function thrownException(type: number, value: number, traceback: number): number {
  if (traceback !== 0 && traceback !== H.NONE && !isKind(traceback, L.KIND_TRACEBACK))
    return raise('TypeError', 'throw() third argument must be a traceback object');
  const e = exceptionOf(type, value);
  if (e !== 0 && traceback !== 0 && traceback !== H.NONE) storeRef(e, L.EXCEPTION_TRACEBACK, traceback);
  return e;
}

function exceptionOf(type: number, value: number): number {
  if (isKind(type, L.KIND_TYPE) && isSubtype(type, exceptionType('BaseException'))) {
    if (value === 0 || value === H.NONE) return call0(type);
    return isSubtype(typeOf(value), type) ? value : call1(type, value);
  }
  if (isKind(type, L.KIND_EXCEPTION)) {
    return value !== 0 && value !== H.NONE
      ? raise('TypeError', 'instance exception may not have a separate value')
      : type;
  }
  return raise(
    'TypeError',
    `exceptions must be classes or instances deriving from BaseException, not ${typeName(type)}`,
  );
}

/** Raises `e` where the generator is stopped, or in what it delegates to: what it yields then, 0 with an exception set. */
export function throwInto(g: number, e: number): number {
  const inner = delegate(g);
  if (inner !== 0) return throwDelegate(g, inner, e);
  setException(e);
  return throwGenerator(g);
}

/** throw() goes to the innermost generator; its end resumes this one. */
function throwDelegate(g: number, inner: number, e: number): number {
  const slot = root(e);
  setState(g, GEN_RUNNING);
  let r = 0;
  if (isSubtype(typeOf(e), exceptionType('GeneratorExit'))) {
    if (closeAny(inner)) setException(e);
  } else if (isKind(inner, L.KIND_GENERATOR)) r = throwInto(inner, e);
  else {
    const f = lookupAttr(inner, N.N_FUNC_NAMES.throw);
    if (f !== 0) r = call1(f, e);
    else if (pendingException() === 0) setException(e);
  }
  unroot(slot);
  setState(g, GEN_SUSPENDED);
  return r !== 0 ? r : throwGenerator(g);
}

function closeAny(h: number): boolean {
  if (isKind(h, L.KIND_GENERATOR)) return closeGenerator(h) !== 0;
  const f = lookupAttr(h, N.N_FUNC_NAMES.close);
  if (f === 0) return pendingException() === 0;
  return call0(f) !== 0;
}

/** generator.close(): the value it returned, or None; 0 with the exception set. */
export function closeGenerator(g: number): number {
  if (state(g) === GEN_FINISHED) return H.NONE;
  if (state(g) === GEN_CREATED) {
    abandonGenerator(g);
    return H.NONE;
  }
  const r = throwInto(g, newException('GeneratorExit', 0));
  if (r !== 0) return raise('RuntimeError', `${generatorNoun(g)} ignored GeneratorExit`);
  if (pendingIs('StopIteration')) {
    const value = I32[(pendingException() >>> 2) + L.EXCEPTION_A];
    clearException();
    return value === 0 ? H.NONE : value;
  }
  if (!pendingIs('GeneratorExit')) return 0;
  clearException();
  return H.NONE;
}
