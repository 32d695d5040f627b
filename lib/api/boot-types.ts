/**
 * The built-in types, for a host that uses the heap without Python. The boot image brings them; where there is none (PROTOSPACE_IMAGE=off, stress
 * mode, a file that does not match) a Worker makes them: it has the runtime, of which this isolate has only what the API needs.
 */
import { Worker } from 'node:worker_threads';
import { ProtospaceError } from '../heap/errors.js';
import { BOOT_DONE, BOOT_IMAGE } from '../heap/image.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { carrierEntry } from './places.js';

const MILLISECONDS_MOST = 60_000;

/** Waits until the types are there. Throws ERR_PROTOSPACE_CARRIERS_LOST when the Worker does not make them. */
export function ensureTypes(): void {
  const state = (): number => atomics.load(L.CTL_BOOT_STATE * 4);
  if (state() === BOOT_IMAGE || state() === BOOT_DONE) return;
  new Worker(carrierEntry, { workerData: { protospace: 'carrier', boot: true } }).unref();
  const since = performance.now();
  for (let now = state(); now !== BOOT_DONE; now = state()) {
    if (performance.now() - since > MILLISECONDS_MOST)
      throw new ProtospaceError('ERR_PROTOSPACE_CARRIERS_LOST', 'no Worker could make the built-in types');
    Atomics.wait(i32, L.CTL_BOOT_STATE, now, 100);
  }
}
