/**
 * Short locks for the scheduler's own lists (never for Python objects, never on a hot path). The word holds the token of the isolate
 * that is in the section, 0: nobody. A section has no call that can park and commits by single words, so that the lock of an isolate
 * that was terminated within may simply be taken over.
 */
import { CARRIER, CARRIER_FREE } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { eachCarrier } from '../heap/roots.js';

const I32 = i32;
const C = CARRIER;
const SPINS = 500;

/** Is there an isolate with this token? Tokens are never given twice. */
function isAlive(token: number): boolean {
  let alive = false;
  eachCarrier((c) => {
    if (I32[c + L.CAR_OS_THREAD] === token && atomics.load((c + L.CAR_STATE) << 2) !== CARRIER_FREE) alive = true;
  });
  return alive;
}

/** Enters the section; returns true when the one before did not leave it: what it guards may be half done. */
export function lockWord(word: number): boolean {
  const own = I32[C + L.CAR_OS_THREAD];
  for (let spins = 0; ; spins++) {
    const seen = atomics.cas(word << 2, 0, own);
    if (seen === 0) return false;
    if (spins < SPINS) continue;
    if (!isAlive(seen) && atomics.cas(word << 2, seen, own) === seen) return true;
    Atomics.wait(I32, word, seen, 1);
  }
}

export function unlockWord(word: number): void {
  atomics.store(word << 2, 0);
}
