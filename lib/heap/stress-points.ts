/**
 * Where stress mode strikes. An operation that might run Python code calls `stressPoint` first, whatever its operands are: so a handle that is
 * not rooted across it is lost in every test that comes by, not only in one whose operands have special methods.
 */
import { CARRIER, POLL_STRESS } from './carrier.js';
import { collectGarbage, tryVerify } from './collect.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';
import { concurrentMarking } from './marking.js';
import { stressMarking } from './rounds.js';
import {
  Sampler,
  stressAll,
  stressConcurrent,
  stressHooks,
  stressRuns,
  VERIFIED_USUALLY,
  verifyAlways,
} from './stress.js';

const I32 = i32;
const C = CARRIER;
/** A step of a concurrent cycle may have to wait for another thread. */
const collections = new Sampler(stressConcurrent ? 60 : 250);
let collected = 0;
const verifications = new Sampler(60);

/** A thread is mounted, and no native section of the runtime forbids a collection now. */
const mayCollect = (): boolean => I32[C + L.CAR_THREAD] !== 0 && I32[L.CTL_BOOT_STATE] === 2;

/** Collects, every other time with a sweep beside the program, or by a fixed rule does not. What the caller still needs must be rooted. */
export function stressPoint(): void {
  if (!mayCollect() || !collections.hit()) return;
  if (stressConcurrent && concurrentMarking) stressMarking();
  else collectGarbage((++collected & 1) === 0);
}

/** As stressPoint, at a bytecode boundary; sets the poll word for the next. */
export function stressSafepoint(): void {
  stressPoint();
  if (stressAll) atomics.or((C + L.CAR_POLL) << 2, POLL_STRESS);
}

if (verifyAlways)
  stressHooks.popped = (parent) => {
    if (!stressRuns) atomics.or((C + L.CAR_POLL) << 2, POLL_STRESS);
    if (!mayCollect() || !verifications.hit()) return;
    const context = I32[C + L.CAR_CONTEXT]!;
    I32[C + L.CAR_CONTEXT] = parent;
    verifications.weigh(tryVerify(), VERIFIED_USUALLY);
    I32[C + L.CAR_CONTEXT] = context;
  };
