/** What an except clause catches. */
import * as L from '../heap/layout.generated.js';
import { exceptionType, raise } from './exceptions.js';
import { isKind, isSubtype, typeOf } from './object.js';
import { tupleItem, tupleLength } from './tuple.js';

const NOT_A_CLASS = 'catching classes that do not inherit from BaseException is not allowed';

const isExceptionClass = (h: number): boolean =>
  h !== 0 && isKind(h, L.KIND_TYPE) && isSubtype(h, exceptionType('BaseException'));

function members(wanted: number): number[] {
  return Array.from({ length: tupleLength(wanted) }, (_, i) => tupleItem(wanted, i));
}

/** Does exception `e` match this class or one of a tuple's, however nested? What is no class never matches. */
export function exceptionMatches(e: number, wanted: number): number {
  if (isKind(wanted, L.KIND_TUPLE)) return members(wanted).some((c) => exceptionMatches(e, c) === 1) ? 1 : 0;
  return isExceptionClass(wanted) && isSubtype(typeOf(e), wanted) ? 1 : 0;
}

/** Does exception `e` match what an except clause names? 1, 0, or -1 with TypeError set: everything named must be an exception class. */
export function clauseMatches(e: number, wanted: number): number {
  const named = isKind(wanted, L.KIND_TUPLE) ? members(wanted) : [wanted];
  if (!named.every(isExceptionClass)) return raise('TypeError', NOT_A_CLASS) - 1;
  return exceptionMatches(e, wanted);
}
