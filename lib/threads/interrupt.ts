/** Asking something of a thread from anywhere: it looks at its next safepoint, or now if it waits. */
import { CARRIER, POLL_INTERRUPT } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { carrierOf, eachThread } from '../heap/roots.js';
import { THREAD_DONE, THREAD_ENDED, THREAD_HOST, THREAD_SIGNALLED } from '../heap/threads.js';
import { endWait, INTERRUPTED } from './parking.js';
import { SIGNAL_THREAD } from './words.js';

const I32 = i32;

/**
 * Sets bits of THR_FLAGS. Mounting stores the carrier, then reads the flags; this sets the flags, then reads the carrier: one of them sees the
 * other. The same holds for going to wait (parking.ts).
 */
export function interruptThread(t: number, flags: number): void {
  atomics.or((t + L.THR_FLAGS) << 2, flags);
  const carrier = carrierOf(t);
  if (carrier !== 0) atomics.or((carrier + L.CAR_POLL) << 2, POLL_INTERRUPT);
  endWait(t, INTERRUPTED);
}

/** Ends the other threads of an environment that is closed, which nobody waits for (daemons): SystemExit is raised in them, once. */
export function endThreads(environment: number): void {
  eachThread((t) => {
    const state = I32[t + L.THR_STATE];
    if (t === I32[CARRIER + L.CAR_THREAD] || state === THREAD_DONE || state === THREAD_HOST) return;
    if (I32[t + L.THR_ENVIRONMENT] === environment) interruptThread(t, THREAD_ENDED);
  });
}

/** A signal has come for a thread, the main one of its environment. */
export function signalThread(t: number, signal: number): void {
  atomics.or((t + L.THR_SIGNALS) << 2, 1 << signal);
  interruptThread(t, THREAD_SIGNALLED);
}

/** A signal has come for the process: the main thread of its program takes note. */
export function deliverSignal(signal: number): void {
  if (I32[SIGNAL_THREAD] !== 0) signalThread(I32[SIGNAL_THREAD], signal);
}

/** Signals that have come for a thread since the last call, as bits. */
export const takeSignals = (t: number): number => atomics.exchange((t + L.THR_SIGNALS) << 2, 0);

/** Record of the thread that is the main one of an environment now; 0: none is. */
export function mainThreadOf(environment: number): number {
  const ident = I32[(environment >>> 2) + L.ENVIRONMENT_MAIN_IDENT];
  let found = 0;
  eachThread((t) => {
    if (I32[t + L.THR_IDENT] === ident) found = t;
  });
  return found;
}
