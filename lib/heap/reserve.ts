/**
 * Free blocks kept back, marked BLOCK_RESERVED: the last CTL_RESERVE_BLOCKS of them serve only to raise and handle MemoryError, the others small objects
 * when all else is used, until the next safepoint collects. So a small object finds room while there is garbage.
 *
 * Invariant: CTL_RESERVE_BLOCKS = number of blocks marked BLOCK_RESERVED. A part that was opened is kept back again by the next collection.
 */
import { BLOCK_FREE, BLOCK_RESERVED, blockEntry } from './freelist.js';
import * as L from './layout.generated.js';
import { atomics, i32, reserveOf } from './memory.js';

const I32 = i32;
const COUNT = L.CTL_RESERVE_BLOCKS * 4;

const wanted = (): { last: number; small: number } => reserveOf(I32[L.CTL_BLOCKS_END]! - 1 - I32[L.CTL_BLOCKS_FIRST]!);

/** Changes blocks from one state to the other, from the end of the space on, until the reserve has `count`. */
function change(from: number, to: number, count: number): void {
  const step = to === BLOCK_RESERVED ? 1 : -1;
  for (let b = I32[L.CTL_BLOCKS_END]! - 2; b >= I32[L.CTL_BLOCKS_FIRST]! && I32[L.CTL_RESERVE_BLOCKS] !== count; b--) {
    const entry = blockEntry(b);
    if (I32[entry] === from && atomics.cas(entry << 2, from, to) === from) atomics.add(COUNT, step);
  }
}

/** Opens the part for small objects; false when it was open. */
export function openSmallReserve(): boolean {
  const { last } = wanted();
  if (I32[L.CTL_RESERVE_BLOCKS]! <= last) return false;
  change(BLOCK_RESERVED, BLOCK_FREE, last);
  return true;
}

/** Opens all, for a MemoryError. */
export function openReserve(): void {
  if (I32[L.CTL_RESERVE_BLOCKS]! > 0) change(BLOCK_RESERVED, BLOCK_FREE, 0);
}

/** Keeps back again what is free: all for MemoryError, of the rest at most half. Called by one thread at a time. */
export function closeReserve(free: number): void {
  const { last, small } = wanted();
  const count = Math.min(last + small, Math.max(last, free >> 1));
  if (I32[L.CTL_RESERVE_BLOCKS]! < count) change(BLOCK_FREE, BLOCK_RESERVED, count);
}
