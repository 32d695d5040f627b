/** Position, columns and errors of the tokenizer. */
import { byteLength, codePoints } from './columns.js';
import { PySyntaxError, type PySyntaxErrorType } from './errors.js';
import { Tokens } from './tokenlist.js';
import { unclosedError } from './unclosed.js';

export type Mode = 'exec' | 'eval' | 'single';

/** An f-string or t-string being read. */
export interface FString {
  letter: 'f' | 't';
  quote: number;
  size: number;
  raw: boolean;
  start: number;
  line: number;
  lineStart: number;
  /** True while reading the code of a replacement field. */
  inCode: boolean;
  inSpec: boolean;
  /** Brackets open inside this string, and how many were open where the current field began (-1: no field). */
  depth: number;
  fieldDepth: number;
}

/** Thrown inside the tokenizer to stop at an error; `tokenize` catches it. */
export const STOP = { stop: true };

export class SourceReader {
  protected readonly out: Tokens;
  protected readonly n: number;
  protected readonly ascii: boolean;
  protected pos = 0;
  protected line = 1;
  protected lineStart = 0;
  protected atLineStart = true;
  protected indents = [0];
  protected altIndents = [0];
  protected brackets: number[] = [];
  protected bracketLines: number[] = [];
  protected bracketCols: number[] = [];
  protected fstrings: FString[] = [];
  /** Last computed column: offset in source and bytes since its line's start. */
  protected knownPos = 0;
  protected knownCol = 0;
  protected knownLineStart = 0;

  constructor(
    protected src: string,
    protected readonly mode: Mode,
  ) {
    if (mode === 'exec' && !src.endsWith('\n')) this.src = src + '\n';
    this.n = this.src.length;
    this.ascii = !/[^\x00-\x7f]/.test(this.src);
    this.out = new Tokens(this.src, (this.n >> 2) + 64);
  }

  /** Bytes from the start of the current line to `pos`. */
  protected col(pos: number): number {
    if (this.ascii) return pos - this.lineStart;
    if (this.knownLineStart !== this.lineStart || pos < this.knownPos) {
      this.knownLineStart = this.knownPos = this.lineStart;
      this.knownCol = 0;
    }
    this.knownCol += byteLength(this.src, this.knownPos, pos);
    this.knownPos = pos;
    return this.knownCol;
  }

  protected push(kind: number, start: number, end: number): void {
    const col = this.col(start);
    this.out.push(kind, start, end, this.line, col, this.line, this.col(end));
  }

  /** Notes that the line end at `at` was read. At the end of the source the last line stays the current one. */
  protected newline(at: number): void {
    if (at + 1 < this.n) {
      this.line++;
      this.lineStart = at + 1;
    }
  }

  // ------------------------------------------------------------------ errors

  protected lineText(): string {
    const end = this.src.indexOf('\n', this.lineStart);
    return this.src.slice(this.lineStart, end < 0 ? this.n : end);
  }

  /** Error at the last character read, that is the one before `cur`. */
  protected fail(msg: string, cur: number): never {
    const offset = codePoints(this.src, this.lineStart, cur);
    return this.failRange(msg, offset, offset);
  }

  protected failRange(msg: string, offset: number, endOffset: number): never {
    return this.stop(new PySyntaxError('SyntaxError', msg, this.line, offset, this.line, endOffset, this.lineText()));
  }

  /** Error without a column of its own. */
  protected failLine(type: PySyntaxErrorType, msg: string, offset: number, endOffset: number): never {
    const end = this.src.indexOf('\n', this.lineStart);
    const text = this.src.slice(this.lineStart, end < 0 ? this.n : end + 1);
    this.out.softError = true;
    return this.stop(new PySyntaxError(type, msg, this.line, offset, this.line, endOffset, text));
  }

  protected stop(error: PySyntaxError): never {
    if (this.fstrings.length > 0) this.out.softError = true;
    this.out.pushError(error, this.pos, this.line);
    throw STOP;
  }

  protected failAtEnd(): never {
    this.out.endsTooSoon = true;
    this.unclosed();
    const offset = codePoints(this.src, this.lineStart, this.n);
    return this.failLine('SyntaxError', 'unexpected EOF while parsing', offset, -1);
  }

  protected unclosed(): void {
    const i = this.brackets.length - 1;
    if (i < 0) return;
    this.out.endsTooSoon = this.out.softError = true;
    this.stop(
      unclosedError(
        this.src,
        String.fromCharCode(this.brackets[i]),
        this.bracketLines[i],
        this.bracketCols[i],
        this.line,
      ),
    );
  }
}
