/**
 * The pure TypeScript twin of the global allocator (native/heap/allocator.cc is the other): blocks claimed by compare-and-swap of
 * their state, free runs on lock-free stacks whose head carries an ABA tag (Treiber, 1986).
 *
 * Invariant of a free run at address a: I32[a] = next run of its stack or 0, I32[a+4] = its bytes, a multiple of the cell.
 */
import { CARRIER } from './carrier.js';
import { HeapExhausted } from './errors.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';
import { SWEEP_ON, waitForSweep } from './sweeping.js';

const I32 = i32;

export const BLOCK_FREE = 0;
export const BLOCK_SMALL = 1;
export const BLOCK_LARGE = 2;
export const BLOCK_LARGE_REST = 3;
export const BLOCK_STACK = 4;
/** Kept back: reserve.ts. */
export const BLOCK_RESERVED = 5;
/** Words of a block's entry. */
export const BLK_STATE = 0;
export const BLK_COUNT = 1;
/** Not 0 in a free block whose memory was not given back to the system. */
export const BLK_DIRTY = 2;
/** See stamps.ts. */
export const BLK_STAMP = 3;

/** Blocks between the places where the carriers' searches begin. */
const HOME_BLOCKS = 128;

/** Smallest run worth handing out. */
export const RUN_LEAST = 256;

export const blockEntry = (block: number): number => (L.BLOCKS_BASE + block * L.BLOCK_ENTRY_BYTES) >>> 2;

/** Stack of a run by its size: 0 below 2 KiB, 1 below 8 KiB, 2 up to a block. */
export const runClass = (bytes: number): number => (bytes < 2048 ? 0 : bytes < 8192 ? 1 : 2);

const headAddress = (cls: number): number => (L.CTL_FREE_HEADS_0LO + cls * 2) * 4;

const FREE_BYTES = L.CTL_FREE_BYTES * 4;

/** Bytes in the stacks of free runs. */
export const freeListBytes = (): number => I32[L.CTL_FREE_BYTES]! >>> 0;

/** Puts the free run [address, address + bytes) on its stack. */
export function pushRun(address: number, bytes: number): void {
  const head = headAddress(runClass(bytes));
  I32[(address >>> 2) + 1] = bytes;
  atomics.add(FREE_BYTES, bytes);
  for (;;) {
    const tag = atomics.load(head + 4);
    const first = atomics.load(head);
    I32[address >>> 2] = first;
    if (atomics.cas2(head, first, tag, address | 0, (tag + 1) | 0) === 1) return;
  }
}

/** Takes a run from stack `cls`; 0 when it is empty. */
export function popRun(cls: number): number {
  const head = headAddress(cls);
  for (;;) {
    const tag = atomics.load(head + 4);
    const first = atomics.load(head);
    if (first === 0) return 0;
    // May be torn by a thread that took the run meanwhile; then the tag has changed and the swap fails.
    const next = I32[first >>> 2]!;
    if (atomics.cas2(head, first, tag, next, (tag + 1) | 0) === 1) {
      atomics.add(FREE_BYTES, -I32[(first >>> 2) + 1]! | 0);
      return first;
    }
  }
}

/** Takes all runs off the stacks, which nobody else may use meanwhile. */
export function emptyStacks(): void {
  for (let cls = 0; cls < L.FREE_CLASSES; cls++) {
    I32[L.CTL_FREE_HEADS_0LO + cls * 2] = 0;
    I32[L.CTL_FREE_HEADS_0HI + cls * 2]! += 1;
  }
  I32[L.CTL_FREE_BYTES] = 0;
}

function raiseTop(end: number): void {
  let top = atomics.load(L.CTL_BLOCKS_TOP * 4);
  while (top < end) {
    const seen = atomics.cas(L.CTL_BLOCKS_TOP * 4, top, end);
    if (seen === top) return;
    top = seen;
  }
}

function claimRange(from: number, count: number, state: number): number {
  for (let i = 0; i < count; i++) {
    const entry = blockEntry(from + i);
    // The first becomes BLOCK_LARGE when its count is known: the sweeper's list may be made meanwhile.
    const wanted = state !== BLOCK_LARGE ? state : BLOCK_LARGE_REST;
    if (atomics.cas(entry << 2, BLOCK_FREE, wanted) === BLOCK_FREE) continue;
    for (let k = 0; k < i; k++) atomics.store(blockEntry(from + k) << 2, BLOCK_FREE);
    return i;
  }
  I32[blockEntry(from) + BLK_COUNT] = count;
  if (state === BLOCK_LARGE) atomics.store(blockEntry(from) << 2, BLOCK_LARGE);
  return -1;
}

/**
 * `count` neighbouring blocks in the given state; returns the byte address of the first, 0 when there is no such range. No range
 * straddles 2 GiB or touches the last block, so that addresses in it compare as signed words.
 */
export function claimBlocks(count: number, state: number): number {
  return claimFrom(count === 1 ? CTL_HINT : 0, count, state);
}

/** Where a carrier's search for blocks begins after a collection. */
function homeBlock(): number {
  const blocks = I32[L.CTL_BLOCKS_END]! - I32[L.CTL_BLOCKS_FIRST]!;
  return I32[L.CTL_BLOCKS_FIRST]! + ((I32[CARRIER + L.CAR_INDEX]! * HOME_BLOCKS) % blocks);
}

const CTL_HINT = L.CTL_BLOCK_HEAD_LO;
const CAR_HINT = CARRIER + L.CAR_BLOCK_HINT;

/**
 * A block for runs, as claimBlocks. Each carrier searches from a place of its own, after a collection from there again: so it gets the blocks that
 * its core has in its cache, not those that another one has just written (two threads allocate twice as fast).
 */
function claimRunBlock(): number {
  if (I32[CAR_HINT] === 0) I32[CAR_HINT] = homeBlock();
  return claimFrom(CAR_HINT, 1, BLOCK_SMALL);
}

/** claimBlocks, beginning at the block that the word `hint` says (0: the first); it is moved on. */
function claimFrom(hint: number, count: number, state: number): number {
  const address = searchFrom(hint, count, state);
  if (address !== 0 || I32[L.CTL_SWEEPING] !== SWEEP_ON) return address;
  // The space is exhausted only when all is swept.
  waitForSweep();
  return searchFrom(hint, count, state);
}

function searchFrom(hint: number, count: number, state: number): number {
  const end = I32[L.CTL_BLOCKS_END]! - 1;
  const half = 0x80000000 / L.BLOCK_BYTES;
  let start = hint === 0 ? 0 : I32[hint]!;
  if (start < I32[L.CTL_BLOCKS_FIRST]!) start = I32[L.CTL_BLOCKS_FIRST]!;
  for (let pass = 0; pass < 2; pass++) {
    for (let b = start; b + count <= end; ) {
      if (b < half && b + count > half) {
        b = half;
        continue;
      }
      if (I32[blockEntry(b)] !== BLOCK_FREE) {
        b++;
        continue;
      }
      const taken = claimRange(b, count, state);
      if (taken < 0) {
        raiseTop(b + count);
        if (hint !== 0) I32[hint] = b + 1;
        // The cells of small blocks count when a thread takes them.
        if (state !== BLOCK_SMALL) atomics.add(L.CTL_CELLS_SINCE_GC * 4, count * (L.BLOCK_BYTES / L.CELL_BYTES));
        return (b * L.BLOCK_BYTES) | 0;
      }
      b += taken + 1;
    }
    start = I32[L.CTL_BLOCKS_FIRST]!;
  }
  return 0;
}

/** Would `bytes` in one piece be served now? Blocks that another thread claims meanwhile are not known. */
export function hasRoom(bytes: number): boolean {
  const end = I32[L.CTL_BLOCKS_END]! - 1;
  const count = Math.ceil(bytes / L.BLOCK_BYTES);
  let free = 0;
  for (let b = I32[L.CTL_BLOCKS_FIRST]!; b < end && free < count; b++) {
    if (b === 0x80000000 / L.BLOCK_BYTES) free = 0;
    free = I32[blockEntry(b)] === BLOCK_FREE ? free + 1 : 0;
  }
  return free >= count || (bytes <= L.LARGE_BYTES && hasRun(bytes));
}

/** Is one of the free runs that would be looked at large enough? Popping takes the first of each stack. */
function hasRun(bytes: number): boolean {
  for (let cls = runClass(bytes); cls <= 2; cls++) {
    const first = I32[headAddress(cls) >>> 2]!;
    if (first !== 0 && I32[(first >>> 2) + 1]! >= bytes) return true;
  }
  return false;
}

/** Gives blocks back (large objects, stack segments). */
export function releaseBlocks(address: number, count: number): void {
  const first = (address >>> 0) / L.BLOCK_BYTES;
  for (let i = 0; i < count; i++) freeBlock(first + i);
}

/** The block is free; its memory stays until the addon's sweep gives it back. */
export function freeBlock(block: number): void {
  I32[blockEntry(block) + BLK_DIRTY] = 1;
  atomics.store(blockEntry(block) << 2, BLOCK_FREE);
}

const STACK_HEAD = L.CTL_STACK_HEAD_LO * 4;

/** Gives a small stack segment back. */
export function pushSmallStack(address: number): void {
  for (;;) {
    const tag = atomics.load(STACK_HEAD + 4);
    const first = atomics.load(STACK_HEAD);
    I32[address >>> 2] = first;
    if (atomics.cas2(STACK_HEAD, first, tag, address | 0, (tag + 1) | 0) === 1) return;
  }
}

/** A stack segment of SMALL_STACK_BYTES; 0 when the space is exhausted. Blocks once cut into such stay so. */
export function popSmallStack(): number {
  for (;;) {
    const tag = atomics.load(STACK_HEAD + 4);
    const first = atomics.load(STACK_HEAD);
    if (first === 0) return cutStacks();
    if (atomics.cas2(STACK_HEAD, first, tag, I32[first >>> 2]!, (tag + 1) | 0) === 1) return first;
  }
}

/** Claims a block for small stacks and keeps the first. */
function cutStacks(): number {
  const address = claimBlocks(1, BLOCK_STACK);
  if (address === 0) return 0;
  for (let at = L.SMALL_STACK_BYTES; at < L.BLOCK_BYTES; at += L.SMALL_STACK_BYTES) pushSmallStack(address + at);
  return address;
}

/**
 * A free run of at least `least` bytes (a multiple of the cell, at most a block) and at most `most`; returns its address, its size is in
 * `out`. What is above `most` goes back. Throws HeapExhausted.
 */
export function getFreeCellsTs(least: number, most: number, out: number): number {
  let address = 0;
  let size = 0;
  // A stack whose every run is large enough first; a run that is too small goes back.
  for (let cls = runClass(least); cls <= 2 && address === 0; cls++) {
    address = popRun(cls);
    if (address === 0) continue;
    size = I32[(address >>> 2) + 1]!;
    if (size >= least) break;
    pushRun(address, size);
    address = 0;
  }
  if (address === 0) {
    address = claimRunBlock();
    size = L.BLOCK_BYTES;
    if (address === 0) throw new HeapExhausted(least);
  }
  if (size - most >= RUN_LEAST) {
    pushRun((address + most) | 0, size - most);
    size = most;
  }
  I32[out] = size;
  return address;
}
