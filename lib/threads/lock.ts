/**
 * Locks for Python: a word of two bits (F. Pizlo, "Locking in WebKit", 2015), the queue of waiters in the parking lot. A released lock may be
 * taken by whoever comes first, which keeps it busy; but a waiter that has waited FAIR_MS is handed the lock.
 *
 * LOCK_STATE: LOCKED, PARKED: threads are in its queue (set and cleared under the bucket's lock, but for setting it before parking).
 */
import { newObject } from '../heap/alloc.js';
import * as L from '../heap/layout.generated.js';
import { atomics, f64, i32 } from '../heap/memory.js';
import * as T from '../objects/type-ids.js';
import { beginWait, SUSPENDED, waitDeadline, waitFor } from './block.js';
import { now } from './clock.js';
import { currentThread, GRANTED, INTERRUPTED, NOT_WAITING, TIMED_OUT, wakeOne, WOKEN } from './parking.js';

const I32 = i32;
const F64 = f64;

const LOCKED = 1;
const PARKED = 2;
/** CPython hands over after the same time (TIME_TO_BE_FAIR_NS). */
const FAIR_MS = 1;

/** What acquireLock gives. */
export const ACQUIRED = 1;
export const NOT_ACQUIRED = 2;
/** The built-in returns 0: the thread parks, or an exception is set. */
export const UNWIND = 0;

const stateAddress = (lock: number): number => (lock >>> 0) + L.LOCK_STATE * 4;

/** A lock object of this type; exact ones take one cell. */
export function newLock(type: number, exact: boolean): number {
  return newObject(exact ? L.KIND_LOCK : L.KIND_LOCK | L.FLAG_SUBCLASS, exact ? 64 : 128, type);
}

/** A plain lock. */
export const newPlainLock = (): number => newLock(T.typeHandle(T.T_LOCK), true);

export const isLocked = (lock: number): boolean => (atomics.load(stateAddress(lock)) & LOCKED) !== 0;

/** Takes the lock if it is free. */
export function tryLock(lock: number): boolean {
  const address = stateAddress(lock);
  for (let seen = 0; ; ) {
    const found = atomics.cas(address, seen, seen | LOCKED);
    if (found === seen) return true;
    if ((found & LOCKED) !== 0) return false;
    seen = found;
  }
}

/** May the caller wait? Notes on the lock that it will: true while it is locked. */
function stillLocked(lock: number): boolean {
  const address = stateAddress(lock);
  for (;;) {
    const seen = atomics.load(address);
    if ((seen & LOCKED) === 0) return false;
    if (atomics.cas(address, seen, seen | PARKED) === seen) return true;
  }
}

/**
 * Takes the lock, waiting for at most `milliseconds` (Infinity: for ever). ACQUIRED, NOT_ACQUIRED when the time is over, or UNWIND. Handles in
 * JavaScript variables are void after it.
 */
export function acquireLock(lock: number, milliseconds: number): number {
  if (milliseconds <= 0) return tryLock(lock) ? ACQUIRED : NOT_ACQUIRED;
  const t = currentThread();
  if (I32[t + L.THR_WAIT_OBJECT] !== lock && tryLock(lock)) return ACQUIRED;
  let how = beginWait(lock, () => now() + milliseconds);
  if (how === NOT_WAITING) F64[(t + L.THR_WAIT_START_LO) >>> 1] = now();
  for (;;) {
    if (how === GRANTED) return ACQUIRED;
    if (how === INTERRUPTED || how === SUSPENDED) return UNWIND;
    if (how !== NOT_WAITING && tryLock(lock)) return ACQUIRED;
    if (how === TIMED_OUT || waitDeadline() <= now()) return NOT_ACQUIRED;
    how = waitFor(lock, () => stillLocked(lock));
  }
}

/** Leaves the lock; false when it was not locked. */
export function releaseLock(lock: number): boolean {
  const address = stateAddress(lock);
  const seen = atomics.cas(address, LOCKED, 0);
  if (seen === LOCKED) return true;
  if ((seen & LOCKED) === 0) return false;
  wakeOne(lock, (t, more) => {
    const parked = more ? PARKED : 0;
    const hand = t !== 0 && now() - F64[(t + L.THR_WAIT_START_LO) >>> 1] >= FAIR_MS;
    atomics.store(address, hand ? LOCKED | parked : parked);
    return hand ? GRANTED : WOKEN;
  });
  return true;
}
