/**
 * `_thread._ThreadHandle`: what Python holds of a thread it may join. THREADOBJ_STATE moves one way; who sets it to DONE wakes the joiners, which
 * wait for the handle itself.
 */
import { newObject } from '../heap/alloc.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { eachThread } from '../heap/roots.js';
import { THREAD_DONE } from '../heap/threads.js';
import { repr } from '../objects/abstract.js';
import { defineType } from '../objects/define.js';
import { clearException, pendingIs, raise, setException, takeException } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { blocking } from '../objects/natives.js';
import { isKind } from '../objects/object.js';
import { fromJS, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { beginWait, SUSPENDED, waitDeadline, waitFor } from '../threads/block.js';
import { now } from '../threads/clock.js';
import { threadHooks } from '../threads/new-thread.js';
import { currentThread, INTERRUPTED, TIMED_OUT, wakeAll } from '../threads/parking.js';
import { writeUnraisable } from './unraisable.js';
import { currentEnvironment } from './frames.js';
import { secondsOf, TIMEOUT_MAX } from './timeout.js';

const I32 = i32;

export const T_HANDLE = T.T_BLOCK_THREAD + 1;

export const NOT_STARTED = 0;
export const STARTING = 1;
export const RUNNING = 2;
export const DONE = 3;
/** Flag beside the state: the program waits for the thread before it ends. */
const JOINED_AT_EXIT = 16;

const stateAddress = (h: number): number => (h >>> 0) + L.THREADOBJ_STATE * 4;
export const handleState = (h: number): number => atomics.load(stateAddress(h)) & 15;
const isDone = (h: number): boolean => handleState(h) === DONE;

export const isHandle = (h: number): boolean => isKind(h, L.KIND_THREADOBJ);

export function newHandle(): number {
  return newObject(L.KIND_THREADOBJ, 64, T.typeHandle(T_HANDLE));
}

/** Moves a handle from NOT_STARTED to STARTING; false when another did. */
export function claimHandle(h: number, daemon: boolean): boolean {
  return atomics.cas(stateAddress(h), NOT_STARTED, STARTING | (daemon ? 0 : JOINED_AT_EXIT)) === NOT_STARTED;
}

/** The thread could not be made. */
export function unclaimHandle(h: number): void {
  atomics.store(stateAddress(h), NOT_STARTED);
}

/** The handle stands for the thread with this identifier. */
export function bindHandle(h: number, ident: number): void {
  I32[(h >>> 2) + L.THREADOBJ_IDENT] = ident;
  const state = atomics.load(stateAddress(h));
  if ((state & 15) !== DONE) atomics.cas(stateAddress(h), state, (state & ~15) | RUNNING);
}

/** Its thread is over. */
export function finishHandle(h: number): void {
  atomics.store(stateAddress(h), DONE);
  wakeAll(h);
}

/** Seconds of join's timeout as milliseconds; NaN with the exception set. */
function joinTimeout(h: number): number {
  if (h === 0 || h === H.NONE) return Infinity;
  const seconds = secondsOf(h);
  if (Number.isNaN(seconds)) return Number.NaN;
  if (seconds > TIMEOUT_MAX) return raise('OverflowError', 'timeout value is too large') || Number.NaN;
  return seconds < 0 ? Infinity : seconds * 1000;
}

/** Waits until the thread of handle `h` is over: true, or the time has passed; false: the built-in returns 0. */
function waitForEnd(h: number, milliseconds: number): boolean {
  let how = beginWait(h, () => now() + milliseconds);
  for (;;) {
    if (how === INTERRUPTED || how === SUSPENDED) return false;
    if (isDone(h) || how === TIMED_OUT || waitDeadline() <= now()) return true;
    how = waitFor(h, () => !isDone(h));
  }
}

const join = blocking((args, n) => {
  const h = I32[args];
  const milliseconds = joinTimeout(n > 1 ? I32[args + 1] : 0);
  if (Number.isNaN(milliseconds)) return 0;
  if (handleState(h) === NOT_STARTED) return raise('RuntimeError', 'thread not started');
  if (!isDone(h) && I32[currentThread() + L.THR_TARGET] === h)
    return raise('RuntimeError', 'Cannot join current thread');
  return waitForEnd(h, milliseconds) ? H.NONE : 0;
});

function setDone(args: number): number {
  if (handleState(I32[args]) < RUNNING) return raise('RuntimeError', 'thread not started');
  finishHandle(I32[args]);
  return H.NONE;
}

/** Handle of a thread of this environment that the program must wait for; 0 when there is none. */
function remaining(): number {
  const own = currentThread();
  const environment = currentEnvironment();
  let found = 0;
  eachThread((t) => {
    const h = I32[t + L.THR_TARGET];
    if (t === own || h === 0 || I32[t + L.THR_ENVIRONMENT] !== environment || I32[t + L.THR_STATE] === THREAD_DONE)
      return;
    if ((atomics.load(stateAddress(h)) & JOINED_AT_EXIT) !== 0 && !isDone(h)) found = h;
  });
  return found;
}

/** _thread._shutdown(): waits for all threads that are not daemons. */
export const shutdown = blocking(() => {
  const before = I32[currentThread() + L.THR_WAIT_OBJECT];
  if (before !== 0 && isHandle(before) && !waitForEnd(before, Infinity)) return 0;
  for (let h = remaining(); h !== 0; h = remaining()) if (!waitForEnd(h, Infinity)) return 0;
  return H.NONE;
});

threadHooks.starting = (t) => {
  if (I32[t + L.THR_TARGET] !== 0) bindHandle(I32[t + L.THR_TARGET], I32[t + L.THR_IDENT]);
};
threadHooks.ended = (t) => {
  if (I32[t + L.THR_TARGET] !== 0) finishHandle(I32[t + L.THR_TARGET]);
};
threadHooks.uncaught = (bootstrap) => {
  if (pendingIs('SystemExit')) clearException();
  else {
    const slot = root(takeException());
    const shown = repr(bootstrap);
    if (shown === 0) clearException();
    setException(I32[slot]);
    unroot(slot);
    writeUnraisable(
      `Exception ignored in thread started by ${shown === 0 ? '<object repr() failed>' : toJS(shown)}`,
      0,
    );
  }
};

defineType({
  id: T_HANDLE,
  name: '_ThreadHandle',
  module: '_thread',
  kind: L.KIND_THREADOBJ,
  final: true,
  methods: [
    ['join', join, [0, 1]],
    ['_set_done', setDone, [0, 0]],
    ['is_done', (args) => H.fromBool(isDone(I32[args])), [0, 0]],
  ],
  getset: [{ name: 'ident', get: (h) => intFromNumber(I32[(h >>> 2) + L.THREADOBJ_IDENT]) }],
  slots: {
    create: () => newHandle(),
    repr: (h) => fromJS(`<_thread._ThreadHandle object: ident=${I32[(h >>> 2) + L.THREADOBJ_IDENT]}>`),
  },
});
