/**
 * Where the interpreter enters compiled code (lib/jit), which is a cache: the bytecode stays as it is. Code that may have a compiled form has the
 * instruction ENTER_COMPILED in the control block as its entry, one word for all code and all carriers; a loop is entered by the trampoline.
 */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { loadCompiler } from '../objects/later.js';

const I32 = i32;

/** The interpreter goes on with the current frame: the low bits of an immediate, which no handle with the upper bits set is. */
export const GO_ON = -2;

const SETTINGS = { '': 'on', '1': 'on', '0': 'off', eager: 'eager' } as const;

/** PROTOSPACE_JIT: 0 leaves everything to the interpreter, eager compiles all code when it is called first. */
export const compiledSetting = SETTINGS[process.env.PROTOSPACE_JIT as keyof typeof SETTINGS] ?? 'on';

/** Back edges and calls before the compiled tier is loaded. */
const LOAD_AFTER = 1000;
let steps = 0;

/** Until lib/jit is there. */
function loadWhenWorthIt(events: number): number {
  if (compiledSetting === 'off') return GO_ON;
  steps += events;
  if (steps < LOAD_AFTER) return GO_ON;
  steps = 0;
  loadCompiler();
  return GO_ON;
}

/** Set by lib/jit. Both return GO_ON, 0 with the exception set or the thread to be suspended, or the value of an entry frame that returned. */
export const compiledHook = {
  /** Runs the current frame, new and at its first instruction. */
  enter: (_fp: number): number => GO_ON,
  /** The dispatch function came back after about so many back edges and calls. */
  goOn: loadWhenWorthIt,
  /** Is all code to be compiled when it is called first? */
  eager: false,
  /** Set when compiled code of a loop was left: the interpreter is to come back soon, as the loop may go on. */
  leftLoop: false,
};

/** Word index of the first instruction of code at word `c`, which is read. */
export const firstInstruction = (c: number): number => (I32[c + L.CODE_BYTECODE] >>> 2) + L.BUFFER_DATA;

/** Is it none of a code object's own instructions, but an entry in the control block? */
export const isEntry = (pc: number): boolean => pc >>> 0 < L.PAUSES_BASE >>> 2;

/** The entry of code that was read just now. */
export const entryOf = (c: number): number => (compiledHook.eager ? L.CTL_ENTER_COMPILED : firstInstruction(c));
