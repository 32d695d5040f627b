/**
 * The thread registry: ProtoThreads are records in the space, so that anyone may enumerate them, and mounting one on a carrier is
 * a copy of its words.
 */
import { CARRIER, CARRIER_RUNNING, CARRIER_SAFE, POLL_CALLBACKS, POLL_COLLECT } from './carrier.js';
import { newStack, releaseStack, segmentEnd, segmentStart } from './context.js';
import { ProtospaceError } from './errors.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';
import { setBarrierRange } from './pending.js';

const I32 = i32;
const C = CARRIER;

/** States of a record. */
export const THREAD_FREE = 0;
export const THREAD_NEW = 1;
/** Waits in a queue for a carrier. */
export const THREAD_RUNNABLE = 2;
export const THREAD_RUNNING = 3;
/** Waits for something; on no carrier. */
export const THREAD_PARKED = 4;
export const THREAD_DONE = 5;
/** Of host code: its isolate is its carrier. */
export const THREAD_HOST = 6;
/** Running still, on its way to park, and woken already. */
export const THREAD_WAKING = 7;
/** Waits for something, with its carrier. */
export const THREAD_BLOCKED = 8;

/** Bits of THR_FLAGS: what others ask of a thread. It looks when its carrier's POLL_INTERRUPT is set, and before it waits. */
export const THREAD_SIGNALLED = 1;
/** KeyboardInterrupt shall be raised in it. */
export const THREAD_ABORTED = 2;
/** The exception THR_ASYNC_EXCEPTION shall be raised in it. */
export const THREAD_ASYNC = 4;
/** SystemExit shall be raised in it: its environment is closed. */
export const THREAD_ENDED = 8;

export const threadAt = (i: number): number => (L.THREADS_BASE + i * L.THREAD_BYTES) >>> 2;

/** Words copied between thread record and carrier when a thread is mounted: [thread word, carrier word]. */
const MOUNTED: readonly (readonly [number, number])[] = [
  [L.THR_CONTEXT, L.CAR_CONTEXT],
  [L.THR_BUMP, L.CAR_BUMP],
  [L.THR_LIMIT, L.CAR_LIMIT],
  [L.THR_RUN_END, L.CAR_RUN_END],
  [L.THR_ESCAPE, L.CAR_ESCAPE],
  [L.THR_RUN_START, L.CAR_RUN_START],
  [L.THR_OWNER, L.CAR_OWNER],
  [L.THR_EXCEPTION, L.CAR_EXCEPTION],
  [L.THR_HANDLED, L.CAR_HANDLED],
  [L.THR_ENVIRONMENT, L.CAR_ENVIRONMENT],
  [L.THR_DEPTH, L.CAR_DEPTH],
  [L.THR_RECURSION_LIMIT, L.CAR_RECURSION_LIMIT],
  [L.THR_RUN_APPETITE, L.CAR_RUN_APPETITE],
  [L.THR_STACK_BASE, L.CAR_STACK_LIMIT],
  [L.THR_SEGMENT_END, L.CAR_SEGMENT_END],
];

/** A fresh owner id. Retired ids are not reused while objects may carry them. */
export const newOwnerId = (): number => atomics.add(L.CTL_OWNER_NEXT * 4, 1);

/** Claims a free record; its index, -1 when there is none. The hint is where the last search ended, or a record freed since. */
function claimRecord(): number {
  const start = I32[L.CTL_THREAD_HINT]!;
  for (let k = 0; k < L.THREADS_MAX; k++) {
    const i = (start + k) % L.THREADS_MAX;
    const state = threadAt(i) + L.THR_STATE;
    if (I32[state] !== THREAD_FREE || atomics.cas(state << 2, THREAD_FREE, THREAD_NEW) !== THREAD_FREE) continue;
    I32[L.CTL_THREAD_HINT] = (i + 1) % L.THREADS_MAX;
    return i;
  }
  return -1;
}

function raiseUsed(end: number): void {
  let top = atomics.load(L.CTL_THREADS_USED * 4);
  while (top < end) {
    const seen = atomics.cas(L.CTL_THREADS_USED * 4, top, end);
    if (seen === top) break;
    top = seen;
  }
}

/** Claims a thread record with an empty context stack; state THREAD_NEW. Returns its word index. */
export function createThread(environment: number): number {
  const i = claimRecord();
  if (i < 0) throw new ProtospaceError('ERR_PROTOSPACE_THREADS', `more than ${L.THREADS_MAX} threads are alive`);
  const t = threadAt(i);
  I32.fill(0, t + 1, t + L.THREAD_BYTES / 4);
  let stack: number;
  try {
    stack = newStack(environment);
  } catch (error) {
    atomics.store((t + L.THR_STATE) << 2, THREAD_FREE);
    throw error;
  }
  const base = segmentStart(stack);
  I32.fill(0, base, base + L.F_LOCALS);
  I32[base + L.F_SP] = base + L.F_LOCALS;
  I32[base + L.F_ENVIRONMENT] = environment;
  I32[t + L.THR_ID] = atomics.add(L.CTL_THREADS_STARTED * 4, 1) + 1;
  I32[t + L.THR_STACK_BASE] = stack;
  I32[t + L.THR_SEGMENT_END] = segmentEnd(stack);
  I32[t + L.THR_CONTEXT] = base;
  I32[t + L.THR_ENVIRONMENT] = environment;
  I32[t + L.THR_OWNER] = newOwnerId();
  I32[t + L.THR_RECURSION_LIMIT] = 1000;
  raiseUsed(i + 1);
  return t;
}

/** Frees the record and the stack of a thread that will not run again. */
export function releaseThread(t: number): void {
  releaseStack(I32[t + L.THR_STACK_BASE]!);
  I32.fill(0, t + 1, t + L.THREAD_BYTES / 4);
  atomics.store((t + L.THR_STATE) << 2, THREAD_FREE);
  // Low records first: what walks the registry stops at the highest ever used.
  const i = (t - threadAt(0)) / (L.THREAD_BYTES / 4);
  if (i < I32[L.CTL_THREAD_HINT]!) I32[L.CTL_THREAD_HINT] = i;
}

/** Puts thread `t` on this isolate's carrier. The carrier must be in a safe state; it is running afterwards. */
export function mount(t: number, state: number): void {
  leaveSafe();
  for (const [from, to] of MOUNTED) I32[C + to] = I32[t + from]!;
  I32[C + L.CAR_THREAD] = t;
  setBarrierRange();
  I32[t + L.THR_CARRIER] = I32[C + L.CAR_INDEX]! + 1;
  if (I32[L.CTL_WEAK_PENDING] !== 0) atomics.or((C + L.CAR_POLL) << 2, POLL_CALLBACKS);
  atomics.store((t + L.THR_STATE) << 2, state);
}

/** Takes the mounted thread off; its run stays with it. The carrier is safe afterwards. */
export function unmount(state: number): number {
  const t = save();
  atomics.store((t + L.THR_STATE) << 2, state);
  enterSafe();
  return t;
}

/**
 * Takes the mounted thread off to wait. False when it was woken on the way (THREAD_WAKING): then it is runnable, and the caller queues it.
 * From the moment it is parked another carrier may run it: nothing of it is touched here after that.
 */
export function parkMounted(): boolean {
  const t = save();
  const parked = atomics.cas((t + L.THR_STATE) << 2, THREAD_RUNNING, THREAD_PARKED) === THREAD_RUNNING;
  if (!parked) atomics.store((t + L.THR_STATE) << 2, THREAD_RUNNABLE);
  enterSafe();
  return parked;
}

/** Copies the carrier's words of the mounted thread to its record and empties them. */
function save(): number {
  const t = I32[C + L.CAR_THREAD]!;
  for (const [to, from] of MOUNTED) I32[t + to] = I32[C + from]!;
  I32[C + L.CAR_THREAD] = 0;
  I32[C + L.CAR_CONTEXT] = 0;
  I32[C + L.CAR_EXCEPTION] = 0;
  I32[C + L.CAR_HANDLED] = 0;
  I32[C + L.CAR_LIMIT] = 0;
  I32[C + L.CAR_RUN_END] = 0;
  I32[C + L.CAR_BUMP] = 0;
  I32[C + L.CAR_ESCAPE] = 0;
  I32[C + L.CAR_RUN_START] = 0;
  I32[t + L.THR_CARRIER] = 0;
  return t;
}

/**
 * From here to leaveSafe this carrier touches no object: the collector does not wait for it. A collector that sleeps on the state has
 * stored its request before it looked, so that it is seen here.
 */
export function enterSafe(): void {
  atomics.store((C + L.CAR_STATE) << 2, CARRIER_SAFE);
  if (atomics.load(L.CTL_GC_REQUEST * 4) !== 0) Atomics.notify(I32, C + L.CAR_STATE);
}

/** Milliseconds after which who waits for a collection looks whether the collector is alive. */
const LOOK = 100;

/** Set by abandon.ts. */
export const waitHooks = {
  /** The collection of the carrier with this index takes long. */
  timedOut: (_index: number): void => {},
};

/** Back to running; waits while a collection goes on. Sequential consistency of the two stores decides a race with its start. */
export function leaveSafe(): void {
  for (;;) {
    atomics.store((C + L.CAR_STATE) << 2, CARRIER_RUNNING);
    const request = atomics.load(L.CTL_GC_REQUEST * 4);
    if (request === 0 || request === I32[C + L.CAR_INDEX]! + 1) return;
    enterSafe();
    if (Atomics.wait(I32, L.CTL_GC_REQUEST, request, LOOK) === 'timed-out') waitHooks.timedOut(request - 1);
  }
}

/** Runs `body` while no collection goes on, on a carrier that may be in a safe state. */
export function withRunning<T>(body: () => T): T {
  if (I32[C + L.CAR_STATE] === CARRIER_RUNNING) return body();
  leaveSafe();
  try {
    return body();
  } finally {
    enterSafe();
  }
}

/** At a safepoint with POLL_COLLECT set by another carrier: stops until the collection is over. */
export function stopForCollection(): void {
  atomics.and((C + L.CAR_POLL) << 2, ~POLL_COLLECT);
  if (atomics.load(L.CTL_GC_REQUEST * 4) === 0) return;
  enterSafe();
  leaveSafe();
}
