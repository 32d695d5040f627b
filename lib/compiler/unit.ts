/** The code being compiled: instructions with labels, before flow.ts orders and packs them. */
import type { Located } from '../syntax/ast.js';
import type { Stmt, AnnAssign } from '../syntax/ast.js';
import type { PySyntaxWarning } from '../syntax/errors.js';
import type { Const } from './code.js';
import { fromImmediate, immediate, NO_IMM, NONE } from './constants.js';
import type { Future } from './future.js';
import * as op from './opcodes.js';
import type { Scope } from './symbols.js';
import type { SymbolTable } from './symtable.js';

/** Pseudo-instructions, gone after flow.ts. Their argument is a label, where they have one. */
export const P_JUMP = 240;
export const P_SETUP_FINALLY = 241;
/** As P_SETUP_FINALLY; the handler also finds the index of the instruction that raised (lasti). */
export const P_SETUP_CLEANUP = 242;
/** As P_SETUP_CLEANUP, without the value on top of the stack. */
export const P_SETUP_WITH = 243;
export const P_POP_BLOCK = 244;
/** Pushes a cell itself; argument as that of *_DEREF: an index in unit.cells or unit.frees. */
export const P_LOAD_CLOSURE = 245;
/** STORE_FAST of a value that may be NULL. */
export const P_STORE_FAST_MAYBE_NULL = 246;

export type UnitKind =
  | 'module'
  | 'class'
  | 'function'
  | 'async function'
  | 'lambda'
  | 'comprehension'
  /** annotations, type parameters, type aliases */
  | 'annotations';

export type FrameBlockKind =
  | 'while'
  | 'for'
  | 'try'
  | 'finally try'
  | 'finally end'
  | 'with'
  | 'async with'
  | 'handler cleanup'
  | 'pop value'
  | 'exception handler'
  | 'exception group handler'
  | 'async comprehension';

/** What `return`, `break` and `continue` have to undo. */
export interface FrameBlock {
  kind: FrameBlockKind;
  /** Where continue goes. */
  start: number;
  /** Where break goes. */
  exit: number;
  finalbody: Stmt[] | null;
  /** Name of an exception to be unbound. */
  name: string | null;
  at: Located | null;
}

export interface Unit {
  kind: UnitKind;
  scope: Scope;
  parent: Unit | null;
  name: string;
  qualname: string;
  private: string | null;
  firstlineno: number;
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  varnames: Map<string, number>;
  /** Index of each cell variable, as in the argument of *_DEREF; free variables follow. */
  cells: Map<string, number>;
  frees: Map<string, number>;
  cellvars: string[];
  freevars: string[];
  /** Names of inlined comprehensions in class and module bodies: true while they are slots. */
  fastHidden: Map<string, boolean>;
  inlinedDepth: number;
  staticAttributes: Set<string>;
  docstring: string | null;
  blocks: FrameBlock[];
  deferredAnnotations: { stmt: AnnAssign; index: number }[];
  conditionalAnnotations: number;
  inConditionalBlock: boolean;
  ops: number[];
  args: number[];
  at: (Located | null)[];
  /** Position of each label, -1 until it is placed. */
  labels: number[];
  /** Position of the last label: what is folded must not reach across it. */
  barrier: number;
  consts: Const[];
  names: string[];
}

export interface Compiler {
  filename: string;
  table: SymbolTable;
  future: Future;
  optimize: number;
  interactive: boolean;
  warn: (w: PySyntaxWarning) => void;
  unit: Unit;
}

export function emit(c: Compiler, opcode: number, arg: number, at: Located | null): void {
  const u = c.unit;
  u.ops.push(opcode);
  u.args.push(arg);
  u.at.push(at);
}

export function newLabel(c: Compiler): number {
  return c.unit.labels.push(-1) - 1;
}

export function place(c: Compiler, label: number): void {
  const u = c.unit;
  u.labels[label] = u.ops.length;
  u.barrier = u.ops.length;
}

export function emitConst(c: Compiler, value: Const, at: Located | null): void {
  const handle = immediate(value);
  if (handle !== NO_IMM) return emit(c, op.OP_LOAD_IMM, handle, at);
  emit(c, op.OP_LOAD_CONST, c.unit.consts.push(value) - 1, at);
}

export const emitNone = (c: Compiler, at: Located | null): void => emit(c, op.OP_LOAD_IMM, op.IMM_NONE, at);
export const emitPop = (c: Compiler, at: Located | null): void => emit(c, op.OP_POP_TOP, 0, at);

/** Instruction with a site. */
export function emitName(c: Compiler, opcode: number, name: string, at: Located | null): void {
  emit(c, opcode, c.unit.names.push(name) - 1, at);
}

/** Constant pushed by the instruction at an index, or null; also null at or below the last label. */
export function constAt(u: Unit, index: number): Const | null {
  if (index < u.barrier) return null;
  const opcode = u.ops[index];
  if (opcode === op.OP_LOAD_IMM) return fromImmediate(u.args[index]!);
  return opcode === op.OP_LOAD_CONST ? u.consts[u.args[index]!]! : null;
}

/** Opcode of the last instruction, 0 when a label follows it. */
export function lastOp(u: Unit): number {
  const i = u.ops.length - 1;
  return i >= u.barrier ? u.ops[i]! : 0;
}

/** Takes the last n instructions back. */
export function retract(u: Unit, n: number): void {
  u.ops.length -= n;
  u.args.length -= n;
  u.at.length -= n;
}

/** The n constants pushed last, or null when something else is among them. */
export function lastConsts(u: Unit, n: number): Const[] | null {
  const first = u.ops.length - n;
  const out: Const[] = [];
  for (let i = first; i < u.ops.length; i++) {
    const value = i < 0 ? null : constAt(u, i);
    if (value === null || value.t === 'code') return null;
    out.push(value);
  }
  return out;
}

/** BUILD_TUPLE, or the tuple itself when all its values are constants. */
export function emitTuple(c: Compiler, n: number, at: Located | null): void {
  const values = lastConsts(c.unit, n);
  if (values === null) return emit(c, op.OP_BUILD_TUPLE, n, at);
  retract(c.unit, n);
  emitConst(c, { t: 'tuple', v: values }, at);
}

/** Return of None where control runs off the end. */
export function emitReturnNone(c: Compiler, at: Located | null): void {
  emitConst(c, NONE, at);
  emit(c, op.OP_RETURN_VALUE, 0, at);
}

/** Conditional jump on the top; `x is None` becomes one instruction. */
export function emitJumpIf(c: Compiler, condition: boolean, label: number, at: Located | null): void {
  const u = c.unit;
  const n = u.ops.length;
  const isNone =
    lastOp(u) === op.OP_IS_OP && n - 2 >= u.barrier && u.ops[n - 2] === op.OP_LOAD_IMM && u.args[n - 2] === op.IMM_NONE;
  if (!isNone) return emit(c, condition ? op.OP_POP_JUMP_IF_TRUE : op.OP_POP_JUMP_IF_FALSE, label, at);
  const none = (u.args[n - 1] === 0) === condition;
  retract(u, 2);
  emit(c, none ? op.OP_POP_JUMP_IF_NONE : op.OP_POP_JUMP_IF_NOT_NONE, label, at);
}

export function loc(lineno: number, end_lineno: number, col_offset: number, end_col_offset: number): Located {
  return { lineno, end_lineno, col_offset, end_col_offset };
}
