/**
 * The import system (https://docs.python.org/3.14/reference/import.html): built-in modules, then source files and packages on sys.path. The
 * finders are TypeScript; sys.meta_path and path hooks are not consulted.
 */
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { rootAll } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { getItem, index, isTrue, iterate, lookupAttr, setItem } from '../objects/abstract.js';
import { moduleDefinitions } from '../objects/define.js';
import { dictDelStr, dictGetStr, dictSetDefault, dictSnapshot } from '../objects/dict.js';
import {
  clearException,
  exceptionType,
  pendingException,
  pendingIs,
  raise,
  raiseValue,
  setException,
  takeException,
  typeName,
} from '../objects/exceptions.js';
import { callArgs } from '../objects/call.js';
import { intToNumber } from '../objects/int.js';
import { newListFromArray } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isExact, isKind, isStr } from '../objects/object.js';
import { fromJS, intern, internStr, toJS } from '../objects/strings.js';
import { tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import { importHook } from '../vm/import-hook.js';
import { defineLeaveHandler, PUSHED, setLeaveHandler } from '../vm/tail-call.js';
import { pushCode, runCode } from './compile.js';
import { currentEnvironment } from './frames.js';
import { awaitImport, beginImport, endImport } from './import-lock.js';
import { instantiateModule, moduleDict, moduleGet, moduleSet, newModule } from './modules.js';
import {
  builtinSpec,
  finishSpec,
  isSpec,
  namespaceSpec,
  sourceSpec,
  specInitializing,
  specLoader,
} from './module-spec.js';
import { codeOfSource, type Found, findSource, type SourceFile } from './source-files.js';

const I32 = i32;
const C = CARRIER;

const modulesOf = (environment: number): number => I32[(environment >>> 2) + L.ENVIRONMENT_MODULES];

/** Raises ImportError or a subclass with its name and path attributes; returns 0. */
function raiseImport(type: 'ImportError' | 'ModuleNotFoundError', message: string, name: number, path = 0): number {
  const names = tupleOf(intern('name'), intern('path'));
  const e = callArgs(exceptionType(type), [fromJS(message), name, path === 0 ? H.NONE : path], names);
  return e === 0 ? 0 : setException(e);
}

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
  moduleSet(module, '__loader__', specLoader(spec));
  moduleSet(module, '__package__', fromJS(parent));
}

function loadBuiltin(environment: number, name: string): number {
  const module = instantiateModule(environment, moduleDefinitions.get(name)!);
  prepareModule(module, name, builtinSpec(name));
  finishSpec(moduleGet(module, '__spec__'));
  return dictSetDefault(modulesOf(environment), intern(name), module);
}

function makeSourceModule(environment: number, name: string, found: Found): number {
  const module = newModule(environment, name);
  const locations = found.locations === undefined ? 0 : newListFromArray(found.locations.map(fromJS));
  if (locations !== 0) moduleSet(module, '__path__', locations);
  const file = found.source?.file;
  const spec = file === undefined ? namespaceSpec(name, locations) : sourceSpec(name, file, locations);
  prepareModule(module, name, spec);
  if (file !== undefined) {
    moduleSet(module, '__file__', fromJS(file));
    moduleSet(module, '__cached__', H.NONE);
  }
  return module;
}

/**
 * The frame whose IMPORT_NAME is being executed, when module code may be pushed on it: then nothing of TypeScript lies below that code, and the
 * instruction is executed again once it has run. 0: module code runs in a nested loop.
 */
let importing = 0;

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
  const spec = moduleGet(module, '__spec__');
  if (pendingException() !== 0) {
    const e = takeException();
    dictDelStr(modules, key);
    if (isSpec(spec)) endImport(spec);
    return setException(e);
  }
  if (isSpec(spec)) endImport(spec);
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

function loadFound(environment: number, name: string, parent: number, found: Found): number {
  const module = makeSourceModule(environment, name, found);
  const key = intern(name);
  const slot = root(module);
  beginImport(moduleGet(module, '__spec__'));
  const first = dictSetDefault(modulesOf(environment), key, module);
  if (first !== module) {
    unroot(slot);
    return first;
  }
  const ok = found.source === undefined ? 1 : runSource(environment, module, parent, found.source);
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

function findAndLoad(environment: number, name: string, parent: number): number {
  if (moduleDefinitions.has(name)) return loadBuiltin(environment, name);
  const path = searchPath(environment, name, parent);
  if (path === 0) return 0;
  const directories = pathStrings(path);
  if (directories === undefined) return 0;
  const found = findSource(name.slice(name.lastIndexOf('.') + 1), directories);
  if (found === undefined) return raiseImport('ModuleNotFoundError', `No module named '${name}'`, fromJS(name));
  return loadFound(environment, name, parent, found);
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
    const ready = awaitImport(known);
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

// ---------------------------------------------------------------- names

/** The package that relative imports of a module with these globals start from; undefined with the exception set. */
function packageOf(globals: number): string | undefined {
  const text = (h: number): string | undefined => (h !== 0 && h !== H.NONE && isStr(h) ? toJS(h) : undefined);
  const given = globals === 0 ? undefined : text(dictGetStr(globals, N.N_PACKAGE));
  if (given !== undefined) return given;
  const name = globals === 0 ? undefined : text(dictGetStr(globals, N.N_NAME));
  if (name === undefined) {
    raise('KeyError', "'__name__' not in globals");
    return undefined;
  }
  if (dictGetStr(globals, N.N_PATH) !== 0) return name;
  return name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '';
}

/** Absolute name of a relative import; undefined with the exception set. */
function resolveName(name: string, level: number, globals: number): string | undefined {
  let base = packageOf(globals);
  if (base === undefined) return undefined;
  if (base === '') {
    raise('ImportError', 'attempted relative import with no known parent package');
    return undefined;
  }
  for (let i = 1; i < level; i++) {
    if (!base.includes('.')) {
      raise('ImportError', 'attempted relative import beyond top-level package');
      return undefined;
    }
    base = base.slice(0, base.lastIndexOf('.'));
  }
  return name === '' ? base : `${base}.${name}`;
}

/** Submodules named by a from-list of a package are imported; `*` stands for its `__all__`. 1, PUSHED, or 0 with the exception set. */
function importFromList(environment: number, module: number, fromlist: number, star: boolean): number {
  const name = lookupAttr(module, N.N_NAME);
  if (name === 0) return pendingException() === 0 ? 1 : 0;
  const slot = root(name);
  // What the compiler made is a tuple, whose submodules' code may be pushed; other iterables may run Python between its items.
  const r = isExact(fromlist, L.KIND_TUPLE)
    ? importTuple(environment, module, toJS(name), fromlist, star)
    : importIterable(environment, module, toJS(name), fromlist, star);
  if (r !== PUSHED) unroot(slot);
  return r;
}

function importTuple(environment: number, module: number, name: string, fromlist: number, star: boolean): number {
  for (let i = 0; i < tupleLength(fromlist); i++) {
    const r = fromListItem(environment, module, name, tupleItem(fromlist, i), star);
    if (r !== 1) return r;
  }
  return 1;
}

function importIterable(environment: number, module: number, name: string, fromlist: number, star: boolean): number {
  const frame = importing;
  importing = 0;
  let r = 1;
  const done = iterate(fromlist, (entry) => {
    r = fromListItem(environment, module, name, entry, star);
    return r === 1;
  });
  importing = frame;
  return done && r === 1 ? 1 : 0;
}

function fromListItem(environment: number, module: number, name: string, entry: number, star: boolean): number {
  if (isStr(entry)) return fromListEntry(environment, module, name, entry, star);
  const where = star ? `${name}.__all__` : "``from list''";
  return raise('TypeError', `Item in ${where} must be str, not ${typeName(entry)}`);
}

function fromListEntry(environment: number, module: number, name: string, entry: number, inner: boolean): number {
  const part = toJS(entry);
  if (part === '*') {
    const all = inner ? 0 : lookupAttr(module, N.N_ALL);
    if (all === 0) return 1;
    const slot = root(all);
    const r = importFromList(environment, module, all, true);
    if (r !== PUSHED) unroot(slot);
    return r;
  }
  if (lookupAttr(module, internStr(entry)) !== 0) return 1;
  if (pendingException() !== 0) return 0;
  const full = `${name}.${part}`;
  const r = importModule(environment, full);
  if (r !== 0) return r === PUSHED ? PUSHED : 1;
  if (!pendingIs('ModuleNotFoundError')) return 0;
  const missing = I32[(pendingException() >>> 2) + L.EXCEPTION_A];
  if (missing === 0 || !isStr(missing) || toJS(missing) !== full) return 0;
  clearException();
  return 1;
}

/** What an import statement evaluates to. `fromlist` 0 or an empty one: the top package. */
function importStatement(name: number, globals: number, fromlist: number, level: number): number {
  const environment = currentEnvironment();
  const text = toJS(name);
  const full = level > 0 ? resolveName(text, level, globals) : text;
  if (full === undefined) return 0;
  if (full === '') return raise('ValueError', 'Empty module name');
  const module = importModule(environment, full);
  if (module === 0 || module === PUSHED) return module;
  const slot = root(module);
  const wanted = fromlist === 0 || fromlist === H.NONE ? 0 : isTrue(fromlist);
  const r =
    wanted === 1
      ? withSubmodules(environment, module, fromlist)
      : wanted === 0
        ? topPackage(environment, module, text, full, level)
        : 0;
  if (r !== PUSHED) unroot(slot);
  return r;
}

function withSubmodules(environment: number, module: number, fromlist: number): number {
  const path = lookupAttr(module, N.N_PATH);
  const r = path === 0 ? (pendingException() === 0 ? 1 : 0) : importFromList(environment, module, fromlist, false);
  return r === 1 ? module : r;
}

function topPackage(environment: number, module: number, text: string, full: string, level: number): number {
  if (level > 0 && text === '') return module;
  const first = text.split('.', 1)[0];
  if (level === 0) return importModule(environment, first);
  return importModule(environment, full.slice(0, full.length - text.length + first.length));
}

/** __import__(name, globals=None, locals=None, fromlist=(), level=0). */
export function importBuiltin(args: number): number {
  if (!isStr(I32[args])) return raise('TypeError', `__import__() argument 1 must be str, not ${typeName(I32[args])}`);
  const level = I32[args + 4] === 0 ? H.small(0) : index(I32[args + 4]);
  if (level === 0) return 0;
  if (intToNumber(level) < 0) return raise('ValueError', 'level must be >= 0');
  const globals = I32[args + 1] === H.NONE ? 0 : I32[args + 1];
  return importStatement(I32[args], globals, I32[args + 3], intToNumber(level));
}

const isBuiltinImport = (f: number): boolean =>
  isKind(f, L.KIND_NATIVE) && toJS(I32[(f >>> 2) + L.NATIVE_NAME]) === '__import__';

/** IMPORT_NAME: through `__import__` of the frame's builtins when a program replaced it. */
importHook.importName = (frame, name, fromlist, level) => {
  const builtins = I32[frame + L.F_BUILTINS];
  const f = isKind(builtins, L.KIND_DICT) ? dictGetStr(builtins, N.N_IMPORT) : getItem(builtins, N.N_IMPORT);
  if (f === 0) return raise('ImportError', '__import__ not found');
  const globals = I32[frame + L.F_GLOBALS];
  const depth = typeof level === 'number' && (level & 1) === 1 ? level >> 1 : 0;
  if (isBuiltinImport(f)) return importOnFrame(frame, name, globals, fromlist, depth);
  const locals = I32[frame + L.F_LOCALS_DICT];
  return callArgs(f, [name, globals, locals === 0 ? H.NONE : locals, fromlist, level]);
};

function importOnFrame(frame: number, name: number, globals: number, fromlist: number, level: number): number {
  const outer = importing;
  importing = frame;
  const r = importStatement(name, globals, fromlist, level);
  importing = outer;
  return r;
}

/** IMPORT_FROM: an attribute, else a submodule in sys.modules (circular imports). */
importHook.importFrom = (module, name) => {
  const value = lookupAttr(module, name);
  if (value !== 0 || pendingException() !== 0) return value;
  const own = lookupAttr(module, N.N_NAME);
  if (own !== 0 && isStr(own)) {
    const sub = dictGetStr(modulesOf(currentEnvironment()), intern(`${toJS(own)}.${toJS(name)}`));
    if (sub !== 0) return sub;
  }
  clearException();
  return cannotImport(module, own, toJS(name));
};

function cannotImport(module: number, own: number, name: string): number {
  const shown = own !== 0 && isStr(own) ? toJS(own) : '<unknown module name>';
  const slot = root(own);
  const file = lookupAttr(module, N.N_FILE);
  root(file);
  const spec = lookupAttr(module, N.N_SPEC);
  unroot(slot);
  clearException();
  const initializing = spec !== 0 && isKind(spec, L.KIND_RECORD) && specInitializing(spec);
  const where = file !== 0 && isStr(file) ? toJS(file) : 'unknown location';
  const text = initializing
    ? `cannot import name '${name}' from partially initialized module '${shown}' (most likely due to a circular import) (${where})`
    : `cannot import name '${name}' from '${shown}' (${where})`;
  raiseImport('ImportError', text, own === 0 ? H.NONE : own, file === 0 ? H.NONE : file);
  const e = pendingException();
  if (e !== 0) storeRef(e, L.EXCEPTION_D, fromJS(name));
  return 0;
}

/** IMPORT_STAR: the names in `__all__`, else all that do not begin with an underscore. */
importHook.importStar = (module, locals) => {
  const all = lookupAttr(module, N.N_ALL);
  if (all === 0 && pendingException() !== 0) return 0;
  if (all !== 0) return starNames(module, locals, all);
  const dict = lookupAttr(module, N.N_DICT);
  if (dict === 0)
    return pendingException() !== 0 ? 0 : raise('ImportError', 'from-import-* object has no __dict__ and no __all__');
  const { keys, values } = dictSnapshot(dict);
  const slot = rootAll(keys);
  rootAll(values);
  let ok = 1;
  for (let i = 0; i < keys.length && ok === 1; i++) {
    if (isStr(keys[i]) && toJS(keys[i]).startsWith('_')) continue;
    ok = setItem(locals, keys[i], values[i]);
  }
  unroot(slot);
  return ok === 1 ? H.NONE : 0;
};

function starNames(module: number, locals: number, all: number): number {
  const done = iterate(all, (name) => {
    if (!isStr(name)) {
      raise('TypeError', `Item in ${toJS(lookupAttr(module, N.N_NAME))}.__all__ must be str, not ${typeName(name)}`);
      return false;
    }
    const slot = root(name);
    const value = lookupAttr(module, internStr(name));
    unroot(slot);
    if (value !== 0) return setItem(locals, name, value) === 1;
    if (pendingException() === 0) {
      const text = toJS(name);
      raise('AttributeError', `module '${toJS(lookupAttr(module, N.N_NAME))}' has no attribute '${text}'`);
    }
    return false;
  });
  return done ? H.NONE : 0;
}
