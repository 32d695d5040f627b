/** The carriers of this process, as the isolate that hosts Python has them: one pool, also for a second copy of this package. */
import { abandonIfEnded } from '../heap/abandon.js';
import { CARRIER, CARRIER_FREE, RUNS_THREADS } from '../heap/carrier.js';
import { eachCarrier } from '../heap/roots.js';
import { ProtospaceError, ProtospaceTypeError } from './errors.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { attached } from '../threads/attached.js';
import type { Job, JobError } from '../threads/job.js';
import { type JobFailure, Pool } from '../threads/pool.js';
import { HOST } from '../threads/words.js';
import { running } from './host.js';
import { carrierEntry } from './places.js';
import { PythonError } from './python-error.js';

const I32 = i32;
const KEY = Symbol.for('protospace.pool');

const holder = globalThis as { [KEY]?: Pool };

/** Milliseconds that the carriers of a host that has ended may take to end, and between two looks. */
const TAKE_OVER = 10_000;
const LOOK = 5;

/** Is the isolate with this token there, as a thread of the system that uses the space? */
function isAlive(token: number): boolean {
  let alive = false;
  eachCarrier((c) => {
    if (I32[c + L.CAR_OS_THREAD] !== token || I32[c + L.CAR_STATE] === CARRIER_FREE) return;
    abandonIfEnded(c);
    if (I32[c + L.CAR_STATE] !== CARRIER_FREE) alive = true;
  });
  return alive;
}

/** Carriers that run, those of a host that has ended included: Node ends the Workers of a Worker with it, a moment later. */
function anyCarrier(): boolean {
  let any = false;
  eachCarrier((c) => {
    if (I32[c + L.CAR_KIND] === RUNS_THREADS && I32[c + L.CAR_OS_THREAD] !== 0)
      any ||= isAlive(I32[c + L.CAR_OS_THREAD]!);
  });
  return any;
}

const elsewhere = (): ProtospaceError =>
  new ProtospaceError('ERR_PROTOSPACE_HOST', 'another thread of this process runs Python: use it from there');

/** Makes room for the carriers of this isolate, where another one's have run. */
function takeOver(): void {
  for (const end = Date.now() + TAKE_OVER; anyCarrier(); ) {
    if (Date.now() > end) throw elsewhere();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK);
  }
  attached.reset();
}

/**
 * Carriers answer to the isolate that started the first; another one may take over when that has ended. To be called outside `running`: dying
 * carriers may have to collect.
 */
function claimHost(): void {
  const self = I32[CARRIER + L.CAR_OS_THREAD]!;
  for (;;) {
    const host = atomics.cas(HOST << 2, 0, self);
    if (host === 0 || host === self) return;
    if (isAlive(host)) throw elsewhere();
    if (atomics.cas(HOST << 2, host, self) !== host) continue;
    takeOver();
    atomics.store(HOST << 2, self);
    return;
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

/** Why KeyboardInterrupt ended a job; undefined when nobody asked for it. */
function whyInterrupted(error: JobError, limits: RunLimits, late: boolean): unknown {
  if (error.type !== 'KeyboardInterrupt') return undefined;
  if (limits.signal?.aborted === true) return limits.signal.reason;
  if (late) return new ProtospaceError('ERR_PROTOSPACE_TIMEOUT', `the run took more than ${limits.timeout} ms`);
  if (error.outOfSteps === true)
    return new ProtospaceError('ERR_PROTOSPACE_STEPS', `the run took more than ${limits.maxSteps} steps`);
  return undefined;
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

/** What bounds a run. */
export interface RunLimits {
  /** Ends the run: KeyboardInterrupt is raised in it, so that its finally blocks run. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the run is ended in the same way; rejects with ERR_PROTOSPACE_TIMEOUT. */
  readonly timeout?: number | undefined;
  /** Calls and back edges of loops after which it is, counted in portions of a few thousand; rejects with ERR_PROTOSPACE_STEPS. */
  readonly maxSteps?: number | undefined;
}

/** A run that goes on in spite of its timeout is interrupted again after so many milliseconds. */
const GRACE_MS = 1000;
/** The longest delay of a timer of Node's. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

function checkLimits({ signal, timeout, maxSteps }: RunLimits): void {
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new ProtospaceTypeError('ERR_PROTOSPACE_OPTION', 'signal: an AbortSignal is wanted');
  if (timeout !== undefined && !(Number.isFinite(timeout) && timeout > 0 && timeout <= LONGEST_TIMEOUT))
    throw new ProtospaceTypeError('ERR_PROTOSPACE_OPTION', `timeout: ${timeout} is no number of milliseconds`);
  if (maxSteps !== undefined && !(Number.isSafeInteger(maxSteps) && maxSteps > 0))
    throw new ProtospaceTypeError('ERR_PROTOSPACE_OPTION', `maxSteps: ${maxSteps} is no positive integer`);
}

/** Interrupts a job when its time is over, and again while it goes on. */
class Deadline {
  #timer: NodeJS.Timeout | undefined;
  passed = false;

  constructor(milliseconds: number | undefined, interrupt: () => void) {
    if (milliseconds === undefined) return;
    const fire = (): void => {
      this.passed = true;
      interrupt();
      this.#timer = setTimeout(fire, GRACE_MS);
    };
    this.#timer = setTimeout(fire, milliseconds);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Has a carrier run `job` within limits. Reaching one raises KeyboardInterrupt in it; when that ends the job, this rejects with the signal's reason
 * or the limit's error.
 */
export async function runJob(job: Job, limits: RunLimits): Promise<void> {
  await resetting;
  const { signal, timeout, maxSteps } = limits;
  checkLimits(limits);
  signal?.throwIfAborted();
  const pool = hostPool();
  const started = running(() => pool.run(maxSteps === undefined ? job : { ...job, maxSteps }));
  const interrupt = (): void => running(() => started.interrupt());
  const deadline = new Deadline(timeout, interrupt);
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    await started.done;
  } catch (error) {
    if (!isFailure(error)) return await lost(error as Error);
    throw whyInterrupted(error.error, limits, deadline.passed) ?? new PythonError(error.error);
  } finally {
    deadline.clear();
    signal?.removeEventListener('abort', interrupt);
  }
}
