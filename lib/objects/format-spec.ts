/** The format specification mini-language (PEP 3101, https://docs.python.org/3.14/library/string.html#formatspec): parsing and padding. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { clearException, raise } from './exceptions.js';
import { STR_ASCII, strCharAt, strLength, toJS } from './strings.js';

const I32 = i32;
const isStrAscii = (h: number): boolean =>
  (h & 7) === 0 && (I32[h >>> 2]! & (0xff | STR_ASCII)) === (L.KIND_STR | STR_ASCII);

export interface FormatSpec {
  fill: string;
  /** '<', '>', '=', '^', or '' when not given. */
  align: string;
  /** '+', '-', ' ', or ''. */
  sign: string;
  noNegativeZero: boolean;
  alternate: boolean;
  /** Was the width preceded by a 0 that chose fill or alignment? */
  zeroPadded: boolean;
  width: number;
  /** ',' or '_' or ''. */
  grouping: string;
  /** -1: not given. */
  precision: number;
  fractionGrouping: string;
  /** Presentation type, '' when not given. */
  type: string;
}

const ALIGNMENTS = '<>=^';
const GROUPED_TYPES = 'defgEG%F';

/** How messages show a character of a specification. */
const shown = (c: string): string => {
  const n = c.codePointAt(0)!;
  return n > 32 && n < 128 ? c : `\\x${n.toString(16)}`;
};

export const unknownCode = (type: string, className: string): number =>
  raise('ValueError', `Unknown format code '${shown(type)}' for object of type '${className}'`);

const fail = (message: string): undefined => void raise('ValueError', message);

class Reader {
  private readonly chars: string[];
  private at = 0;

  constructor(text: string) {
    this.chars = [...text];
  }

  get left(): number {
    return this.chars.length - this.at;
  }

  peek(ahead = 0): string {
    return this.chars[this.at + ahead] ?? '';
  }

  /** The next character when it is one of these, else ''. */
  accept(set: string): string {
    const c = this.peek();
    if (c === '' || !set.includes(c)) return '';
    this.at++;
    return c;
  }

  take(): string {
    return this.chars[this.at++] ?? '';
  }

  /** A decimal number, -1 when there is none; undefined with ValueError set. */
  number(): number | undefined {
    let digits = '';
    while (/^[0-9]$/.test(this.peek())) digits += this.take();
    if (digits === '') return -1;
    return BigInt(digits) >= 1n << 63n ? fail('Too many decimal digits in format string') : Number(digits);
  }

  /** ',' or '_' or neither; undefined with ValueError set for both. */
  separator(): string | undefined {
    const comma = this.accept(',');
    const underscore = this.accept('_');
    if ((comma !== '' && underscore !== '') || (underscore !== '' && this.accept(',') !== ''))
      return fail("Cannot specify both ',' and '_'.");
    return comma + underscore;
  }
}

function readAlignment(r: Reader, spec: FormatSpec): boolean {
  if (r.left >= 2 && ALIGNMENTS.includes(r.peek(1))) {
    spec.fill = r.take();
    spec.align = r.take();
    return true;
  }
  spec.align = r.accept(ALIGNMENTS);
  return false;
}

function readPrecision(r: Reader, spec: FormatSpec): true | undefined {
  if (r.accept('.') === '') return true;
  const precision = r.number();
  const grouping = precision === undefined ? undefined : r.separator();
  if (precision === undefined || grouping === undefined) return undefined;
  if (precision < 0 && grouping === '') return fail('Format specifier missing precision');
  spec.precision = precision;
  spec.fractionGrouping = grouping;
  return true;
}

/**
 * Parses a specification for a value of class `className`, whose presentation type is `standard` when none is given and whose numbers align
 * to the right; undefined with ValueError set.
 */
export function parseSpec(text: string, className: string, standard = ''): FormatSpec | undefined {
  const spec: FormatSpec = {
    fill: ' ',
    align: '',
    sign: '',
    noNegativeZero: false,
    alternate: false,
    zeroPadded: false,
    width: 0,
    grouping: '',
    precision: -1,
    fractionGrouping: '',
    type: '',
  };
  const r = new Reader(text);
  const filled = readAlignment(r, spec);
  spec.sign = r.accept(' +-');
  spec.noNegativeZero = r.accept('z') !== '';
  spec.alternate = r.accept('#') !== '';
  if (!filled && r.accept('0') !== '') {
    spec.fill = '0';
    spec.zeroPadded = true;
    if (spec.align === '' && standard !== 's') spec.align = '=';
  }
  const width = r.number();
  const grouping = width === undefined ? undefined : r.separator();
  if (width === undefined || grouping === undefined) return undefined;
  spec.width = Math.max(width, 0);
  spec.grouping = grouping;
  if (readPrecision(r, spec) === undefined) return undefined;
  if (r.left > 1) return fail(`Invalid format specifier '${text}' for object of type '${className}'`);
  spec.type = r.take();
  return checkGrouping(spec, spec.type === '' ? standard : spec.type);
}

function checkGrouping(spec: FormatSpec, type: string): FormatSpec | undefined {
  if (spec.grouping === '' || type === '' || GROUPED_TYPES.includes(type)) return spec;
  if (spec.grouping === '_' && 'boxX'.includes(type)) return spec;
  return fail(`Cannot specify '${spec.grouping}' with '${shown(type)}'.`);
}

/** Specifications of up to four ASCII characters that were parsed before without an error, by their packed characters. */
const known = new Map<number, FormatSpec | null>();

/** The parsed form of a short specification for numbers; undefined when it is long, not ASCII or wrong: then parseSpec says why. */
export function knownSpec(h: number, className: string): FormatSpec | undefined {
  const n = strLength(h);
  if (n > 4 || (n !== 1 && !isStrAscii(h))) return undefined;
  let key = 0;
  for (let i = 0; i < n; i++) key = (key << 7) | strCharAt(h, i);
  if (n === 1 && key > 127) return undefined;
  const found = known.get(key);
  if (found !== undefined) return found ?? undefined;
  const spec = parseSpec(toJS(h), className);
  if (spec === undefined) clearException();
  known.set(key, spec ?? null);
  return spec;
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
