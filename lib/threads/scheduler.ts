/**
 * The loop of a carrier: takes a runnable ProtoThread, runs it until it parks, yields or ends, takes the next. What a thread does is its
 * kind: Python code (new-thread.ts) or a host's job (jobs.ts).
 */
import { CARRIER, POLL_INTERRUPT } from '../heap/carrier.js';
import { collectForError } from '../heap/collect.js';
import { unlink } from '../heap/context.js';
import { HeapExhausted } from '../heap/errors.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, f64, i32 } from '../heap/memory.js';
import {
  mount,
  parkMounted,
  releaseThread,
  THREAD_ABORTED,
  THREAD_DONE,
  THREAD_RUNNABLE,
  THREAD_RUNNING,
  unmount,
} from '../heap/threads.js';
import { boot } from '../objects/boot.js';
import { raiseMemoryError } from '../objects/memory-error.js';
import { run, SUSPEND_YIELD, SUSPENDED } from '../vm/interpreter.js';
import { schedulerHook } from '../vm/safepoint.js';
import { fireTimers } from './block.js';
import { now } from './clock.js';
import { interruptThread } from './interrupt.js';
import { isolate, pick, queue, sleep } from './run-queue.js';
import { DEADLINE, QUEUED, TIMER_COUNT } from './words.js';

const I32 = i32;
const F64 = f64;
const C = CARRIER;

/** How long a thread may run while others wait: CPython's switch interval. */
const SLICE_MS = 5;
/** The same for one that cannot leave its carrier. */
const PINNED_SLICE_MS = 20;
const SPARE_START_MS = 100;

/** `advance` has nothing more to run. */
export const FINISHED = -1;

export interface ThreadKind {
  /**
   * Goes on with thread `t`, which is mounted: pushes the next frame to run and returns its word, or does all that is left and returns
   * FINISHED. `result` is what the frame before returned (0: an exception is pending), None at first; THR_STAGE says how far it is.
   */
  readonly advance: (t: number, result: number) => number;
}

const kinds: ThreadKind[] = [];

/** Registers what threads with this THR_KIND do. */
export function defineThreadKind(id: number, kind: ThreadKind): void {
  kinds[id] = kind;
}

let sliceStart = 0;
let sawQueue = false;

/** At a safepoint, after about so many calls and back edges: is the slice over, and does another thread wait for a carrier? */
function tick(steps: number): boolean {
  countSteps(steps);
  if (I32[TIMER_COUNT] > 0 && F64[DEADLINE >>> 1] <= now()) fireTimers();
  const waits = I32[QUEUED] > 0;
  // Seen twice: a thread queued just now may have been taken by another carrier.
  const over = waits && sawQueue && now() - sliceStart >= SLICE_MS;
  sawQueue = waits;
  if (!over) return false;
  if (I32[C + L.CAR_PIN_DEPTH] === 0) return yieldCarrier();
  standIn();
  return false;
}

/** A thread that goes on after its last step is stopped again after so many. */
const GRACE_STEPS = 1_000_000;

/**
 * THR_STEPS of a limited thread: the steps it has left; once they are used up, minus those until it is stopped once more. KeyboardInterrupt is raised
 * in it at its next safepoint.
 */
function countSteps(steps: number): void {
  const t = I32[C + L.CAR_THREAD];
  const at = (t + L.THR_STEPS_LO) >>> 1;
  const left = F64[at];
  if (left === 0) return;
  const more = left > 0 ? left - steps : left + steps;
  const over = left > 0 ? more <= 0 : more >= 0;
  F64[at] = over ? -GRACE_STEPS : more;
  if (over) interruptThread(t, THREAD_ABORTED);
}

/** Raises KeyboardInterrupt in thread `t` after about so many calls and back edges. */
export function limitSteps(t: number, steps: number): void {
  F64[(t + L.THR_STEPS_LO) >>> 1] = steps;
}

/** Has thread `t` used up its steps? */
export const isOutOfSteps = (t: number): boolean => F64[(t + L.THR_STEPS_LO) >>> 1] < 0;

/** The thread cannot leave its carrier (it runs within a built-in function) while others wait: another carrier is started for them. */
function standIn(): void {
  if (now() - sliceStart < PINNED_SLICE_MS) return;
  // The next one not before this one has had the time to start.
  sliceStart = now() + SPARE_START_MS;
  isolate.startSpare();
}

function yieldCarrier(): boolean {
  if (I32[C + L.CAR_PIN_DEPTH] > 0) return false;
  I32[C + L.CAR_SUSPEND] = SUSPEND_YIELD;
  return true;
}

/** The mounted thread stops: it yields, or waits for something. */
function suspend(): void {
  const reason = I32[C + L.CAR_SUSPEND];
  I32[C + L.CAR_SUSPEND] = 0;
  const t = I32[C + L.CAR_THREAD];
  if (reason === SUSPEND_YIELD) {
    unmount(THREAD_RUNNABLE);
    queue(t, true);
  } else if (!parkMounted()) queue(t);
}

/** How often what a thread does between its frames is tried again for want of memory. */
const ADVANCES = 3;

/** As the kind's advance; when it fails for want of memory it goes on with MemoryError pending, and what it held is garbage. */
function advance(kind: ThreadKind, t: number, result: number): number {
  const context = I32[C + L.CAR_CONTEXT];
  const sp = I32[context + L.F_SP];
  for (let tries = 1; ; tries++) {
    try {
      return kind.advance(t, tries === 1 ? result : 0);
    } catch (error) {
      if (!(error instanceof HeapExhausted) || tries === ADVANCES) throw error;
      while (I32[C + L.CAR_CONTEXT] !== context) unlink(I32[C + L.CAR_CONTEXT]);
      I32[context + L.F_SP] = sp;
      collectForError(error.bytes);
      raiseMemoryError();
    }
  }
}

/** Runs the mounted thread from where it is. */
function runMounted(t: number): void {
  const kind = kinds[I32[t + L.THR_KIND]]!;
  let frame = I32[t + L.THR_STARTED];
  let result = H.NONE;
  for (;;) {
    if (frame === 0) {
      frame = advance(kind, t, result);
      if (frame === FINISHED) break;
      I32[t + L.THR_STARTED] = frame;
    }
    result = run(frame);
    if (result === SUSPENDED) {
      suspend();
      return;
    }
    frame = 0;
    I32[t + L.THR_STARTED] = 0;
  }
  unmount(THREAD_DONE);
  releaseThread(t);
}

/** Mounts a runnable thread and runs it. */
export function runThread(t: number): void {
  mount(t, THREAD_RUNNING);
  atomics.and((C + L.CAR_POLL) << 2, ~POLL_INTERRUPT);
  if (atomics.load((t + L.THR_FLAGS) << 2) !== 0) atomics.or((C + L.CAR_POLL) << 2, POLL_INTERRUPT);
  sliceStart = now();
  sawQueue = false;
  runMounted(t);
}

/** Runs threads for ever. */
export function carrierLoop(): never {
  schedulerHook.tick = tick;
  schedulerHook.yieldCarrier = yieldCarrier;
  let booted = false;
  for (;;) {
    fireTimers();
    const t = pick();
    if (t === 0) {
      sleep();
      continue;
    }
    if (!booted) bootWith(t);
    booted = true;
    runThread(t);
  }
}

/** Makes the built-in types known to this isolate; needs a mounted thread. */
function bootWith(t: number): void {
  mount(t, THREAD_RUNNING);
  boot();
  unmount(THREAD_RUNNABLE);
}
