/** Reading text: characters, lines, everything. */
import { allocBytes } from '../heap/alloc.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { indexNumber, hasIndex } from '../objects/abstract.js';
import { bytesFromU8, bytesLength, bytesStart, isBytes } from '../objects/bytes.js';
import { bufferOf } from '../objects/byte-buffer.js';
import { raise, typeName } from '../objects/exceptions.js';
import { isStr } from '../objects/object.js';
import { concat, joinHandles } from '../objects/str.js';
import { EMPTY, newStr, STR_ASCII, strLength, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { asciiEnd, decodeValid, scanned, scanUtf8 } from '../objects/utf8.js';
import { CODEC_UTF8, copyToChunk, decodeRange, dropSnapshot, readChunk } from './io-text-decode.js';
import { flushPending } from './io-text-write.js';
import { anyLineEnd, indexOfChar, SEEN_LF } from './io-newline.js';
import { isExactly, method0, sizeArgument, setWord, T_TEXT_IO_WRAPPER, unsupported, word } from './io-object.js';
import {
  begin,
  CODEC,
  D_COUNT,
  DECODER,
  dropText,
  end,
  F_OK,
  F_READ_TRANSLATE,
  F_READ_UNIVERSAL,
  F_READS,
  F_SEEKABLE,
  F_TELLING,
  flagsOf,
  HELD_CR,
  hasFlag,
  isIdle,
  NEWLINE,
  SEEN,
  setFlag,
  setUsed,
  streamOf,
  takeText,
  TEXT_ASCII,
  textData,
  textLeft,
  textLength,
  textShape,
  textSlice,
  textUsed,
  usable,
} from './io-text.js';

const I32 = i32;
const U8 = u8;

/** 1 when there is something to decode with; 0 with UnsupportedOperation set. */
const readable = (o: number): 1 | 0 => (hasFlag(o, F_READS) ? 1 : unsupported('not readable'));

// ---------------------------------------------------------------- everything

/** A str that shows the bytes of a bytes object that nobody else has. */
function strOver(bytes: number, from: number, n: number): number {
  const handle = allocBytes(64);
  const w = handle >>> 2;
  I32[w] = L.KIND_STR | STR_ASCII;
  I32[w + 1] = 1;
  I32[w + 2] = T.typeHandle(T.T_STR);
  I32[w + 3] = 0;
  I32[w + L.STR_LENGTH] = n;
  I32[w + L.STR_HASH] = 0;
  I32[w + L.STR_BUFFER] = bytes;
  I32[w + L.STR_DATA] = from | 0;
  return handle;
}

const LARGE = 4096;

/**
 * Valid UTF-8 without '\r' decoded without a second copy of it; 0 when it is not that simple. Nothing is left over from before.
 */
function decodeAtOnce(o: number, data: number): number {
  const n = bytesLength(data);
  if (n < LARGE || word(o, CODEC) !== CODEC_UTF8 || word(o, DECODER) !== 0) return 0;
  if (word(o, D_COUNT) !== 0 || word(o, HELD_CR) !== 0) return 0;
  const from = bytesStart(data);
  if (hasFlag(o, F_READ_UNIVERSAL) && indexOfChar(from, 0, 0, n, 13) >= 0) return 0;
  if (hasFlag(o, F_READ_UNIVERSAL) && indexOfChar(from, 0, 0, n, 10) >= 0) setWord(o, SEEN, word(o, SEEN) | SEEN_LF);
  if (asciiEnd(from, from + n) === from + n) return strOver(data, from, n);
  if (!scanUtf8(from, from + n)) return 0;
  const { count, shift } = scanned;
  const s = newStr(count, shift, 0);
  decodeValid(from, from + n, I32[(s >>> 2) + L.STR_DATA] >>> 0, shift);
  return s;
}

/** What is decoded and all that follows. The lock is held. */
function readAll(o: number): number {
  const data = method0(streamOf(o), 'read');
  if (data === 0) return 0;
  if (data === H.NONE) return takeText(o, textLeft(o));
  if (bufferOf(data) === undefined)
    return raise('TypeError', `underlying read() should have returned a bytes-like object, not '${typeName(data)}'`);
  const slot = root(data);
  const before = takeText(o, textLeft(o));
  root(before);
  const rest = decodeRest(o, isBytes(data) ? data : bytesFromU8(bufferOf(data)!));
  unroot(slot);
  if (rest === 0) return 0;
  dropText(o);
  dropSnapshot(o);
  return strLength(before) === 0 ? rest : concat(before, rest);
}

function decodeRest(o: number, data: number): number {
  const simple = decodeAtOnce(o, data);
  if (simple !== 0) return simple;
  // Behind what is left over there must be room: the bytes go through the chunk's memory.
  const at = copyToChunk(o, data);
  return decodeRange(o, at, bytesLength(data), true) === 0 ? 0 : takeText(o, textLength(o));
}

// ---------------------------------------------------------------- characters

/** n characters, fewer at the end only. The lock is held. */
function readCharacters(o: number, n: number): number {
  let text = takeText(o, n);
  let left = n - strLength(text);
  if (left === 0) return text;
  const slot = root(text);
  const parts: number[] = strLength(text) === 0 ? [] : [text];
  while (left > 0) {
    const r = readChunk(o, left);
    if (r < 0) {
      unroot(slot);
      return 0;
    }
    if (r === 0) break;
    text = takeText(o, left);
    root(text);
    parts.push(text);
    left -= strLength(text);
  }
  const all = parts.length === 0 ? EMPTY : parts.length === 1 ? parts[0] : joinHandles(parts);
  unroot(slot);
  return all;
}

/** read(size=-1). */
export function read(args: number): number {
  const o = I32[args];
  const n = sizeArgument(I32[args + 1]);
  if (Number.isNaN(n) || usable(o) === 0 || readable(o) === 0 || begin(o) === 0) return 0;
  if (flushPending(o) === 0) return end(o, 0);
  return end(o, n < 0 ? readAll(o) : readCharacters(o, n));
}

// ---------------------------------------------------------------- lines

/** End of the line that starts at `from`, behind its newline; -1: not in the decoded text. */
function lineEnd(o: number, from: number): number {
  const data = textData(o);
  const shift = textShape(o) & 3;
  const to = textLength(o);
  if (hasFlag(o, F_READ_TRANSLATE)) {
    const at = indexOfChar(data, shift, from, to, 10);
    return at < 0 ? -1 : at + 1;
  }
  if (hasFlag(o, F_READ_UNIVERSAL)) return anyLineEnd(data, shift, from, to);
  return separatorEnd(o, data, shift, from, to);
}

/** As lineEnd, with the newline argument as the one separator. */
function separatorEnd(o: number, data: number, shift: number, from: number, to: number): number {
  const separator = toJS(word(o, NEWLINE));
  if (separator !== '\r\n') {
    const at = indexOfChar(data, shift, from, to, separator.charCodeAt(0));
    return at < 0 ? -1 : at + 1;
  }
  for (let i = from; ; ) {
    const at = indexOfChar(data, shift, i, to, 13);
    if (at < 0) return -1;
    if (indexOfChar(data, shift, at + 1, Math.min(to, at + 2), 10) >= 0) return at + 2;
    i = at + 1;
  }
}

/** Does a separator of two characters begin at the end of the decoded text? */
const halfSeparator = (o: number): boolean =>
  !hasFlag(o, F_READ_TRANSLATE) &&
  !hasFlag(o, F_READ_UNIVERSAL) &&
  toJS(word(o, NEWLINE)) === '\r\n' &&
  indexOfChar(textData(o), textShape(o) & 3, textLength(o) - 1, textLength(o), 13) >= 0;

/** The next line, of at most `limit` characters (negative: any number). The lock is held; the text before was written out. */
function readLine(o: number, limit: number): number {
  if (textLeft(o) === 0) {
    const r = readChunk(o, 0);
    if (r <= 0) return r === 0 ? endOfText(o) : 0;
  }
  const from = textUsed(o);
  const stop = lineEnd(o, from);
  if (stop >= 0 && (limit < 0 || stop - from <= limit)) {
    setUsed(o, stop);
    return textSlice(o, from, stop);
  }
  if (limit >= 0 && textLength(o) - from >= limit) return takeText(o, limit);
  return longLine(o, limit);
}

function endOfText(o: number): number {
  dropText(o);
  dropSnapshot(o);
  return EMPTY;
}

/** A line that goes over the end of the decoded text. */
function longLine(o: number, limit: number): number {
  const parts: number[] = [];
  let slot = -1;
  const keep = (text: number): void => {
    const at = root(text);
    if (slot < 0) slot = at;
    parts.push(text);
  };
  let left = limit < 0 ? Infinity : limit;
  let half = false;
  let failed = false;
  for (;;) {
    const from = textUsed(o);
    const joins = half && indexOfChar(textData(o), textShape(o) & 3, from, from + 1, 10) >= 0;
    let stop: number = joins ? from + 1 : lineEnd(o, from);
    const found: boolean = stop >= 0;
    if (!found) stop = textLength(o);
    const n = Math.min(stop - from, left);
    half = !found && halfSeparator(o);
    setUsed(o, from + n);
    keep(textSlice(o, from, from + n));
    left -= n;
    if (found || left === 0) break;
    const r = readChunk(o, 0);
    failed = r < 0;
    if (r <= 0) {
      if (r === 0) endOfText(o);
      break;
    }
  }
  const line = failed ? 0 : parts.length === 1 ? parts[0] : joinHandles(parts);
  unroot(slot);
  return line;
}

/** readline(size=-1). */
export function readline(args: number): number {
  const o = I32[args];
  const given = I32[args + 1];
  if (given !== 0 && !hasIndex(given))
    return raise('TypeError', `'${typeName(given)}' object cannot be interpreted as an integer`);
  const limit = given === 0 ? -1 : indexNumber(given);
  if (Number.isNaN(limit) || usable(o) === 0 || readable(o) === 0 || begin(o) === 0) return 0;
  if (flushPending(o) === 0) return end(o, 0);
  return end(o, readLine(o, limit));
}

/** Next line of an iteration; 0 at the end without an exception. */
export function next(o: number): number {
  if (usable(o) === 0) return 0;
  setFlag(o, F_TELLING, false);
  const line = isExactly(o, T_TEXT_IO_WRAPPER) ? nextExact(o) : nextByMethod(o);
  if (line === 0) return 0;
  if (strLength(line) > 0) return line;
  dropSnapshot(o);
  setFlag(o, F_TELLING, hasFlag(o, F_SEEKABLE));
  return 0;
}

/** Lines of up to so many bytes are searched for and copied here, longer ones by WebAssembly. */
const SHORT_LINE = 128;
const PLAIN_LINES = F_OK | F_READS | F_READ_TRANSLATE;

/**
 * The next line when it is a short one of ASCII characters that is decoded already, of an object that only this thread knows: no more than finding its
 * end and copying it. 0: it has to be read.
 */
function decodedLine(o: number): number {
  if ((flagsOf(o) & PLAIN_LINES) !== PLAIN_LINES || textShape(o) !== TEXT_ASCII || !isIdle(o)) return 0;
  const used = textUsed(o);
  const from = textData(o) + used;
  const to = from + Math.min(textLength(o) - used, SHORT_LINE);
  let at = from;
  while (at < to && U8[at] !== 10) at++;
  if (at === to) return 0;
  const n = at + 1 - from;
  const line = n === 1 ? H.char(10) : newStr(n, 0, STR_ASCII);
  setUsed(o, used + n);
  if (n === 1) return line;
  let target = I32[(line >>> 2) + L.STR_DATA] >>> 0;
  for (let i = from; i <= at; i++) U8[target++] = U8[i];
  return line;
}

function nextExact(o: number): number {
  const line = decodedLine(o);
  if (line !== 0) return line;
  if (readable(o) === 0 || begin(o) === 0) return 0;
  if (flushPending(o) === 0) return end(o, 0);
  return end(o, readLine(o, -1));
}

function nextByMethod(o: number): number {
  const line = method0(o, 'readline');
  if (line === 0 || isStr(line)) return line;
  return raise('OSError', `readline() should have returned a str object, not '${typeName(line)}'`);
}
