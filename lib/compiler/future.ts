/** `from __future__ import ...` at the top of a module (reference, "Future statements"). */
import type * as A from '../syntax/ast.js';
import { CO_FUTURE_ANNOTATIONS, CO_FUTURE_BARRY_AS_BDFL } from './code.js';
import { syntaxError } from './symbols.js';

/** Features that became the language: accepted, without effect. */
const DONE = new Set([
  'nested_scopes',
  'generators',
  'division',
  'absolute_import',
  'with_statement',
  'print_function',
  'unicode_literals',
  'generator_stop',
]);

export interface Future {
  /** CO_FUTURE_* */
  flags: number;
  /** Line of the last future statement, 0 for none. */
  lineno: number;
}

/** Features of a module. Throws PySyntaxError for an unknown one. */
export function futureOf(tree: A.Mod, inherited: number): Future {
  const future: Future = { flags: inherited, lineno: 0 };
  if (tree.kind !== 'Module' && tree.kind !== 'Interactive') return future;
  let docstringMayCome = true;
  for (const stmt of tree.body) {
    if (isFuture(stmt)) {
      for (const alias of stmt.names) future.flags |= featureFlag(alias);
      future.lineno = stmt.lineno;
    } else if (!docstringMayCome || !isDocstring(stmt)) return future;
    docstringMayCome = false;
  }
  return future;
}

export function isFuture(stmt: A.Stmt): stmt is A.ImportFrom {
  return stmt.kind === 'ImportFrom' && stmt.module === '__future__' && stmt.level === 0;
}

export function isDocstring(stmt: A.Stmt | undefined): boolean {
  return stmt !== undefined && stmt.kind === 'Expr' && stmt.value.kind === 'Constant' && stmt.value.value.t === 'str';
}

function featureFlag(alias: A.Alias): number {
  if (alias.name === 'annotations') return CO_FUTURE_ANNOTATIONS;
  if (alias.name === 'barry_as_FLUFL') return CO_FUTURE_BARRY_AS_BDFL;
  if (DONE.has(alias.name)) return 0;
  throw syntaxError(alias.name === 'braces' ? 'not a chance' : `future feature ${alias.name} is not defined`, alias);
}
