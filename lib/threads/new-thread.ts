/** Making ProtoThreads of Python code, from any isolate; thread-body.ts is what they do. */
import { escapeAll } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { HeapExhausted, ProtospaceError } from '../heap/errors.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { createThread, THREAD_RUNNABLE } from '../heap/threads.js';
import { raise } from '../objects/exceptions.js';
import { publish, publishAll } from '../objects/sync.js';
import { queue } from './run-queue.js';
import { KIND_PYTHON } from './thread-kinds.js';

const I32 = i32;
const C = CARRIER;

/** Set by lib/modules: what Python knows of a thread's beginning and end. */
export const threadHooks = {
  /** The thread is about to be queued. */
  starting: (_t: number): void => {},
  /** Reports the exception that a thread's function let through. */
  uncaught: (_bootstrap: number): void => {},
  /** The thread is over: wakes those that join it. */
  ended: (_t: number): void => {},
};

export interface ThreadOptions {
  /** Shown by the registry; a str, or 0. */
  readonly name?: number;
  /** Dict of keyword arguments, or 0. */
  readonly kwargs?: number;
  /** What stands for the thread in Python (a _ThreadHandle), or 0. */
  readonly target?: number;
}

/**
 * The one way to make a thread of Python code: `bootstrap(*args, **kwargs)` will run on any carrier, in `environment`. What it was given is shared
 * from now on. Returns the thread's record, 0 with the exception set.
 */
export function newThread(environment: number, bootstrap: number, args: number, options: ThreadOptions = {}): number {
  let t: number;
  try {
    t = createThread(environment);
  } catch (e) {
    if (e instanceof HeapExhausted || e instanceof ProtospaceError)
      return raise('RuntimeError', "can't start new thread");
    throw e;
  }
  I32[t + L.THR_KIND] = KIND_PYTHON;
  I32[t + L.THR_NAME] = options.name ?? 0;
  I32[t + L.THR_BOOTSTRAP] = bootstrap;
  I32[t + L.THR_ARGS] = args;
  I32[t + L.THR_KWARGS] = options.kwargs ?? 0;
  I32[t + L.THR_TARGET] = options.target ?? 0;
  I32[t + L.THR_PARENT] = I32[C + L.CAR_THREAD];
  I32[t + L.THR_RECURSION_LIMIT] = I32[C + L.CAR_RECURSION_LIMIT];
  I32[t + L.THR_IDENT] = I32[t + L.THR_ID];
  threadHooks.starting(t);
  start(t);
  return t;
}

/** Whatever this isolate's thread made so far may be reached from `t`: it is old and shared from now on. */
function start(t: number): void {
  escapeAll();
  publishAll();
  I32[L.CTL_MULTI_THREADED] = 1;
  atomics.store((t + L.THR_STATE) << 2, THREAD_RUNNABLE);
  queue(t);
}

/** Gives a thread its name in the registry. */
export function nameThread(t: number, name: number): void {
  escapeAll();
  publish(name);
  I32[t + L.THR_NAME] = name;
}
