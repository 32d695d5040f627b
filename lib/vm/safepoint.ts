/** Safepoints: bytecode boundaries (back edges, calls) where a thread looks at its poll word. */
import {
  CARRIER,
  POLL_CALLBACKS,
  POLL_COLLECT,
  POLL_FINALIZE,
  POLL_INTERRUPT,
  POLL_STRESS,
  POLL_YIELD,
  POLL_YOUNG,
} from '../heap/carrier.js';
import { pollCollection } from '../heap/rounds.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { collectYoung } from '../heap/young.js';
import { stressSafepoint } from '../heap/stress-points.js';
import { THREAD_ABORTED, THREAD_ENDED, THREAD_SIGNALLED } from '../heap/threads.js';
import { raise, setException } from '../objects/exceptions.js';
import { pollHook } from '../objects/poll.js';
import { finalizeUnreachable } from './finalize.js';

const I32 = i32;
const C = CARRIER;

/** Back edges and calls until the dispatch function comes back, at most. Odd, so that it does not find loops at their calls alone (lib/jit). */
export const FUEL = 4999;

/** Set by lib/threads. Both return true when the thread is to be suspended. */
export const schedulerHook = {
  /** Gives the carrier to another thread. */
  yieldCarrier: (): boolean => false,
  /** Called every `steps` calls and back edges, about: counts them, ends the time slice when another thread waits, fires deadlines. */
  tick: (_steps: number): boolean => false,
};

/** Set by lib/threads: handles the signals that have come; 1, or 0 with the exception set. */
export const signalHook = { handle: (): number => raise('KeyboardInterrupt', '') };

/** Set by lib/modules: runs the callbacks of dead weak references that are this thread's or nobody's. Leaves no exception. */
export const weakHook = { runCallbacks: (): void => {} };

/** Deals with what the poll word asks. Returns 1 to go on, 0 when an exception is set or the thread is to be suspended. */
export function safepoint(): number {
  const poll = I32[C + L.CAR_POLL];
  if (poll === 0) {
    finalizeUnreachable(false);
    return schedulerHook.tick(FUEL) ? 0 : 1;
  }
  if ((poll & POLL_YOUNG) !== 0) {
    atomics.and((C + L.CAR_POLL) << 2, ~POLL_YOUNG);
    collectYoung();
  }
  if ((poll & POLL_COLLECT) !== 0) pollCollection();
  if ((poll & POLL_STRESS) !== 0) {
    atomics.and((C + L.CAR_POLL) << 2, ~POLL_STRESS);
    stressSafepoint();
  }
  if ((I32[C + L.CAR_POLL] & POLL_CALLBACKS) !== 0) {
    atomics.and((C + L.CAR_POLL) << 2, ~POLL_CALLBACKS);
    weakHook.runCallbacks();
  }
  if ((poll & POLL_FINALIZE) !== 0) finalizeUnreachable(true);
  if ((poll & POLL_INTERRUPT) !== 0) return interrupt();
  if ((poll & POLL_YIELD) !== 0) {
    atomics.and((C + L.CAR_POLL) << 2, ~POLL_YIELD);
    if (schedulerHook.yieldCarrier()) return 0;
  }
  // Where a loop is asked for something in each round (stress mode does), no other safepoint counts its steps and ends its time slice.
  return schedulerHook.tick(1) ? 0 : 1;
}

/**
 * A safepoint within a long-running built-in function, which cannot be suspended: it must hold no handles but rooted ones. Returns 0 when an
 * exception is set.
 */
export function nativePoll(steps = FUEL): number {
  const poll = I32[C + L.CAR_POLL];
  if ((poll & POLL_COLLECT) !== 0) pollCollection();
  return (poll & POLL_INTERRUPT) !== 0 ? interrupt() : pinnedTick(steps);
}

/** The thread cannot leave its carrier here: others that wait get another one. */
function pinnedTick(steps: number): number {
  I32[C + L.CAR_PIN_DEPTH] = I32[C + L.CAR_PIN_DEPTH] + 1;
  schedulerHook.tick(steps);
  I32[C + L.CAR_PIN_DEPTH] = I32[C + L.CAR_PIN_DEPTH] - 1;
  return 1;
}

pollHook.native = nativePoll;

/** An exception another thread asked for (abort signal, KeyboardInterrupt) is raised here. */
function interrupt(): number {
  atomics.and((C + L.CAR_POLL) << 2, ~POLL_INTERRUPT);
  return raiseInterrupt();
}

/** Deals with what others asked of the mounted thread (THR_FLAGS): 1 to go on, 0 with the exception set. */
export function raiseInterrupt(): number {
  const t = I32[C + L.CAR_THREAD];
  if (t === 0) return 1;
  const flags = atomics.and((t + L.THR_FLAGS) << 2, 0);
  if ((flags & THREAD_SIGNALLED) !== 0 && signalHook.handle() === 0) return 0;
  if ((flags & THREAD_ABORTED) !== 0) return raise('KeyboardInterrupt', '');
  if ((flags & THREAD_ENDED) !== 0) return raise('SystemExit', '');
  const e = I32[t + L.THR_ASYNC_EXCEPTION];
  if (e === 0) return 1;
  I32[t + L.THR_ASYNC_EXCEPTION] = 0;
  return setException(e);
}
