/** Errors of imports and of attributes of modules: their types, fields and CPython's hints. */
import { dirname } from 'node:path';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isTrue, lookupAttr, repr } from '../objects/abstract.js';
import { callArgs } from '../objects/call.js';
import { dictGetStr } from '../objects/dict.js';
import {
  clearException,
  exceptionType,
  pendingException,
  raise,
  setException,
  typeName,
} from '../objects/exceptions.js';
import { moduleHooks } from '../objects/module-hooks.js';
import * as N from '../objects/names.js';
import { isKind, isStr } from '../objects/object.js';
import { isSubtype, typeOf } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';
import { currentEnvironment } from './frames.js';
import { isImporting } from './import-lock.js';
import { stdlibModuleNames } from './stdlib-names.js';

const I32 = i32;

/** Raises ImportError or a subclass with its name and path attributes; returns 0. */
export function raiseImport(
  type: 'ImportError' | 'ModuleNotFoundError',
  message: string,
  name: number,
  path = 0,
): number {
  const names = tupleOf(intern('name'), intern('path'));
  const e = callArgs(exceptionType(type), [fromJS(message), name, path === 0 ? H.NONE : path], names);
  return e === 0 ? 0 : setException(e);
}

/** An attribute, 0 when it is missing or cannot be had. No exception is left. */
function quietAttribute(o: number, name: string): number {
  const value = lookupAttr(o, intern(name));
  if (value === 0) clearException();
  return value;
}

/** The file that a spec says its module comes from. */
function originOf(spec: number): string | undefined {
  if (spec === 0) return undefined;
  const slot = root(spec);
  const located = quietAttribute(spec, 'has_location');
  const yes = located === 0 ? 0 : isTrue(located);
  if (yes < 0) clearException();
  const origin = yes === 1 ? quietAttribute(I32[slot], 'origin') : 0;
  unroot(slot);
  return origin !== 0 && isStr(origin) ? toJS(origin) : undefined;
}

/** Is the module of this spec being imported still? */
function isInitializing(module: number, spec: number): boolean {
  if (isKind(module, L.KIND_MODULE) && isImporting(module)) return true;
  return quietAttribute(spec, '_initializing') === H.TRUE;
}

/** Does the file lie where the program's own modules are looked for first? */
function isShadowing(origin: string): boolean {
  const first = I32[(currentEnvironment() >>> 2) + L.ENVIRONMENT_PATH];
  if (first === 0) return false;
  const folder = toJS(first);
  return dirname(origin.replace(/\/__init__\.py$/, '')) === (folder === '' ? process.cwd() : folder);
}

interface Circumstances {
  readonly origin: string | undefined;
  readonly initializing: boolean;
  readonly shadowing: boolean;
  readonly shadowingStandard: boolean;
}

function circumstances(module: number, spec: number, name: string): Circumstances {
  const slot = root(spec);
  root(module);
  const origin = originOf(spec);
  const initializing = spec !== 0 && isInitializing(I32[slot + 1], I32[slot]);
  unroot(slot);
  const shadowing = origin !== undefined && isShadowing(origin);
  return { origin, initializing, shadowing, shadowingStandard: shadowing && stdlibModuleNames().includes(name) };
}

const renameStandard = (origin: string, module: string): string =>
  `(consider renaming '${origin}' since it has the same name as the standard library module named '${module}' ` +
  'and prevents importing that standard library module)';
const rename = (origin: string): string =>
  `(consider renaming '${origin}' if it has the same name as a library you intended to import)`;
const CIRCULAR = '(most likely due to a circular import)';

const environmentModules = (): number => I32[(currentEnvironment() >>> 2) + L.ENVIRONMENT_MODULES];

/** Is there a submodule of that name which is being imported? */
function isUnfinishedSubmodule(full: string): boolean {
  const submodule = dictGetStr(environmentModules(), intern(full));
  if (submodule === 0 || !isKind(submodule, L.KIND_MODULE)) return false;
  return isInitializing(submodule, dictGetStr(I32[(submodule >>> 2) + L.MODULE_DICT], N.N_SPEC) || H.NONE);
}

moduleHooks.noAttribute = (module, moduleName, name) => {
  const [own, attribute] = [toJS(moduleName), toJS(name)];
  const plain = `module '${own}' has no attribute '${attribute}'`;
  const spec = dictGetStr(I32[(module >>> 2) + L.MODULE_DICT], N.N_SPEC);
  if (spec === 0 || spec === H.NONE) return plain;
  const { origin, initializing, shadowing, shadowingStandard } = circumstances(module, spec, own);
  if (shadowingStandard) return `${plain} ${renameStandard(origin!, own)}`;
  if (initializing) {
    if (shadowing) return `${plain} ${rename(origin!)}`;
    const from = origin === undefined ? '' : ` from '${origin}'`;
    return `partially initialized module '${own}'${from} has no attribute '${attribute}' ${CIRCULAR}`;
  }
  if (isUnfinishedSubmodule(`${own}.${attribute}`))
    return `cannot access submodule '${attribute}' of module '${own}' ${CIRCULAR}`;
  return plain;
};

const quoted = (h: number): string => toJS(repr(h));

function importFromMessage(
  module: number,
  shown: number,
  spec: number,
  name: number,
  file: string | undefined,
): string {
  const text = toJS(shown);
  const found = circumstances(module, spec, text);
  const { initializing, shadowing, shadowingStandard } = found;
  const origin = found.origin ?? file;
  const plain = `cannot import name ${quoted(name)} from ${quoted(shown)}`;
  if (shadowingStandard) return `${plain} ${renameStandard(found.origin!, text)}`;
  if (!initializing) return `${plain} (${origin ?? 'unknown location'})`;
  if (shadowing) return `${plain} ${rename(found.origin!)}`;
  const where = origin === undefined ? '' : ` (${origin})`;
  return `cannot import name ${quoted(name)} from partially initialized module ${quoted(shown)} ${CIRCULAR}${where}`;
}

/** `from module import name` found nothing; `own` is the module's name, 0 when it has none. Returns 0. */
export function cannotImport(module: number, own: number, name: number): number {
  const named = own !== 0 && isStr(own);
  const slot = root(module);
  root(named ? own : intern('<unknown module name>'));
  root(name);
  root(quietAttribute(module, '__spec__'));
  const given = isKind(I32[slot], L.KIND_MODULE) ? quietAttribute(I32[slot], '__file__') : 0;
  const file = given !== 0 && isStr(given) ? toJS(given) : undefined;
  const spec = I32[slot + 3];
  const text =
    spec === 0
      ? `cannot import name ${quoted(I32[slot + 2])} from ${quoted(I32[slot + 1])} (unknown location)`
      : importFromMessage(I32[slot], I32[slot + 1], spec, I32[slot + 2], file);
  const origin = spec === 0 ? undefined : (originOf(I32[slot + 3]) ?? file);
  raiseImport('ImportError', text, named ? I32[slot + 1] : H.NONE, origin === undefined ? H.NONE : fromJS(origin));
  const e = pendingException();
  if (e !== 0) storeRef(e, L.EXCEPTION_D, I32[slot + 2]);
  unroot(slot);
  return 0;
}

/** Item of a from-list or of `__all__` that is no str; returns 0. */
export const badItem = (where: string, item: number): number =>
  raise('TypeError', `Item in ${where} must be str, not ${typeName(item)}`);

// ---------------------------------------------------------------- tracebacks

const BOOTSTRAP = /^<frozen importlib\._bootstrap(_external)?>$/;

/** Takes importlib's frames out of the pending exception's traceback, as import statements do: all of them for ImportError. */
export function trimTraceback(): void {
  const e = pendingException();
  if (e === 0) return;
  const always = isSubtype(typeOf(e), exceptionType('ImportError'));
  const word = (o: number, w: number): number => I32[(o >>> 2) + w];
  /** Traceback whose `next` leads to the one at hand (0: the exception), and to the first of a run of importlib's. */
  let before = 0;
  let outer = 0;
  let inside = false;
  const link = (from: number, to: number): void =>
    from === 0 ? storeRef(e, L.EXCEPTION_TRACEBACK, to) : storeRef(from, L.TRACEBACK_NEXT, to);
  for (let tb = word(e, L.EXCEPTION_TRACEBACK); tb !== 0 && tb !== H.NONE; tb = word(tb, L.TRACEBACK_NEXT)) {
    const code = word(tb, L.TRACEBACK_CODE);
    const now = BOOTSTRAP.test(toJS(word(code, L.CODE_FILENAME)));
    if (now && !inside) outer = before;
    inside = now;
    if (now && (always || toJS(word(code, L.CODE_NAME)) === '_call_with_frames_removed')) {
      link(outer, word(tb, L.TRACEBACK_NEXT));
      before = outer;
    } else before = tb;
  }
}
