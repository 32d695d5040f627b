/**
 * The carrier that will run the program. It is started before anything else is loaded or looked at: starting a Worker is the longest part of what
 * an empty program waits for. Meanwhile this thread reads the command line, and the files that the carrier wants next.
 */
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { readBundle } from '../loader/code-cache.js';
import { CARRIER_LIMITS } from '../threads/entry.js';
import type { BegunCarrier, CarrierData } from '../threads/job.js';

/** Hash of the sources, set where they are bundled. */
declare const PROTOSPACE_BUILD: string;

/** Arguments that no program is run for. */
const INFORMING = ['--help', '-h', '--version', '-V'];

/** Starts the carrier whose program is dist/carrier.js. It waits for its orders. */
function beginCarrier(folder: string): BegunCarrier {
  const entry = join(folder, 'carrier.js');
  const { port1, port2 } = new MessageChannel();
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const data: CarrierData = { protospace: 'carrier', entry, port: port1, counted: false, gate };
  const worker = new Worker(entry, {
    workerData: data,
    transferList: [port1],
    resourceLimits: CARRIER_LIMITS,
    // Nothing writes there: carriers write to the descriptors. Otherwise process.stdout would be made here, which takes 1 ms.
    stdout: true,
  });
  return {
    entry,
    worker,
    port: port2,
    begin: (first, env) => {
      const files = readBundle(join(folder, 'runtime.js'), PROTOSPACE_BUILD);
      const buffers = [files.source, files.cache].flatMap((b) => (b === undefined ? [] : [b.buffer as ArrayBuffer]));
      port2.postMessage({ files, env, first }, buffers);
      Atomics.store(gate, 0, 1);
      Atomics.notify(gate, 0);
    },
  };
}

/** Undefined when the command line asks for no program. */
export const firstCarrier: BegunCarrier | undefined = INFORMING.includes(process.argv[2] ?? '')
  ? undefined
  : beginCarrier(import.meta.dirname);
