/** The numbers of `--stats`, summed over all carriers of the process, living and ended. */
import * as L from './layout.generated.js';
import { BLK_DIRTY, BLK_STATE, BLOCK_FREE, BLOCK_RESERVED, blockEntry, freeListBytes } from './freelist.js';
import { i32 } from './memory.js';
import { type PauseCount, pauseHistogram, pauseQuantile, STOPS } from './pauses.js';
import { eachCarrier } from './roots.js';

const I32 = i32;

export interface Stats {
  /** Bytes found alive by the last collection; 0 before the first. */
  bytesLive: number;
  /** Bytes that threads may still take: free runs and free blocks, also those that no program has touched yet. */
  bytesFree: number;
  /** Bytes of the space that the system gave memory for: blocks in use, and free ones whose memory was kept. */
  bytesCommitted: number;
  /** Bytes allocated a second since the process started; what a return took back and the next call used counts again. */
  bytesAllocatedPerSecond: number;
  /** Cells handed to threads in runs. */
  cellsAllocated: number;
  /** Bytes taken back when contexts returned. */
  bytesReclaimedAtReturn: number;
  /** Bytes a thread took back in the middle of a call, by a collection of its own run. */
  bytesReclaimedByYoungCollection: number;
  bytesReclaimedByCollector: number;
  batchesNative: number;
  batchesTs: number;
  contextsPushed: number;
  threadsStarted: number;
  collections: number;
  longestPauseMicroseconds: number;
  /** Of all pauses for collections half are not longer, and 99 of 100: see pauses.ts. */
  medianPauseMicroseconds: number;
  pause99Microseconds: number;
  /** How many pauses took how long. */
  pauses: PauseCount[];
  /** CPU time of the thread that stopped the others and worked meanwhile: 99 of 100 times not longer, and how often how long. */
  stop99Microseconds: number;
  stops: PauseCount[];
  locksTaken: number;
  /** Functions and loops compiled, each by each carrier; times that the interpreter entered one, and that one left the rest to the interpreter. */
  compiled: number;
  compiledEntered: number;
  compiledLeft: number;
}

const wide = (word: number): number => (I32[word]! >>> 0) + I32[word + 1]! * 2 ** 32;

/** Free and committed bytes of the blocks. */
function countBlocks(): { free: number; committed: number } {
  let free = 0;
  let clean = 0;
  const [first, top, end] = [I32[L.CTL_BLOCKS_FIRST]!, I32[L.CTL_BLOCKS_TOP]!, I32[L.CTL_BLOCKS_END]! - 1];
  for (let b = first; b < end; b++) {
    const entry = blockEntry(b);
    const state = I32[entry + BLK_STATE]!;
    if (state !== BLOCK_FREE && state !== BLOCK_RESERVED) continue;
    free++;
    if (b < top && I32[entry + BLK_DIRTY] === 0) clean++;
  }
  const committed = Math.max(0, top - first - clean);
  return { free: free * L.BLOCK_BYTES + freeListBytes(), committed: committed * L.BLOCK_BYTES };
}

/** A snapshot; exact when no thread runs. */
export function readStats(): Stats {
  const blocks = countBlocks();
  const stats: Stats = {
    bytesLive: (I32[L.CTL_LIVE_CELLS]! >>> 0) * L.CELL_BYTES,
    bytesFree: blocks.free,
    bytesCommitted: blocks.committed,
    bytesAllocatedPerSecond: 0,
    cellsAllocated: 0,
    bytesReclaimedAtReturn: 0,
    bytesReclaimedByYoungCollection: 0,
    bytesReclaimedByCollector: wide(L.CTL_RECLAIMED_BY_COLLECTOR_LO),
    batchesNative: 0,
    batchesTs: 0,
    contextsPushed: 0,
    threadsStarted: I32[L.CTL_THREADS_STARTED]!,
    collections: I32[L.CTL_COLLECTIONS]!,
    longestPauseMicroseconds: I32[L.CTL_PAUSE_MAX_US]!,
    medianPauseMicroseconds: pauseQuantile(0.5),
    pause99Microseconds: pauseQuantile(0.99),
    pauses: pauseHistogram(),
    stop99Microseconds: pauseQuantile(0.99, STOPS),
    stops: pauseHistogram(STOPS),
    locksTaken: I32[L.CTL_LOCKS_TAKEN]!,
    compiled: 0,
    compiledEntered: 0,
    compiledLeft: 0,
  };
  eachCarrier((c) => {
    stats.cellsAllocated += wide(c + L.CAR_ALLOCATED_LO) / L.CELL_BYTES;
    stats.bytesReclaimedAtReturn += wide(c + L.CAR_RECLAIMED_LO);
    stats.bytesReclaimedByYoungCollection += wide(c + L.CAR_YOUNG_LO);
    stats.batchesNative += I32[c + L.CAR_SERVED_NATIVE]! >>> 0;
    stats.batchesTs += I32[c + L.CAR_SERVED_TS]! >>> 0;
    stats.contextsPushed += I32[c + L.CAR_PUSHED]! >>> 0;
    stats.locksTaken += I32[c + L.CAR_LOCKS]!;
    stats.compiled += I32[c + L.CAR_COMPILED]!;
    stats.compiledEntered += I32[c + L.CAR_COMPILED_ENTERED]! >>> 0;
    stats.compiledLeft += I32[c + L.CAR_COMPILED_LEFT]! >>> 0;
  });
  const allocated = stats.cellsAllocated * L.CELL_BYTES + stats.bytesReclaimedAtReturn;
  stats.bytesAllocatedPerSecond = Math.round(allocated / process.uptime());
  return stats;
}
