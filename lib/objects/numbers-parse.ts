/** Text to numbers: int(), float() and their digits limit (https://docs.python.org/3.14/library/stdtypes.html#int-max-str-digits). */
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { raise } from './exceptions.js';
import { intFromBigInt, intFromNumber } from './int.js';
import { isKind } from './object.js';

const I32 = i32;
const U8 = u8;

/** Most digits of a decimal conversion; 0: no limit. */
export const digitsLimit = {
  /** Of the current environment (sys.set_int_max_str_digits); 0 is none. */
  get value(): number {
    const environment = I32[CARRIER + L.CAR_ENVIRONMENT]!;
    const own = environment === 0 ? 0 : I32[(environment >>> 2) + L.ENVIRONMENT_INT_MAX_STR_DIGITS]!;
    return own === 0 ? 4300 : own - 1;
  },
};

/** What repr() escapes: controls, unassigned and private characters, separators but the space. */
const isUnprintable = (c: string): boolean => /[\p{C}\p{Z}]/u.test(c);

/** Python's quoting for messages: enough of repr(str) for what numbers are given. */
export function quote(s: string): string {
  const q = s.includes("'") && !s.includes('"') ? '"' : "'";
  let out = '';
  for (const c of s) {
    const code = c.codePointAt(0)!;
    if (c === '\\' || c === q) out += `\\${c}`;
    else if (c === '\n') out += '\\n';
    else if (c === '\r') out += '\\r';
    else if (c === '\t') out += '\\t';
    else if (code > 255 && isUnprintable(c))
      out += code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    else if (code < 32 || (code > 126 && code < 161) || code === 173) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += c;
  }
  return q + out + q;
}

const SPACE = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/gu;

/** Value of any decimal digit (Unicode Nd runs are ten long and start at a zero). */
function asciiDigit(c: string): string {
  let code = c.codePointAt(0)!;
  let n = 0;
  while (n < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - 1))) {
    code--;
    n++;
  }
  return String(n);
}

/** Surrounding space off, other scripts' digits as ASCII. */
export function normalise(s: string): string {
  const t = s.replace(SPACE, '');
  return /^[\x00-\x7f]*$/.test(t) ? t : t.replace(/[^\x00-\x7f]/gu, (c) => (/^\p{Nd}$/u.test(c) ? asciiDigit(c) : c));
}

const PREFIXES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 };

/** Digits' value by halving, for bases BigInt() does not read. */
function parseBase(digits: string, base: number): bigint {
  if (base === 10) return BigInt(digits);
  if (base === 2 || base === 8 || base === 16) return BigInt(`0${base === 2 ? 'b' : base === 8 ? 'o' : 'x'}${digits}`);
  if (digits.length <= 9) return BigInt(Number.parseInt(digits, base));
  const half = digits.length >> 1;
  return (
    parseBase(digits.slice(0, half), base) * BigInt(base) ** BigInt(digits.length - half) +
    parseBase(digits.slice(half), base)
  );
}

function validDigits(digits: string, base: number): boolean {
  if (digits === '' || !/^[0-9a-zA-Z]+(_[0-9a-zA-Z]+)*$/.test(digits)) return false;
  for (const c of digits) if (c !== '_' && !(Number.parseInt(c, 36) < base)) return false;
  return true;
}

/** int(text, base); `shown` is the argument's repr for the message. 0 with ValueError set. */
export function parseInteger(text: string, base: number, shown: string): number {
  const bad = (): number => raise('ValueError', `invalid literal for int() with base ${base}: ${shown}`);
  let s = normalise(text);
  const negative = s.startsWith('-');
  if (negative || s.startsWith('+')) s = s.slice(1);
  let radix = base;
  const prefix = s[0] === '0' && s.length > 1 ? PREFIXES[s[1]!.toLowerCase()] : undefined;
  if (prefix !== undefined && (base === 0 || base === prefix)) {
    radix = prefix;
    s = s.slice(2);
    if (s.startsWith('_')) s = s.slice(1);
  } else if (base === 0) {
    radix = 10;
    if (s.startsWith('0') && !/^0+(_0+)*$/.test(s)) return bad();
  }
  if (!validDigits(s, radix)) return bad();
  s = s.replaceAll('_', '');
  const limit = digitsLimit.value;
  if (limit > 0 && s.length > limit && (radix & (radix - 1)) !== 0) {
    return raise(
      'ValueError',
      `Exceeds the limit (${limit} digits) for integer string conversion: value has ${s.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  if (s.length < 10) return intFromNumber(negative ? -Number.parseInt(s, radix) : Number.parseInt(s, radix));
  const n = parseBase(s, radix);
  return intFromBigInt(negative ? -n : n);
}

/** Double of a text as float() reads it; undefined when it is none. */
export function parseFloatText(text: string): number | undefined {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const s = normalise(text);
  if (/^[+-]?((\d+(_\d+)*)(\.(\d+(_\d+)*)?)?|\.\d+(_\d+)*)([eE][+-]?\d+(_\d+)*)?$/.test(s))
    return Number(s.replaceAll('_', ''));
  const m = /^([+-]?)(inf|infinity|nan)$/i.exec(s);
  if (m === null) return undefined;
  const x = m[2]!.toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
  return m[1] === '-' ? -x : x;
}

/** Bytes of a bytes or bytearray as a Latin-1 JS string; undefined for other values. */
export function bytesText(h: number): string | undefined {
  const isBytes = isKind(h, L.KIND_BYTES);
  if (!isBytes && !isKind(h, L.KIND_BYTEARRAY)) return undefined;
  const w = h >>> 2;
  const n = I32[w + L.BYTES_LENGTH]!;
  const data = I32[w + L.BYTES_DATA]! >>> 0;
  let s = '';
  for (let i = 0; i < n; i++) s += String.fromCharCode(U8[data + i]!);
  return s;
}
