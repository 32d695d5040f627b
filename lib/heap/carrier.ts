/**
 * This isolate's carrier record. Its address is fixed when the module loads, so hot code reaches the state of the mounted
 * ProtoThread (bump, limit, escape mark, current context, ...) by a constant index: the `CAR_*` words from `CARRIER`.
 */
import { ProtospaceError } from './errors.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';

const I32 = i32;

/** States of a carrier, as the collector sees them. Only RUNNING must be waited for. */
export const CARRIER_FREE = 0;
export const CARRIER_IDLE = 1;
export const CARRIER_RUNNING = 2;
export const CARRIER_SAFE = 3;
export const CARRIER_STOPPED = 4;

/** Bits of the poll word: why a thread should look up at its next safepoint. */
export const POLL_COLLECT = 1;
export const POLL_YIELD = 2;
export const POLL_INTERRUPT = 4;
export const POLL_REVOKE = 8;
export const POLL_STRESS = 16;
/** The run is nearly used up: what of its young part is dead may be taken back. */
export const POLL_YOUNG = 64;
/** Callbacks of weak references are to run. */
export const POLL_CALLBACKS = 32;

/** Objects with finalizers may be dead: finalizable.ts. */
export const POLL_FINALIZE = 128;

/** CAR_KIND of carriers that run ProtoThreads; 0: an isolate of a host program. */
export const RUNS_THREADS = 1;

function claim(): number {
  for (let i = 0; i < L.CARRIERS_MAX; i++) {
    const base = L.CARRIERS_BASE + i * L.CARRIER_BYTES;
    if (atomics.cas(base + L.CAR_STATE * 4, CARRIER_FREE, CARRIER_SAFE) !== CARRIER_FREE) continue;
    const word = base >>> 2;
    // Who served is counted over all carriers that had the record (stats.ts).
    const served = [I32[word + L.CAR_SERVED_NATIVE]!, I32[word + L.CAR_SERVED_TS]!] as const;
    I32.fill(0, word + 1, word + L.CARRIER_BYTES / 4);
    [I32[word + L.CAR_SERVED_NATIVE], I32[word + L.CAR_SERVED_TS]] = served;
    I32[word + L.CAR_INDEX] = i;
    let top = atomics.load(L.CTL_CARRIERS_USED * 4);
    while (top <= i) {
      const seen = atomics.cas(L.CTL_CARRIERS_USED * 4, top, i + 1);
      if (seen === top) break;
      top = seen;
    }
    return word;
  }
  throw new ProtospaceError(
    'ERR_PROTOSPACE_CARRIERS',
    `more than ${L.CARRIERS_MAX} threads of this process use the space`,
  );
}

/** Word index of this isolate's carrier record. */
export const CARRIER: number = claim();

/** Word index of carrier `i`. */
export const carrierAt = (i: number): number => (L.CARRIERS_BASE + i * L.CARRIER_BYTES) >>> 2;

/** Gives the record back when the isolate ends; its thread must be unmounted. */
export function releaseCarrier(): void {
  I32[CARRIER + L.CAR_THREAD] = 0;
  // Before the record is another's: who waits takes a thread that has ended for the record's owner (abandon.ts).
  I32[CARRIER + L.CAR_TASK] = 0;
  atomics.store((CARRIER + L.CAR_OS_THREAD) << 2, 0);
  atomics.store((CARRIER + L.CAR_STATE) << 2, CARRIER_FREE);
}
