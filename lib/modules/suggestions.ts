/** "Did you mean" of NameError, AttributeError and ImportError, as CPython's Lib/traceback.py finds it. */
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, lookupAttr } from '../objects/abstract.js';
import { closest } from '../objects/closest.js';
import { dictGetStr } from '../objects/dict.js';
import { clearException, exceptionType } from '../objects/exceptions.js';
import { listFromIterable, plainItems } from '../objects/list.js';
import { isStr, isSubtype, typeOf } from '../objects/object.js';
import { intern, toJS } from '../objects/strings.js';

import { importModule } from './import.js';
import { currentEnvironment } from './frames.js';
import { stdlibModuleNames } from './stdlib-names.js';

const I32 = i32;

// ---------------------------------------------------------------- candidates

/** Strings of an iterable; [] when it fails. */
function strings(iterable: number): string[] {
  const list = iterable === 0 ? 0 : listFromIterable(iterable);
  clearException();
  return (list === 0 ? [] : (plainItems(list) ?? [])).filter(isStr).map(toJS);
}

function attribute(o: number, name: string): number {
  const v = lookupAttr(o, intern(name));
  if (v === 0) clearException();
  return v;
}

/** The frame that the exception was raised in; 0 when it has no traceback. */
function innermostFrame(e: number): number {
  let tb = I32[(e >>> 2) + L.EXCEPTION_TRACEBACK];
  while (tb !== 0 && I32[(tb >>> 2) + L.TRACEBACK_NEXT] !== 0) tb = I32[(tb >>> 2) + L.TRACEBACK_NEXT];
  return tb === 0 ? 0 : attribute(tb, 'tb_frame');
}

/** A variable of a frame; 0 when there is none. */
function variable(frame: number, name: string): number {
  const locals = attribute(frame, 'f_locals');
  const get = locals === 0 ? 0 : attribute(locals, 'get');
  const value = get === 0 ? 0 : call1(get, intern(name));
  clearException();
  return value === 6 ? 0 : value;
}

const visible = (names: readonly string[], wrong: string, all: boolean): string[] =>
  all || wrong.startsWith('_') ? [...names] : names.filter((n) => !n.startsWith('_'));

/** Sorted dir() of a value. */
function directory(o: number): string[] {
  const builtins = I32[(currentEnvironment() >>> 2) + L.ENVIRONMENT_BUILTINS];
  const dir = dictGetStr(builtins, intern('dir'));
  const names = dir === 0 ? 0 : call1(dir, o);
  clearException();
  return strings(names).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function attributeCandidates(e: number, wrong: string): string[] {
  const o = I32[(e >>> 2) + L.EXCEPTION_B];
  if (o === 0) return [];
  const slot = root(o);
  const frame = wrong.startsWith('_') ? 0 : innermostFrame(e);
  const own = frame !== 0 && variable(frame, 'self') === o;
  const names = directory(o);
  unroot(slot);
  return visible(names, wrong, own);
}

function importCandidates(e: number, wrong: string): string[] {
  const name = I32[(e >>> 2) + L.EXCEPTION_A];
  if (name === 0 || !isStr(name)) return [];
  const module = importModule(currentEnvironment(), toJS(name));
  clearException();
  return module === 0 ? [] : visible(directory(module), wrong, false);
}

/** Names of the frame, or what an attribute of `self` has the name. */
function nameCandidates(e: number, wrong: string): string[] | string {
  const frame = innermostFrame(e);
  if (frame === 0) return [];
  const slot = root(frame);
  const names = ['f_locals', 'f_globals', 'f_builtins'].flatMap((scope) => strings(attribute(frame, scope)));
  const self = variable(frame, 'self');
  unroot(slot);
  if (self === 0) return names;
  const has = lookupAttr(self, intern(wrong)) !== 0;
  clearException();
  return has ? `self.${wrong}` : names;
}

/** The attribute that says which name was wrong; '' when it is unset. */
function wrongName(e: number, name: string): string {
  const v = attribute(e, name);
  return v !== 0 && isStr(v) ? toJS(v) : '';
}

const didYouMean = (name: string): string => (name === '' ? '' : `. Did you mean: '${name}'?`);

/** What is added to the message; '' for nothing. No exception is left pending. */
export function suggestionFor(e: number): string {
  const is = (name: 'ImportError' | 'NameError' | 'AttributeError'): boolean =>
    isSubtype(typeOf(e), exceptionType(name));
  if (is('ImportError')) {
    const wrong = wrongName(e, 'name_from');
    return wrong === '' ? '' : didYouMean(closest(wrong, importCandidates(e, wrong)));
  }
  if (!is('NameError') && !is('AttributeError')) return '';
  const wrong = wrongName(e, 'name');
  if (wrong === '') return '';
  if (!is('NameError')) return didYouMean(closest(wrong, attributeCandidates(e, wrong)));
  const names = nameCandidates(e, wrong);
  const text = didYouMean(typeof names === 'string' ? names : closest(wrong, names));
  if (!stdlibModuleNames().includes(wrong)) return text;
  return text === '' ? `. Did you forget to import '${wrong}'?` : `${text} Or did you forget to import '${wrong}'?`;
}
