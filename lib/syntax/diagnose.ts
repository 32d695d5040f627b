import type { PySyntaxError } from './errors.js';
import { rangeError } from './cursor.js';
import type { Parser } from './statements.js';
import type { Tokens } from './tokenlist.js';
import type { Mode } from './tokenizer.js';
export function diagnose(tokens: Tokens, mode: Mode, parser: Parser, error: PySyntaxError | null): PySyntaxError {
  if (error !== null) return error;
  if (tokens.error !== null) return tokens.error;
  const p = parser.p;
  return rangeError(tokens, 'invalid syntax', tokens.line[p], tokens.col[p], tokens.endLine[p], tokens.endCol[p], p);
}
export function unfinishedStatement(tokens: Tokens, p: number): void {}
