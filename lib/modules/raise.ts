/** Exceptions of modules: classes that are defined there, by type id. */
import { callArgs } from '../objects/abstract.js';
import { setException } from '../objects/exceptions.js';
import { fromJS } from '../objects/strings.js';
import { typeHandle } from '../objects/type-ids.js';

/** Raises an exception of the built-in type with this id; returns 0. */
export function raiseAs(id: number, message: string): number {
  const e = callArgs(typeHandle(id), [fromJS(message)]);
  return e === 0 ? 0 : setException(e);
}
