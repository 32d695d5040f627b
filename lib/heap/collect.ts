/**
 * Collection: one carrier asks, all others stop at a safepoint or are in a safe region, then marks, and sweeps by the twin that serves the cells. The
 * addon sweeps while the world goes on, unless the caller wants it done: native/gc/sweeper.h. Whatever needs the world stopped waits for that sweep
 * first, so that states of blocks, mark bytes and free runs are at rest.
 *
 * | word | written by | read by |
 * | --- | --- | --- |
 * | CTL_GC_REQUEST | the collector: 0 -> carrier + 1 -> 0 | all, in leaveSafe and at safepoints |
 * | CTL_CARRIERS_DEAD | the addon: 1 before it looks at CTL_GC_REQUEST, which keeps it from freeing a record | whoever gives CTL_GC_REQUEST back, afterwards |
 * | CAR_STATE | its carrier | the collector, which waits while it is RUNNING |
 */
import { abandonIfEnded } from './abandon.js';
import { addon } from './addon.js';
import { BLOCK_CELLS, count64 } from './alloc.js';
import { allocatorKind } from './allocator.js';
import { CARRIER, CARRIER_RUNNING, POLL_CALLBACKS, POLL_COLLECT } from './carrier.js';
import { ProtospaceError } from './errors.js';
import {
  BLOCK_FREE,
  BLOCK_LARGE,
  BLOCK_LARGE_REST,
  BLOCK_RESERVED,
  BLOCK_SMALL,
  blockEntry,
  freeListBytes,
  hasRoom,
} from './freelist.js';
import * as L from './layout.generated.js';
import { limitHasRoom, limitHooks } from './limits.js';
import { markAll } from './mark.js';
import { abortMarking } from './marking.js';
import { atomics, i32 } from './memory.js';
import { timePause } from './pauses.js';
import { beginRecount, settleLimits, trimStacks } from './recount.js';
import { closeReserve, openReserve } from './reserve.js';
import { eachCarrier, retireRuns } from './roots.js';
import { poisonCells, Sampler, stressAll, VERIFIED_USUALLY, verifyAlways } from './stress.js';
import { sweepAll } from './sweep.js';
import { SWEEP_DONE, waitForSweep } from './sweeping.js';
import { stopForCollection } from './threads.js';
import { verifyStopped } from './verify.js';
import { callbacksPending, clearDead } from './weak.js';

const I32 = i32;
const C = CARRIER;
const REQUEST = L.CTL_GC_REQUEST * 4;
/** Blocks allocated between collections at least: 32 MiB. */
const THRESHOLD_LEAST = 1024;
const COLLECT_POISON = 1;
const COLLECT_CONCURRENT = 2;

const verifications = new Sampler(60);

/** Waits until the collector looks whether the carrier's thread is alive. */
const LOOKS = 20;
/** Longest spin before the collector sleeps on a carrier's state word. */
const SPINS = 2000;

function waitFor(carrier: number): void {
  const state = carrier + L.CAR_STATE;
  for (let i = 0; i < SPINS; i++) if (atomics.load(state << 2) !== CARRIER_RUNNING) return;
  // With a timeout: a terminated Worker's record is freed by the addon, which cannot notify, or by those who wait.
  for (let i = 1; atomics.load(state << 2) === CARRIER_RUNNING; i++) {
    Atomics.wait(I32, state, CARRIER_RUNNING, 5);
    if (i % LOOKS === 0) abandonIfEnded(carrier);
  }
}

/** Stops all other carriers, which `resume` ends; CTL_GC_REQUEST must be this carrier's. No sweep goes on then. */
export function stopOthers(): void {
  waitForSweep();
  eachCarrier((c) => {
    if (c !== C) atomics.or((c + L.CAR_POLL) << 2, POLL_COLLECT);
  });
  eachCarrier((c) => {
    if (c !== C) waitFor(c);
  });
  settleSweep();
}

export function resume(): void {
  const callbacks = callbacksPending();
  eachCarrier((c) => {
    atomics.and((c + L.CAR_POLL) << 2, ~POLL_COLLECT);
    if (callbacks) atomics.or((c + L.CAR_POLL) << 2, POLL_CALLBACKS);
  });
  atomics.store(REQUEST, 0);
  Atomics.notify(I32, L.CTL_GC_REQUEST);
  if (atomics.load(L.CTL_CARRIERS_DEAD * 4) !== 0) addon?.freeDeadCarriers();
}

/** Bytes that objects and dropped holes take, and whole free blocks; native/gc/sweeper.cc counts the latter itself. */
function occupancy(): { occupied: number; freeBlocks: number } {
  let used = 0;
  // Of the blocks kept back, those below the top are counted below.
  let free = I32[L.CTL_BLOCKS_END]! - I32[L.CTL_BLOCKS_TOP]! - I32[L.CTL_RESERVE_BLOCKS]!;
  for (let b = I32[L.CTL_BLOCKS_FIRST]!; b < I32[L.CTL_BLOCKS_TOP]!; b++) {
    const state = I32[blockEntry(b)]!;
    if (state === BLOCK_SMALL || state === BLOCK_LARGE || state === BLOCK_LARGE_REST) used++;
    else if (state === BLOCK_FREE || state === BLOCK_RESERVED) free++;
  }
  return { occupied: used * L.BLOCK_BYTES - freeListBytes(), freeBlocks: free };
}

/** The TypeScript twin: marks, sweeps, settles. */
function collectTs(): void {
  const before = occupancy().occupied;
  retireRuns();
  markAll();
  clearDead();
  beginRecount();
  const live = sweepAll();
  const after = occupancy();
  settle(live, before - after.occupied, after.freeBlocks);
}

/** The addon marks, and sweeps at once or on a thread of its own. */
export function collectNative(concurrent: boolean): void {
  retireRuns();
  beginRecount();
  addon!.collect((poisonCells ? COLLECT_POISON : 0) | (concurrent ? COLLECT_CONCURRENT : 0));
  settleSweep();
}

/** What follows from a sweep that left so many whole blocks free; in no time that grows with the heap. */
function settle(live: number, reclaimed: number, freeBlocks: number): void {
  count64(L.CTL_RECLAIMED_BY_COLLECTOR_LO, Math.max(0, reclaimed));
  I32[L.CTL_LIVE_CELLS] = live / L.CELL_BYTES;
  setThreshold(live, freeBlocks * L.BLOCK_BYTES + freeListBytes());
  closeReserve(freeBlocks);
  settleLimits();
}

/** Settles the addon's sweep when it is over; whoever comes first after it does so, at the latest the next collection. */
export function settleSweep(): void {
  const word = L.CTL_SWEEPING * 4;
  if (atomics.load(word) === SWEEP_DONE && atomics.cas(word, SWEEP_DONE, 0) === SWEEP_DONE)
    settle(I32[L.CTL_SWEPT_LIVE]! >>> 0, I32[L.CTL_SWEPT_FREED]! >>> 0, I32[L.CTL_SWEPT_FREE]!);
}

limitHooks.settleSweep = () => {
  if (I32[L.CTL_SWEEPING] === 0) return false;
  waitForSweep();
  settleSweep();
  return true;
};

/** As many blocks as live, at least 32 MiB, and not more than half of what is free: safepoints collect before the rest is used up. */
function setThreshold(live: number, free: number): void {
  const wanted = Math.max(THRESHOLD_LEAST, Math.ceil(live / L.BLOCK_BYTES));
  I32[L.CTL_GC_THRESHOLD_BLOCKS] = Math.max(1, Math.min(wanted, Math.floor(free / L.BLOCK_BYTES) >> 1));
}

/** At the end of marking, the world being stopped. */
export function countCollection(): void {
  I32[L.CTL_CELLS_SINCE_GC] = 0;
  I32[L.CTL_COLLECTIONS]! += 1;
  I32[L.CTL_GC_EPOCH]! += 1;
}

function collectStopped(concurrent: boolean): void {
  abortMarking();
  const verify = verifyAlways && verifications.hit();
  if (verify && stressAll) verifyStopped(0);
  trimStacks();
  if (allocatorKind === 'native') collectNative(concurrent);
  else collectTs();
  if (verify && !concurrent) verifications.weigh(verifyStopped(0), VERIFIED_USUALLY);
}

/**
 * The space is exhausted, or the limit of the current environment reached: collects. False when `bytes` have no room even then; the reserve is open
 * then, or what the limit keeps back, for the exception, until a collection finds it free again. Only at a safepoint.
 */
export function collectForError(bytes: number): boolean {
  collectGarbage();
  // When it was another carrier's.
  waitForSweep();
  settleSweep();
  if (!limitHasRoom(bytes)) return false;
  if (hasRoom(bytes)) return true;
  openReserve();
  return false;
}

/**
 * Collects now, with the world stopped; when another carrier is doing that, waits for it instead. Only at a safepoint: afterwards every
 * handle held outside contexts, records and root tables is void, and this thread has no run. `concurrent`: the sweep may go on after the return.
 * Throws ERR_PROTOSPACE_HEAP_CORRUPT.
 */
export function collectGarbage(concurrent = false): void {
  while (atomics.cas(REQUEST, 0, I32[C + L.CAR_INDEX]! + 1) !== 0) {
    const whole = I32[L.CTL_WHOLE_COLLECTIONS]!;
    stopForCollection();
    if (I32[L.CTL_WHOLE_COLLECTIONS] !== whole) return;
  }
  // Before the pause begins.
  waitForSweep();
  const endPause = timePause();
  try {
    stopOthers();
    collectStopped(concurrent);
    countCollection();
    I32[L.CTL_WHOLE_COLLECTIONS]! += 1;
    endPause();
  } finally {
    resume();
  }
}

/** Runs `body` with all other carriers stopped, as a collection does (verifier, heap dumps). */
export function withWorldStopped(body: () => void): void {
  while (!tryWorldStopped(body)) stopForCollection();
}

/** The same when no other carrier has the world stopped, else false: nothing happens meanwhile that a safepoint allows. `body` must not allocate. */
export function tryWorldStopped(body: () => void): boolean {
  if (atomics.cas(REQUEST, 0, I32[C + L.CAR_INDEX]! + 1) !== 0) return false;
  try {
    stopOthers();
    body();
  } finally {
    resume();
  }
  return true;
}

/** What was handed out since the last collection, as a part of what may be before the next is due. */
export const handedOut = (): number => I32[L.CTL_CELLS_SINCE_GC]! / (I32[L.CTL_GC_THRESHOLD_BLOCKS]! * BLOCK_CELLS);

/** Is a collection due? */
export const collectionDue = (): boolean => handedOut() >= 1;

/** Checks the heap with the world stopped; throws ERR_PROTOSPACE_HEAP_CORRUPT with the first fault. */
export function verifyHeap(budget = 0): void {
  if (atomics.load(REQUEST) === I32[C + L.CAR_INDEX]! + 1)
    throw new ProtospaceError('ERR_PROTOSPACE_STATE', 'verifyHeap within a collection');
  withWorldStopped(() => verifyStopped(budget));
}

/**
 * As verifyHeap where no other carrier's collection may be let in (the place is no safepoint): while one is asked for, nothing is checked. Returns
 * how many objects were.
 */
export function tryVerify(): number {
  if (atomics.cas(REQUEST, 0, I32[C + L.CAR_INDEX]! + 1) !== 0) return 0;
  try {
    stopOthers();
    return verifyStopped(0);
  } finally {
    resume();
  }
}
