/** SyntaxWarnings of the parser and the compiler: through the module warnings once a program has imported it, else to standard error. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { callArgs, getAttr } from '../objects/abstract.js';
import { exceptionType, pendingIs, takeException } from '../objects/exceptions.js';
import { intern, fromJS, toJS } from '../objects/strings.js';
import { str } from '../objects/abstract.js';
import { PySyntaxError, type PySyntaxWarning } from '../syntax/index.js';
import { currentEnvironment } from './frames.js';
import { environmentModule } from './modules.js';
import { sourceLine } from './source-lines.js';
import { writeStderr } from './stderr.js';

/** warnings.warn_explicit(...): false with the exception set, when a filter made an error of it. */
function warnExplicit(module: number, warning: PySyntaxWarning, filename: string): boolean {
  const slot = root(module);
  const f = getAttr(module, intern('warn_explicit'));
  const r =
    f === 0
      ? 0
      : callArgs(f, [fromJS(warning.msg), exceptionType('SyntaxWarning'), fromJS(filename), H.small(warning.lineno)]);
  unroot(slot);
  return r !== 0;
}

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
  const module = environmentModule(currentEnvironment(), 'warnings');
  if (module !== 0) {
    if (warnExplicit(module, warning, filename)) return true;
    if (!pendingIs('SyntaxWarning')) return false;
    throw asError(warning, filename);
  }
  const line = sourceLine(filename, warning.lineno).trim();
  writeStderr(`${filename}:${warning.lineno}: SyntaxWarning: ${warning.msg}\n${line === '' ? '' : `  ${line}\n`}`);
  return true;
}
