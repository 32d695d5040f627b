/** str.format and the format of str (https://docs.python.org/3.14/library/string.html#format-string-syntax). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { ascii, format, getAttr, getItem, repr, str } from './abstract.js';
import type { MethodRow } from './define.js';
import { raise, raiseValue, typeName } from './exceptions.js';
import { type FormatSpec, parseSpec, pad, unknownCode } from './format-spec.js';
import { intFromBigInt } from './int.js';
import { isStr } from './object.js';
import { strSlice } from './str.js';
import { fromJS, intern, strLength, toJS } from './strings.js';
import { tupleItem, tupleLength } from './tuple.js';

const I32 = i32;

/** The first thing about a specification that strings do not have. */
function specFault(spec: FormatSpec): string {
  if (spec.sign !== '') return `${spec.sign === ' ' ? 'Space' : 'Sign'} not allowed in string format specifier`;
  if (spec.noNegativeZero) return 'Negative zero coercion (z) not allowed in string format specifier';
  if (spec.alternate) return 'Alternate form (#) not allowed in string format specifier';
  return spec.align === '=' ? "'=' alignment not allowed in string format specifier" : '';
}

/** format(h, spec) of a string. */
export function formatStr(h: number, specHandle: number): number {
  if (strLength(specHandle) === 0) return str(h);
  const text = toJS(specHandle);
  const spec = parseSpec(text, typeName(h), 's');
  if (spec === undefined) return 0;
  if (spec.type !== '' && spec.type !== 's') return unknownCode(spec.type, typeName(h));
  const fault = specFault(spec);
  if (fault !== '') return raise('ValueError', fault);
  const cut = spec.precision >= 0 && spec.precision < strLength(h) ? strSlice(h, 0, spec.precision, 1) : h;
  return fromJS(pad(toJS(cut), strLength(cut), spec, '<'));
}

/** Where replacement fields take their values from; 0 with the exception set. */
interface Source {
  position(i: number): number;
  name(key: string): number;
  /** -1: explicit numbers are in use; else the next automatic number. */
  automatic: number;
  numbered: boolean;
}

export interface Piece {
  literal: string;
  /** undefined: no field follows. */
  field: string | undefined;
  spec: string;
  conversion: string;
}

const fail = (message: string): undefined => void raise('ValueError', message);

/** End of the field that starts behind '{' at i: index of its '}', or -1. Braces nest. */
function fieldEnd(text: string, i: number): number {
  let depth = 1;
  for (; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

/** End of the field's name: ':' or '!' or '}' outside brackets; -1 with ValueError set. */
function nameEnd(text: string, i: number): number {
  let bracket = false;
  for (; i < text.length; i++) {
    const c = text[i]!;
    if (c === '[') bracket = true;
    else if (c === ']') bracket = false;
    else if (!bracket && (c === ':' || c === '!' || c === '}')) return i;
    else if (!bracket && c === '{') return raise('ValueError', "unexpected '{' in field name") - 1;
  }
  return raise('ValueError', "expected '}' before end of string") - 1;
}

/** Reads the field behind '{' at i into `piece`: index behind its '}', -1 with ValueError set. */
function readField(text: string, i: number, piece: Piece): number {
  let at = nameEnd(text, i);
  if (at < 0) return -1;
  piece.field = text.slice(i, at);
  if (text[at] === '!') {
    if (at + 1 >= text.length) return raise('ValueError', 'end of string while looking for conversion specifier') - 1;
    piece.conversion = String.fromCodePoint(text.codePointAt(at + 1)!);
    at += 1 + piece.conversion.length;
    if (at >= text.length) return raise('ValueError', "unmatched '{' in format spec") - 1;
    if (text[at] !== ':' && text[at] !== '}') return raise('ValueError', "expected ':' after conversion specifier") - 1;
  }
  if (text[at] === '}') return at + 1;
  const end = fieldEnd(text, at + 1);
  if (end < 0) return raise('ValueError', "unmatched '{' in format spec") - 1;
  piece.spec = text.slice(at + 1, end);
  return end + 1;
}

/** Literal texts and fields of a format string; undefined with ValueError set. */
export function parseFormat(text: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  let literal = '';
  for (let i = 0; i < text.length; ) {
    const c = text[i++]!;
    if (c !== '{' && c !== '}') {
      literal += c;
      continue;
    }
    if (text[i] === c) {
      pieces.push({ literal: literal + c, field: undefined, spec: '', conversion: '' });
      literal = '';
      i++;
      continue;
    }
    if (c === '}') return fail("Single '}' encountered in format string");
    if (i >= text.length) return fail("Single '{' encountered in format string");
    const piece: Piece = { literal, field: '', spec: '', conversion: '' };
    i = readField(text, i, piece);
    if (i < 0) return undefined;
    pieces.push(piece);
    literal = '';
  }
  if (literal !== '') pieces.push({ literal, field: undefined, spec: '', conversion: '' });
  return pieces;
}

/** A part of a field name after the first: attribute or index. */
export interface Access {
  attribute: boolean;
  key: string;
}

const firstPart = (name: string): string => /^[^.[]*/.exec(name)![0];

/** The parts of a field name behind the first, one by one; undefined with ValueError set where the text goes wrong. */
function* accesses(name: string): Generator<Access | undefined> {
  for (let i = firstPart(name).length; i < name.length; ) {
    const c = name[i++]!;
    if (c !== '.' && c !== '[') return yield fail("Only '.' or '[' may follow ']' in format field specifier");
    let end = i;
    while (end < name.length && (c === '[' ? name[end] !== ']' : name[end] !== '.' && name[end] !== '[')) end++;
    if (c === '[' && end === name.length) return yield fail("Missing ']' in format string");
    if (end === i) return yield fail('Empty attribute in format string');
    yield { attribute: c === '.', key: name.slice(i, end) };
    i = c === '[' ? end + 1 : end;
  }
}

/** Splits 'first.attribute[index]'; undefined with ValueError set. */
export function splitFieldName(name: string): { first: string; rest: Access[] } | undefined {
  const rest = [...accesses(name)];
  return rest.includes(undefined) ? undefined : { first: firstPart(name), rest: rest as Access[] };
}

/** A whole number in decimal digits; -1 when it is none, undefined with ValueError set. */
export function decimal(text: string): number | undefined {
  if (!/^\d+$/.test(text)) return -1;
  return Number(text) >= 2 ** 63 ? fail('Too many decimal digits in format string') : Number(text);
}

function switchFault(to: string, from: string): number {
  return raise('ValueError', `cannot switch from ${from} to ${to}`);
}

const MANUAL = 'manual field specification';
const AUTOMATIC = 'automatic field numbering';

/** Value of the first part of a field name. */
function firstValue(first: string, source: Source): number {
  const n = first === '' ? -1 : decimal(first);
  if (n === undefined) return 0;
  if (first !== '' && n < 0) return source.name(first);
  if (first === '') {
    if (source.numbered) return switchFault(AUTOMATIC, MANUAL);
    return source.position(source.automatic++);
  }
  if (source.automatic > 0) return switchFault(MANUAL, AUTOMATIC);
  source.numbered = true;
  return source.position(n);
}

/** Value of a field: each part is looked up before the next one is read, as errors tell. */
function fieldValue(name: string, source: Source): number {
  let value = firstValue(firstPart(name), source);
  if (value === 0) return 0;
  for (const part of accesses(name)) {
    const r = root(value);
    if (part === undefined) value = 0;
    else if (part.attribute) value = getAttr(value, intern(part.key));
    else {
      const n = decimal(part.key);
      value = n === undefined ? 0 : getItem(value, n < 0 ? fromJS(part.key) : intFromBigInt(BigInt(part.key)));
    }
    unroot(r);
    if (value === 0) return 0;
  }
  return value;
}

function convert(value: number, conversion: string): number {
  if (conversion === '') return value;
  if (conversion === 'r') return repr(value);
  if (conversion === 's') return str(value);
  if (conversion === 'a') return ascii(value);
  const c = conversion.codePointAt(0)!;
  return raise('ValueError', `Unknown conversion specifier ${c > 32 && c < 127 ? conversion : `\\x${c.toString(16)}`}`);
}

/** Text of one replacement field; undefined with the exception set. */
function renderField(piece: Piece, source: Source, depth: number): string | undefined {
  const value = fieldValue(piece.field!, source);
  if (value === 0) return undefined;
  const r = root(value);
  const spec = /[{}]/.test(piece.spec) ? render(piece.spec, source, depth - 1) : piece.spec;
  const converted = spec === undefined ? 0 : convert(value, piece.conversion);
  let done = 0;
  if (converted !== 0) {
    root(converted);
    done = isStr(converted) && (converted & 7) !== 0 && spec === '' ? converted : format(converted, fromJS(spec!));
  }
  unroot(r);
  return done === 0 ? undefined : toJS(done);
}

function render(text: string, source: Source, depth: number): string | undefined {
  if (depth < 0) return fail('Max string recursion exceeded');
  const pieces = parseFormat(text);
  if (pieces === undefined) return undefined;
  let out = '';
  for (const piece of pieces) {
    out += piece.literal;
    if (piece.field === undefined) continue;
    const part = renderField(piece, source, depth);
    if (part === undefined) return undefined;
    out += part;
  }
  return out;
}

const finish = (text: string | undefined): number => (text === undefined ? 0 : fromJS(text));

/** str.format(*args, **kwargs). */
function formatMethod(args: number, n: number, kwnames: number): number {
  const keywords = kwnames === 0 ? 0 : tupleLength(kwnames);
  const positional = n - 1;
  const source: Source = {
    automatic: 0,
    numbered: false,
    position: (i) =>
      i < positional
        ? I32[args + 1 + i]!
        : raise('IndexError', `Replacement index ${i} out of range for positional args tuple`),
    name: (key) => {
      for (let i = 0; i < keywords; i++) if (toJS(tupleItem(kwnames, i)) === key) return I32[args + n + i]!;
      return raiseValue('KeyError', fromJS(key));
    },
  };
  return finish(render(toJS(I32[args]!), source, 1));
}

function formatMap(args: number): number {
  const source: Source = {
    automatic: 0,
    numbered: false,
    position: () => raise('ValueError', 'Format string contains positional fields'),
    name: (key) => getItem(I32[args + 1]!, fromJS(key)),
  };
  return finish(render(toJS(I32[args]!), source, 1));
}

function dunderFormat(args: number): number {
  const spec = I32[args + 1]!;
  if (!isStr(spec))
    return raise('TypeError', `__format__() argument must be str, not ${spec === H.NONE ? 'None' : typeName(spec)}`);
  return formatStr(I32[args]!, spec);
}

export const FORMAT_METHODS: readonly MethodRow[] = [
  ['format', formatMethod, 'raw'],
  ['format_map', formatMap, [1, 1]],
  ['__format__', dunderFormat, [1, 1]],
];
