/** What the compiler reads of a code object. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR } from '../compiler/code.js';
import { toJS } from '../objects/strings.js';
import { firstInstruction } from '../vm/compiled.js';

const I32 = i32;

export interface Body {
  /** Word index of the code object. */
  readonly word: number;
  readonly name: string;
  /** The code's number in the table. */
  readonly id: number;
  /** A frame that runs it: what its globals and builtins are. */
  readonly frame: number;
  readonly instructions: Int32Array;
  /** Word index of the first instruction. */
  readonly start: number;
  /** Word index of the first constant, and of the first site. */
  readonly constants: number;
  readonly sites: number;
  /** Locals, cells and free variables. */
  readonly slots: number;
  /** Arguments of a plain call; -1 when there is none. */
  readonly parameters: number;
  readonly frameWords: number;
  readonly stackSize: number;
}

/** More instructions than this are not compiled. */
const INSTRUCTIONS_MOST = 4000;
/** More arguments than this are passed through the frame. */
export const PARAMETERS_MOST = 16;
const GENERATORS = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;

/** Can the code object at word `c`, which is read, have a compiled form? Frames of generators lie in the heap. */
export const isCompilable = (c: number): boolean =>
  (I32[c + L.CODE_CODE_FLAGS] & GENERATORS) === 0 && I32[c + L.CODE_INSTRUCTIONS] <= INSTRUCTIONS_MOST;

export function readBody(c: number, id: number, frame: number): Body {
  const start = firstInstruction(c);
  const simple = I32[c + L.CODE_SIMPLE_ARGS];
  return {
    word: c,
    id,
    frame,
    name: toJS(I32[c + L.CODE_QUALNAME]),
    instructions: I32.slice(start, start + I32[c + L.CODE_INSTRUCTIONS]),
    start,
    constants: (I32[c + L.CODE_CONSTS] >>> 2) + L.ARRAY_ITEMS,
    sites: (I32[c + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS,
    slots: I32[c + L.CODE_NLOCALS],
    parameters: simple <= PARAMETERS_MOST ? simple : -1,
    frameWords: I32[c + L.CODE_FRAME_WORDS],
    stackSize: I32[c + L.CODE_STACKSIZE],
  };
}
