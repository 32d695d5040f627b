/** Safepoints in loops of built-in functions that may run for long without calling Python. */
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;
const C = CARRIER;

/** Set by lib/vm: deals with what the poll word asks, and counts `steps`. 0 with an exception set. */
export const pollHook = { native: (_steps: number): number => 1 };

const STEPS = 5000;
let left = STEPS;

/**
 * A safepoint, to be passed once a round of such a loop: a collection may go on here, so all handles must be rooted. 0 when an exception is set: the
 * thread was interrupted.
 */
export function loopPoll(): number {
  left--;
  if (left >= 0 && I32[C + L.CAR_POLL] === 0) return 1;
  const steps = STEPS - left;
  left = STEPS;
  return pollHook.native(steps);
}
