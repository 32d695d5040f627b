/**
 * Instructions the dispatch function does not handle inline, by opcode. Each works on the frame: the operand stack ends at F_SP. Returns 1 to
 * go on, 0 with the exception set, -1 when another frame is current, -3 when the entry frame returned (its value in CAR_SCRATCH_1).
 */
import { callOps } from './rare/calls.js';
import { exceptionOps } from './rare/exceptions.js';
import { generatorOps } from './rare/generators.js';
import { itemOps } from './rare/items.js';
import { nameOps } from './rare/names.js';
import { type Rare } from './rare/operands.js';

function table(rows: readonly (readonly [number, Rare])[]): (Rare | undefined)[] {
  const out = new Array<Rare | undefined>(256).fill(undefined);
  for (const [op, f] of rows) out[op] = f;
  return out;
}

export const rareOps = table([...nameOps, ...callOps, ...generatorOps, ...exceptionOps, ...itemOps]);
