/**
 * The import system (https://docs.python.org/3.14/reference/import.html): built-in modules, then source files and packages on sys.path, are
 * found and loaded here; what else there may be (namespace packages, archives, finders of programs) by importlib.
 */
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { iterate, lookupAttr } from '../objects/abstract.js';
import { builtinModule, isBuiltinModule } from './builtin-modules.js';
import { dictDelStr, dictGetStr, dictSetDefault } from '../objects/dict.js';
import { pendingException, raiseValue, setException, takeException } from '../objects/exceptions.js';
import { newListFromArray } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isKind, isStr } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { tupleItem, tupleOf } from '../objects/tuple.js';
import { defineLeaveHandler, PUSHED, setLeaveHandler } from '../vm/tail-call.js';
import { pushCode, runCode } from './compile.js';
import { raiseImport } from './import-errors.js';
import { awaitImport, beginImport, endImport } from './import-lock.js';
import {
  awaitImportlib,
  findByImportlib,
  findersOf,
  hasFile,
  importer,
  importFrozen,
  isFrozenName,
  loaderOf,
  specOfBuiltin,
  specOfSource,
} from './importlib.js';
import { instantiateModule, moduleDict, moduleGet, moduleSet, newModule } from './modules.js';
import { codeOfSource, findSource, type FoundSource, hasSource, type SourceFile } from './source-files.js';

const I32 = i32;
const C = CARRIER;

const modulesOf = (environment: number): number => I32[(environment >>> 2) + L.ENVIRONMENT_MODULES];

/** The strings in a list such as sys.path; undefined with the exception set. */
function pathStrings(list: number): string[] | undefined {
  const out: string[] = [];
  const done = iterate(list, (entry) => {
    if (isStr(entry)) out.push(toJS(entry));
  });
  return done ? out : undefined;
}

// ---------------------------------------------------------------- loading

function prepareModule(module: number, name: string, spec: number): void {
  const isPackage = moduleGet(module, '__path__') !== 0;
  const parent = isPackage ? name : name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '';
  moduleSet(module, '__spec__', spec);
  moduleSet(module, '__loader__', loaderOf(spec));
  moduleSet(module, '__package__', fromJS(parent));
}

function loadBuiltin(environment: number, name: string): number {
  const module = instantiateModule(environment, builtinModule(name)!);
  prepareModule(module, name, specOfBuiltin(environment, name));
  return dictSetDefault(modulesOf(environment), intern(name), module);
}

function makeSourceModule(environment: number, name: string, { source, locations }: FoundSource): number {
  const module = newModule(environment, name);
  const path = locations === undefined ? 0 : newListFromArray(locations.map(fromJS));
  if (path !== 0) moduleSet(module, '__path__', path);
  prepareModule(module, name, specOfSource(environment, name, source.file, path));
  moduleSet(module, '__file__', fromJS(source.file));
  return module;
}

/**
 * The frame whose IMPORT_NAME is being executed, when module code may be pushed on it: then nothing of TypeScript lies below that code, and the
 * instruction is executed again once it has run. 0: module code runs in a nested loop.
 */
let importing = 0;

/** Runs `run` with module code pushed on `frame` (0: run in nested loops). */
export function importingOn<R>(frame: number, run: () => R): R {
  const outer = importing;
  importing = frame;
  const r = run();
  importing = outer;
  return r;
}

/** What LEAVE_MODULE is given: environment, name, module, parent (0: none). */
function leaveModule(state: number, frame: number): number {
  const [environment, key, module, parent] = [0, 1, 2, 3].map((i) => tupleItem(state, i));
  if (finishModule(environment, key, module, parent) === 0) return 0;
  const caller = I32[frame + L.F_PREVIOUS];
  I32[caller + L.F_PC] = I32[caller + L.F_PC] - 1;
  return PUSHED;
}

const LEAVE_MODULE = defineLeaveHandler(leaveModule);

/** The code of a module has run, or has let an exception through: the module, 0 with the exception set. Calls no Python. */
function finishModule(environment: number, key: number, module: number, parent: number): number {
  const modules = modulesOf(environment);
  if (pendingException() !== 0) {
    const e = takeException();
    dictDelStr(modules, key);
    endImport(module);
    return setException(e);
  }
  endImport(module);
  const now = dictGetStr(modules, key);
  if (now === 0) return raiseValue('KeyError', key);
  const name = toJS(key);
  if (parent !== 0 && isKind(parent, L.KIND_MODULE)) moduleSet(parent, name.slice(name.lastIndexOf('.') + 1), now);
  return now;
}

/** Runs a module's source in its dict: 1, PUSHED, or 0 with the exception set. */
function runSource(environment: number, module: number, parent: number, source: SourceFile): number {
  const code = codeOfSource(source);
  if (code === 0) return 0;
  const dict = moduleDict(module);
  if (importing === 0 || importing !== I32[C + L.CAR_CONTEXT])
    return runCode(code, dict, dict, environment) === 0 ? 0 : 1;
  const state = tupleOf(environment, I32[(module >>> 2) + L.MODULE_NAME], module, parent);
  const frame = pushCode(code, dict, dict, environment);
  if (frame === 0) return 0;
  setLeaveHandler(frame, LEAVE_MODULE, state);
  return PUSHED;
}

function loadFound(environment: number, name: string, parent: number, found: FoundSource): number {
  const module = makeSourceModule(environment, name, found);
  const key = intern(name);
  const slot = root(module);
  beginImport(module);
  const first = dictSetDefault(modulesOf(environment), key, module);
  if (first !== module) {
    unroot(slot);
    return first;
  }
  const ok = runSource(environment, module, parent, found.source);
  // The frame of the module's code lies above the roots.
  if (ok === PUSHED) return PUSHED;
  unroot(slot);
  return finishModule(environment, key, module, parent);
}

/** The search path for `name`: sys.path, or its parent's `__path__`. 0 with the exception set. */
function searchPath(environment: number, name: string, parent: number): number {
  if (parent === 0) return moduleGet(I32[(environment >>> 2) + L.ENVIRONMENT_SYS], 'path');
  const path = lookupAttr(parent, N.N_PATH);
  if (path !== 0 || pendingException() !== 0) return path;
  const parentName = name.slice(0, name.lastIndexOf('.'));
  return raiseImport(
    'ModuleNotFoundError',
    `No module named '${name}'; '${parentName}' is not a package`,
    fromJS(name),
  );
}

/** A module that is not in sys.modules; `parent` its package, 0 for none. */
function findAndLoad(environment: number, name: string, parent: number): number {
  if (isFrozenName(name)) return importFrozen(environment, name);
  const finders = findersOf(environment);
  if (finders === 'other') return byImportlib(environment, name);
  if (isBuiltinModule(name)) return loadBuiltin(environment, name);
  const path = searchPath(environment, name, parent);
  if (path === 0) return 0;
  const directories = pathStrings(path);
  if (directories === undefined) return 0;
  const found = findSource(name.slice(name.lastIndexOf('.') + 1), directories);
  if (hasSource(found)) return loadFound(environment, name, parent, found);
  // Namespace packages, archives and what the program's own finders find.
  if (found !== undefined || finders === 'more' || hasFile(directories)) return byImportlib(environment, name);
  return raiseImport('ModuleNotFoundError', `No module named '${name}'`, fromJS(name));
}

/** Loads by importlib, in a nested loop: TypeScript lies below it. */
function byImportlib(environment: number, name: string): number {
  return importingOn(0, () => findByImportlib(environment, name));
}

/** The module in sys.modules, once no other thread is importing it; 0 when it has to be imported, or (`unwind`) the built-in must return 0. */
function knownModule(environment: number, name: string): { module: number; unwind: boolean } {
  for (;;) {
    const known = dictGetStr(modulesOf(environment), intern(name));
    if (known === H.NONE) {
      raiseImport('ModuleNotFoundError', `import of ${name} halted; None in sys.modules`, fromJS(name));
      return { module: 0, unwind: true };
    }
    if (known === 0) return { module: 0, unwind: false };
    const slot = root(known);
    const ready = awaitImport(known) && awaitImportlib(environment, name, I32[slot]) === 1;
    const module = I32[slot];
    unroot(slot);
    if (!ready) return { module: 0, unwind: true };
    if (dictGetStr(modulesOf(environment), intern(name)) === module) return { module, unwind: false };
  }
}

/**
 * Imports a module by its absolute name; the module named last. 0 with the exception set, or when the thread parks. PUSHED for IMPORT_NAME only
 * (see `importing`).
 */
export function importModule(environment: number, name: string): number {
  const known = knownModule(environment, name);
  if (known.module !== 0 || known.unwind) return known.module;
  const dot = name.lastIndexOf('.');
  const parent = dot < 0 ? 0 : importModule(environment, name.slice(0, dot));
  if ((dot >= 0 && parent === 0) || parent === PUSHED) return parent;
  const slot = root(parent);
  const again = dot < 0 ? known : knownModule(environment, name);
  if (again.module !== 0 || again.unwind) {
    unroot(slot);
    return again.module;
  }
  const module = findAndLoad(environment, name, I32[slot]);
  if (module === PUSHED) return PUSHED;
  unroot(slot);
  return module === 0 ? 0 : readyModule(module);
}

/** Another thread may have been faster, and be busy with the module. */
function readyModule(module: number): number {
  const slot = root(module);
  const ready = awaitImport(module);
  const r = ready ? I32[slot] : 0;
  unroot(slot);
  return r;
}

importer.importModule = importModule;
