/**
 * Bytes to text for TextIOWrapper, a chunk at a time. The built-in encodings keep their state in words of the wrapper: flags, and the bytes
 * at the chunk's end that do not make a character yet. Their meaning is that of the classes in CPython's `encodings`, as tell() shows it.
 */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { u8 } from '../heap/memory.js';
import { hasIndex, index } from '../objects/abstract.js';
import { bufferOf } from '../objects/byte-buffer.js';
import { bytesData, bytesFromU8, isBytes } from '../objects/bytes.js';
import { decodeBytes } from '../objects/codecs.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromBigInt, intToBigInt } from '../objects/int.js';
import * as L from '../heap/layout.generated.js';
import { isKind, isStr } from '../objects/object.js';
import { toJS } from '../objects/strings.js';
import { tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import { asciiEnd, decodeValid, incompleteTail, scanned, scanUtf8 } from '../objects/utf8.js';
import { read1At } from './io-buffered-read.js';
import { indexOfChar, SEEN_LF, translated, translateNewlines } from './io-newline.js';
import { double, method0, method1, method2, setDouble, setHandle, setWord, word } from './io-object.js';
import { capacityOf, grown, storageData } from './io-storage.js';
import {
  CHUNK,
  CHUNK_SIZE,
  CODEC,
  D_BYTES,
  D_COUNT,
  D_FLAGS,
  DECODER,
  dropStorage,
  dropText,
  ENCODING,
  ERRORS,
  F_HAS_READ1,
  F_READ_TRANSLATE,
  F_READ_UNIVERSAL,
  F_TELLING,
  HELD_CR,
  hasFlag,
  isClosed,
  isPlainReader,
  ownStorage,
  RATIO,
  SEEN,
  SLACK,
  SNAP_FLAGS,
  SNAP_LENGTH,
  SNAP_START,
  setText,
  setTextOf,
  storageFor,
  streamOf,
  TEXT_ASCII,
  textData,
  textLength,
  textShape,
} from './io-text.js';

const U8 = u8;

/** Values of CODEC. */
export const CODEC_OTHER = 0; // of the codecs module
export const CODEC_UTF8 = 1;
export const CODEC_ASCII = 2;
export const CODEC_LATIN1 = 3;
export const CODEC_UTF8_SIG = 4;
export const CODEC_UTF16 = 5;
export const CODEC_UTF32 = 6;
/** With a byte order of its own. */
export const CODEC_UTF16_LE = 7;
export const CODEC_UTF16_BE = 8;
export const CODEC_UTF32_LE = 9;
export const CODEC_UTF32_BE = 10;
/** One byte a character. */
export const CODEC_TABLE = 11;

/** Bytes before a chunk that hold what the last one left over. */
const HEAD = 16;
const FAILED = -1;

/** D_FLAGS of a decoder that has not read anything. */
export const initialFlags = (codec: number): number =>
  codec === CODEC_UTF8_SIG ? 1 : codec === CODEC_UTF16 || codec === CODEC_UTF32 ? 2 : 0;

export function resetDecoder(o: number): void {
  setWord(o, D_FLAGS, initialFlags(word(o, CODEC)));
  setWord(o, D_COUNT, 0);
}

// ---------------------------------------------------------------- built-in decoders

/** Text of the range by the general decoder, which knows error handlers: 1, or 0 with the exception set. */
function decodeGeneral(o: number, from: number, to: number, encoding: string): 1 | 0 {
  const object = bytesFromU8(U8.subarray(from, to));
  const slot = root(object);
  const text = decodeBytes(object, bytesData(object), encoding, toJS(word(o, ERRORS)));
  unroot(slot);
  if (text === 0) return 0;
  setTextOf(o, text);
  return 1;
}

const takeAscii = (o: number, from: number, to: number): 1 => {
  setText(o, word(o, CHUNK), from, to - from, TEXT_ASCII);
  return 1;
};

function decodeUtf8(o: number, from: number, to: number): 1 | 0 {
  if (asciiEnd(from, to) === to) return takeAscii(o, from, to);
  if (!scanUtf8(from, to)) return decodeGeneral(o, from, to, 'utf-8');
  const { count, shift } = scanned;
  const data = storageFor(o, (count << shift) + SLACK);
  decodeValid(from, to, data, shift);
  setText(o, ownStorage(o), data, count, shift);
  return 1;
}

/** Units of `size` bytes that are whole, surrogate pairs kept together: where they end. */
function wholeUnits(from: number, to: number, size: number, big: boolean): number {
  const end = to - ((to - from) % size);
  if (size === 4 || end === from) return end;
  const high = U8[end - (big ? 2 : 1)];
  return high >= 0xd8 && high < 0xdc ? end - 2 : end;
}

/** The byte order that a mark tells, at the start: 0 little, 1 big, -1 none. */
function markAt(from: number, size: number): number {
  const [a, b, c, d] = [U8[from], U8[from + 1], U8[from + 2], U8[from + 3]];
  if (size === 2) return a === 0xff && b === 0xfe ? 0 : a === 0xfe && b === 0xff ? 1 : -1;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return 0;
  return a === 0 && b === 0 && c === 0xfe && d === 0xff ? 1 : -1;
}

const nothing = (o: number): 1 => {
  dropText(o);
  return 1;
};

/** Address up to which the last decode went. */
let decodedTo = 0;

function decodeMarked(o: number, start: number, to: number, size: number, final: boolean): 1 | 0 {
  let from = start;
  const name = size === 2 ? 'utf-16' : 'utf-32';
  if (word(o, D_FLAGS) === 2) {
    if (to - from < size) {
      decodedTo = final ? to : from;
      return final && to > from ? decodeGeneral(o, from, to, name) : nothing(o);
    }
    const mark = markAt(from, size);
    if (mark < 0) return raise('UnicodeError', `${name.toUpperCase()} stream does not start with BOM`) as 0;
    setWord(o, D_FLAGS, mark);
    from += size;
  }
  const big = word(o, D_FLAGS) === 1;
  return decodeUnits(o, from, to, size, big, final);
}

function decodeUnits(o: number, from: number, to: number, size: number, big: boolean, final: boolean): 1 | 0 {
  decodedTo = final ? to : wholeUnits(from, to, size, big);
  if (decodedTo === from) return nothing(o);
  return decodeGeneral(o, from, decodedTo, `utf-${size * 8}-${big ? 'be' : 'le'}`);
}

/** utf-8-sig: a mark at the start is no text. */
function decodeSigned(o: number, start: number, to: number, final: boolean): 1 | 0 {
  let from = start;
  if (word(o, D_FLAGS) === 1) {
    const n = Math.min(3, to - from);
    const marked = [0xef, 0xbb, 0xbf].slice(0, n).every((b, i) => U8[from + i] === b);
    if (marked && n < 3 && !final) {
      decodedTo = from;
      return nothing(o);
    }
    setWord(o, D_FLAGS, 0);
    if (marked && n === 3) from += 3;
  }
  decodedTo = final ? to : to - incompleteTail(from, to);
  return decodeUtf8(o, from, decodedTo);
}

/** Decodes [from, to), which begins with what was left over before; decodedTo is where it ended. */
function decodeBuiltin(o: number, from: number, to: number, final: boolean): 1 | 0 {
  decodedTo = to;
  switch (word(o, CODEC)) {
    case CODEC_UTF8:
      if (!final) decodedTo = to - incompleteTail(from, to);
      return decodeUtf8(o, from, decodedTo);
    case CODEC_ASCII:
      return asciiEnd(from, to) === to ? takeAscii(o, from, to) : decodeGeneral(o, from, to, 'ascii');
    case CODEC_LATIN1:
      setText(o, word(o, CHUNK), from, to - from, asciiEnd(from, to) === to ? TEXT_ASCII : 0);
      return 1;
    case CODEC_UTF8_SIG:
      return decodeSigned(o, from, to, final);
    case CODEC_UTF16:
      return decodeMarked(o, from, to, 2, final);
    case CODEC_UTF32:
      return decodeMarked(o, from, to, 4, final);
    case CODEC_UTF16_LE:
    case CODEC_UTF16_BE:
      return decodeUnits(o, from, to, 2, word(o, CODEC) === CODEC_UTF16_BE, final);
    case CODEC_UTF32_LE:
    case CODEC_UTF32_BE:
      return decodeUnits(o, from, to, 4, word(o, CODEC) === CODEC_UTF32_BE, final);
    default:
      return decodeGeneral(o, from, to, toJS(word(o, ENCODING)));
  }
}

/** Keeps the bytes [from, to) for the next chunk. */
function keepRest(o: number, from: number, to: number): void {
  setWord(o, D_COUNT, to - from);
  const at = (o + D_BYTES * 4) >>> 0;
  for (let i = from; i < to; i++) U8[at + i - from] = U8[i];
}

/** Puts what is kept right before address `start`; where it begins. */
function placeRest(o: number, start: number): number {
  const n = word(o, D_COUNT);
  const at = (o + D_BYTES * 4) >>> 0;
  for (let i = 0; i < n; i++) U8[start - n + i] = U8[at + i];
  return start - n;
}

// ---------------------------------------------------------------- newlines

/** Applies universal newlines to the decoded text. */
function translateText(o: number, final: boolean): void {
  const n = textLength(o);
  const shape = textShape(o);
  const shift = shape & 3;
  const data = textData(o);
  const held = word(o, HELD_CR) === 1 && (final || n > 0);
  const cr = indexOfChar(data, shift, 0, n, 13);
  if (!held && cr < 0) {
    if ((word(o, SEEN) & SEEN_LF) === 0 && indexOfChar(data, shift, 0, n, 10) >= 0)
      setWord(o, SEEN, word(o, SEEN) | SEEN_LF);
    return;
  }
  if (held) setWord(o, HELD_CR, 0);
  let count = n;
  if (!final && n > 0 && indexOfChar(data, shift, n - 1, n, 13) >= 0) {
    setWord(o, HELD_CR, 1);
    count--;
  }
  const target = targetFor(o, data, ((count + 1) << shift) + SLACK);
  translateNewlines(data, shift, count, held, target, hasFlag(o, F_READ_TRANSLATE));
  setWord(o, SEEN, word(o, SEEN) | translated.seen);
  setText(o, ownStorage(o), target, translated.count, shape);
}

/** Memory to translate into: what is read is not overwritten before it is read, as text gets shorter, but by a held '\r'. */
function targetFor(o: number, data: number, n: number): number {
  const owner = ownStorage(o);
  const inside = owner !== 0 && data >= storageData(owner) && data < storageData(owner) + capacityOf(owner);
  if (inside) dropStorage(o);
  return storageFor(o, n);
}

// ---------------------------------------------------------------- decoders of the codecs module

/** (bytes, flags) of decoder.getstate(); undefined with the exception set. */
export function decoderState(decoder: number): { rest: number; flags: bigint } | undefined {
  const state = method0(decoder, 'getstate');
  if (state === 0) return undefined;
  if (!isKind(state, L.KIND_TUPLE) || tupleLength(state) !== 2) return void raise('TypeError', 'illegal decoder state');
  const rest = tupleItem(state, 0);
  if (!isBytes(rest))
    return void raise(
      'TypeError',
      `illegal decoder state: the first item should be a bytes object, not '${typeName(rest)}'`,
    );
  if (!hasIndex(tupleItem(state, 1))) return void raise('TypeError', 'illegal decoder state');
  const slot = root(rest);
  const flags = index(tupleItem(state, 1));
  unroot(slot);
  return flags === 0 ? undefined : { rest, flags: intToBigInt(flags) };
}

/** decoder.decode(input, final) as the decoded text: 1, or 0 with the exception set. */
function decodeByObject(o: number, input: number, final: boolean): 1 | 0 {
  const text = method2(word(o, DECODER), 'decode', input, H.fromBool(final));
  if (text === 0) return 0;
  if (!isStr(text)) return raise('TypeError', `decoder should return a string result, not '${typeName(text)}'`) as 0;
  setTextOf(o, text);
  return 1;
}

// ---------------------------------------------------------------- one interface for both

/** Decodes n bytes at `at`, which are behind what is left over: 1, or 0 with the exception set. */
export function decodeRange(o: number, at: number, n: number, final: boolean): 1 | 0 {
  if (word(o, DECODER) !== 0) {
    if (decodeByObject(o, bytesFromU8(U8.subarray(at, at + n)), final) === 0) return 0;
  } else {
    const from = placeRest(o, at);
    if (decodeBuiltin(o, from, at + n, final) === 0) return 0;
    keepRest(o, decodedTo, at + n);
  }
  if (hasFlag(o, F_READ_UNIVERSAL)) translateText(o, final);
  return 1;
}

export interface DecoderState {
  /** Bytes left over. */
  readonly rest: Uint8Array;
  readonly flags: bigint;
}

/** State as tell() sees it: with universal newlines the held '\r' is the lowest bit. */
export function getState(o: number): DecoderState | undefined {
  let rest: Uint8Array;
  let flags: bigint;
  if (word(o, DECODER) !== 0) {
    const state = decoderState(word(o, DECODER));
    if (state === undefined) return undefined;
    rest = Uint8Array.from(bytesData(state.rest));
    flags = state.flags;
  } else {
    const at = (o + D_BYTES * 4) >>> 0;
    rest = Uint8Array.from(U8.subarray(at, at + word(o, D_COUNT)));
    flags = BigInt(word(o, D_FLAGS));
  }
  if (hasFlag(o, F_READ_UNIVERSAL)) flags = (flags << 1n) | BigInt(word(o, HELD_CR));
  return { rest, flags };
}

/** Sets the state: 1, or 0 with the exception set. */
export function setState(o: number, state: DecoderState): 1 | 0 {
  let flags = state.flags;
  if (hasFlag(o, F_READ_UNIVERSAL)) {
    setWord(o, HELD_CR, Number(flags & 1n));
    flags >>= 1n;
  }
  if (word(o, DECODER) !== 0) {
    const tuple = tupleOf(bytesFromU8(state.rest), intFromBigInt(flags));
    return method1(word(o, DECODER), 'setstate', tuple) === 0 ? 0 : 1;
  }
  setWord(o, D_FLAGS, Number(flags & 0xffn));
  setWord(o, D_COUNT, state.rest.length);
  U8.set(state.rest, (o + D_BYTES * 4) >>> 0);
  return 1;
}

/** Back to the start: 1, or 0 with the exception set. */
export function resetState(o: number): 1 | 0 {
  setWord(o, HELD_CR, 0);
  if (hasFlag(o, F_READ_UNIVERSAL)) setWord(o, SEEN, 0);
  if (word(o, DECODER) !== 0) return method0(word(o, DECODER), 'reset') === 0 ? 0 : 1;
  resetDecoder(o);
  return 1;
}

// ---------------------------------------------------------------- chunks

/** Room before the chunk. */
let head = HEAD;

/** Memory for a chunk of n bytes: the address of its first. */
function chunkMemory(o: number, n: number): number {
  const made = grown(word(o, CHUNK), 0, n + head);
  if (made !== word(o, CHUNK)) setHandle(o, CHUNK, made);
  return storageData(made) + head;
}

/** Brings bytes into the chunk's memory, behind room for what is left over: their address there. */
export function copyToChunk(o: number, data: number): number {
  head = HEAD;
  const view = bytesData(data);
  const at = chunkMemory(o, view.length);
  U8.set(view, at);
  return at;
}

/** Reads up to n bytes into the chunk's memory: the number, FAILED with the exception set. Where they are: chunkAt. */
let chunkAt = 0;
function readBytes(o: number, n: number): number {
  const s = streamOf(o);
  if (isPlainReader(s) && isClosed(o) === 0) {
    chunkAt = chunkMemory(o, n);
    return read1At(s, chunkAt, n);
  }
  const method = hasFlag(o, F_HAS_READ1) ? 'read1' : 'read';
  const data = method1(s, method, H.small(n));
  if (data === 0) return FAILED;
  const view = bufferOf(data);
  if (view === undefined)
    return (
      raise('TypeError', `underlying ${method}() should have returned a bytes-like object, not '${typeName(data)}'`) - 1
    );
  chunkAt = chunkMemory(o, view.length);
  U8.set(bufferOf(data)!, chunkAt);
  return view.length;
}

/** The chunk with what was left over before it, for tell(). */
function takeSnapshot(o: number, at: number, before: DecoderState, n: number): void {
  const { rest, flags } = before;
  U8.set(rest, at - rest.length);
  setDouble(o, SNAP_FLAGS, Number(flags));
  setWord(o, SNAP_START, at - rest.length);
  setWord(o, SNAP_LENGTH, rest.length + n);
}

export const dropSnapshot = (o: number): void => setWord(o, SNAP_LENGTH, -1);

/** Reads and decodes the next chunk; `hint` characters are wanted. 1, 0 at the end, FAILED with the exception set. */
export function readChunk(o: number, hint: number): number {
  const telling = hasFlag(o, F_TELLING);
  const before = telling ? getState(o) : undefined;
  if (telling && before === undefined) return FAILED;
  head = Math.max(HEAD, before?.rest.length ?? 0);
  const wanted = hint > 0 ? Math.floor(Math.max(double(o, RATIO), 1) * hint) : 0;
  const n = readBytes(o, Math.max(word(o, CHUNK_SIZE), Math.min(wanted, 0x3fffffff)));
  if (n < 0) return FAILED;
  const at = chunkAt;
  if (decodeRange(o, at, n, n === 0) === 0) return FAILED;
  if (before !== undefined) takeSnapshot(o, at, before, n);
  const characters = textLength(o);
  setDouble(o, RATIO, characters > 0 ? n / characters : 0);
  return n > 0 || characters > 0 ? 1 : 0;
}
