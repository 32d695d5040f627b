/** `_warnings`: filters, warn and warn_explicit (https://docs.python.org/3.14/library/warnings.html). */
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import {
  call0,
  call1,
  callArgs,
  compareOp,
  getAttr,
  indexNumber,
  isTrue,
  lookupAttr,
  repr,
  str,
} from '../objects/abstract.js';
import { defineModule } from '../objects/define.js';
import { dictClear, dictGet, dictGetStr, dictSet, dictSetStr, newDict } from '../objects/dict.js';
import {
  type ExceptionName,
  exceptionType,
  pendingException,
  raise,
  setException,
  typeName,
} from '../objects/exceptions.js';
import { isSubclassOf } from '../objects/instance-check.js';
import { intFromNumber } from '../objects/int.js';
import { listAt, listLength, newListFromArray } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isKind, isStr, isSubtype, typeOf } from '../objects/object.js';
import { CMP_EQ } from '../objects/slots.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { warnHook } from '../objects/warn.js';
import { frameIndex, lineOf } from '../vm/frame-object.js';
import { currentEnvironment, currentFrame } from './frames.js';
import { importModule } from './import.js';
import { environmentModule, moduleGet } from './modules.js';
import { item, newRecord, setField } from './record.js';
import { sourceLine } from './source-lines.js';
import { writeStderr } from './stderr.js';

const I32 = i32;

const N_CONTEXT_FILTERS = intern('_filters');
const N_MATCH = intern('match');
const N_REGISTRY = intern('__warningregistry__');
const N_VERSION = intern('version');

// ---------------------------------------------------------------- state of the environment

const FILTERS = 0;
const DEFAULT_ACTION = 1;
const ONCE = 2;
const VERSION = 3;
const CONTEXT = 4;

/** Action, category and module of the filters there are from the start. */
const DEFAULT_FILTERS: readonly (readonly [string, ExceptionName, string])[] = [
  ['default', 'DeprecationWarning', '__main__'],
  ['ignore', 'DeprecationWarning', ''],
  ['ignore', 'PendingDeprecationWarning', ''],
  ['ignore', 'ImportWarning', ''],
  ['ignore', 'ResourceWarning', ''],
];

function defaultFilter([action, category, module]: (typeof DEFAULT_FILTERS)[number]): number {
  const [a, m] = [intern(action), module === '' ? H.NONE : intern(module)];
  return tupleOf(a, H.NONE, exceptionType(category), m, H.small(0));
}

/** The variable that holds filters of a context (catch_warnings). */
function newContextVariable(environment: number): number {
  const module = importModule(environment, '_contextvars');
  const type = module === 0 ? 0 : getAttr(module, intern('ContextVar'));
  return type === 0 ? 0 : call1(type, intern('_warnings_context'));
}

/** The record in the environment; made when it is first needed. */
function state(environment: number): number {
  const known = I32[(environment >>> 2) + L.ENVIRONMENT_WARNINGS];
  if (known !== 0) return known;
  const filters = newListFromArray(DEFAULT_FILTERS.map(defaultFilter));
  const slot = root(filters);
  const once = root(newDict());
  const variable = newContextVariable(environment);
  const r = newRecord(T.typeHandle(T.T_OBJECT), [filters, intern('default'), I32[once], H.small(1), variable]);
  unroot(slot);
  storeRef(environment, L.ENVIRONMENT_WARNINGS, r);
  return I32[(environment >>> 2) + L.ENVIRONMENT_WARNINGS];
}

const ownState = (i: number): number => item(state(currentEnvironment()), i);

/** Attribute of the module `warnings` when that is imported; 0 otherwise. */
function warningsAttribute(name: string): number {
  const module = environmentModule(currentEnvironment(), 'warnings');
  return module === 0 || module === H.NONE ? 0 : lookupAttr(module, intern(name));
}

// ---------------------------------------------------------------- filters

/** Does a filter's pattern (None, an exact string, a compiled expression) match? 1, 0, or -1 with the exception set. */
function matches(pattern: number, text: number): number {
  if (pattern === H.NONE) return 1;
  if (isStr(pattern)) {
    const r = compareOp(pattern, text, CMP_EQ);
    return r === 0 ? -1 : isTrue(r);
  }
  const match = getAttr(pattern, N_MATCH);
  const r = match === 0 ? 0 : call1(match, text);
  return r === 0 ? -1 : isTrue(r);
}

interface Warned {
  category: number;
  text: number;
  line: number;
  module: number;
}

/** 1 when the filter is for the warning, 0, or -1 with the exception set. */
function applies(filter: number, w: Warned): number {
  const [, message, category, module, line] = [0, 1, 2, 3, 4].map((i) => tupleItem(filter, i));
  const wanted = indexNumber(line);
  if (Number.isNaN(wanted)) return -1;
  let t = matches(message, w.text);
  if (t === 1) t = isSubclassOf(w.category, category);
  if (t === 1) t = matches(module, w.module);
  return t === 1 && wanted !== 0 && wanted !== w.line ? 0 : t;
}

/** The action of the first filter in a list that applies, 0 for none; -1 with the exception set. */
function search(filters: number, w: Warned): { action: number; filter: number } | undefined {
  const none = { action: 0, filter: H.NONE };
  if (filters === 0) return none;
  if (!isKind(filters, L.KIND_LIST)) return void raise('ValueError', '_warnings.filters must be a list');
  const slot = root(filters);
  let found: { action: number; filter: number } | undefined = none;
  for (let i = 0; i < listLength(filters); i++) {
    const filter = listAt(filters, i);
    if (!isKind(filter, L.KIND_TUPLE) || tupleLength(filter) !== 5) {
      raise('ValueError', `warnings.filters item ${i} isn't a 5-tuple`);
      found = undefined;
      break;
    }
    const at = root(filter);
    const t = applies(filter, w);
    unroot(at);
    if (t === 0) continue;
    found = t < 0 ? undefined : { action: tupleItem(filter, 0), filter };
    break;
  }
  unroot(slot);
  return found;
}

/** Filters of the current context, 0 when it has none. */
function contextFilters(): number {
  const variable = ownState(CONTEXT);
  const get = variable === 0 ? 0 : getAttr(variable, intern('get'));
  const context = get === 0 ? 0 : call1(get, H.NONE);
  return context === 0 || context === H.NONE ? 0 : getAttr(context, N_CONTEXT_FILTERS);
}

function findAction(w: Warned): { action: number; filter: number } | undefined {
  const own = contextFilters();
  if (own === 0 && pendingException() !== 0) return undefined;
  const found = search(own || warningsAttribute('filters') || ownState(FILTERS), w);
  if (found === undefined || found.action !== 0) return found;
  const fallback = warningsAttribute('defaultaction') || ownState(DEFAULT_ACTION);
  if (isStr(fallback)) return { action: fallback, filter: H.NONE };
  return void raise('TypeError', `_warnings.defaultaction must be a string, not '${typeName(fallback)}'`);
}

// ---------------------------------------------------------------- registries

/** Was it seen? With `add` it is from now on. 1, 0, or -1 with the exception set. */
function alreadyWarned(registry: number, key: number, add: boolean): number {
  const version = ownState(VERSION);
  if (dictGetStr(registry, N_VERSION) !== version) {
    dictClear(registry);
    if (dictSet(registry, N_VERSION, version) === 0) return -1;
  } else {
    const seen = dictGet(registry, key);
    if (seen === 0 && pendingException() !== 0) return -1;
    const t = seen === 0 ? 0 : isTrue(seen);
    if (t !== 0) return t;
  }
  return add && dictSet(registry, key, H.TRUE) === 0 ? -1 : 0;
}

/** Notes the warning in a registry under a key without line; was it there? */
function updateRegistry(registry: number, w: Warned): number {
  const key = root(tupleOf(w.text, w.category, H.small(0)));
  const t = alreadyWarned(registry, I32[key], true);
  unroot(key);
  return t;
}

// ---------------------------------------------------------------- showing

/** As CPython's own printer, while the module \`warnings\` is not imported. */
function showPlain(w: Warned, filename: number, sourceText: string | undefined): void {
  const name = toJS(I32[(w.category >>> 2) + L.TYPE_NAME]);
  const file = toJS(filename);
  const line = (sourceText ?? sourceLine(file, w.line)).trim();
  writeStderr(`${file}:${w.line}: ${name}: ${toJS(w.text)}\n${line === '' ? '' : `  ${line}\n`}`);
}

function showByModule(show: number, w: Warned, message: number, filename: number, source: number): number {
  const type = warningsAttribute('WarningMessage');
  if (type === 0) return pendingException() !== 0 ? 0 : raise('RuntimeError', 'unable to get warnings.WarningMessage');
  const none = [H.NONE, H.NONE];
  const values = [message, w.category, filename, intFromNumber(w.line), ...none, source === 0 ? H.NONE : source];
  const made = callArgs(type, values);
  return made === 0 ? 0 : call1(show, made);
}

function show(w: Warned, message: number, filename: number, sourceText: string | undefined, source: number): number {
  if (source !== 0 && importModule(currentEnvironment(), 'warnings') === 0) return 0;
  const f = warningsAttribute('_showwarnmsg');
  if (f === 0 && pendingException() !== 0) return 0;
  if (f === 0) {
    showPlain(w, filename, sourceText);
    return H.NONE;
  }
  const slot = root(f);
  const r = showByModule(f, w, message, filename, source);
  unroot(slot);
  return r;
}

// ---------------------------------------------------------------- warn_explicit

export interface ExplicitWarning {
  /** A class; ignored when the message is a Warning. */
  category: number;
  message: number;
  filename: number;
  line: number;
  /** 0: from the file's name. */
  module?: number;
  /** A dict, or 0 for none. */
  registry?: number;
  sourceText?: string;
  source?: number;
}

const isWarning = (h: number): boolean => isSubtype(typeOf(h), exceptionType('Warning'));

function moduleOfFile(filename: number): number {
  const name = toJS(filename);
  return fromJS(name === '' ? '<unknown>' : name.replace(/\.py$/i, ''));
}

/** Handles what an action says; 1: show it, 0: not, -1 with the exception set. */
function perform(action: string, filter: number, w: Warned, message: number, registry: number, key: number): number {
  if (action === 'error') {
    setException(message);
    return -1;
  }
  if (action === 'ignore') return 0;
  if (action === 'always' || action === 'all') return 1;
  if (registry !== 0 && dictSet(registry, key, H.TRUE) === 0) return -1;
  let seen = 0;
  if (action === 'once') {
    const once = warningsAttribute('onceregistry') || ownState(ONCE);
    if (!isKind(once, L.KIND_DICT))
      return raise('TypeError', `_warnings.onceregistry must be a dict, not '${typeName(once)}'`) - 1;
    const slot = root(once);
    seen = updateRegistry(registry === 0 ? once : registry, w);
    unroot(slot);
  } else if (action === 'module') seen = registry === 0 ? 0 : updateRegistry(registry, w);
  else if (action !== 'default') {
    const shown = repr(filter);
    return (
      raise(
        'RuntimeError',
        `Unrecognized action ('${action}') in warnings.filters:\n ${shown === 0 ? '?' : toJS(shown)}`,
      ) - 1
    );
  }
  return seen < 0 ? -1 : seen === 1 ? 0 : 1;
}

/** Issues a warning for a place; None, or 0 with the exception set. What it is given must be rooted. */
export function warnExplicit(given: ExplicitWarning): number {
  const first = root(given.module || moduleOfFile(given.filename));
  const r = explicitly(given, I32[first]);
  unroot(first);
  return r;
}

function explicitly(given: ExplicitWarning, module: number): number {
  const registry = given.registry ?? 0;
  const category = isWarning(given.message) ? typeOf(given.message) : given.category;
  const text = isWarning(given.message) ? str(given.message) : given.message;
  if (text === 0) return 0;
  root(text);
  const message = isWarning(given.message) ? given.message : call1(category, given.message);
  if (message === 0) return 0;
  root(message);
  const w: Warned = { category, text, line: given.line, module };
  const key = tupleOf(text, category, intFromNumber(given.line));
  root(key);
  const seen = registry === 0 ? 0 : alreadyWarned(registry, key, false);
  if (seen !== 0) return seen < 0 ? 0 : H.NONE;
  const found = findAction(w);
  if (found === undefined) return 0;
  root(found.filter);
  if (!isStr(found.action)) return raise('TypeError', `action must be a string, not '${typeName(found.action)}'`);
  const t = perform(toJS(found.action), found.filter, w, message, registry, key);
  if (t <= 0) return t < 0 ? 0 : H.NONE;
  return show(w, message, given.filename, given.sourceText, given.source ?? 0) === 0 ? 0 : H.NONE;
}

// ---------------------------------------------------------------- warn

const filenameOf = (context: number): number => I32[(I32[context + L.F_CODE] >>> 2) + L.CODE_FILENAME];
const isInternal = (context: number): boolean => {
  const name = toJS(filenameOf(context));
  return name.includes('importlib') && name.includes('_bootstrap');
};

function outer(context: number): number {
  let c = I32[context + L.F_PREVIOUS];
  while (c !== 0 && I32[c + L.F_CODE] === 0) c = I32[c + L.F_PREVIOUS];
  return c;
}

/** The context that a warning with this stack level is about; 0 when the stack is not so deep. */
function contextAt(stackLevel: number, skip: readonly string[]): number {
  let c = currentFrame();
  const plain = stackLevel <= 0 || c === 0 || isInternal(c);
  const isSkipped = (context: number): boolean =>
    !plain && (isInternal(context) || skip.some((prefix) => toJS(filenameOf(context)).startsWith(prefix)));
  for (let level = stackLevel; level > 1 && c !== 0; level--) {
    do c = outer(c);
    while (c !== 0 && isSkipped(c));
  }
  return c;
}

/** Issues a warning for the caller at a stack level. */
function warnAt(
  message: number,
  category: number,
  stackLevel: number,
  source: number,
  skip: readonly string[],
): number {
  const context = contextAt(stackLevel, skip);
  const sys = I32[(currentEnvironment() >>> 2) + L.ENVIRONMENT_SYS];
  const globals = context === 0 ? I32[(sys >>> 2) + L.MODULE_DICT] : I32[context + L.F_GLOBALS];
  const slot = root(context === 0 ? intern('<sys>') : filenameOf(context));
  const line = context === 0 ? 0 : lineOf(I32[context + L.F_CODE], frameIndex(context));
  if (dictGetStr(globals, N_REGISTRY) === 0) dictSetStr(globals, N_REGISTRY, newDict());
  const found = dictGetStr(globals, N_REGISTRY);
  const registry = root(isKind(found, L.KIND_DICT) ? found : 0);
  const name = dictGetStr(globals, N.N_NAME);
  const module = root(name !== 0 && (name === H.NONE || isStr(name)) ? name : intern('<string>'));
  const place = { filename: I32[slot], line, module: I32[module], registry: I32[registry] };
  const r = warnExplicit({ category, message, source, ...place });
  unroot(slot);
  return r;
}

/** The category argument, UserWarning when missing; 0 with TypeError set. */
function categoryOf(message: number, given: number): number {
  if (isWarning(message)) return typeOf(message);
  if (given === 0 || given === H.NONE) return exceptionType('UserWarning');
  const t = isKind(given, L.KIND_TYPE) ? isSubclassOf(given, exceptionType('Warning')) : 0;
  if (t < 0) return 0;
  return t === 1 ? given : raise('TypeError', `category must be a Warning subclass, not '${typeName(given)}'`);
}

function skipPrefixes(h: number): string[] | undefined {
  if (h === 0) return [];
  const fail = (message: string): undefined => void raise('TypeError', message);
  if (!isKind(h, L.KIND_TUPLE)) return fail(`warn() argument 'skip_file_prefixes' must be tuple, not ${typeName(h)}`);
  const out: string[] = [];
  for (let i = 0; i < tupleLength(h); i++) {
    const prefix = tupleItem(h, i);
    if (!isStr(prefix)) return fail(`Found non-str '${typeName(prefix)}' in skip_file_prefixes.`);
    out.push(toJS(prefix));
  }
  return out;
}

function warn(args: number): number {
  const level = I32[args + 2] === 0 ? 1 : indexNumber(I32[args + 2]);
  const category = Number.isNaN(level) ? 0 : categoryOf(I32[args], I32[args + 1]);
  const skip = category === 0 ? undefined : skipPrefixes(I32[args + 4]);
  if (skip === undefined) return 0;
  const source = I32[args + 3] === H.NONE ? 0 : I32[args + 3];
  return warnAt(I32[args], category, skip.length > 0 ? Math.max(level, 2) : level, source, skip);
}

warnHook.warn = (category, message, stackLevel) => {
  const slot = root(fromJS(message));
  const r = warnAt(I32[slot], exceptionType(category), stackLevel, 0, []);
  unroot(slot);
  return r === 0 ? 0 : 1;
};

/** Source line of a module that its loader can give; undefined when it cannot. */
function loadedLine(globals: number, line: number): string | undefined {
  const [loader, name] = [N.N_LOADER, N.N_NAME].map((n) => dictGetStr(globals, n));
  const slot = root(name);
  const f = loader === 0 || name === 0 ? 0 : lookupAttr(loader, intern('get_source'));
  const text = f === 0 ? 0 : call1(f, name);
  unroot(slot);
  return text === 0 || !isStr(text) ? undefined : (toJS(text).split('\n')[line - 1] ?? '');
}

function explicitArguments(args: number): number {
  const [message, category, filename, lineno, module, registry, globals, source] = Array.from(
    I32.subarray(args, args + 8),
  );
  if (!isStr(filename))
    return raise('TypeError', `warn_explicit() argument 'filename' must be str, not ${typeName(filename)}`);
  const line = indexNumber(lineno);
  if (Number.isNaN(line)) return 0;
  if (registry !== 0 && registry !== H.NONE && !isKind(registry, L.KIND_DICT))
    return raise('TypeError', "'registry' must be a dict or None");
  if (globals !== 0 && globals !== H.NONE && !isKind(globals, L.KIND_DICT))
    return raise('TypeError', `module_globals must be a dict, not '${typeName(globals)}'`);
  const text = globals !== 0 && globals !== H.NONE ? loadedLine(globals, line) : undefined;
  if (pendingException() !== 0) return 0;
  return warnExplicit({
    category,
    message,
    filename,
    line,
    module: module === H.NONE ? 0 : module,
    registry: registry === H.NONE ? 0 : registry,
    ...(text === undefined ? {} : { sourceText: text }),
    source: source === H.NONE ? 0 : source,
  });
}

/** The filters changed: what registries remember is void. The lock must be held. */
function filtersMutated(): number {
  const module = environmentModule(currentEnvironment(), '_warnings');
  const owned = getAttr(moduleGet(module, '_acquire_lock'), intern('__self__'));
  const f = owned === 0 ? 0 : getAttr(owned, intern('_is_owned'));
  const held = f === 0 ? 0 : call0(f);
  if (held === 0) return 0;
  if (held === H.FALSE) return raise('RuntimeError', 'warnings lock is not held');
  const s = state(currentEnvironment());
  setField(s, VERSION, H.small((item(s, VERSION) >> 1) + 1));
  return H.NONE;
}

/** acquire and release of a lock of the environment's own. */
function lockFunctions(environment: number): Record<string, number> {
  const thread = importModule(environment, '_thread');
  const make = thread === 0 ? 0 : getAttr(thread, intern('RLock'));
  const lock = make === 0 ? 0 : call0(make);
  if (lock === 0) return {};
  const slot = root(lock);
  const [acquireLock, releaseLock] = [root(getAttr(lock, intern('acquire'))), getAttr(lock, intern('release'))];
  const r = { _acquire_lock: I32[acquireLock], _release_lock: releaseLock };
  unroot(slot);
  return r;
}

defineModule({
  name: '_warnings',
  doc: '_warnings provides basic warning filtering support.\nIt is a helper module to speed up interpreter start-up.',
  functions: [
    ['warn', warn, '(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())'],
    [
      'warn_explicit',
      explicitArguments,
      '(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None)',
    ],
    ['_filters_mutated_lock_held', filtersMutated, [0, 0]],
  ],
  attributes: (environment) => {
    state(environment);
    const lock = lockFunctions(environment);
    const s = I32[(environment >>> 2) + L.ENVIRONMENT_WARNINGS];
    return {
      filters: item(s, FILTERS),
      _defaultaction: item(s, DEFAULT_ACTION),
      _onceregistry: item(s, ONCE),
      _warnings_context: item(s, CONTEXT),
      ...lock,
    };
  },
});
