/** Code of comprehensions and generator expressions. */
import type * as A from '../syntax/ast.js';
import { emitAwait, emitYield, emitYieldFrom, jumpIf, visit } from './expressions.js';
import { checkNesting } from './nesting.js';
import * as op from './opcodes.js';
import { enterScope, leaveScope, makeClosure, slotOf } from './scope.js';
import {
  CELL,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  FREE,
  isFunctionLike,
  type Scope,
  SCOPE_SHIFT,
  scopeOf,
  syntaxError,
} from './symbols.js';
import {
  type Compiler,
  emit,
  emitNone,
  emitPop,
  newLabel,
  P_JUMP,
  P_POP_BLOCK,
  P_SETUP_FINALLY,
  P_STORE_FAST_MAYBE_NULL,
  place,
} from './unit.js';

type Comp = A.ListComp | A.SetComp | A.DictComp | A.GeneratorExp;

const BUILD = { ListComp: op.OP_BUILD_LIST, SetComp: op.OP_BUILD_SET, DictComp: op.OP_BUILD_MAP };
const NAMES = { ListComp: '<listcomp>', SetComp: '<setcomp>', DictComp: '<dictcomp>', GeneratorExp: '<genexpr>' };

export function comprehension(c: Compiler, e: Comp): void {
  const scope = c.table.scopes.get(e)!;
  checkAsync(c, e, scope);
  if (scope.compInlined) return inlined(c, e, scope);
  const at = e;
  enterScope(c, NAMES[e.kind], 'comprehension', scope, e.lineno, {
    argcount: 1,
    posonlyargcount: 0,
    kwonlyargcount: 0,
  });
  if (e.kind !== 'GeneratorExp') emit(c, BUILD[e.kind], 0, at);
  generatorBody(c, e, 0, 0, false);
  if (e.kind !== 'GeneratorExp') emit(c, op.OP_RETURN_VALUE, 0, at);
  const code = leaveScope(c, e.kind === 'GeneratorExp');
  makeClosure(c, code, 0, at);
  outermostIterator(c, e.generators[0]!);
  emit(c, op.OP_CALL, 0, at);
  if (scope.coroutine && e.kind !== 'GeneratorExp') emitAwait(c, 0, at);
}

function checkAsync(c: Compiler, e: Comp, scope: Scope): void {
  if (!scope.coroutine || e.kind === 'GeneratorExp') return;
  const { kind } = c.unit;
  if (kind === 'async function' || kind === 'comprehension') return;
  throw syntaxError('asynchronous comprehension outside of an asynchronous function', e);
}

function outermostIterator(c: Compiler, g: A.Comprehension): void {
  visit(c, g.iter);
  emit(c, g.is_async ? op.OP_GET_AITER : op.OP_GET_ITER, 0, g.iter);
}

// ---------------------------------------------------------------- the loops

/** Loops from generator i on; depth is the number of loops around. */
export function generatorBody(c: Compiler, e: Comp, i: number, depth: number, onStack: boolean): void {
  const g = e.generators[i]!;
  if (g.is_async) asyncGenerator(c, e, i, depth, onStack);
  else syncGenerator(c, e, i, depth, onStack);
}

function syncGenerator(c: Compiler, e: Comp, i: number, depth: number, onStack: boolean): void {
  const g = e.generators[i]!;
  const start = newLabel(c);
  const cleanup = newLabel(c);
  const end = newLabel(c);
  const single = i > 0 ? singleValue(g.iter) : null;
  if (single !== null) visit(c, single);
  else {
    iterator(c, g, i, onStack);
    place(c, start);
    emit(c, op.OP_FOR_ITER, end, g.iter);
  }
  visit(c, g.target);
  rest(c, e, i, single === null ? depth + 1 : depth, cleanup);
  place(c, cleanup);
  if (single !== null) return;
  emit(c, P_JUMP, start, e);
  place(c, end);
}

/** Value of the idiom `for x in [value]`, an assignment. */
function singleValue(iter: A.Expr): A.Expr | null {
  if ((iter.kind !== 'List' && iter.kind !== 'Tuple') || iter.elts.length !== 1) return null;
  return iter.elts[0]!.kind === 'Starred' ? null : iter.elts[0]!;
}

function iterator(c: Compiler, g: A.Comprehension, i: number, onStack: boolean): void {
  if (i > 0) {
    visit(c, g.iter);
    emit(c, g.is_async ? op.OP_GET_AITER : op.OP_GET_ITER, 0, g.iter);
  } else if (!onStack) emit(c, op.OP_LOAD_FAST, 0, g.iter);
}

function asyncGenerator(c: Compiler, e: Comp, i: number, depth: number, onStack: boolean): void {
  const g = e.generators[i]!;
  const start = newLabel(c);
  const except = newLabel(c);
  const cleanup = newLabel(c);
  iterator(c, g, i, onStack);
  place(c, start);
  checkNesting(c, e);
  c.unit.blocks.push({ kind: 'async comprehension', start, exit: -1, finalbody: null, name: null, at: null });
  emit(c, P_SETUP_FINALLY, except, e);
  emit(c, op.OP_GET_ANEXT, 0, e);
  emitNone(c, e);
  emitYieldFrom(c, e);
  emit(c, P_POP_BLOCK, 0, e);
  visit(c, g.target);
  rest(c, e, i, depth + 1, cleanup);
  place(c, cleanup);
  emit(c, P_JUMP, start, e);
  c.unit.blocks.pop();
  place(c, except);
  emit(c, op.OP_END_ASYNC_FOR, 0, e);
}

/** Conditions, then the loops inside or the element. */
function rest(c: Compiler, e: Comp, i: number, depth: number, cleanup: number): void {
  for (const condition of e.generators[i]!.ifs) jumpIf(c, condition, cleanup, false);
  if (i + 1 < e.generators.length) return generatorBody(c, e, i + 1, depth, false);
  if (e.kind === 'DictComp') {
    visit(c, e.key);
    visit(c, e.value);
    return emit(c, op.OP_MAP_ADD, depth + 1, e);
  }
  visit(c, e.elt);
  if (e.kind === 'ListComp') return emit(c, op.OP_LIST_APPEND, depth + 1, e.elt);
  if (e.kind === 'SetComp') return emit(c, op.OP_SET_ADD, depth + 1, e.elt);
  emitYield(c, e.elt);
  emitPop(c, e.elt);
}

// ---------------------------------------------------------------- PEP 709

interface Inlined {
  /** Slots saved on the stack. */
  saved: string[];
  /** Symbols of the scope around, to be put back. */
  symbols: Map<string, number | undefined>;
  hidden: string[];
}

function inlined(c: Compiler, e: Exclude<Comp, A.GeneratorExp>, scope: Scope): void;
function inlined(c: Compiler, e: Comp, scope: Scope): void;
function inlined(c: Compiler, e: Comp, scope: Scope): void {
  if (e.kind === 'GeneratorExp') throw new Error('generator expressions are not inlined');
  outermostIterator(c, e.generators[0]!);
  const state = adoptSymbols(c, scope);
  const cleanup = newLabel(c);
  saveLocals(c, state, scope, cleanup, e);
  emit(c, BUILD[e.kind], 0, e);
  emit(c, op.OP_SWAP, 2, e);
  generatorBody(c, e, 0, 0, true);
  restoreLocals(c, state, cleanup, e);
  restoreSymbols(c, state);
}

/** The comprehension's names take the place of the scope's own of the same name. */
function adoptSymbols(c: Compiler, scope: Scope): Inlined {
  const u = c.unit;
  const state: Inlined = { saved: [], symbols: new Map(), hidden: [] };
  const inClass = u.scope.type === 'class' && u.inlinedDepth === 0;
  u.inlinedDepth++;
  for (const [name, flags] of scope.symbols) {
    if (flags & DEF_PARAM) continue;
    const bound = (flags & DEF_LOCAL) !== 0 && (flags & DEF_NONLOCAL) === 0;
    if (!bound && !inClass) continue;
    if (bound) hide(c, name, state);
    const outer = u.scope.symbols.get(name);
    if (differs(scopeOf(flags), scopeOf(outer ?? 0)) || inClass) {
      state.symbols.set(name, outer);
      u.scope.symbols.set(name, flags);
    }
    if (bound) state.saved.push(name);
  }
  return state;
}

function differs(inner: number, outer: number): boolean {
  return inner !== outer && inner !== FREE && !(inner === CELL && outer === FREE);
}

/** In class and module bodies the names are slots for the time being. */
function hide(c: Compiler, name: string, state: Inlined): void {
  const u = c.unit;
  if (isFunctionLike(u.scope) || u.fastHidden.get(name) === true) return;
  u.fastHidden.set(name, true);
  state.hidden.push(name);
}

function saveLocals(c: Compiler, state: Inlined, scope: Scope, cleanup: number, at: A.Located): void {
  const u = c.unit;
  for (const name of state.saved) {
    emit(c, op.OP_LOAD_FAST_AND_CLEAR, slotOf(u, name), at);
    if (scope.symbols.get(name)! >> SCOPE_SHIFT === CELL) emit(c, op.OP_MAKE_CELL, slotOf(u, name), at);
  }
  if (state.saved.length === 0) return;
  emit(c, op.OP_SWAP, state.saved.length + 1, at);
  emit(c, P_SETUP_FINALLY, cleanup, at);
}

function restoreLocals(c: Compiler, state: Inlined, cleanup: number, at: A.Located): void {
  if (state.saved.length === 0) return;
  const end = newLabel(c);
  emit(c, P_POP_BLOCK, 0, null);
  emit(c, P_JUMP, end, null);
  place(c, cleanup);
  emit(c, op.OP_SWAP, 2, null);
  emitPop(c, null);
  putBack(c, state, at);
  emit(c, op.OP_RERAISE, 0, at);
  place(c, end);
  putBack(c, state, at);
}

/** [saved..., top] -> [top] */
function putBack(c: Compiler, state: Inlined, at: A.Located): void {
  emit(c, op.OP_SWAP, state.saved.length + 1, at);
  for (const name of state.saved.toReversed()) emit(c, P_STORE_FAST_MAYBE_NULL, slotOf(c.unit, name), at);
}

function restoreSymbols(c: Compiler, state: Inlined): void {
  const u = c.unit;
  u.inlinedDepth--;
  for (const [name, flags] of state.symbols) {
    if (flags === undefined) u.scope.symbols.delete(name);
    else u.scope.symbols.set(name, flags);
  }
  for (const name of state.hidden) u.fastHidden.set(name, false);
}
