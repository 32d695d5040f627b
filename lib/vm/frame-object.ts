/**
 * Frame objects: what Python sees of an activation record. One is made when somebody asks (a traceback, sys._getframe) and stands for the context
 * while that lives; when the context ends it takes over what the context held.
 *
 * FRAME_CONTEXT is the word index of the live context, 0 afterwards. FRAME_VALUES: of an ended frame the ARRAY of its slots, of a live
 * generator's the generator, which holds the frame. FRAME_LOCALS: the locals mapping of class and module code, else a dict of names that a
 * program added through f_locals.
 */
import { HeapExhausted } from '../heap/errors.js';
import { newObject, newOldObject } from '../heap/alloc.js';
import { barrier, ageAll, storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { CTX_FRAME, CTX_GENERATOR, survivesReturn } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { lineAt } from '../compiler/positions.js';
import * as T from '../objects/type-ids.js';
import { codePositions } from './code.js';
import { firstInstruction, isEntry } from './compiled.js';

const I32 = i32;
const C = CARRIER;
const word = (f: number, w: number): number => I32[(f >>> 2) + w];

/**
 * Instruction index of a context's last executed instruction; 0 before the first, when the code may not be there yet (lazy-code.ts): it is at an entry
 * in the control block then.
 */
export function frameIndex(context: number): number {
  const pc = I32[context + L.F_PC];
  return isEntry(pc) ? 0 : Math.max(0, pc - firstInstruction(I32[context + L.F_CODE] >>> 2) - 1);
}

/** Line of an instruction. */
export const lineOf = (code: number, index: number): number => lineAt(codePositions(code), index);

/**
 * The frame object of a context of Python code. Of the current one it is as young as what its function allocates; of others it is old, as the
 * current context may return before they do.
 */
export const frameObject = (context: number): number =>
  I32[context + L.F_FRAME_OBJECT] || newFrame(context, I32[C + L.CAR_CONTEXT] === context);

function newFrame(context: number, young: boolean): number {
  const f = (young ? newObject : newOldObject)(L.KIND_FRAME, 64, T.typeHandle(T.T_FRAME));
  const w = f >>> 2;
  I32[w + L.FRAME_CODE] = I32[context + L.F_CODE];
  I32[w + L.FRAME_FUNCTION] = I32[context + L.F_FUNCTION];
  I32[w + L.FRAME_GLOBALS] = I32[context + L.F_GLOBALS];
  I32[w + L.FRAME_BUILTINS] = I32[context + L.F_BUILTINS];
  I32[w + L.FRAME_CONTEXT] = context;
  for (const field of [L.FRAME_CODE, L.FRAME_FUNCTION, L.FRAME_GLOBALS, L.FRAME_BUILTINS]) barrier(f, I32[w + field]);
  I32[context + L.F_FRAME_OBJECT] = f;
  I32[context + L.F_FLAGS] = I32[context + L.F_FLAGS] | CTX_FRAME;
  if ((I32[context + L.F_FLAGS] & CTX_GENERATOR) !== 0) {
    const g = I32[context + L.F_GENERATOR];
    storeRef(f, L.FRAME_VALUES, g);
    barrier(g, f);
  }
  return f;
}

/** Context of Python code at or below `context`; 0 when there is none. */
export function pythonContext(context: number): number {
  let c = context;
  while (c !== 0 && I32[c + L.F_CODE] === 0) c = I32[c + L.F_PREVIOUS];
  return c;
}

/** What called the frame: a frame object, 0 for none. */
export function frameBack(f: number): number {
  const context = word(f, L.FRAME_CONTEXT);
  if (context === 0) return word(f, L.FRAME_BACK);
  const caller = pythonContext(I32[context + L.F_PREVIOUS]);
  return caller === 0 ? 0 : frameObject(caller);
}

/** A copy of the context's slots. */
function copySlots(context: number): number {
  const n = I32[(I32[context + L.F_CODE] >>> 2) + L.CODE_NLOCALS];
  const bytes = (L.ARRAY_ITEMS + n) * 4;
  const array = newObject(L.KIND_ARRAY, bytes, 0);
  if (bytes > L.LARGE_BYTES) ageAll();
  const w = array >>> 2;
  I32[w + L.ARRAY_LENGTH] = n;
  for (let i = 0; i < n; i++) I32[w + L.ARRAY_ITEMS + i] = I32[context + L.F_LOCALS + i];
  return array;
}

/** Frame object of the caller of a context that ends; when an exception ends it the caller owns what is allocated now. */
function callerFrame(context: number, raised: boolean): number {
  const previous = I32[context + L.F_PREVIOUS];
  const caller = pythonContext(previous);
  if (caller === 0) return 0;
  return I32[caller + L.F_FRAME_OBJECT] || newFrame(caller, raised && caller === previous);
}

/** The context ends, by an exception (`raised`) or a return: its frame object goes on without it; without memory for its values, as a cleared one. */
export function detachFrame(context: number, raised: boolean): void {
  try {
    takeFrame(context, raised);
  } catch (error) {
    if (!(error instanceof HeapExhausted)) throw error;
    dropFrame(context);
  }
}

/** The context ends, and its frame object goes on without its values and without what called it. */
export function dropFrame(context: number): void {
  const f = I32[context + L.F_FRAME_OBJECT] >>> 2;
  I32[f + L.FRAME_VALUES] = 0;
  I32[f + L.FRAME_CONTEXT] = 0;
  I32[context + L.F_FRAME_OBJECT] = 0;
}

function takeFrame(context: number, raised: boolean): void {
  const f = I32[context + L.F_FRAME_OBJECT];
  const back = callerFrame(context, raised);
  I32[(f >>> 2) + L.FRAME_PC] = frameIndex(context);
  storeRef(f, L.FRAME_VALUES, copySlots(context));
  if (I32[context + L.F_LOCALS_DICT] !== 0) storeRef(f, L.FRAME_LOCALS, I32[context + L.F_LOCALS_DICT]);
  I32[(f >>> 2) + L.FRAME_CONTEXT] = 0;
  I32[context + L.F_FRAME_OBJECT] = 0;
  storeRef(f, L.FRAME_BACK, back);
}

/** As detachFrame, at the return of `value`: not when the frame object goes with the region that the return reclaims. */
export function detachAtReturn(context: number, value: number): void {
  if (survivesReturn(context, value, I32[context + L.F_FRAME_OBJECT])) detachFrame(context, false);
}

// ---------------------------------------------------------------- what a frame holds

/** Index of the frame's last executed instruction. */
export function frameInstruction(f: number): number {
  const context = word(f, L.FRAME_CONTEXT);
  return context === 0 ? word(f, L.FRAME_PC) : frameIndex(context);
}

/** Current line; -1 for none. */
export const frameLine = (f: number): number => lineOf(word(f, L.FRAME_CODE), frameInstruction(f));

/** The generator whose frame it is, 0 for none or when that has ended. */
export const frameGenerator = (f: number): number => (word(f, L.FRAME_CONTEXT) === 0 ? 0 : word(f, L.FRAME_VALUES));

/** The locals mapping of class and module code; 0 for a function's frame. */
export function frameLocalsDict(f: number): number {
  const context = word(f, L.FRAME_CONTEXT);
  return context === 0 ? word(f, L.FRAME_LOCALS) : I32[context + L.F_LOCALS_DICT];
}

/** Word index of slot `i` of the frame; 0 when its values were cleared. */
export function frameSlot(f: number, i: number): number {
  const context = word(f, L.FRAME_CONTEXT);
  if (context !== 0) return context + L.F_LOCALS + i;
  const values = word(f, L.FRAME_VALUES);
  return values === 0 ? 0 : (values >>> 2) + L.ARRAY_ITEMS + i;
}

/** Forgets the values of an ended frame. */
export function clearFrame(f: number): void {
  I32[(f >>> 2) + L.FRAME_VALUES] = 0;
  I32[(f >>> 2) + L.FRAME_LOCALS] = 0;
}
