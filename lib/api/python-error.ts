/** PythonError: an uncaught Python exception in JavaScript. */
import { ProtospaceError } from '../heap/errors.js';
import type { JobError } from '../threads/job.js';

/** Rejects `run`, `call` and the like. Its `stack` begins with the traceback. */
export class PythonError extends ProtospaceError {
  /** Qualified name of the exception's class, without the module when that is builtins or __main__: 'ValueError', 'json.decoder.JSONDecodeError'. */
  readonly type: string;
  /** What the interpreter prints for it, newline at the end. */
  readonly traceback: string;

  constructor(error: JobError) {
    super('ERR_PROTOSPACE_PYTHON', error.message);
    this.name = 'PythonError';
    this.type = error.type;
    this.traceback = error.traceback;
    const frames = (this.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
    this.stack = [`PythonError: ${error.traceback.trimEnd()}`, ...frames].join('\n');
  }
}
