/** The errors of the host API: each has a `code` that stays the same; docs/api.md lists them. */
import { ProtospaceError, ProtospaceTypeError } from '../heap/errors.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { takeException, typeName } from '../objects/exceptions.js';
import { isStr } from '../objects/object.js';
import { toJS } from '../objects/strings.js';

export { HeapExhausted, ProtospaceError, ProtospaceTypeError } from '../heap/errors.js';

const I32 = i32;

/** A number that is no handle of this space. */
export const badHandle = (given: unknown, why: string): ProtospaceTypeError =>
  new ProtospaceTypeError('ERR_PROTOSPACE_HANDLE', `${String(given)} is no handle of this space: ${why}`);

/** An operation that this kind of object does not have. */
export const badKind = (handle: number, operation: string): ProtospaceTypeError =>
  new ProtospaceTypeError('ERR_PROTOSPACE_KIND', `'${typeName(handle)}' object has no ${operation}`);

/** A JavaScript value that no Python value corresponds to. */
export const badValue = (what: string): ProtospaceTypeError =>
  new ProtospaceTypeError('ERR_PROTOSPACE_VALUE', `${what} has no counterpart in Python`);

/** The Python exception that an operation of the host set, as an error: unhashable keys, mostly. */
export function takeError(): ProtospaceError {
  const e = takeException();
  const args = e === 0 ? 0 : I32[(e >>> 2) + L.EXCEPTION_ARGS]!;
  const first = args === 0 || I32[(args >>> 2) + L.TUPLE_LENGTH] === 0 ? 0 : I32[(args >>> 2) + L.TUPLE_ITEMS]!;
  const message = first !== 0 && isStr(first) ? toJS(first) : '';
  return new ProtospaceError('ERR_PROTOSPACE_OPERATION', e === 0 ? 'it failed' : `${typeName(e)}: ${message}`);
}
