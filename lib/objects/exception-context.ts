/** `__context__`: the exception that was being handled when another one was raised. */
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;
const C = CARRIER;

/** The handled exception becomes the context of a new one, without making a cycle. */
export function chainContext(e: number): void {
  const handled = I32[C + L.CAR_HANDLED];
  if (handled === 0 || handled === e) return;
  for (let o = handled; ; ) {
    const next = I32[(o >>> 2) + L.EXCEPTION_CONTEXT];
    if (next === 0) break;
    if (next === e) {
      I32[(o >>> 2) + L.EXCEPTION_CONTEXT] = 0;
      break;
    }
    o = next;
  }
  storeRef(e, L.EXCEPTION_CONTEXT, handled);
}
