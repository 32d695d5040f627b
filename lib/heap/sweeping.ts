/** The sweep that the addon does beside the program, as threads see it. */
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';

const I32 = i32;

/** Values of CTL_SWEEPING besides 0: the addon sweeps beside the program; it has, and what came of it is not settled. */
export const SWEEP_ON = 1;
export const SWEEP_DONE = 2;
/** Longest spin before waitForSweep sleeps. */
const SPINS = 2000;

/**
 * Until no sweep goes on: then mark bytes, states of blocks and free runs are at rest. For who stops the world, and for who would otherwise have
 * to say that memory is exhausted. The end of a sweep cannot notify.
 */
export function waitForSweep(): void {
  for (let i = 0; i < SPINS; i++) if (atomics.load(L.CTL_SWEEPING * 4) !== SWEEP_ON) return;
  while (atomics.load(L.CTL_SWEEPING * 4) === SWEEP_ON) Atomics.wait(I32, L.CTL_SWEEPING, SWEEP_ON, 1);
}
