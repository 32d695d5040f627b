/** Warnings from built-in code. lib/modules/_warnings.ts, where the filters are, sets the hook. */
import type { ExceptionName } from './exceptions.js';

export const warnHook = {
  /** (category, message, stacklevel): 1, or 0 when a filter made an exception of it. */
  warn: (_category: ExceptionName, _message: string, _stackLevel: number): 1 | 0 => 1,
};

/** Issues a warning on behalf of the calling Python function; 0 with the exception set when filters make it one. */
export const warn = (category: ExceptionName, message: string, stackLevel = 1): 1 | 0 =>
  warnHook.warn(category, message, stackLevel);
