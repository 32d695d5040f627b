/** Exceptions: handlers by table (no cost until one is raised), tracebacks, popping of frames. */
import { HeapExhausted } from '../heap/errors.js';
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { CTX_ENTRY, CTX_GENERATOR, CTX_LEAVE, leaveOverflow, unlink } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { OP_RAISE_VARARGS, OP_RERAISE } from '../compiler/opcodes.js';
import { scarce } from '../objects/memory-error.js';
import * as T from '../objects/type-ids.js';
import { firstInstruction } from './compiled.js';
import { leaveTail } from './tail-call.js';
import { closeGenerator, throwHook } from './call.js';
import { detachFrame, dropFrame, frameIndex, frameObject, lineOf } from './frame-object.js';

const I32 = i32;
const C = CARRIER;

/** Adds an entry for this frame to the pending exception's traceback (outermost first). */
export function addTraceback(frame: number): void {
  const code = I32[frame + L.F_CODE];
  const object = frameObject(frame);
  const tb = newObject(L.KIND_TRACEBACK, 64, T.typeHandle(T.T_TRACEBACK));
  const e = I32[C + L.CAR_EXCEPTION];
  const w = tb >>> 2;
  const index = frameIndex(frame);
  I32[w + L.TRACEBACK_NEXT] = I32[(e >>> 2) + L.EXCEPTION_TRACEBACK];
  I32[w + L.TRACEBACK_FRAME] = object;
  I32[w + L.TRACEBACK_CODE] = code;
  I32[w + L.TRACEBACK_PC] = index;
  I32[w + L.TRACEBACK_LINENO] = lineOf(code, index);
  I32[w + L.TRACEBACK_FUNCTION] = I32[frame + L.F_FUNCTION];
  storeRef(e, L.EXCEPTION_TRACEBACK, tb);
}

/** Most frames that a MemoryError keeps: those of a deep recursion would hold all the memory that is given back. */
const SCARCE_MOST = 100;
const isScarce = (): boolean => I32[C + L.CAR_EXCEPTION] === scarce.exception && scarce.entries > SCARCE_MOST;

/** Without memory for it the entry is left out. */
function tryTraceback(frame: number): void {
  if (I32[C + L.CAR_EXCEPTION] === scarce.exception) scarce.entries++;
  if (isScarce()) return;
  try {
    addTraceback(frame);
  } catch (error) {
    if (!(error instanceof HeapExhausted)) throw error;
  }
}

/** Row of the exception table that covers instruction `index`: word index of the row, or 0. Rows are sorted and do not overlap. */
function handlerRow(code: number, index: number): number {
  const table = I32[(code >>> 2) + L.CODE_EXCEPTION_TABLE];
  if (table === 0) return 0;
  const base = (table >>> 2) + L.BUFFER_DATA;
  let low = 0;
  let high = I32[(table >>> 2) + L.BUFFER_LENGTH] >> 4;
  const rows = high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (I32[base + (middle << 2) + 1] <= index) low = middle + 1;
    else high = middle;
  }
  return low < rows && I32[base + (low << 2)] <= index ? base + (low << 2) : 0;
}

function enterHandler(frame: number, row: number, index: number): void {
  const code = I32[frame + L.F_CODE] >>> 2;
  const depth = I32[row + 3] >> 1;
  let sp = frame + L.F_LOCALS + I32[code + L.CODE_NLOCALS] + depth;
  if ((I32[row + 3] & 1) !== 0) I32[sp++] = (index << 1) | 1;
  I32[sp++] = I32[C + L.CAR_EXCEPTION];
  I32[C + L.CAR_EXCEPTION] = 0;
  I32[frame + L.F_SP] = sp;
  I32[frame + L.F_PC] = firstInstruction(code) + I32[row + 2];
}

/** Leaves a frame by an exception: its region stays for the parent. */
function leaveFrame(frame: number): void {
  if ((I32[frame + L.F_FLAGS] & CTX_GENERATOR) !== 0) {
    closeGenerator(frame);
    return;
  }
  if ((I32[frame + L.F_FLAGS] & CTX_LEAVE) !== 0) leaveTail(frame);
  if (I32[frame + L.F_FRAME_OBJECT] !== 0) {
    if (isScarce()) dropFrame(frame);
    else detachFrame(frame, true);
  }
  unlink(frame);
  I32[C + L.CAR_DEPTH] = I32[C + L.CAR_DEPTH] - 1;
}

/** Does the instruction raise an exception that has its entry for this frame: RERAISE, or `raise` alone? */
function raisesAgain(instruction: number): boolean {
  const op = instruction & 0xff;
  return (
    op === OP_RERAISE ||
    (op === OP_RAISE_VARARGS && instruction >> 8 === 0 && I32[C + L.CAR_EXCEPTION] === I32[C + L.CAR_HANDLED])
  );
}

/**
 * Finds the handler of the pending exception from the current context down to `entry`. True: the frame to go on with is current. False: the
 * entry frame was left, the exception is still pending.
 */
export function unwind(entry: number): boolean {
  for (;;) {
    leaveOverflow();
    const frame = I32[C + L.CAR_CONTEXT];
    const code = I32[frame + L.F_CODE];
    const index = frameIndex(frame);
    if (!raisesAgain(I32[I32[frame + L.F_PC] - 1])) tryTraceback(frame);
    const row = handlerRow(code, index);
    if (row !== 0) {
      enterHandler(frame, row, index);
      return true;
    }
    const last = frame === entry || (I32[frame + L.F_FLAGS] & CTX_ENTRY) !== 0;
    leaveFrame(frame);
    if (last) return false;
  }
}

throwHook.unwind = unwind;
