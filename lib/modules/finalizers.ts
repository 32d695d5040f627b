/** Running the callbacks of dead weak references and the finalizers (`__del__`) of dead objects: lib/heap/weak.ts keeps who they are. */
import { CARRIER } from '../heap/carrier.js';
import { collectGarbage } from '../heap/collect.js';
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { referentOf } from '../heap/pending.js';
import { clearReferences, eachFinalizer, holdReferent, isFinalizer, takePending } from '../heap/weak.js';
import { call1, repr } from '../objects/abstract.js';
import { lookupInType } from '../objects/attribute.js';
import { clearException, pendingException, setException, takeException } from '../objects/exceptions.js';
import { newListFromArray } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isKind, slotId, typeOf } from '../objects/object.js';
import { toJS } from '../objects/strings.js';
import { isForeign } from '../objects/sync.js';
import * as T from '../objects/type-ids.js';
import { warn } from '../objects/warn.js';
import { weakCallback } from '../objects/weakref.js';
import { asyncgenFinalizer } from '../vm/asyncgen-hooks.js';
import { GEN_CREATED, GEN_FINISHED } from '../vm/call.js';
import { pythonContext } from '../vm/frame-object.js';
import { closeGenerator } from '../vm/generator-methods.js';
import { addTraceback } from '../vm/unwind.js';
import { finalizeHook } from '../vm/finalize.js';
import { weakHook } from '../vm/safepoint.js';
import { writeUnraisable } from './unraisable.js';

const I32 = i32;
const C = CARRIER;
/** Rounds of a collection that finalizes: each may make new garbage. */
const ROUNDS_MOST = 20;

const textOf = (h: number): string => {
  const e = takeException();
  const slot = root(e);
  const text = repr(h);
  if (text === 0) clearException();
  if (e !== 0) setException(e);
  unroot(slot);
  return text === 0 ? '<repr failed>' : toJS(text);
};

/** The frame that is being left while its dead objects are finalized: who called it drops them, as far as tracebacks go. */
let leaving = 0;

/** Reports the pending exception of a callback or a finalizer. */
function complain(what: string, f: number): void {
  const context = I32[C + L.CAR_CONTEXT];
  const frame = pythonContext(context === leaving ? I32[context + L.F_PREVIOUS] : context);
  if (frame !== 0 && I32[(pendingException() >>> 2) + L.EXCEPTION_TRACEBACK] === 0) addTraceback(frame);
  writeUnraisable(`Exception ignored while ${what} ${textOf(f)}`, 0);
}

/** 1, or 0 with the exception that a filter made of the warning. */
const warnUnawaited = (g: number): 1 | 0 =>
  warn('RuntimeWarning', `coroutine '${toJS(I32[(g >>> 2) + L.GENERATOR_QUALNAME])}' was never awaited`);

/** Closes a generator that was dropped where it was suspended, or tells the hook of an asynchronous one; a coroutine that never began is reported. */
function finalizeGenerator(g: number): void {
  const slot = root(g);
  const state = I32[(g >>> 2) + L.GENERATOR_STATE];
  const unawaited = slotId(g) === T.T_COROUTINE && state === GEN_CREATED;
  if (unawaited) {
    if (warnUnawaited(g) === 0) complain('finalizing coroutine', g);
  } else if (slotId(g) === T.T_ASYNC_GENERATOR && asyncgenFinalizer(g) !== 0) {
    if (state !== GEN_FINISHED && call1(asyncgenFinalizer(g), g) === 0) complain('finalizing generator', g);
  } else if (closeGenerator(g) === 0) complain('closing generator', g);
  unroot(slot);
}

/** Was the object's finalizer run? FLAG_DEAD says so of objects that live. */
export const isFinalized = (h: number): boolean => (h & 7) === 0 && (I32[h >>> 2] & L.FLAG_DEAD) !== 0;

/** Calls the `__del__` of an object, or closes a generator; a `__del__` may bring the object back. */
function finalize(o: number): void {
  I32[o >>> 2] |= L.FLAG_DEAD;
  const slot = root(o);
  if (isKind(o, L.KIND_GENERATOR)) finalizeGenerator(o);
  else callDel(o);
  clearReferences(o);
  unroot(slot);
}

function callDel(o: number): void {
  const f = lookupInType(typeOf(o), N.N_DEL);
  const slot = root(f);
  if (f !== 0 && call1(f, o) === 0) complain('calling deallocator', f);
  unroot(slot);
}

const isBuiltin = (o: number): boolean => T.isBuiltinType(typeOf(o));

/**
 * The order in which finalizers run: those of classes in the order the objects were made; then the streams, the newest first, so that the outer
 * one writes what it buffers before the one under it is closed. (Runs of a thread are filled upwards: age is address.)
 */
function inOrder(refs: number[], object: (ref: number) => number): number[] {
  const age = (a: number, b: number): number => (a >>> 0) - (b >>> 0);
  const streams = refs.filter((ref) => isBuiltin(object(ref))).sort(age);
  return [...refs.filter((ref) => !isBuiltin(object(ref))).sort(age), ...streams.reverse()];
}

function runCallback(ref: number): void {
  const callback = weakCallback(ref);
  I32[(ref >>> 2) + L.WEAKREF_CALLBACK] = 0;
  const slot = root(callback);
  if (isFinalizer(ref)) finalize(callback);
  else if (call1(callback, ref) === 0) complain('calling weakref callback', callback);
  unroot(slot);
}

/**
 * Calls the callbacks of dead references, then the finalizers, that belong to this thread or to nobody alive. Returns how many finalizers ran:
 * what they were of may be garbage now.
 */
export function runCallbacks(): number {
  const refs = takePending((ref) => !isForeign(ref));
  if (refs.length === 0) return 0;
  const finalizers = inOrder(refs.filter(isFinalizer), weakCallback);
  const slot = root(newListFromArray(refs));
  for (const ref of refs) if (!isFinalizer(ref)) runCallback(ref);
  for (const ref of finalizers) runCallback(ref);
  unroot(slot);
  return finalizers.length;
}

/** At the end of the process's program: finalizes what is left, whether reachable or not. */
export function finalizeAll(): void {
  runCallbacks();
  const found: number[] = [];
  eachFinalizer((ref) => found.push(ref));
  const left = inOrder(found, referentOf);
  const all = newListFromArray(left);
  const slot = root(all);
  for (const ref of left) {
    const o = I32[(ref >>> 2) + L.WEAKREF_REFERENT];
    I32[(ref >>> 2) + L.WEAKREF_REFERENT] = 0;
    if (o !== 0) finalize(o);
  }
  unroot(slot);
  runCallbacks();
}

/** Collects, and finalizes what is found dead, until nothing more is. Only where every handle in use is rooted. */
export function collectAndFinalize(): void {
  for (let round = 0; round < ROUNDS_MOST; round++) {
    collectGarbage();
    if (runCallbacks() === 0) return;
  }
}

/** Runs the finalizers of entries that a return or a safepoint took out of the list. */
function runFinalizers(entries: number[], frame: number): void {
  for (const ref of entries) holdReferent(ref);
  const slot = root(entries.length === 1 ? entries[0] : newListFromArray(entries));
  const before = leaving;
  leaving = frame;
  for (const ref of entries) runCallback(ref);
  leaving = before;
  unroot(slot);
}

finalizeHook.finalize = runFinalizers;
weakHook.runCallbacks = () => void runCallbacks();
