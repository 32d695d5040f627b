/**
 * importlib, the import system's other half: CPython's own _bootstrap.py and _bootstrap_external.py, loaded when a program first asks for them (it
 * imports importlib, looks at sys.meta_path, or has finders of its own). From then on modules get importlib's specs and loaders. What the
 * finders here find is still loaded by import.ts; all else is left to importlib's `_find_and_load`.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { rootAll } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { getAttr, newInstance, ownAttribute, setSlot } from '../objects/attribute.js';
import { callArgs } from '../objects/call.js';
import { defineType } from '../objects/define.js';
import { dictDelStr, dictGetStr, dictSetStr, dictSnapshot } from '../objects/dict.js';
import { clearException, pendingException, pendingIs, raise, typeName } from '../objects/exceptions.js';
import { listAt, listLength, listSnapshot, listSplice, newListFromArray } from '../objects/list.js';
import { moduleHooks } from '../objects/module-hooks.js';
import * as N from '../objects/names.js';
import { registerNative } from '../objects/natives.js';
import { isKind, isStr } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { publishStore } from '../objects/sync.js';
import * as T from '../objects/type-ids.js';
import { runCode } from './compile.js';
import { environmentModules } from './environment.js';
import { currentEnvironment, currentFrame } from './frames.js';
import { beginImport, endImport } from './import-lock.js';
import { raiseImport } from './import-errors.js';
import {
  builtinSpec,
  isOwnLoader,
  isSpec,
  sourceSpec,
  specLoader,
  specLocated,
  specLocations,
  specName,
  specOrigin,
} from './module-spec.js';
import { moduleDict, moduleGet, moduleSet, newModule, newNativeFunction } from './modules.js';
import { item, newRecord, setField } from './record.js';
import { codeOfSource, fileAt } from './source-files.js';

const I32 = i32;

/** Set by import.ts: imports a module by its absolute name. */
export const importer = { importModule: (_environment: number, _name: string): number => 0 };

// ---------------------------------------------------------------- what is kept of it

const T_IMPORTLIB = T.T_BLOCK_IMPORT + 4;
/** Fields of the record in ENVIRONMENT_IMPORTLIB. */
const BOOTSTRAP = 0;
const EXTERNAL = 1;
const FIND_AND_LOAD = 2;
const SPEC_CLASS = 3;
const SOURCE_LOADER = 4;
/** sys.meta_path's three finders, from here on. */
const FINDERS = 5;
const FINDER_COUNT = 3;
/** The list of sys.path_hooks, and its hook for folders. */
const PATH_HOOKS = 8;
const FILE_HOOK = 9;
/** zipimport's hook: 0 while nobody needed it. */
const ZIP_HOOK = 10;

defineType({ id: T_IMPORTLIB, name: 'importlib state', kind: L.KIND_RECORD });

/** The record; 0: importlib is not loaded. */
const importlibOf = (environment: number): number => I32[(environment >>> 2) + L.ENVIRONMENT_IMPORTLIB];
const sysDict = (environment: number): number => moduleDict(I32[(environment >>> 2) + L.ENVIRONMENT_SYS]);

// ---------------------------------------------------------------- loading it

/** Names under which importlib's halves know each other, and their files. */
const FROZEN: Readonly<Record<string, string>> = {
  _frozen_importlib: '_bootstrap',
  _frozen_importlib_external: '_bootstrap_external',
};

export const isFrozenName = (name: string): boolean => name in FROZEN;

/** Runs one of importlib's files in a new module; the module, 0 with the exception set. */
function runFrozen(environment: number, name: string): number {
  const folder = moduleGet(I32[(environment >>> 2) + L.ENVIRONMENT_SYS], '_stdlib_dir');
  const path = folder !== 0 && isStr(folder) ? join(toJS(folder), 'importlib', `${FROZEN[name]}.py`) : '';
  const source = path === '' ? undefined : fileAt(path);
  if (source === undefined) return raiseImport('ModuleNotFoundError', `No module named '${name}'`, fromJS(name));
  const module = newModule(environment, name);
  moduleSet(module, '__package__', intern(''));
  const slot = root(module);
  beginImport(module);
  dictSetStr(environmentModules(environment), intern(name), module);
  const code = codeOfSource(source, `<frozen importlib.${FROZEN[name]}>`);
  const dict = moduleDict(module);
  const ok = code !== 0 && runCode(code, dict, dict, environment) !== 0;
  if (ok && name === '_frozen_importlib') start(environment, I32[slot]);
  endImport(I32[slot]);
  const made = I32[slot];
  unroot(slot);
  if (pendingException() === 0) return made;
  dictDelStr(environmentModules(environment), intern(name));
  return 0;
}

/** Imports one of importlib's halves by its name, which is not in sys.modules; 0 with the exception set. */
export function importFrozen(environment: number, name: string): number {
  const known = dictGetStr(environmentModules(environment), intern('_frozen_importlib'));
  if (name === '_frozen_importlib' || known !== 0) return runFrozen(environment, name);
  const bootstrap = runFrozen(environment, '_frozen_importlib');
  return bootstrap === 0 ? 0 : dictGetStr(environmentModules(environment), intern(name));
}

const callNamed = (module: number, name: string, args: readonly number[]): number => {
  const f = getAttr(module, intern(name));
  return f === 0 ? 0 : callArgs(f, args);
};

/** What CPython does at its start: installs the finders, and gives the modules that are there their specs. */
function start(environment: number, bootstrap: number): void {
  const slot = root(bootstrap);
  const sys = I32[(environment >>> 2) + L.ENVIRONMENT_SYS];
  root(sys);
  moduleSet(sys, 'meta_path', newListFromArray([]));
  moduleSet(sys, 'path_hooks', newListFromArray([]));
  hideOwnSpecs(environment);
  const imp = importer.importModule(environment, '_imp');
  if (imp === 0 || install(I32[slot], sys, imp) === 0) return;
  if (callNamed(I32[slot], '_install_external_importers', []) === 0) return;
  keep(environment, I32[slot]);
  convertSpecs(environment);
  unroot(slot);
}

/** Goes through sys.modules, which other threads may add to on the way: then once more. */
function install(bootstrap: number, sys: number, imp: number): number {
  const slot = rootAll([bootstrap, sys, imp]);
  for (let i = 0; ; i++) {
    const done = callNamed(I32[slot], '_install', [I32[slot + 1], I32[slot + 2]]);
    if (done !== 0 || !pendingIs('RuntimeError') || i === 100) {
      unroot(slot);
      return done;
    }
    clearException();
  }
}

/** `_setup` gives built-in modules specs when they have none. */
function hideOwnSpecs(environment: number): void {
  for (const module of dictSnapshot(environmentModules(environment)).values) {
    if (!isKind(module, L.KIND_MODULE)) continue;
    const spec = moduleGet(module, '__spec__');
    if (spec === 0 || !isSpec(spec) || specLocated(spec)) continue;
    for (const name of ['__spec__', '__loader__']) moduleSet(module, name, H.NONE);
  }
}

/** Makes the record, and lets importlib ask the finders here first. */
function keep(environment: number, bootstrap: number): void {
  const external = moduleGet(bootstrap, '_bootstrap_external');
  const sys = sysDict(environment);
  const finders = listSnapshot(dictGetStr(sys, intern('meta_path')));
  const hooks = dictGetStr(sys, intern('path_hooks'));
  const record = newRecord(T.typeHandle(T_IMPORTLIB), [
    bootstrap,
    external,
    moduleGet(bootstrap, '_find_and_load'),
    moduleGet(bootstrap, 'ModuleSpec'),
    moduleGet(external, 'SourceFileLoader'),
    ...finders.slice(0, FINDER_COUNT),
    hooks,
    listAt(hooks, 0),
    0,
  ]);
  publishStore(environment, record);
  storeRef(environment, L.ENVIRONMENT_IMPORTLIB, record);
  moduleSet(bootstrap, '_find_and_load', newNativeFunction(intern('_find_and_load'), FIND_NATIVE, bootstrap));
  // From now on made when asked for: zipimport's hook is in it, which takes long to import.
  dictDelStr(sys, intern('path_hooks'));
}

/** Gives the modules of source files, and the program, importlib's specs and loaders. */
function convertSpecs(environment: number): void {
  const record = importlibOf(environment);
  for (const module of dictSnapshot(environmentModules(environment)).values) {
    if (!isKind(module, L.KIND_MODULE)) continue;
    const spec = moduleGet(module, '__spec__');
    const loader = moduleGet(module, '__loader__');
    if (spec !== 0 && isSpec(spec)) {
      const converted = convertSpec(record, spec);
      moduleSet(module, '__spec__', converted);
      if (loader === specLoader(spec)) moduleSet(module, '__loader__', slotOf(converted, 'loader'));
    } else if (loader !== 0 && isOwnLoader(loader)) {
      const file = moduleGet(module, '__file__');
      const path = file !== 0 && isStr(file) ? file : 0;
      moduleSet(module, '__loader__', path === 0 ? item(record, FINDERS) : newLoader(record, N.N_MAIN, path));
    }
  }
  for (const [name, i] of [
    ['_frozen_importlib', BOOTSTRAP],
    ['_frozen_importlib_external', EXTERNAL],
  ] as const) {
    const spec = newSpec(record, intern(name), { loader: item(record, FINDERS + 1), origin: intern('frozen') });
    moduleSet(item(record, i), '__spec__', spec);
    moduleSet(item(record, i), '__loader__', item(record, FINDERS + 1));
  }
}

// ---------------------------------------------------------------- specs

const slotOf = (o: number, name: string): number => ownAttribute(o, intern(name));

function setSlots(o: number, values: Readonly<Record<string, number>>): number {
  for (const [name, value] of Object.entries(values)) setSlot(o, intern(name), value);
  return o;
}

interface SpecFields {
  readonly loader: number;
  readonly origin: number;
  /** A list, for packages. */
  readonly locations?: number;
  readonly located?: boolean;
  readonly initializing?: boolean;
}

/** A ModuleSpec with the attributes that its `__init__` sets. */
function newSpec(record: number, name: number, f: SpecFields): number {
  return setSlots(newInstance(item(record, SPEC_CLASS)), {
    name,
    loader: f.loader,
    origin: f.origin,
    loader_state: H.NONE,
    submodule_search_locations: f.locations ?? H.NONE,
    _uninitialized_submodules: newListFromArray([]),
    _set_fileattr: H.fromBool(f.located === true),
    _cached: H.NONE,
    ...(f.initializing === true ? { _initializing: H.TRUE } : {}),
  });
}

const newLoader = (record: number, name: number, path: number): number =>
  setSlots(newInstance(item(record, SOURCE_LOADER)), { name, path });

function convertSpec(record: number, spec: number): number {
  const [name, origin] = [specName(spec), specOrigin(spec)];
  const located = specLocated(spec);
  const locations = specLocations(spec);
  return newSpec(record, name, {
    loader: located ? newLoader(record, name, origin) : item(record, FINDERS),
    origin,
    locations,
    located,
  });
}

/** The spec of a module of a source file; `locations` its `__path__`, 0 for a plain module. */
export function specOfSource(environment: number, name: string, file: string, locations: number): number {
  const record = importlibOf(environment);
  if (record === 0) return sourceSpec(name, file, locations);
  const [key, path] = [intern(name), fromJS(file)];
  return newSpec(record, key, {
    loader: newLoader(record, key, path),
    origin: path,
    locations: locations === 0 ? H.NONE : locations,
    located: true,
  });
}

export function specOfBuiltin(environment: number, name: string): number {
  const record = importlibOf(environment);
  return record === 0
    ? builtinSpec(name)
    : newSpec(record, intern(name), { loader: item(record, FINDERS), origin: intern('built-in') });
}

/** Loader in a spec of either kind. */
export const loaderOf = (spec: number): number => (isSpec(spec) ? specLoader(spec) : slotOf(spec, 'loader'));

// ---------------------------------------------------------------- whose finders are asked

/** Only the finders here; programs' own after them; programs' own first. */
export type Finders = 'here' | 'more' | 'other';

/** Who finds modules, by sys.meta_path and sys.path_hooks. */
export function findersOf(environment: number): Finders {
  const record = importlibOf(environment);
  if (record === 0) return 'here';
  const sys = sysDict(environment);
  const hooks = dictGetStr(sys, intern('path_hooks'));
  if (hooks !== 0 && !ownHooks(record, hooks)) return 'other';
  const meta = dictGetStr(sys, intern('meta_path'));
  if (meta === 0 || !isKind(meta, L.KIND_LIST)) return 'other';
  const n = listLength(meta);
  if (n < FINDER_COUNT) return 'other';
  for (let i = 0; i < FINDER_COUNT; i++) if (listAt(meta, i) !== item(record, FINDERS + i)) return 'other';
  return n === FINDER_COUNT ? 'here' : 'more';
}

function ownHooks(record: number, hooks: number): boolean {
  if (!isKind(hooks, L.KIND_LIST)) return false;
  const own = [item(record, ZIP_HOOK), item(record, FILE_HOOK)].filter((h) => h !== 0);
  const there = listSnapshot(hooks);
  return there.length === own.length && there.every((h, i) => h === own[i]);
}

/** Has a path an entry that is a file, as a zip archive is? */
export function hasFile(path: readonly string[]): boolean {
  return path.some((entry) => {
    try {
      return statSync(entry, { throwIfNoEntry: false })?.isFile() === true;
    } catch {
      return false;
    }
  });
}

/** Imports a module by importlib's finders, of which programs may have added some; 0 with the exception set. */
export function findByImportlib(environment: number, name: string): number {
  if (importlibOf(environment) === 0 && importer.importModule(environment, '_frozen_importlib') === 0) return 0;
  const run = getAttr(item(importlibOf(environment), BOOTSTRAP), intern('_gcd_import'));
  return run === 0 ? 0 : callArgs(item(importlibOf(environment), FIND_AND_LOAD), [fromJS(name), run]);
}

/** Waits while importlib loads the module, in another thread; 1, or 0 with the exception set. */
export function awaitImportlib(environment: number, name: string, module: number): number {
  const record = importlibOf(environment);
  if (record === 0 || !isKind(module, L.KIND_MODULE)) return 1;
  const spec = moduleGet(module, '__spec__');
  if (spec === 0 || !isKind(spec, L.KIND_INSTANCE)) return 1;
  if (slotOf(spec, '_initializing') !== H.TRUE) return 1;
  const text = fromJS(name);
  const slot = root(text);
  const done = callNamed(item(record, BOOTSTRAP), '_lock_unlock_module', [text]);
  unroot(slot);
  return done === 0 ? 0 : 1;
}

// ---------------------------------------------------------------- called by importlib

/** `_find_and_load(name, import_)`: the finders here first; an error is raised by importlib's own function, whose frames show in tracebacks. */
function findAndLoad(args: number): number {
  const environment = currentEnvironment();
  const name = I32[args];
  if (!isStr(name)) return raise('TypeError', `module name must be str, not ${typeName(name)}`);
  const module = importer.importModule(environment, toJS(name));
  if (module !== 0 || !isPlainMissing()) return module;
  clearException();
  return callArgs(item(importlibOf(environment), FIND_AND_LOAD), [name, I32[args + 1]]);
}

/** Is the pending exception one that was just raised by the finders here? */
function isPlainMissing(): boolean {
  const e = pendingException();
  return e !== 0 && pendingIs('ModuleNotFoundError') && I32[(e >>> 2) + L.EXCEPTION_TRACEBACK] === 0;
}

const FIND_NATIVE = registerNative(['_find_and_load', findAndLoad, [2, 2]]);

// ---------------------------------------------------------------- sys.meta_path, sys.path_hooks

const META_PATH = intern('meta_path');
const HOOKS = intern('path_hooks');

/** Puts zipimport's hook first, as CPython does at its start. */
function addZipHook(environment: number): void {
  if (item(importlibOf(environment), ZIP_HOOK) !== 0) return;
  const zipimport = importer.importModule(environment, 'zipimport');
  const hook = zipimport === 0 ? 0 : getAttr(zipimport, intern('zipimporter'));
  if (hook === 0) return clearException();
  const record = importlibOf(environment);
  setField(record, ZIP_HOOK, hook);
  listSplice(item(record, PATH_HOOKS), 0, 0, [hook]);
}

/** Does importlib itself ask? Its code knows archives only when there are any. */
function asksForFolders(environment: number): boolean {
  const frame = currentFrame();
  if (frame === 0) return false;
  const file = toJS(I32[(I32[frame + L.F_CODE] >>> 2) + L.CODE_FILENAME]);
  if (file !== '<frozen importlib._bootstrap_external>') return false;
  const path = dictGetStr(sysDict(environment), intern('path'));
  return path === 0 || !isKind(path, L.KIND_LIST) || !hasFile(listSnapshot(path).filter(isStr).map(toJS));
}

function pathHooks(environment: number): number {
  if (!asksForFolders(environment)) {
    addZipHook(environment);
    dictSetStr(sysDict(environment), HOOKS, item(importlibOf(environment), PATH_HOOKS));
  }
  return item(importlibOf(environment), PATH_HOOKS);
}

/** sys.meta_path or sys.path_hooks, which is missing; the environment is rooted. */
function makeList(environment: number, name: number): number {
  const loaded = importlibOf(environment) !== 0;
  if (!loaded && importer.importModule(environment, '_frozen_importlib') === 0) return 0;
  if (name === HOOKS) return pathHooks(environment);
  return loaded ? 0 : dictGetStr(sysDict(environment), META_PATH);
}

moduleHooks.missing = (module, name) => {
  if (name !== META_PATH && name !== HOOKS) return 0;
  const environment = I32[(module >>> 2) + L.MODULE_ENVIRONMENT];
  if (environment === 0 || module !== I32[(environment >>> 2) + L.ENVIRONMENT_SYS]) return 0;
  const slot = root(environment);
  const made = makeList(environment, name);
  unroot(slot);
  return made;
};

/** Reprs of modules are importlib's, which is loaded for odd specs only. */
export function reprByImportlib(environment: number, module: number): number {
  if (importlibOf(environment) === 0 && importer.importModule(environment, '_frozen_importlib') === 0) return 0;
  return callNamed(item(importlibOf(environment), BOOTSTRAP), '_module_repr', [module]);
}

/** Is importlib loaded? */
export const hasImportlib = (environment: number): boolean => importlibOf(environment) !== 0;
