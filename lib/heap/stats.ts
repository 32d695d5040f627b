/** The numbers of `--stats`, summed over all carriers of the process, living and ended. */
import * as L from './layout.generated.js';
import { i32 } from './memory.js';
import { pauseQuantile } from './pauses.js';
import { eachCarrier } from './roots.js';

const I32 = i32;

export interface Stats {
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
  locksTaken: number;
}

const wide = (word: number): number => (I32[word]! >>> 0) + I32[word + 1]! * 2 ** 32;

/** A snapshot; exact when no thread runs. */
export function readStats(): Stats {
  const stats: Stats = {
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
    locksTaken: I32[L.CTL_LOCKS_TAKEN]!,
  };
  eachCarrier((c) => {
    stats.cellsAllocated += wide(c + L.CAR_ALLOCATED_LO) / L.CELL_BYTES;
    stats.bytesReclaimedAtReturn += wide(c + L.CAR_RECLAIMED_LO);
    stats.bytesReclaimedByYoungCollection += wide(c + L.CAR_YOUNG_LO);
    stats.batchesNative += I32[c + L.CAR_SERVED_NATIVE]! >>> 0;
    stats.batchesTs += I32[c + L.CAR_SERVED_TS]! >>> 0;
    stats.contextsPushed += I32[c + L.CAR_PUSHED]! >>> 0;
    stats.locksTaken += I32[c + L.CAR_LOCKS]!;
  });
  return stats;
}
