/**
 * The hooks of asynchronous generators (PEP 525): event loops learn by them which generators are iterated, and which are dropped before their end.
 * A thread has a tuple of both, `firstiter` and `finalizer`; a generator keeps the finalizer that holds when it is first iterated.
 */
import { escapeAll, storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1 } from '../objects/call.js';
import { newTupleOf, tupleItem } from '../objects/tuple.js';
import { addLateFinalizer } from '../objects/weakref.js';

const I32 = i32;
const word = (): number => I32[CARRIER + L.CAR_THREAD] + L.THR_ASYNCGEN_HOOKS;

/** firstiter and finalizer of the thread, None where there is none. */
export function asyncgenHooks(): readonly [number, number] {
  const hooks = I32[word()];
  return hooks === 0 ? [H.NONE, H.NONE] : [tupleItem(hooks, 0), tupleItem(hooks, 1)];
}

export function setAsyncgenHooks(firstiter: number, finalizer: number): void {
  I32[word()] = firstiter === H.NONE && finalizer === H.NONE ? 0 : newTupleOf([firstiter, finalizer]);
  escapeAll();
}

/** Before a generator is iterated, which the caller has rooted; false with the exception of `firstiter` set. */
export function beginIteration(g: number): boolean {
  if (I32[(g >>> 2) + L.GENERATOR_HOOKED] !== 0) return true;
  const [firstiter, finalizer] = asyncgenHooks();
  storeRef(g, L.GENERATOR_HOOKED, finalizer);
  if (finalizer !== H.NONE && (I32[g >>> 2] & L.FLAG_FINALIZER) === 0) addLateFinalizer(g);
  return firstiter === H.NONE || call1(firstiter, g) !== 0;
}

/** The finalizer of a generator that is dropped before its end; 0 when nobody wants to know. */
export function asyncgenFinalizer(g: number): number {
  const hooked = I32[(g >>> 2) + L.GENERATOR_HOOKED];
  return hooked === H.NONE || (I32[g >>> 2] & L.FLAG_K3) !== 0 ? 0 : hooked;
}
