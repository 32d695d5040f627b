/** Versions of classes: look-ups cached under an old one no longer apply. */
import { readBegin, readRetry } from './sync.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { storeLast } from '../heap/order.js';

const I32 = i32;

/** A version nobody has used. */
export const freshTypeVersion = (): number => atomics.add(L.CTL_TYPE_VERSION_NEXT * 4, 1) + 1;

/** Something in the class's dict or bases changed: it and what derives from it get new versions. */
export function typeModified(type: number): void {
  storeLast((type >>> 2) + L.TYPE_VERSION, freshTypeVersion());
  for (const c of liveSubclasses(type)) typeModified(c);
}

/** The direct subclasses of a class that are alive, oldest first: TYPE_SUBCLASSES lists weak references. */
export function liveSubclasses(type: number): number[] {
  const list = I32[(type >>> 2) + L.TYPE_SUBCLASSES]!;
  if (list === 0) return [];
  for (;;) {
    const seen = readBegin(list);
    const n = I32[(list >>> 2) + L.LIST_LENGTH]!;
    const first = (I32[(list >>> 2) + L.LIST_ITEMS]! >>> 2) + L.ARRAY_ITEMS;
    const refs = Array.from(I32.subarray(first, first + n));
    if (readRetry(list, seen)) continue;
    return refs.map((ref) => I32[(ref >>> 2) + L.WEAKREF_REFERENT]!).filter((c) => c !== 0);
  }
}
