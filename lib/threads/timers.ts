/**
 * Deadlines of parked threads: a binary heap of thread records in the space, by THR_DEADLINE. THR_TIMER_INDEX is a record's place + 1.
 *
 * Invariant: heap[i].deadline >= heap[(i - 1) >> 1].deadline; DEADLINE = heap[0].deadline.
 */
import * as L from '../heap/layout.generated.js';
import { f64, i32 } from '../heap/memory.js';
import { lockWord, unlockWord } from './spin.js';
import { DEADLINE, TIMER_COUNT, TIMER_LOCK } from './words.js';

const I32 = i32;
const F64 = f64;
const HEAP = L.SCHED_TIMERS >>> 2;

const deadlineOf = (t: number): number => F64[(t + L.THR_DEADLINE_LO) >>> 1];

function place(i: number, t: number): void {
  I32[HEAP + i] = t;
  I32[t + L.THR_TIMER_INDEX] = i + 1;
}

function siftUp(from: number, t: number): void {
  let i = from;
  while (i > 0) {
    const parent = I32[HEAP + ((i - 1) >> 1)];
    if (deadlineOf(parent) <= deadlineOf(t)) break;
    place(i, parent);
    i = (i - 1) >> 1;
  }
  place(i, t);
}

function siftDown(from: number, t: number): void {
  const count = I32[TIMER_COUNT];
  let i = from;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= count) break;
    if (child + 1 < count && deadlineOf(I32[HEAP + child + 1]) < deadlineOf(I32[HEAP + child])) child++;
    if (deadlineOf(I32[HEAP + child]) >= deadlineOf(t)) break;
    place(i, I32[HEAP + child]);
    i = child;
  }
  place(i, t);
}

/** Puts the heap in order after an isolate was terminated within a section. */
function rebuild(): void {
  const members = Array.from(I32.subarray(HEAP, HEAP + I32[TIMER_COUNT]));
  const unique = [...new Set(members)].filter((t) => t !== 0);
  I32[TIMER_COUNT] = 0;
  for (const t of unique) add(t);
}

function add(t: number): void {
  const i = I32[TIMER_COUNT];
  I32[TIMER_COUNT] = i + 1;
  siftUp(i, t);
}

function removeAt(i: number): void {
  const last = I32[TIMER_COUNT] - 1;
  I32[I32[HEAP + i] + L.THR_TIMER_INDEX] = 0;
  I32[TIMER_COUNT] = last;
  if (i === last) return;
  const moved = I32[HEAP + last];
  if (i > 0 && deadlineOf(moved) < deadlineOf(I32[HEAP + ((i - 1) >> 1)])) siftUp(i, moved);
  else siftDown(i, moved);
}

function publish(): void {
  F64[DEADLINE >>> 1] = I32[TIMER_COUNT] > 0 ? deadlineOf(I32[HEAP]) : Infinity;
}

function enter(): void {
  if (lockWord(TIMER_LOCK)) rebuild();
}

function leave(): void {
  publish();
  unlockWord(TIMER_LOCK);
}

/** Adds thread `t`, which has no timer; true when its deadline is the next one now. */
export function addTimer(t: number, deadline: number): boolean {
  enter();
  F64[(t + L.THR_DEADLINE_LO) >>> 1] = deadline;
  add(t);
  const first = I32[HEAP] === t;
  leave();
  return first;
}

export function cancelTimer(t: number): void {
  if (I32[t + L.THR_TIMER_INDEX] === 0) return;
  enter();
  const i = I32[t + L.THR_TIMER_INDEX];
  if (i !== 0) removeAt(i - 1);
  leave();
}

/** A thread whose deadline has passed, its number of the wait in `ticket`; undefined when there is none. It has no timer any more. */
export function takeExpired(time: number): { thread: number; ticket: number } | undefined {
  if (I32[TIMER_COUNT] === 0 || F64[DEADLINE >>> 1] > time) return undefined;
  enter();
  let found: { thread: number; ticket: number } | undefined;
  if (I32[TIMER_COUNT] > 0 && deadlineOf(I32[HEAP]) <= time) {
    const t = I32[HEAP];
    found = { thread: t, ticket: I32[t + L.THR_WAIT_TICKET] };
    removeAt(0);
  }
  leave();
  return found;
}

/** When the next deadline is; Infinity when there is none. */
export const nextDeadline = (): number => (I32[TIMER_COUNT] === 0 ? Infinity : F64[DEADLINE >>> 1]);
