/** Annotations: functions that compute them on demand (PEP 649, 749), or strings under the future import. */
import type * as A from '../syntax/ast.js';
import { CO_FUTURE_ANNOTATIONS, type CodeUnit } from './code.js';
import { int, str, tuple } from './constants.js';
import { visit } from './expressions.js';
import { mangled, nameOp } from './names.js';
import * as op from './opcodes.js';
import { cellIndex, enterScope, leaveScope, makeClosure } from './scope.js';
import type { Scope } from './symbols.js';
import { hasAnnotations } from './symtable.js';
import { type Compiler, emit, emitConst, emitJumpIf, emitName, emitPop, newLabel, place } from './unit.js';
import { unparse } from './unparse.js';

/** The only format that compiled annotate functions know: VALUE_WITH_FAKE_GLOBALS and VALUE. */
const MAX_FORMAT = 2;

export const isFuture = (c: Compiler): boolean => (c.future.flags & CO_FUTURE_ANNOTATIONS) !== 0;

/** Begins a function of one parameter, the format; it raises NotImplementedError for formats above MAX_FORMAT. */
function enterAnnotations(c: Compiler, name: string, scope: Scope, at: A.Located): void {
  enterScope(c, name, 'annotations', scope, at.lineno, { argcount: 1, posonlyargcount: 1, kwonlyargcount: 0 });
  const body = newLabel(c);
  emit(c, op.OP_LOAD_FAST, 0, at);
  emitConst(c, int(MAX_FORMAT), at);
  emit(c, op.OP_COMPARE_GT, 0, at);
  emitJumpIf(c, false, body, at);
  emit(c, op.OP_LOAD_COMMON_CONSTANT, op.COMMON_NOT_IMPLEMENTED_ERROR, at);
  emit(c, op.OP_RAISE_VARARGS, 1, at);
  place(c, body);
}

/** Pushes the function that evaluates an expression of a type parameter or alias. */
export function evaluator(c: Compiler, name: string, scope: Scope, e: A.Expr, at: A.Located): void {
  emitConst(c, tuple([int(1)]), at);
  enterAnnotations(c, name, scope, at);
  if (e.kind === 'Starred') {
    visit(c, e.value);
    emit(c, op.OP_UNPACK_SEQUENCE, 1, at);
  } else visit(c, e);
  emit(c, op.OP_RETURN_VALUE, 0, at);
  makeClosure(c, leaveScope(c, false), op.FUNC_ATTR_DEFAULTS, at);
}

// ---------------------------------------------------------------- functions

/** Pushes a function's annotations, if any; returns the FUNC_ATTR_ flag. */
export function annotateFunction(c: Compiler, s: A.FunctionDef | A.AsyncFunctionDef): number {
  const { args, returns } = s;
  if (returns === null && !hasAnnotations(args)) return 0;
  if (isFuture(c)) {
    emit(c, op.OP_BUILD_TUPLE, 2 * annotationItems(c, s), s);
    return op.FUNC_ATTR_ANNOTATIONS;
  }
  const scope = c.table.scopes.get(args)!;
  enterAnnotations(c, '__annotate__', scope, s);
  emit(c, op.OP_BUILD_MAP, annotationItems(c, s), s);
  emit(c, op.OP_RETURN_VALUE, 0, s);
  makeClosure(c, leaveScope(c, false), 0, s);
  return op.FUNC_ATTR_ANNOTATE;
}

/** Pushes names and annotations; returns their number. */
function annotationItems(c: Compiler, s: A.FunctionDef | A.AsyncFunctionDef): number {
  const { args } = s;
  // CPython's order.
  const order = [...args.args, ...args.posonlyargs, args.vararg, ...args.kwonlyargs, args.kwarg];
  let n = 0;
  for (const a of order) {
    if (a === null || a.annotation === null) continue;
    emitConst(c, str(mangled(c.unit, a.arg)), a);
    annotation(c, a.annotation, a === args.vararg);
    n++;
  }
  if (s.returns === null) return n;
  emitConst(c, str('return'), s);
  annotation(c, s.returns, false);
  return n + 1;
}

function annotation(c: Compiler, e: A.Expr, vararg: boolean): void {
  if (isFuture(c)) return emitConst(c, str(unparse(e)), e);
  if (vararg && e.kind === 'Starred') {
    visit(c, e.value);
    emit(c, op.OP_UNPACK_SEQUENCE, 1, e);
  } else visit(c, e);
}

// ---------------------------------------------------------------- variables

export function annAssign(c: Compiler, s: A.AnnAssign): void {
  if (s.value !== null) {
    visit(c, s.value);
    visit(c, s.target);
  }
  const inBody = c.unit.kind === 'module' || c.unit.kind === 'class';
  if (s.target.kind === 'Name') {
    if (s.simple && inBody) annotateVariable(c, s, s.target);
  } else if (s.value === null) evaluateTarget(c, s.target);
}

/** Target of a bare annotation: its parts are evaluated for their effects. */
function evaluateTarget(c: Compiler, target: A.Expr): void {
  if (target.kind !== 'Attribute' && target.kind !== 'Subscript') return;
  discard(c, target.value);
  if (target.kind === 'Subscript') discardSubscript(c, target.slice);
}

function discardSubscript(c: Compiler, e: A.Expr): void {
  if (e.kind === 'Tuple') return e.elts.forEach((x) => discardSubscript(c, x));
  if (e.kind !== 'Slice') return discard(c, e);
  for (const part of [e.lower, e.upper, e.step]) if (part !== null) discard(c, part);
}

function discard(c: Compiler, e: A.Expr): void {
  visit(c, e);
  emitPop(c, e);
}

function annotateVariable(c: Compiler, s: A.AnnAssign, target: A.Name): void {
  const u = c.unit;
  if (isFuture(c)) {
    emitConst(c, str(unparse(s.annotation)), s);
    nameOp(c, '__annotations__', 'Load', s);
    emitConst(c, str(mangled(u, target.id)), s);
    return emit(c, op.OP_STORE_SUBSCR, 0, s);
  }
  const conditional = u.kind === 'module' || u.inConditionalBlock;
  const index = conditional ? u.conditionalAnnotations++ : -1;
  u.deferredAnnotations.push({ stmt: s, index });
  if (!conditional) return;
  if (u.kind === 'class') emit(c, op.OP_LOAD_DEREF, cellIndex(u, '__conditional_annotations__'), s);
  else emitName(c, op.OP_LOAD_NAME, '__conditional_annotations__', s);
  emitConst(c, int(index), s);
  emit(c, op.OP_SET_ADD, 1, s);
  emitPop(c, s);
}

/**
 * Ends a class or module body with its __annotate__ function. A module stores it first of all, since it may be asked
 * for while the body runs.
 */
export function deferredAnnotations(c: Compiler, start: A.Located): void {
  const u = c.unit;
  if (u.deferredAnnotations.length === 0) return;
  if (u.kind === 'class') return storeAnnotate(c, '__annotate_func__', start);
  const { ops, args, at } = u;
  const shift = ops.length;
  storeAnnotate(c, '__annotate__', start);
  if (u.scope.hasConditionalAnnotations) {
    emit(c, op.OP_BUILD_SET, 0, start);
    emitName(c, op.OP_STORE_NAME, '__conditional_annotations__', start);
  }
  const n = ops.length - shift;
  for (const list of [ops, args, at] as unknown[][]) list.unshift(...list.splice(shift, n));
  u.labels = u.labels.map((position) => (position < 0 ? position : position + n));
  u.barrier = ops.length;
}

function storeAnnotate(c: Compiler, name: string, at: A.Located): void {
  makeClosure(c, annotateCode(c, at), 0, at);
  nameOp(c, name, 'Store', at);
}

function annotateCode(c: Compiler, at: A.Located): CodeUnit {
  const { deferredAnnotations: deferred, scope } = c.unit;
  enterAnnotations(c, '__annotate__', scope.annotationBlock!, at);
  emit(c, op.OP_BUILD_MAP, 0, at);
  for (const { stmt, index } of deferred) deferredItem(c, stmt, index, at);
  emit(c, op.OP_RETURN_VALUE, 0, at);
  return leaveScope(c, false);
}

/** [dict] -> [dict] with one more item, unless the statement was not reached. */
function deferredItem(c: Compiler, s: A.AnnAssign, index: number, at: A.Located): void {
  const skip = newLabel(c);
  if (index >= 0) {
    emitConst(c, int(index), s);
    const name = '__conditional_annotations__';
    if (c.unit.frees.has(name)) emit(c, op.OP_LOAD_DEREF, cellIndex(c.unit, name), s);
    else emitName(c, op.OP_LOAD_GLOBAL, name, s);
    emit(c, op.OP_CONTAINS_OP, 0, s);
    emitJumpIf(c, false, skip, s);
  }
  visit(c, s.annotation);
  emit(c, op.OP_COPY, 2, s);
  emitConst(c, str(mangled(c.unit, (s.target as A.Name).id)), s);
  emit(c, op.OP_STORE_SUBSCR, 0, at);
  place(c, skip);
}
