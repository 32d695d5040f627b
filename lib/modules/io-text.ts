/**
 * TextIOWrapper: state, and the decoded text that waits in it.
 *
 * The wrapper reads a chunk of bytes into its own memory, decodes it there, and lines are copied out of that. Decoded text is a range of
 * characters of 1, 2 or 4 bytes: of the chunk itself when it is ASCII, of a second BUFFER otherwise, or of a str that a decoder written
 * in Python gave. Nothing of this is visible to programs, so the memory is used again for the next chunk.
 */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32, u16, u32, u8 } from '../heap/memory.js';
import { raise } from '../objects/exceptions.js';
import { EMPTY, newStr, STR_ASCII, strLength, widthShift } from '../objects/strings.js';
import { isOwned } from '../objects/sync.js';
import { asciiEnd } from '../objects/utf8.js';
import { isClosed as bufferedClosed, onFile } from './io-buffered.js';
import { enter, leave } from './io-lock.js';
import {
  attributeTruth,
  closedError,
  isExactly,
  newIo,
  plainWords,
  setHandle,
  setWord,
  T_BUFFERED_RANDOM,
  T_BUFFERED_READER,
  T_BUFFERED_WRITER,
  word,
} from './io-object.js';
import { grown, newStorage, storageData } from './io-storage.js';

const I32 = i32;
const U8 = u8;
const U16 = u16;
const U32 = u32;
const SPACE = atomics;

/** The buffered stream below. */
export const STREAM = L.RECORD_ITEMS;
export const ENCODING = L.RECORD_ITEMS + 1;
export const ERRORS = L.RECORD_ITEMS + 2;
/** Objects of the codecs module, for encodings that are not built in; 0 otherwise. */
export const DECODER = L.RECORD_ITEMS + 3;
export const ENCODER = L.RECORD_ITEMS + 4;
/** The newline argument: a str, or 0 for None. */
export const NEWLINE = L.RECORD_ITEMS + 5;
/** BUFFER with the bytes of the last chunk. */
export const CHUNK = L.RECORD_ITEMS + 6;
/** What the decoded text lies in. */
const TEXT = L.RECORD_ITEMS + 7;
/** BUFFER that is decoded into. */
const STORAGE = L.RECORD_ITEMS + 8;
/** BUFFER with encoded bytes that are to be written. */
export const PENDING = L.RECORD_ITEMS + 9;
const HANDLES = 10;

/** Doubles: decoder's flags at the chunk's start; bytes a character takes. */
export const SNAP_FLAGS = plainWords(HANDLES);
export const RATIO = SNAP_FLAGS + 2;
/** The chunk for tell(): address and length; length -1: none. */
export const SNAP_START = RATIO + 2;
export const SNAP_LENGTH = RATIO + 3;
const DATA = RATIO + 4;
const LENGTH = RATIO + 5;
const USED = RATIO + 6;
/** log2 of a character's bytes, TEXT_ASCII. */
const SHAPE = RATIO + 7;
export const PENDING_COUNT = RATIO + 8;
export const CHUNK_SIZE = RATIO + 9;
export const FLAGS = RATIO + 10;
export const CODEC = RATIO + 11;
/** State of the built-in decoders: flags, undecoded bytes and their number; see io-text-decode.ts. */
export const D_FLAGS = RATIO + 12;
export const D_COUNT = RATIO + 13;
export const D_BYTES = RATIO + 14;
/** A '\r' that waits for what follows; kinds of newlines seen. */
export const HELD_CR = RATIO + 16;
export const SEEN = RATIO + 17;
const LOCK = RATIO + 18;
const WORDS = 24;

export const TEXT_ASCII = 4;

/** FLAGS. */
export const F_OK = 1;
export const F_DETACHED = 2;
export const F_LINE_BUFFERING = 4;
export const F_WRITE_THROUGH = 8;
/** Newlines of all kinds end lines; they become '\n'. */
export const F_READ_UNIVERSAL = 16;
export const F_READ_TRANSLATE = 32;
/** '\n' becomes the line separator, which is '\r' or '\r\n'. */
export const F_WRITE_TRANSLATE = 64;
export const F_SEEKABLE = 128;
export const F_HAS_READ1 = 256;
/** tell() may be asked: no iteration is on its way. */
export const F_TELLING = 512;
/** There is a decoder, an encoder. */
export const F_READS = 1024;
export const F_WRITES = 2048;
/** Nothing was encoded yet: a byte order mark is due. */
export const F_START = 4096;
/** One of sys.stdin, sys.stdout, sys.stderr: stays open to the end. */
export const F_STANDARD = 8192;

export const newText = (type: number): number => newIo(type, HANDLES, WORDS);

export const flagsOf = (o: number): number => word(o, FLAGS);
export const hasFlag = (o: number, flag: number): boolean => (word(o, FLAGS) & flag) !== 0;
export function setFlag(o: number, flag: number, on: boolean): void {
  setWord(o, FLAGS, on ? word(o, FLAGS) | flag : word(o, FLAGS) & ~flag);
}
export const streamOf = (o: number): number => word(o, STREAM);

/** Is it known to this thread alone, not at work, and has nothing to write first? */
export const isIdle = (o: number): boolean => isOwned(o) && word(o, LOCK) === 0 && word(o, PENDING_COUNT) === 0;
export const begin = (o: number): 1 | 0 => enter(o, LOCK);
export const end = (o: number, value: number): number => leave(o, LOCK, value);

/** Is the stream below one that can be worked on without calls: exact, over an exact FileIO? */
export function isPlainReader(s: number): boolean {
  return (isExactly(s, T_BUFFERED_READER) || isExactly(s, T_BUFFERED_RANDOM)) && onFile(s);
}
export function isPlainWriter(s: number): boolean {
  return (isExactly(s, T_BUFFERED_WRITER) || isExactly(s, T_BUFFERED_RANDOM)) && onFile(s);
}
const isPlain = (s: number): boolean => isPlainReader(s) || isPlainWriter(s);

/** 1 when it is set up and attached; 0 with ValueError set. */
export function attached(o: number): 1 | 0 {
  if (hasFlag(o, F_OK)) return 1;
  const what = hasFlag(o, F_DETACHED) ? 'underlying buffer has been detached' : 'I/O operation on uninitialized object';
  return raise('ValueError', what) as 0;
}

/** Is the stream below closed? -1 with the exception set. */
export const isClosed = (o: number): number =>
  isPlain(streamOf(o)) ? bufferedClosed(streamOf(o)) : attributeTruth(streamOf(o), 'closed');

/** 1 when it is attached and open; 0 with ValueError set. */
export function usable(o: number): 1 | 0 {
  if (attached(o) === 0) return 0;
  const closed = isClosed(o);
  return closed === 0 ? 1 : closed < 0 ? 0 : closedError();
}

// ---------------------------------------------------------------- decoded text

export const textLength = (o: number): number => word(o, LENGTH);
export const textUsed = (o: number): number => word(o, USED);
export const setUsed = (o: number, used: number): void => setWord(o, USED, used);
export const textLeft = (o: number): number => word(o, LENGTH) - word(o, USED);
export const textData = (o: number): number => word(o, DATA) >>> 0;
export const textShape = (o: number): number => word(o, SHAPE);

/** The decoded text is `length` characters at `data`, which lie in object `owner`. */
export function setText(o: number, owner: number, data: number, length: number, shape: number): void {
  setHandle(o, TEXT, owner);
  setWord(o, DATA, data | 0);
  setWord(o, LENGTH, length);
  setWord(o, USED, 0);
  setWord(o, SHAPE, shape);
}

export const dropText = (o: number): void => setText(o, 0, 0, 0, 0);

/** The decoded text is that of a str. */
export function setTextOf(o: number, h: number): void {
  if ((h & 7) === 0) {
    const head = I32[h >>> 2];
    const shape = widthShift(head) | ((head & STR_ASCII) !== 0 ? TEXT_ASCII : 0);
    setText(o, h, I32[(h >>> 2) + L.STR_DATA], strLength(h), shape);
    return;
  }
  const data = storageFor(o, 4);
  U32[data >>> 2] = H.charCode(h);
  setText(o, word(o, STORAGE), data, 1, 2);
}

/** Memory for n bytes of decoded text: its address. */
export function storageFor(o: number, n: number): number {
  const old = word(o, STORAGE);
  const made = old === 0 ? newStorage(Math.max(n, 1024)) : grown(old, 0, n);
  if (made !== old) setHandle(o, STORAGE, made);
  return (storageData(made) + 7) & ~7;
}

/** Room that storageFor may need beside n bytes, for alignment. */
export const SLACK = 8;
/** The next text is decoded into other memory: the present one may still be read. */
export const dropStorage = (o: number): void => setHandle(o, STORAGE, 0);
export const ownStorage = (o: number): number => word(o, STORAGE);

/** Runs `run` with decoded text of its own; what it decoded is dropped. */
export function withScratchText(o: number, run: () => number): number {
  const words = [TEXT, STORAGE, DATA, LENGTH, USED, SHAPE].map((w) => word(o, w));
  setHandle(o, STORAGE, 0);
  const r = run();
  [TEXT, STORAGE, DATA, LENGTH, USED, SHAPE].forEach((w, i) => {
    if (w === TEXT || w === STORAGE) setHandle(o, w, words[i]);
    else setWord(o, w, words[i]);
  });
  return r;
}

/** Largest code point in [from, to) of wide text, as log2 of the bytes it needs; 3 when all are ASCII. */
function widthOf(data: number, shift: number, from: number, to: number): number {
  let bits = 0;
  if (shift === 1) for (let i = (data >>> 1) + from; i < (data >>> 1) + to; i++) bits |= U16[i];
  else for (let i = (data >>> 2) + from; i < (data >>> 2) + to; i++) bits |= U32[i];
  return bits < 0x80 ? 3 : bits < 0x100 ? 0 : bits < 0x10000 ? 1 : 2;
}

const codeAt = (data: number, shift: number, i: number): number =>
  shift === 0 ? U8[data + i] : shift === 1 ? U16[(data >>> 1) + i] : U32[(data >>> 2) + i];

/** A str of characters [from, to) at `data`. */
export function makeStr(data: number, shape: number, from: number, to: number): number {
  const n = to - from;
  const shift = shape & 3;
  if (n < 2) return n <= 0 ? EMPTY : H.char(codeAt(data, shift, from));
  if (shift === 0) {
    const at = data + from;
    const ascii = (shape & TEXT_ASCII) !== 0 || asciiEnd(at, at + n) === at + n;
    const s = newStr(n, 0, ascii ? STR_ASCII : 0);
    SPACE.copyBytes(I32[(s >>> 2) + L.STR_DATA], at, n);
    return s;
  }
  return makeWide(data, shift, from, to);
}

function makeWide(data: number, shift: number, from: number, to: number): number {
  const width = widthOf(data, shift, from, to);
  const narrow = width === 3 ? 0 : width;
  const s = newStr(to - from, narrow, width === 3 ? STR_ASCII : 0);
  const target = I32[(s >>> 2) + L.STR_DATA] >>> 0;
  if (narrow === shift) SPACE.copyBytes(target, data + (from << shift), (to - from) << shift);
  else if (narrow === 0) for (let i = from; i < to; i++) U8[target + i - from] = codeAt(data, shift, i);
  else for (let i = from; i < to; i++) U16[(target >>> 1) + i - from] = U32[(data >>> 2) + i];
  return s;
}

/** A str of the decoded characters [from, to). */
export const textSlice = (o: number, from: number, to: number): number => makeStr(textData(o), textShape(o), from, to);

/** The next n characters, at most what is there. */
export function takeText(o: number, n: number): number {
  const from = textUsed(o);
  const to = Math.min(textLength(o), from + n);
  setUsed(o, to);
  return textSlice(o, from, to);
}
