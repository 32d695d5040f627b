/** `%` formatting of str and bytes (https://docs.python.org/3.14/library/stdtypes.html#printf-style-string-formatting). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { ascii, call1, getItem, hasIndex, index, lookupSpecial, repr, str } from './abstract.js';
import { bufferOf } from './byte-buffer.js';
import { bytesData, bytesFromU8, isByteArray, isBytes } from './bytes.js';
import { raise, typeName } from './exceptions.js';
import { floatToInt, floatValue, isFloatLike, realValue } from './float.js';
import { intToBigInt } from './int.js';
import * as N from './names.js';
import { doubleDigits } from './number-format.js';
import { isKind, isStr, slotId, typeOf } from './object.js';
import { slots } from './slots.js';
import { fromJS, strCharAt, strLength, toJS } from './strings.js';
import { tupleItem, tupleLength } from './tuple.js';

interface Conversion {
  left: boolean;
  plus: boolean;
  space: boolean;
  alternate: boolean;
  zero: boolean;
  width: number;
  precision: number;
  type: string;
}

/** One formatting run. */
interface Run {
  readonly text: string;
  readonly bytes: boolean;
  readonly values: number;
  readonly isTuple: boolean;
  readonly isMapping: boolean;
  at: number;
  next: number;
  /** Value chosen by a %(key). */
  keyed: number;
}

const fail = (name: 'TypeError' | 'ValueError' | 'OverflowError', message: string): undefined =>
  void raise(name, message);

/** The next argument; 0 with TypeError set. */
function nextValue(run: Run): number {
  if (run.keyed !== 0) return run.keyed;
  const i = run.next++;
  if (run.isTuple) {
    if (i < tupleLength(run.values)) return tupleItem(run.values, i);
  } else if (i === 0) return run.values;
  return raise('TypeError', 'not enough arguments for format string');
}

/** Reads '(key)' behind '%' and looks it up; false with the exception set. */
function readKey(run: Run): boolean {
  if (!run.isMapping) return raise('TypeError', 'format requires a mapping') !== 0;
  let depth = 1;
  const start = ++run.at;
  for (; run.at < run.text.length; run.at++) {
    const c = run.text[run.at];
    if (c === '(') depth++;
    else if (c === ')' && --depth === 0) break;
  }
  if (depth > 0) return raise('ValueError', 'incomplete format key') !== 0;
  const key = run.text.slice(start, run.at++);
  run.keyed = getItem(run.values, run.bytes ? bytesFromU8(Buffer.from(key, 'latin1')) : fromJS(key));
  if (run.keyed !== 0) root(run.keyed);
  run.next = 1;
  return run.keyed !== 0;
}

/** A number or '*': undefined with the exception set, -1 when there is none. */
function readCount(run: Run): number | undefined {
  if (run.text[run.at] === '*') {
    run.at++;
    const v = nextValue(run);
    if (v === 0) return undefined;
    return (v & 1) !== 0 ? v >> 1 : fail('TypeError', '* wants int');
  }
  const digits = /\d*/y;
  digits.lastIndex = run.at;
  const text = digits.exec(run.text)![0];
  run.at += text.length;
  return text === '' ? -1 : Number(text);
}

const FLAGS: Readonly<Record<string, 'left' | 'plus' | 'space' | 'alternate' | 'zero'>> = {
  '-': 'left',
  '+': 'plus',
  ' ': 'space',
  '#': 'alternate',
  '0': 'zero',
};

/** Reads a conversion behind '%' and its key; undefined with the exception set. */
function readConversion(run: Run): Conversion | undefined {
  const c: Conversion = {
    left: false,
    plus: false,
    space: false,
    alternate: false,
    zero: false,
    width: -1,
    precision: -1,
    type: '',
  };
  for (let flag = FLAGS[run.text[run.at]!]; flag !== undefined; flag = FLAGS[run.text[++run.at]!]) c[flag] = true;
  const width = readCount(run);
  if (width === undefined) return undefined;
  if (width < -1) c.left = true;
  c.width = Math.abs(width === -1 ? 0 : width);
  if (run.text[run.at] === '.') {
    run.at++;
    const precision = readCount(run);
    if (precision === undefined) return undefined;
    c.precision = Math.max(0, precision);
  }
  if ('hlL'.includes(run.text[run.at] ?? '-')) run.at++;
  if (run.at >= run.text.length) return fail('ValueError', 'incomplete format');
  c.type = String.fromCodePoint(run.text.codePointAt(run.at)!);
  run.at += c.type.length;
  return c;
}

const codePointCount = (s: string): number => [...s].length;

/** Pads text without a sign. */
function padText(s: string, c: Conversion): string {
  const fill = ' '.repeat(Math.max(0, c.width - (/^[\0-\xff]*$/.test(s) ? s.length : codePointCount(s))));
  return c.left ? s + fill : fill + s;
}

/** Sign, prefix, zeros or blanks, digits. */
function padNumber(negative: boolean, prefix: string, digits: string, c: Conversion): string {
  const sign = negative ? '-' : c.plus ? '+' : c.space ? ' ' : '';
  const room = Math.max(0, c.width - sign.length - prefix.length - digits.length);
  if (c.zero && !c.left) return sign + prefix + '0'.repeat(room) + digits;
  return c.left ? sign + prefix + digits + ' '.repeat(room) : ' '.repeat(room) + sign + prefix + digits;
}

const BASES: Readonly<Record<string, number>> = { d: 10, i: 10, u: 10, o: 8, x: 16, X: 16 };

/** The int a number conversion formats; 0 with TypeError set. */
function integerOf(v: number, type: string): number {
  const decimal = BASES[type] === 10;
  if (hasIndex(v)) return index(v);
  if (decimal && isFloatLike(v)) return floatToInt(floatValue(v));
  if (decimal) {
    const user = (v & 7) === 0 ? lookupSpecial(typeOf(v), N.N_INT) : 0;
    if (user !== 0 && slots.int[slotId(v)] === undefined) return call1(user, v);
  }
  return raise(
    'TypeError',
    `%${type} format: ${decimal ? 'a real number' : 'an integer'} is required, not ${typeName(v)}`,
  );
}

function formatInteger(v: number, c: Conversion): string | undefined {
  const h = integerOf(v, c.type);
  if (h === 0) return undefined;
  const n = intToBigInt(h);
  let digits = (n < 0n ? -n : n).toString(BASES[c.type]).padStart(c.precision, '0');
  if (c.type === 'X') digits = digits.toUpperCase();
  return padNumber(n < 0n, c.alternate && BASES[c.type] !== 10 ? `0${c.type}` : '', digits, c);
}

/** float(v) for a conversion; undefined with TypeError set. */
function doubleOf(v: number, run: Run): number | undefined {
  const x = realValue(v);
  if (x !== undefined) return x !== x && !isFloatLike(v) ? undefined : x;
  const user = (v & 7) === 0 ? lookupSpecial(typeOf(v), N.N_FLOAT) : 0;
  const made = user !== 0 ? call1(user, v) : hasIndex(v) ? index(v) : 0;
  if (made !== 0) return realValue(made);
  if (user === 0)
    raise(
      'TypeError',
      run.bytes ? `float argument required, not ${typeName(v)}` : `must be real number, not ${typeName(v)}`,
    );
  return undefined;
}

function formatFloating(v: number, c: Conversion, run: Run): string | undefined {
  const x = doubleOf(v, run);
  if (x === undefined) return undefined;
  let digits = doubleDigits(x, c.type.toLowerCase(), c.precision < 0 ? 6 : c.precision, c.alternate);
  if (c.type < 'a') digits = digits.toUpperCase();
  const finite = Number.isFinite(x);
  return padNumber(x < 0 || Object.is(x, -0), '', digits, finite ? c : { ...c, zero: c.zero });
}

function formatChar(v: number, c: Conversion): string | undefined {
  if (isStr(v)) {
    if (strLength(v) === 1) return padText(String.fromCodePoint(strCharAt(v, 0)), c);
    return fail('TypeError', `%c requires an int or a unicode character, not a string of length ${strLength(v)}`);
  }
  if (!hasIndex(v)) return fail('TypeError', `%c requires an int or a unicode character, not ${typeName(v)}`);
  const h = index(v);
  if (h === 0) return undefined;
  const n = intToBigInt(h);
  return n < 0n || n > 0x10ffffn
    ? fail('OverflowError', '%c arg not in range(0x110000)')
    : padText(String.fromCodePoint(Number(n)), c);
}

function formatByte(v: number, c: Conversion): string | undefined {
  if (isBytes(v) || isByteArray(v)) {
    const data = bytesData(v);
    if (data.length === 1) return padText(String.fromCharCode(data[0]!), c);
    return fail(
      'TypeError',
      `%c requires an integer in range(256) or a single byte, not a ${isBytes(v) ? 'bytes' : 'bytearray'} object of length ${data.length}`,
    );
  }
  if (!hasIndex(v))
    return fail('TypeError', `%c requires an integer in range(256) or a single byte, not ${typeName(v)}`);
  const h = index(v);
  if (h === 0) return undefined;
  const n = intToBigInt(h);
  return n < 0n || n > 255n
    ? fail('OverflowError', '%c arg not in range(256)')
    : padText(String.fromCharCode(Number(n)), c);
}

const latin1 = (data: Uint8Array): string => Buffer.from(data).toString('latin1');

/** The bytes %b and %s of bytes show. */
function bytesOf(v: number): string | undefined {
  const data = bufferOf(v);
  if (data !== undefined) return latin1(data);
  const user = (v & 7) === 0 ? lookupSpecial(typeOf(v), N.N_BYTES) : 0;
  if (user === 0)
    return fail(
      'TypeError',
      `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeName(v)}'`,
    );
  const made = call1(user, v);
  if (made === 0) return undefined;
  return isBytes(made)
    ? latin1(bytesData(made))
    : fail('TypeError', `__bytes__ returned non-bytes (type ${typeName(made)})`);
}

function formatText(v: number, c: Conversion, run: Run): string | undefined {
  let s: string | undefined;
  if (run.bytes && (c.type === 's' || c.type === 'b')) s = bytesOf(v);
  else {
    const h = c.type === 's' ? str(v) : c.type === 'r' && !run.bytes ? repr(v) : ascii(v);
    s = h === 0 ? undefined : toJS(h);
  }
  if (s === undefined) return undefined;
  if (c.precision >= 0) s = run.bytes ? s.slice(0, c.precision) : [...s].slice(0, c.precision).join('');
  return padText(s, c);
}

function formatOne(v: number, c: Conversion, run: Run): string | undefined {
  if (c.type in BASES) return formatInteger(v, c);
  if ('eEfFgG'.includes(c.type)) return formatFloating(v, c, run);
  if (c.type === 'c') return run.bytes ? formatByte(v, c) : formatChar(v, c);
  if (c.type === 's' || c.type === 'r' || c.type === 'a' || (c.type === 'b' && run.bytes)) return formatText(v, c, run);
  const code = c.type.codePointAt(0)!;
  const shown = code > 31 && code < 127 ? c.type : '?';
  return fail(
    'ValueError',
    `unsupported format character '${shown}' (0x${code.toString(16)}) at index ${run.at - c.type.length}`,
  );
}

/** What stands for the conversion behind '%' at run.at; undefined with the exception set. */
function conversion(run: Run): string | undefined {
  if (run.text[run.at] === '%') {
    run.at++;
    return '%';
  }
  const slot = root(0);
  run.keyed = 0;
  let out: string | undefined;
  if (run.text[run.at] !== '(' || readKey(run)) {
    const c = readConversion(run);
    const v = c === undefined ? 0 : nextValue(run);
    if (v !== 0) out = formatOne(v, c!, run);
  }
  unroot(slot);
  return out;
}

function runFormat(run: Run): string | undefined {
  let out = '';
  while (run.at < run.text.length) {
    const percent = run.text.indexOf('%', run.at);
    if (percent < 0) {
      out += run.text.slice(run.at);
      break;
    }
    out += run.text.slice(run.at, percent);
    run.at = percent + 1;
    const part = conversion(run);
    if (part === undefined) return undefined;
    out += part;
  }
  const left = run.isTuple ? run.next < tupleLength(run.values) : run.next === 0 && !run.isMapping;
  if (left) return fail('TypeError', `not all arguments converted during ${run.bytes ? 'bytes' : 'string'} formatting`);
  return out;
}

/** Has it `__getitem__` while being neither tuple nor str (PyMapping_Check)? */
function isMapping(h: number, bytes: boolean): boolean {
  if (isKind(h, L.KIND_TUPLE) || isStr(h) || (bytes && (isBytes(h) || isByteArray(h)))) return false;
  return slots.getitem[slotId(h)] !== undefined || lookupSpecial(typeOf(h), N.N_GETITEM) !== 0;
}

/** Formats `text` (Latin-1 for bytes) with `values`; undefined with the exception set. */
export function percentText(text: string, values: number, bytes: boolean): string | undefined {
  const isTuple = isKind(values, L.KIND_TUPLE);
  return runFormat({ text, bytes, values, isTuple, isMapping: isMapping(values, bytes), at: 0, next: 0, keyed: 0 });
}

/** str % values. */
export function percentStr(h: number, values: number): number {
  if (!isStr(h)) return H.NOT_IMPLEMENTED;
  const s = percentText(toJS(h), values, false);
  return s === undefined ? 0 : fromJS(s);
}
