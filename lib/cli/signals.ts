/** Signals for a host that has not attached the space: it does so when the first one comes. */
import * as L from '../heap/layout.generated.js';

/** Has the main thread of Python handle the signal. `memory` is the space, as a carrier told it. */
export async function forwardSignal(memory: unknown, signal: number): Promise<void> {
  (globalThis as Record<symbol, unknown>)[Symbol.for('protospace.space')] ??= { memory, layoutHash: L.LAYOUT_HASH };
  const { deliverSignal } = await import('../threads/interrupt.js');
  deliverSignal(signal);
}
