/** What is around the compressed data: zlib's (RFC 1950) and gzip's (RFC 1952) headers and trailers. */
import { adler32, crc32 } from './checksum.js';
import { DataError } from './inflate.js';

export const FORMAT_ZLIB = 0;
export const FORMAT_GZIP = 1;
export const FORMAT_RAW = 2;
/** zlib or gzip, as the header says. */
export const FORMAT_AUTO = 3;

export interface Format {
  readonly format: number;
  /** log2 of the window's size; 0: what the header says. */
  readonly bits: number;
}

/** What `wbits` asks of a decompressor; undefined when it is out of range. */
export function decompressFormat(wbits: number): Format | undefined {
  const format = wbits < 0 ? FORMAT_RAW : wbits < 16 ? FORMAT_ZLIB : wbits < 32 ? FORMAT_GZIP : FORMAT_AUTO;
  const bits = wbits < 0 ? -wbits : wbits & 15;
  if (wbits > 47 || (bits !== 0 || format === FORMAT_RAW ? bits < 8 || bits > 15 : false)) return undefined;
  return { format, bits };
}

/** What `wbits` asks of a compressor. */
export function compressFormat(wbits: number): Format | undefined {
  const format = wbits < 0 ? FORMAT_RAW : wbits < 16 ? FORMAT_ZLIB : FORMAT_GZIP;
  const bits = wbits < 0 ? -wbits : wbits < 16 ? wbits : wbits - 16;
  return bits < 8 || bits > 15 || (bits === 8 && format !== FORMAT_ZLIB) ? undefined : { format, bits };
}

const fastLevel = (level: number, strategy: number): boolean => strategy >= 2 || (level >= 0 && level < 2);

function zlibHeader(bits: number, level: number, strategy: number, dictionary: number | undefined): number[] {
  const effort = fastLevel(level, strategy) ? 0 : level >= 0 && level < 6 ? 1 : level === 6 || level < 0 ? 2 : 3;
  let head = ((8 + ((Math.max(bits, 9) - 8) << 4)) << 8) | (effort << 6) | (dictionary === undefined ? 0 : 0x20);
  head += 31 - (head % 31);
  const out = [head >> 8, head & 255];
  return dictionary === undefined ? out : [...out, ...bigEndian(dictionary)];
}

const bigEndian = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const littleEndian = (n: number): number[] => bigEndian(n).reverse();

/** The header of a new stream; `dictionary`: the checksum of a preset one. */
export function header(f: Format, level: number, strategy: number, dictionary: number | undefined): number[] {
  if (f.format === FORMAT_RAW) return [];
  if (f.format === FORMAT_ZLIB) return zlibHeader(f.bits, level, strategy, dictionary);
  return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, level === 9 ? 2 : fastLevel(level, strategy) ? 4 : 0, 3];
}

export const trailer = (format: number, check: number, total: number): number[] =>
  format === FORMAT_RAW
    ? []
    : format === FORMAT_ZLIB
      ? bigEndian(check)
      : [...littleEndian(check), ...littleEndian(total)];

export const firstCheck = (format: number): number => (format === FORMAT_ZLIB ? 1 : 0);
export const updateCheck = (format: number, data: Uint8Array, check: number): number =>
  format === FORMAT_ZLIB ? adler32(data, check) : format === FORMAT_GZIP ? crc32(data, check) : 0;

export interface Header {
  readonly format: number;
  readonly length: number;
  /** Checksum of the preset dictionary that is needed. */
  readonly dictionary: number | undefined;
}

/** Reads a header; undefined when the data ends within it. */
export function readHeader(f: Format, data: Uint8Array): Header | undefined {
  if (f.format === FORMAT_RAW) return { format: FORMAT_RAW, length: 0, dictionary: undefined };
  if (data.length < 2) return undefined;
  const gzip = data[0] === 0x1f && data[1] === 0x8b;
  if (gzip && f.format !== FORMAT_ZLIB) return readGzip(data);
  if (f.format === FORMAT_GZIP || ((data[0]! << 8) | data[1]!) % 31 !== 0)
    throw new DataError('incorrect header check');
  if ((data[0]! & 15) !== 8) throw new DataError('unknown compression method');
  const bits = (data[0]! >> 4) + 8;
  if (bits > 15 || (f.bits !== 0 && bits > f.bits)) throw new DataError('invalid window size');
  if ((data[1]! & 0x20) === 0) return { format: FORMAT_ZLIB, length: 2, dictionary: undefined };
  if (data.length < 6) return undefined;
  const dictionary = ((data[2]! << 24) | (data[3]! << 16) | (data[4]! << 8) | data[5]!) >>> 0;
  return { format: FORMAT_ZLIB, length: 6, dictionary };
}

function readGzip(data: Uint8Array): Header | undefined {
  if (data.length >= 3 && data[2] !== 8) throw new DataError('unknown compression method');
  if (data.length >= 4 && (data[3]! & 0xe0) !== 0) throw new DataError('unknown header flags set');
  if (data.length < 10) return undefined;
  const flags = data[3]!;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (data[at]! | (data[at + 1]! << 8));
  // Name and comment end with a zero byte.
  for (const bit of [8, 16]) {
    if ((flags & bit) === 0) continue;
    if (!(at < data.length)) return undefined;
    at = data.indexOf(0, at) + 1;
    if (at === 0) return undefined;
  }
  if ((flags & 2) !== 0) {
    if (at + 2 > data.length) return undefined;
    if ((crc32(data.subarray(0, at), 0) & 0xffff) !== (data[at]! | (data[at + 1]! << 8)))
      throw new DataError('header crc mismatch');
    at += 2;
  }
  return at <= data.length ? { format: FORMAT_GZIP, length: at, dictionary: undefined } : undefined;
}

const word = (data: Uint8Array, at: number): number =>
  (data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16) | (data[at + 3]! << 24)) >>> 0;

/** Checks the trailer at the start of `data`: its length, -1 when the data ends within it. */
export function checkTrailer(format: number, data: Uint8Array, check: number, total: number): number {
  if (format === FORMAT_RAW) return 0;
  if (data.length < 4) return -1;
  const given = word(data, 0);
  const swapped = ((given << 24) | ((given & 0xff00) << 8) | ((given >>> 8) & 0xff00) | (given >>> 24)) >>> 0;
  if ((format === FORMAT_ZLIB ? swapped : given) !== check) throw new DataError('incorrect data check');
  if (format === FORMAT_ZLIB) return 4;
  if (data.length < 8) return -1;
  if (word(data, 4) !== total >>> 0) throw new DataError('incorrect length check');
  return 8;
}
