/** What a suspended generator or coroutine waits for: the receiver of its `yield from` or await. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { OP_SEND } from '../compiler/opcodes.js';

const I32 = i32;
const GEN_SUSPENDED = 2;

/** The receiver of the SEND that generator `g` is stopped in; 0 when it delegates to nobody. */
export function delegate(g: number): number {
  if (I32[(g >>> 2) + L.GENERATOR_STATE] !== GEN_SUSPENDED) return 0;
  const frame = (g >>> 2) + L.GENERATOR_FRAME;
  const pc = I32[frame + L.F_PC];
  // YIELD_VALUE with arg 1 is the one inside yield from; the receiver is on top of the stack.
  return I32[pc - 1] >> 8 === 1 || (I32[pc] & 0xff) === OP_SEND ? I32[I32[frame + L.F_SP] - 1] : 0;
}
