/** The message that dicts and sets have for keys that cannot be hashed. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { str } from './abstract.js';
import { clearException, exceptionType, pendingException, raise } from './exceptions.js';
import { typeOf } from './object.js';
import { toJS } from './strings.js';
import { qualifiedTypeName } from './type-name.js';

const I32 = i32;

/** After hashing `key` failed: a TypeError tells what it was to be used for in container `d`. Always 0. */
export function explainUnhashable(d: number, key: number): 0 {
  const e = pendingException();
  if (typeOf(e) !== exceptionType('TypeError')) return 0;
  const kind = I32[d >>> 2]! & 0xff;
  const use = kind === L.KIND_SET || kind === L.KIND_FROZENSET ? 'a set element' : 'a dict key';
  clearException();
  const text = str(e);
  if (text === 0) return 0;
  return raise('TypeError', `cannot use '${qualifiedTypeName(key)}' as ${use} (${toJS(text)})`) as 0;
}
