/** Formatting of numbers: the numeric part of PEP 3101's mini-language. */
import { str } from './abstract.js';
import { raise, typeName } from './exceptions.js';
import { decompose, floatRepr, floatValue } from './float.js';
import { type FormatSpec, knownSpec, pad, parseSpec, unknownCode } from './format-spec.js';
import { intToBigInt, intToNumber } from './int.js';
import { smallDecimal } from './int-digits.js';
import { fromJS, strLength, toJS } from './strings.js';

/** Separators between groups of `size` digits from the right. */
export function groupDigits(digits: string, separator: string, size: number): string {
  let out = digits.slice(Math.max(0, digits.length - size));
  for (let end = digits.length - size; end > 0; end -= size)
    out = digits.slice(Math.max(0, end - size), end) + separator + out;
  return out;
}

/** Sign, prefix and digits put together, zero padding grouped as the digits are. */
function assemble(sign: string, prefix: string, whole: string, rest: string, spec: FormatSpec, size: number): number {
  let digits = spec.grouping === '' ? whole : groupDigits(whole, spec.grouping === 'n' ? '' : spec.grouping, size);
  const fixed = sign.length + prefix.length + rest.length;
  if (spec.align === '=') {
    if (spec.fill === '0' && spec.grouping !== '' && whole !== '') {
      for (let n = whole.length; fixed + digits.length < spec.width; )
        digits = groupDigits(whole.padStart(++n, '0'), spec.grouping, size);
    } else digits = spec.fill.repeat(Math.max(0, spec.width - fixed - digits.length)) + digits;
    if (spec.fill !== '0' && spec.grouping === '') {
      const bare = digits.slice(digits.length - whole.length);
      return fromJS(sign + prefix + digits.slice(0, digits.length - bare.length) + bare + rest);
    }
    return fromJS(sign + prefix + digits + rest);
  }
  const text = sign + prefix + digits + rest;
  return fromJS(pad(text, text.length, spec, '>'));
}

const signOf = (negative: boolean, spec: FormatSpec): string =>
  negative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';

const BASES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16, d: 10, n: 10, '': 10 };

/** Decimal, aligned to the right with an ASCII character, and nothing else? */
function isPlainDecimal(spec: FormatSpec): boolean {
  const right = spec.align === '' || spec.align === '>' || (spec.align === '=' && spec.fill === '0');
  return (
    (spec.type === '' || spec.type === 'd') &&
    right &&
    spec.fill.length === 1 &&
    spec.fill < '\x80' &&
    (spec.fill !== '0' || spec.align === '=') &&
    (spec.sign === '' || spec.sign === '-') &&
    spec.grouping === '' &&
    spec.precision < 0 &&
    !spec.noNegativeZero
  );
}

/** The common specifications for a small int; 0 for all others. */
function formatSmall(h: number, specHandle: number): number {
  if (strLength(specHandle) === 0) return smallDecimal(h, 0, 32);
  const spec = knownSpec(specHandle, 'int');
  return spec !== undefined && isPlainDecimal(spec) ? smallDecimal(h, spec.width, spec.fill.charCodeAt(0)) : 0;
}

/** format(int, spec): string handle, 0 with the exception set. */
export function formatInt(h: number, specHandle: number): number {
  if ((h & 1) !== 0) {
    const quick = formatSmall(h, specHandle);
    if (quick !== 0) return quick;
  }
  const text = toJS(specHandle);
  if (text === '') return str(h);
  const name = typeName(h);
  const spec = parseSpec(text, name);
  if (spec === undefined) return 0;
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') {
    const x = intToNumber(h);
    return Number.isFinite(x)
      ? formatDouble(x, spec, name)
      : raise('OverflowError', 'int too large to convert to float');
  }
  const base = BASES[spec.type];
  if (base === undefined && spec.type !== 'c') return unknownCode(spec.type, name);
  if (spec.precision >= 0) return raise('ValueError', 'Precision not allowed in integer format specifier');
  if (spec.noNegativeZero)
    return raise('ValueError', 'Negative zero coercion (z) not allowed in integer format specifier');
  if (base === undefined) return formatCharacter(h, spec);
  const n = intToBigInt(h);
  let digits = (n < 0n ? -n : n).toString(base);
  if (spec.type === 'X') digits = digits.toUpperCase();
  return assemble(
    signOf(n < 0n, spec),
    spec.alternate && base !== 10 ? `0${spec.type}` : '',
    digits,
    '',
    spec,
    base === 10 ? 3 : 4,
  );
}

function formatCharacter(h: number, spec: FormatSpec): number {
  if (spec.sign !== '') return raise('ValueError', "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) return raise('ValueError', "Alternate form (#) not allowed with integer format specifier 'c'");
  const n = intToNumber(h);
  if (!(n >= -(2 ** 63) && n < 2 ** 63)) return raise('OverflowError', 'Python int too large to convert to C long');
  if (n < 0 || n > 0x10ffff) return raise('OverflowError', '%c arg not in range(0x110000)');
  return fromJS(pad(String.fromCodePoint(n), 1, spec, '>'));
}

/** Digits of |x| * 10**places rounded half to even, exact for any double. */
export function fixedDigits(x: number, places: number): string {
  if (places <= 100 && Math.abs(x) < 1e21 && places < 16) {
    const tie = Math.abs(x) * 10 ** places * 2;
    if (!Number.isInteger(tie)) return Math.abs(x).toFixed(places);
  }
  const [m, e] = decompose(Math.abs(x));
  const n = m * 10n ** BigInt(places);
  let q = e >= 0 ? n << BigInt(e) : n >> BigInt(-e);
  if (e < 0) {
    const rest = n - (q << BigInt(-e));
    const half = 1n << BigInt(-e - 1);
    if (rest > half || (rest === half && (q & 1n) === 1n)) q += 1n;
  }
  const s = q.toString().padStart(places + 1, '0');
  return places === 0 ? s : `${s.slice(0, -places)}.${s.slice(-places)}`;
}

/** |x| as [digits, exponent] with `count` significant digits, half to even. */
export function scientific(x: number, count: number): [string, number] {
  if (x === 0) return ['0'.repeat(count), 0];
  const [m, e] = decompose(Math.abs(x));
  let exponent = Math.floor(Math.log10(Math.abs(x)));
  for (;;) {
    const shift = count - 1 - exponent;
    let n = e > 0 ? m << BigInt(e) : m;
    let d = e < 0 ? 1n << BigInt(-e) : 1n;
    if (shift >= 0) n *= 10n ** BigInt(shift);
    else d *= 10n ** BigInt(-shift);
    let q = n / d;
    const low = q.toString().length;
    if (low !== count) {
      exponent += low - count;
      continue;
    }
    const twice = (n - q * d) * 2n;
    if (twice > d || (twice === d && (q & 1n) === 1n)) q += 1n;
    const s = q.toString();
    return s.length > count ? [s.slice(0, count), exponent + 1] : [s, exponent];
  }
}

const exponentText = (e: number): string => `e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;

function exponentForm(x: number, precision: number, alternate: boolean): string {
  const [digits, e] = scientific(x, precision + 1);
  return digits[0]! + (precision > 0 ? `.${digits.slice(1)}` : alternate ? '.' : '') + exponentText(e);
}

/** The g form; `whole` (no type given) keeps at least one digit past the point. */
function generalForm(x: number, precision: number, alternate: boolean, whole: boolean): string {
  const p = precision === 0 ? 1 : precision;
  const [digits, e] = scientific(x, p);
  const trim = (s: string): string => (alternate || !s.includes('.') ? s : s.replace(/\.?0+$/, ''));
  if (e < -4 || e >= (whole ? p - 1 : p))
    return trim(digits[0]! + (p > 1 || alternate ? `.${digits.slice(1)}` : '')) + exponentText(e);
  const point = e + 1;
  const s =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : digits.slice(0, point) + (p > point || alternate ? `.${digits.slice(point)}` : '');
  const t = trim(s);
  return whole && !t.includes('.') ? `${t}.0` : t;
}

/** Digits of |x| for a type, without sign; the building block of format() and of % formatting. */
export function doubleDigits(x: number, type: string, precision: number, alternate: boolean): string {
  const m = Math.abs(x);
  if (!Number.isFinite(m)) return (Number.isNaN(m) ? 'nan' : 'inf') + (type === '%' ? '%' : '');
  const p = precision < 0 ? 6 : precision;
  const dot = p === 0 && alternate ? '.' : '';
  switch (type) {
    case 'f':
      return fixedDigits(m, p) + dot;
    case '%':
      return `${fixedDigits(m * 100, p)}${dot}%`;
    case 'e':
      return exponentForm(m, p, alternate);
    case 'g':
    case 'n':
      return generalForm(m, p, alternate, false);
    default:
      if (precision < 0 && alternate) return floatRepr(m).replace(/^(\d+)(?=e)/, '$1.');
      return precision < 0 ? floatRepr(m) : generalForm(m, precision, alternate, true);
  }
}

const DOUBLE_TYPES = new Set(['', 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%']);

/** What follows the digits before the point, those of the fraction in groups of three. */
export const groupFraction = (rest: string, separator: string): string =>
  separator === '' ? rest : rest.replace(/^\.\d+/, (s) => `.${s.slice(1).replace(/(\d{3})(?=\d)/g, `$1${separator}`)}`);

/** format() of a double by a parsed specification. */
export function formatDouble(x: number, spec: FormatSpec, className: string): number {
  if (!DOUBLE_TYPES.has(spec.type)) return unknownCode(spec.type, className);
  let digits = doubleDigits(x, spec.type.toLowerCase(), spec.precision, spec.alternate);
  if (spec.type === 'E' || spec.type === 'F' || spec.type === 'G') digits = digits.toUpperCase();
  const negative =
    (x < 0 || Object.is(x, -0)) && !(spec.noNegativeZero && !/[1-9a-z]/i.test(digits.replace(/e.*/i, '')));
  const cut = /^\d*/.exec(digits)![0].length;
  const rest = groupFraction(digits.slice(cut), spec.fractionGrouping);
  return assemble(signOf(negative, spec), '', digits.slice(0, cut), rest, spec, 3);
}

/** format(float, spec): string handle, 0 with the exception set. */
export function formatFloat(h: number, specHandle: number): number {
  const text = toJS(specHandle);
  const x = floatValue(h);
  if (text === '') return str(h);
  const spec = knownSpec(specHandle, 'float') ?? parseSpec(text, typeName(h));
  return spec === undefined ? 0 : formatDouble(x, spec, typeName(h));
}
