/**
 * Cleaning up after an isolate that ended without releasing its carrier (`worker.terminate()`, an uncaught error). The addon does this
 * in a clean-up hook (native/heap/carriers.cc); without it, whoever started the Worker does it when its 'exit' event comes, or before that who waits
 * for the dead one, where the system tells that its thread has ended.
 */
import { CARRIER_FREE, CARRIER_RUNNING, CARRIER_SAFE, carrierAt, RUNS_THREADS } from './carrier.js';
import { releaseStack } from './context.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';
import { SHARED } from './publish.js';
import { eachCarrier } from './roots.js';
import { taskEnded } from './task.js';
import { THREAD_DONE, THREAD_FREE, THREAD_HOST, waitHooks } from './threads.js';

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

/**
 * From here on no collection starts: as leaveSafe, for the other carrier. False when one is going on: whoever collects may have died at it, and has to
 * be abandoned first. One that died RUNNING keeps collectors waiting as it is, which is well, as its stack may be in the middle of an instruction.
 */
function holdCollections(carrier: number): boolean {
  const state = (carrier + L.CAR_STATE) << 2;
  if (atomics.load(state) === CARRIER_RUNNING) return true;
  atomics.store(state, CARRIER_RUNNING);
  const request = atomics.load(L.CTL_GC_REQUEST * 4);
  if (request === 0 || request === I32[carrier + L.CAR_INDEX]! + 1) return true;
  atomics.store(state, CARRIER_SAFE);
  Atomics.notify(I32, carrier + L.CAR_STATE);
  return false;
}

/** Takes off the lock of a section it was in: sections are done or undone, see lib/objects/sync.ts. */
function breakLockOf(carrier: number): void {
  const h = I32[carrier + L.CAR_LOCKED]!;
  if (h === 0) return;
  const sync = atomics.load((h + 12) | 0);
  if (sync < 0 && (sync & 0xff) === I32[carrier + L.CAR_INDEX]! + 1)
    atomics.store((h + 12) | 0, (((sync & -0x100) + 0x100) & 0x7fffff00) | SHARED);
}

/** Of the carrier whose CAR_OS_THREAD is `token`. False: not now, as another carrier collects. */
function abandon(carrier: number, token: number): boolean {
  // One does it: the Worker's end may be seen by several, and the record be another's already.
  if (atomics.cas((carrier + L.CAR_OS_THREAD) << 2, token, 0) !== token) return true;
  if (!holdCollections(carrier)) {
    atomics.store((carrier + L.CAR_OS_THREAD) << 2, token);
    return false;
  }
  breakLockOf(carrier);
  // It may have stored what it did not log.
  if (I32[L.CTL_MARKING] !== 0) I32[L.CTL_MARK_VOID] = 1;
  if (I32[carrier + L.CAR_THREAD] !== 0) endThread(I32[carrier + L.CAR_THREAD]!);
  const index = I32[carrier + L.CAR_INDEX]!;
  for (const w of [
    L.CAR_THREAD,
    L.CAR_CONTEXT,
    L.CAR_BUMP,
    L.CAR_LIMIT,
    L.CAR_RUN_END,
    L.CAR_ESCAPE,
    L.CAR_RUN_START,
    L.CAR_LOCKED,
  ])
    I32[carrier + w] = 0;
  for (const w of [L.CAR_EXCEPTION, L.CAR_HANDLED, L.CAR_OLD_BUMP, L.CAR_OLD_LIMIT, L.CAR_TASK]) I32[carrier + w] = 0;
  atomics.store((carrier + L.CAR_STATE) << 2, CARRIER_FREE);
  if (atomics.load(L.CTL_GC_REQUEST * 4) === index + 1) {
    // It may have died while it hastened a phase of marking: the others' would end at once.
    atomics.store(L.CTL_MARK_CANCEL * 4, 0);
    atomics.store(L.CTL_GC_REQUEST * 4, 0);
  }
  Atomics.notify(I32, carrier + L.CAR_STATE);
  Atomics.notify(I32, L.CTL_GC_REQUEST);
  return true;
}

const inUse = (c: number): boolean => atomics.load((c + L.CAR_STATE) << 2) !== CARRIER_FREE;

/** Milliseconds until a carrier is tried again while another collects. */
const AGAIN = 10;

/**
 * Frees the carrier record of the ended Worker with this `threadId`, if it has one still. Its mounted thread is done. While another carrier collects
 * this is done later: that one's Worker may have ended too, which this thread learns only when it is not waiting.
 */
export function abandonCarrierOf(threadId: number): void {
  let later = false;
  eachCarrier((c) => {
    if (I32[c + L.CAR_OS_THREAD] === threadId + 1 && inUse(c) && !abandon(c, threadId + 1)) later = true;
  });
  if (later) setTimeout(abandonCarrierOf, AGAIN, threadId).unref();
}

/** Frees the records of all carriers that ran ProtoThreads: their Workers have ended. */
export function abandonCarriers(): void {
  for (let left = 1; left > 0; ) {
    left = 0;
    let freed = 0;
    eachCarrier((c) => {
      if (I32[c + L.CAR_KIND] !== RUNS_THREADS || !inUse(c)) return;
      if (abandon(c, I32[c + L.CAR_OS_THREAD]!)) freed++;
      else left++;
    });
    // Neither of them collects, but another isolate.
    if (left > 0 && freed === 0) Atomics.wait(I32, L.CTL_GC_REQUEST, atomics.load(L.CTL_GC_REQUEST * 4), AGAIN);
  }
}

/** To be called now and then while the carrier is waited for: frees its record when its thread has ended, as the 'exit' event may have to wait as well. */
export function abandonIfEnded(carrier: number): void {
  const token = atomics.load((carrier + L.CAR_OS_THREAD) << 2);
  if (token !== 0 && taskEnded(I32[carrier + L.CAR_TASK]!)) abandon(carrier, token);
}

waitHooks.timedOut = (index) => abandonIfEnded(carrierAt(index));
