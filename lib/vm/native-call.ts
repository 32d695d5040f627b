/** Calls of built-in functions: argument conventions and CPython's messages. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { pushArguments, release } from '../objects/call.js';
import { NATIVE_CLASSMETHOD, NATIVE_METHOD, NATIVE_STATIC, NATIVE_WRAPPER } from '../objects/attribute.js';
import { raise, typeName } from '../objects/exceptions.js';
import {
  CONVENTION_NAMED,
  CONVENTION_RAW,
  missingWords,
  nativeArity,
  type NativeInfo,
  nativeFunction,
  nativeInfo,
  noteParameters,
  type Parameters,
  parametersOf,
  plainFunction,
  takesCount,
} from '../objects/natives.js';
import { isKind, isStr, isSubtype, typeOf } from '../objects/object.js';
import { toJS } from '../objects/strings.js';
import { PUSHED } from './tail-call.js';

const I32 = i32;

const lengthOf = (tuple: number): number => I32[(tuple >>> 2) + L.TUPLE_LENGTH];
/** Takes copied arguments back, unless the function pushed a frame above them: then the caller's stack pointer is set already. */
const finish = (args: number, r: number): number => (r === PUSHED ? r : release(args, r));

const plural = (n: number): string => (n === 1 ? '' : 's');

/** Functions that get self as their first argument. */
const SELVES = NATIVE_METHOD | NATIVE_CLASSMETHOD;

/**
 * Calls NATIVE `f` with n positional arguments at `args` and keyword values behind them. First of all the common case: positional arguments, as many
 * as it takes, and self of the very class that the method is of.
 */
export function callNative(f: number, args: number, n: number, kwnames: number): number {
  const w = f >>> 2;
  const id = I32[w + L.NATIVE_NATIVE_ID];
  if (kwnames === 0 && id < nativeArity.length) {
    const given = plainCount(w, args, n);
    const arity = nativeArity[id];
    if (takesCount(arity, given)) return plainFunction(id)(args, n, 0);
    const missing = missingWords(arity, given);
    if (missing >= 0) return callPadded(id, args, n, missing);
  }
  return callAnyNative(f, args, n, kwnames);
}

/** Number of arguments without self; -1 when self is bound, or may be of another class. */
function plainCount(w: number, args: number, n: number): number {
  const selves = I32[w + L.NATIVE_NATIVE_FLAGS] & SELVES;
  if (selves === 0) return n;
  if (selves !== NATIVE_METHOD || I32[w + L.NATIVE_SELF] !== 0 || n === 0) return -1;
  return typeOf(I32[args]) === I32[w + L.NATIVE_OWNER] ? (n - 1) | 0 : -1;
}

/** Calls with `missing` zeros behind the n arguments: on the stack where they lie when they are its end, else of a copy. */
function callPadded(id: number, args: number, n: number, missing: number): number {
  if (missing === 0) return plainFunction(id)(args, n, 0);
  const free = pushArguments(missing);
  if (free !== args + n) {
    release(free, 0);
    return callCopied(id, args, n, missing);
  }
  for (let i = 0; i < missing; i = (i + 1) | 0) I32[free + i] = 0;
  return finish(free, plainFunction(id)(args, n + missing, 0));
}

function callCopied(id: number, args: number, n: number, missing: number): number {
  const a = pushArguments(n + missing);
  for (let i = 0; i < n; i++) I32[a + i] = I32[args + i];
  for (let i = n; i < n + missing; i++) I32[a + i] = 0;
  return finish(a, plainFunction(id)(a, n + missing, 0));
}

/** As callNative, with arguments behind the NULL of a call, where the self of a bound method may go: then nothing is copied. */
export function callNativeInPlace(f: number, args: number, n: number, kwnames: number): number {
  return isBoundNative(f) && I32[args - 1] === 0 ? callBound(f, args, n, kwnames) : callNative(f, args, n, kwnames);
}

function callBound(f: number, args: number, n: number, kwnames: number): number {
  const w = f >>> 2;
  const id = I32[w + L.NATIVE_NATIVE_ID];
  if (kwnames !== 0 || id >= nativeArity.length) return callAnyNative(f, args, n, kwnames);
  const arity = nativeArity[id];
  const missing = takesCount(arity, n) ? 0 : missingWords(arity, n);
  if (missing < 0) return callAnyNative(f, args, n, kwnames);
  I32[args - 1] = I32[w + L.NATIVE_SELF];
  const r = callPadded(id, args - 1, n + 1, missing);
  // One that parks is called again with the stack as it was.
  if (r === 0) I32[args - 1] = 0;
  return r;
}

/** Is it a method bound to its self, or a class method to its class? */
export const isBoundNative = (f: number): boolean =>
  I32[(f >>> 2) + L.NATIVE_SELF] !== 0 && (I32[(f >>> 2) + L.NATIVE_NATIVE_FLAGS] & SELVES) !== 0;

function callAnyNative(f: number, args: number, n: number, kwnames: number): number {
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
  return finish(a, invoke(w, a, n + 1, kwnames, 1));
}

/** `list.append(x, 1)`: the first argument is self and must be of the method's class. */
function invokeUnbound(w: number, args: number, n: number, kwnames: number): number {
  const owner = I32[w + L.NATIVE_OWNER];
  const texts = (): { name: string; needs: string; wrapper: boolean } => ({
    name: toJS(I32[w + L.NATIVE_NAME]),
    needs: owner === 0 ? '' : toJS(I32[(owner >>> 2) + L.TYPE_NAME]),
    wrapper: (I32[w + L.NATIVE_NATIVE_FLAGS] & NATIVE_WRAPPER) !== 0,
  });
  if (n === 0) {
    const { name, needs, wrapper } = texts();
    return raise(
      'TypeError',
      wrapper
        ? `descriptor '${name}' of '${needs}' object needs an argument`
        : `unbound method ${needs}.${name}() needs an argument`,
    );
  }
  const isClass = (I32[w + L.NATIVE_NATIVE_FLAGS] & NATIVE_CLASSMETHOD) !== 0;
  if (!isClass && owner !== 0 && !isSubtype(typeOf(I32[args]), owner)) {
    const { name, needs, wrapper } = texts();
    return raise(
      'TypeError',
      wrapper
        ? `descriptor '${name}' requires a '${needs}' object but received a '${typeName(I32[args])}'`
        : `descriptor '${name}' for '${needs}' objects doesn't apply to a '${typeName(I32[args])}' object`,
    );
  }
  return invoke(w, args, n, kwnames, 1);
}

/** `selves`: 1 when the first argument is self, which messages do not count. */
function invoke(w: number, args: number, n: number, kwnames: number, selves: number): number {
  const id = I32[w + L.NATIVE_NATIVE_ID];
  const info = nativeInfo(id);
  if (info.convention === CONVENTION_RAW) return nativeFunction(id)(args, n, kwnames);
  if (info.convention === CONVENTION_NAMED) return invokeNamed(w, id, info, args, n, kwnames, selves);
  if (kwnames !== 0 && lengthOf(kwnames) > 0) return noKeywords(w, info);
  const given = n - selves;
  if (given < info.min || (info.max >= 0 && given > info.max)) return wrongCount(w, info, given);
  return nativeFunction(id)(args, n, 0);
}

const isWrapper = (w: number): boolean => (I32[w + L.NATIVE_NATIVE_FLAGS] & NATIVE_WRAPPER) !== 0;

function shownName(w: number, info: NativeInfo): string {
  const owner = I32[w + L.NATIVE_OWNER];
  const self = I32[w + L.NATIVE_SELF];
  if (self !== 0 && owner !== 0) {
    const type = isKind(self, L.KIND_TYPE) ? self : typeOf(self);
    return `${toJS(I32[(type >>> 2) + L.TYPE_NAME])}.${info.name}`;
  }
  if (owner === 0) {
    const module = I32[w + L.NATIVE_MODULE];
    return module === 0 || toJS(module) === 'builtins' ? info.name : `${toJS(module)}.${info.name}`;
  }
  if ((I32[w + L.NATIVE_NATIVE_FLAGS] & NATIVE_STATIC) !== 0) return info.name;
  return `${toJS(I32[(owner >>> 2) + L.TYPE_NAME])}.${info.name}`;
}

const noKeywords = (w: number, info: NativeInfo): number =>
  raise(
    'TypeError',
    isWrapper(w)
      ? `wrapper ${info.name}() takes no keyword arguments`
      : `${shownName(w, info)}() takes no keyword arguments`,
  );

/** Positional arguments only, and not as many as there must be. */
function wrongCount(w: number, info: NativeInfo, given: number): number {
  const { min, max } = info;
  if (isWrapper(w) && min === max) return raise('TypeError', `expected ${min} argument${plural(min)}, got ${given}`);
  if (isWrapper(w) && max === 2) return raise('TypeError', `expected ${min} or ${max} arguments, got ${given}`);
  if (min === max && min === 0)
    return raise('TypeError', `${shownName(w, info)}() takes no arguments (${given} given)`);
  if (min === max && min === 1)
    return raise('TypeError', `${shownName(w, info)}() takes exactly one argument (${given} given)`);
  return positionalCount(info.name, min, max, given);
}

function positionalCount(name: string, min: number, max: number, given: number): number {
  if (min === max) return raise('TypeError', `${name} expected ${min} argument${plural(min)}, got ${given}`);
  const [bound, word] = given < min ? [min, 'at least'] : [max, 'at most'];
  return raise('TypeError', `${name} expected ${word} ${bound} argument${plural(bound)}, got ${given}`);
}

/** Normalises the arguments to one word a parameter, as CPython's Argument Clinic does. */
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
  noteParameters(id, p);
  const count = p.names.length;
  const named = kwnames === 0 ? 0 : lengthOf(kwnames);
  const given = n - selves;
  if (count === p.positionalOnly) {
    if (named > 0) return noKeywords(w, info);
    const least = p.required.filter(Boolean).length;
    if (given < least || given > count) return positionalCount(info.name, least, count, given);
  } else if (!countFits(info.name, p, given, named)) return 0;
  const a = pushArguments(count + selves);
  for (let i = 0; i < n; i++) I32[a + i] = I32[args + i];
  for (let i = n; i < count + selves; i++) I32[a + i] = 0;
  const ok = named === 0 || takeKeywords(info.name, p, a + selves, given, args + n, kwnames);
  if (!ok || !allGiven(info.name, p, a + selves)) return release(a, 0);
  if (named > 0 && !onlyKnown(info.name, p, given, kwnames)) return release(a, 0);
  return finish(a, nativeFunction(id)(a, count + selves, 0));
}

/** Are there not too many arguments, and enough for the positional-only parameters? */
function countFits(name: string, p: Parameters, given: number, named: number): boolean {
  const count = p.names.length;
  const fail = (text: string): boolean => raise('TypeError', `${name}() takes ${text} given)`) !== 0;
  if (given + named > count)
    return fail(`at most ${count} ${given === 0 ? 'keyword ' : ''}argument${plural(count)} (${given + named}`);
  const most = p.keywordOnly;
  const least = p.required.slice(0, most).filter(Boolean).length;
  if (given > most) {
    if (most === 0) return raise('TypeError', `${name}() takes no positional arguments`) !== 0;
    return fail(`${least < most ? 'at most' : 'exactly'} ${most} positional argument${plural(most)} (${given}`);
  }
  const first = Math.min(p.positionalOnly, least);
  if (given >= first) return true;
  return fail(`${first < most ? 'at least' : 'exactly'} ${first} positional argument${plural(first)} (${given}`);
}

/** Puts keyword values of parameters that have none yet in place. */
function takeKeywords(
  name: string,
  p: Parameters,
  at: number,
  given: number,
  values: number,
  kwnames: number,
): boolean {
  for (let k = 0; k < lengthOf(kwnames); k++) {
    const key = I32[(kwnames >>> 2) + L.TUPLE_ITEMS + k];
    const i = p.names.indexOf(toJS(key), p.positionalOnly);
    if (i >= given) I32[at + i] = I32[values + k];
    else if (i < 0 && !isStr(key)) return raise('TypeError', `${name}() keywords must be strings`) !== 0;
  }
  return true;
}

function allGiven(name: string, p: Parameters, at: number): boolean {
  for (let i = 0; i < p.names.length; i++) {
    if (!p.required[i] || I32[at + i] !== 0) continue;
    return raise('TypeError', `${name}() missing required argument '${p.names[i]}' (pos ${i + 1})`) !== 0;
  }
  return true;
}

/** No keyword is unknown or of a parameter given by position. */
function onlyKnown(name: string, p: Parameters, given: number, kwnames: number): boolean {
  const keys = Array.from({ length: lengthOf(kwnames) }, (_, k) => toJS(I32[(kwnames >>> 2) + L.TUPLE_ITEMS + k]));
  for (let i = p.positionalOnly; i < given; i++) {
    if (keys.includes(p.names[i]))
      return raise('TypeError', `argument for ${name}() given by name ('${p.names[i]}') and position (${i + 1})`) !== 0;
  }
  const extra = keys.find((key) => p.names.indexOf(key, p.positionalOnly) < 0);
  return extra === undefined || raise('TypeError', `${name}() got an unexpected keyword argument '${extra}'`) !== 0;
}
