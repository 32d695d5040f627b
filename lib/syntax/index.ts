/** Front end of Python 3.14: source to syntax tree. */
import type { Expression, Interactive, Module } from './ast.js';
import { NO_PARSE, stackOverflow } from './cursor.js';
import { diagnose, endsTooSoon, unfinishedStatement } from './diagnose.js';
import { PySyntaxError, type PySyntaxWarning } from './errors.js';
import { sourceText } from './source.js';
import { Parser } from './statements.js';
import { findKeywordTypo, returnsOutsideFunction } from './typos.js';
import { tokenize, type Mode } from './tokenizer.js';
import type { Tokens } from './tokenlist.js';

export type * from './ast.js';
export type { Mode } from './tokenizer.js';
export type { PySyntaxWarning } from './errors.js';
export { PySyntaxError } from './errors.js';
export { dump, type DumpOptions } from './dump.js';
export { NODE_FIELDS } from './fields.js';
export { mayBeTypo } from './typos.js';
export { characterNamed } from './unicode-names.js';

export interface ParseOptions {
  /** Receives the SyntaxWarnings of the parser, in no particular order. */
  onWarning?: (warning: PySyntaxWarning) => void;
}

/**
 * Syntax tree of a source: exec a Module, eval an Expression, single an Interactive. Bytes are decoded as PEP 263 says.
 * Throws PySyntaxError with CPython 3.14's message and place. What needs symbol tables (`return` outside a
 * function, duplicate arguments, ...) is left to the compiler.
 */
export function parse(source: string | Uint8Array, filename: string, mode: 'exec', options?: ParseOptions): Module;
export function parse(source: string | Uint8Array, filename: string, mode: 'eval', options?: ParseOptions): Expression;
export function parse(
  source: string | Uint8Array,
  filename: string,
  mode: 'single',
  options?: ParseOptions,
): Interactive;
export function parse(
  source: string | Uint8Array,
  filename: string,
  mode: Mode,
  options?: ParseOptions,
): Module | Expression | Interactive;
export function parse(
  source: string | Uint8Array,
  filename: string,
  mode: Mode,
  options: ParseOptions = {},
): Module | Expression | Interactive {
  try {
    const tokens = tokenize(sourceText(source), mode);
    const tree = parseTokens(tokens, mode);
    if (options.onWarning !== undefined) tokens.warnings.forEach(options.onWarning);
    return tree;
  } catch (e) {
    const error = e instanceof RangeError ? stackOverflow() : e;
    if (error instanceof PySyntaxError) error.filename = filename;
    throw error;
  }
}

/** Whether a source is not valid, but may be the beginning of one: what an interactive prompt asks for more of. */
export function isIncomplete(source: string, mode: Mode): boolean {
  const tokens = tokenize(sourceText(source), mode);
  const parser = new Parser(tokens);
  try {
    if (mode === 'exec') parser.file();
    else if (mode === 'eval') parser.eval();
    else parser.single();
    return false;
  } catch (e) {
    return e === NO_PARSE && endsTooSoon(tokens, mode, parser);
  }
}

/**
 * What a traceback shows for an "invalid syntax" that a misspelt keyword explains ("Did you mean 'while'?"), or null.
 * `fromFile`: only names on the error's line are tried, as CPython does for files.
 */
export function suggestKeyword(error: PySyntaxError, source: string, fromFile: boolean): PySyntaxError | null {
  return findKeywordTypo(error, source, fromFile, (code) => {
    try {
      return !returnsOutsideFunction(parse(code, '', 'exec'));
    } catch {
      return isIncomplete(code, 'exec');
    }
  });
}

function parseTokens(tokens: Tokens, mode: Mode): Module | Expression | Interactive {
  const parser = new Parser(tokens);
  let tree: Interactive;
  try {
    if (mode === 'exec') return parser.file();
    if (mode === 'eval') return parser.eval();
    tree = parser.single();
  } catch (e) {
    if (e !== NO_PARSE && !(e instanceof PySyntaxError)) throw e;
    const error = diagnose(tokens, mode, parser, e === NO_PARSE ? null : (e as PySyntaxError));
    error.statementLine = parser.lastCompoundLine;
    throw error;
  }
  unfinishedStatement(tokens, parser.p);
  return tree;
}
