/** Compiler: syntax tree to code units. */
import type * as A from '../syntax/ast.js';
import { PySyntaxError, type PySyntaxWarning } from '../syntax/errors.js';
import type { CodeUnit } from './code.js';
import { visit } from './expressions.js';
import { moduleOrClassBody } from './functions.js';
import { futureOf } from './future.js';
import * as op from './opcodes.js';
import { enterScope, leaveScope } from './scope.js';
import { buildSymbolTable } from './symtable.js';
import { type Compiler, emit, loc, type Unit } from './unit.js';

export type { CodeUnit, Const } from './code.js';

export type Mode = 'exec' | 'eval' | 'single';

const TREE = { exec: 'Module', eval: 'Expression', single: 'Interactive' } as const;

export interface CompileOptions {
  /** 1 leaves out assert statements, 2 docstrings too, as -O and -OO. */
  optimize?: 0 | 1 | 2;
  /** CO_FUTURE_* in force from the start, as compile() inherits them. */
  flags?: number;
  onWarning?: (warning: PySyntaxWarning) => void;
  /** A module whose last statement is an expression returns its value. */
  lastValue?: boolean;
}

/**
 * Code of a module (mode exec), expression (eval) or interactive statement (single); of the tree that mode gives.
 * Throws PySyntaxError with the message and place of CPython 3.14; its `text` is null, offsets count bytes.
 */
export function compile(
  tree: A.Module | A.Expression | A.Interactive,
  filename: string,
  mode: Mode,
  options: CompileOptions = {},
): CodeUnit {
  if (tree.kind !== TREE[mode]) throw new TypeError(`mode ${mode} compiles ${TREE[mode]}, not ${tree.kind}`);
  try {
    return compileTree(tree, filename, options);
  } catch (e) {
    if (e instanceof PySyntaxError) e.filename = filename;
    throw e;
  }
}

function compileTree(
  tree: A.Module | A.Expression | A.Interactive,
  filename: string,
  options: CompileOptions,
): CodeUnit {
  const future = futureOf(tree, options.flags ?? 0);
  const table = buildSymbolTable(tree, future);
  const c: Compiler = {
    filename,
    table,
    future,
    optimize: options.optimize ?? 0,
    interactive: tree.kind === 'Interactive',
    warn: options.onWarning ?? (() => {}),
    unit: null as unknown as Unit,
  };
  enterScope(c, '<module>', 'module', table.top, 1);
  if (tree.kind === 'Expression') {
    visit(c, tree.body);
    emit(c, op.OP_RETURN_VALUE, 0, tree.body);
    return leaveScope(c, false);
  }
  const first = tree.body[0]?.lineno ?? 1;
  const last = options.lastValue === true ? tree.body.at(-1) : undefined;
  const returned = last?.kind === 'Expr' ? last.value : undefined;
  moduleOrClassBody(c, returned === undefined ? tree.body : tree.body.slice(0, -1), loc(first, first, 0, 0));
  if (returned === undefined) return leaveScope(c, true);
  visit(c, returned);
  emit(c, op.OP_RETURN_VALUE, 0, returned);
  return leaveScope(c, false);
}
