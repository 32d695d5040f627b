/** `__dict__` of the objects of functools. */
import { storeRef } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { dictWord, ownDict } from '../objects/attribute.js';
import type { GetSetRow } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { isKind } from '../objects/object.js';

/** Puts another dict, or none (0), in the place of an object's own. */
export function putDict(o: number, dict: number): void {
  const at = dictWord(o);
  if (at !== 0) storeRef(o, at - (o >>> 2), dict);
}

function setDict(o: number, value: number): number {
  if (value === 0) return raise('TypeError', 'cannot delete __dict__');
  if (!isKind(value, L.KIND_DICT))
    return raise('TypeError', `__dict__ must be set to a dictionary, not a '${typeName(value)}'`);
  putDict(o, value);
  return 1;
}

export const dictRow: GetSetRow = { name: '__dict__', get: ownDict, set: setDict };
