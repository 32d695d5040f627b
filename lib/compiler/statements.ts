/** Code of statements. Control flow is in control.ts, definitions are in functions.ts. */
import type * as A from '../syntax/ast.js';
import { annAssign } from './annotations.js';
import { int, NONE, strings } from './constants.js';
import {
  asyncForLoop,
  asyncWith,
  breakStmt,
  continueStmt,
  forLoop,
  ifStmt,
  returnStmt,
  tryStmt,
  tryStarStmt,
  whileLoop,
  withStmt,
} from './control.js';
import { attributePosition, binary, isPlainSlice, jumpIf, sliceEnds, visit, visitAll } from './expressions.js';
import { classDef, functionDef, typeAlias } from './functions.js';
import { mangled, nameOp } from './names.js';
import * as op from './opcodes.js';
import { match } from './patterns.js';
import { syntaxError } from './symbols.js';
import { type Compiler, emit, emitConst, emitName, emitPop, newLabel, place } from './unit.js';
import { warnAssert } from './warnings.js';

export function body(c: Compiler, stmts: A.Stmt[]): void {
  for (const s of stmts) statement(c, s);
}

export function statement(c: Compiler, s: A.Stmt): void {
  switch (s.kind) {
    case 'Expr':
      return expressionStmt(c, s as unknown as { value: A.Expr } & A.Located);
    case 'Assign':
      return assign(c, s);
    case 'AugAssign':
      return augAssign(c, s);
    case 'AnnAssign':
      return annAssign(c, s);
    case 'Return':
      return returnStmt(c, s);
    case 'If':
      return ifStmt(c, s);
    case 'For':
      return forLoop(c, s);
    case 'AsyncFor':
      return asyncForLoop(c, s);
    case 'While':
      return whileLoop(c, s);
    case 'Break':
      return breakStmt(c, s);
    case 'Continue':
      return continueStmt(c, s);
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return functionDef(c, s);
    case 'ClassDef':
      return classDef(c, s);
    case 'Try':
      return tryStmt(c, s);
    case 'TryStar':
      return tryStarStmt(c, s);
    case 'With':
      return withStmt(c, s, 0);
    case 'AsyncWith':
      return asyncWith(c, s, 0);
    case 'Raise':
      return raise(c, s);
    case 'Assert':
      return assert(c, s);
    case 'Delete':
      return visitAll(c, s.targets);
    case 'Import':
      return importNames(c, s);
    case 'ImportFrom':
      return importFrom(c, s);
    case 'Match':
      return match(c, s);
    case 'TypeAlias':
      return typeAlias(c, s);
    case 'Pass':
      // Its line is that of the jump behind it, where a loop of nothing else is interrupted.
      return emit(c, op.OP_NOP, 0, s);
    case 'Global':
    case 'Nonlocal':
      return;
  }
}

function expressionStmt(c: Compiler, s: { value: A.Expr } & A.Located): void {
  if (c.interactive && c.unit.parent === null) {
    visit(c, s.value);
    emit(c, op.OP_CALL_INTRINSIC_1, op.INTRINSIC_PRINT, s);
    return emitPop(c, null);
  }
  if (s.value.kind === 'Constant') return;
  visit(c, s.value);
  emitPop(c, s);
}

function assign(c: Compiler, s: A.Assign): void {
  visit(c, s.value);
  const last = s.targets.length - 1;
  s.targets.forEach((target, i) => {
    if (i < last) emit(c, op.OP_COPY, 1, s);
    visit(c, target);
  });
}

function augAssign(c: Compiler, s: A.AugAssign): void {
  const { target } = s;
  if (target.kind === 'Name') {
    nameOp(c, target.id, 'Load', target);
    visit(c, s.value);
    binary(c, s.op, true, s);
    return nameOp(c, target.id, 'Store', target);
  }
  if (target.kind === 'Attribute') return augAttribute(c, s, target);
  if (target.kind === 'Subscript') return augSubscript(c, s, target);
  throw new Error(`no augmented assignment to ${target.kind}`);
}

function augAttribute(c: Compiler, s: A.AugAssign, target: A.Attribute): void {
  visit(c, target.value);
  emit(c, op.OP_COPY, 1, target);
  const at = attributePosition(target, target);
  const name = mangled(c.unit, target.attr);
  emitName(c, op.OP_LOAD_ATTR, name, at);
  visit(c, s.value);
  binary(c, s.op, true, s);
  emit(c, op.OP_SWAP, 2, at);
  emitName(c, op.OP_STORE_ATTR, name, at);
}

function augSubscript(c: Compiler, s: A.AugAssign, target: A.Subscript): void {
  visit(c, target.value);
  const slice = isPlainSlice(target.slice);
  const n = slice ? 3 : 2;
  if (isPlainSlice(target.slice)) sliceEnds(c, target.slice);
  else visit(c, target.slice);
  for (let i = 0; i < n; i++) emit(c, op.OP_COPY, n, target);
  emit(c, slice ? op.OP_BINARY_SLICE : op.OP_BINARY_SUBSCR, 0, target);
  visit(c, s.value);
  binary(c, s.op, true, s);
  for (let i = n + 1; i > 1; i--) emit(c, op.OP_SWAP, i, target);
  emit(c, slice ? op.OP_STORE_SLICE : op.OP_STORE_SUBSCR, 0, target);
}

function raise(c: Compiler, s: A.Raise): void {
  let n = 0;
  for (const e of [s.exc, s.cause]) {
    if (e === null) break;
    visit(c, e);
    n++;
  }
  emit(c, op.OP_RAISE_VARARGS, n, s);
}

function assert(c: Compiler, s: A.Assert): void {
  warnAssert(c, s);
  if (c.optimize > 0) return;
  const end = newLabel(c);
  jumpIf(c, s.test, end, true);
  emit(c, op.OP_LOAD_COMMON_CONSTANT, op.COMMON_ASSERTION_ERROR, s);
  if (s.msg !== null) {
    visit(c, s.msg);
    emit(c, op.OP_CALL, 0, s);
  }
  emit(c, op.OP_RAISE_VARARGS, 1, s.test);
  place(c, end);
}

// ---------------------------------------------------------------- imports

function importNames(c: Compiler, s: A.Import): void {
  for (const a of s.names) {
    emitConst(c, int(0), s);
    emitConst(c, NONE, s);
    emitName(c, op.OP_IMPORT_NAME, a.name, s);
    const [first, ...rest] = a.name.split('.');
    if (a.asname === null) nameOp(c, first!, 'Store', s);
    else importAs(c, rest, a.asname, s);
  }
}

/** `import a.b.c as d` binds c, reached through attributes. */
function importAs(c: Compiler, rest: string[], asname: string, at: A.Located): void {
  rest.forEach((name, i) => {
    emitName(c, op.OP_IMPORT_FROM, name, at);
    if (i === rest.length - 1) return;
    emit(c, op.OP_SWAP, 2, at);
    emitPop(c, at);
  });
  nameOp(c, asname, 'Store', at);
  if (rest.length > 0) emitPop(c, at);
}

function importFrom(c: Compiler, s: A.ImportFrom): void {
  if (s.module === '__future__' && s.level === 0 && s.lineno > c.future.lineno) {
    throw syntaxError('from __future__ imports must occur at the beginning of the file', s);
  }
  emitConst(c, int(s.level), s);
  emitConst(c, strings(s.names.map((a) => a.name)), s);
  emitName(c, op.OP_IMPORT_NAME, s.module ?? '', s);
  if (s.names[0]!.name === '*') {
    emit(c, op.OP_CALL_INTRINSIC_1, op.INTRINSIC_IMPORT_STAR, s);
    return emitPop(c, null);
  }
  for (const a of s.names) {
    emitName(c, op.OP_IMPORT_FROM, a.name, s);
    nameOp(c, a.asname ?? a.name, 'Store', s);
  }
  emitPop(c, s);
}
