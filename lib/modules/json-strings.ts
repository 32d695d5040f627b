/** Strings of JSON: written as text, read from it. */
import { callArgs, getAttr } from '../objects/abstract.js';
import { setException } from '../objects/exceptions.js';
import { IntVector } from '../objects/int-vector.js';
import { intFromNumber } from '../objects/int.js';
import { fromCodePoints, strSlice } from '../objects/str.js';
import { fromJS, intern, strCharAt, strLength, toJS } from '../objects/strings.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';

const QUOTE = 34;
const BACKSLASH = 92;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const hex4 = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const escape = (unit: string): string => SHORT[unit] ?? hex4(unit);

/** What is escaped: by encode_basestring, and by encode_basestring_ascii. */
export const SPECIAL = /["\\\x00-\x1f]/g;
export const NOT_ASCII = /["\\]|[^ -~]/g;

/** The string as JSON text; characters that the pattern matches are escaped. JavaScript's units are those of `\u`. */
export const quoted = (s: number, pattern: RegExp): string => `"${toJS(s).replace(pattern, escape)}"`;

/** Raises json.JSONDecodeError; returns undefined. */
export function decodeError(message: string, text: number, at: number): undefined {
  const module = importModule(currentEnvironment(), 'json.decoder');
  const cls = module === 0 ? 0 : getAttr(module, intern('JSONDecodeError'));
  const e = cls === 0 ? 0 : callArgs(cls, [fromJS(message), text, intFromNumber(at)]);
  if (e !== 0) setException(e);
  return undefined;
}

/** As decodeError; 0. */
export function failed(message: string, text: number, at: number): 0 {
  decodeError(message, text, at);
  return 0;
}

/** Index behind plain characters from i: of the closing quote, a backslash, or a control character when those are refused; -1 at the end. */
function plainEnd(text: number, i: number, length: number, strict: boolean): number {
  for (let at = i; at < length; at++) {
    const c = strCharAt(text, at);
    if (c === QUOTE || c === BACKSLASH || (strict && c < 32)) return at;
  }
  return -1;
}

const UNESCAPED: Readonly<Record<number, number>> = {
  34: 34,
  92: 92,
  47: 47,
  98: 8,
  102: 12,
  110: 10,
  114: 13,
  116: 9,
};

/** The number of four hexadecimal digits at i; -1 when there are not. */
function hexAt(text: number, i: number, length: number): number {
  if (i + 4 > length) return -1;
  let digits = '';
  for (let at = i; at < i + 4; at++) digits += String.fromCodePoint(strCharAt(text, at));
  return /^[0-9A-Fa-f]{4}$/.test(digits) ? Number.parseInt(digits, 16) : -1;
}

/** Reads the escape whose character is at i: its code point and the index behind; undefined with the exception set. */
function readEscape(text: number, i: number, length: number): readonly [number, number] | undefined {
  const c = strCharAt(text, i);
  if (c !== 117) {
    const plain = UNESCAPED[c];
    return plain === undefined ? decodeError('Invalid \\escape', text, i - 1) : [plain, i + 1];
  }
  const unit = hexAt(text, i + 1, length);
  if (unit < 0) return decodeError('Invalid \\uXXXX escape', text, i);
  const pair = unit >= 0xd800 && unit < 0xdc00 && i + 6 < length;
  if (pair && strCharAt(text, i + 5) === BACKSLASH && strCharAt(text, i + 6) === 117) {
    const low = hexAt(text, i + 7, length);
    if (low < 0) return decodeError('Invalid \\uXXXX escape', text, i + 6);
    if (low >= 0xdc00 && low < 0xe000) return [0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), i + 11];
  }
  return [unit, i + 5];
}

/** Index behind the closing quote of the string that scanString read last. */
export let scannedEnd = 0;

/** The string whose first character is at `start`; 0 with the exception set. */
export function scanString(text: number, start: number, strict: boolean): number {
  const end = plainEnd(text, start, strLength(text), strict);
  if (end < 0 || strCharAt(text, end) !== QUOTE) return scanEscaped(text, start, strict);
  scannedEnd = end + 1;
  return strSlice(text, start, end, 1);
}

function scanEscaped(text: number, start: number, strict: boolean): number {
  const length = strLength(text);
  const points = new IntVector();
  for (let i = start; ; ) {
    const end = plainEnd(text, i, length, strict);
    if (end < 0) return failed('Unterminated string starting at', text, start - 1);
    const c = strCharAt(text, end);
    for (; i < end; i++) points.push(strCharAt(text, i));
    if (c === QUOTE) {
      scannedEnd = end + 1;
      return fromCodePoints(points.items());
    }
    if (c !== BACKSLASH) return failed('Invalid control character at', text, end);
    if (end + 1 >= length) return failed('Unterminated string starting at', text, start - 1);
    const read = readEscape(text, end + 1, length);
    if (read === undefined) return 0;
    points.push(read[0]);
    i = read[1];
  }
}
