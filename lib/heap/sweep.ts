/**
 * The TypeScript sweeper: rebuilds the stacks of free runs from the mark bytes and gives empty blocks back; native/gc/sweeper.cc is the
 * twin. The world is stopped.
 */
import {
  BLK_COUNT,
  BLOCK_LARGE,
  BLOCK_SMALL,
  blockEntry,
  emptyStacks,
  freeBlock,
  pushRun,
  RUN_LEAST,
  releaseBlocks,
} from './freelist.js';
import { carrierAt } from './carrier.js';
import * as L from './layout.generated.js';
import { countLive, limitsInUse } from './limits.js';
import { i32, u8 } from './memory.js';
import { POISON, poisonCells } from './stress.js';

const I32 = i32;
const U8 = u8;
const LINES = L.BLOCK_BYTES / L.CELL_BYTES;

/** A hole of unmarked lines: on its stack when it is worth it. */
function freeHole(address: number, bytes: number): void {
  if (poisonCells) I32.fill(POISON, address >>> 2, (address + bytes) >>> 2);
  if (bytes >= RUN_LEAST) pushRun(address | 0, bytes);
}

function countTags(block: number): void {
  const marks = L.MARKS_BASE + block * LINES;
  const base = block * L.BLOCK_BYTES;
  for (let i = 0; i < LINES; i++) if (U8[marks + i] !== 0) countLive(base + i * L.CELL_BYTES, 1);
}

/** One block of small objects; returns its live bytes. */
function sweepSmall(block: number): number {
  const marks = L.MARKS_BASE + block * LINES;
  const base = block * L.BLOCK_BYTES;
  let live = 0;
  let hole = 0;
  for (let i = 0; i < LINES; i++) if (U8[marks + i] !== 0) live++;
  if (live === 0) {
    if (poisonCells) I32.fill(POISON, base >>> 2, (base + L.BLOCK_BYTES) >>> 2);
    freeBlock(block);
    return 0;
  }
  if (limitsInUse()) countTags(block);
  for (let i = 0; i <= LINES; i++) {
    if (i < LINES && U8[marks + i] === 0) continue;
    if (i > hole) freeHole(base + hole * L.CELL_BYTES, (i - hole) * L.CELL_BYTES);
    hole = i + 1;
  }
  return live * L.CELL_BYTES;
}

/** Sweeps all blocks; returns the bytes that live. */
export function sweepAll(): number {
  const top = I32[L.CTL_BLOCKS_TOP]!;
  let live = 0;
  emptyStacks();
  for (let block = I32[L.CTL_BLOCKS_FIRST]!; block < top; block++) {
    const entry = blockEntry(block);
    if (I32[entry] === BLOCK_SMALL) live += sweepSmall(block);
    else if (I32[entry] === BLOCK_LARGE) {
      const count = I32[entry + BLK_COUNT]!;
      if (U8[L.MARKS_BASE + block * LINES] !== 0) {
        live += count * L.BLOCK_BYTES;
        if (limitsInUse()) countLive(block * L.BLOCK_BYTES, count * LINES);
      } else releaseBlocks(block * L.BLOCK_BYTES, count);
    }
  }
  I32[L.CTL_BLOCK_HEAD_LO] = I32[L.CTL_BLOCKS_FIRST]!;
  for (let i = 0; i < I32[L.CTL_CARRIERS_USED]!; i++) I32[carrierAt(i) + L.CAR_BLOCK_HINT] = 0;
  return live;
}
