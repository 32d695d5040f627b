/**
 * Blocks' stamps: BLK_STAMP is at least the value that CTL_FINALIZER_EPOCH had when a run was last taken in the block. A thread that begins to watch its
 * stores raises the epoch: what it allocates from then on lies in blocks stamped with that or more.
 */
import { BLK_STAMP, blockEntry } from './freelist.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';

const I32 = i32;
const wordOf = (address: number): number => blockEntry(address >>> L.BLOCK_SHIFT) + BLK_STAMP;

export const stampOf = (address: number): number => I32[wordOf(address)]!;

/** Threads share blocks: a stamp never falls. */
export function stampBlock(address: number): void {
  const word = wordOf(address);
  const epoch = I32[L.CTL_FINALIZER_EPOCH]!;
  for (let known = I32[word]!; known < epoch; ) {
    const found = atomics.cas(word << 2, known, epoch);
    if (found === known) return;
    known = found;
  }
}
