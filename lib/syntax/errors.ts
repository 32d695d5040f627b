/** Errors of the front end, as Python reports them. */

export type PySyntaxErrorType =
  | 'SyntaxError'
  | 'IndentationError'
  | 'TabError'
  | '_IncompleteInputError'
  | 'MemoryError';

/**
 * A SyntaxError of Python. `offset` and `end_offset` count characters (code points) from 1, 0 where CPython gives 0 or
 * -1 for "unknown"; null means no location at all. `text` is the source line, where known.
 * Type MemoryError stands for CPython's "Parser stack overflowed" on nesting beyond its limit.
 */
export class PySyntaxError extends Error {
  filename: string | null = null;
  /** Line of the last compound statement before the error, 0 without one: where a search for misspelt keywords begins. */
  statementLine = 0;
  constructor(
    public type: PySyntaxErrorType,
    public msg: string,
    public lineno: number | null,
    public offset: number | null,
    public end_lineno: number | null,
    public end_offset: number | null,
    public text: string | null,
  ) {
    super(msg);
    this.name = 'PySyntaxError';
  }
}

/** A SyntaxWarning found while parsing (invalid escape sequences, digits run into a keyword). */
export interface PySyntaxWarning {
  msg: string;
  lineno: number;
}
