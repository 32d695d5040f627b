/**
 * Locks and parking (lib/threads/lock.ts, parking.ts, block.ts, scheduler.ts) as steps: threads that take a lock, some with a deadline, and leave it; a
 * timer that may fire at any time; parking as the scheduler does it. Is mutual exclusion kept, and does nobody sleep for ever?
 */
import { explore, type Found, type Thread } from './explore.js';

/**
 * The rule itself, or one that is too weak: parking without looking whether the thread was woken on its way; looking at the lock before the
 * bucket is locked; a timer that takes the ticket of whatever wait there is; a release that forgets who waits behind the one it wakes; taking a lock that is free after
 * a compare-and-swap that failed for taken.
 */
export type Rule = 'as-is' | 'park-blindly' | 'look-early' | 'no-ticket' | 'forget-others' | 'trust-free';

const FREE = 0;
const LOCKED = 1;
const PARKED = 2;

type State = 'running' | 'waking' | 'parked' | 'runnable';
type Result = 'none' | 'waiting' | 'woken' | 'granted' | 'timed-out';

interface Record {
  state: State;
  result: Result;
  ticket: number;
  /** Ticket that the timer holds; 0: no timer. */
  timer: number;
}

interface Shared {
  lock: number;
  bucket: number;
  queue: number[];
  records: Record[];
  /** Threads within the section. */
  inside: number;
  most: number;
  gaveUp: number;
  /** Waits without a deadline that timed out. */
  early: number;
  over: boolean;
}

const unlockBucket = (s: Shared): void => void (s.bucket = 0);
function* lockBucket(s: Shared): Thread {
  yield () => s.bucket === 0;
  s.bucket = 1;
}

/** A step of its own: two compare-and-swaps at most, which no other step can come between unharmed. */
function wake(s: Shared, t: number): void {
  const r = s.records[t]!;
  if (r.state === 'parked') r.state = 'runnable';
  else if (r.state === 'running') r.state = 'waking';
}

/** Local variables of one thread: part of the state. */
interface Locals {
  how: Result;
  early: boolean;
  first: number;
  rest: number;
  ticket: number;
  found: boolean;
  /** What the compare-and-swap expects, and whether the lock was taken. */
  seen: number;
  taken: boolean;
}

/** tryLock of lib/threads/lock.ts: each compare-and-swap is a step. */
function* tryLock(s: Shared, v: Locals, rule: Rule): Thread {
  v.taken = false;
  v.seen = FREE;
  for (;;) {
    if (s.lock === v.seen) {
      s.lock |= LOCKED;
      v.taken = true;
      return;
    }
    if ((s.lock & LOCKED) !== 0) return;
    v.taken = rule === 'trust-free' && s.lock === FREE;
    if (v.taken) return;
    v.seen = s.lock;
    yield;
  }
}

function* enqueue(s: Shared, v: Locals, t: number, rule: Rule): Thread {
  const r = s.records[t]!;
  r.ticket++;
  v.early = rule === 'look-early' && (s.lock & LOCKED) !== 0;
  if (rule === 'look-early') {
    if (!v.early) return;
    s.lock |= PARKED;
    yield;
  }
  yield* lockBucket(s);
  if (!v.early && (s.lock & LOCKED) === 0) {
    unlockBucket(s);
    return;
  }
  if (!v.early) s.lock |= PARKED;
  yield;
  r.result = 'waiting';
  s.queue.push(t);
  unlockBucket(s);
}

/** What the carrier does with a thread that was suspended, and its resumption by any carrier. */
function* park(s: Shared, t: number, rule: Rule): Thread {
  const r = s.records[t]!;
  yield;
  if (rule === 'park-blindly') r.state = 'parked';
  else r.state = r.state === 'running' ? 'parked' : 'runnable';
  yield () => r.state === 'runnable';
  r.state = 'running';
}

function* acquire(s: Shared, v: Locals, t: number, rule: Rule, timed: boolean): Thread {
  const r = s.records[t]!;
  v.how = 'none';
  for (;;) {
    if (v.how === 'granted') break;
    yield* tryLock(s, v, rule);
    if (v.taken) break;
    if (v.how === 'timed-out') {
      if (timed) s.gaveUp++;
      else s.early++;
      return;
    }
    yield;
    yield* enqueue(s, v, t, rule);
    v.how = 'woken' as Result;
    if (r.result !== 'waiting') continue;
    if (timed) r.timer = r.ticket;
    yield* park(s, t, rule);
    v.how = r.result;
    r.result = 'none';
    r.timer = 0;
  }
  s.inside++;
  s.most = Math.max(s.most, s.inside);
  yield;
  s.inside--;
  yield* release(s, v, rule);
}

function* release(s: Shared, v: Locals, rule: Rule): Thread {
  if (s.lock === LOCKED) {
    s.lock = FREE;
    return;
  }
  yield* lockBucket(s);
  v.first = s.queue.shift() ?? -1;
  v.rest = s.queue.length > 0 && rule !== 'forget-others' ? PARKED : 0;
  yield;
  // Thread 2 is the one that has waited long enough to be handed the lock.
  const hand = v.first === 2;
  s.lock = hand ? LOCKED | v.rest : v.rest;
  if (v.first >= 0) s.records[v.first]!.result = hand ? 'granted' : 'woken';
  unlockBucket(s);
  if (v.first < 0) return;
  yield;
  wake(s, v.first);
}

/** Fires a timer of thread `t` once, at any time. */
function* timer(s: Shared, v: Locals, t: number, rule: Rule): Thread {
  const r = s.records[t]!;
  yield () => r.timer !== 0 || s.over;
  v.ticket = r.timer;
  if (v.ticket === 0) return;
  r.timer = 0;
  yield* lockBucket(s);
  const at = s.queue.indexOf(t);
  v.found = at >= 0 && (rule === 'no-ticket' || v.ticket === r.ticket);
  if (v.found) {
    s.queue.splice(at, 1);
    r.result = 'timed-out';
  }
  unlockBucket(s);
  if (!v.found) return;
  yield;
  wake(s, t);
}

/** A thread that takes the lock with a deadline, then without one: a late timer must not end its second wait. */
function* twice(s: Shared, v: Locals, t: number, rule: Rule): Thread {
  yield* acquire(s, v, t, rule, true);
  yield;
  yield* acquire(s, v, t, rule, false);
  s.over = true;
}

function fault(s: Shared, stuck: readonly number[]): string {
  if (s.most > 1) return 'two threads are inside';
  if (s.early > 0) return 'a wait without a deadline timed out';
  if (stuck.length > 0) return `threads ${stuck.join()} sleep for ever`;
  return s.lock === FREE || s.lock === PARKED ? '' : 'the lock is left locked';
}

/** Three threads, one with a deadline, one that is handed the lock. */
export function search(rule: Rule): Found {
  return explore(() => {
    const s: Shared = {
      lock: FREE,
      bucket: 0,
      queue: [],
      records: [],
      inside: 0,
      most: 0,
      gaveUp: 0,
      early: 0,
      over: false,
    };
    const locals: Locals[] = [];
    for (let i = 0; i < 4; i++) {
      s.records.push({ state: 'running', result: 'none', ticket: 0, timer: 0 });
      locals.push({ how: 'none', early: false, first: -1, rest: 0, ticket: 0, found: false, seen: FREE, taken: false });
    }
    return {
      threads: [
        acquire(s, locals[0]!, 0, rule, false),
        twice(s, locals[1]!, 1, rule),
        acquire(s, locals[2]!, 2, rule, false),
        timer(s, locals[3]!, 1, rule),
      ],
      state: () => [s, locals],
      fault: (stuck) => fault(s, stuck),
    };
  }, 5_000_000);
}
