/** Writing text: encoding, newlines, what waits to be written. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32, u8 } from '../heap/memory.js';
import { bytesData, bytesFromU8, isBytes } from '../objects/bytes.js';
import { encodeStr } from '../objects/codecs.js';
import { clearException, pendingIs, raise, typeName } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { isStr } from '../objects/object.js';
import { isAscii, shiftOf } from '../objects/str.js';
import { fromJS, strLength, toJS } from '../objects/strings.js';
import { encodeUtf8, utf8Bound } from '../objects/utf8.js';
import { begin as beginBuffered, end as endBuffered } from './io-buffered.js';
import { writeBytes } from './io-buffered-write.js';
import { indexOfChar } from './io-newline.js';
import { method0, method1, setHandle, setWord, unsupported, word } from './io-object.js';
import { grown, storageData } from './io-storage.js';
import {
  begin,
  CHUNK_SIZE,
  CODEC,
  dropText,
  ENCODER,
  ENCODING,
  ERRORS,
  end,
  F_LINE_BUFFERING,
  F_READS,
  F_SEEKABLE,
  F_START,
  F_TELLING,
  F_WRITE_THROUGH,
  F_WRITE_TRANSLATE,
  F_WRITES,
  hasFlag,
  isClosed,
  isPlainWriter,
  NEWLINE,
  PENDING,
  PENDING_COUNT,
  SNAP_LENGTH,
  setFlag,
  streamOf,
  usable,
} from './io-text.js';
import {
  CODEC_ASCII,
  CODEC_LATIN1,
  CODEC_TABLE,
  CODEC_UTF16,
  CODEC_UTF32,
  CODEC_UTF8,
  CODEC_UTF8_SIG,
  dropSnapshot,
  resetState,
} from './io-text-decode.js';

const I32 = i32;
const U8 = u8;
const SPACE = atomics;

// ---------------------------------------------------------------- pending bytes

/** Address for n more bytes behind those that wait. */
function pendingRoom(o: number, n: number): number {
  const count = word(o, PENDING_COUNT);
  const made = grown(word(o, PENDING), count, Math.max(count + n, 256));
  if (made !== word(o, PENDING)) setHandle(o, PENDING, made);
  return storageData(made) + count;
}

const addPending = (o: number, n: number): void => setWord(o, PENDING_COUNT, word(o, PENDING_COUNT) + n);

/** Hands n bytes at `from` to the stream below: 1, or 0 with the exception set. */
function handOver(o: number, from: number, n: number): 1 | 0 {
  const s = streamOf(o);
  if (isPlainWriter(s) && isClosed(o) === 0) {
    if (beginBuffered(s) === 0) return 0;
    return endBuffered(s, writeBytes(s, from, n) < 0 ? 0 : 1) as 1 | 0;
  }
  const data = bytesFromU8(U8.subarray(from, from + n));
  let r: number;
  do r = method1(s, 'write', data);
  while (r === 0 && pendingIs('InterruptedError') && (clearException(), true));
  return r === 0 ? 0 : 1;
}

/** Hands what waits to the stream below: 1, or 0 with the exception set. The lock is held. */
export function flushPending(o: number): 1 | 0 {
  const n = word(o, PENDING_COUNT);
  if (n === 0) return 1;
  setWord(o, PENDING_COUNT, 0);
  const memory = word(o, PENDING);
  const slot = root(memory);
  // Python code that is called now may write more.
  if (!isPlainWriter(streamOf(o))) setHandle(o, PENDING, 0);
  const ok = handOver(o, storageData(memory), n);
  unroot(slot);
  return ok;
}

// ---------------------------------------------------------------- encoding

/** The bytes of a string by the general encoder; undefined with the exception set. */
function encodeGeneral(o: number, text: number): Uint8Array | undefined {
  const codec = word(o, CODEC);
  const start = hasFlag(o, F_START);
  setFlag(o, F_START, false);
  let name = toJS(word(o, ENCODING));
  if (codec === CODEC_UTF8) name = 'utf-8';
  else if (!start && codec === CODEC_UTF16) name = 'utf-16-le';
  else if (!start && codec === CODEC_UTF32) name = 'utf-32-le';
  else if (!start && codec === CODEC_UTF8_SIG) name = 'utf-8';
  return encodeStr(text, name, toJS(word(o, ERRORS)));
}

/** encoder.encode(text) of the codecs module, as bytes; undefined with the exception set. */
function encodeByObject(o: number, text: number): Uint8Array | undefined {
  const data = method1(word(o, ENCODER), 'encode', text);
  if (data === 0) return undefined;
  if (isBytes(data)) return bytesData(data);
  return void raise('TypeError', `encoder should return a bytes object, not '${typeName(data)}'`);
}

const asciiCodec = (codec: number): boolean =>
  codec === CODEC_UTF8 || codec === CODEC_ASCII || codec === CODEC_LATIN1 || codec === CODEC_TABLE;

/** Is the string, as it lies there, its own encoding? */
function isOwnEncoding(o: number, text: number): boolean {
  const codec = word(o, CODEC);
  if (!asciiCodec(codec)) return false;
  return isAscii(text) || (codec === CODEC_LATIN1 && shiftOf(text) === 0);
}

/** Bytes an encoding of `text` may take at most when it is copied or UTF-8; 0 for others. */
const plainBound = (o: number, text: number): number =>
  isOwnEncoding(o, text) ? strLength(text) : word(o, CODEC) === CODEC_UTF8 ? utf8Bound(text) : 0;

/** Encodes by copying or as UTF-8 to an address; the number of bytes, -1 when that cannot be. */
function encodePlain(o: number, text: number, to: number): number {
  if (!isOwnEncoding(o, text)) return encodeUtf8(text, to);
  if ((text & 7) !== 0) {
    U8[to] = H.charCode(text);
    return 1;
  }
  const n = strLength(text);
  const from = I32[(text >>> 2) + L.STR_DATA] >>> 0;
  SPACE.copyBytes(to, from, n);
  return n;
}

// ---------------------------------------------------------------- write

function hasChar(text: number, c: number): boolean {
  if ((text & 7) !== 0) return H.charCode(text) === c;
  return indexOfChar(I32[(text >>> 2) + L.STR_DATA] >>> 0, shiftOf(text), 0, strLength(text), c) >= 0;
}

/** Appends the encoded text to what waits: the number of bytes, -1 with the exception set. */
function appendText(o: number, text: number): number {
  const bound = plainBound(o, text);
  if (bound > 0 && word(o, ENCODER) === 0) {
    const n = encodePlain(o, text, pendingRoom(o, bound));
    if (n >= 0) {
      setFlag(o, F_START, false);
      return n;
    }
  }
  const data = word(o, ENCODER) !== 0 ? encodeByObject(o, text) : encodeGeneral(o, text);
  if (data === undefined) return -1;
  const copy = data.buffer === (U8.buffer as ArrayBufferLike) ? Uint8Array.from(data) : data;
  U8.set(copy, pendingRoom(o, copy.length));
  return copy.length;
}

/** Writes a str: 1, or 0 with the exception set. The lock is held. `more`: another follows at once, and need not be seen apart. */
export function writeText(o: number, given: number, more = false): 1 | 0 {
  let text = given;
  const lineBuffering = hasFlag(o, F_LINE_BUFFERING);
  const translate = hasFlag(o, F_WRITE_TRANSLATE);
  const newline = (translate || lineBuffering) && hasChar(text, 10);
  if (newline && translate) text = fromJS(toJS(text).replaceAll('\n', toJS(word(o, NEWLINE))));
  const flush = lineBuffering && (newline || hasChar(text, 13));
  if (strLength(text) > 0) {
    const slot = root(text);
    const n = appendText(o, text);
    unroot(slot);
    if (n < 0) return 0;
    // What is large does not wait behind what is small.
    if (n >= word(o, CHUNK_SIZE) && word(o, PENDING_COUNT) > 0 && flushBefore(o, n) === 0) return 0;
    addPending(o, n);
  }
  if (word(o, PENDING_COUNT) >= word(o, CHUNK_SIZE) || flush || (!more && hasFlag(o, F_WRITE_THROUGH))) {
    if (flushPending(o) === 0) return 0;
  }
  if (flush && flushStream(o) === 0) return 0;
  return forgetRead(o);
}

/** Hands over what waits before n bytes that lie behind it, which then stand alone. */
function flushBefore(o: number, n: number): 1 | 0 {
  const count = word(o, PENDING_COUNT);
  const from = storageData(word(o, PENDING));
  const large = Uint8Array.from(U8.subarray(from + count, from + count + n));
  if (flushPending(o) === 0) return 0;
  U8.set(large, pendingRoom(o, n));
  return 1;
}

/** flush() of the stream below. */
function flushStream(o: number): number {
  return method0(streamOf(o), 'flush');
}

/** After writing, what was read ahead does not count any more. */
function forgetRead(o: number): 1 | 0 {
  if (!hasFlag(o, F_READS)) return 1;
  if (word(o, SNAP_LENGTH) !== -1) {
    dropText(o);
    dropSnapshot(o);
  }
  return resetState(o);
}

/** write(text). */
export function write(args: number): number {
  const o = I32[args];
  const text = I32[args + 1];
  if (!isStr(text)) return raise('TypeError', `write() argument must be str, not ${typeName(text)}`);
  if (usable(o) === 0) return 0;
  if (!hasFlag(o, F_WRITES)) return unsupported('not writable');
  if (begin(o) === 0) return 0;
  return end(o, writeText(o, text) === 0 ? 0 : intFromNumber(strLength(text)));
}

/** flush(). */
export function flush(args: number): number {
  const o = I32[args];
  if (usable(o) === 0 || begin(o) === 0) return 0;
  setFlag(o, F_TELLING, hasFlag(o, F_SEEKABLE));
  const ok = flushPending(o);
  end(o, ok);
  return ok === 0 ? 0 : method0(streamOf(o), 'flush');
}
