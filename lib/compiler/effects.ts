/** Stack effects of instructions, pseudo-instructions included, as flat tables made from the opcode rows. */
import { OPCODES, ROW_OF, type StackCount } from './opcodes.js';
import * as unit from './unit.js';

export const PLAIN = 0;
/** Jumps or goes on. */
export const BRANCH = 1;
export const JUMP = 2;
/** Never goes on. */
export const END = 3;
/** Begins a protected region. */
export const SETUP = 4;
export const POP_BLOCK = 5;

/** What each opcode does to control flow. */
export const FLOW = new Uint8Array(256);
const VARIES = -100;
const EFFECT = new Int8Array(256);
const TAKEN = new Int8Array(256);

for (const row of OPCODES) {
  if (row.operand === 'jump') FLOW[row.op] = row.ends ? JUMP : BRANCH;
  else if (row.ends) FLOW[row.op] = END;
  EFFECT[row.op] = fixed(row.pops, row.pushes);
  TAKEN[row.op] = fixed(row.pops, row.taken);
}
FLOW[unit.P_JUMP] = JUMP;
FLOW[unit.P_POP_BLOCK] = POP_BLOCK;
for (const op of [unit.P_SETUP_FINALLY, unit.P_SETUP_CLEANUP, unit.P_SETUP_WITH]) FLOW[op] = SETUP;
EFFECT[unit.P_LOAD_CLOSURE] = 1;
EFFECT[unit.P_STORE_FAST_MAYBE_NULL] = -1;

function fixed(pops: StackCount, pushes: StackCount): number {
  return typeof pops === 'number' && typeof pushes === 'number' ? pushes - pops : VARIES;
}

export const count = (n: StackCount, arg: number): number => (typeof n === 'number' ? n : n(arg));

/** Change of the stack's depth when the next instruction follows. */
export function effectOf(op: number, arg: number): number {
  const e = EFFECT[op]!;
  if (e !== VARIES) return e;
  const row = ROW_OF[op]!;
  return count(row.pushes, arg) - count(row.pops, arg);
}

/** Change of the stack's depth when the jump is taken; no jump's effect depends on its argument. */
export const takenEffect = (op: number): number => TAKEN[op]!;
