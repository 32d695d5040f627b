/**
 * The lock of a stream: one thread at a time works on it, and may call Python meanwhile. An object that only its owner can reach needs no
 * atomic instruction. Algorithm: U. Drepper, "Futexes are tricky", mutex 2. A lock that a JavaScript exception left behind (no memory, no stack) is given back by the
 * dispatch loop that catches it; one of a thread that is gone, with a Worker that was terminated, is taken over.
 *
 * | lock word | meaning |
 * | --- | --- |
 * | 0 | free |
 * | t << 1 | held by thread record t |
 * | t << 1 \| 1 | held, others may be waiting |
 */
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { THREAD_DONE, THREAD_FREE } from '../heap/threads.js';
import { repr } from '../objects/abstract.js';
import { raise } from '../objects/exceptions.js';
import { forgetHeld, heldHook, noteHeld } from '../objects/recursion.js';
import { isOwned } from '../objects/sync.js';
import { toJS } from '../objects/strings.js';
import { blocking } from './file-descriptors.js';

const I32 = i32;
const C = CARRIER;

const me = (): number => I32[C + L.CAR_THREAD] << 1;

/** Takes the lock at word `offset` of `o`: 1, or 0 with RuntimeError set when this thread holds it. */
export function enter(o: number, offset: number): 1 | 0 {
  const w = (o >>> 2) + offset;
  if (isOwned(o) && I32[w] === 0) I32[w] = me();
  else {
    const seen = atomics.cas(w << 2, 0, me());
    if (seen !== 0 && wait(o, w, seen) === 0) return 0;
  }
  noteHeld(w);
  return 1;
}

const isGone = (seen: number): boolean => {
  const state = I32[(seen >>> 1) + L.THR_STATE];
  return state === THREAD_FREE || state === THREAD_DONE;
};

function wait(o: number, w: number, first: number): 1 | 0 {
  for (let seen = first; seen !== 0; ) {
    if ((seen & ~1) === me()) {
      const shown = repr(o);
      return shown === 0 ? 0 : (raise('RuntimeError', `reentrant call inside ${toJS(shown)}`) as 0);
    }
    if ((seen & 1) !== 0 || atomics.cas(w << 2, seen, seen | 1) === seen)
      blocking(() => (Atomics.wait(I32, w, seen | 1, 100), 0));
    if (isGone(seen) && atomics.cas(w << 2, seen | 1, me() | 1) === (seen | 1)) return 1;
    seen = atomics.cas(w << 2, 0, me() | 1);
  }
  return 1;
}

/** Gives the lock back; returns `value`. */
export function leave(o: number, offset: number, value: number): number {
  const w = (o >>> 2) + offset;
  forgetHeld(w);
  if (isOwned(o)) I32[w] = 0;
  else release(w);
  return value;
}

function release(w: number): void {
  if ((atomics.exchange(w << 2, 0) & 1) !== 0) Atomics.notify(I32, w, 1);
}

heldHook.release = (w) => {
  if ((I32[w] & ~1) === me()) release(w);
};
