/** Code of control flow: branches, loops, jumps out of blocks, try and with. */
import type * as A from '../syntax/ast.js';
import { constOf, NONE } from './constants.js';
import { emitAwait, emitYieldFrom, immutableDisplay, jumpIf, visit } from './expressions.js';
import { nameOp } from './names.js';
import * as op from './opcodes.js';
import { body } from './statements.js';
import { checkNesting } from './nesting.js';
import { syntaxError } from './symbols.js';
import {
  type Compiler,
  emit,
  emitConst,
  emitJumpIf,
  emitNone,
  emitPop,
  type FrameBlock,
  newLabel,
  P_JUMP,
  P_POP_BLOCK,
  P_SETUP_CLEANUP,
  P_SETUP_FINALLY,
  P_SETUP_WITH,
  place,
} from './unit.js';
import { warnFinally } from './warnings.js';

type At = A.Located | null;

function push(
  c: Compiler,
  kind: FrameBlock['kind'],
  where: At,
  start = -1,
  exit = -1,
  more: Partial<FrameBlock> = {},
): void {
  checkNesting(c, where);
  c.unit.blocks.push({ kind, start, exit, finalbody: null, name: null, at: null, ...more });
}

const pop = (c: Compiler): void => void c.unit.blocks.pop();

/** Runs `f` in a block whose annotations are conditional. */
function conditionally(c: Compiler, f: () => void): void {
  const u = c.unit;
  const before = u.inConditionalBlock;
  u.inConditionalBlock = true;
  f();
  u.inConditionalBlock = before;
}

// ---------------------------------------------------------------- leaving blocks

/** Undoes one block for a jump out of it; `keep` says that the value on top survives. */
function unwind(c: Compiler, b: FrameBlock, keep: boolean, at: At): At {
  switch (b.kind) {
    case 'for':
      swapIf(c, keep, at);
      emitPop(c, at);
      return at;
    case 'try':
      emit(c, P_POP_BLOCK, 0, at);
      return at;
    case 'finally try':
      return unwindFinally(c, b, keep, at);
    case 'finally end':
      swapIf(c, keep, at);
      emitPop(c, at);
      swapIf(c, keep, at);
      emit(c, P_POP_BLOCK, 0, at);
      emit(c, op.OP_POP_EXCEPT, 0, at);
      return at;
    case 'with':
    case 'async with':
      return unwindWith(c, b, keep);
    case 'handler cleanup':
      return unwindHandler(c, b, keep, at);
    case 'pop value':
      swapIf(c, keep, at);
      emitPop(c, at);
      return at;
    default:
      return at;
  }
}

function swapIf(c: Compiler, keep: boolean, at: At): void {
  if (keep) emit(c, op.OP_SWAP, 2, at);
}

function unwindFinally(c: Compiler, b: FrameBlock, keep: boolean, at: At): At {
  emit(c, P_POP_BLOCK, 0, at);
  if (keep) push(c, 'pop value', at);
  body(c, b.finalbody!);
  if (keep) pop(c);
  return null;
}

function unwindWith(c: Compiler, b: FrameBlock, keep: boolean): At {
  emit(c, P_POP_BLOCK, 0, b.at);
  if (keep) {
    emit(c, op.OP_SWAP, 3, b.at);
    emit(c, op.OP_SWAP, 2, b.at);
  }
  exitWithNones(c, b.at!);
  if (b.kind === 'async with') emitAwait(c, 2, b.at!);
  emitPop(c, b.at);
  return null;
}

function unwindHandler(c: Compiler, b: FrameBlock, keep: boolean, at: At): At {
  if (b.name !== null) emit(c, P_POP_BLOCK, 0, at);
  swapIf(c, keep, at);
  emit(c, P_POP_BLOCK, 0, at);
  emit(c, op.OP_POP_EXCEPT, 0, at);
  if (b.name !== null) forget(c, b.name, at);
  return at;
}

/** name = None; del name */
function forget(c: Compiler, name: string, at: At): void {
  emitNone(c, at);
  nameOp(c, name, 'Store', at);
  nameOp(c, name, 'Del', at);
}

/** Undoes blocks from the innermost out, to the nearest loop when `toLoop`; returns the loop. */
function unwindAll(c: Compiler, keep: boolean, toLoop: boolean, at: A.Located): { loop: FrameBlock | null; at: At } {
  const { blocks } = c.unit;
  const undone: FrameBlock[] = [];
  let where: At = at;
  let loop: FrameBlock | null = null;
  while (blocks.length > 0) {
    const b = blocks[blocks.length - 1]!;
    if (b.kind === 'exception group handler') {
      throw syntaxError("'break', 'continue' and 'return' cannot appear in an except* block", at);
    }
    if (toLoop && (b.kind === 'while' || b.kind === 'for')) {
      loop = b;
      break;
    }
    undone.push(blocks.pop()!);
    where = unwind(c, b, keep, where);
  }
  while (undone.length > 0) blocks.push(undone.pop()!);
  return { loop, at: where };
}

function checkFinally(c: Compiler, what: string, at: A.Located): void {
  for (let i = c.unit.blocks.length - 1; i >= 0; i--) {
    const { kind } = c.unit.blocks[i]!;
    if (kind === 'finally end') return warnFinally(c, what, at);
    if (what !== 'return' && (kind === 'while' || kind === 'for')) return;
  }
}

export function returnStmt(c: Compiler, s: A.Return): void {
  const { kind, scope } = c.unit;
  if (kind !== 'function' && kind !== 'async function') throw syntaxError("'return' outside function", s);
  if (s.value !== null && scope.coroutine && scope.generator) {
    throw syntaxError("'return' with value in async generator", s);
  }
  checkFinally(c, 'return', s);
  const constant = s.value === null ? NONE : s.value.kind === 'Constant' ? constOf(s.value.value) : null;
  if (constant === null) visit(c, s.value!);
  const { at } = unwindAll(c, constant === null, false, s);
  if (constant !== null) emitConst(c, constant, at);
  emit(c, op.OP_RETURN_VALUE, 0, at);
}

export function breakStmt(c: Compiler, s: A.Break): void {
  checkFinally(c, 'break', s);
  const { loop, at } = unwindAll(c, false, true, s);
  if (loop === null) throw syntaxError("'break' outside loop", s);
  const where = unwind(c, loop, false, at);
  emit(c, P_JUMP, loop.exit, where);
}

export function continueStmt(c: Compiler, s: A.Continue): void {
  checkFinally(c, 'continue', s);
  const { loop, at } = unwindAll(c, false, true, s);
  if (loop === null) throw syntaxError("'continue' not properly in loop", s);
  emit(c, P_JUMP, loop.start, at);
}

// ---------------------------------------------------------------- branches and loops

export function ifStmt(c: Compiler, s: A.If): void {
  conditionally(c, () => {
    const end = newLabel(c);
    const next = s.orelse.length > 0 ? newLabel(c) : end;
    jumpIf(c, s.test, next, false);
    body(c, s.body);
    if (s.orelse.length > 0) {
      emit(c, P_JUMP, end, null);
      place(c, next);
      body(c, s.orelse);
    }
    place(c, end);
  });
}

export function whileLoop(c: Compiler, s: A.While): void {
  conditionally(c, () => {
    const start = newLabel(c);
    const anchor = newLabel(c);
    const end = newLabel(c);
    place(c, start);
    push(c, 'while', s, start, end);
    jumpIf(c, s.test, anchor, false);
    body(c, s.body);
    emit(c, P_JUMP, start, null);
    pop(c);
    place(c, anchor);
    body(c, s.orelse);
    place(c, end);
  });
}

export function forLoop(c: Compiler, s: A.For): void {
  conditionally(c, () => {
    const start = newLabel(c);
    const cleanup = newLabel(c);
    const end = newLabel(c);
    push(c, 'for', s, start, end);
    visit(c, s.iter);
    immutableDisplay(c);
    emit(c, op.OP_GET_ITER, 0, s.iter);
    place(c, start);
    emit(c, op.OP_FOR_ITER, cleanup, s.iter);
    visit(c, s.target);
    body(c, s.body);
    emit(c, P_JUMP, start, null);
    pop(c);
    place(c, cleanup);
    body(c, s.orelse);
    place(c, end);
  });
}

export function asyncForLoop(c: Compiler, s: A.AsyncFor): void {
  needAsync(c, "'async for' outside async function", s);
  conditionally(c, () => {
    const start = newLabel(c);
    const except = newLabel(c);
    const end = newLabel(c);
    visit(c, s.iter);
    emit(c, op.OP_GET_AITER, 0, s.iter);
    place(c, start);
    push(c, 'for', s, start, end);
    emit(c, P_SETUP_FINALLY, except, s.iter);
    emit(c, op.OP_GET_ANEXT, 0, s.iter);
    emitNone(c, s.iter);
    emitYieldFrom(c, s.iter);
    emit(c, P_POP_BLOCK, 0, s.iter);
    visit(c, s.target);
    body(c, s.body);
    emit(c, P_JUMP, start, null);
    pop(c);
    place(c, except);
    emit(c, op.OP_END_ASYNC_FOR, 0, s.iter);
    body(c, s.orelse);
    place(c, end);
  });
}

function needAsync(c: Compiler, msg: string, at: A.Located): void {
  if (c.unit.kind !== 'async function') throw syntaxError(msg, at);
}

// ---------------------------------------------------------------- try

export function tryStmt(c: Compiler, s: A.Try): void {
  conditionally(c, () => (s.finalbody.length > 0 ? tryFinally(c, s, tryExcept) : tryExcept(c, s)));
}

export function tryStarStmt(c: Compiler, s: A.TryStar): void {
  conditionally(c, () => (s.finalbody.length > 0 ? tryFinally(c, s, tryExceptStar) : tryExceptStar(c, s)));
}

function tryFinally<T extends A.Try | A.TryStar>(c: Compiler, s: T, inner: (c: Compiler, s: T) => void): void {
  const start = newLabel(c);
  const end = newLabel(c);
  const cleanup = newLabel(c);
  const exit = newLabel(c);
  emit(c, P_SETUP_FINALLY, end, s);
  place(c, start);
  push(c, 'finally try', s, start, end, { finalbody: s.finalbody });
  if (s.handlers.length > 0) inner(c, s);
  else body(c, s.body);
  emit(c, P_POP_BLOCK, 0, null);
  pop(c);
  body(c, s.finalbody);
  emit(c, P_JUMP, exit, null);
  place(c, end);
  push(c, 'finally end', s, end);
  emit(c, P_SETUP_CLEANUP, cleanup, null);
  emit(c, op.OP_PUSH_EXC_INFO, 0, null);
  body(c, s.finalbody);
  pop(c);
  emit(c, op.OP_RERAISE, 0, null);
  place(c, cleanup);
  popExceptAndReraise(c);
  place(c, exit);
}

/** [previous, lasti, exc]: an exception inside a handler goes on, after the one handled is put back. */
function popExceptAndReraise(c: Compiler): void {
  emit(c, op.OP_COPY, 3, null);
  emit(c, op.OP_POP_EXCEPT, 0, null);
  emit(c, op.OP_RERAISE, 1, null);
}

function tryExcept(c: Compiler, s: A.Try): void {
  const start = newLabel(c);
  const except = newLabel(c);
  const cleanup = newLabel(c);
  const end = newLabel(c);
  emit(c, P_SETUP_FINALLY, except, s);
  place(c, start);
  push(c, 'try', s, start);
  body(c, s.body);
  pop(c);
  emit(c, P_POP_BLOCK, 0, null);
  body(c, s.orelse);
  emit(c, P_JUMP, end, null);
  place(c, except);
  emit(c, P_SETUP_CLEANUP, cleanup, null);
  emit(c, op.OP_PUSH_EXC_INFO, 0, null);
  push(c, 'exception handler', s);
  s.handlers.forEach((h, i) => {
    if (h.type === null && i < s.handlers.length - 1) throw syntaxError("default 'except:' must be last", h);
    handler(c, h, end);
  });
  emit(c, op.OP_RERAISE, 0, null);
  pop(c);
  place(c, cleanup);
  popExceptAndReraise(c);
  place(c, end);
}

function handler(c: Compiler, h: A.ExceptHandler, end: number): void {
  const next = newLabel(c);
  if (h.type !== null) {
    visit(c, h.type);
    emit(c, op.OP_CHECK_EXC_MATCH, 0, h.type);
    emit(c, op.OP_POP_JUMP_IF_FALSE, next, h.type);
  }
  if (h.name !== null) namedHandler(c, h, h.name, end);
  else plainHandler(c, h, end);
  place(c, next);
}

function plainHandler(c: Compiler, h: A.ExceptHandler, end: number): void {
  emitPop(c, h);
  push(c, 'handler cleanup', h);
  body(c, h.body);
  pop(c);
  emit(c, P_POP_BLOCK, 0, null);
  emit(c, op.OP_POP_EXCEPT, 0, null);
  emit(c, P_JUMP, end, null);
}

/** The name is unbound at the end, however that is reached. */
function namedHandler(c: Compiler, h: A.ExceptHandler, name: string, end: number): void {
  const cleanup = newLabel(c);
  nameOp(c, name, 'Store', h);
  emit(c, P_SETUP_CLEANUP, cleanup, h);
  push(c, 'handler cleanup', h, -1, -1, { name });
  body(c, h.body);
  pop(c);
  emit(c, P_POP_BLOCK, 0, null);
  emit(c, P_POP_BLOCK, 0, null);
  emit(c, op.OP_POP_EXCEPT, 0, null);
  forget(c, name, null);
  emit(c, P_JUMP, end, null);
  place(c, cleanup);
  forget(c, name, null);
  emit(c, op.OP_RERAISE, 1, null);
}

/**
 * PEP 654. In the handlers the stack is [previous, original, results, rest]: results collects what the clauses raise,
 * rest is what no clause has matched so far.
 */
function tryExceptStar(c: Compiler, s: A.TryStar): void {
  const start = newLabel(c);
  const except = newLabel(c);
  const orelse = newLabel(c);
  const end = newLabel(c);
  const cleanup = newLabel(c);
  emit(c, P_SETUP_FINALLY, except, s);
  place(c, start);
  push(c, 'try', s, start);
  body(c, s.body);
  pop(c);
  emit(c, P_POP_BLOCK, 0, null);
  emit(c, P_JUMP, orelse, null);
  place(c, except);
  emit(c, P_SETUP_CLEANUP, cleanup, null);
  emit(c, op.OP_PUSH_EXC_INFO, 0, null);
  push(c, 'exception group handler', s);
  emit(c, op.OP_BUILD_LIST, 0, s.handlers[0]!);
  emit(c, op.OP_COPY, 2, s.handlers[0]!);
  for (const h of s.handlers) starHandler(c, h);
  emit(c, op.OP_LIST_APPEND, 1, s.handlers[s.handlers.length - 1]!);
  pop(c);
  reraiseStar(c, end);
  place(c, cleanup);
  popExceptAndReraise(c);
  place(c, orelse);
  body(c, s.orelse);
  place(c, end);
}

function starHandler(c: Compiler, h: A.ExceptHandler): void {
  const noMatch = newLabel(c);
  const next = newLabel(c);
  const cleanup = newLabel(c);
  visit(c, h.type!);
  emit(c, op.OP_CHECK_EG_MATCH, 0, h);
  emit(c, op.OP_COPY, 1, h);
  emit(c, op.OP_POP_JUMP_IF_NONE, noMatch, h);
  if (h.name !== null) nameOp(c, h.name, 'Store', h);
  else emitPop(c, h);
  emit(c, P_SETUP_CLEANUP, cleanup, h);
  push(c, 'handler cleanup', h, -1, -1, { name: h.name });
  body(c, h.body);
  pop(c);
  emit(c, P_POP_BLOCK, 0, null);
  if (h.name !== null) forget(c, h.name, null);
  emit(c, P_JUMP, next, null);
  place(c, cleanup);
  if (h.name !== null) forget(c, h.name, null);
  emit(c, op.OP_LIST_APPEND, 3, null);
  emitPop(c, null);
  emit(c, P_JUMP, next, null);
  place(c, noMatch);
  emitPop(c, h);
  place(c, next);
}

function reraiseStar(c: Compiler, end: number): void {
  const reraise = newLabel(c);
  emit(c, op.OP_CALL_INTRINSIC_2, op.INTRINSIC_PREP_RERAISE_STAR, null);
  emit(c, op.OP_COPY, 1, null);
  emit(c, op.OP_POP_JUMP_IF_NOT_NONE, reraise, null);
  emitPop(c, null);
  emit(c, P_POP_BLOCK, 0, null);
  emit(c, op.OP_POP_EXCEPT, 0, null);
  emit(c, P_JUMP, end, null);
  place(c, reraise);
  emit(c, P_POP_BLOCK, 0, null);
  emit(c, op.OP_SWAP, 2, null);
  emit(c, op.OP_POP_EXCEPT, 0, null);
  emit(c, op.OP_RERAISE, 0, null);
}

// ---------------------------------------------------------------- with

function exitWithNones(c: Compiler, at: A.Located): void {
  for (let i = 0; i < 3; i++) emitNone(c, at);
  emit(c, op.OP_CALL, 3, at);
}

export function withStmt(c: Compiler, s: A.With, i: number): void {
  withItem(c, s, i, false, (next) => (next < s.items.length ? withStmt(c, s, next) : body(c, s.body)));
}

export function asyncWith(c: Compiler, s: A.AsyncWith, i: number): void {
  needAsync(c, "'async with' outside async function", s);
  withItem(c, s, i, true, (next) => (next < s.items.length ? asyncWith(c, s, next) : body(c, s.body)));
}

function withItem(
  c: Compiler,
  s: A.With | A.AsyncWith,
  i: number,
  isAsync: boolean,
  inner: (next: number) => void,
): void {
  const item = s.items[i]!;
  const at = item.context_expr;
  const start = newLabel(c);
  const final = newLabel(c);
  const exit = newLabel(c);
  enterContext(c, at, isAsync);
  emit(c, P_SETUP_WITH, final, at);
  place(c, start);
  push(c, isAsync ? 'async with' : 'with', at, start, final, { at });
  conditionally(c, () => {
    if (item.optional_vars !== null) visit(c, item.optional_vars);
    else emitPop(c, at);
    inner(i + 1);
  });
  emit(c, P_POP_BLOCK, 0, at);
  pop(c);
  exitWithNones(c, at);
  if (isAsync) emitAwait(c, 2, at);
  emitPop(c, at);
  emit(c, P_JUMP, exit, at);
  place(c, final);
  exitContext(c, at, isAsync);
  place(c, exit);
}

/** [] -> [exit, self or NULL, entered] */
function enterContext(c: Compiler, at: A.Expr, isAsync: boolean): void {
  visit(c, at);
  emit(c, op.OP_COPY, 1, at);
  emit(c, op.OP_LOAD_SPECIAL, isAsync ? op.SPECIAL_AEXIT : op.SPECIAL_EXIT, at);
  emit(c, op.OP_SWAP, 2, at);
  emit(c, op.OP_SWAP, 3, at);
  emit(c, op.OP_LOAD_SPECIAL, isAsync ? op.SPECIAL_AENTER : op.SPECIAL_ENTER, at);
  emit(c, op.OP_CALL, 0, at);
  if (isAsync) emitAwait(c, 1, at);
}

/** Handler: [exit, self or NULL, lasti, exc]; a true result of exit ends the exception. */
function exitContext(c: Compiler, at: A.Located, isAsync: boolean): void {
  const cleanup = newLabel(c);
  const suppress = newLabel(c);
  const done = newLabel(c);
  emit(c, P_SETUP_CLEANUP, cleanup, at);
  emit(c, op.OP_PUSH_EXC_INFO, 0, at);
  emit(c, op.OP_WITH_EXCEPT_START, 0, at);
  if (isAsync) emitAwait(c, 2, at);
  emitJumpIf(c, true, suppress, at);
  emit(c, op.OP_RERAISE, 2, at);
  place(c, suppress);
  emitPop(c, at);
  emit(c, P_POP_BLOCK, 0, at);
  emit(c, op.OP_POP_EXCEPT, 0, at);
  for (let i = 0; i < 3; i++) emitPop(c, at);
  emit(c, P_JUMP, done, at);
  place(c, cleanup);
  popExceptAndReraise(c);
  place(c, done);
}
