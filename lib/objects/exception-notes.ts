/** Notes of exceptions (PEP 678): a list in the ordinary attribute `__notes__`. */
import { i32 } from '../heap/memory.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { root, unroot } from '../heap/context.js';
import { lookupAttr, setAttr } from './attribute.js';
import { pendingException, raise, typeName } from './exceptions.js';
import { listAppend, newListFromArray } from './list.js';
import { isKind, isStr } from './object.js';
import { fromJS, intern } from './strings.js';

const I32 = i32;
const N_NOTES = intern('__notes__');

/** e.add_note(note): None, 0 with the exception set. */
export function addNoteTo(e: number, note: number): number {
  if (!isStr(note)) return raise('TypeError', `add_note() argument must be str, not ${typeName(note)}`);
  const notes = lookupAttr(e, N_NOTES);
  if (notes === 0) {
    if (pendingException() !== 0) return 0;
    return setAttr(e, N_NOTES, newListFromArray([note])) === 0 ? 0 : H.NONE;
  }
  if (!isKind(notes, L.KIND_LIST)) return raise('TypeError', 'Cannot add note: __notes__ is not a list');
  listAppend(notes, note);
  return H.NONE;
}

/** Adds a note of our own to an exception that is not pending. */
export function addNote(e: number, text: string): void {
  const slot = root(e);
  const note = root(fromJS(text));
  addNoteTo(e, I32[note]!);
  unroot(slot);
}
