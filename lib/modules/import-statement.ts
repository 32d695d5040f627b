/** Import statements and `__import__`: which names they import, and what they give. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { rootAll } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { equals, getAttr, getItem, index, isTrue, iterate, lookupAttr, setItem } from '../objects/abstract.js';
import { callArgs } from '../objects/call.js';
import { dictGetStr, dictSnapshot } from '../objects/dict.js';
import { clearException, pendingException, pendingIs, raise } from '../objects/exceptions.js';
import { intToNumber } from '../objects/int.js';
import * as N from '../objects/names.js';
import { isExact, isKind, isStr } from '../objects/object.js';
import { intern, internStr, toJS } from '../objects/strings.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';
import { warn } from '../objects/warn.js';
import { importHook } from '../vm/import-hook.js';
import { PUSHED } from '../vm/tail-call.js';
import { environmentModules } from './environment.js';
import { currentEnvironment } from './frames.js';
import { badItem, cannotImport, trimTraceback } from './import-errors.js';
import { importingOn, importModule } from './import.js';
import { hasImportlib } from './importlib.js';

const I32 = i32;
const N_PARENT = intern('parent');

const badType = (what: string): undefined => void raise('TypeError', `${what} must be a string`);

/** The package of a module with these globals, by its `__package__`; undefined with the exception set. */
function givenPackage(packageName: number, spec: number): string | undefined {
  if (!isStr(packageName)) return badType('package');
  const slot = root(packageName);
  const parent = none(spec) ? packageName : getAttr(spec, N_PARENT);
  const same = parent === 0 ? -1 : equals(I32[slot], parent);
  const fine = same === 1 || (same === 0 && warn('DeprecationWarning', '__package__ != __spec__.parent', 1));
  const text = toJS(I32[slot]);
  unroot(slot);
  return fine ? text : undefined;
}

function packageOfSpec(spec: number): string | undefined {
  const parent = getAttr(spec, N_PARENT);
  return parent === 0 ? undefined : isStr(parent) ? toJS(parent) : badType('__spec__.parent');
}

/** The same by `__name__` and `__path__`. */
function packageOfName(globals: number): string | undefined {
  const slot = root(globals);
  const message = "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__";
  const warned = warn('ImportWarning', message, 1);
  const known = I32[slot];
  unroot(slot);
  if (!warned) return undefined;
  const name = dictGetStr(known, N.N_NAME);
  if (name === 0) return void raise('KeyError', "'__name__' not in globals");
  if (!isStr(name)) return badType('__name__');
  const own = toJS(name);
  if (dictGetStr(known, N.N_PATH) !== 0) return own;
  return own.includes('.') ? own.slice(0, own.lastIndexOf('.')) : '';
}

const none = (h: number): boolean => h === 0 || h === H.NONE;

/** The package that relative imports of a module with these globals start from; undefined with the exception set. */
function packageOf(globals: number): string | undefined {
  if (globals === 0) return void raise('KeyError', "'__name__' not in globals");
  if (!isKind(globals, L.KIND_DICT)) return void raise('TypeError', 'globals must be a dict');
  const [given, spec] = [dictGetStr(globals, N.N_PACKAGE), dictGetStr(globals, N.N_SPEC)];
  if (!none(given)) return givenPackage(given, spec);
  return none(spec) ? packageOfName(globals) : packageOfSpec(spec);
}

/** Absolute name of a relative import; undefined with the exception set. */
function resolveName(name: string, level: number, globals: number): string | undefined {
  let base = packageOf(globals);
  if (base === undefined) return undefined;
  if (base === '') return void raise('ImportError', 'attempted relative import with no known parent package');
  for (let i = 1; i < level; i++) {
    if (!base.includes('.')) return void raise('ImportError', 'attempted relative import beyond top-level package');
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
  let r = 1;
  const done = importingOn(0, () =>
    iterate(fromlist, (entry) => {
      r = fromListItem(environment, module, name, entry, star);
      return r === 1;
    }),
  );
  return done && r === 1 ? 1 : 0;
}

function fromListItem(environment: number, module: number, name: string, entry: number, star: boolean): number {
  if (isStr(entry)) return fromListEntry(environment, module, name, entry, star);
  return badItem(star ? `${name}.__all__` : "``from list''", entry);
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

function trimmed(module: number): number {
  if (module === 0 && hasImportlib(currentEnvironment())) trimTraceback();
  return module;
}

/** __import__(name, globals=None, locals=None, fromlist=(), level=0). */
export function importBuiltin(args: number): number {
  if (!isStr(I32[args])) return raise('TypeError', 'module name must be a string');
  const level = I32[args + 4] === 0 ? H.small(0) : index(I32[args + 4]);
  if (level === 0) return 0;
  if (intToNumber(level) < 0) return raise('ValueError', 'level must be >= 0');
  const globals = I32[args + 1] === H.NONE ? 0 : I32[args + 1];
  return trimmed(importStatement(I32[args], globals, I32[args + 3], intToNumber(level)));
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
  return trimmed(importingOn(frame, () => importStatement(name, globals, fromlist, level)));
}

/** IMPORT_FROM: an attribute, else a submodule in sys.modules (circular imports). */
importHook.importFrom = (module, name) => {
  const value = lookupAttr(module, name);
  if (value !== 0 || pendingException() !== 0) return value;
  const own = lookupAttr(module, N.N_NAME);
  if (own !== 0 && isStr(own)) {
    const sub = dictGetStr(environmentModules(currentEnvironment()), intern(`${toJS(own)}.${toJS(name)}`));
    if (sub !== 0) return sub;
  }
  clearException();
  return cannotImport(module, own, name);
};

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
      badItem(`${toJS(lookupAttr(module, N.N_NAME))}.__all__`, name);
      return false;
    }
    const slot = root(name);
    const value = getAttr(module, internStr(name));
    unroot(slot);
    return value !== 0 && setItem(locals, name, value) === 1;
  });
  return done ? H.NONE : 0;
}
