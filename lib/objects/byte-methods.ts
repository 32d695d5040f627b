/** Methods that bytes and bytearray share. Results are of the class of `self`, never of a subclass. */
import { raiseMemoryError } from './memory-error.js';
import { IntVector } from './int-vector.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { bytes as BYTES, i32, u8 } from '../heap/memory.js';
import { hasIndex, indexNumber, isTrue, iterate } from './abstract.js';
import { call1 } from './call.js';
import * as T from './type-ids.js';
import { bufferOf, needBuffer } from './byte-buffer.js';
import { newByteArray } from './bytearray.js';
import { bytesFromU8, bytesView, isByteArray, isBytes, newBytes, bytesLength, bytesStart } from './bytes.js';
import { decodeBytes } from './codecs.js';
import type { MethodRow } from './define.js';
import { pendingException, raise, typeName } from './exceptions.js';
import { intFromNumber } from './int.js';
import { newListFromArray } from './list.js';
import { isKind, isStr } from './object.js';
import { codecName } from './str-make.js';
import { argName } from './str-search.js';
import { fromJS, newStr, STR_ASCII, strCharAt, strLength, toJS } from './strings.js';
import { tupleItem, tupleLength, tupleOf } from './tuple.js';

const I32 = i32;
const U8 = u8;

/** The data of a bytes or bytearray as a view of the space. */
export function view(h: number): Buffer {
  const { start, end } = bytesView(h);
  return BYTES.subarray(start, end);
}

/** A bytes or bytearray, as `self` is, with a copy of `data`. */
export const like = (self: number, data: ArrayLike<number>): number =>
  isByteArray(self) ? newByteArray(data) : bytesFromU8(data);

/** `self` itself when it is an exact bytes; a copy otherwise. */
function same(self: number): number {
  return isBytes(self) && (I32[self >>> 2]! & L.FLAG_SUBCLASS) === 0 ? self : like(self, view(self));
}

export const asBuffer = (data: Uint8Array): Buffer => Buffer.from(data.buffer, data.byteOffset, data.length);

const range = { start: 0, stop: 0 };

function bound(h: number, fallback: number, n: number): number {
  if (h === 0 || h === H.NONE) return fallback;
  if ((h & 1) === 0 && !hasIndex(h)) {
    raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
    return Number.NaN;
  }
  const i = indexNumber(h);
  return i < 0 ? Math.max(0, i + n) : i;
}

function readRange(args: number, n: number, length: number): boolean {
  range.start = bound(n > 2 ? I32[args + 2]! : 0, 0, length);
  if (Number.isNaN(range.start)) return false;
  range.stop = Math.min(length, bound(n > 3 ? I32[args + 3]! : 0, length, length));
  return !Number.isNaN(range.stop);
}

/** A byte argument: its number, -1 with ValueError set. */
export function byteValue(h: number): number {
  const n = indexNumber(h);
  if (Number.isNaN(n)) return -1;
  return n >= 0 && n < 256 ? n : raise('ValueError', 'byte must be in range(0, 256)') - 1;
}

/** What find and count look for: an int or a bytes-like object. */
function needleOf(h: number): Uint8Array | undefined {
  const data = bufferOf(h);
  if (data !== undefined) return data;
  if (!hasIndex(h)) {
    raise('TypeError', `argument should be integer or bytes-like object, not '${typeName(h)}'`);
    return undefined;
  }
  const n = byteValue(h);
  return n < 0 ? undefined : Uint8Array.of(n);
}

function indexIn(data: Buffer, needle: Uint8Array, from: number, to: number): number {
  if (needle.length === 0) return from <= to ? from : -1;
  const i = data.subarray(0, to).indexOf(needle, from);
  return i;
}

function lastIndexIn(data: Buffer, needle: Uint8Array, from: number, to: number): number {
  if (needle.length === 0) return from <= to ? to : -1;
  return to - from < needle.length
    ? -1
    : data.subarray(from, to).lastIndexOf(needle) + (data.subarray(from, to).lastIndexOf(needle) < 0 ? 0 : from);
}

const searcher =
  (right: boolean, missing: boolean) =>
  (args: number, n: number): number => {
    const data = view(I32[args]!);
    const needle = needleOf(I32[args + 1]!);
    if (needle === undefined || !readRange(args, n, data.length)) return 0;
    const i =
      range.start > range.stop
        ? -1
        : right
          ? lastIndexIn(data, needle, range.start, range.stop)
          : indexIn(data, needle, range.start, range.stop);
    return i < 0 && missing ? raise('ValueError', 'subsection not found') : intFromNumber(i);
  };

function count(args: number, n: number): number {
  const data = view(I32[args]!);
  const needle = needleOf(I32[args + 1]!);
  if (needle === undefined || !readRange(args, n, data.length)) return 0;
  if (range.start > range.stop) return H.small(0);
  if (needle.length === 0) return intFromNumber(range.stop - range.start + 1);
  let found = 0;
  for (
    let i = indexIn(data, needle, range.start, range.stop);
    i >= 0;
    i = indexIn(data, needle, i + needle.length, range.stop)
  )
    found++;
  return intFromNumber(found);
}

const hasFix = (data: Uint8Array, fix: Uint8Array, atEnd: boolean): boolean =>
  range.start <= range.stop &&
  fix.length <= range.stop - range.start &&
  fix.every((b, i) => data[(atEnd ? range.stop - fix.length : range.start) + i] === b);

const fixTest =
  (name: string, atEnd: boolean) =>
  (args: number, n: number): number => {
    const data = view(I32[args]!);
    if (!readRange(args, n, data.length)) return 0;
    const given = I32[args + 1]!;
    if (!isKind(given, L.KIND_TUPLE)) {
      const fix = bufferOf(given);
      if (fix === undefined)
        return raise('TypeError', `${name} first arg must be bytes or a tuple of bytes, not ${typeName(given)}`);
      return H.fromBool(hasFix(data, fix, atEnd));
    }
    for (let i = 0; i < tupleLength(given); i++) {
      const fix = needBuffer(tupleItem(given, i));
      if (fix === undefined) return 0;
      if (hasFix(data, fix, atEnd)) return H.TRUE;
    }
    return H.FALSE;
  };

export const isSpaceByte = (b: number): boolean => b === 32 || (b >= 9 && b <= 13);

function splitSpace(data: Uint8Array, most: number, right: boolean): [number, number][] {
  const out: [number, number][] = [];
  const n = data.length;
  let i = right ? n - 1 : 0;
  const step = right ? -1 : 1;
  for (;;) {
    while (i >= 0 && i < n && isSpaceByte(data[i]!)) i += step;
    if (i < 0 || i >= n) break;
    const from = i;
    if (out.length === most) {
      let k = right ? -1 : n;
      while (isSpaceByte(data[right ? k + 1 : k - 1]!)) k -= step;
      i = right ? -1 : n;
      out.push(right ? [0, from + 1] : [from, n]);
      break;
    }
    while (i >= 0 && i < n && !isSpaceByte(data[i]!)) i += step;
    out.push(right ? [i + 1, from + 1] : [from, i]);
  }
  return right ? out.reverse() : out;
}

function splitBy(data: Buffer, sep: Uint8Array, most: number, right: boolean): [number, number][] {
  const out: [number, number][] = [];
  let low = 0;
  let high = data.length;
  while (out.length !== most) {
    const i = right ? lastIndexIn(data, sep, low, high) : indexIn(data, sep, low, high);
    if (i < 0) break;
    out.push(right ? [i + sep.length, high] : [low, i]);
    if (right) high = i;
    else low = i + sep.length;
  }
  out.push([low, high]);
  return right ? out.reverse() : out;
}

/** A list of the parts [from, to) of self. */
const parts = (self: number, ranges: readonly (readonly [number, number])[]): number =>
  newListFromArray(ranges.map(([from, to]) => like(self, view(self).subarray(from, to))));

const splitter =
  (right: boolean) =>
  (args: number): number => {
    const [self, sep, limit] = [I32[args]!, I32[args + 1]!, I32[args + 2]!];
    const given = limit === 0 ? -1 : indexNumber(limit);
    if (Number.isNaN(given)) return 0;
    const most = given < 0 ? -1 : given;
    if (sep === 0 || sep === H.NONE) return parts(self, splitSpace(view(self), most, right));
    const by = needBuffer(sep);
    if (by === undefined) return 0;
    return by.length === 0 ? raise('ValueError', 'empty separator') : parts(self, splitBy(view(self), by, most, right));
  };

function splitlines(args: number): number {
  const self = I32[args]!;
  const keep = I32[args + 1] === 0 ? 0 : isTrue(I32[args + 1]!);
  if (keep < 0) return 0;
  const data = view(self);
  const out: [number, number][] = [];
  for (let i = 0; i < data.length; ) {
    const from = i;
    while (i < data.length && data[i] !== 10 && data[i] !== 13) i++;
    const end = i;
    if (i < data.length) i += data[i] === 13 && data[i + 1] === 10 ? 2 : 1;
    out.push([from, keep === 1 ? i : end]);
  }
  return parts(self, out);
}

const stripper =
  (left: boolean, right: boolean) =>
  (args: number, n: number): number => {
    const self = I32[args]!;
    const data = view(self);
    const given = n > 1 ? I32[args + 1]! : H.NONE;
    const set = given === H.NONE ? undefined : needBuffer(given);
    if (given !== H.NONE && set === undefined) return 0;
    const strips = (b: number): boolean => (set === undefined ? isSpaceByte(b) : set.includes(b));
    let start = 0;
    let stop = data.length;
    if (left) while (start < stop && strips(data[start]!)) start++;
    if (right) while (stop > start && strips(data[stop - 1]!)) stop--;
    return start === 0 && stop === data.length ? same(self) : like(self, data.subarray(start, stop));
  };

/** Concatenation of the buffers with `gap` between them. */
export function joinBuffers(gap: Uint8Array, list: readonly Uint8Array[]): Uint8Array {
  const total = list.reduce((n, b) => n + b.length, 0) + gap.length * Math.max(0, list.length - 1);
  const out = new Uint8Array(total);
  let at = 0;
  list.forEach((b, i) => {
    if (i > 0) {
      out.set(gap, at);
      at += gap.length;
    }
    out.set(b, at);
    at += b.length;
  });
  return out;
}

function join(args: number): number {
  const list: Uint8Array[] = [];
  let wrong = false;
  const ok = iterate(I32[args + 1]!, (v) => {
    const data = bufferOf(v);
    if (data !== undefined) return void list.push(Uint8Array.from(data));
    raise('TypeError', `sequence item ${list.length}: expected a bytes-like object, ${typeName(v)} found`);
    wrong = true;
    return false;
  });
  return !ok || wrong || pendingException() !== 0
    ? 0
    : like(I32[args]!, joinBuffers(Uint8Array.from(view(I32[args]!)), list));
}

function replaceIn(data: Buffer, old: Uint8Array, by: Uint8Array, most: number): Uint8Array | undefined {
  const list: Uint8Array[] = [];
  let from = 0;
  while (list.length !== most) {
    const at = old.length === 0 ? (list.length === 0 ? 0 : from + 1) : indexIn(data, old, from, data.length);
    if (at < 0 || at > data.length) break;
    list.push(data.subarray(from, at));
    from = at + old.length;
  }
  return list.length === 0 ? undefined : joinBuffers(by, [...list, data.subarray(from)]);
}

function replace(args: number): number {
  const self = I32[args]!;
  const old = needBuffer(I32[args + 1]!);
  const by = old === undefined ? undefined : needBuffer(I32[args + 2]!);
  if (old === undefined || by === undefined) return 0;
  const limit = I32[args + 3] === 0 ? -1 : indexNumber(I32[args + 3]!);
  if (Number.isNaN(limit)) return 0;
  const out = replaceIn(view(self), old, by, limit < 0 ? -1 : limit);
  return out === undefined ? same(self) : like(self, out);
}

const partitioner =
  (right: boolean) =>
  (args: number): number => {
    const self = I32[args]!;
    const sep = needBuffer(I32[args + 1]!);
    if (sep === undefined) return 0;
    if (sep.length === 0) return raise('ValueError', 'empty separator');
    const data = view(self);
    const i = right ? lastIndexIn(data, sep, 0, data.length) : indexIn(data, sep, 0, data.length);
    const none = (): number => like(self, []);
    if (i < 0) return right ? tupleOf(none(), none(), same(self)) : tupleOf(same(self), none(), none());
    return tupleOf(
      like(self, data.subarray(0, i)),
      isByteArray(self) ? like(self, sep) : I32[args + 1]!,
      like(self, data.subarray(i + sep.length)),
    );
  };

const fixRemover =
  (atEnd: boolean) =>
  (args: number): number => {
    const self = I32[args]!;
    const fix = needBuffer(I32[args + 1]!);
    if (fix === undefined) return 0;
    const data = view(self);
    [range.start, range.stop] = [0, data.length];
    if (fix.length === 0 || !hasFix(data, fix, atEnd)) return same(self);
    return like(self, atEnd ? data.subarray(0, data.length - fix.length) : data.subarray(fix.length));
  };

const mapped =
  (f: (b: number, i: number, all: Uint8Array) => number) =>
  (args: number): number => {
    const data = view(I32[args]!);
    return like(
      I32[args]!,
      Uint8Array.from(data, (b, i) => f(b, i, data)),
    );
  };

const isUpper = (b: number): boolean => b >= 65 && b <= 90;
const isLower = (b: number): boolean => b >= 97 && b <= 122;
const isAlpha = (b: number): boolean => isUpper(b) || isLower(b);
const isDigit = (b: number): boolean => b >= 48 && b <= 57;
const lower = (b: number): number => (isUpper(b) ? b + 32 : b);
const upper = (b: number): number => (isLower(b) ? b - 32 : b);

const every =
  (f: (b: number) => boolean) =>
  (data: Uint8Array): boolean =>
    data.length > 0 && data.every(f);

function isTitle(data: Uint8Array): boolean {
  let cased = false;
  let some = false;
  for (const b of data) {
    if ((isUpper(b) && cased) || (isLower(b) && !cased)) return false;
    cased = isAlpha(b);
    some ||= cased;
  }
  return some;
}

const TESTS: Readonly<Record<string, (data: Uint8Array) => boolean>> = {
  isalpha: every(isAlpha),
  isalnum: every((b) => isAlpha(b) || isDigit(b)),
  isdigit: every(isDigit),
  isspace: every(isSpaceByte),
  isascii: (data) => data.every((b) => b < 128),
  islower: (data) => data.some(isLower) && !data.some(isUpper),
  isupper: (data) => data.some(isUpper) && !data.some(isLower),
  istitle: isTitle,
};

const padder =
  (name: string, split: (gap: number, width: number) => number) =>
  (args: number, n: number): number => {
    const self = I32[args]!;
    const width = indexNumber(I32[args + 1]!);
    if (Number.isNaN(width)) return 0;
    const fill = n > 2 ? bufferOf(I32[args + 2]!) : Uint8Array.of(32);
    if (fill === undefined)
      return raise(
        'TypeError',
        `${name}() argument 2 must be a byte string of length 1, not ${argName(I32[args + 2]!)}`,
      );
    if (fill.length !== 1)
      return raise(
        'TypeError',
        `${name}(): argument 2 must be a byte string of length 1, not a ${typeName(I32[args + 2]!)} object of length ${fill.length}`,
      );
    const data = view(self);
    const gap = width - data.length;
    if (gap <= 0) return same(self);
    const out = new Uint8Array(width).fill(fill[0]!);
    out.set(data, split(gap, width));
    return like(self, out);
  };

function zfill(args: number): number {
  const self = I32[args]!;
  const width = indexNumber(I32[args + 1]!);
  if (Number.isNaN(width)) return 0;
  const data = view(self);
  if (width <= data.length) return same(self);
  const out = new Uint8Array(width).fill(48);
  out.set(data, width - data.length);
  if (data[0] === 43 || data[0] === 45) {
    out[width - data.length] = 48;
    out[0] = data[0];
  }
  return like(self, out);
}

function expandtabs(args: number): number {
  const size = I32[args + 1] === 0 ? 8 : indexNumber(I32[args + 1]!);
  if (Number.isNaN(size)) return 0;
  if (size !== (size | 0)) return raise('OverflowError', 'Python int too large to convert to C int');
  const out = new IntVector();
  let column = 0;
  for (const b of view(I32[args]!)) {
    if (b === 9) {
      for (let gap = size > 0 ? size - (column % size) : 0; gap > 0; gap--, column++) out.push(32);
    } else {
      out.push(b);
      column = b === 10 || b === 13 ? 0 : column + 1;
    }
  }
  return like(I32[args]!, out.items());
}

function translate(args: number): number {
  const self = I32[args]!;
  const table = I32[args + 1] === H.NONE ? undefined : needBuffer(I32[args + 1]!);
  if (table === undefined && I32[args + 1] !== H.NONE) return 0;
  if (table !== undefined && table.length !== 256)
    return raise('ValueError', 'translation table must be 256 characters long');
  const drop = I32[args + 2] === 0 ? new Uint8Array(0) : needBuffer(I32[args + 2]!);
  if (drop === undefined) return 0;
  const kept = view(self).filter((b) => !drop.includes(b));
  return like(self, table === undefined ? kept : kept.map((b) => table[b]!));
}

function maketrans(args: number): number {
  const from = needBuffer(I32[args]!);
  const to = from === undefined ? undefined : needBuffer(I32[args + 1]!);
  if (from === undefined || to === undefined) return 0;
  if (from.length !== to.length) return raise('ValueError', 'maketrans arguments must have same length');
  const table = Uint8Array.from({ length: 256 }, (_, i) => i);
  from.forEach((b, i) => (table[b] = to[i]!));
  return bytesFromU8(table);
}

/** Hexadecimal text with a separator after every `every` bytes, counted from the right when positive. */
export function hexText(data: Uint8Array, separator: string, group: number): string {
  const hex = asBuffer(data).toString('hex');
  if (separator === '' || group === 0) return hex;
  const size = Math.abs(group) * 2;
  const out: string[] = [];
  const first = group > 0 ? hex.length % size : 0;
  if (first > 0) out.push(hex.slice(0, first));
  for (let i = first; i < hex.length; i += size) out.push(hex.slice(i, i + size));
  return out.join(separator);
}

/** The hex() method over any data: separator and bytes_per_sep arguments. */
export function hexMethod(data: Uint8Array, sepHandle: number, groupHandle: number): number {
  let separator = '';
  if (sepHandle !== 0) {
    const raw = isStr(sepHandle) ? undefined : bufferOf(sepHandle);
    if (!isStr(sepHandle) && raw === undefined) return raise('TypeError', `sep must be str or bytes.`);
    separator = raw === undefined ? toJS(sepHandle) : asBuffer(raw).toString('latin1');
    if (separator.length !== 1) return raise('ValueError', 'sep must be length 1.');
    if (separator > '\x7f') return raise('ValueError', 'sep must be ASCII.');
  }
  const group = groupHandle === 0 ? 1 : indexNumber(groupHandle);
  return Number.isNaN(group) ? 0 : fromJS(hexText(Uint8Array.from(data), separator, group));
}

const hexDigit = (c: number): number =>
  c >= 48 && c <= 57 ? c - 48 : c >= 65 && c <= 70 ? c - 55 : c >= 97 && c <= 102 ? c - 87 : -1;

/** The bytes of a fromhex argument; undefined with the exception set. */
export function parseHex(h: number): Int32Array | undefined {
  const raw = isStr(h) ? undefined : bufferOf(h);
  if (!isStr(h) && raw === undefined)
    return void raise('TypeError', `fromhex() argument must be str or bytes-like, not ${typeName(h)}`);
  const n = raw === undefined ? strLength(h) : raw.length;
  const at = (i: number): number => (i < n ? (raw === undefined ? strCharAt(h, i) : raw[i]!) : -1);
  const out = new IntVector();
  const wrong = (i: number): undefined =>
    void raise('ValueError', `non-hexadecimal number found in fromhex() arg at position ${i}`);
  for (let i = 0; i < n; i += 2) {
    while (isSpaceByte(at(i))) i++;
    if (i >= n) break;
    const high = hexDigit(at(i));
    if (high < 0) return wrong(i);
    const low = hexDigit(at(i + 1));
    if (low < 0 && i + 1 >= n)
      return void raise('ValueError', 'fromhex() arg must contain an even number of hexadecimal digits');
    if (low < 0) return wrong(i + 1);
    out.push(high * 16 + low);
  }
  return out.items();
}

/** Data up to so long is looked through for what is not ASCII before anything else is tried. */
const SHORT = 64;

function decode(args: number): number {
  const short = I32[args + 1] === 0 && I32[args + 2] === 0 ? shortAscii(I32[args]!) : 0;
  return short !== 0 ? short : decodeAny(args);
}

/** The text of short ASCII data; 0 for other data. */
function shortAscii(h: number): number {
  const n = bytesLength(h);
  const from = bytesStart(h);
  if (n < 2 || n > SHORT || !isBytes(h)) return 0;
  for (let i = 0; i < n; i++) if (U8[from + i]! > 0x7f) return 0;
  const s = newStr(n, 0, STR_ASCII);
  const to = I32[(s >>> 2) + L.STR_DATA]! >>> 0;
  for (let i = 0; i < n; i++) U8[to + i] = U8[from + i]!;
  return s;
}

function decodeAny(args: number): number {
  const encoding = codecName(I32[args + 1]!, 'utf-8', 'decode', 'encoding');
  const errors = encoding === undefined ? undefined : codecName(I32[args + 2]!, 'strict', 'decode', 'errors');
  if (encoding === undefined || errors === undefined) return 0;
  const self = I32[args]!;
  return decodeBytes(isBytes(self) ? self : bytesFromU8(view(self)), view(self), encoding, errors);
}

/** `__buffer__`: any view has all that is asked for by flags. */
export const bufferMethod: MethodRow = [
  '__buffer__',
  (args) => call1(T.typeHandle(T.T_MEMORYVIEW), I32[args]!),
  [1, 1],
];

export const BYTE_METHODS: readonly MethodRow[] = [
  bufferMethod,
  ['find', searcher(false, false), [1, 3]],
  ['rfind', searcher(true, false), [1, 3]],
  ['index', searcher(false, true), [1, 3]],
  ['rindex', searcher(true, true), [1, 3]],
  ['count', count, [1, 3]],
  ['startswith', fixTest('startswith', false), [1, 3]],
  ['endswith', fixTest('endswith', true), [1, 3]],
  ['split', splitter(false), '(sep=None, maxsplit=-1)'],
  ['rsplit', splitter(true), '(sep=None, maxsplit=-1)'],
  ['splitlines', splitlines, '(keepends=False)'],
  ['strip', stripper(true, true), [0, 1]],
  ['lstrip', stripper(true, false), [0, 1]],
  ['rstrip', stripper(false, true), [0, 1]],
  ['join', join, [1, 1]],
  ['replace', replace, '(old, new, count=-1, /)'],
  ['partition', partitioner(false), [1, 1]],
  ['rpartition', partitioner(true), [1, 1]],
  ['removeprefix', fixRemover(false), [1, 1]],
  ['removesuffix', fixRemover(true), [1, 1]],
  ['lower', mapped(lower), [0, 0]],
  ['upper', mapped(upper), [0, 0]],
  ['swapcase', mapped((b) => (isUpper(b) ? lower(b) : upper(b))), [0, 0]],
  ['capitalize', mapped((b, i) => (i === 0 ? upper(b) : lower(b))), [0, 0]],
  ['title', mapped((b, i, all) => (i > 0 && isAlpha(all[i - 1]!) ? lower(b) : upper(b))), [0, 0]],
  ...Object.entries(TESTS).map(
    ([name, test]): MethodRow => [name, (args) => H.fromBool(test(view(I32[args]!))), [0, 0]],
  ),
  ['center', padder('center', (gap, width) => (gap >> 1) + (gap & width & 1)), [1, 2]],
  ['ljust', padder('ljust', () => 0), [1, 2]],
  ['rjust', padder('rjust', (gap) => gap), [1, 2]],
  ['zfill', zfill, [1, 1]],
  ['expandtabs', expandtabs, '(tabsize=8)'],
  ['translate', translate, "(table, /, delete=b'')"],
  ['decode', decode, "(encoding='utf-8', errors='strict')"],
  ['hex', (args) => hexMethod(view(I32[args]!), I32[args + 1]!, I32[args + 2]!), '(sep=0, bytes_per_sep=1)'],
];
export const BYTE_STATIC: readonly MethodRow[] = [['maketrans', maketrans, [2, 2]]];

/** Repeats data n times, into a new object like `self`. */
export function repeatBytes(self: number, n: number): number {
  const data = view(self);
  const total = Math.max(0, n) * data.length;
  if (total > 0x3fffff00) return raiseMemoryError();
  if (isByteArray(self)) return newByteArray(Buffer.alloc(total, data));
  if (n === 1) return same(self);
  const h = newBytes(total);
  if (total > 0) BYTES.fill(Buffer.from(data), bytesStart(h), bytesStart(h) + total);
  return h;
}
