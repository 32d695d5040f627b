/**
 * Cleaning up after an isolate that ended without releasing its carrier (`worker.terminate()`, an uncaught error). The addon does this
 * in a clean-up hook (native/heap/carriers.cc); without it, whoever started the Worker does it when its 'exit' event comes.
 */
import { CARRIER_FREE } from './carrier.js';
import { releaseStack } from './context.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';
import { eachCarrier } from './roots.js';
import { THREAD_DONE, THREAD_FREE, THREAD_HOST } from './threads.js';

const I32 = i32;

function endThread(t: number): void {
  const host = I32[t + L.THR_STATE] === THREAD_HOST;
  if (host) {
    releaseStack(I32[t + L.THR_STACK_BASE]!);
    I32.fill(0, t + 1, t + L.THREAD_BYTES / 4);
  } else
    for (const w of [L.THR_CONTEXT, L.THR_CARRIER, L.THR_EXCEPTION, L.THR_HANDLED, L.THR_WAIT_OBJECT]) I32[t + w] = 0;
  atomics.store((t + L.THR_STATE) << 2, host ? THREAD_FREE : THREAD_DONE);
}

function abandon(carrier: number): void {
  if (I32[carrier + L.CAR_THREAD] !== 0) endThread(I32[carrier + L.CAR_THREAD]!);
  const index = I32[carrier + L.CAR_INDEX]!;
  for (const w of [L.CAR_THREAD, L.CAR_CONTEXT, L.CAR_BUMP, L.CAR_LIMIT, L.CAR_ESCAPE, L.CAR_RUN_START])
    I32[carrier + w] = 0;
  for (const w of [L.CAR_EXCEPTION, L.CAR_HANDLED, L.CAR_OLD_BUMP, L.CAR_OLD_LIMIT, L.CAR_OS_THREAD])
    I32[carrier + w] = 0;
  atomics.store((carrier + L.CAR_STATE) << 2, CARRIER_FREE);
  atomics.cas(L.CTL_GC_REQUEST * 4, index + 1, 0);
  Atomics.notify(I32, carrier + L.CAR_STATE);
  Atomics.notify(I32, L.CTL_GC_REQUEST);
}

/** Frees the carrier record of the ended Worker with this `threadId`, if it has one still. Its mounted thread is done. */
export function abandonCarrierOf(threadId: number): void {
  eachCarrier((c) => {
    if (I32[c + L.CAR_OS_THREAD] === threadId + 1 && atomics.load((c + L.CAR_STATE) << 2) !== CARRIER_FREE) abandon(c);
  });
}
