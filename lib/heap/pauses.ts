/** How long collections stopped the world: a histogram in the space, four buckets a doubling of the microseconds. */
import * as L from './layout.generated.js';
import { i32 } from './memory.js';

const I32 = i32;
const FIRST = L.PAUSES_BASE >>> 2;
const PER_DOUBLING = 4;

const bucketOf = (microseconds: number): number =>
  Math.min(L.PAUSE_BUCKETS - 1, Math.floor(PER_DOUBLING * Math.log2(microseconds + 1)));

/** Counts a pause; the world is stopped, so that one thread at a time does. */
export function countPause(microseconds: number): void {
  I32[FIRST + bucketOf(microseconds)]! += 1;
  if (microseconds > I32[L.CTL_PAUSE_MAX_US]!) I32[L.CTL_PAUSE_MAX_US] = Math.round(microseconds);
}

export interface PauseCount {
  /** These pauses took at most so long, and longer than those of the row before. */
  upToMicroseconds: number;
  count: number;
}

const bucketEnd = (b: number): number => Math.min(2 ** ((b + 1) / PER_DOUBLING) - 1, I32[L.CTL_PAUSE_MAX_US]!);

/** The histogram, without empty rows. */
export function pauseHistogram(): PauseCount[] {
  const rows: PauseCount[] = [];
  for (let b = 0; b < L.PAUSE_BUCKETS; b++) {
    const count = I32[FIRST + b]!;
    if (count > 0) rows.push({ upToMicroseconds: Math.round(bucketEnd(b) * 10) / 10, count });
  }
  return rows;
}

/** Microseconds that a share `q` of all pauses did not exceed: the end of its bucket, which is up to a fifth too much; 0 when there was none. */
export function pauseQuantile(q: number): number {
  let total = 0;
  for (let b = 0; b < L.PAUSE_BUCKETS; b++) total += I32[FIRST + b]!;
  let seen = 0;
  for (let b = 0; b < L.PAUSE_BUCKETS; b++) {
    seen += I32[FIRST + b]!;
    if (seen > 0 && seen >= q * total) return bucketEnd(b);
  }
  return 0;
}
