/** Asking something of a thread from anywhere: it looks at its next safepoint, or now if it waits. */
import { POLL_INTERRUPT } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { carrierOf } from '../heap/roots.js';
import { THREAD_SIGNALLED } from '../heap/threads.js';
import { endWait, INTERRUPTED } from './parking.js';
import { SIGNALS, SIGNAL_THREAD } from './words.js';

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

/** A signal has come: the thread that handles signals takes note. */
export function deliverSignal(signal: number): void {
  atomics.or(SIGNALS << 2, 1 << signal);
  if (I32[SIGNAL_THREAD] !== 0) interruptThread(I32[SIGNAL_THREAD], THREAD_SIGNALLED);
}

/** Signals that have come since the last call, as bits. */
export const takeSignals = (): number => atomics.exchange(SIGNALS << 2, 0);
