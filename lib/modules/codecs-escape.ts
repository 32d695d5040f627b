/** Codecs of escape sequences: unicode_escape, raw_unicode_escape, and escape (bytes to bytes). */
import { IntVector } from '../objects/int-vector.js';
import { type CodecRun, decodeFault } from '../objects/codec-errors.js';
import { codePoints } from '../objects/codecs.js';
import { raise } from '../objects/exceptions.js';
import { fromCodePoints } from '../objects/str.js';
import { warn } from '../objects/warn.js';
import { characterNamed } from '../syntax/unicode-names.js';

const SIMPLE: Readonly<Record<string, number>> = {
  '\\': 92,
  "'": 39,
  '"': 34,
  b: 8,
  f: 12,
  t: 9,
  n: 10,
  r: 13,
  v: 11,
  a: 7,
};

const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const TRUNCATED: Readonly<Record<string, string>> = {
  x: 'truncated \\xXX escape',
  u: 'truncated \\uXXXX escape',
  U: 'truncated \\UXXXXXXXX escape',
};

const isHex = (b: number | undefined): boolean => b !== undefined && /[0-9a-fA-F]/.test(String.fromCharCode(b));
const isOctal = (b: number | undefined): boolean => b !== undefined && b >= 48 && b <= 55;

/** What an escape sequence stands for, or its fault: where it ends and why. */
type Escape =
  | { readonly points: readonly number[]; readonly end: number; readonly warning?: string }
  | { readonly fault: string; readonly end: number; readonly cut?: boolean };

const invalid = (what: string): string =>
  `"\\${what}" is an invalid escape sequence. Such sequences will not work in the future.`;
const invalidOctal = (value: number): string =>
  `"\\${value.toString(8)}" is an invalid octal escape sequence. Such sequences will not work in the future.`;

function octal(data: Uint8Array, i: number): Escape {
  let end = i;
  let value = 0;
  while (end < i + 3 && isOctal(data[end])) value = value * 8 + data[end++]! - 48;
  return { points: [value], end, ...(value > 0o377 ? { warning: invalidOctal(value) } : {}) };
}

function hex(data: Uint8Array, i: number, letter: string): Escape {
  const first = i + 1;
  let end = first;
  while (end < first + DIGITS[letter]! && isHex(data[end])) end++;
  if (end < first + DIGITS[letter]!) return { fault: TRUNCATED[letter]!, end, cut: true };
  const value = Number.parseInt(String.fromCharCode(...data.subarray(first, end)), 16);
  return value > 0x10ffff ? { fault: 'illegal Unicode character', end } : { points: [value], end };
}

function name(data: Uint8Array, i: number): Escape {
  const close = data[i + 1] === 123 ? data.indexOf(125, i + 2) : -1;
  if (close <= i + 2)
    return { fault: 'malformed \\N character escape', end: close < 0 ? data.length : close + 1, cut: close < 0 };
  const found = characterNamed(String.fromCharCode(...data.subarray(i + 2, close)));
  return found === null
    ? { fault: 'unknown Unicode character name', end: close + 1 }
    : { points: [...found].map((c) => c.codePointAt(0)!), end: close + 1 };
}

/** The escape whose letter is at i. */
function escapeAt(data: Uint8Array, i: number): Escape {
  if (i >= data.length) return { fault: '\\ at end of string', end: i, cut: true };
  const b = data[i]!;
  const letter = String.fromCharCode(b);
  if (b === 10) return { points: [], end: i + 1 };
  if (SIMPLE[letter] !== undefined) return { points: [SIMPLE[letter]!], end: i + 1 };
  if (isOctal(b)) return octal(data, i);
  if (DIGITS[letter] !== undefined) return hex(data, i, letter);
  if (letter === 'N') return name(data, i);
  return { points: [92, b], end: i + 1, warning: invalid(letter) };
}

type Read = (data: Uint8Array, i: number) => Escape | undefined;

/** Decodes Latin-1 with the escapes that `read` knows; 0 with the exception set. */
function decodeEscapes(run: CodecRun, data: Uint8Array, read: Read): number {
  const out = new IntVector();
  let warning: string | undefined;
  let i = 0;
  while (i < data.length) {
    const escape = data[i] === 92 ? read(data, i + 1) : undefined;
    if (escape === undefined) out.push(data[i++]!);
    else if ('points' in escape) {
      for (const c of escape.points) out.push(c);
      warning ??= escape.warning;
      i = escape.end;
    } else {
      if (run.partial && escape.cut && escape.end >= data.length) break;
      const fix = decodeFault(run, data, i, escape.end, escape.fault);
      if (fix === undefined) return 0;
      for (const c of fix.points) out.push(c);
      i = fix.next;
    }
  }
  run.consumed = i;
  if (warning !== undefined && warn('DeprecationWarning', warning) === 0) return 0;
  return fromCodePoints(out.items());
}

export const decodeUnicodeEscape = (run: CodecRun, data: Uint8Array): number => decodeEscapes(run, data, escapeAt);

/** Only \u and \U, where the backslash is not itself escaped. */
export function decodeRawUnicodeEscape(run: CodecRun, data: Uint8Array): number {
  return decodeEscapes(run, data, (bytes, i) => {
    const letter = String.fromCharCode(bytes[i] ?? 0);
    if (i >= bytes.length && run.partial) return { fault: '\\ at end of string', end: i, cut: true };
    if (letter === 'u' || letter === 'U') return hex(bytes, i, letter);
    return bytes[i] === 92 ? { points: [92, 92], end: i + 1 } : undefined;
  });
}

const hexOf = (c: number, letter: string): string => `\\${letter}${c.toString(16).padStart(DIGITS[letter]!, '0')}`;
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const wide = (c: number): string => (c > 0xffff ? hexOf(c, 'U') : hexOf(c, 'u'));
const NAMED: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

export function encodeUnicodeEscape(h: number): Uint8Array {
  let out = '';
  for (const c of codePoints(h)) {
    if (c > 0xff) out += wide(c);
    else if (NAMED[c] !== undefined) out += NAMED[c];
    else out += c >= 32 && c < 127 ? String.fromCharCode(c) : hexOf(c, 'x');
  }
  return bytes(out);
}

export function encodeRawUnicodeEscape(h: number): Uint8Array {
  let out = '';
  for (const c of codePoints(h)) out += c > 0xff ? wide(c) : String.fromCharCode(c);
  return bytes(out);
}

// ---------------------------------------------------------------- bytes to bytes

export function encodeEscape(data: Uint8Array): Uint8Array {
  let out = '';
  for (const b of data) {
    if (b === 39) out += "\\'";
    else if (NAMED[b] !== undefined) out += NAMED[b];
    else out += b >= 32 && b < 127 ? String.fromCharCode(b) : hexOf(b, 'x');
  }
  return bytes(out);
}

/** Replacement of a bad \x by the error handler; undefined with ValueError set. */
function badHex(errors: string, at: number): number[] | undefined {
  if (errors === 'strict' || errors === '') return void raise('ValueError', `invalid \\x escape at position ${at}`);
  if (errors === 'replace') return [63];
  if (errors === 'ignore') return [];
  return void raise('ValueError', `decoding error; unknown error handling code: ${errors}`);
}

/** undefined with the exception set. */
export function decodeEscape(data: Uint8Array, errors: string): Uint8Array | undefined {
  const out = new IntVector();
  let warning: string | undefined;
  for (let i = 0; i < data.length; ) {
    if (data[i] !== 92) {
      out.push(data[i++]!);
      continue;
    }
    const letter = String.fromCharCode(data[i + 1] ?? 0);
    const isText = letter === 'u' || letter === 'U' || letter === 'N';
    const escape: Escape = isText
      ? { points: [92, data[i + 1]!], end: i + 2, warning: invalid(letter) }
      : escapeAt(data, i + 1);
    if ('points' in escape) {
      for (const b of escape.points) out.push(b & 255);
      warning ??= escape.warning;
      i = escape.end;
      continue;
    }
    if (letter !== 'x') return void raise('ValueError', 'Trailing \\ in string');
    const fix = badHex(errors, i);
    if (fix === undefined) return undefined;
    out.pushAll(fix);
    i = escape.end;
  }
  if (warning !== undefined && warn('DeprecationWarning', warning) === 0) return undefined;
  return Uint8Array.from(out.items());
}
