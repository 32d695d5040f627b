/** `__context__`: the exception that was being handled when another one was raised. */
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;
const C = CARRIER;

const contextOf = (e: number): number => I32[(e >>> 2) + L.EXCEPTION_CONTEXT];

/** Takes `e` out of the contexts of `first`. The program may have made a cycle of them: one that follows at half the speed meets it (Floyd). */
function cut(first: number, e: number): void {
  let slow = first;
  for (let o = first, odd = false; o !== 0; odd = !odd) {
    const next = contextOf(o);
    if (next === e) {
      I32[(o >>> 2) + L.EXCEPTION_CONTEXT] = 0;
      return;
    }
    o = next;
    if (o === slow) return;
    if (odd) slow = contextOf(slow);
  }
}

/** The handled exception becomes the context of a new one, without making a cycle. */
export function chainContext(e: number): void {
  const handled = I32[C + L.CAR_HANDLED];
  if (handled === 0 || handled === e) return;
  cut(handled, e);
  storeRef(e, L.EXCEPTION_CONTEXT, handled);
}
