/** Position in the tokens, shared by all parts of the parser. */
import type { Expr } from './ast.js';
import { charsOfBytes } from './columns.js';
import { PySyntaxError } from './errors.js';
import type { Tokens } from './tokenlist.js';
import * as T from './tokens.js';

/** Thrown when the tokens are not of the grammar; `diagnose` then finds the message. Carries no stack. */
export const NO_PARSE = { noParse: true };

/** Nesting of expressions beyond which CPython's parser overflows its stack, roughly. */
export const MAX_DEPTH = 3000;

/** Error of CPython for sources nested too deeply. */
export function stackOverflow(): PySyntaxError {
  const msg = 'Parser stack overflowed - Python source too complex to parse';
  return new PySyntaxError('MemoryError', msg, null, null, null, null, null);
}

/** Whether an expression may begin with a token, by its kind. */
export const STARTS = new Uint8Array(T.KIND_COUNT);
// biome-ignore format: rows of data
for (const kind of [
  T.NAME, T.NUMBER, T.STRING, T.FSTRING_START, T.TSTRING_START, T.LPAR, T.LSQB, T.LBRACE, T.PLUS, T.MINUS, T.TILDE,
  T.ELLIPSIS, T.TRUE, T.FALSE, T.NONE, T.NOT, T.LAMBDA, T.AWAIT,
]) STARTS[kind] = 1;

export class Cursor {
  p = 0;
  /** Whether `from __future__ import barry_as_FLUFL` is in force. */
  barryAsFLUFL = false;
  protected depth = 0;
  protected readonly kinds: Uint8Array;
  protected readonly line: Int32Array;
  protected readonly col: Int32Array;
  protected readonly endLine: Int32Array;
  protected readonly endCol: Int32Array;

  constructor(protected readonly tokens: Tokens) {
    this.kinds = tokens.kind;
    this.line = tokens.line;
    this.col = tokens.col;
    this.endLine = tokens.endLine;
    this.endCol = tokens.endCol;
  }

  fail(): never {
    throw NO_PARSE;
  }

  protected expect(kind: number): void {
    if (this.kinds[this.p] !== kind) this.fail();
    this.p++;
  }

  /** Takes the next token if it is of the kind. */
  protected accept(kind: number): boolean {
    if (this.kinds[this.p] !== kind) return false;
    this.p++;
    return true;
  }

  /** Text of token i if it is a name, normalized (NFKC) as identifiers are. */
  protected nameAt(i: number): string {
    const tokens = this.tokens;
    const start = tokens.start[i];
    const end = tokens.end[i];
    const text = tokens.source.slice(start, end);
    if (this.endCol[i] - this.col[i] === end - start) return text;
    return text.normalize('NFKC');
  }

  /** Takes a name. */
  protected name(): string {
    if (this.kinds[this.p] !== T.NAME) this.fail();
    return this.nameAt(this.p++);
  }

  /** Whether token i is the soft keyword `word`. */
  protected isWord(i: number, word: string): boolean {
    const tokens = this.tokens;
    const start = tokens.start[i];
    return this.kinds[i] === T.NAME && tokens.end[i] - start === word.length && tokens.source.startsWith(word, start);
  }

  /** Index of the last token taken that is not of the layout. */
  protected last(): number {
    let i = this.p - 1;
    while (this.kinds[i] >= T.NEWLINE && this.kinds[i] <= T.DEDENT) i--;
    return i;
  }

  protected deeper(): void {
    if (++this.depth > MAX_DEPTH) throw stackOverflow();
  }

  /** Error at the next token. */
  protected errorHere(msg: string): PySyntaxError {
    return this.errorAt(msg, this.p, this.p);
  }

  /** Error at tokens from..to, as CPython words and places it. */
  protected errorAt(msg: string, from: number, to: number): PySyntaxError {
    return rangeError(this.tokens, msg, this.line[from], this.col[from], this.endLine[to], this.endCol[to], to);
  }
}

/** Offset in source of the start of a line. */
export function startOfLine(source: string, line: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const next = source.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  return start;
}

/** Text of a line, with its line end only if the tokenizer (at token `fetched`) has not gone past it. */
export function errorLine(tokens: Tokens, line: number, fetched: number): string {
  const source = tokens.source;
  const start = startOfLine(source, line);
  let end = source.indexOf('\n', start);
  if (end < 0) end = source.length;
  else if (line >= tokens.endLine[fetched]) end++;
  return source.slice(start, end);
}

/**
 * SyntaxError at a range given by lines and byte columns from 0. A column of -1 stands for "none", which
 * CPython shows as offset 0. `fetched` is the last token the parser has looked at.
 */
export function rangeError(
  tokens: Tokens,
  msg: string,
  line: number,
  col: number,
  endLine: number,
  endCol: number,
  fetched: number,
  type: PySyntaxError['type'] = 'SyntaxError',
): PySyntaxError {
  const text = errorLine(tokens, line, fetched);
  const offset = col < 0 ? 0 : charsOfBytes(text, col) + 1;
  const endOffset = endCol < 0 ? 0 : charsOfBytes(text, endCol) + 1;
  return new PySyntaxError(type, msg, line, offset, endLine, endOffset, text);
}

/** Places an assignment target: sets its context and that of its elements. False if it is no target. */
export function setContext(e: Expr, ctx: 'Store' | 'Del'): boolean {
  switch (e.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      e.ctx = ctx;
      return true;
    case 'Starred':
      e.ctx = ctx;
      return ctx === 'Store' && setContext(e.value, ctx);
    case 'List':
    case 'Tuple':
      e.ctx = ctx;
      for (const x of e.elts) if (!setContext(x, ctx)) return false;
      return true;
    default:
      return false;
  }
}
