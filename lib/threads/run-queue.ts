/**
 * Runnable threads: the deque of this isolate's carrier, the inject queue, the deques of others; and carriers that sleep for want of a
 * thread.
 *
 * No wake-up is lost (Dekker): who queues adds to QUEUED, then looks at SLEEPING; who goes to sleep adds to SLEEPING, then looks at QUEUED.
 */
import { CARRIER, CARRIER_FREE, carrierAt } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { now } from './clock.js';
import { pushBottom, RETRY, stealTop, takeBottom } from './deque.js';
import { inject, takeInjected } from './inject.js';
import { nextDeadline } from './timers.js';
import { KEEPER, QUEUED, SLEEPING } from './words.js';

const I32 = i32;
const C = CARRIER;
const AWAKE = 0;
const ASLEEP = 1;
const CALLED = 2;
/** Every so many picks look elsewhere first, so that no queue starves. */
const FAIR_PICKS = 8;
/** Looks for work before sleeping. */
const IDLE_SPINS = 40;

const own = I32[C + L.CAR_INDEX];

/** What this isolate is to the scheduler; set once by carrier-main.ts and by the pool. */
export const isolate = {
  /** Runs this isolate threads from its own deque? */
  schedules: false,
  /** Starts one more carrier if the limit allows. */
  startCarrier: (): void => {},
  /** The same whatever the limit, for threads that wait for a carrier whose thread cannot leave it. */
  startSpare: (): void => {},
};

/** Queues a thread whose state is THREAD_RUNNABLE. `fair`: behind all others. */
export function queue(t: number, fair = false): void {
  const before = atomics.add(QUEUED << 2, 1);
  if (fair || !isolate.schedules || !pushBottom(own, t)) inject(t);
  // A carrier between two threads takes it itself.
  if (before <= 0 && isolate.schedules && I32[C + L.CAR_THREAD] === 0) return;
  if (!callSleeper()) isolate.startCarrier();
}

/** Wakes one sleeping carrier; false when none sleeps. */
export function callSleeper(): boolean {
  if (atomics.load(SLEEPING << 2) <= 0) return false;
  const used = I32[L.CTL_CARRIERS_USED];
  for (let i = 0; i < used; i++) if (callCarrier(i)) return true;
  return false;
}

function callCarrier(i: number): boolean {
  const c = carrierAt(i);
  const word = c + L.CAR_SLEEP_WORD;
  if (I32[word] !== ASLEEP || atomics.load((c + L.CAR_STATE) << 2) === CARRIER_FREE) return false;
  if (atomics.cas(word << 2, ASLEEP, CALLED) !== ASLEEP) return false;
  atomics.add(SLEEPING << 2, -1);
  Atomics.notify(I32, word);
  return true;
}

/** A deadline earlier than all others was added: somebody must watch it. */
export function callKeeper(): void {
  const keeper = atomics.load(KEEPER << 2);
  if (keeper === 0 || !callCarrier(keeper - 1)) callSleeper();
}

function taken(t: number): number {
  if (t !== 0) atomics.add(QUEUED << 2, -1);
  return t;
}

function stealFrom(i: number): number {
  for (;;) {
    const t = stealTop(i);
    if (t !== RETRY) return t;
  }
}

function stealAnywhere(): number {
  const used = I32[L.CTL_CARRIERS_USED];
  const start = Math.floor(Math.random() * used);
  for (let k = 0; k < used; k++) {
    const t = stealFrom((start + k) % used);
    if (t !== 0) return t;
  }
  return 0;
}

let picks = 0;

/** A runnable thread, 0 when there is none. */
export function pick(): number {
  if (atomics.load(QUEUED << 2) <= 0) return 0;
  if (++picks % FAIR_PICKS === 0) return taken(takeInjected() || stealFrom(own) || stealAnywhere());
  return taken(takeBottom(own) || takeInjected() || stealAnywhere());
}

/**
 * Sleeps until there may be work: until called, or, if no other carrier watches it, until the next deadline. The carrier is in a safe
 * state.
 */
export function sleep(): void {
  for (let i = 0; i < IDLE_SPINS; i++) if (atomics.load(QUEUED << 2) > 0) return;
  const word = C + L.CAR_SLEEP_WORD;
  atomics.store(word << 2, ASLEEP);
  atomics.add(SLEEPING << 2, 1);
  const keeps = nextDeadline() !== Infinity && atomics.cas(KEEPER << 2, 0, own + 1) === 0;
  const timeout = keeps ? nextDeadline() - now() : Infinity;
  if (atomics.load(QUEUED << 2) <= 0 && timeout > 0) Atomics.wait(I32, word, ASLEEP, timeout);
  if (atomics.cas(word << 2, ASLEEP, AWAKE) === ASLEEP) atomics.add(SLEEPING << 2, -1);
  else atomics.store(word << 2, AWAKE);
  if (!keeps) return;
  atomics.store(KEEPER << 2, 0);
  // This carrier has work now; another watches the deadline.
  if (nextDeadline() !== Infinity) callSleeper();
}
