/**
 * Source bytes to text: byte order mark, encoding declaration (PEP 263), UTF-8 check, line ends.
 * https://docs.python.org/3.14/reference/lexical_analysis.html#encoding-declarations
 */
import { PySyntaxError } from './errors.js';
import { codePoints } from './columns.js';

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const BLANK = /^[ \t\f]*(?:#.*)?$/;

/** Text of a source with '\n' as its only line end; bytes lose their byte order mark. */
export function sourceText(source: string | Uint8Array): string {
  const text = typeof source === 'string' ? source : decode(source);
  if (text.includes('\0')) {
    throw new PySyntaxError(
      'SyntaxError',
      'source code string cannot contain null bytes',
      null,
      null,
      null,
      null,
      null,
    );
  }
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function decode(bytes: Uint8Array): string {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const name = declared(body);
  const encoding = name === null ? 'utf-8' : normalized(name);
  if (bom && encoding !== 'utf-8') throw bomError(body, encoding);
  if (encoding === 'utf-8' || encoding.toLowerCase() === 'utf8') return decodeUtf8(body);
  if (encoding === 'iso-8859-1') return latin1(body);
  return decodeOther(body, encoding, name!);
}

/** Name in the encoding declaration of the first two lines, or null. */
function declared(bytes: Uint8Array): string | null {
  const lines = latin1(bytes.subarray(0, 1000)).split(/\r\n?|\n/, 2);
  for (const line of lines) {
    const match = COOKIE.exec(line);
    if (match !== null) return match[1];
    if (!BLANK.test(line)) return null;
  }
  return null;
}

function normalized(name: string): string {
  const lower = name.slice(0, 12).toLowerCase().replace(/_/g, '-');
  if (/^utf-8(-|$)/.test(lower)) return 'utf-8';
  if (/^(latin-1|iso-8859-1|iso-latin-1)(-|$)/.test(lower)) return 'iso-8859-1';
  return name;
}

function latin1(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 8192) out += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return out;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw utf8Error(bytes);
  }
}

/** Offset of the first byte that is not UTF-8, or -1. */
function firstInvalid(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const width = sequenceLength(bytes, i);
    if (width === 0) return i;
    i += width;
  }
  return -1;
}

/** Length of the UTF-8 sequence at i (Unicode, table 3-7), 0 when there is none. */
function sequenceLength(b: Uint8Array, i: number): number {
  const c = b[i];
  if (c < 0x80) return 1;
  const width = c >= 0xc2 && c <= 0xdf ? 2 : (c & 0xf0) === 0xe0 ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
  const low = c === 0xe0 ? 0xa0 : c === 0xf0 ? 0x90 : 0x80;
  const high = c === 0xed ? 0x9f : c === 0xf4 ? 0x8f : 0xbf;
  for (let k = 1; k < width; k++) {
    const next = b[i + k];
    if (!(next >= (k === 1 ? low : 0x80) && next <= (k === 1 ? high : 0xbf))) return 0;
  }
  return width;
}

function utf8Error(bytes: Uint8Array): PySyntaxError {
  const at = firstInvalid(bytes);
  const lossy = new TextDecoder('utf-8', { ignoreBOM: true });
  const before = lossy.decode(bytes.subarray(0, at));
  const lineno = before.split('\n').length;
  const lineStart = before.lastIndexOf('\n') + 1;
  const rest = lossy.decode(bytes.subarray(at));
  const text = before.slice(lineStart) + rest.split('\n', 1)[0];
  const offset = codePoints(before, lineStart, before.length) + 1;
  const hex = bytes[at].toString(16);
  const msg = `Non-UTF-8 code starting with '\\x${hex}' on line ${lineno}, but no encoding declared; see https://peps.python.org/pep-0263/ for details`;
  return new PySyntaxError('SyntaxError', msg, lineno, offset, lineno, offset, text);
}

function bomError(bytes: Uint8Array, encoding: string): PySyntaxError {
  const text = latin1(bytes.subarray(0, 1000)).split('\n', 1)[0];
  const msg = `encoding problem: ${encoding} with BOM`;
  return new PySyntaxError('SyntaxError', msg, 1, 0, 1, text.length, text);
}

function decodeOther(bytes: Uint8Array, encoding: string, name: string): string {
  if (/^(us-?)?ascii$/i.test(encoding)) return decodeAscii(bytes);
  const label = encoding.replace(/^cp-?(\d+)$/i, 'windows-$1');
  if (/^windows-1252$/i.test(label)) {
    // Some releases of Node decode windows-1252 as if it were Latin-1.
    return latin1(bytes).replace(/[\x80-\x9f]/g, (c) => WINDOWS_1252[c.charCodeAt(0) - 0x80]);
  }
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (e) {
    const msg = e instanceof RangeError ? `unknown encoding: ${name}` : `'${name}' codec can't decode the source`;
    throw new PySyntaxError('SyntaxError', msg, 0, -1, null, null, null);
  }
}

function decodeAscii(bytes: Uint8Array): string {
  const at = bytes.findIndex((b) => b >= 128);
  if (at < 0) return latin1(bytes);
  const hex = bytes[at].toString(16);
  const msg = `'ascii' codec can't decode byte 0x${hex} in position ${at}: ordinal not in range(128)`;
  throw new PySyntaxError('SyntaxError', msg, 0, -1, null, null, null);
}
