/** SyntaxWarnings of the parser and the compiler. */
import { root, unroot } from '../heap/context.js';
import { i32 } from '../heap/memory.js';
import { str } from '../objects/abstract.js';
import { exceptionType, pendingIs, takeException } from '../objects/exceptions.js';
import { fromJS, toJS } from '../objects/strings.js';
import { PySyntaxError, type PySyntaxWarning } from '../syntax/index.js';
import { warnExplicit } from './_warnings.js';

const I32 = i32;

/** The SyntaxError that stands for a warning which the filters turned into an error. */
function asError(warning: PySyntaxWarning, filename: string): PySyntaxError {
  const text = str(takeException());
  const message = text === 0 ? warning.msg : toJS(text);
  const error = new PySyntaxError('SyntaxError', message, warning.lineno, 1, warning.lineno, 0, null);
  error.filename = filename;
  return error;
}

/** Shows a warning. Throws PySyntaxError when the filters make an error of it; false with another exception set. */
export function emitSyntaxWarning(warning: PySyntaxWarning, filename: string): boolean {
  const category = exceptionType('SyntaxWarning');
  const message = root(fromJS(warning.msg));
  const file = root(fromJS(filename));
  const r = warnExplicit({ category, message: I32[message], filename: I32[file], line: warning.lineno });
  unroot(message);
  if (r !== 0) return true;
  if (!pendingIs('SyntaxWarning')) return false;
  throw asError(warning, filename);
}
