/**
 * The carrier that will run the program. It is started before anything else is loaded or looked at: starting a Worker is the longest part of what
 * an empty program waits for. Meanwhile this thread reads the command line, and the files that the carrier wants next.
 */
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { readBundle } from '../loader/bundle-files.js';
import { CARRIER_LIMITS } from '../threads/entry.js';
import type { BegunCarrier, CarrierData } from '../threads/job.js';

/** Hash of the sources, set where they are bundled. */
declare const PROTOSPACE_BUILD: string;

/** Arguments that no program is run for. */
const INFORMING = ['--help', '-h', '--version', '-V'];

/** Starts the carrier whose program is dist/carrier.js. It waits for its orders. */
function beginCarrier(folder: string): BegunCarrier {
  const entry = join(folder, 'carrier.js');
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const data: Omit<CarrierData, 'port'> = { protospace: 'carrier', entry, counted: false, gate };
  const worker = new Worker(entry, {
    workerData: data,
    resourceLimits: CARRIER_LIMITS,
    // Else the streams of this process are made now, which takes 1 ms each. Carriers write to the descriptors; Node's own warnings are passed on.
    stdout: true,
    stderr: true,
  });
  // What is not needed to start the Worker waits until it starts.
  worker.stderr.on('data', (text) => process.stderr.write(text));
  const { port1, port2 } = new MessageChannel();
  return {
    entry,
    worker,
    port: port2,
    begin: (first, env) => {
      const files = readBundle(join(folder, 'runtime.js'), PROTOSPACE_BUILD);
      const buffers = [files.source, files.cache].flatMap((b) => (b === undefined ? [] : [b.buffer as ArrayBuffer]));
      worker.postMessage({ files, env, first, port: port1 }, [port1, ...buffers]);
      Atomics.store(gate, 0, 1);
      Atomics.notify(gate, 0);
    },
  };
}

/** Undefined when the command line asks for no program. */
export const firstCarrier: BegunCarrier | undefined = INFORMING.includes(process.argv[2] ?? '')
  ? undefined
  : beginCarrier(import.meta.dirname);
