/**
 * Built-in functions that end by calling a Python function (Context.run, exec): called by the dispatch loop itself they push the function's frame
 * in place of their own result, so that nothing of TypeScript lies below it, and the thread may park in it. What has to be undone when that
 * frame is left, by a return or an exception, is a leave handler.
 */
import { CARRIER } from '../heap/carrier.js';
import { CTX_LEAVE } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;
const C = CARRIER;

/** A frame was pushed for the dispatch loop. No handle has this value (-1 is the int -1). */
export const PUSHED = -26;
/** Of pushTail: what is called is no Python function. */
export const NO_FRAME = -1;

/**
 * Gets the handle that was given with the frame, and the frame; returns what takes the place of the frame's result (PUSHED: nothing is pushed in the
 * caller), 0 for nothing. When an exception is pending the frame is left by that. Calls no Python, and may set an exception.
 */
export type LeaveHandler = (handle: number, frame: number) => number;

const handlers: LeaveHandler[] = [];

/** Registers a handler; returns its id, which is the same in every isolate when modules load in the same order. */
export function defineLeaveHandler(handler: LeaveHandler): number {
  handlers.push(handler);
  return handlers.length - 1;
}

/** The frame at `frame`, which has CTX_LEAVE, is being left: what takes the place of its result, or 0. */
export function leaveTail(frame: number): number {
  return handlers[I32[frame + L.F_SPARE]](I32[frame + L.F_GENERATOR], frame);
}

/** Gives a frame just pushed a handler. */
export function setLeaveHandler(frame: number, id: number, handle: number): void {
  I32[frame + L.F_FLAGS] = I32[frame + L.F_FLAGS] | CTX_LEAVE;
  I32[frame + L.F_SPARE] = id;
  I32[frame + L.F_GENERATOR] = handle;
}

/** In a built-in marked `blocking`: may it push a frame and return PUSHED? It calls `commitTail` with the context that was current before. */
export const mayTailCall = (): boolean =>
  I32[C + L.CAR_BLOCKED_STATE] !== 0 && I32[C + L.CAR_BLOCKED_CONTEXT] === I32[C + L.CAR_CONTEXT];

/**
 * In a call slot that may end by a call (`tailCalls`): the stack pointer that the caller is left with when it does, 0 when it may not. From then on nothing
 * that is called may park by having the instruction executed again.
 */
export function takeTail(): number {
  if (!mayTailCall()) return 0;
  const base = I32[C + L.CAR_BLOCKED_STATE];
  I32[C + L.CAR_BLOCKED_STATE] = 0;
  return base;
}

/** The frame was pushed on `caller`: its callee and arguments are popped. */
export function commitTail(caller: number): void {
  I32[caller + L.F_SP] = I32[C + L.CAR_BLOCKED_STATE];
}
