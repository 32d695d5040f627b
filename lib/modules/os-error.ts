/** OSError from error numbers and from what Node's functions throw. */
import { constants } from 'node:os';
import * as H from '../heap/handles.js';
import { callArgs } from '../objects/call.js';
import { exceptionType, pendingException, raise, setException } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { fromJS } from '../objects/strings.js';
import { errorNumber, errorText } from './errno.js';

/**
 * Raises the subclass of OSError for an error number, with the names of files where given; returns 0. A call that was interrupted has set the
 * exception that another thread asked for: that one stays.
 */
export function raiseErrno(number: number, filename = 0, filename2 = 0): 0 {
  if (number === constants.errno.EINTR && pendingException() !== 0) return 0;
  const args = [intFromNumber(number), fromJS(errorText(number))];
  if (filename !== 0) args.push(filename);
  if (filename2 !== 0) args.push(H.NONE, filename2);
  const e = callArgs(exceptionType('OSError'), args);
  return (e === 0 ? 0 : setException(e)) as 0;
}

/** Raises OSError by an error's name. */
export const raiseNamed = (name: string, filename = 0): 0 => raiseErrno(errorNumber(name), filename);

/** The error number of what a function of node:fs threw; anything else is thrown on. */
export function errnoOf(error: unknown): number {
  const { errno, code } = error as NodeJS.ErrnoException;
  if (typeof errno === 'number' && errno < 0) return -errno;
  if (code === 'ERR_OUT_OF_RANGE' || code === 'ERR_INVALID_ARG_VALUE') return errorNumber('EINVAL');
  if (code === 'ERR_FS_EISDIR') return errorNumber('EISDIR');
  throw error;
}

/** Value of `run`, or 0 with OSError set for what Node threw. */
export function guarded(run: () => number, filename = 0, filename2 = 0): number {
  try {
    return run();
  } catch (e) {
    return raiseErrno(errnoOf(e), filename, filename2);
  }
}

/** The error of a function that this system, or Node, does not have. */
export const unavailable = (what: string): number =>
  raise('NotImplementedError', `${what} unavailable on this platform`);
