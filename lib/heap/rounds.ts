/**
 * Drives collections from safepoints: the one that stops the world for all of it (collect.ts), or the rounds of one that marks beside the
 * program (marking.ts). A phase that is over sets the poll words; who comes to a safepoint first makes the next round.
 */
import { addon } from './addon.js';
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
import { timePause } from './pauses.js';
import { beginRecount, trimStacks } from './recount.js';
import { poisonCells, stressConcurrent } from './stress.js';
import { stopForCollection } from './threads.js';

const I32 = i32;
const C = CARRIER;
const REQUEST = L.CTL_GC_REQUEST * 4;

/** Cells that a round scans at most with the world stopped; more when it is the n-th that finds more. */
const roundCells = (): number => (I32[L.CTL_MARKING]! < MANY_ROUNDS ? 500 : 2000);
const MANY_ROUNDS = 20;
/**
 * Parts of what may be handed out between collections that stop the world: from there on threads wait for a cycle when they take runs; there the rest of
 * it stops the world.
 */
const LATE = 1.25;
const OVERDUE = 1.8;

const MARK_POISON = 1;
const MARK_COMPARE = 4;
const MARK_FLAGS = (poisonCells ? MARK_POISON : 0) | (stressConcurrent ? MARK_COMPARE : 0);
/** Results of Addon.markRound. */
const ROUND_DONE = 1;
const ROUND_VOID = 2;
const ROUND_FOREIGN = 3;
/** Value of CTL_MARK_VOID: something made no sense. */
const VOID_FAULT = 2;

/** With the world stopped. True when that was the end of the cycle. */
function roundStopped(budget: number): boolean {
  if (I32[L.CTL_MARKING] === 0) trimStacks();
  beginRecount();
  const result = addon!.markRound(budget, MARK_FLAGS);
  if (result === ROUND_DONE) return true;
  if (result !== ROUND_VOID && (result !== ROUND_FOREIGN || budget > 0)) return false;
  if (result === ROUND_VOID && stressConcurrent && I32[L.CTL_MARK_VOID] === VOID_FAULT)
    throw new ProtospaceError('ERR_PROTOSPACE_HEAP_CORRUPT', 'marking beside the program failed');
  abortMarking();
  collectNative(true);
  return true;
}

/** The next round, or with budget 0 the last. */
export function markRound(budget: number = roundCells()): void {
  if (atomics.cas(REQUEST, 0, I32[C + L.CAR_INDEX]! + 1) !== 0) {
    stopForCollection();
    return;
  }
  const endPause = timePause();
  try {
    stopOthers();
    if (budget === 0) waitForPhase(true);
    if (atomics.load(L.CTL_MARK_STATE * 4) !== MARK_WAITING) return;
    if (roundStopped(budget)) countCollection();
    endPause();
  } finally {
    resume();
  }
}

function advance(): void {
  const state = atomics.load(L.CTL_MARK_STATE * 4);
  if (state === MARK_WAITING) markRound();
  else if (state === MARK_IDLE) {
    if (handedOut() >= MARK_START && atomics.load(L.CTL_SWEEPING * 4) === 0) addon!.markStart();
  } else keepPace(handedOut());
}

/** Allocation must not outrun marking: up to a millisecond a run. */
function keepPace(handed: number): void {
  if (handed > OVERDUE) markRound(0);
  else if (handed > LATE) Atomics.wait(I32, L.CTL_MARK_STATE, MARK_RUNNING, (handed - LATE) * 2);
}

/** What a safepoint does when POLL_COLLECT is set: stops for another carrier's collection, or collects when one is due. */
export function pollCollection(): void {
  atomics.and((C + L.CAR_POLL) << 2, ~POLL_COLLECT);
  settleSweep();
  if (atomics.load(REQUEST) !== 0) stopForCollection();
  else if (concurrentMarking) advance();
  else if (collectionDue()) collectGarbage(true);
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
