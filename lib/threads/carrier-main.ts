/** Entry point of a carrier: the Worker that runs ProtoThreads. */
import { parentPort, threadId, workerData } from 'node:worker_threads';
// The interpreter first: call.ts and unwind.ts import each other through it.
import '../vm/interpreter.js';
import { CARRIER, releaseCarrier } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import '../modules/runtime.js';
import type { CarrierData } from './job.js';
import { runProgram } from './program.js';

/** Lets the loader (lib/loader) write V8's code cache, when this run had none. */
function keepCompiled(): void {
  const loader = (globalThis as Record<symbol, { save(): void } | undefined>)[Symbol.for('protospace.loader')];
  loader?.save();
}

const data = workerData as CarrierData;
i32[CARRIER + L.CAR_OS_THREAD] = threadId + 1;

if (data.program !== undefined) {
  const code = runProgram(data.program);
  releaseCarrier();
  keepCompiled();
  parentPort!.postMessage(code);
}
