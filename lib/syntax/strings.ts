/** Values of string and bytes literals: escape sequences. */
import { codePoints } from './columns.js';
import { joinTexts, type Text, text } from './text.js';
import { characterNamed } from './unicode-names.js';

/** Why the body of a literal cannot be decoded: the message of CPython's SyntaxError. */
export interface DecodeFailure {
  failure: string;
}

/** Receives each invalid escape sequence: its text and its offset in the body. */
export type EscapeWarning = (msg: string, at: number) => void;

// biome-ignore format: rows of data
const SIMPLE: { readonly [c: string]: string } = {
  '\n': '', '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
};
const HEX_DIGITS: { readonly [c: string]: number } = { x: 2, u: 4, U: 8 };
const TRUNCATED: { readonly [c: string]: string } = {
  x: 'truncated \\xXX escape',
  u: 'truncated \\uXXXX escape',
  U: 'truncated \\UXXXXXXXX escape',
};

const isOctal = (c: number): boolean => c >= 48 && c <= 55;

function invalidEscape(sequence: string, octal: string): string {
  return (
    `"\\${sequence}" is an invalid ${octal}escape sequence. Such sequences will not work in the future. ` +
    `Did you mean "\\\\${sequence}"? A raw string is also an option.`
  );
}

/** Offset after up to `count` digits of base 16 at `pos`. */
function hexEnd(body: string, pos: number, count: number): number {
  let end = pos;
  while (end < pos + count && /[0-9a-fA-F]/.test(body.charAt(end))) end++;
  return end;
}

/** Text of the body of a str literal that is not raw. */
export function decodeStr(body: string, warn: EscapeWarning): Text | DecodeFailure {
  let at = body.indexOf('\\');
  let head = text('');
  let out = '';
  let from = 0;
  for (; at >= 0; at = body.indexOf('\\', from)) {
    out += body.slice(from, at);
    const c = body.charAt(at + 1);
    const simple = SIMPLE[c];
    if (simple !== undefined) {
      out += simple;
      from = at + 2;
    } else if (isOctal(c.charCodeAt(0))) {
      const digits = /^[0-7]{1,3}/.exec(body.slice(at + 1, at + 4))![0];
      const value = parseInt(digits, 8);
      if (value > 0o377) warn(invalidEscape(digits, 'octal '), at);
      out += String.fromCharCode(value);
      from = at + 1 + digits.length;
    } else if (HEX_DIGITS[c] !== undefined) {
      const end = hexEnd(body, at + 2, HEX_DIGITS[c]);
      if (end < at + 2 + HEX_DIGITS[c]) return unicodeError(body, at, end, TRUNCATED[c]);
      const value = parseInt(body.slice(at + 2, end), 16);
      if (value > 0x10ffff) return unicodeError(body, at, end, 'illegal Unicode character');
      if (value >= 0xdc00 && value < 0xe000) {
        head = joinTexts(head, text(out));
        out = '';
      }
      out += String.fromCodePoint(value);
      from = end;
    } else if (c === 'N') {
      const close = body.indexOf('}', at);
      if (body.charAt(at + 2) !== '{' || close < 0 || close === at + 3) return malformedName(body, at, close);
      const named = characterNamed(body.slice(at + 3, close));
      if (named === null) return unicodeError(body, at, close + 1, 'unknown Unicode character name');
      out += named;
      from = close + 1;
    } else {
      warn(invalidEscape(c, ''), at);
      out += '\\';
      from = at + 1;
    }
  }
  return joinTexts(head, text(out + body.slice(from)));
}

function malformedName(body: string, at: number, close: number): DecodeFailure {
  let end = at + 2;
  if (body.charAt(at + 2) === '{') end = close < 0 ? body.length : close;
  return unicodeError(body, at, end, 'malformed \\N character escape');
}

/** CPython decodes a form in which each character outside ASCII takes ten bytes; its positions count those. */
function unicodeError(body: string, start: number, end: number, reason: string): DecodeFailure {
  const position = (to: number) => {
    let wide = 0;
    for (const char of body.slice(0, to)) if (char > '\x7f') wide++;
    return codePoints(body, 0, to) + wide * 9;
  };
  const first = position(start);
  const last = position(end) - 1;
  const where = first === last ? `byte 0x5c in position ${first}` : `bytes in position ${first}-${last}`;
  return { failure: `(unicode error) 'unicodeescape' codec can't decode ${where}: ${reason}` };
}

/** Bytes of the body of a bytes literal that is all ASCII. */
export function decodeBytes(body: string, raw: boolean, warn: EscapeWarning): Uint8Array | DecodeFailure {
  const out = new Uint8Array(body.length);
  let n = 0;
  for (let i = 0; i < body.length; ) {
    const code = body.charCodeAt(i++);
    if (code !== 92 || raw) {
      out[n++] = code;
      continue;
    }
    const c = body.charAt(i++);
    const simple = SIMPLE[c];
    if (simple !== undefined) {
      if (simple !== '') out[n++] = simple.charCodeAt(0);
    } else if (isOctal(c.charCodeAt(0))) {
      const digits = /^[0-7]{1,3}/.exec(body.slice(i - 1, i + 2))![0];
      const value = parseInt(digits, 8);
      if (value > 0o377) warn(invalidEscape(digits, 'octal '), i - 2);
      out[n++] = value;
      i += digits.length - 1;
    } else if (c === 'x') {
      if (hexEnd(body, i, 2) < i + 2) return { failure: `(value error) invalid \\x escape at position ${i - 2}` };
      out[n++] = parseInt(body.slice(i, i + 2), 16);
      i += 2;
    } else {
      warn(invalidEscape(c, ''), i - 2);
      out[n++] = 92;
      i--;
    }
  }
  return out.slice(0, n);
}
