/** Function objects (https://docs.python.org/3.14/reference/datamodel.html#user-defined-functions). */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { CO_HAS_DOCSTRING } from '../compiler/code.js';
import {
  FUNC_ATTR_ANNOTATE,
  FUNC_ATTR_ANNOTATIONS,
  FUNC_ATTR_CLOSURE,
  FUNC_ATTR_DEFAULTS,
  FUNC_ATTR_KWDEFAULTS,
} from '../compiler/opcodes.js';
import { dictGetStr } from '../objects/dict.js';
import * as N from '../objects/names.js';
import * as T from '../objects/type-ids.js';

const I32 = i32;

/** A function of a code object with its globals. */
export function newFunction(code: number, globals: number, builtins: number, environment: number): number {
  const f = newObject(L.KIND_FUNCTION, 128, T.typeHandle(T.T_FUNCTION));
  const w = f >>> 2;
  const c = code >>> 2;
  I32[w + L.FUNCTION_CODE] = code;
  I32[w + L.FUNCTION_GLOBALS] = globals;
  I32[w + L.FUNCTION_BUILTINS] = builtins;
  I32[w + L.FUNCTION_ENVIRONMENT] = environment;
  I32[w + L.FUNCTION_NAME] = I32[c + L.CODE_NAME];
  I32[w + L.FUNCTION_QUALNAME] = I32[c + L.CODE_QUALNAME];
  I32[w + L.FUNCTION_MODULE] = dictGetStr(globals, N.N_NAME);
  const documented = (I32[c + L.CODE_CODE_FLAGS] & CO_HAS_DOCSTRING) !== 0;
  I32[w + L.FUNCTION_DOC] = documented ? I32[(I32[c + L.CODE_CONSTS] >>> 2) + L.ARRAY_ITEMS] : H.NONE;
  return f;
}

const WORD_OF: Record<number, number> = {
  [FUNC_ATTR_DEFAULTS]: L.FUNCTION_DEFAULTS,
  [FUNC_ATTR_KWDEFAULTS]: L.FUNCTION_KWDEFAULTS,
  [FUNC_ATTR_ANNOTATIONS]: L.FUNCTION_ANNOTATIONS,
  [FUNC_ATTR_CLOSURE]: L.FUNCTION_CLOSURE,
  [FUNC_ATTR_ANNOTATE]: L.FUNCTION_ANNOTATE,
};

/** SET_FUNCTION_ATTRIBUTE. */
export function setFunctionAttribute(f: number, attribute: number, value: number): void {
  storeRef(f, WORD_OF[attribute], value);
}
