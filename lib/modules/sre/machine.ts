/** What the two runners of a program (interpret.ts, generate.ts) share: memory, how a run is asked for, long runs' safepoints. */
import { i32, u16, u32, u8 } from '../../heap/memory.js';
import { CARRIER } from '../../heap/carrier.js';
import * as L from '../../heap/layout.generated.js';
import { nativePoll } from '../../vm/safepoint.js';

const I32 = i32;
const C = CARRIER;

/** Characters of a string by log2 of their width. */
export const VIEWS: readonly (Uint8Array | Uint16Array | Uint32Array)[] = [u8, u16, u32];

/** Run modes, as bits. */
export const SEARCH = 1;
/** The match must end at `end`. */
export const FULL = 2;

/** Results of a run that are no position. */
export const NO_MATCH = -1;
/** The exception is set. */
export const FAILED = -2;
/** An interpreted run has taken so long that a generated function should start anew. */
export const TOO_LONG = -3;

/**
 * Runs a program on the characters from index `base` of the view: from position p, up to `end`; `advance` is a position where an empty match
 * does not count, or -1. Returns where the match ends; `machine.start` and `machine.registers` tell the rest.
 */
export type Run = (base: number, p: number, end: number, mode: number, advance: number) => number;

const STACK_FIRST = 1 << 12;
/** Words the stack may grow to; CPython gives MemoryError where memory ends. */
const STACK_LIMIT = 1 << 27;
/** Words always free above the frame being pushed. */
export const STACK_MARGIN = 8;

export class StackExhausted extends Error {}

export const machine = {
  stack: new Int32Array(STACK_FIRST),
  registers: new Int32Array(64).fill(-1),
  /** Where the match starts. */
  start: 0,

  /** A stack of twice the size with the same contents. */
  grow(): Int32Array {
    if (machine.stack.length >= STACK_LIMIT) throw new StackExhausted();
    const stack = new Int32Array(machine.stack.length * 2);
    stack.set(machine.stack);
    machine.stack = stack;
    return stack;
  },

  /** A safepoint within a long run: false when it is to end with an exception. What runs there may match too, so this run's memory is put aside. */
  poll(): boolean {
    if (I32[C + L.CAR_POLL] === 0) return true;
    const { stack, registers, start } = machine;
    machine.stack = new Int32Array(STACK_FIRST);
    machine.registers = new Int32Array(registers.length);
    const ok = nativePoll() !== 0;
    machine.stack = stack;
    machine.registers = registers;
    machine.start = start;
    return ok;
  },
};

/** Failures between two looks at the poll word. */
export const FUEL = 10000;

export function needRegisters(n: number): void {
  if (machine.registers.length < n) machine.registers = new Int32Array(n * 2);
}
