/**
 * How long collections stopped the world: two histograms in the space. That of the pauses is in time that passed, which includes that other
 * processes had the processor; that of the stops in CPU time of the thread that stopped the others and worked meanwhile, which is the collector's own.
 */
import { addon } from './addon.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';

const I32 = i32;

/** First word of a histogram of PAUSE_BUCKETS, and its buckets a doubling of the microseconds. */
interface Histogram {
  first: number;
  perDoubling: number;
}
export const PAUSES: Histogram = { first: L.PAUSES_BASE >>> 2, perDoubling: 4 };
export const STOPS: Histogram = { first: L.STOPS_BASE >>> 2, perDoubling: 8 };

/** CPU time of this thread in microseconds; without addon the time that passes. */
export const threadTime = (): number => (addon !== undefined ? addon.threadTime() : performance.now() * 1000);

function count(h: Histogram, microseconds: number): void {
  const bucket = Math.floor(h.perDoubling * Math.log2(microseconds + 1));
  atomics.add((h.first + Math.max(0, Math.min(L.PAUSE_BUCKETS - 1, bucket))) << 2, 1);
}

function raiseLongest(microseconds: number): void {
  let longest = I32[L.CTL_PAUSE_MAX_US]!;
  while (longest < microseconds) {
    const seen = atomics.cas(L.CTL_PAUSE_MAX_US * 4, longest, microseconds);
    if (seen === longest) break;
    longest = seen;
  }
}

/** Counts a pause, which may be over. `stop`: CPU time of this thread meanwhile. */
export function countPause(microseconds: number, stop: number = microseconds): void {
  count(PAUSES, microseconds);
  count(STOPS, stop);
  raiseLongest(Math.min(Math.round(microseconds), 0x7fffffff));
}

/**
 * Starts the clocks of a pause, which the function that it returns stops and counts. `passed` and `spent`: microseconds, and CPU time, of what of it was
 * before.
 */
export function timePause(passed = 0, spent = 0): () => void {
  const [started, worked] = [performance.now() - passed / 1000, threadTime() - spent];
  return () => countPause((performance.now() - started) * 1000, threadTime() - worked);
}

export interface PauseCount {
  /** These pauses took at most so long, and longer than those of the row before. */
  upToMicroseconds: number;
  count: number;
}

const bucketEnd = (h: Histogram, b: number): number =>
  Math.min(2 ** ((b + 1) / h.perDoubling) - 1, h === PAUSES ? I32[L.CTL_PAUSE_MAX_US]! : Infinity);

/** The histogram, without empty rows. */
export function pauseHistogram(h: Histogram = PAUSES): PauseCount[] {
  const rows: PauseCount[] = [];
  for (let b = 0; b < L.PAUSE_BUCKETS; b++) {
    const count = I32[h.first + b]!;
    if (count > 0) rows.push({ upToMicroseconds: Math.round(bucketEnd(h, b) * 10) / 10, count });
  }
  return rows;
}

/**
 * Microseconds that a share `q` of all pauses did not exceed: the end of its bucket, which is up to a fifth too much (of stops a tenth); 0 when there
 * was none.
 */
export function pauseQuantile(q: number, h: Histogram = PAUSES): number {
  let total = 0;
  for (let b = 0; b < L.PAUSE_BUCKETS; b++) total += I32[h.first + b]!;
  let seen = 0;
  for (let b = 0; b < L.PAUSE_BUCKETS; b++) {
    seen += I32[h.first + b]!;
    if (seen > 0 && seen >= q * total) return bucketEnd(h, b);
  }
  return 0;
}
