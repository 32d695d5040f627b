/** Which protocols a value supports, as the C API's checks tell. */
import * as H from '../heap/handles.js';
import { lookupSpecial } from './attribute.js';
import * as N from './names.js';
import { slotId, typeOf } from './object.js';
import { slots } from './slots.js';
import * as T from './type-ids.js';

const NO_SEQUENCES: readonly number[] = [T.T_DICT, T.T_MAPPINGPROXY];

/** PySequence_Check: has it items by index? Dicts have not, whatever they define. */
export function isSequence(h: number): boolean {
  return !NO_SEQUENCES.includes(slotId(h)) && hasItems(h);
}

/** PyMapping_Check: has it `__getitem__`? */
export function hasItems(h: number): boolean {
  if (slots.getitem[slotId(h)] !== undefined) return true;
  const f = T.isBuiltinType(typeOf(h)) ? 0 : lookupSpecial(typeOf(h), N.N_GETITEM);
  return f !== 0 && f !== H.NONE;
}
