/** Encodings: utf-8, ascii, latin-1, utf-16, utf-32, cp1252. Names are looked up as CPython normalises them. */
import { later } from './later.js';
import { IntVector } from './int-vector.js';
import { bytes as BYTES, u8 } from '../heap/memory.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { type CodecRun, decodeFault, encodeFault, raiseUnicode } from './codec-errors.js';
import { bytesData, bytesFromU8 } from './bytes.js';
import { raise } from './exceptions.js';
import { fromCodePoints, isAscii, shiftOf } from './str.js';
import { EMPTY, newStr, STR_ASCII, strCharAt, strLength } from './strings.js';
import * as H from '../heap/handles.js';

const I32 = i32;
const U8 = u8;

type Decode = (run: CodecRun, data: Uint8Array) => number;
type Encode = (run: CodecRun, h: number) => Uint8Array | undefined;

/** Code points of a string. */
export function codePoints(h: number): Uint32Array {
  const n = strLength(h);
  const points = new Uint32Array(n);
  for (let i = 0; i < n; i++) points[i] = strCharAt(h, i);
  return points;
}

/** A string of bytes read as Latin-1. */
export function fromLatin1(data: Uint8Array, ascii: boolean): number {
  if (data.length === 0) return EMPTY;
  if (data.length === 1) return H.char(data[0]!);
  const s = newStr(data.length, 0, ascii ? STR_ASCII : 0);
  U8.set(data, I32[(s >>> 2) + L.STR_DATA]! >>> 0);
  return s;
}

function asciiPrefix(data: Uint8Array): number {
  let i = 0;
  while (i < data.length && data[i]! < 128) i++;
  return i;
}

/** Bytes a UTF-8 sequence starting with `b` has; 0 for what cannot start one. */
const sequenceLength = (b: number): number =>
  b < 0x80 ? 1 : b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;

/** May `c` be the second byte after `b`? */
function goodSecond(b: number, c: number, surrogates: boolean): boolean {
  if (b === 0xe0) return c >= 0xa0 && c < 0xc0;
  if (b === 0xed && !surrogates) return c >= 0x80 && c < 0xa0;
  if (b === 0xf0) return c >= 0x90 && c < 0xc0;
  if (b === 0xf4) return c >= 0x80 && c < 0x90;
  return c >= 0x80 && c < 0xc0;
}

/** Good bytes of the sequence of `need` at i. */
function goodBytes(data: Uint8Array, i: number, need: number, surrogates: boolean): number {
  let k = 1;
  while (k < need && i + k < data.length) {
    const c = data[i + k]!;
    if (k === 1 ? !goodSecond(data[i]!, c, surrogates) : c < 0x80 || c >= 0xc0) break;
    k++;
  }
  return k;
}

function decodeUtf8(run: CodecRun, data: Uint8Array): number {
  if (asciiPrefix(data) === data.length) return fromLatin1(data, true);
  const out = new IntVector();
  let i = 0;
  while (i < data.length) {
    const b = data[i]!;
    const need = sequenceLength(b);
    const have = need === 0 ? 1 : goodBytes(data, i, need, run.errors === 'surrogatepass' && i + 2 < data.length);
    if (need !== have) {
      if (run.partial && need !== 0 && i + have >= data.length) break;
      const reason =
        need === 0
          ? 'invalid start byte'
          : i + have >= data.length
            ? 'unexpected end of data'
            : 'invalid continuation byte';
      const fix = decodeFault(run, data, i, i + have, reason);
      if (fix === undefined) return 0;
      out.pushAll(fix.points);
      i = fix.next;
    } else {
      let c = need === 1 ? b : b & (0x7f >> need);
      for (let k = 1; k < need; k++) c = (c << 6) | (data[i + k]! & 63);
      out.push(c);
      i += have;
    }
  }
  run.consumed = i;
  return fromCodePoints(out.items());
}

function decodeAscii(run: CodecRun, data: Uint8Array): number {
  if (asciiPrefix(data) === data.length) return fromLatin1(data, true);
  return decodeEach(run, data, (b) => (b < 128 ? b : -1), 'ordinal not in range(128)');
}

function decodeEach(run: CodecRun, data: Uint8Array, map: (b: number) => number, reason: string): number {
  const out = new IntVector();
  for (let i = 0; i < data.length; ) {
    const c = map(data[i]!);
    if (c >= 0) {
      out.push(c);
      i++;
      continue;
    }
    const fix = decodeFault(run, data, i, i + 1, reason);
    if (fix === undefined) return 0;
    out.pushAll(fix.points);
    i = fix.next;
  }
  return fromCodePoints(out.items());
}

/** Appends bytes to a growing array. */
class ByteSink {
  data = new Uint8Array(64);
  length = 0;
  push(b: number): void {
    if (this.length === this.data.length) {
      const larger = new Uint8Array(this.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length++] = b;
  }
  result(): Uint8Array {
    return this.data.subarray(0, this.length);
  }
}

/** Encodes character by character; `put` returns false for what the encoding lacks. Neighbouring faults are handled as one. */
function encodeEach(
  run: CodecRun,
  h: number,
  put: (sink: ByteSink, c: number) => boolean,
  reason: string,
): Uint8Array | undefined {
  const points = codePoints(h);
  const sink = new ByteSink();
  for (let i = 0; i < points.length; ) {
    if (put(sink, points[i]!)) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < points.length && !put(new ByteSink(), points[end]!)) end++;
    const fix = encodeFault(run, points, i, end, reason);
    if (fix === undefined) return undefined;
    for (const b of fix.bytes ?? []) sink.push(b);
    for (const c of fix.points ?? []) {
      if (put(sink, c)) continue;
      raiseUnicode('UnicodeEncodeError', run.encoding, run.object, i, end, reason);
      return undefined;
    }
    i = fix.next;
  }
  return sink.result();
}

function putUtf8(sink: ByteSink, c: number, surrogates: boolean): boolean {
  if (c < 0x80) sink.push(c);
  else if (c < 0x800) {
    sink.push(0xc0 | (c >> 6));
    sink.push(0x80 | (c & 63));
  } else if (c < 0x10000) {
    if (c >= 0xd800 && c < 0xe000 && !surrogates) return false;
    sink.push(0xe0 | (c >> 12));
    sink.push(0x80 | ((c >> 6) & 63));
    sink.push(0x80 | (c & 63));
  } else {
    sink.push(0xf0 | (c >> 18));
    sink.push(0x80 | ((c >> 12) & 63));
    sink.push(0x80 | ((c >> 6) & 63));
    sink.push(0x80 | (c & 63));
  }
  return true;
}

/** The characters of a string of one byte a character. */
function latin1Of(h: number): Uint8Array {
  if ((h & 7) !== 0) return Uint8Array.of(H.charCode(h));
  const at = I32[(h >>> 2) + L.STR_DATA]! >>> 0;
  return BYTES.subarray(at, at + strLength(h));
}

const encodeUtf8: Encode = (run, h) =>
  isAscii(h)
    ? latin1Of(h)
    : encodeEach(run, h, (s, c) => putUtf8(s, c, run.errors === 'surrogatepass'), 'surrogates not allowed');

const putBelow =
  (limit: number) =>
  (sink: ByteSink, c: number): boolean => {
    if (c >= limit) return false;
    sink.push(c);
    return true;
  };

const encodeAscii: Encode = (run, h) =>
  isAscii(h) ? latin1Of(h) : encodeEach(run, h, putBelow(128), 'ordinal not in range(128)');
const encodeLatin1: Encode = (run, h) =>
  shiftOf(h) === 0 ? latin1Of(h) : encodeEach(run, h, putBelow(256), 'ordinal not in range(256)');

const CP1252 = [
  0x20ac, -1, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, -1, 0x17d, -1, -1,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, -1, 0x17e, 0x178,
];

function putCp1252(sink: ByteSink, c: number): boolean {
  const high = c >= 0x80 ? CP1252.indexOf(c) : -1;
  if (high < 0 && (c > 0xff || (c >= 0x80 && c < 0xa0))) return false;
  sink.push(high >= 0 ? 0x80 + high : c);
  return true;
}

/** UTF-16 or UTF-32 units: bytes a unit, byte order. */
function putUnit(sink: ByteSink, unit: number, size: number, big: boolean): void {
  for (let k = 0; k < size; k++) sink.push((unit >>> (8 * (big ? size - 1 - k : k))) & 255);
}

const wideEncoder =
  (size: 2 | 4, big: boolean, mark: boolean): Encode =>
  (run, h) => {
    const put = (sink: ByteSink, c: number): boolean => {
      if (c >= 0xd800 && c < 0xe000 && run.errors !== 'surrogatepass') return false;
      if (size === 2 && c > 0xffff) {
        putUnit(sink, 0xd800 + ((c - 0x10000) >> 10), 2, big);
        putUnit(sink, 0xdc00 + ((c - 0x10000) & 0x3ff), 2, big);
      } else putUnit(sink, c, size, big);
      return true;
    };
    const body = encodeEach(run, h, put, 'surrogates not allowed');
    if (body === undefined || !mark) return body;
    return Uint8Array.from([...(size === 2 ? [0xff, 0xfe] : [0xff, 0xfe, 0, 0]), ...body]);
  };

/** Reads a unit of `size` bytes. */
function unitAt(data: Uint8Array, i: number, size: number, big: boolean): number {
  let unit = 0;
  for (let k = 0; k < size; k++) unit = unit * 256 + data[i + (big ? k : size - 1 - k)]!;
  return unit;
}

/** Fault of the UTF-16 unit at i, if any: [end, reason]. */
function fault16(run: CodecRun, data: Uint8Array, i: number, big: boolean): [number, string] | undefined {
  if (i + 2 > data.length) return [data.length, 'truncated data'];
  const unit = unitAt(data, i, 2, big);
  if (unit < 0xd800 || unit >= 0xe000 || run.errors === 'surrogatepass') return undefined;
  if (unit >= 0xdc00) return [i + 2, 'illegal encoding'];
  if (i + 4 > data.length) return [data.length, 'unexpected end of data'];
  return (unitAt(data, i + 2, 2, big) & 0xfc00) === 0xdc00 ? undefined : [i + 2, 'illegal UTF-16 surrogate'];
}

function fault32(run: CodecRun, data: Uint8Array, i: number, big: boolean): [number, string] | undefined {
  if (i + 4 > data.length) return [data.length, 'truncated data'];
  const c = unitAt(data, i, 4, big);
  if (c > 0x10ffff) return [i + 4, 'code point not in range(0x110000)'];
  return c >= 0xd800 && c < 0xe000 && run.errors !== 'surrogatepass'
    ? [i + 4, 'code point in surrogate code point range(0xd800, 0xe000)']
    : undefined;
}

const wideDecoder =
  (size: 2 | 4, order: boolean | undefined): Decode =>
  (run, data) => {
    let big = order ?? (run.order ?? 0) > 0;
    let i = 0;
    if (order === undefined && (run.order ?? 0) === 0 && data.length >= size) {
      const mark = unitAt(data, 0, size, false);
      if (mark === 0xfeff) [i, run.order] = [size, -1];
      else if (unitAt(data, 0, size, true) === 0xfeff) [i, big, run.order] = [size, true, 1];
    }
    const named = { ...run, encoding: `utf-${size * 8}-${big ? 'be' : 'le'}` };
    const out = new IntVector();
    while (i < data.length) {
      const fault = size === 2 ? fault16(run, data, i, big) : fault32(run, data, i, big);
      if (fault !== undefined) {
        if (
          run.partial &&
          fault[0] === data.length &&
          (fault[1] === 'truncated data' || fault[1] === 'unexpected end of data')
        )
          break;
        const fix = decodeFault(named, data, i, fault[0], fault[1]);
        if (fix === undefined) return 0;
        out.pushAll(fix.points);
        i = fix.next;
        continue;
      }
      const unit = unitAt(data, i, size, big);
      i += size;
      if (
        size === 2 &&
        (unit & 0xfc00) === 0xd800 &&
        i + 2 <= data.length &&
        (unitAt(data, i, 2, big) & 0xfc00) === 0xdc00
      ) {
        out.push(0x10000 + ((unit & 0x3ff) << 10) + (unitAt(data, i, 2, big) & 0x3ff));
        i += 2;
      } else out.push(unit);
    }
    run.consumed = i;
    return fromCodePoints(out.items());
  };

export interface Codec {
  /** Name in messages. */
  readonly name: string;
  readonly decode: Decode;
  readonly encode: Encode;
}

const withSignature: Codec = {
  name: 'utf-8-sig',
  decode: (run, data) =>
    decodeUtf8(
      { ...run, encoding: 'utf-8' },
      data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data,
    ),
  encode: (run, h) => {
    const body = encodeUtf8({ ...run, encoding: 'utf-8' }, h);
    return body === undefined ? undefined : Uint8Array.from([0xef, 0xbb, 0xbf, ...body]);
  },
};

const UTF8: Codec = { name: 'utf-8', decode: decodeUtf8, encode: encodeUtf8 };
const ROWS: readonly (readonly [string, Codec])[] = [
  ['utf-8 utf8 u8 utf cp65001', UTF8],
  ['ascii us-ascii 646 646-us iso646-us ansi-x3.4-1968', { name: 'ascii', decode: decodeAscii, encode: encodeAscii }],
  [
    'latin-1 latin1 latin l1 iso-8859-1 iso8859-1 8859 cp819 iso8859',
    { name: 'latin-1', decode: (_, data) => fromLatin1(data, asciiPrefix(data) === data.length), encode: encodeLatin1 },
  ],
  ['utf-8-sig', withSignature],
  [
    'cp1252 windows-1252 1252',
    {
      name: 'charmap',
      decode: (run, data) =>
        decodeEach(run, data, (b) => (b >= 0x80 && b < 0xa0 ? CP1252[b - 0x80]! : b), 'character maps to <undefined>'),
      encode: (run, h) => encodeEach(run, h, putCp1252, 'character maps to <undefined>'),
    },
  ],
  ['utf-16 utf16 u16', { name: 'utf-16', decode: wideDecoder(2, undefined), encode: wideEncoder(2, false, true) }],
  ['utf-16-le utf-16le', { name: 'utf-16-le', decode: wideDecoder(2, false), encode: wideEncoder(2, false, false) }],
  ['utf-16-be utf-16be', { name: 'utf-16-be', decode: wideDecoder(2, true), encode: wideEncoder(2, true, false) }],
  ['utf-32 utf32 u32', { name: 'utf-32', decode: wideDecoder(4, undefined), encode: wideEncoder(4, false, true) }],
  ['utf-32-le utf-32le', { name: 'utf-32-le', decode: wideDecoder(4, false), encode: wideEncoder(4, false, false) }],
  ['utf-32-be utf-32be', { name: 'utf-32-be', decode: wideDecoder(4, true), encode: wideEncoder(4, true, false) }],
];

const codecs = new Map<string, Codec>(
  ROWS.flatMap(([names, codec]) => names.split(' ').map((name): [string, Codec] => [name, codec])),
);

/** The codec of that name; undefined when there is none. */
export const findCodec = (name: string): Codec | undefined =>
  codecs.get(name) ?? codecs.get(name.toLowerCase().replace(/[_ ]/g, '-'));

type Convert = (from: number, name: string, errors: string) => number;

const unknownEncoding: Convert = (_from, name) => raise('LookupError', `unknown encoding: ${name}`);

/** Codecs of programs and of the package encodings; set by lib/modules/_codecs.ts. */
export const registryHook = {
  /** The str of bytes `object`; 0 with the exception set. */
  decode: later((): Convert => registryHook.decode, unknownEncoding),
  /** The bytes object of a str. */
  encode: later((): Convert => registryHook.encode, unknownEncoding),
};

/** The str that `data` encodes; `object` is the bytes handle for errors. 0 with the exception set. */
export function decodeBytes(object: number, data: Uint8Array, encoding: string, errors: string): number {
  const codec = findCodec(encoding);
  if (codec === undefined) return registryHook.decode(object === 0 ? bytesFromU8(data) : object, encoding, errors);
  return codec.decode({ encoding: codec.name, errors, object }, data);
}

/** The bytes of string `h`, maybe a view of the space; undefined with the exception set. */
export function encodeStr(h: number, encoding: string, errors: string): Uint8Array | undefined {
  const codec = findCodec(encoding);
  if (codec !== undefined) return codec.encode({ encoding: codec.name, errors, object: h }, h);
  const made = registryHook.encode(h, encoding, errors);
  return made === 0 ? undefined : bytesData(made);
}
