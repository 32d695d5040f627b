/** Timeouts of blocking built-in functions, as CPython's _PyTime_FromSecondsObject reads them. */
import { hasIndex, indexNumber } from '../objects/abstract.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { floatValue, isFloatLike } from '../objects/float.js';

/** Longest timeout in seconds. */
export const TIMEOUT_MAX = 9223372036;

/** Seconds of a float or int; NaN with the exception set. */
export function secondsOf(h: number): number {
  if (isFloatLike(h)) {
    const seconds = floatValue(h);
    return Number.isNaN(seconds)
      ? raise('ValueError', 'Invalid value NaN (not a number)') || Number.NaN
      : inRange(seconds);
  }
  if (!hasIndex(h))
    return raise('TypeError', `'${typeName(h)}' object cannot be interpreted as an integer or float`) || Number.NaN;
  const seconds = indexNumber(h);
  return pendingException() === 0 ? inRange(seconds) : Number.NaN;
}

/** CPython keeps times as 64-bit nanoseconds. */
const inRange = (seconds: number): number =>
  Math.abs(seconds) < 2 ** 63 / 1e9
    ? seconds
    : raise('OverflowError', 'timestamp out of range for C PyTime_t') || Number.NaN;

/** Milliseconds of acquire(blocking, timeout); missing arguments are 0. NaN with the exception set. */
export function acquireTimeout(blocks: boolean, timeout: number): number {
  const seconds = timeout === 0 ? -1 : secondsOf(timeout);
  if (Number.isNaN(seconds)) return Number.NaN;
  if (!blocks && seconds !== -1)
    return raise('ValueError', "can't specify a timeout for a non-blocking call") || Number.NaN;
  if (seconds < 0 && seconds !== -1)
    return raise('ValueError', 'timeout value must be a non-negative number') || Number.NaN;
  if (!blocks) return 0;
  if (seconds > TIMEOUT_MAX) return raise('OverflowError', 'timeout value is too large') || Number.NaN;
  return seconds === -1 ? Infinity : seconds * 1000;
}
