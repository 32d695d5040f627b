/** Module objects: made empty, or from the definition of a built-in module. */
import { root, unroot } from '../heap/context.js';
import { newOldObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { type ModuleDefinition, typeDefinitions } from '../objects/define.js';
import { dictGetStr, dictSetStr, newOldDict } from '../objects/dict.js';
import * as N from '../objects/names.js';
import { fromJS, intern } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';

const I32 = i32;

/** A module with the attributes every module has. */
export function newModule(environment: number, name: string, doc = H.NONE, room = 8): number {
  const dict = newOldDict(room);
  const module = newOldObject(L.KIND_MODULE, 64, T.typeHandle(T.T_MODULE));
  storeRef(module, L.MODULE_DICT, dict);
  storeRef(module, L.MODULE_NAME, intern(name));
  storeRef(module, L.MODULE_ENVIRONMENT, environment);
  dictSetStr(dict, N.N_NAME, intern(name));
  dictSetStr(dict, N.N_DOC, doc);
  for (const key of [N.N_PACKAGE, N.N_LOADER, N.N_SPEC]) dictSetStr(dict, key, H.NONE);
  return module;
}

export const moduleDict = (module: number): number => I32[(module >>> 2) + L.MODULE_DICT];

/** Attribute of a module's own dict; 0 when missing. */
export const moduleGet = (module: number, name: string): number => dictGetStr(moduleDict(module), intern(name));

export function moduleSet(module: number, name: string, value: number): void {
  dictSetStr(moduleDict(module), intern(name), value);
}

/** A built-in function of a module, by its interned name and the native id it was registered with. */
export function newNativeFunction(name: number, id: number, module: number): number {
  const f = newOldObject(L.KIND_NATIVE, 64, T.typeHandle(T.T_NATIVE));
  const w = f >>> 2;
  I32[w + L.NATIVE_NATIVE_ID] = id;
  I32[w + L.NATIVE_NAME] = name;
  I32[w + L.NATIVE_QUALNAME] = name;
  I32[w + L.NATIVE_MODULE] = module === 0 ? 0 : I32[(module >>> 2) + L.MODULE_NAME];
  I32[w + L.NATIVE_SELF] = module;
  I32[w + L.NATIVE_DOC] = H.NONE;
  return f;
}

/** The module of a definition, for one environment. */
export function instantiateModule(environment: number, definition: ModuleDefinition): number {
  const doc = definition.doc === '' ? H.NONE : fromJS(definition.doc);
  const room = definition.functions.length + definition.types.length + 16;
  const module = newModule(environment, definition.name, doc, room);
  const dict = moduleDict(module);
  let id = definition.firstFunction;
  for (const [name] of definition.functions) {
    const key = intern(name);
    dictSetStr(dict, key, newNativeFunction(key, id++, module));
  }
  // A type that is not there yet leaves its name undefined.
  for (const id of definition.types) {
    const type = T.typeHandle(id);
    if (typeDefinitions[id] !== undefined) dictSetStr(dict, I32[(type >>> 2) + L.TYPE_NAME], type);
  }
  const slot = root(module);
  for (const [name, value] of Object.entries(definition.attributes(environment))) moduleSet(module, name, value);
  unroot(slot);
  return module;
}

/** A module of the environment that has been imported; 0 when it has not. */
export const environmentModule = (environment: number, name: string): number =>
  environment === 0 ? 0 : dictGetStr(I32[(environment >>> 2) + L.ENVIRONMENT_MODULES], intern(name));
