/** Jobs of the host: each is run by a ProtoThread of its own, step by step, on any carrier. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, memory } from '../heap/memory.js';
import { enterSafe, leaveSafe } from '../heap/threads.js';
import { pendingException, takeException } from '../objects/exceptions.js';
import type { HostMessage, Job, JobError } from './job.js';
import { freeJobMail, readMail } from './mailbox.js';
import { defineThreadKind, FINISHED, isOutOfSteps, limitSteps } from './scheduler.js';
import { KIND_JOB } from './thread-kinds.js';

const I32 = i32;

/** What a kind of job does. Nothing is kept in JavaScript between steps: each may run on another carrier. */
export interface JobKind<J extends Job> {
  /**
   * In turn, on the job's thread: each pushes a frame to run (CTX_ENTRY) and returns its word, or 0 when there is nothing to run. `result` is
   * what the frame before returned, 0 with the exception pending; an exception a step leaves pending goes to the next.
   */
  readonly steps: readonly ((job: J, result: number) => number)[];
  /** Last of all: the value for the host, plain data. An exception pending afterwards is the job's error instead. */
  readonly value: (job: J, result: number) => unknown;
}

const kinds = new Map<string, JobKind<Job>>();

export function defineJob<J extends Job>(kind: J['kind'], definition: JobKind<J>): void {
  kinds.set(kind, definition as unknown as JobKind<Job>);
}

/** Set by what runs on a carrier. */
export const jobHooks = {
  /** An exception as data. */
  describe: (_e: number): JobError => ({ type: 'BaseException', message: '', traceback: '' }),
  /** The first job of this isolate is done. */
  settled: (): void => {},
};

let host: MessagePort | undefined;

/** Where this isolate's answers go. */
export function connectHost(port: MessagePort): void {
  host = port;
}

/** Posts to the host; `ports` go along. */
export function tellHost(message: HostMessage, ports: MessagePort[] = []): void {
  host?.postMessage(message, ports);
}

/** Posts to the host and waits for its answer, for a second at most: a host that is busy, or has none to give, is not waited for longer. */
export function askHost(message: HostMessage): void {
  if (host === undefined) return;
  while (receiveMessageOnPort(host) !== undefined);
  tellHost(message);
  enterSafe();
  for (let i = 0; i < 1000 && receiveMessageOnPort(host) === undefined; i++)
    Atomics.wait(I32, CARRIER + L.CAR_BACKOFF, 0, 1);
  leaveSafe();
}

function describe(t: number): JobError {
  const error = jobHooks.describe(takeException());
  return isOutOfSteps(t) ? { ...error, outOfSteps: true } : error;
}

function finish(t: number, job: Job, kind: JobKind<Job>, result: number): typeof FINISHED {
  const value = kind.value(job, result);
  const error = pendingException() === 0 ? undefined : describe(t);
  jobHooks.settled();
  tellHost({ type: 'done', job: I32[t + L.THR_JOB], ...(error === undefined ? { value } : { error }) });
  freeJobMail(t);
  return FINISHED;
}

defineThreadKind(KIND_JOB, {
  advance: (t, result) => {
    const job = JSON.parse(readMail(I32[t + L.THR_DATA])) as Job;
    const kind = kinds.get(job.kind);
    if (kind === undefined) throw new Error(`no carrier knows jobs of kind '${job.kind}'`);
    if (I32[t + L.THR_STAGE] === 0) {
      limitSteps(t, job.maxSteps ?? 0);
      tellHost({ type: 'started', job: I32[t + L.THR_JOB], thread: t, memory });
    }
    let r = result;
    while (I32[t + L.THR_STAGE] < kind.steps.length) {
      const step = kind.steps[I32[t + L.THR_STAGE]++];
      const frame = step(job, r);
      if (frame !== 0) return frame;
      r = pendingException() === 0 ? H.NONE : 0;
    }
    return finish(t, job, kind, r);
  },
});
