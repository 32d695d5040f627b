/**
 * Records that several threads may use at a time: an operation reads the record as it is at one moment, works, and commits unless another
 * thread has changed it meanwhile (lib/objects/sync.ts); then it starts again.
 */
import { newObject } from '../../heap/alloc.js';
import { barrier } from '../../heap/barrier.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import { begin, end, publishStore, readBegin, readRetry } from '../../objects/sync.js';
import * as T from '../../objects/type-ids.js';

const I32 = i32;

/** A record of built-in type `id` with these handles (0 allowed), then these raw ints. */
export function newState(id: number, handles: readonly number[], ints: readonly number[]): number {
  const r = newObject(L.KIND_RECORD, (L.RECORD_ITEMS + handles.length + ints.length) * 4, T.typeHandle(id));
  const w = r >>> 2;
  I32[w + L.RECORD_COUNT] = handles.length;
  I32[w + L.RECORD_RAW_0] = ints.length;
  [...handles, ...ints].forEach((x, i) => {
    I32[w + L.RECORD_ITEMS + i] = x;
  });
  return r;
}

export interface Snapshot {
  readonly handles: number[];
  readonly ints: number[];
}

/**
 * Changes a record by `change`, which gets its contents and returns the new ones, or undefined with the exception set. `inside` runs in the
 * section that commits: it may write raw memory of the record's own, and nothing else. False with the exception set.
 */
export function update(
  r: number,
  change: (s: Snapshot) => Snapshot | undefined,
  inside: () => void = () => undefined,
): boolean {
  const w = (r >>> 2) + L.RECORD_ITEMS;
  for (;;) {
    const seen = readBegin(r);
    const count = I32[(r >>> 2) + L.RECORD_COUNT];
    const all = Array.from(I32.subarray(w, w + count + I32[(r >>> 2) + L.RECORD_RAW_0]));
    if (readRetry(r, seen)) continue;
    const next = change({ handles: all.slice(0, count), ints: all.slice(count) });
    if (next === undefined) return false;
    for (const h of next.handles) if (h !== 0) publishStore(r, h);
    if (!begin(r, seen)) continue;
    next.handles.forEach((h, i) => {
      I32[w + i] = h;
    });
    next.ints.forEach((x, i) => {
      I32[w + count + i] = x;
    });
    inside();
    end(r);
    for (const h of next.handles) if (h !== 0) barrier(r, h);
    return true;
  }
}
