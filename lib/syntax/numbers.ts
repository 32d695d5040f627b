/** Numeric literals: their extent in the source, and their values. */
import type { PyConst } from './ast.js';

export interface NumberScan {
  /** Offset after the literal; for an error, of the character after the one to blame. */
  end: number;
  error: string | null;
  /** End of the range to blame from the literal's start, or -1. */
  rangeEnd: number;
  warning: string | null;
}

const LEADING_ZEROS =
  'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
/** What may follow a number's digits without a space: keywords, by first letter. */
const FOLLOWERS: { [letter: string]: RegExp } = {
  a: /and/y,
  e: /else/y,
  f: /for/y,
  i: /i[fns]/y,
  o: /or/y,
  n: /not/y,
};
/** Digits and name of the radix prefixes. */
const RADIX: { [letter: string]: [RegExp, string] } = {
  x: [/[0-9a-f]/i, 'hexadecimal'],
  o: [/[0-7]/, 'octal'],
  b: [/[01]/, 'binary'],
};

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const good = (end: number, warning: string | null = null): NumberScan => ({ end, error: null, rangeEnd: -1, warning });
const bad = (end: number, error: string, rangeEnd = -1): NumberScan => ({ end, error, rangeEnd, warning: null });

/** Scans the numeric literal at `start`, which is a digit or a point before a digit. */
export function scanNumber(src: string, start: number): NumberScan {
  if (src.charCodeAt(start) === 48) {
    const radix = RADIX[src.charAt(start + 1).toLowerCase()];
    if (radix !== undefined) return scanRadix(src, start + 2, radix[0], radix[1]);
    return scanZero(src, start);
  }
  let pos = start;
  if (src.charCodeAt(pos) !== 46) {
    pos = digits(src, pos);
    if (pos < 0) return bad(~pos, 'invalid decimal literal');
  }
  return scanTail(src, pos);
}

/** Offset after digits with single underscores between them; ~offset where an underscore is not followed by a digit. */
function digits(src: string, pos: number): number {
  for (;;) {
    while (isDigit(src.charCodeAt(pos))) pos++;
    if (src.charCodeAt(pos) !== 95) return pos;
    pos++;
    if (!isDigit(src.charCodeAt(pos))) return ~pos;
  }
}

function scanRadix(src: string, pos: number, digit: RegExp, name: string): NumberScan {
  do {
    if (src.charCodeAt(pos) === 95) pos++;
    if (!digit.test(src.charAt(pos))) return radixError(src, pos, name);
    while (digit.test(src.charAt(pos))) pos++;
  } while (src.charCodeAt(pos) === 95);
  if (isDigit(src.charCodeAt(pos))) return radixError(src, pos, name);
  return verifyEnd(src, pos, name);
}

function radixError(src: string, pos: number, name: string): NumberScan {
  if (isDigit(src.charCodeAt(pos))) return bad(pos + 1, `invalid digit '${src[pos]}' in ${name} literal`);
  return bad(pos, `invalid ${name} literal`);
}

/** A literal that begins with 0 and is not of another radix: zeros only, unless it is a float or imaginary. */
function scanZero(src: string, start: number): NumberScan {
  let pos = start + 1;
  for (;;) {
    if (src.charCodeAt(pos) === 95) {
      pos++;
      if (!isDigit(src.charCodeAt(pos))) return bad(pos, 'invalid decimal literal');
    }
    if (src.charCodeAt(pos) !== 48) break;
    pos++;
  }
  const zerosEnd = pos + 1;
  if (!isDigit(src.charCodeAt(pos))) return scanTail(src, pos);
  pos = digits(src, pos);
  if (pos < 0) return bad(~pos, 'invalid decimal literal');
  if ('.eEjJ'.includes(src[pos] ?? ' ')) return scanTail(src, pos);
  return bad(pos, LEADING_ZEROS, zerosEnd);
}

/** What may follow the integer part: fraction, exponent, j. */
function scanTail(src: string, pos: number): NumberScan {
  if (src.charCodeAt(pos) === 46) {
    pos++;
    if (isDigit(src.charCodeAt(pos))) pos = digits(src, pos);
    if (pos < 0) return bad(~pos, 'invalid decimal literal');
  }
  if ((src.charCodeAt(pos) | 32) === 101) {
    const exponent = pos++;
    const signed = src[pos] === '+' || src[pos] === '-';
    if (signed) pos++;
    if (!isDigit(src.charCodeAt(pos))) {
      return signed ? bad(pos, 'invalid decimal literal') : verifyEnd(src, exponent, 'decimal');
    }
    pos = digits(src, pos);
    if (pos < 0) return bad(~pos, 'invalid decimal literal');
  }
  if ((src.charCodeAt(pos) | 32) === 106) return verifyEnd(src, pos + 1, 'imaginary');
  return verifyEnd(src, pos, 'decimal');
}

/** A letter right after the digits is an error, unless it begins a keyword. */
function verifyEnd(src: string, pos: number, name: string): NumberScan {
  const c = src.charCodeAt(pos);
  if (!((c | 32) >= 97 && (c | 32) <= 122) && c !== 95 && !isDigit(c)) return good(pos);
  const follower = FOLLOWERS[src[pos]];
  if (follower !== undefined) {
    follower.lastIndex = pos;
    if (follower.test(src)) return good(pos, `invalid ${name} literal`);
  }
  return bad(pos, `invalid ${name} literal`);
}

/** Most digits of a decimal integer literal. */
export const MAX_INT_DIGITS = 4300;

/** Value of a numeric literal. A decimal integer of too many digits gives the number of them instead. */
export function numberValue(literal: string): PyConst | number {
  const text = literal.includes('_') ? literal.replaceAll('_', '') : literal;
  const last = text.charCodeAt(text.length - 1) | 32;
  const radix = text.charCodeAt(1) | 32;
  if (text.length > 1 && (radix === 120 || radix === 111 || radix === 98)) return { t: 'int', v: BigInt(text) };
  if (last === 106) return { t: 'complex', v: Number(text.slice(0, -1)) };
  if (/[.eE]/.test(text)) return { t: 'float', v: Number(text) };
  if (text.length < 16) return { t: 'int', v: BigInt(Number(text)) };
  return text.length > MAX_INT_DIGITS ? text.length : { t: 'int', v: BigInt(text) };
}
