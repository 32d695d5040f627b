/** The type of modules. */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { hold2 } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { genericLookup } from './attribute.js';
import { defineType } from './define.js';
import { call0, call1 } from './call.js';
import { dictGetStr, dictSetStr, dictSnapshot, newDict } from './dict.js';
import { pendingException, raise, typeName } from './exceptions.js';
import { newListFromArray } from './list.js';
import { moduleHooks } from './module-hooks.js';
import * as N from './names.js';
import { isStr } from './object.js';
import { EMPTY, internStr } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];

/** Also the module's own `__getattr__` (PEP 562). 0 without exception when the attribute is missing. */
function getattr(m: number, name: number): number {
  const slot = hold2(m, name);
  const r = getattrHeld(m, name);
  unroot(slot);
  return r;
}

function getattrHeld(m: number, name: number): number {
  const found = genericLookup(m, name) || (pendingException() === 0 ? moduleHooks.missing(m, name) : 0);
  if (found !== 0 || pendingException() !== 0) return found;
  const hook = dictGetStr(word(m, L.MODULE_DICT), N.N_GETATTR);
  return hook === 0 ? 0 : call1(hook, name);
}

/** A module with its dict. */
function newModule(name: number, environment: number): number {
  const d = newDict();
  const m = newObject(L.KIND_MODULE, 64, T.typeHandle(T.T_MODULE));
  storeRef(m, L.MODULE_DICT, d);
  storeRef(m, L.MODULE_NAME, name);
  storeRef(m, L.MODULE_ENVIRONMENT, environment);
  dictSetStr(d, N.N_NAME, name);
  for (const n of [N.N_DOC, N.N_PACKAGE, N.N_LOADER, N.N_SPEC]) dictSetStr(d, n, H.NONE);
  return m;
}

/** Names of the module's own dict, or what its `__dir__` says. */
function moduleDir(m: number): number {
  const own = dictGetStr(word(m, L.MODULE_DICT), N.N_DIR);
  return own !== 0 ? call0(own) : newListFromArray(dictSnapshot(word(m, L.MODULE_DICT)).keys);
}

defineType({
  id: T.T_MODULE,
  name: 'module',
  kind: L.KIND_MODULE,
  weakrefs: true,
  dict: true,
  getset: [{ name: '__dict__', get: (m) => word(m, L.MODULE_DICT) }],
  methods: [['__dir__', (a) => moduleDir(I32[a]), [0, 0]]],
  slots: {
    create: (type, args, n) => {
      const m = newModule(n > 0 && isStr(I32[args]) ? internStr(I32[args]) : EMPTY, 0);
      if (!T.isBuiltinType(type)) storeRef(m, 2, type);
      return m;
    },
    init: (m, args, n) => {
      if (n === 0) return raise('TypeError', "module() missing required argument 'name' (pos 1)");
      if (!isStr(I32[args]))
        return raise('TypeError', `module() argument 'name' must be str, not ${typeName(I32[args])}`);
      storeRef(m, L.MODULE_NAME, internStr(I32[args]));
      dictSetStr(word(m, L.MODULE_DICT), N.N_NAME, I32[args]);
      return n > 1 ? dictSetStr(word(m, L.MODULE_DICT), N.N_DOC, I32[args + 1]) : 1;
    },
    getattr,
    repr: (m) => moduleHooks.repr(m),
  },
});
