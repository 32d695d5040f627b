/** What a collection does for the limits of environments (limits.ts): counts anew what each holds. */
import { stackBytes, trimStack } from './context.js';
import * as L from './layout.generated.js';
import { adjustLimit, cellsOf, LIMIT_CLOSED, LIMIT_FREE, limitOfEnvironment, limitsInUse, recordOf } from './limits.js';
import { atomics, i32 } from './memory.js';
import { carrierOf, eachThread } from './roots.js';

const I32 = i32;

/** The world is stopped and the sweep begins: from here on what is taken is counted anew. */
export function beginRecount(): void {
  for (let i = 1; i <= I32[L.CTL_LIMITS_USED]!; i++) {
    const w = recordOf(i);
    I32[w + L.LIM_MARKED] = I32[w + L.LIM_USED]!;
    I32[w + L.LIM_LIVE] = 0;
    I32[w + L.LIM_STACKS] = 0;
  }
  if (limitsInUse()) eachThread(countStacks);
}

/** A thread's word, which is its carrier's while it is mounted. */
function mounted(t: number, own: number, carriers: number): number {
  const carrier = carrierOf(t);
  return carrier === 0 ? I32[t + own]! : I32[carrier + carriers]!;
}

function countStacks(t: number): void {
  const environment = mounted(t, L.THR_ENVIRONMENT, L.CAR_ENVIRONMENT);
  const limit = limitOfEnvironment(environment);
  if (limit !== 0) I32[recordOf(limit) + L.LIM_STACKS]! += cellsOf(stackBytes(I32[t + L.THR_STACK_BASE]!));
}

/** Gives back what threads have of stacks that they do not need any more; the world is stopped. */
export function trimStacks(): void {
  eachThread((t) => trimStack(I32[t + L.THR_STACK_BASE]!, mounted(t, L.THR_SEGMENT_END, L.CAR_SEGMENT_END)));
}

/** What follows from a sweep for each environment. */
export function settleLimits(): void {
  for (let i = 1; i <= I32[L.CTL_LIMITS_USED]!; i++) {
    const w = recordOf(i);
    const live = I32[w + L.LIM_LIVE]! + I32[w + L.LIM_STACKS]!;
    const delta = live - I32[w + L.LIM_MARKED]!;
    const used = atomics.add((w + L.LIM_USED) << 2, delta) + delta;
    if (used === 0) atomics.cas((w + L.LIM_STATE) << 2, LIMIT_CLOSED, LIMIT_FREE);
    adjustLimit(w, live);
  }
}
