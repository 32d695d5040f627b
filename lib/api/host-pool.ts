/** The carriers of this process, as the isolate that hosts Python has them: one pool, also for a second copy of this package. */
import { CARRIER, CARRIER_FREE, carrierAt } from '../heap/carrier.js';
import { ProtospaceError } from '../heap/errors.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { attached } from '../threads/attached.js';
import type { Job } from '../threads/job.js';
import { type JobFailure, Pool, type RunningJob } from '../threads/pool.js';
import { HOST } from '../threads/words.js';
import { running } from './host.js';
import { carrierEntry } from './places.js';
import { PythonError } from './python-error.js';

const I32 = i32;
const KEY = Symbol.for('protospace.pool');

const holder = globalThis as { [KEY]?: Pool };

/** Carriers answer to the isolate that started the first; another one may take over when that has ended. */
function claimHost(): void {
  const self = I32[CARRIER + L.CAR_INDEX]! + 1;
  for (;;) {
    const host = atomics.cas(HOST << 2, 0, self);
    if (host === 0 || host === self) return;
    if (I32[carrierAt(host - 1) + L.CAR_STATE] !== CARRIER_FREE)
      throw new ProtospaceError('ERR_PROTOSPACE_HOST', 'another thread of this process runs Python: use it from there');
    atomics.cas(HOST << 2, host, 0);
  }
}

/** The pool, made at the first use; carriers start when there is something to run. */
export function hostPool(): Pool {
  if (holder[KEY] === undefined) {
    claimHost();
    holder[KEY] = new Pool({ entry: carrierEntry, attached });
  }
  return holder[KEY];
}

let resetting: Promise<void> | undefined;

/** Ends all carriers. Threads of Python end where they are; environments stay, and new carriers start at the next use. */
export function endCarriers(): Promise<void> {
  resetting ??= hostPool()
    .terminate()
    .finally(() => (resetting = undefined));
  return resetting;
}

/** By its name: the pool may be that of another copy of this package. */
const isFailure = (error: unknown): error is JobFailure => (error as Error).name === 'JobFailure';

async function outcome(job: RunningJob, signal: AbortSignal | undefined): Promise<void> {
  try {
    await job.done;
  } catch (error) {
    if (!isFailure(error)) return lost(error as Error);
    if (signal?.aborted === true && error.error.type === 'KeyboardInterrupt') throw signal.reason;
    throw new PythonError(error.error);
  }
}

/** What the lost carrier left undone nobody can know: the others end too. */
async function lost(cause: Error): Promise<never> {
  await endCarriers();
  const error = new ProtospaceError(
    'ERR_PROTOSPACE_CARRIERS_LOST',
    `the threads that run Python have ended: ${cause.message}`,
  );
  error.cause = cause;
  throw error;
}

/** Has a carrier run `job`. An abort raises KeyboardInterrupt in it, and rejects with the signal's reason when that ended the job. */
export async function runJob(job: Job, signal: AbortSignal | undefined): Promise<void> {
  await resetting;
  signal?.throwIfAborted();
  const started = running(() => hostPool().run(job));
  const interrupt = (): void => running(() => started.interrupt());
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    await outcome(started, signal);
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}
