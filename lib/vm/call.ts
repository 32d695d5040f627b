/**
 * Calls and returns: frames of Python functions, built-in functions, classes, generators. A call either yields its result at once or pushes
 * a frame for the dispatch loop, which is what keeps Python calls off the JavaScript stack.
 */
import { isOwned, publishStore } from '../objects/sync.js';
import { newObject } from '../heap/alloc.js';
import { barrier } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import {
  CTX_ENTRY,
  CTX_FINALIZE,
  CTX_FRAME,
  CTX_GENERATOR,
  CTX_INIT,
  CTX_LEAVE,
  CTX_RETURN_SHIFT,
  CTX_SEGMENT,
  leaveSegment,
  nextSegment,
  reclaimAtReturn,
  stackTop,
  STACK_SLACK,
  root,
  unlink,
  unroot,
} from '../heap/context.js';
import * as H from '../heap/handles.js';
import { hold } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { loadFirst, storeLast } from '../heap/order.js';
import { forgetNewest, passAllDown } from '../heap/pending.js';
import { stressCollect } from '../heap/stress.js';
import { CO_ASYNC_GENERATOR, CO_COROUTINE } from '../compiler/code.js';
import { descriptorGet, lookupInType, newInstance, TYPE_FLAG_ABSTRACT } from '../objects/attribute.js';
import { callHook, pushArguments, release } from '../objects/call.js';
import { chainContext } from '../objects/exception-context.js';
import { clearException, pendingIs, pendingException, raise, raiseValue, typeName } from '../objects/exceptions.js';
import * as N from '../objects/names.js';
import { enterLoop, leaveLoop } from '../objects/recursion.js';
import { isSubtype, slotId, typeOf } from '../objects/object.js';
import { nativeBlocks } from '../objects/natives.js';
import { slots, tailCalls } from '../objects/slots.js';
import { toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { addFinalizer, addFinalizerOf, needsFinalizer } from '../objects/weakref.js';
import { bindArguments, bindSimple } from './arguments.js';
import { finalizeAtReturn, finalizeAtYield } from './finalize.js';
import { detachAtReturn, detachFrame } from './frame-object.js';
import { run } from './interpreter.js';
import { callNative, callNativeInPlace } from './native-call.js';
import { leaveTail, NO_FRAME, PUSHED } from './tail-call.js';

const I32 = i32;
/** Bytes of a row of an exception table. */
const HANDLER_BYTES = 16;
const C = CARRIER;

/** GENERATOR_STATE. */
export const GEN_FINISHED = 0;
export const GEN_CREATED = 1;
export const GEN_SUSPENDED = 2;
export const GEN_RUNNING = 3;

/** How a generator was resumed: what its return and yields do in the caller. */
export const RESUME_VALUE = 0;
export const RESUME_FOR_ITER = 1;
export const RESUME_SEND = 2;
const RESUME_MASK = 3 << CTX_RETURN_SHIFT;

export { PUSHED };

/** Pushes the frame of Python function `f`, arguments bound. Returns its word index, 0 with the exception set. */
export function pushFunction(f: number, args: number, n: number, kwnames: number, flags: number): number {
  const w = f >>> 2;
  const code = I32[w + L.FUNCTION_CODE] >>> 2;
  const previous = I32[C + L.CAR_CONTEXT];
  let frame = Math.max(stackTop(previous), frameFloor(previous, args, n, kwnames));
  if (I32[C + L.CAR_DEPTH] >= I32[C + L.CAR_RECURSION_LIMIT]) return recursionError();
  const oldEnd = I32[C + L.CAR_SEGMENT_END];
  if (frame + I32[code + L.CODE_FRAME_WORDS] > oldEnd) {
    frame = nextSegment(I32[code + L.CODE_FRAME_WORDS]);
    flags |= CTX_SEGMENT;
  }
  const locals = frame + L.F_LOCALS;
  if (kwnames === 0 && I32[code + L.CODE_SIMPLE_ARGS] === n) bindSimple(args, n, locals, I32[code + L.CODE_NLOCALS]);
  else if (bindArguments(f, args, n, kwnames, locals) === 0) {
    I32[C + L.CAR_SEGMENT_END] = oldEnd;
    return 0;
  }
  I32[C + L.CAR_DEPTH] = I32[C + L.CAR_DEPTH] + 1;
  I32[frame + L.F_PREVIOUS] = previous;
  I32[frame + L.F_CODE] = code << 2;
  I32[frame + L.F_PC] = I32[code + L.CODE_ENTRY_PC];
  I32[frame + L.F_SP] = locals + I32[code + L.CODE_NLOCALS];
  I32[frame + L.F_ENTRY] = I32[C + L.CAR_BUMP];
  I32[frame + L.F_RETURN_VALUE] = 0;
  I32[frame + L.F_FLAGS] = flags;
  I32[frame + L.F_FUNCTION] = f;
  I32[frame + L.F_GLOBALS] = I32[w + L.FUNCTION_GLOBALS];
  I32[frame + L.F_BUILTINS] = I32[w + L.FUNCTION_BUILTINS];
  I32[frame + L.F_ENVIRONMENT] = I32[w + L.FUNCTION_ENVIRONMENT];
  I32[frame + L.F_GENERATOR] = 0;
  I32[frame + L.F_FRAME_OBJECT] = 0;
  I32[frame + L.F_LOCALS_DICT] = 0;
  I32[C + L.CAR_CONTEXT] = frame;
  I32[C + L.CAR_PUSHED] = I32[C + L.CAR_PUSHED] + 1;
  return frame;
}

/** Arguments may lie above the recorded stack pointer (popped already): the frame must not overlap them. */
function frameFloor(previous: number, args: number, n: number, kwnames: number): number {
  if ((I32[previous + L.F_FLAGS] & CTX_GENERATOR) !== 0) return 0;
  const end = args + n + (kwnames === 0 ? 0 : I32[(kwnames >>> 2) + L.TUPLE_LENGTH]);
  return end <= I32[C + L.CAR_SEGMENT_END] && end > previous ? end : 0;
}

export function recursionError(): number {
  return raise('RecursionError', 'maximum recursion depth exceeded');
}

/**
 * Calls from the dispatch loop. Arguments: n words at `args`, then the keyword values. `base`: the caller's stack pointer once callee and
 * arguments are popped. Returns PUSHED, 0 with the exception set, or the result.
 */
export function callFromStack(callee: number, args: number, n: number, kwnames: number, base: number): number {
  const caller = I32[C + L.CAR_CONTEXT];
  const kind = (callee & 7) === 0 ? I32[callee >>> 2] & 0xff : -1;
  if (kind === L.KIND_FUNCTION) {
    if (pushFunction(callee, args, n, kwnames, 0) === 0) return 0;
    I32[caller + L.F_SP] = base;
    return PUSHED;
  }
  if (kind === L.KIND_NATIVE) {
    if (nativeBlocks[I32[(callee >>> 2) + L.NATIVE_NATIVE_ID]] === 1)
      return callBlocking(callee, args, n, kwnames, base);
    return callNativeInPlace(callee, args, n, kwnames);
  }
  if (kind === L.KIND_TYPE) return callType(callee, args, n, kwnames, base);
  if (kind === L.KIND_METHOD && I32[args - 1] === 0) return callMethod(callee, args, n, kwnames, base);
  return callOther(callee, args, n, kwnames, base);
}

/** A bound method: self goes to the word before the arguments, which is the NULL of the call. */
function callMethod(method: number, args: number, n: number, kwnames: number, base: number): number {
  I32[args - 1] = I32[(method >>> 2) + L.METHOD_SELF];
  const r = callFromStack(I32[(method >>> 2) + L.METHOD_FUNCTION], args - 1, n + 1, kwnames, base);
  // A built-in that parks is called again with the stack as it was.
  if (r === 0) I32[args - 1] = 0;
  return r;
}

/**
 * A built-in function that may block: called from here it may park the thread, since its CALL can be executed again, or push a frame in its
 * place (tail-call.ts).
 */
function callBlocking(callee: number, args: number, n: number, kwnames: number, base: number): number {
  I32[C + L.CAR_BLOCKED_STATE] = base;
  I32[C + L.CAR_BLOCKED_CONTEXT] = I32[C + L.CAR_CONTEXT];
  const r = callNativeInPlace(callee, args, n, kwnames);
  I32[C + L.CAR_BLOCKED_STATE] = 0;
  return r;
}

const isNative = (f: number): boolean => (f & 7) === 0 && f !== 0 && (I32[f >>> 2] & 0xff) === L.KIND_NATIVE;
/** Is it `__call__` of a built-in type, which the slot does? A built-in function in its place is called like any value. */
const isSlotWrapper = (f: number): boolean =>
  isNative(f) && I32[(f >>> 2) + 2] === T.typeHandle(T.T_WRAPPER_DESCRIPTOR);
const isFunction = (f: number): boolean => (f & 7) === 0 && f !== 0 && (I32[f >>> 2] & 0xff) === L.KIND_FUNCTION;

/**
 * In a built-in that may end by a call (mayTailCall): pushes the frame of `f(args...)` when `f` is a Python function, bound or not. Its word, 0 with the
 * exception set, or NO_FRAME when `f` is something else. `f` itself lies in the word before its arguments, where self may take its place.
 */
export function pushTail(f: number, args: number, n: number, kwnames: number): number {
  if (isFunction(f)) return pushFunction(f, args, n, kwnames, 0);
  const bound = (f & 7) === 0 && f !== 0 && (I32[f >>> 2] & 0xff) === L.KIND_METHOD;
  if (!bound || !isFunction(I32[(f >>> 2) + L.METHOD_FUNCTION])) return NO_FRAME;
  I32[args - 1] = I32[(f >>> 2) + L.METHOD_SELF];
  return pushFunction(I32[(f >>> 2) + L.METHOD_FUNCTION], args - 1, n + 1, kwnames, 0);
}

/** Versions of classes, by their low bits, and the Python `__init__` that a call of each runs on an instance of `object.__new__`. */
const plainInits = new Int32Array(2 * 256);
const initPlace = (version: number): number => (version & 255) << 1;

/** That `__init__`; 0 when a call of the class is another thing. */
export function plainInit(type: number): number {
  const version = loadFirst((type >>> 2) + L.TYPE_VERSION);
  const at = initPlace(version);
  if (version !== 0 && plainInits[at] === version) return plainInits[at + 1];
  if (T.isBuiltinType(type) || I32[(type >>> 2) + L.TYPE_NATIVE_ID] !== T.T_OBJECT) return 0;
  const init = lookupInType(type, N.N_INIT);
  if (!isFunction(init) || !isNative(lookupInType(type, N.N_NEW))) return 0;
  plainInits[at] = version;
  plainInits[at + 1] = init;
  return init;
}

/** Calls a class. The common class written in Python, with a Python `__init__` and object's `__new__`, gets its frame pushed. */
function callType(type: number, args: number, n: number, kwnames: number, base: number): number {
  // Neither the metaclass nor whether it is abstract shows in the version.
  if (I32[(type >>> 2) + 2] !== T.typeHandle(T.T_TYPE)) return callValue(type, args, n, kwnames);
  if (T.isBuiltinType(type)) return typeCall(type, args, n, kwnames);
  const init = plainInit(type);
  if (init === 0 || (I32[(type >>> 2) + L.TYPE_TYPE_FLAGS] & TYPE_FLAG_ABSTRACT) !== 0)
    return callValue(type, args, n, kwnames);
  const instance = newInstance(type);
  const caller = I32[C + L.CAR_CONTEXT];
  // The word below the arguments is the NULL of the call: it becomes self.
  const self = args - 1;
  const saved = I32[self];
  I32[self] = instance;
  const frame = pushFunction(init, self, n + 1, kwnames, CTX_INIT);
  I32[self] = saved;
  if (frame === 0) return 0;
  I32[frame + L.F_GENERATOR] = instance;
  I32[caller + L.F_SP] = base;
  return PUSHED;
}

/** Has the object's class a call slot that may end by a call, and nothing of its own in its place? */
function mayEndByCall(callee: number): boolean {
  if ((callee & 7) !== 0 || tailCalls[slotId(callee)] === 0) return false;
  const type = I32[(callee >>> 2) + 2];
  return T.isBuiltinType(type) || isSlotWrapper(lookupInType(type, N.N_CALL));
}

/** An object whose class has a `__call__`: a Python function gets its frame pushed. */
function callOther(callee: number, args: number, n: number, kwnames: number, base: number): number {
  if (mayEndByCall(callee)) {
    I32[C + L.CAR_BLOCKED_STATE] = base;
    I32[C + L.CAR_BLOCKED_CONTEXT] = I32[C + L.CAR_CONTEXT];
    const r = slots.call[slotId(callee)]!(callee, args, n, kwnames);
    I32[C + L.CAR_BLOCKED_STATE] = 0;
    return r;
  }
  const f = (callee & 7) === 0 && I32[args - 1] === 0 ? lookupInType(I32[(callee >>> 2) + 2], N.N_CALL) : 0;
  if (!isFunction(f)) return callValue(callee, args, n, kwnames);
  I32[args - 1] = callee;
  return callFromStack(f, args - 1, n + 1, kwnames, base);
}

/** Prepends a first argument and calls. */
function callWithSelf(f: number, self: number, args: number, n: number, kwnames: number): number {
  const total = n + (kwnames === 0 ? 0 : I32[(kwnames >>> 2) + L.TUPLE_LENGTH]);
  const a = pushArguments(total + 2);
  for (let i = 0; i < total; i++) I32[a + 1 + i] = I32[args + i];
  I32[a] = self;
  I32[a + total + 1] = f;
  return release(a, callValue(f, a, n + 1, kwnames));
}

/** Calls what a class has under a special name, bound to `self`. */
function callSpecial(f: number, self: number, args: number, n: number, kwnames: number): number {
  if (isFunction(f)) return callWithSelf(f, self, args, n, kwnames);
  const bound = descriptorGet(f, self, typeOf(self));
  if (bound === 0) return 0;
  const slot = root(bound);
  const r = callValue(bound, args, n, kwnames);
  unroot(slot);
  return r;
}

/** Calls any value and waits for its result: Python functions run in a nested dispatch loop. */
export function callValue(callee: number, args: number, n: number, kwnames: number): number {
  if ((callee & 7) !== 0) return notCallable(callee);
  const w = callee >>> 2;
  switch (I32[w] & 0xff) {
    case L.KIND_FUNCTION: {
      const frame = pushFunction(callee, args, n, kwnames, CTX_ENTRY);
      return frame === 0 ? 0 : runNested(frame);
    }
    case L.KIND_NATIVE:
      return callNative(callee, args, n, kwnames);
    case L.KIND_METHOD:
      return callWithSelf(I32[w + L.METHOD_FUNCTION], I32[w + L.METHOD_SELF], args, n, kwnames);
    case L.KIND_TYPE:
      return instantiate(callee, args, n, kwnames);
    default: {
      const f = lookupInType(I32[w + 2], N.N_CALL);
      if (f !== 0 && !isSlotWrapper(f)) return callSpecial(f, callee, args, n, kwnames);
      const slot = slots.call[slotId(callee)];
      return slot !== undefined ? slot(callee, args, n, kwnames) : notCallable(callee);
    }
  }
}

function runNested(frame: number): number {
  if (!enterLoop()) {
    leaveUnrun(frame);
    return 0;
  }
  I32[C + L.CAR_PIN_DEPTH] = I32[C + L.CAR_PIN_DEPTH] + 1;
  const r = run(frame);
  I32[C + L.CAR_PIN_DEPTH] = I32[C + L.CAR_PIN_DEPTH] - 1;
  leaveLoop();
  return r;
}

/** Pops a frame that was pushed and cannot be run. */
function leaveUnrun(frame: number): void {
  if ((I32[frame + L.F_FLAGS] & CTX_GENERATOR) !== 0) {
    closeGenerator(frame);
    return;
  }
  I32[C + L.CAR_DEPTH] = I32[C + L.CAR_DEPTH] - 1;
  unlink(frame);
}

/** Calls a function without arguments whose names live in the mapping `locals`: class bodies, exec and eval. */
export function callWithLocals(f: number, locals: number): number {
  const frame = pushFunction(f, I32[I32[C + L.CAR_CONTEXT] + L.F_SP], 0, 0, CTX_ENTRY);
  if (frame === 0) return 0;
  I32[frame + L.F_LOCALS_DICT] = locals;
  return runNested(frame);
}

function notCallable(callee: number): number {
  return raise('TypeError', `'${typeName(callee)}' object is not callable`);
}

/** `type(...)` semantics: `__new__`, then `__init__` when the result is an instance. */
export function instantiate(type: number, args: number, n: number, kwnames: number): number {
  const meta = I32[(type >>> 2) + 2];
  if (meta !== T.typeHandle(T.T_TYPE)) {
    const f = lookupInType(meta, N.N_CALL);
    if (f !== 0 && !isSlotWrapper(f)) return callSpecial(f, type, args, n, kwnames);
  }
  return typeCall(type, args, n, kwnames);
}

/** type.__call__ itself. */
export function typeCall(type: number, args: number, n: number, kwnames: number): number {
  if (type === T.typeHandle(T.T_TYPE) && n === 1 && kwnames === 0) return typeOf(I32[args]);
  const builtin = T.isBuiltinType(type);
  // Nobody can change what a built-in class has.
  const make = builtin ? 0 : lookupInType(type, N.N_NEW);
  let o: number;
  if (make === 0 || isNative(make)) {
    const create = slots.create[builtin ? T.typeId(type) : I32[(type >>> 2) + L.TYPE_NATIVE_ID]];
    if (create === undefined)
      return raise('TypeError', `cannot create '${toJS(I32[(type >>> 2) + L.TYPE_NAME])}' instances`);
    o = create(type, args, n, kwnames);
    if (o !== 0 && needsFinalizer(o)) addFinalizer(o);
    if (builtin && isComplete(o, type)) return o;
  } else {
    const f = descriptorGet(make, 0, type);
    if (f === 0) return 0;
    o = callWithSelf(f, type, args, n, kwnames);
  }
  if (o === 0 || !isSubtype(typeOf(o), type)) return o;
  const slot = root(o);
  const made = initialise(o, args, n, kwnames);
  unroot(slot);
  return made;
}

/** Is what the constructor of a built-in class gave not to be initialised? object's `__init__` does nothing for classes with a constructor. */
function isComplete(o: number, type: number): boolean {
  const id = T.typeId(type);
  if (slots.init[id] !== slots.init[T.T_OBJECT] || slots.create[id] === slots.create[T.T_OBJECT]) return false;
  // str() returns what `__str__` gave, of whichever class.
  return typeOf(o) === type || type === T.typeHandle(T.T_STR);
}

function initialise(o: number, args: number, n: number, kwnames: number): number {
  const init = lookupInType(typeOf(o), N.N_INIT);
  if (init === 0 || isNative(init)) {
    const slot = slots.init[slotId(o)];
    return slot === undefined || slot(o, args, n, kwnames) !== 0 ? o : 0;
  }
  const r = callSpecial(init, o, args, n, kwnames);
  if (r === 0) return 0;
  return r === H.NONE ? o : initReturned(r);
}

const initReturned = (r: number): number => raise('TypeError', `__init__() should return None, not '${typeName(r)}'`);

/**
 * Return of a frame with flags. Returns the value to push in the caller, PUSHED when it was delivered, 0 with the exception set; for an
 * entry frame the value for the TypeScript caller.
 */
export function returnSlow(fp: number, value: number): number {
  const flags = I32[fp + L.F_FLAGS];
  if ((flags & CTX_GENERATOR) !== 0) return finishGenerator(fp, value);
  I32[fp + L.F_RETURN_VALUE] = value;
  let result = value;
  if ((flags & CTX_INIT) !== 0) {
    if (value !== H.NONE) return initReturned(value);
    result = I32[fp + L.F_GENERATOR];
  }
  const left = (flags & CTX_LEAVE) === 0 ? 0 : leaveTail(fp);
  if (left !== 0 && left !== PUSHED) result = left;
  // The handler may have raised: the exception lies in the region.
  const raised = (flags & CTX_LEAVE) !== 0 && I32[C + L.CAR_EXCEPTION] !== 0;
  if ((flags & CTX_FINALIZE) !== 0) {
    if (raised) passAllDown(fp);
    else finalizeAtReturn(fp, result);
  }
  if ((I32[fp + L.F_FLAGS] & CTX_FRAME) !== 0) detachAtReturn(fp, result);
  if (!raised) reclaimAtReturn(fp, result);
  if ((flags & CTX_SEGMENT) !== 0) leaveSegment();
  I32[C + L.CAR_CONTEXT] = I32[fp + L.F_PREVIOUS];
  I32[C + L.CAR_DEPTH] = I32[C + L.CAR_DEPTH] - 1;
  if (raised) return 0;
  return left === PUSHED ? PUSHED : result;
}

// ---------------------------------------------------------------- generators

/** Has the code of a generator handlers of its own, besides the one around all of it that each has? */
function hasHandlers(code: number): boolean {
  const table = I32[code + L.CODE_EXCEPTION_TABLE];
  return table !== 0 && I32[(table >>> 2) + L.BUFFER_LENGTH] > HANDLER_BYTES;
}

/** Makes the generator object of the running frame, moves the frame into it and pops it. Returns the generator. */
export function makeGenerator(fp: number): number {
  const code = I32[fp + L.F_CODE] >>> 2;
  const nlocals = I32[code + L.CODE_NLOCALS];
  const words = L.GENERATOR_FRAME + L.F_LOCALS + nlocals + I32[code + L.CODE_STACKSIZE] + STACK_SLACK;
  const flags = I32[code + L.CODE_CODE_FLAGS];
  const id =
    (flags & CO_COROUTINE) !== 0
      ? T.T_COROUTINE
      : (flags & CO_ASYNC_GENERATOR) !== 0
        ? T.T_ASYNC_GENERATOR
        : T.T_GENERATOR;
  const g = newObject(L.KIND_GENERATOR, words * 4, T.typeHandle(id));
  const w = g >>> 2;
  const f = I32[fp + L.F_FUNCTION] >>> 2;
  I32[w + L.GENERATOR_NAME] = I32[f + L.FUNCTION_NAME];
  I32[w + L.GENERATOR_QUALNAME] = I32[f + L.FUNCTION_QUALNAME];
  I32[w + L.GENERATOR_CODE] = code << 2;
  const frame = generatorFrame(g);
  for (let i = 0; i < L.F_LOCALS + nlocals; i++) I32[frame + i] = I32[fp + i];
  I32[frame + L.F_SP] = frame + L.F_LOCALS + nlocals;
  I32[frame + L.F_FLAGS] = CTX_GENERATOR;
  I32[frame + L.F_GENERATOR] = g;
  I32[frame + L.F_HANDLED_SAVED] = 0;
  I32[frame + L.F_PREVIOUS] = 0;
  I32[w + L.GENERATOR_STATE] = GEN_CREATED;
  // Closing it when it is dropped does something, or somebody wants to know.
  const hooked = id === T.T_ASYNC_GENERATOR && I32[I32[C + L.CAR_THREAD] + L.THR_ASYNCGEN_HOOKS] !== 0;
  if (id === T.T_COROUTINE || hooked || hasHandlers(code)) addFinalizerOf(g, I32[fp + L.F_PREVIOUS]);
  return g;
}

/** Word index of a generator's frame, in the generator object. */
export const generatorFrame = (g: number): number => (g >>> 2) + L.GENERATOR_FRAME;

/** Makes a suspended generator running; false when another thread did so first. */
export function claimGenerator(g: number, state: number): boolean {
  const at = (g >>> 2) + L.GENERATOR_STATE;
  return isOwned(g) || atomics.cas(at << 2, state, GEN_RUNNING) === state;
}

/** Makes the generator's frame current. The caller has checked its state. */
function enterGenerator(g: number, mode: number, entry: boolean): number {
  const frame = generatorFrame(g);
  // In this order, and before its frame changes: the marker reads it while the program runs (test/model/marking-reads.ts).
  I32[(g >>> 2) + L.GENERATOR_STATE] = GEN_RUNNING;
  I32[(g >>> 2) + L.GENERATOR_RESUMES] = I32[(g >>> 2) + L.GENERATOR_RESUMES] + 1;
  const previous = I32[C + L.CAR_CONTEXT];
  I32[frame + L.F_PREVIOUS] = previous;
  I32[frame + L.F_SPARE] = stackTop(previous);
  I32[frame + L.F_ENTRY] = I32[C + L.CAR_BUMP];
  I32[frame + L.F_FLAGS] = CTX_GENERATOR | (mode << CTX_RETURN_SHIFT) | (entry ? CTX_ENTRY : 0);
  // The generator's own handled exception becomes the thread's; the caller's waits in the frame.
  const handled = I32[C + L.CAR_HANDLED];
  const own = I32[frame + L.F_HANDLED_SAVED];
  if (own !== 0) I32[C + L.CAR_HANDLED] = own;
  I32[frame + L.F_HANDLED_SAVED] = handled;
  I32[C + L.CAR_DEPTH] = I32[C + L.CAR_DEPTH] + 1;
  I32[C + L.CAR_CONTEXT] = frame;
  return frame;
}

/** Everything the generator's frame holds is stored in an object from here on (rule 6). */
function storeFrame(g: number, frame: number): void {
  const end = I32[frame + L.F_SP];
  for (let i = frame + L.F_LOCALS; i < end; i++) {
    const v = I32[i];
    if ((v & 1) !== 0 || v === 0) continue;
    publishStore(g, v);
    barrier(g, v);
  }
}

function leaveGenerator(frame: number): void {
  I32[C + L.CAR_CONTEXT] = I32[frame + L.F_PREVIOUS];
  I32[C + L.CAR_DEPTH] = I32[C + L.CAR_DEPTH] - 1;
  I32[frame + L.F_PREVIOUS] = 0;
}

/** YIELD_VALUE: suspends the frame; the value goes to whoever resumed. Cells allocated by the generator stay with its caller. */
export function yieldValue(frame: number, value: number): number {
  const g = I32[frame + L.F_GENERATOR];
  const own = I32[C + L.CAR_HANDLED];
  const callers = I32[frame + L.F_HANDLED_SAVED];
  I32[frame + L.F_HANDLED_SAVED] = own === callers ? 0 : own;
  I32[C + L.CAR_HANDLED] = callers;
  storeFrame(g, frame);
  if (own !== callers && own !== 0) {
    publishStore(g, own);
    barrier(g, own);
  }
  if ((I32[frame + L.F_FLAGS] & CTX_FINALIZE) !== 0) finalizeAtYield(frame, value);
  reclaimAtReturn(frame, value);
  leaveGenerator(frame);
  // Last: from here on another thread may resume it.
  storeLast((g >>> 2) + L.GENERATOR_STATE, GEN_SUSPENDED);
  return value;
}

/** Ends a generator that has not started. */
export function abandonGenerator(g: number): void {
  const frame = generatorFrame(g);
  if (I32[frame + L.F_FRAME_OBJECT] !== 0) detachFrame(frame, true);
  I32[(g >>> 2) + L.GENERATOR_STATE] = GEN_FINISHED;
  forgetNewest(g);
}

/** The frame is done: nothing in it is a root any more. */
export function closeGenerator(frame: number): void {
  const g = I32[frame + L.F_GENERATOR];
  if ((I32[frame + L.F_FLAGS] & CTX_FINALIZE) !== 0) passAllDown(frame);
  if (I32[frame + L.F_FRAME_OBJECT] !== 0) detachFrame(frame, true);
  I32[C + L.CAR_HANDLED] = I32[frame + L.F_HANDLED_SAVED];
  I32[frame + L.F_HANDLED_SAVED] = 0;
  I32[frame + L.F_SP] = frame + L.F_LOCALS;
  leaveGenerator(frame);
  I32[(g >>> 2) + L.GENERATOR_STATE] = GEN_FINISHED;
  forgetNewest(g);
}

/** Return of a generator: the jump of FOR_ITER or SEND in the caller, or StopIteration for TypeScript. */
function finishGenerator(frame: number, value: number): number {
  const flags = I32[frame + L.F_FLAGS];
  const mode = (flags & RESUME_MASK) >> CTX_RETURN_SHIFT;
  if ((flags & CTX_FINALIZE) !== 0) finalizeAtYield(frame, value);
  if (I32[frame + L.F_FRAME_OBJECT] !== 0) detachFrame(frame, false);
  reclaimAtReturn(frame, value);
  closeGenerator(frame);
  const caller = I32[C + L.CAR_CONTEXT];
  if ((flags & CTX_ENTRY) !== 0) {
    raiseStop(value);
    return 0;
  }
  const pc = I32[caller + L.F_PC];
  const jump = I32[pc - 1] >> 8;
  if (mode === RESUME_FOR_ITER) I32[caller + L.F_SP] = I32[caller + L.F_SP] - 1;
  else {
    const sp = I32[caller + L.F_SP];
    I32[sp] = value;
    I32[caller + L.F_SP] = sp + 1;
  }
  I32[caller + L.F_PC] = pc + jump;
  return PUSHED;
}

/** StopIteration(value); for None the cheap form without arguments. */
export function raiseStop(value: number): number {
  if (value === H.NONE) {
    raiseValue('StopIteration', 0);
    return 0;
  }
  return raiseValue('StopIteration', value);
}

/** FOR_ITER on a generator: its frame (resume it in this loop), 0 when it is exhausted, -1 with the exception set. */
export function resumeForIter(g: number, _fp: number): number {
  const state = I32[(g >>> 2) + L.GENERATOR_STATE];
  if (I32[(g >>> 2) + 2] !== T.typeHandle(T.T_GENERATOR))
    return raise('TypeError', `'${typeName(g)}' object is not an iterator`) - 1;
  if (state === GEN_FINISHED) return 0;
  if (state === GEN_RUNNING) return raise('ValueError', 'generator already executing') - 1;
  if (I32[C + L.CAR_DEPTH] >= I32[C + L.CAR_RECURSION_LIMIT]) return recursionError() - 1;
  if (!claimGenerator(g, state)) return raise('ValueError', 'generator already executing') - 1;
  const frame = enterGenerator(g, RESUME_FOR_ITER, false);
  pushSent(frame, H.NONE);
  return frame;
}

/** The value sent is what YIELD_VALUE (or RETURN_GENERATOR) pushes on resume. */
function pushSent(frame: number, value: number): void {
  const sp = I32[frame + L.F_SP];
  I32[sp] = value;
  I32[frame + L.F_SP] = sp + 1;
}

/** SEND on a generator from the dispatch loop: its frame, or 0 with the exception set (StopIteration when finished). */
export function resumeForSend(g: number, value: number): number {
  const frame = enterGenerator(g, RESUME_SEND, false);
  pushSent(frame, value);
  return frame;
}

const noun = (g: number): string => typeName(g).replace('_', ' ');
const runningText = (g: number): string => `${noun(g)} already executing`;

/** generator.send(value) from TypeScript: what it yields, or 0 with StopIteration or another exception set. */
export function sendGenerator(g: number, value: number): number {
  const state = I32[(g >>> 2) + L.GENERATOR_STATE];
  if (state === GEN_RUNNING) return raise('ValueError', runningText(g));
  if (state === GEN_FINISHED) {
    if (I32[(g >>> 2) + 2] !== T.typeHandle(T.T_COROUTINE)) return raiseStop(H.NONE);
    return raise('RuntimeError', 'cannot reuse already awaited coroutine');
  }
  if (state === GEN_CREATED && value !== H.NONE)
    return raise('TypeError', `can't send non-None value to a just-started ${noun(g)}`);
  if (!claimGenerator(g, state)) return raise('ValueError', runningText(g));
  const frame = enterGenerator(g, RESUME_VALUE, true);
  pushSent(frame, value);
  return runNested(frame);
}

/** Raises the pending exception inside the generator, at its yield; what it yields then, or 0 with an exception set. */
export function throwGenerator(g: number): number {
  const state = I32[(g >>> 2) + L.GENERATOR_STATE];
  if (state === GEN_RUNNING) {
    clearException();
    return raise('ValueError', runningText(g));
  }
  if (state === GEN_FINISHED) {
    if (I32[(g >>> 2) + 2] !== T.typeHandle(T.T_COROUTINE)) return 0;
    clearException();
    return raise('RuntimeError', 'cannot reuse already awaited coroutine');
  }
  if (state === GEN_CREATED) {
    abandonGenerator(g);
    return 0;
  }
  const e = pendingException();
  if (!claimGenerator(g, state)) {
    clearException();
    return raise('ValueError', runningText(g));
  }
  const frame = enterGenerator(g, RESUME_VALUE, true);
  pushSent(frame, H.NONE);
  chainContext(e);
  I32[C + L.CAR_EXCEPTION] = e;
  if (!throwHook.unwind(frame)) return 0;
  return runNested(frame);
}

/** Set by unwind.ts, which imports this module. */
export const throwHook = { unwind: (_entry: number): boolean => false };

/** next(generator) for iteration: the value, 0 at the end without an exception, or 0 with one. */
export function nextGenerator(g: number): number {
  const r = sendGenerator(g, H.NONE);
  if (r === 0 && pendingIs('StopIteration')) clearException();
  return r;
}

/** In stress mode every call from TypeScript collects first, also that of a built-in. */
function stressedCall(callee: number, args: number, n: number, kwnames: number): number {
  unroot(hold(callee));
  return callValue(callee, args, n, kwnames);
}

callHook.call = stressCollect ? stressedCall : callValue;
callHook.callType = typeCall;
