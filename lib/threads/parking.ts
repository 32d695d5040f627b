/**
 * Queues of waiting threads, by what they wait for: F. Pizlo's parking lot ("Locking in WebKit", 2015). A lock needs two bits; the queue is in
 * one of SCHED_BUCKET_COUNT lists of thread records, each behind a short lock.
 *
 * | field of a record | written by | meaning |
 * | --- | --- | --- |
 * | THR_WAIT_OBJECT | its thread | what it waits for (a handle: the collector keeps it), 0: nothing |
 * | THR_WAIT_RESULT | its thread before it is in the list; then who takes it out, under the bucket's lock | WAITING, or how it ended |
 * | THR_WAIT_TICKET | its thread | number of the wait, so that a late timer does not end the next one |
 * | THR_WAIT_NEXT | under the bucket's lock | next in the list |
 *
 * A thread is taken out of a list exactly once, and whoever takes it out wakes it. Every change of a list commits by one word; LAST is a
 * hint, forgotten when an isolate was terminated within.
 */
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { THREAD_BLOCKED, THREAD_PARKED, THREAD_RUNNABLE, THREAD_RUNNING, THREAD_WAKING } from '../heap/threads.js';
import { queue } from './run-queue.js';
import { lockWord, unlockWord } from './spin.js';

const I32 = i32;
const C = CARRIER;
const FIRST = 1;
/** The last record of the list, or 0: not known. */
const LAST = 2;

/** THR_WAIT_RESULT. */
export const NOT_WAITING = 0;
export const WAITING = 1;
/** Woken: try again. */
export const WOKEN = 2;
/** Woken, and given what it waited for. */
export const GRANTED = 3;
export const TIMED_OUT = 4;
export const INTERRUPTED = 5;

function bucketOf(key: number): number {
  const hash = Math.imul(key ^ (key >>> 15), 0x9e3779b1) >>> 22;
  return (L.SCHED_BUCKETS >>> 2) + (hash & (L.SCHED_BUCKET_COUNT - 1)) * (L.SCHED_BUCKET_BYTES / 4);
}

function lockBucket(bucket: number): void {
  if (lockWord(bucket)) I32[bucket + LAST] = 0;
}

/**
 * Puts thread `t` at the end of the queue for `key`, if `valid` says so under the bucket's lock: what it tests and the waker's change
 * of it are then ordered. Otherwise false.
 */
export function enqueueWaiter(t: number, key: number, valid: () => boolean): boolean {
  const bucket = bucketOf(key);
  I32[t + L.THR_WAIT_TICKET] = (I32[t + L.THR_WAIT_TICKET] + 1) | 0;
  I32[t + L.THR_WAIT_NEXT] = 0;
  lockBucket(bucket);
  // Before `valid` reads the flags: an interrupter sets the flags, then looks here.
  atomics.store((t + L.THR_WAIT_OBJECT) << 2, key);
  const waits = valid();
  if (waits) {
    I32[t + L.THR_WAIT_RESULT] = WAITING;
    const last = I32[bucket + LAST];
    let link = last === 0 ? bucket + FIRST : last + L.THR_WAIT_NEXT;
    while (I32[link] !== 0) link = I32[link] + L.THR_WAIT_NEXT;
    I32[link] = t;
    I32[bucket + LAST] = t;
  } else I32[t + L.THR_WAIT_OBJECT] = 0;
  unlockWord(bucket);
  return waits;
}

/** The link to the first waiter for `key` from `from` on; the link at the list's end holds 0. */
function findLink(from: number, key: number): number {
  let link = from;
  while (I32[link] !== 0 && I32[I32[link] + L.THR_WAIT_OBJECT] !== key) link = I32[link] + L.THR_WAIT_NEXT;
  return link;
}

function unlink(bucket: number, link: number, result: number): number {
  const t = I32[link];
  if (I32[bucket + LAST] === t) I32[bucket + LAST] = link === bucket + FIRST ? 0 : link - L.THR_WAIT_NEXT;
  I32[link] = I32[t + L.THR_WAIT_NEXT];
  I32[t + L.THR_WAIT_RESULT] = result;
  return t;
}

/**
 * Wakes the first waiter for `key`. `decide` runs under the bucket's lock with the waiter (0: none) and whether more wait; it returns the
 * waiter's THR_WAIT_RESULT.
 */
export function wakeOne(key: number, decide: (t: number, more: boolean) => number): boolean {
  const bucket = bucketOf(key);
  lockBucket(bucket);
  const link = findLink(bucket + FIRST, key);
  const first = I32[link];
  const more = first !== 0 && I32[findLink(first + L.THR_WAIT_NEXT, key)] !== 0;
  const result = decide(first, more);
  if (first !== 0) unlink(bucket, link, result);
  unlockWord(bucket);
  if (first !== 0) wake(first);
  return first !== 0;
}

/** Wakes all that wait for `key`. */
export function wakeAll(key: number): void {
  while (wakeOne(key, () => WOKEN));
}

/** Takes `t` out of the queue it waits in (wait `ticket`, if given) and wakes it with `result`; false when it waits no more. */
export function endWait(t: number, result: number, ticket?: number): boolean {
  const key = atomics.load((t + L.THR_WAIT_OBJECT) << 2);
  if (key === 0) return false;
  const bucket = bucketOf(key);
  lockBucket(bucket);
  let link = bucket + FIRST;
  while (I32[link] !== 0 && I32[link] !== t) link = I32[link] + L.THR_WAIT_NEXT;
  const found = I32[link] === t && (ticket === undefined || ticket === I32[t + L.THR_WAIT_TICKET]);
  if (found) unlink(bucket, link, result);
  unlockWord(bucket);
  if (found) wake(t);
  return found;
}

/** Makes a thread that was taken out of a queue run again: it is parked, blocked with its carrier, or still on its way to park. */
export function wake(t: number): void {
  const state = (t + L.THR_STATE) << 2;
  for (;;) {
    switch (atomics.load(state)) {
      case THREAD_PARKED:
        if (atomics.cas(state, THREAD_PARKED, THREAD_RUNNABLE) !== THREAD_PARKED) continue;
        queue(t);
        return;
      case THREAD_RUNNING:
        if (atomics.cas(state, THREAD_RUNNING, THREAD_WAKING) !== THREAD_RUNNING) continue;
        return;
      case THREAD_BLOCKED:
        if (atomics.cas(state, THREAD_BLOCKED, THREAD_RUNNING) !== THREAD_BLOCKED) continue;
        Atomics.notify(I32, state >>> 2);
        return;
      default:
        // Its carrier was terminated.
        return;
    }
  }
}

/** The mounted thread. */
export const currentThread = (): number => I32[C + L.CAR_THREAD];
