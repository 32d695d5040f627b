/** Binding of arguments to the parameters of a Python function (https://docs.python.org/3.14/reference/expressions.html#calls). */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { CO_VARARGS, CO_VARKEYWORDS } from '../compiler/code.js';
import { closest } from '../objects/closest.js';
import { dictGetStr, dictSetStr, newDict } from '../objects/dict.js';
import { raise } from '../objects/exceptions.js';
import { knownStr, toJS } from '../objects/strings.js';
import { newTupleFrom } from '../objects/tuple.js';

const I32 = i32;

const plural = (n: number): string => (n === 1 ? '' : 's');
const wasWere = (n: number): string => (n === 1 ? 'was' : 'were');

/** "'a', 'b', and 'c'" as CPython lists names. */
export function listNames(names: readonly string[]): string {
  const quoted = names.map((s) => `'${s}'`);
  if (quoted.length <= 2) return quoted.join(' and ');
  return `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
}

interface Signature {
  code: number;
  argcount: number;
  posonly: number;
  kwonly: number;
  flags: number;
  names: number;
}

const nameAt = (s: Signature, i: number): number => I32[(s.names >>> 2) + L.TUPLE_ITEMS + i];
const qualname = (f: number): string => toJS(I32[(f >>> 2) + L.FUNCTION_QUALNAME]);

function signatureOf(f: number): Signature {
  const code = I32[(f >>> 2) + L.FUNCTION_CODE] >>> 2;
  return {
    code,
    argcount: I32[code + L.CODE_ARGCOUNT],
    posonly: I32[code + L.CODE_POSONLY],
    kwonly: I32[code + L.CODE_KWONLY],
    flags: I32[code + L.CODE_CODE_FLAGS],
    names: I32[code + L.CODE_NAMES],
  };
}

/** Too many positional arguments. */
function tooMany(f: number, s: Signature, locals: number, given: number): number {
  const defaults = I32[(f >>> 2) + L.FUNCTION_DEFAULTS];
  const least = s.argcount - (defaults === 0 ? 0 : I32[(defaults >>> 2) + L.TUPLE_LENGTH]);
  const takes =
    least === s.argcount
      ? `${s.argcount} positional argument${plural(s.argcount)}`
      : `from ${least} to ${s.argcount} positional arguments`;
  let named = 0;
  for (let i = 0; i < s.kwonly; i++) if (I32[locals + s.argcount + i] !== 0) named++;
  const also =
    named === 0 ? '' : ` positional argument${plural(given)} (and ${named} keyword-only argument${plural(named)})`;
  return raise(
    'TypeError',
    `${qualname(f)}() takes ${takes} but ${given}${also} ${wasWere(given === 1 && named === 0 ? 1 : 2)} given`,
  );
}

function missing(f: number, names: string[], what: string): number {
  return raise(
    'TypeError',
    `${qualname(f)}() missing ${names.length} required ${what} argument${plural(names.length)}: ${listNames(names)}`,
  );
}

function positionalOnlyNamed(f: number, s: Signature, kwnames: number): number {
  const found: string[] = [];
  const n = I32[(kwnames >>> 2) + L.TUPLE_LENGTH];
  for (let p = 0; p < s.posonly; p++) {
    for (let k = 0; k < n; k++) {
      if (knownStr(I32[(kwnames >>> 2) + L.TUPLE_ITEMS + k]) === nameAt(s, p)) found.push(toJS(nameAt(s, p)));
    }
  }
  if (found.length === 0) return 0;
  raise(
    'TypeError',
    `${qualname(f)}() got some positional-only arguments passed as keyword arguments: '${found.join(', ')}'`,
  );
  return -1;
}

/** Puts one keyword argument in place; 0 with the exception set. */
function bindKeyword(
  f: number,
  s: Signature,
  locals: number,
  kwnames: number,
  name: number,
  value: number,
  extra: number,
): number {
  const key = knownStr(name);
  const all = s.argcount + s.kwonly;
  for (let i = s.posonly; i < all; i++) {
    if (nameAt(s, i) !== key) continue;
    if (I32[locals + i] !== 0)
      return raise('TypeError', `${qualname(f)}() got multiple values for argument '${toJS(key)}'`);
    I32[locals + i] = value;
    return 1;
  }
  if (extra !== 0) return dictSetStr(extra, key, value);
  if (positionalOnlyNamed(f, s, kwnames) < 0) return 0;
  return unexpectedKeyword(f, s, toJS(key));
}

function unexpectedKeyword(f: number, s: Signature, key: string): number {
  const known = Array.from({ length: s.argcount + s.kwonly - s.posonly }, (_, i) => toJS(nameAt(s, s.posonly + i)));
  const meant = closest(key, known);
  const text = `${qualname(f)}() got an unexpected keyword argument '${key}'`;
  return raise('TypeError', meant === '' ? text : `${text}. Did you mean '${meant}'?`);
}

function fillDefaults(f: number, s: Signature, locals: number, given: number): number {
  const defaults = I32[(f >>> 2) + L.FUNCTION_DEFAULTS];
  const count = defaults === 0 ? 0 : I32[(defaults >>> 2) + L.TUPLE_LENGTH];
  const first = s.argcount - count;
  const absent: string[] = [];
  for (let i = Math.min(given, s.argcount); i < s.argcount; i++) {
    if (I32[locals + i] !== 0) continue;
    if (i >= first) I32[locals + i] = I32[(defaults >>> 2) + L.TUPLE_ITEMS + i - first];
    else absent.push(toJS(nameAt(s, i)));
  }
  return absent.length === 0 ? 1 : missing(f, absent, 'positional');
}

function fillKeywordDefaults(f: number, s: Signature, locals: number): number {
  const defaults = I32[(f >>> 2) + L.FUNCTION_KWDEFAULTS];
  const absent: string[] = [];
  for (let i = s.argcount; i < s.argcount + s.kwonly; i++) {
    if (I32[locals + i] !== 0) continue;
    const value = defaults === 0 ? 0 : dictGetStr(defaults, nameAt(s, i));
    if (value === 0) absent.push(toJS(nameAt(s, i)));
    else I32[locals + i] = value;
  }
  return absent.length === 0 ? 1 : missing(f, absent, 'keyword-only');
}

/** Fills the local slots of a function that takes `n` positional arguments and nothing else. */
export function bindSimple(args: number, n: number, locals: number, slots: number): void {
  for (let i = 0; i < n; i++) I32[locals + i] = I32[args + i];
  for (let i = n; i < slots; i++) I32[locals + i] = 0;
}

/** As bindArguments, for positional arguments alone and parameters that are no more than positional: 1, or 0 when it is not as simple as that. */
function bindPositional(f: number, args: number, n: number, locals: number): 1 | 0 {
  const code = I32[(f >>> 2) + L.FUNCTION_CODE] >>> 2;
  const argcount = I32[code + L.CODE_ARGCOUNT];
  if (n > argcount || I32[code + L.CODE_KWONLY] !== 0) return 0;
  if ((I32[code + L.CODE_CODE_FLAGS] & (CO_VARARGS | CO_VARKEYWORDS)) !== 0) return 0;
  const defaults = I32[(f >>> 2) + L.FUNCTION_DEFAULTS] >>> 2;
  const count = defaults === 0 ? 0 : I32[defaults + L.TUPLE_LENGTH];
  if (n < argcount - count) return 0;
  const slots = I32[code + L.CODE_NLOCALS];
  const from = (defaults + L.TUPLE_ITEMS + count - argcount) | 0;
  for (let i = 0; i < n; i++) I32[locals + i] = I32[args + i];
  for (let i = n; i < argcount; i++) I32[locals + i] = I32[from + i];
  for (let i = argcount; i < slots; i++) I32[locals + i] = 0;
  return 1;
}

/**
 * Binds n positional arguments at word `args`, followed by the values named by the tuple `kwnames` (0: none), to the slots at word `locals`,
 * which must not overlap. Returns 1, or 0 with TypeError set.
 */
export function bindArguments(f: number, args: number, n: number, kwnames: number, locals: number): number {
  if (kwnames === 0 && bindPositional(f, args, n, locals) === 1) return 1;
  const s = signatureOf(f);
  const slots = I32[s.code + L.CODE_NLOCALS];
  const direct = Math.min(n, s.argcount);
  for (let i = 0; i < direct; i++) I32[locals + i] = I32[args + i];
  for (let i = direct; i < slots; i++) I32[locals + i] = 0;
  let at = s.argcount + s.kwonly;
  if ((s.flags & CO_VARARGS) !== 0) I32[locals + at++] = newTupleFrom(args + direct, n - direct);
  let extra = 0;
  if ((s.flags & CO_VARKEYWORDS) !== 0) {
    extra = newDict();
    I32[locals + at] = extra;
  }
  const named = kwnames === 0 ? 0 : I32[(kwnames >>> 2) + L.TUPLE_LENGTH];
  for (let k = 0; k < named; k++) {
    const name = I32[(kwnames >>> 2) + L.TUPLE_ITEMS + k];
    if (bindKeyword(f, s, locals, kwnames, name, I32[args + n + k], extra) === 0) return 0;
  }
  if (n > s.argcount && (s.flags & CO_VARARGS) === 0) return tooMany(f, s, locals, n);
  if (fillDefaults(f, s, locals, n) === 0) return 0;
  return s.kwonly === 0 ? 1 : fillKeywordDefaults(f, s, locals);
}
