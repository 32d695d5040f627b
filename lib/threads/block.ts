/**
 * How a built-in function blocks. Called straight from the dispatch loop it parks its thread: it returns 0 at once, the frame in the space
 * waits, and on resume its CALL is executed again, on any carrier. Called from within TypeScript (a key function, an import) it blocks
 * with its carrier, and another carrier is started when that leaves none.
 *
 *     function get(args) {
 *       const wait = beginWait(key, () => deadline of a new call);
 *       for (;;) {
 *         if (try it) return value;
 *         const r = waitFor(key, () => it still cannot be had, deadlineOfWait());
 *         if (r === SUSPENDED || r === INTERRUPTED) return 0;
 *         if (r === TIMED_OUT) return ...;
 *       }
 *     }
 */
import { CARRIER, POLL_YIELD } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, f64, i32 } from '../heap/memory.js';
import { enterSafe, leaveSafe, THREAD_BLOCKED, THREAD_RUNNING } from '../heap/threads.js';
import { raise } from '../objects/exceptions.js';
import { SUSPEND_RESTART } from '../vm/interpreter.js';
import { raiseInterrupt } from '../vm/safepoint.js';
import { now } from './clock.js';
import { activeCarriers, mayStart } from './carriers.js';
import {
  currentThread,
  endWait,
  enqueueWaiter,
  INTERRUPTED,
  NOT_WAITING,
  TIMED_OUT,
  WAITING,
  WOKEN,
} from './parking.js';
import { callKeeper, isolate } from './run-queue.js';
import { addTimer, cancelTimer, takeExpired } from './timers.js';
import { PINNED, QUEUED, STARTED } from './words.js';

const I32 = i32;
const F64 = f64;
const C = CARRIER;

/** The thread parks: the built-in returns 0. */
export const SUSPENDED = -1;

/** Fires the deadlines that have passed. */
export function fireTimers(): void {
  const time = now();
  for (let e = takeExpired(time); e !== undefined; e = takeExpired(time)) endWait(e.thread, TIMED_OUT, e.ticket);
}

/** Was the built-in called by the dispatch loop itself, with no TypeScript of others below? */
const mayPark = (): boolean => I32[C + L.CAR_PIN_DEPTH] === 0 && I32[C + L.CAR_BLOCKED_STATE] !== 0;

/**
 * To be called first by a built-in that may wait for `key` (a handle): NOT_WAITING for a new call, whose deadline is then noted
 * (Infinity: none), or, when the call is executed again after its thread was parked, how the wait ended.
 */
export function beginWait(key: number, deadline: () => number): number {
  const t = currentThread();
  if (I32[t + L.THR_WAIT_OBJECT] === key && I32[t + L.THR_WAIT_RESULT] > WAITING) {
    const result = endOfWait(t);
    return result === INTERRUPTED ? interrupted(t) : result;
  }
  F64[(t + L.THR_DEADLINE_LO) >>> 1] = deadline();
  return NOT_WAITING;
}

/** Deadline of the wait that beginWait began. */
export const waitDeadline = (): number => F64[(currentThread() + L.THR_DEADLINE_LO) >>> 1];

function endOfWait(t: number): number {
  const result = I32[t + L.THR_WAIT_RESULT];
  I32[t + L.THR_WAIT_RESULT] = NOT_WAITING;
  I32[t + L.THR_WAIT_OBJECT] = 0;
  cancelTimer(t);
  return result;
}

/**
 * Waits for `key` while `valid`, until the deadline of beginWait: SUSPENDED, WOKEN (try again), GRANTED, TIMED_OUT, or INTERRUPTED with an
 * exception set. Handles in JavaScript variables are void after it.
 */
export function waitFor(key: number, valid: () => boolean): number {
  const t = currentThread();
  const parks = mayPark();
  if (!parks && !mayPin()) return INTERRUPTED;
  const quiet = (): boolean => atomics.load((t + L.THR_FLAGS) << 2) === 0 && valid();
  if (!enqueueWaiter(t, key, quiet)) return interrupted(t);
  if (!parks) return blockInPlace(t);
  const deadline = waitDeadline();
  if (deadline !== Infinity && addTimer(t, deadline)) callKeeper();
  I32[C + L.CAR_SUSPEND] = SUSPEND_RESTART;
  return SUSPENDED;
}

/** Why a wait did not begin, or ended early: an exception another thread asked for (INTERRUPTED), or nothing that matters (WOKEN). */
function interrupted(t: number): number {
  if (I32[t + L.THR_FLAGS] !== 0 && raiseInterrupt() === 0) return INTERRUPTED;
  return WOKEN;
}

/** Blocks with the carrier until the wait of `t`, which is queued, ends. */
function blockInPlace(t: number): number {
  const state = (t + L.THR_STATE) << 2;
  if (atomics.cas(state, THREAD_RUNNING, THREAD_BLOCKED) === THREAD_RUNNING) {
    atomics.add(PINNED << 2, 1);
    if (atomics.load(QUEUED << 2) > 0 || activeCarriers() <= 0) isolate.startCarrier();
    enterSafe();
    sleepBlocked(t);
    leaveSafe();
    atomics.add(PINNED << 2, -1);
  } else atomics.store(state, THREAD_RUNNING); // woken on the way
  const result = endOfWait(t);
  return result === INTERRUPTED ? interrupted(t) : result;
}

function sleepBlocked(t: number): void {
  const word = t + L.THR_STATE;
  const ticket = I32[t + L.THR_WAIT_TICKET];
  let deadline = waitDeadline();
  while (atomics.load(word << 2) === THREAD_BLOCKED) {
    const left = deadline - now();
    if (left > 0) Atomics.wait(I32, word, THREAD_BLOCKED, left);
    else {
      // When it is not in the queue any more, somebody is about to wake it.
      endWait(t, TIMED_OUT, ticket);
      deadline = Infinity;
    }
  }
}

/** Raises RuntimeError when this thread, which cannot park, would be the last carrier to block and no other may be started. */
function mayPin(): boolean {
  if (activeCarriers() > 1 || mayStart()) return true;
  raise(
    'RuntimeError',
    `all ${atomics.load(STARTED << 2)} carriers are blocked within built-in functions, and no more may be started`,
  );
  return false;
}

/**
 * Lets the thread sleep: true when the time is over, false when the built-in must return 0 (it parks, or an exception is set). Handles in JavaScript
 * variables are void after it.
 */
export function sleepFor(milliseconds: number): boolean {
  // No handle: a small int, which the collector passes over.
  const key = (currentThread() << 1) | 1;
  let how = beginWait(key, () => now() + milliseconds);
  for (;;) {
    if (how === INTERRUPTED || how === SUSPENDED) return false;
    if (how === TIMED_OUT || waitDeadline() <= now()) break;
    how = waitFor(key, () => true);
  }
  // sleep(0) is how programs let others run.
  if (milliseconds === 0 && atomics.load(QUEUED << 2) > 0) atomics.or((C + L.CAR_POLL) << 2, POLL_YIELD);
  return true;
}
