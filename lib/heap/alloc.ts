/**
 * Allocation: a bump of the mounted thread's pointer through its run, all of it through the current context. A young cell belongs to the
 * innermost context whose entry mark is not above it (design, section 3).
 *
 * Addresses are 32-bit and may be negative as JS ints; runs never straddle 2 GiB, so differences are exact.
 */
import { getFreeCells } from './allocator.js';
import { CARRIER, POLL_COLLECT, POLL_STRESS, POLL_YOUNG } from './carrier.js';
import { HeapExhausted } from './errors.js';
import { BLOCK_LARGE, claimBlocks } from './freelist.js';
import * as L from './layout.generated.js';
import { chargeCells, checkLimit, collectSoon, currentLimit, limitsInUse } from './limits.js';
import { concurrentMarking, MARK_START, markNewLarge } from './marking.js';
import { atomics, f64, i32 } from './memory.js';
import { beginWatchedRun } from './pending.js';
import { openSmallReserve } from './reserve.js';
import { stampBlock } from './stamps.js';
import { stressCollect, stressRuns, stressYoung } from './stress.js';
import { SWEEP_DONE } from './sweeping.js';

const I32 = i32;
const F64 = f64;
const C = CARRIER;

const cellRound = (n: number): number => (n + (L.CELL_BYTES - 1)) & -L.CELL_BYTES;

/** Adds to a 64-bit counter kept in two words as a double's worth of low and high parts. */
export function count64(word: number, amount: number): void {
  const low = (I32[word]! >>> 0) + amount;
  I32[word] = low | 0;
  if (low >= 2 ** 32) I32[word + 1] = (I32[word + 1]! + Math.floor(low / 2 ** 32)) | 0;
}

export const BLOCK_CELLS = L.BLOCK_BYTES / L.CELL_BYTES;

/** A batch of free cells for this thread, within the limit of its environment; its size is in CAR_SCRATCH_0. Throws HeapExhausted. */
function takeCells(least: number, most: number): number {
  if (!limitsInUse()) return takeFreeCells(least, most);
  const limit = currentLimit();
  if (limit !== 0) checkLimit(limit, least);
  const address = takeFreeCells(least, most);
  chargeCells(limit, address, I32[C + L.CAR_SCRATCH_0]!);
  return address;
}

/** When there are none, cells come from the reserve for small objects. */
function takeFreeCells(least: number, most: number): number {
  let address: number;
  try {
    address = getFreeCells(least, most, C + L.CAR_SCRATCH_0);
  } catch (error) {
    if (!(error instanceof HeapExhausted) || !openSmallReserve()) throw error;
    collectSoon();
    address = getFreeCells(least, most, C + L.CAR_SCRATCH_0);
  }
  countCells(I32[C + L.CAR_SCRATCH_0]! >>> L.CELL_SHIFT);
  return address;
}

/** Cells that a carrier hands out before it tells the others: a word that all write costs each of them its cache line. */
const PENDING_MOST = 8192;

function countCells(n: number): void {
  const cells = I32[C + L.CAR_CELLS_PENDING]! + n;
  const most = Math.min(PENDING_MOST, (I32[L.CTL_GC_THRESHOLD_BLOCKS]! * BLOCK_CELLS) >>> 4);
  I32[C + L.CAR_CELLS_PENDING] = cells < most ? cells : 0;
  if (cells >= most) atomics.add(L.CTL_CELLS_SINCE_GC * 4, cells);
}

/** Of each block that may be handed out before a collection. */
const DUE_CELLS = concurrentMarking ? BLOCK_CELLS * MARK_START : BLOCK_CELLS;

/** Asks for a collection at the next safepoint when enough has been handed out since the last, or to have a sweep settled that is over. */
function considerCollection(): void {
  if (I32[L.CTL_SWEEPING] === SWEEP_DONE || I32[L.CTL_CELLS_SINCE_GC]! >= I32[L.CTL_GC_THRESHOLD_BLOCKS]! * DUE_CELLS)
    atomics.or((C + L.CAR_POLL) << 2, POLL_COLLECT);
  if (stressCollect) atomics.or((C + L.CAR_POLL) << 2, POLL_STRESS);
}

/** Runs shorter than this are left to the collector. */
const YOUNG_RUN_LEAST = 8192;
/** Runs to let pass before the next young collection: doubled by each that found little. */
const passes = { left: 0, next: 1 };

/** Tells how a young collection went: whether it is worth while to try at the next run. */
export function youngCollectionPaid(paid: boolean): void {
  passes.next = paid ? 1 : Math.min(passes.next * 2, 256);
  passes.left = paid ? 0 : passes.next;
}

/**
 * The run becomes [address, end), all of it free. Its limit lies before its end at first: who reaches it asks for a young collection
 * (young.ts) at the next safepoint, and goes on to the end.
 */
export function beginRun(address: number, end: number): void {
  I32[C + L.CAR_RUN_START] = address;
  I32[C + L.CAR_BUMP] = address;
  I32[C + L.CAR_ESCAPE] = address;
  I32[C + L.CAR_RUN_END] = end;
  I32[C + L.CAR_LIMIT] = softLimit(end);
  beginWatchedRun(address);
  stampBlock(address);
}

function softLimit(end: number): number {
  const start = I32[C + L.CAR_RUN_START]!;
  if (stressYoung) return Math.min(end - start, 1024) + start;
  if (end - start < YOUNG_RUN_LEAST) return end;
  if (passes.left === 0) return end - ((end - start) >> 3);
  passes.left--;
  return end;
}

/** At the soft limit: the rest of the run is there too, and a young collection is asked for. */
function liftLimit(): void {
  I32[C + L.CAR_LIMIT] = I32[C + L.CAR_RUN_END]!;
  atomics.or((C + L.CAR_POLL) << 2, POLL_YOUNG);
}

/** Takes a new run of at least `least` bytes. Everything in the old one becomes old: its young region is empty from now on. */
export function takeRun(least: number): void {
  let appetite = I32[C + L.CAR_RUN_APPETITE]!;
  appetite = appetite === 0 ? L.RUN_MIN_BYTES : Math.min(appetite * 2, L.RUN_MAX_BYTES);
  I32[C + L.CAR_RUN_APPETITE] = appetite;
  const most = stressRuns ? least : Math.max(appetite, least);
  const address = takeCells(least, most);
  const size = I32[C + L.CAR_SCRATCH_0]!;
  beginRun(address, (address + size) | 0);
  if (least > I32[C + L.CAR_LIMIT]! - address) I32[C + L.CAR_LIMIT] = I32[C + L.CAR_RUN_END]!;
  I32[C + L.CAR_BATCHES] = I32[C + L.CAR_BATCHES]! + 1;
  count64(C + L.CAR_ALLOCATED_LO, size);
  considerCollection();
}

/** An object above LARGE_BYTES: whole blocks of its own, old from the start. */
function allocLarge(bytes: number): number {
  const blocks = Math.ceil(bytes / L.BLOCK_BYTES);
  const limit = currentLimit();
  if (limit !== 0) checkLimit(limit, blocks * L.BLOCK_BYTES);
  const address = claimBlocks(blocks, BLOCK_LARGE);
  if (address === 0) throw new HeapExhausted(bytes);
  if (limitsInUse()) chargeCells(limit, address, blocks * L.BLOCK_BYTES);
  markNewLarge(address);
  stampBlock(address);
  count64(C + L.CAR_ALLOCATED_LO, blocks * L.BLOCK_BYTES);
  considerCollection();
  return address;
}

function allocSlow(bytes: number): number {
  if (bytes > L.LARGE_BYTES) return allocLarge(bytes);
  const size = cellRound(bytes);
  if (I32[C + L.CAR_LIMIT] !== I32[C + L.CAR_RUN_END]) liftLimit();
  let address = cellRound(I32[C + L.CAR_BUMP]!);
  if (((I32[C + L.CAR_LIMIT]! - address) | 0) < size || stressRuns) {
    takeRun(size);
    address = I32[C + L.CAR_BUMP]!;
  }
  I32[C + L.CAR_BUMP] = (address + size) | 0;
  return address;
}

/** Room for `bytes` (any number; rounded up to cells): its address, 64-byte aligned, contents undefined. Throws HeapExhausted. */
export function allocBytes(bytes: number): number {
  const address = (I32[C + L.CAR_BUMP]! + (L.CELL_BYTES - 1)) & -L.CELL_BYTES;
  if (bytes > L.LARGE_BYTES || stressRuns) return allocSlow(bytes);
  const end = (address + ((bytes + (L.CELL_BYTES - 1)) & -L.CELL_BYTES)) | 0;
  if (((I32[C + L.CAR_LIMIT]! - end) | 0) < 0) return allocSlow(bytes);
  I32[C + L.CAR_BUMP] = end;
  return address;
}

/** Room for one cell; see allocBytes. */
export function allocCell(): number {
  const address = (I32[C + L.CAR_BUMP]! + (L.CELL_BYTES - 1)) & -L.CELL_BYTES;
  const end = (address + L.CELL_BYTES) | 0;
  if (((I32[C + L.CAR_LIMIT]! - end) | 0) < 0 || stressRuns) return allocSlow(L.CELL_BYTES);
  I32[C + L.CAR_BUMP] = end;
  return address;
}

/** An 8-byte granule holding `value`; its address. The handle is the address with TAG_FLOAT or TAG_INT53. */
export function allocGranule(value: number): number {
  let address = I32[C + L.CAR_BUMP]!;
  if (((I32[C + L.CAR_LIMIT]! - address) | 0) < 8 || stressRuns) {
    address = allocSlow(L.CELL_BYTES);
    I32[C + L.CAR_BUMP] = (address + 8) | 0;
  } else I32[C + L.CAR_BUMP] = (address + 8) | 0;
  F64[address >>> 3] = value;
  return address;
}

/** Makes sure that the next allocations of `bytes` in all come from the current run, so that they may be linked without barrier. */
export function reserve(bytes: number): void {
  const end = (cellRound(I32[C + L.CAR_BUMP]!) + cellRound(bytes)) | 0;
  if (((I32[C + L.CAR_LIMIT]! - end) | 0) >= 0) return;
  if (I32[C + L.CAR_LIMIT] !== I32[C + L.CAR_RUN_END]) liftLimit();
  if (((I32[C + L.CAR_LIMIT]! - end) | 0) < 0) takeRun(cellRound(bytes));
}

/** Writes the header and zeroes the other words of a new object of `bytes`; returns its handle. */
export function newObject(kind: number, bytes: number, type: number): number {
  const handle = allocBytes(bytes);
  const w = handle >>> 2;
  const cells = (bytes + (L.CELL_BYTES - 1)) >>> L.CELL_SHIFT;
  I32[w] = kind;
  I32[w + 1] = cells;
  I32[w + 2] = type;
  I32[w + 3] = I32[C + L.CAR_OWNER]!;
  // Two words a store.
  const d = (handle >>> 3) + 2;
  F64[d] = 0;
  F64[d + 1] = 0;
  F64[d + 2] = 0;
  F64[d + 3] = 0;
  F64[d + 4] = 0;
  F64[d + 5] = 0;
  if (cells > 1) zeroRest(w + 16, w + (cells << 4));
  return handle;
}

function zeroRest(from: number, to: number): void {
  if (to - from > 64) {
    I32.fill(0, from, to);
    return;
  }
  for (let i = from; i < to; i++) I32[i] = 0;
}

/**
 * As newObject, but born old, from the thread's second run: for what is known to live long (types, code, interned names, inline caches),
 * so that storing it moves no escape mark.
 */
export function newOldObject(kind: number, bytes: number, type: number): number {
  const size = cellRound(bytes);
  let handle: number;
  if (size > L.LARGE_BYTES) handle = allocLarge(size);
  else {
    handle = I32[C + L.CAR_OLD_BUMP]!;
    if (((I32[C + L.CAR_OLD_LIMIT]! - handle) | 0) < size) handle = takeOldRun(size);
    I32[C + L.CAR_OLD_BUMP] = (handle + size) | 0;
  }
  const w = handle >>> 2;
  zeroRest(w + 4, w + (size >>> 2));
  I32[w] = kind;
  I32[w + 1] = size >>> L.CELL_SHIFT;
  I32[w + 2] = type;
  I32[w + 3] = I32[C + L.CAR_OWNER]!;
  return handle;
}

function takeOldRun(size: number): number {
  const address = takeCells(size, Math.max(size, 8192));
  stampBlock(address);
  I32[C + L.CAR_OLD_LIMIT] = (address + I32[C + L.CAR_SCRATCH_0]!) | 0;
  count64(C + L.CAR_ALLOCATED_LO, I32[C + L.CAR_SCRATCH_0]!);
  considerCollection();
  return address;
}
