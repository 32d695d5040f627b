/**
 * Drives collections from safepoints: the one that stops the world for all of it (collect.ts), or the rounds of one that marks beside the
 * program (marking.ts). A phase that is over sets the poll words; who comes to a safepoint first makes the next round.
 */
import { addon } from './addon.js';
import { BLOCK_CELLS } from './alloc.js';
import { CARRIER, POLL_COLLECT } from './carrier.js';
import {
  collectGarbage,
  collectionDue,
  collectNative,
  countCollection,
  handedOut,
  resume,
  settleSweep,
  stopOthers,
} from './collect.js';
import { ProtospaceError } from './errors.js';
import * as L from './layout.generated.js';
import { scarcity } from './limits.js';
import {
  abortMarking,
  concurrentMarking,
  MARK_IDLE,
  MARK_RUNNING,
  MARK_START,
  MARK_WAITING,
  waitForPhase,
} from './marking.js';
import { atomics, i32 } from './memory.js';
import { countPause, timePause } from './pauses.js';
import { beginRecount, trimStacks } from './recount.js';
import { poisonCells, stressConcurrent } from './stress.js';
import { SWEEP_ON } from './sweeping.js';
import { enterSafe, leaveSafe, stopForCollection } from './threads.js';

const I32 = i32;
const C = CARRIER;
const REQUEST = L.CTL_GC_REQUEST * 4;

/** Cells that a round scans at most with the world stopped; more when it is the n-th that finds more. */
const roundCells = (): number => (I32[L.CTL_MARKING]! < MANY_ROUNDS ? 250 : 1000);
const MANY_ROUNDS = 20;
/**
 * From this part of what may be handed out between collections on, threads wait for the addon's thread when they take runs: 2 ms for each whole part that is
 * handed out beyond it, at most so many.
 */
const LATE = 1.25;
const PACE = 2;
const PACE_MOST = 20;
/** When this part is handed out of what was free after the last sweep, and so many times what may be, the rest of a cycle stops the world. */
const OVERDUE = 0.9;
const OVERDUE_LEAST = 1.8;
/** From this part of that on they wait longer, for up to a tenth of a second a run. */
const URGENT = 0.8;
const PACE_URGENT = 500;
const PACE_URGENT_MOST = 100;

const MARK_POISON = 1;
const MARK_COMPARE = 4;
const MARK_FLAGS = (poisonCells ? MARK_POISON : 0) | (stressConcurrent ? MARK_COMPARE : 0);
/** Results of Addon.markRound and Addon.tryRound. */
const ROUND_DONE = 1;
const ROUND_VOID = 2;
const ROUND_FOREIGN = 3;
const ROUND_BUSY = 4;
const ROUND_NONE = 5;
const ROUND_ASKED = 6;
/** Value of CTL_MARK_VOID: something made no sense. */
const VOID_FAULT = 2;

/** With the world stopped: all is marked anew, and the sweep begins. */
function markAnew(): void {
  if (stressConcurrent && I32[L.CTL_MARK_VOID] === VOID_FAULT)
    throw new ProtospaceError('ERR_PROTOSPACE_HEAP_CORRUPT', 'marking beside the program failed');
  abortMarking();
  collectNative(true);
}

/** With the world stopped. True when that was the end of the cycle. */
function roundStopped(budget: number): boolean {
  if (I32[L.CTL_MARKING] === 0) trimStacks();
  beginRecount();
  const result = addon!.markRound(budget, MARK_FLAGS);
  if (result === ROUND_DONE) return true;
  if (result !== ROUND_VOID && (result !== ROUND_FOREIGN || budget > 0)) return false;
  markAnew();
  return true;
}

/** Stops the others, where the addon has not. True when that was the end of a cycle; undefined: there was no round to be made. */
function stopForRound(budget: number, tried: number): boolean | undefined {
  if (tried === ROUND_VOID) {
    markAnew();
    return true;
  }
  stopOthers();
  if (budget === 0) waitForPhase(true);
  return atomics.load(L.CTL_MARK_STATE * 4) === MARK_WAITING ? roundStopped(budget) : undefined;
}

/** Ends what the addon began: the request is this carrier's. */
function finishRound(budget: number, tried: number): void {
  const endPause = timePause(times[0], times[1]);
  try {
    const done = stopForRound(budget, tried);
    if (done === true) countCollection();
    if (done !== undefined) endPause();
  } finally {
    resume();
  }
}

/** Microseconds of what the addon tried: those that passed, and CPU time. */
const times = new Float64Array(2);

/** Others that waited do so until they are notified. */
function endRound(tried: number): void {
  Atomics.notify(I32, L.CTL_GC_REQUEST);
  if (tried !== ROUND_NONE) countPause(times[0]!, times[1]!);
}

/** The next round, or with budget 0 the last: by the addon, and in JavaScript what is left to do. */
export function markRound(budget: number = roundCells()): void {
  const tried = addon!.tryRound(budget, MARK_FLAGS, times);
  if (tried === ROUND_BUSY) stopForCollection();
  else if (tried === ROUND_VOID || tried === ROUND_ASKED) finishRound(budget, tried);
  else endRound(tried);
}

/** The next step of a cycle, unless the addon is at work. */
function step(): void {
  const state = atomics.load(L.CTL_MARK_STATE * 4);
  if (state === MARK_WAITING) markRound();
  else if (state === MARK_IDLE && handedOut() >= MARK_START && atomics.load(L.CTL_SWEEPING * 4) === 0) beginCycle();
}

function beginCycle(): void {
  addon!.markStart();
}

/** At 1 so much is used up that the program cannot wait for the addon's thread. */
function urgency(): number {
  const blocks = I32[L.CTL_CELLS_SINCE_GC]! / BLOCK_CELLS;
  const free = I32[L.CTL_SWEPT_FREE]! || I32[L.CTL_BLOCKS_END]! - I32[L.CTL_BLOCKS_FIRST]!;
  return Math.min(handedOut() / OVERDUE_LEAST, blocks / (OVERDUE * free));
}

/** How long whoever takes a run waits at most. */
const patience = (late: number): number =>
  Math.min(late * PACE, PACE_MOST) + Math.min(Math.max(0, urgency() - URGENT) * PACE_URGENT, PACE_URGENT_MOST);

/** Sleeps while the word has this value, a millisecond at most: the addon cannot notify. */
function sleep(word: number, value: number, milliseconds: number): void {
  enterSafe();
  Atomics.wait(I32, word, value, Math.min(1, milliseconds));
  leaveSafe();
}

/** Waits for what is at work; false when nothing more can be done here. */
function waitABit(milliseconds: number): boolean {
  if (atomics.load(L.CTL_SWEEPING * 4) === SWEEP_ON) sleep(L.CTL_SWEEPING, SWEEP_ON, milliseconds);
  else if (atomics.load(L.CTL_MARK_STATE * 4) !== MARK_RUNNING) {
    step();
    return atomics.load(L.CTL_MARK_STATE * 4) === MARK_RUNNING;
  } else if (urgency() > 1) markRound(0);
  else sleep(L.CTL_MARK_STATE, MARK_RUNNING, milliseconds);
  settleSweep();
  return true;
}

/** Goes on with a cycle. Allocation must not outrun marking, nor sweeping. */
function advance(): void {
  step();
  const late = handedOut() - LATE;
  if (late <= 0) return;
  const wait = patience(late);
  const until = performance.now() + wait;
  for (let left = wait; left > 0 && handedOut() > LATE; left = until - performance.now()) if (!waitABit(left)) return;
}

/** What a safepoint does when POLL_COLLECT is set: stops for another carrier's collection, or collects when one is due. */
export function pollCollection(): void {
  atomics.and((C + L.CAR_POLL) << 2, ~POLL_COLLECT);
  settleSweep();
  if (atomics.load(REQUEST) !== 0) stopForCollection();
  else if (concurrentMarking && !scarcity.noticed) advance();
  else {
    scarcity.noticed = false;
    if (collectionDue()) collectGarbage(true);
  }
}

let turns = 1;

/** Stress mode: goes on with a cycle, by steps of all kinds. */
export function stressMarking(): void {
  turns = (Math.imul(turns, 1103515245) + 12345) & 0x7fffffff;
  const dice = (turns >>> 12) & 7;
  settleSweep();
  const state = atomics.load(L.CTL_MARK_STATE * 4);
  if (state === MARK_IDLE) {
    if (atomics.load(L.CTL_SWEEPING * 4) === 0) addon!.markStart();
  } else if (state === MARK_RUNNING) {
    if (dice === 0) markRound(0);
    else if (dice < 4) waitForPhase(false);
  } else markRound(dice === 0 ? 0 : dice < 5 ? 1 << (dice * 2) : roundCells());
}
