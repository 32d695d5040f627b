/**
 * The table of weak references: chains of WEAKREF objects by the address of what they refer to. Between collections chains only grow, by
 * compare-and-swap of a bucket's head. lib/heap/weak.ts says who writes what.
 */
import * as L from './layout.generated.js';
import { logChanged } from './marking.js';
import { atomics, i32 } from './memory.js';

const I32 = i32;
export const FIRST_BUCKET = L.WEAK_BASE >>> 2;
const SHIFT = 16;

export const bucketOf = (referent: number): number =>
  FIRST_BUCKET + (Math.imul(referent >>> L.CELL_SHIFT, 0x9e3779b1) >>> (32 - SHIFT));

/** Buckets behind a bit of CTL_WEAK_USED, which says whether there ever was something in one of them. */
export const PART: number = L.WEAK_BUCKETS / 32;
const partOf = (bucket: number): number => 1 << ((bucket - FIRST_BUCKET) / PART);

/** Notes that there is something in the bucket. */
function use(bucket: number): void {
  const part = partOf(bucket);
  if ((I32[L.CTL_WEAK_USED]! & part) === 0) atomics.or(L.CTL_WEAK_USED * 4, part);
}

/** Links a WEAKREF, which is old as its referent is, into the table. */
export function enterTable(ref: number): void {
  const w = ref >>> 2;
  const bucket = bucketOf(I32[w + L.WEAKREF_REFERENT]!);
  use(bucket);
  for (;;) {
    const head = atomics.load(bucket << 2);
    I32[w + L.WEAKREF_NEXT] = head;
    if (atomics.cas(bucket << 2, head, ref) === head) break;
  }
  logChanged(ref);
}
