/** Versions of classes: look-ups cached under an old one no longer apply. */
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';

const I32 = i32;

/** A version nobody has used. */
export const freshTypeVersion = (): number => atomics.add(L.CTL_TYPE_VERSION_NEXT * 4, 1) + 1;

/** Something in the class's dict or bases changed: it and what derives from it get new versions. */
export function typeModified(type: number): void {
  I32[(type >>> 2) + L.TYPE_VERSION] = freshTypeVersion();
  const list = I32[(type >>> 2) + L.TYPE_SUBCLASSES]!;
  if (list === 0) return;
  const store = I32[(list >>> 2) + L.LIST_ITEMS]! >>> 2;
  const n = I32[(list >>> 2) + L.LIST_LENGTH]!;
  for (let i = 0; i < n; i++) typeModified(I32[store + L.ARRAY_ITEMS + i]!);
}
