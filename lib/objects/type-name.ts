/** Names of classes as reprs and messages show them. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { TYPE_FLAG_BUILTIN } from './attribute.js';
import { dictGetStr } from './dict.js';
import * as N from './names.js';
import { isStr, typeOf } from './object.js';
import { toJS } from './strings.js';

const I32 = i32;
const word = (type: number, w: number): number => I32[(type >>> 2) + w];

/** Qualified name with its module as reprs show it. */
export function typeFullName(type: number): string {
  const q = toJS(word(type, L.TYPE_QUALNAME) || word(type, L.TYPE_NAME));
  const m = typeModule(type);
  return m === 0 || !isStr(m) || toJS(m) === 'builtins' ? q : `${toJS(m)}.${q}`;
}

/** `__module__` of a class; 0 when it has none. */
export const typeModule = (type: number): number => {
  const own =
    (word(type, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_BUILTIN) !== 0 ? 0 : dictGetStr(word(type, L.TYPE_DICT), N.N_MODULE);
  return own !== 0 ? own : word(type, L.TYPE_MODULE);
};

/** The class of a value as '%T' shows it: with its module unless that is builtins or __main__. */
export function qualifiedTypeName(h: number): string {
  const name = typeFullName(typeOf(h));
  return name.startsWith('__main__.') ? name.slice(9) : name;
}
