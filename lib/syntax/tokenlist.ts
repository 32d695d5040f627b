/** Tokens of one source, in parallel typed arrays that grow by doubling. */
import type { PySyntaxError, PySyntaxWarning } from './errors.js';
import { ERROR } from './tokens.js';

export class Tokens {
  count = 0;
  kind: Uint8Array;
  /** Offsets in the source string, UTF-16 units. */
  start: Int32Array;
  end: Int32Array;
  /** Lines from 1; columns from 0 in UTF-8 bytes. INDENT, DEDENT and ENDMARKER: col is -1, endCol where the tokenizer stands. */
  line: Int32Array;
  col: Int32Array;
  endLine: Int32Array;
  endCol: Int32Array;
  /** Why the last token is ERROR. */
  error: PySyntaxError | null = null;
  /** Whether the parser's own error goes before that one, when the parser did not come so far. */
  softError = false;
  /** Whether the error is only that the source ends here. */
  endsTooSoon = false;
  warnings: PySyntaxWarning[] = [];

  /** Unclosed brackets at the end: [character, line, byte column] each. */
  openBrackets: [string, number, number][] = [];

  constructor(
    readonly source: string,
    capacity: number,
  ) {
    this.kind = new Uint8Array(capacity);
    this.start = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
    this.line = new Int32Array(capacity);
    this.col = new Int32Array(capacity);
    this.endLine = new Int32Array(capacity);
    this.endCol = new Int32Array(capacity);
  }

  push(kind: number, start: number, end: number, line: number, col: number, endLine: number, endCol: number): void {
    const i = this.count;
    if (i === this.kind.length) this.grow();
    this.kind[i] = kind;
    this.start[i] = start;
    this.end[i] = end;
    this.line[i] = line;
    this.col[i] = col;
    this.endLine[i] = endLine;
    this.endCol[i] = endCol;
    this.count = i + 1;
  }

  text(i: number): string {
    return this.source.slice(this.start[i], this.end[i]);
  }

  pushError(error: PySyntaxError, pos: number, line: number): void {
    this.error = error;
    this.push(ERROR, pos, pos, line, 0, line, 0);
  }

  private grow(): void {
    const bigger = (a: Int32Array) => {
      const b = new Int32Array(a.length * 2);
      b.set(a);
      return b;
    };
    const kinds = new Uint8Array(this.kind.length * 2);
    kinds.set(this.kind);
    this.kind = kinds;
    this.start = bigger(this.start);
    this.end = bigger(this.end);
    this.line = bigger(this.line);
    this.col = bigger(this.col);
    this.endLine = bigger(this.endLine);
    this.endCol = bigger(this.endCol);
  }
}
