/**
 * Starting carriers: Workers that run ProtoThreads. A carrier may be started from any isolate that the pool gave the means: from a carrier, so
 * that Python code need not wait for Node's main thread, or from the host. They form a tree below the pool's first carrier: ending that
 * one ends all.
 */
import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { addressesLeft, WORKER_ADDRESSES } from '../heap/address-space.js';
import { atomics, i32 } from '../heap/memory.js';
import { loadLater } from '../objects/later.js';
import { CARRIER_LIMITS, entryOf } from './entry.js';
import type { CarrierData } from './job.js';
import { isolate } from './run-queue.js';
import { LIMIT, PINNED, STARTED } from './words.js';

const I32 = i32;

/** Carriers beyond the limit that may stand in for those that block with their thread; PROTOSPACE_SPARE_CARRIERS changes it. */
const SPARES = Number(process.env.PROTOSPACE_SPARE_CARRIERS || 32);
/** Most carriers `--carriers` and PROTOSPACE_CARRIERS may ask for. */
export const CARRIERS_MOST = 128;

/** How many carriers run Python at a time: PROTOSPACE_CARRIERS, else one a core. */
function limit(): number {
  if (I32[LIMIT] === 0) {
    const wanted = Number(process.env.PROTOSPACE_CARRIERS) || availableParallelism();
    atomics.cas(LIMIT << 2, 0, Math.max(1, Math.min(wanted, CARRIERS_MOST)));
  }
  return I32[LIMIT];
}

/** Carriers that run a thread, could, or are starting. */
export const activeCarriers = (): number => atomics.load(STARTED << 2) - atomics.load(PINNED << 2);

/** May one more carrier be started in place of one that blocks? */
export const mayStart = (): boolean => atomics.load(STARTED << 2) < limit() + SPARES;

/**
 * Counts one more carrier; false when there are as many as may be: of those that can run threads, or with `spare` of all. Where addresses are bounded
 * V8 ends the process when they do not suffice for another.
 */
function reserve(spare: boolean): boolean {
  for (;;) {
    const started = atomics.load(STARTED << 2);
    if (started > 0 && addressesLeft() < WORKER_ADDRESSES) return false;
    if (!mayStart() || (!spare && started - atomics.load(PINNED << 2) >= limit())) return false;
    if (atomics.cas(STARTED << 2, started, started + 1) === started) return true;
  }
}

/** Makes the Worker of a carrier that was counted; the port is the host's end. */
function startWorker(entry: string): { worker: Worker; port: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  const data: CarrierData = { protospace: 'carrier', entry, port: port1, counted: true };
  const worker = new Worker(entryOf(entry), {
    workerData: data,
    transferList: [port1],
    resourceLimits: CARRIER_LIMITS,
  });
  return { worker, port: port2 };
}

/** Lets this isolate start carriers; `started` is told of each. */
export function installStarter(entry: string, started: (worker: Worker, port: MessagePort) => void): void {
  const start = (spare: boolean) => () => {
    if (!reserve(spare)) return;
    // From now on this isolate may be handed objects that others made.
    loadLater();
    try {
      const { worker, port } = startWorker(entry);
      started(worker, port);
    } catch (e) {
      atomics.add(STARTED << 2, -1);
      throw e;
    }
  };
  isolate.startCarrier = start(false);
  isolate.startSpare = start(true);
}
