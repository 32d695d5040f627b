/** The limit on blocks within blocks. */
import type * as A from '../syntax/ast.js';
import { syntaxError } from './symbols.js';
import type { Compiler } from './unit.js';

/** CPython's CO_MAXBLOCKS; the handler around a generator's or coroutine's body takes one. */
const MAX_BLOCKS = 21;
const NOWHERE = { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 0 };

/** Throws SyntaxError when another block is too many. */
export function checkNesting(c: Compiler, at: A.Located | null): void {
  const { scope } = c.unit;
  const used = c.unit.blocks.length + (scope.generator || scope.coroutine ? 1 : 0);
  if (used >= MAX_BLOCKS) throw syntaxError('too many statically nested blocks', at ?? NOWHERE);
}
