/** Entry point of a carrier: the Worker that runs ProtoThreads. */
import { workerData } from 'node:worker_threads';
// The interpreter first: call.ts and unwind.ts import each other through it.
import '../vm/interpreter.js';
import { CARRIER, RUNS_THREADS } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { loadCompiler, loadLater } from '../objects/later.js';
import { compiledSetting } from '../vm/compiled.js';
import '../modules/runtime.js';
import { bootOnly, captureBoot } from '../carrier/capture.js';
import { installStarter } from './carriers.js';
import type { CarrierData } from './job.js';
import { connectHost, jobHooks, tellHost } from './jobs.js';
import '../carrier/program.js';
import '../carrier/repl.js';
import '../carrier/environment-jobs.js';
import { isolate } from './run-queue.js';
import { carrierLoop } from './scheduler.js';
import { submitJob } from './submit.js';
import './thread-body.js';
import { STARTED } from './words.js';

/** Lets the loader (lib/loader) write V8's code cache, when this run had none. */
function keepCompiled(): void {
  const loader = (globalThis as Record<symbol, { save(): void } | undefined>)[Symbol.for('protospace.loader')];
  loader?.save();
}

/** Tells the host of a fault of ours before it ends this carrier. */
function tellFault(error: unknown): void {
  const t = i32[CARRIER + L.CAR_THREAD]!;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  tellHost({ type: 'failed', job: t === 0 ? 0 : i32[t + L.THR_JOB]!, message });
}

/** Joins the carriers that run Python, and works until the process ends. */
function work(data: CarrierData): void {
  // The first carrier of the command is the only isolate that runs Python, so far.
  if (data.gate === undefined) loadLater();
  if (compiledSetting === 'eager') loadCompiler();
  isolate.schedules = true;
  i32[CARRIER + L.CAR_KIND] = RUNS_THREADS;
  jobHooks.settled = keepCompiled;
  connectHost(data.port);
  if (!data.counted) atomics.add(STARTED << 2, 1);
  try {
    // Before this carrier may start others: it will run the job itself.
    if (data.first !== undefined) submitJob(data.first.id, data.first.job);
    installStarter(data.entry, (worker, port) => {
      // The host hears of the end of its port.
      worker.on('error', () => {});
      tellHost({ type: 'carrier', port }, [port]);
    });
    carrierLoop();
  } catch (error) {
    tellFault(error);
    throw error;
  }
}

const given = workerData as CarrierData;
if (given.capture !== undefined) captureBoot(given.capture);
else if (given.boot === true) bootOnly();
else work(given);
