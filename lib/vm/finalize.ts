/** When the finalizers of dead objects run: at a return, at a yield, at safepoints. lib/heap/finalizable.ts decides which are dead. */
import { escapeAll } from '../heap/barrier.js';
import { CARRIER, POLL_FINALIZE } from '../heap/carrier.js';
import { CTX_FINALIZE } from '../heap/context.js';
import { takeDead, takeUnreachable } from '../heap/finalizable.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { isWatching, passAllDown } from '../heap/pending.js';

const I32 = i32;
const C = CARRIER;
/** Finalizers may leave new objects to the frame whose return runs them: so often they are looked at. */
const ROUNDS_MOST = 10;

/** Set by lib/modules: runs the finalizers of entries taken out of the list. `leaving`: the frame that returns, 0 for none. Leaves no exception. */
export const finalizeHook = { finalize: (_entries: number[], _leaving: number): void => {} };
/** Safepoints that a new object with a finalizer has it looked at. */
const TRIES = 2;

/** A context with CTX_FINALIZE returns or yields `value`: finalizes what dies by that. Its frame is whole and current. */
export function finalizeAtReturn(frame: number, value: number): void {
  I32[frame + L.F_RETURN_VALUE] = value;
  for (let round = 0; (I32[frame + L.F_FLAGS] & CTX_FINALIZE) !== 0; round++) {
    if (round === ROUNDS_MOST) return leaveUndecided(frame);
    const dead = takeDead(frame, frame + L.F_RETURN_VALUE);
    if (dead.length > 0) finalizeHook.finalize(dead, frame);
  }
}

/** The caller decides about what is left, and has the region. */
function leaveUndecided(frame: number): void {
  escapeAll();
  passAllDown(frame);
  I32[frame + L.F_FLAGS] = I32[frame + L.F_FLAGS] & ~CTX_FINALIZE;
}

/** As finalizeAtReturn, for a frame that goes on to live in its generator. */
export function finalizeAtYield(frame: number, value: number): void {
  finalizeAtReturn(frame, value);
  I32[frame + L.F_RETURN_VALUE] = 0;
}

/** Safepoints without another reason to let pass until the next look for dead objects. */
const pause = { left: 1, next: 1, tries: 0 };
const PAUSE_MOST = 64;

/** At a safepoint: finalizes what nothing leads to any more. `asked`: there are new objects with finalizers. */
export function finalizeUnreachable(asked: boolean): void {
  if (asked) {
    atomics.and((C + L.CAR_POLL) << 2, ~POLL_FINALIZE);
    pause.next = 1;
  }
  if (!isWatching() || I32[C + L.CAR_EXCEPTION] !== 0 || (!asked && --pause.left > 0)) return;
  const dead = takeUnreachable();
  pause.next = dead.length > 0 ? 1 : Math.min(pause.next * 2, PAUSE_MOST);
  pause.left = pause.next;
  if (dead.length > 0) finalizeHook.finalize(dead, 0);
  if (asked) tryAgain(dead.length > 0);
}

function tryAgain(found: boolean): void {
  pause.tries = found ? 0 : pause.tries + 1;
  if (found || pause.tries >= TRIES) pause.tries = 0;
  else atomics.or((C + L.CAR_POLL) << 2, POLL_FINALIZE);
}
