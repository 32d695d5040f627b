/** Calls of built-in functions: argument conventions and CPython's messages. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { pushArguments, release } from '../objects/call.js';
import { NATIVE_CLASSMETHOD, NATIVE_METHOD, NATIVE_STATIC } from '../objects/attribute.js';
import { raise, typeName } from '../objects/exceptions.js';
import {
  CONVENTION_NAMED,
  CONVENTION_POSITIONAL,
  type NativeInfo,
  nativeFunction,
  nativeInfo,
  type Parameters,
  parametersOf,
} from '../objects/natives.js';
import { isSubtype, typeOf } from '../objects/object.js';
import { toJS } from '../objects/strings.js';

const I32 = i32;

const plural = (n: number): string => (n === 1 ? '' : 's');

/** Calls NATIVE `f` with n positional arguments at `args` and keyword values behind them. */
export function callNative(f: number, args: number, n: number, kwnames: number): number {
  const w = f >>> 2;
  const self = I32[w + L.NATIVE_SELF];
  if (self === 0 && (I32[w + L.NATIVE_NATIVE_FLAGS] & (NATIVE_METHOD | NATIVE_CLASSMETHOD)) === 0)
    return invoke(w, args, n, kwnames, 0);
  if (self === 0) return invokeUnbound(w, args, n, kwnames);
  if ((I32[w + L.NATIVE_NATIVE_FLAGS] & (NATIVE_METHOD | NATIVE_CLASSMETHOD)) === 0)
    return invoke(w, args, n, kwnames, 0);
  const total = n + (kwnames === 0 ? 0 : I32[(kwnames >>> 2) + L.TUPLE_LENGTH]);
  const a = pushArguments(total + 1);
  I32[a] = self;
  for (let i = 0; i < total; i++) I32[a + 1 + i] = I32[args + i];
  return release(a, invoke(w, a, n + 1, kwnames, 1));
}

/** `list.append(x, 1)`: the first argument is self and must be of the method's class. */
function invokeUnbound(w: number, args: number, n: number, kwnames: number): number {
  const owner = I32[w + L.NATIVE_OWNER];
  if (n === 0) {
    const method = `${toJS(I32[(owner >>> 2) + L.TYPE_NAME])}.${toJS(I32[w + L.NATIVE_NAME])}`;
    return raise('TypeError', `unbound method ${method}() needs an argument`);
  }
  const isClass = (I32[w + L.NATIVE_NATIVE_FLAGS] & NATIVE_CLASSMETHOD) !== 0;
  if (!isClass && owner !== 0 && !isSubtype(typeOf(I32[args]), owner)) {
    const name = toJS(I32[w + L.NATIVE_NAME]);
    const needs = toJS(I32[(owner >>> 2) + L.TYPE_NAME]);
    return raise(
      'TypeError',
      `descriptor '${name}' for '${needs}' objects doesn't apply to a '${typeName(I32[args])}' object`,
    );
  }
  return invoke(w, args, n, kwnames, 1);
}

/** `selves`: 1 when the first argument is self, which messages do not count. */
function invoke(w: number, args: number, n: number, kwnames: number, selves: number): number {
  const id = I32[w + L.NATIVE_NATIVE_ID];
  const info = nativeInfo(id);
  if (info.convention === CONVENTION_POSITIONAL) {
    const given = n - selves;
    if (kwnames !== 0 && I32[(kwnames >>> 2) + L.TUPLE_LENGTH] > 0)
      return raise('TypeError', `${shownName(w, info)}() takes no keyword arguments`);
    if (given < info.min || (info.max >= 0 && given > info.max)) return wrongCount(shownName(w, info), info, given);
    return nativeFunction(id)(args, n, 0);
  }
  if (info.convention === CONVENTION_NAMED) return invokeNamed(w, id, info, args, n, kwnames, selves);
  return nativeFunction(id)(args, n, kwnames);
}

function shownName(w: number, info: NativeInfo): string {
  const owner = I32[w + L.NATIVE_OWNER];
  if (owner === 0 || (I32[w + L.NATIVE_NATIVE_FLAGS] & NATIVE_STATIC) !== 0) return info.name;
  return `${toJS(I32[(owner >>> 2) + L.TYPE_NAME])}.${info.name}`;
}

function wrongCount(name: string, info: NativeInfo, given: number): number {
  const short = name.slice(name.indexOf('.') + 1);
  if (info.min === info.max) {
    if (info.min === 0) return raise('TypeError', `${name}() takes no arguments (${given} given)`);
    if (info.min === 1) return raise('TypeError', `${name}() takes exactly one argument (${given} given)`);
    return raise('TypeError', `${short} expected ${info.min} argument${plural(info.min)}, got ${given}`);
  }
  const [bound, word] = given < info.min ? [info.min, 'at least'] : [info.max, 'at most'];
  return raise('TypeError', `${short} expected ${word} ${bound} argument${plural(bound)}, got ${given}`);
}

/** Normalises the arguments to one word a parameter. */
function invokeNamed(
  w: number,
  id: number,
  info: NativeInfo,
  args: number,
  n: number,
  kwnames: number,
  selves: number,
): number {
  const p = parametersOf(info);
  const count = p.names.length;
  const named = kwnames === 0 ? 0 : I32[(kwnames >>> 2) + L.TUPLE_LENGTH];
  const given = n - selves;
  if (given > p.keywordOnly) return tooManyPositional(info.name, p, given);
  const a = pushArguments(count + selves);
  for (let i = 0; i < n; i++) I32[a + i] = I32[args + i];
  for (let i = n; i < count + selves; i++) I32[a + i] = 0;
  for (let k = 0; k < named; k++) {
    const name = toJS(I32[(kwnames >>> 2) + L.TUPLE_ITEMS + k]);
    const at = p.names.indexOf(name, p.positionalOnly);
    if (at < 0) return release(a, unexpected(info.name, p, name));
    if (I32[a + selves + at] !== 0) {
      return release(
        a,
        raise('TypeError', `argument for ${info.name}() given by name ('${name}') and position (${at + 1})`),
      );
    }
    I32[a + selves + at] = I32[args + n + k];
  }
  for (let i = 0; i < count; i++) {
    if (!p.required[i] || I32[a + selves + i] !== 0) continue;
    return release(a, missingArgument(info.name, p, i, given));
  }
  return release(a, nativeFunction(id)(a, count + selves, 0));
}

function unexpected(name: string, p: Parameters, keyword: string): number {
  if (p.names.length === p.positionalOnly) return raise('TypeError', `${name}() takes no keyword arguments`);
  return raise('TypeError', `${name}() got an unexpected keyword argument '${keyword}'`);
}

function missingArgument(name: string, p: Parameters, i: number, given: number): number {
  if (i < p.positionalOnly) {
    const least = p.required.slice(0, p.positionalOnly).filter(Boolean).length;
    const bound = least === p.positionalOnly ? '' : 'at least ';
    return raise('TypeError', `${name} expected ${bound}${least} argument${plural(least)}, got ${given}`);
  }
  const where =
    i >= p.keywordOnly ? `keyword-only argument '${p.names[i]}'` : `required argument '${p.names[i]}' (pos ${i + 1})`;
  return raise('TypeError', i >= p.keywordOnly ? `${name}() missing ${where}` : `${name}() missing ${where}`);
}

function tooManyPositional(name: string, p: Parameters, given: number): number {
  const required = p.required.slice(0, p.keywordOnly).filter(Boolean).length;
  const bound = required === p.keywordOnly && p.keywordOnly === p.names.length ? 'exactly' : 'at most';
  return raise(
    'TypeError',
    `${name}() takes ${bound} ${p.keywordOnly} positional argument${plural(p.keywordOnly)} (${given} given)`,
  );
}
