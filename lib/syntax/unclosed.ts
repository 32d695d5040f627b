/** The error of a bracket that is never closed. */
import { byteLength } from './columns.js';
import { PySyntaxError } from './errors.js';

/** "'(' was never closed", for a bracket at a line and byte column; `readTo` is the line the tokenizer has reached. */
export function unclosedError(src: string, bracket: string, line: number, col: number, readTo: number): PySyntaxError {
  let start = 0;
  for (let i = 1; i < line; i++) start = src.indexOf('\n', start) + 1;
  let end = src.indexOf('\n', start);
  if (end < 0) end = src.length;
  const text = src.slice(start, line >= readTo ? end + 1 : end);
  let chars = 0;
  for (let bytes = 0, pos = start; bytes < col; chars++) {
    const width = src.codePointAt(pos)! > 0xffff ? 2 : 1;
    bytes += byteLength(src, pos, pos + width);
    pos += width;
  }
  return new PySyntaxError('SyntaxError', `'${bracket}' was never closed`, line, chars + 1, line, 0, text);
}
