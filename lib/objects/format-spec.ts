/** The format specification mini-language (PEP 3101, https://docs.python.org/3.14/library/string.html#formatspec): parsing and padding. */
import { raise } from './exceptions.js';

export interface FormatSpec {
  fill: string;
  /** '<', '>', '=', '^', or '' when not given. */
  align: string;
  /** '+', '-', ' ', or ''. */
  sign: string;
  noNegativeZero: boolean;
  alternate: boolean;
  width: number;
  /** ',' or '_' or ''. */
  grouping: string;
  /** -1: not given. */
  precision: number;
  fractionGrouping: string;
  /** Presentation type, '' when not given. */
  type: string;
}

const PATTERN = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+)?([,_])?)?(.)?$/su;

/** Parses a specification for a value of class `className`; undefined with ValueError set. */
export function parseSpec(text: string, className: string): FormatSpec | undefined {
  const m = PATTERN.exec(text);
  if (m === null) {
    raise('ValueError', `Invalid format specifier '${text}' for object of type '${className}'`);
    return undefined;
  }
  if (text.includes('.') && m[9] === undefined && m[10] === undefined && /\.[^\d]?$/u.test(text) && m[1] !== '.') {
    raise('ValueError', 'Format specifier missing precision');
    return undefined;
  }
  const zero = m[6] !== undefined;
  return {
    fill: m[1] ?? (zero && m[2] === undefined ? '0' : zero && m[1] === undefined ? '0' : ' '),
    align: m[2] ?? (zero ? '=' : ''),
    sign: m[3] ?? '',
    noNegativeZero: m[4] !== undefined,
    alternate: m[5] !== undefined,
    width: m[7] === undefined ? 0 : Number(m[7]),
    grouping: m[8] ?? '',
    precision: m[9] === undefined ? -1 : Number(m[9]),
    fractionGrouping: m[10] ?? '',
    type: m[11] ?? '',
  };
}

/** Pads `text` of `length` code points to the width; `fallback` is the alignment when none is given. */
export function pad(text: string, length: number, spec: FormatSpec, fallback: string): string {
  const room = spec.width - length;
  if (room <= 0) return text;
  const align = spec.align === '' ? fallback : spec.align;
  if (align === '<') return text + spec.fill.repeat(room);
  if (align === '^') return spec.fill.repeat(room >> 1) + text + spec.fill.repeat(room - (room >> 1));
  return spec.fill.repeat(room) + text;
}
