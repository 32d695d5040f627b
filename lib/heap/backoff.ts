/** Waiting for another carrier that is in a section of a few instructions: it is over at once, unless its OS thread has lost its core. */
import { CARRIER } from './carrier.js';
import * as L from './layout.generated.js';
import { i32 } from './memory.js';

/** Looks at the word before the waiter gives its core away. */
const SPINS = 300;

/** To be called between two looks, with the number of looks so far. */
export function backoff(looks: number): void {
  // A sleep: nobody wakes this word.
  if (looks > SPINS) Atomics.wait(i32, CARRIER + L.CAR_BACKOFF, 0, 0.05);
}
