/**
 * Is a bytearray shown by a memoryview that is alive? Views that nobody refers to any more, but that were not released, are still counted:
 * CPython would have freed them. So before a resize is refused the heap is marked and the living views are counted.
 *
 * Marking costs time. After a search that found only dead views, others are taken for dead too for a while.
 */
import { withWorldStopped } from '../heap/collect.js';
import { BLOCK_LARGE, BLOCK_SMALL, blockEntry } from '../heap/freelist.js';
import * as L from '../heap/layout.generated.js';
import { MARK_OBJECT, markAddress, markAll } from '../heap/mark.js';
import { i32, u8 } from '../heap/memory.js';
import { VIEW_RELEASED } from './byte-buffer.js';

const I32 = i32;
const U8 = u8;

/** Milliseconds for which views are taken for dead after a search without a find. */
const TRUST = 1000;
let trustUntil = 0;

const isViewOn = (handle: number, source: number): boolean => {
  const w = handle >>> 2;
  return (
    (I32[w]! & 0xff) === L.KIND_MEMORYVIEW &&
    I32[w + L.MEMORYVIEW_SOURCE] === source &&
    (I32[w + L.MEMORYVIEW_FLAGS]! & VIEW_RELEASED) === 0
  );
};

/** Marked views on `source`, in all blocks of small objects. */
function countMarked(source: number): number {
  let count = 0;
  for (let block = I32[L.CTL_BLOCKS_FIRST]!; block < I32[L.CTL_BLOCKS_TOP]!; block++) {
    const state = I32[blockEntry(block)];
    if (state !== BLOCK_SMALL && state !== BLOCK_LARGE) continue;
    const first = block * L.BLOCK_BYTES;
    for (let at = first; at < first + L.BLOCK_BYTES; at += L.CELL_BYTES)
      if (U8[markAddress(at)] === MARK_OBJECT && isViewOn(at | 0, source)) count++;
  }
  return count;
}

/** How many of `counted` unreleased views on `source` are alive. */
export function livingViews(source: number, counted: number): number {
  if (counted <= 0 || performance.now() < trustUntil) return 0;
  let living = 0;
  withWorldStopped(() => {
    markAll();
    living = countMarked(source);
  });
  if (living === 0) trustUntil = performance.now() + TRUST;
  return living;
}
