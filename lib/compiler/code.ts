/**
 * Compiled code as plain data: nothing here refers to the heap. Attributes are those of CPython's code objects
 * (https://docs.python.org/3.14/reference/datamodel.html#code-objects); a CodeUnit survives structured cloning.
 */

import type { Text } from '../syntax/text.js';

/** Changes whenever opcodes, CodeUnit or its serialised form change. */
export const FORMAT_VERSION = 2;

export const CO_OPTIMIZED = 0x1;
export const CO_NEWLOCALS = 0x2;
export const CO_VARARGS = 0x4;
export const CO_VARKEYWORDS = 0x8;
export const CO_NESTED = 0x10;
export const CO_GENERATOR = 0x20;
export const CO_COROUTINE = 0x80;
export const CO_ITERABLE_COROUTINE = 0x100;
export const CO_ASYNC_GENERATOR = 0x200;
export const CO_FUTURE_DIVISION = 0x20000;
export const CO_FUTURE_ABSOLUTE_IMPORT = 0x40000;
export const CO_FUTURE_WITH_STATEMENT = 0x80000;
export const CO_FUTURE_PRINT_FUNCTION = 0x100000;
export const CO_FUTURE_UNICODE_LITERALS = 0x200000;
export const CO_FUTURE_BARRY_AS_BDFL = 0x400000;
export const CO_FUTURE_GENERATOR_STOP = 0x800000;
export const CO_FUTURE_ANNOTATIONS = 0x1000000;
export const CO_HAS_DOCSTRING = 0x4000000;
/** A function defined in a class body. */
export const CO_METHOD = 0x8000000;

/** Bits of a slot's kind (localspluskinds); a parameter that inner functions use is LOCAL | CELL. */
export const FAST_ARG_POS = 0x02;
export const FAST_ARG_KW = 0x04;
export const FAST_ARG_VAR = 0x08;
/** Local of an inlined comprehension in a class or module body: not a name of locals(). */
export const FAST_HIDDEN = 0x10;
export const FAST_LOCAL = 0x20;
export const FAST_CELL = 0x40;
export const FAST_FREE = 0x80;

/** A constant. Equal-looking ones of different type or sign (1, 1.0, True, -0.0) are kept apart. */
export type Const =
  | { t: 'none' }
  | { t: 'ellipsis' }
  | { t: 'bool'; v: boolean }
  | { t: 'int'; v: bigint }
  | { t: 'float'; v: number }
  | { t: 'complex'; re: number; im: number }
  | Text
  | { t: 'bytes'; v: Uint8Array }
  | { t: 'tuple'; v: Const[] }
  | { t: 'frozenset'; v: Const[] }
  | { t: 'code'; v: CodeUnit };

export interface CodeUnit {
  name: string;
  qualname: string;
  filename: string;
  firstlineno: number;
  /** Positional parameters, positional-only ones included, *args not. */
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  /** CO_* */
  flags: number;
  /** Number of slots that are locals (parameters first, *args and **kwargs after keyword-only ones). */
  nlocals: number;
  /** Slots in order: locals, cells that are no locals, free variables. */
  localsplusnames: string[];
  /** FAST_* of each slot. */
  localspluskinds: Uint8Array;
  varnames: string[];
  cellvars: string[];
  freevars: string[];
  /** Values on the operand stack at most. */
  stacksize: number;
  code: Int32Array;
  consts: Const[];
  /** Name of each name instruction, one entry an instruction: the arg is the index. */
  sites: string[];
  /** Rows (start, end, target, depth << 1 | lasti), instruction indices, sorted, not overlapping: see handlerAt. */
  exceptionTable: Int32Array;
  /** See positions.ts. */
  positions: Uint8Array;
}

/** Offset in unit.exceptionTable of the row that covers an instruction, or -1. Rows do not overlap, so it is the innermost. */
export function handlerAt(table: Int32Array, index: number): number {
  let low = 0;
  let high = table.length >> 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table[(middle << 2) + 1]! <= index) low = middle + 1;
    else high = middle;
  }
  const at = low << 2;
  return at < table.length && table[at]! <= index ? at : -1;
}
