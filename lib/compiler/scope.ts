/** Beginning and ending the code of a scope, and making the function object for it. */
import type { Located } from '../syntax/ast.js';
import { assemble } from './assemble.js';
import { FAST_HIDDEN, type CodeUnit } from './code.js';
import * as op from './opcodes.js';
import {
  CELL,
  DEF_COMP_CELL,
  DEF_FREE_CLASS,
  FREE,
  GLOBAL_EXPLICIT,
  maybeMangle,
  type Scope,
  scopeOf,
} from './symbols.js';
import {
  type Compiler,
  emit,
  emitConst,
  emitReturnNone,
  emitTuple,
  lastOp,
  newLabel,
  P_LOAD_CLOSURE,
  P_SETUP_CLEANUP,
  place,
  type Unit,
  type UnitKind,
} from './unit.js';

/** Slot kind of names of inlined comprehensions, for assemble.ts. */
export { FAST_HIDDEN };

export interface Counts {
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
}

export const NO_ARGS: Counts = { argcount: 0, posonlyargcount: 0, kwonlyargcount: 0 };

/** Begins a unit of code; `privateName` is the class whose private names are mangled, undefined to inherit it. */
export function enterScope(
  c: Compiler,
  name: string,
  kind: UnitKind,
  scope: Scope,
  firstlineno: number,
  counts: Counts = NO_ARGS,
  privateName?: string,
): void {
  const parent = c.unit as Unit | null;
  const cellvars = cellNames(scope);
  const freevars = namesWith(scope, FREE, DEF_FREE_CLASS);
  c.unit = {
    kind,
    scope,
    parent,
    name,
    qualname: '',
    private: privateName ?? parent?.private ?? null,
    firstlineno,
    ...counts,
    varnames: new Map(scope.varnames.map((n, i) => [n, i])),
    cells: new Map(cellvars.map((n, i) => [n, i])),
    frees: new Map(freevars.map((n, i) => [n, cellvars.length + i])),
    cellvars,
    freevars,
    fastHidden: new Map(),
    inlinedDepth: 0,
    staticAttributes: new Set(),
    docstring: null,
    blocks: [],
    deferredAnnotations: [],
    conditionalAnnotations: 0,
    inConditionalBlock: false,
    ops: [],
    args: [],
    at: [],
    labels: [],
    barrier: 0,
    consts: [],
    names: [],
  };
  c.unit.qualname = qualnameOf(c.unit);
  if (scope.generator || (scope.coroutine && kind !== 'module')) startGenerator(c);
}

function cellNames(scope: Scope): string[] {
  const names = namesWith(scope, CELL, DEF_COMP_CELL);
  if (scope.type === 'class') {
    if (scope.needsClassClosure) names.push('__class__');
    if (scope.needsClassDict) names.push('__classdict__');
    if (scope.hasConditionalAnnotations) names.push('__conditional_annotations__');
  }
  return names;
}

function namesWith(scope: Scope, where: number, flag: number): string[] {
  const out: string[] = [];
  for (const [name, flags] of scope.symbols) if (scopeOf(flags) === where || flags & flag) out.push(name);
  return out.sort(byCodePoint);
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** PEP 3155. A parent that is an annotation scope is skipped. */
function qualnameOf(u: Unit): string {
  let parent = u.parent;
  if (parent === null) return u.name;
  if (parent.kind === 'annotations' && parent.parent !== null) parent = parent.parent!;
  if (parent.parent === null) return u.name;
  if (namesGlobal(u, parent)) return u.name;
  const locals = parent.kind === 'function' || parent.kind === 'async function' || parent.kind === 'lambda';
  return `${parent.qualname}${locals ? '.<locals>.' : '.'}${u.name}`;
}

function namesGlobal(u: Unit, parent: Unit): boolean {
  if (u.kind !== 'function' && u.kind !== 'async function' && u.kind !== 'class') return false;
  const flags = parent.scope.symbols.get(maybeMangle(parent.private, parent.scope, u.name)) ?? 0;
  return scopeOf(flags) === GLOBAL_EXPLICIT;
}

/** A generator starts by making itself; StopIteration that leaves it becomes RuntimeError (PEP 479). */
function startGenerator(c: Compiler): void {
  const { firstlineno } = c.unit;
  const at = { lineno: firstlineno, end_lineno: firstlineno, col_offset: -1, end_col_offset: -1 };
  emit(c, op.OP_RETURN_GENERATOR, 0, at);
  emit(c, op.OP_POP_TOP, 0, at);
  emit(c, P_SETUP_CLEANUP, newLabel(c), null);
}

/** Ends the unit: its code; the unit around is the current one again. */
export function leaveScope(c: Compiler, addReturnNone: boolean): CodeUnit {
  if (addReturnNone || lastOp(c.unit) !== op.OP_RETURN_VALUE) emitReturnNone(c, null);
  if (c.unit.ops[0] === op.OP_RETURN_GENERATOR) {
    place(c, 0);
    emit(c, op.OP_CALL_INTRINSIC_1, op.INTRINSIC_STOPITERATION_ERROR, null);
    emit(c, op.OP_RERAISE, 1, null);
  }
  const code = assemble(c);
  c.unit = c.unit.parent!;
  return code;
}

/** Function object of a code: its free variables' cells from the current unit, then attributes, which lie on the stack. */
export function makeClosure(c: Compiler, code: CodeUnit, attributes: number, at: Located | null): void {
  let flags = attributes;
  if (code.freevars.length > 0) {
    for (const name of code.freevars) emit(c, P_LOAD_CLOSURE, cellIndex(c.unit, name), at);
    emitTuple(c, code.freevars.length, at);
    flags |= op.FUNC_ATTR_CLOSURE;
  }
  emitConst(c, { t: 'code', v: code }, at);
  emit(c, op.OP_MAKE_FUNCTION, 0, at);
  for (const attribute of ATTRIBUTES) if (flags & attribute) emit(c, op.OP_SET_FUNCTION_ATTRIBUTE, attribute, at);
}

/** In the order in which they are taken off the stack. */
const ATTRIBUTES = [
  op.FUNC_ATTR_CLOSURE,
  op.FUNC_ATTR_ANNOTATIONS,
  op.FUNC_ATTR_ANNOTATE,
  op.FUNC_ATTR_KWDEFAULTS,
  op.FUNC_ATTR_DEFAULTS,
];

/** Argument of *_DEREF. A class may have a cell of its own for __class__ beside an outer one: `free` prefers that. */
export function cellIndex(u: Unit, name: string, free = false): number {
  const index = free ? (u.frees.get(name) ?? u.cells.get(name)) : (u.cells.get(name) ?? u.frees.get(name));
  if (index === undefined) throw new Error(`${u.qualname} has no cell for ${name}`);
  return index;
}

/** Slot of a local, a new one at its first mention. */
export function slotOf(u: Unit, name: string): number {
  let slot = u.varnames.get(name);
  if (slot === undefined) {
    slot = u.varnames.size;
    u.varnames.set(name, slot);
  }
  return slot;
}
