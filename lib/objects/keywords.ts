/** Keyword arguments to constructors of built-in classes. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { lookupInType } from './attribute.js';
import { raise } from './exceptions.js';
import * as N from './names.js';
import * as T from './type-ids.js';

export const hasKeywords = (kwnames: number): boolean => kwnames !== 0 && i32[(kwnames >>> 2) + L.TUPLE_LENGTH]! > 0;

/**
 * Does `name`'s `__new__` for class `type` refuse these keywords? Not when a class derived from it has an `__init__` of its own, which may take
 * them. True with TypeError set.
 */
export function refusesKeywords(name: string, type: number, kwnames: number): boolean {
  if (!hasKeywords(kwnames)) return false;
  if (lookupInType(type, N.N_INIT) !== lookupInType(T.typeHandle(T.T_OBJECT), N.N_INIT)) return false;
  raise('TypeError', `${name}() takes no keyword arguments`);
  return true;
}
