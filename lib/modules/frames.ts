/** The Python frame that called a built-in function, and what it gives: globals, locals, environment. */
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;
const C = CARRIER;

/** Word index of the innermost frame of Python code, `depth` frames further out; 0 when there is none. */
export function currentFrame(depth = 0): number {
  let frame = I32[C + L.CAR_CONTEXT];
  for (let left = depth; frame !== 0; frame = I32[frame + L.F_PREVIOUS]) {
    if (I32[frame + L.F_CODE] === 0) continue;
    if (left === 0) return frame;
    left--;
  }
  return 0;
}

/** Environment of the current context. */
export function currentEnvironment(): number {
  const context = I32[C + L.CAR_CONTEXT];
  const own = context === 0 ? 0 : I32[context + L.F_ENVIRONMENT];
  return own !== 0 ? own : I32[C + L.CAR_ENVIRONMENT];
}

/** Globals of the calling frame; 0 when there is none. */
export function currentGlobals(): number {
  const frame = currentFrame();
  return frame === 0 ? 0 : I32[frame + L.F_GLOBALS];
}
