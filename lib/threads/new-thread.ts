/** Making ProtoThreads, and what a thread of Python code does from its first call to its end. */
import { escapeAll } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { CTX_ENTRY } from '../heap/context.js';
import { HeapExhausted, ProtospaceError } from '../heap/errors.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { createThread, THREAD_RUNNABLE } from '../heap/threads.js';
import { pushArguments } from '../objects/call.js';
import { dictSnapshot } from '../objects/dict.js';
import { pendingException, raise } from '../objects/exceptions.js';
import { isKind } from '../objects/object.js';
import { publish, publishAll } from '../objects/sync.js';
import { newTupleOf } from '../objects/tuple.js';
import { callValue, pushFunction } from '../vm/call.js';
import { queue } from './run-queue.js';
import { defineThreadKind, FINISHED } from './scheduler.js';

const I32 = i32;
const C = CARRIER;

/** THR_KIND. */
export const KIND_PYTHON = 0;
export const KIND_JOB = 1;

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

/** Pushes the frame of the thread's function, or calls it when it is none of Python; the frame, or 0 when it is done. */
function begin(t: number): number {
  let f = I32[t + L.THR_BOOTSTRAP];
  const args = I32[t + L.THR_ARGS] >>> 2;
  const { keys, values } = I32[t + L.THR_KWARGS] === 0 ? { keys: [], values: [] } : dictSnapshot(I32[t + L.THR_KWARGS]);
  const bound = isKind(f, L.KIND_METHOD);
  const words = bound ? [I32[(f >>> 2) + L.METHOD_SELF]] : [];
  if (bound) f = I32[(f >>> 2) + L.METHOD_FUNCTION];
  const n = I32[args + L.TUPLE_LENGTH];
  for (let i = 0; i < n; i++) words.push(I32[args + L.TUPLE_ITEMS + i]);
  words.push(...values);
  // The frame of the function lies above its arguments: they stay where they are.
  const a = pushArguments(words.length + 1);
  for (let i = 0; i < words.length; i++) I32[a + i] = words[i];
  const kwnames = keys.length === 0 ? 0 : newTupleOf(keys);
  I32[a + words.length] = kwnames;
  const positional = words.length - values.length;
  if (isKind(f, L.KIND_FUNCTION)) return pushFunction(f, a, positional, kwnames, CTX_ENTRY);
  callValue(f, a, positional, kwnames);
  return 0;
}

/** The function is done, or let an exception through. */
function end(t: number): typeof FINISHED {
  if (pendingException() !== 0) threadHooks.uncaught(I32[t + L.THR_BOOTSTRAP]);
  threadHooks.ended(t);
  return FINISHED;
}

defineThreadKind(KIND_PYTHON, {
  advance: (t) => {
    if (I32[t + L.THR_STAGE] === 0) {
      I32[t + L.THR_STAGE] = 1;
      const frame = begin(t);
      if (frame !== 0) return frame;
    }
    return end(t);
  },
});

/** Gives a thread its name in the registry. */
export function nameThread(t: number, name: number): void {
  escapeAll();
  publish(name);
  I32[t + L.THR_NAME] = name;
}
