/**
 * "Did you mean" of NameError, AttributeError and ImportError: the closest name that there is, by an edit distance in which a change of case
 * costs half (CPython's Lib/traceback.py describes the rules).
 */
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, lookupAttr } from '../objects/abstract.js';
import { dictGetStr } from '../objects/dict.js';
import { clearException, exceptionType } from '../objects/exceptions.js';
import { listFromIterable, plainItems } from '../objects/list.js';
import { isStr, isSubtype, typeOf } from '../objects/object.js';
import { intern, toJS } from '../objects/strings.js';

import { importModule } from './import.js';
import { currentEnvironment } from './frames.js';
import { stdlibModuleNames } from './stdlib-names.js';

const I32 = i32;
const MAX_CANDIDATES = 750;
const MAX_LENGTH = 40;
const MOVE_COST = 2;
const CASE_COST = 1;

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE_COST : MOVE_COST;
}

/** Edit distance of two names; more than `limit` when it is above that. */
export function distance(from: string, to: string, limit: number): number {
  let a = [...from];
  let b = [...to];
  while (a.length > 0 && b.length > 0 && a[0] === b[0]) {
    a = a.slice(1);
    b = b.slice(1);
  }
  while (a.length > 0 && b.length > 0 && a.at(-1) === b.at(-1)) {
    a = a.slice(0, -1);
    b = b.slice(0, -1);
  }
  if (a.length === 0 || b.length === 0) return MOVE_COST * (a.length + b.length);
  if (b.length < a.length) [a, b] = [b, a];
  if ((b.length - a.length) * MOVE_COST > limit) return limit + 1;
  return fill(a, b, limit);
}

/** The rows of the table, one kept: `a` is the shorter. */
function fill(a: readonly string[], b: readonly string[], limit: number): number {
  const row = a.map((_, i) => (i + 1) * MOVE_COST);
  let result = 0;
  for (let j = 0; j < b.length; j++) {
    let diagonal = j * MOVE_COST;
    result = diagonal;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < a.length; i++) {
      const substitute = diagonal + substitution(b[j]!, a[i]!);
      diagonal = row[i]!;
      result = Math.min(substitute, Math.min(result, diagonal) + MOVE_COST);
      row[i] = result;
      least = Math.min(least, result);
    }
    if (least > limit) return limit + 1;
  }
  return result;
}

/** The name closest to `wrong`; '' when none is close enough. */
export function closest(wrong: string, candidates: readonly string[]): string {
  const length = [...wrong].length;
  if (candidates.length > MAX_CANDIDATES || length > MAX_LENGTH) return '';
  let best = Number.POSITIVE_INFINITY;
  let found = '';
  for (const name of candidates) {
    if (name === wrong) continue;
    const most = Math.min(Math.floor((([...name].length + length + 3) * MOVE_COST) / 6), best - 1);
    const d = distance(wrong, name, most);
    if (d > most) continue;
    if (found === '' || d < best) {
      found = name;
      best = d;
    }
  }
  return found;
}

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
