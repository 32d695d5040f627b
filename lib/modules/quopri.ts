/** Quoted-printable (RFC 1521) and uuencode, as binascii has them. */

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;
const EQUALS = 61;
const UNDERSCORE = 95;
const MAX_LINE = 76;

const hexValue = (c: number): number =>
  c >= 48 && c <= 57 ? c - 48 : c >= 65 && c <= 70 ? c - 55 : c >= 97 && c <= 102 ? c - 87 : -1;
const HEX = Buffer.from('0123456789ABCDEF', 'latin1');

/** Index behind a soft line break whose second character is at i. */
function skipLine(data: Uint8Array, i: number): number {
  while (i < data.length && data[i] !== LF) i++;
  return i + 1;
}

export function decodeQuoted(data: Uint8Array, header: boolean): number[] {
  const out: number[] = [];
  for (let i = 0; i < data.length; ) {
    const c = data[i++];
    if (c !== EQUALS) {
      out.push(header && c === UNDERSCORE ? SPACE : c);
      continue;
    }
    if (i >= data.length) break;
    if (data[i] === LF || data[i] === CR) i = skipLine(data, i);
    else if (i + 1 < data.length && hexValue(data[i]) >= 0 && hexValue(data[i + 1]) >= 0) {
      out.push((hexValue(data[i]) << 4) | hexValue(data[i + 1]));
      i += 2;
    } else {
      out.push(EQUALS);
      if (data[i] === EQUALS) i++;
    }
  }
  return out;
}

export interface QuotedOptions {
  readonly quotetabs: boolean;
  readonly istext: boolean;
  readonly header: boolean;
}

/** Must the character at i be written as =XX? */
function mustQuote(data: Uint8Array, i: number, lineLength: number, o: QuotedOptions): boolean {
  const c = data[i];
  const last = i + 1 === data.length;
  if (c > 126 || c === EQUALS || (o.header && c === UNDERSCORE)) return true;
  if (c === 46 && lineLength === 0) return last || data[i + 1] === LF || data[i + 1] === CR || data[i + 1] === 0;
  if (c === LF || c === CR) return !o.istext;
  if (c === TAB || c === SPACE) return last || o.quotetabs;
  return c < 33;
}

export function encodeQuoted(data: Uint8Array, options: QuotedOptions): number[] {
  const out: number[] = [];
  const newline = data.indexOf(LF);
  const ending = newline > 0 && data[newline - 1] === CR ? [CR, LF] : [LF];
  let length = 0;
  const softBreak = (): void => {
    out.push(EQUALS, ...ending);
    length = 0;
  };
  const quote = (c: number): number => out.push(EQUALS, HEX[c >> 4], HEX[c & 15]);
  for (let i = 0; i < data.length; ) {
    const c = data[i];
    if (mustQuote(data, i, length, options)) {
      if (length + 3 >= MAX_LINE) softBreak();
      length += 3;
      quote(c);
      i++;
    } else if (options.istext && (c === LF || (c === CR && data[i + 1] === LF))) {
      // White space before the end of a line would get lost.
      const before = out[out.length - 1];
      if (before === SPACE || before === TAB) quote(out.pop()!);
      out.push(...ending);
      length = 0;
      i += c === CR ? 2 : 1;
    } else {
      if (i + 1 !== data.length && data[i + 1] !== LF && length + 1 >= MAX_LINE) softBreak();
      length++;
      out.push(options.header && c === SPACE ? UNDERSCORE : c);
      i++;
    }
  }
  return out;
}

/** The data of a uuencoded line, or the message of binascii.Error. */
export function decodeUu(line: Uint8Array): number[] | string {
  if (line.length === 0) return 'Missing length byte';
  const wanted = (line[0] - SPACE) & 63;
  const out: number[] = [];
  let bits = 0;
  let count = 0;
  let i = 1;
  for (; out.length < wanted; i++) {
    const c = i < line.length ? line[i] : LF;
    if (c !== LF && c !== CR && (c < SPACE || c > SPACE + 64)) return 'Illegal char';
    bits = ((bits << 6) | (c === LF || c === CR ? 0 : (c - SPACE) & 63)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.push((bits >> count) & 255);
  }
  for (; i < line.length; i++) if (![SPACE, SPACE + 64, LF, CR].includes(line[i])) return 'Trailing garbage';
  return out;
}

export function encodeUu(data: Uint8Array, backtick: boolean): number[] {
  const character = (n: number): number => (n === 0 && backtick ? 96 : n + SPACE);
  const out = [character(data.length)];
  for (let i = 0; i < data.length; i += 3) {
    const bits = (data[i] << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    const characters = [bits >> 18, (bits >> 12) & 63, (bits >> 6) & 63, bits & 63].map(character);
    out.push(...characters.slice(0, data.length - i === 1 ? 2 : data.length - i === 2 ? 3 : 4));
  }
  while ((out.length - 1) % 4 !== 0) out.push(character(0));
  out.push(LF);
  return out;
}
