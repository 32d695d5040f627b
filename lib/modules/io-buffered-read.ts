/** Reading through a buffer. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32, u8 } from '../heap/memory.js';
import { hasIndex, indexNumber, lookupAttr } from '../objects/abstract.js';
import { needBuffer } from '../objects/byte-buffer.js';
import { bytesData, bytesFromU8, bytesLength, bytesStart, isBytes, newBytes } from '../objects/bytes.js';
import { call0 } from '../objects/call.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { intern } from '../objects/strings.js';
import { writableArgument } from './io-base.js';
import {
  begin,
  bufferData,
  bufferSize,
  dropReadData,
  end,
  FAILED,
  fillBuffer,
  flushAndRewind,
  initialised,
  onFile,
  POS,
  RAW_POS,
  rawOf,
  rawReadAt,
  rawReadBytes,
  READ_END,
  readahead,
  taken,
  usable,
  WOULD_BLOCK,
  writesAllowed,
} from './io-buffered.js';
import { bytesLeft, fileDescriptor, readToEnd, trimmed } from './io-file.js';
import { method0, setWord, sizeArgument, word } from './io-object.js';

const I32 = i32;
const U8 = u8;
const SPACE = atomics;

/** The next n bytes of what is read ahead. */
function takeBuffered(o: number, n: number): number {
  const at = bufferData(o) + word(o, POS);
  const made = newBytes(n);
  SPACE.copyBytes(bytesStart(made), at, n);
  setWord(o, POS, word(o, POS) + n);
  return made;
}

/** Everything to the end. The lock is held. */
function readAll(o: number): number {
  const ahead = readahead(o);
  const from = bufferData(o) + word(o, POS);
  if (ahead > 0) setWord(o, POS, word(o, POS) + ahead);
  if (writesAllowed(o)) {
    const rest = ahead > 0 ? Uint8Array.from(U8.subarray(from, from + ahead)) : undefined;
    if (flushAndRewind(o) === 0) return 0;
    dropReadData(o);
    return onFile(o) && rest === undefined ? readToEnd(rawOf(o), 0, 0) : joinRest(o, rest);
  }
  if (onFile(o)) {
    dropReadData(o);
    return readToEnd(rawOf(o), from, ahead);
  }
  const rest = ahead > 0 ? Uint8Array.from(U8.subarray(from, from + ahead)) : undefined;
  dropReadData(o);
  return joinRest(o, rest);
}

/** What was read ahead and what the raw stream has left, by readall() or by read(). */
function joinRest(o: number, rest: Uint8Array | undefined): number {
  const f = lookupAttr(rawOf(o), intern('readall'));
  if (f === 0 && pendingException() !== 0) return 0;
  if (f === 0) return readLoop(o, rest);
  const all = call0(f);
  if (all === 0) return 0;
  if (all !== H.NONE && !isBytes(all)) return raise('TypeError', 'readall() should return bytes');
  if (rest === undefined) return all;
  return all === H.NONE ? bytesFromU8(rest) : bytesFromU8(Buffer.concat([rest, bytesData(all)]));
}

function readLoop(o: number, rest: Uint8Array | undefined): number {
  const parts: Uint8Array[] = rest === undefined ? [] : [rest];
  for (;;) {
    const data = method0(rawOf(o), 'read');
    if (data === 0) return 0;
    if (data !== H.NONE && !isBytes(data)) return raise('TypeError', 'read() should return bytes');
    if (data === H.NONE || bytesLength(data) === 0) {
      if (parts.length === 0) return data;
      return bytesFromU8(Buffer.concat(parts));
    }
    parts.push(Uint8Array.from(bytesData(data)));
  }
}

/** n bytes, fewer at the end only. The lock is held. */
function readExactly(o: number, wanted: number): number {
  if (wanted <= readahead(o)) return takeBuffered(o, wanted);
  const n = wanted > MEGABYTE ? attainable(o, wanted) : wanted;
  const made = newBytes(n);
  const slot = root(made);
  const r = fillBytes(o, made, n);
  unroot(slot);
  if (r === FAILED) return 0;
  return r === WOULD_BLOCK ? H.NONE : trimmed(made, r);
}

const MEGABYTE = 2 ** 20;

/** No more than a file has left, where that is known. */
function attainable(o: number, n: number): number {
  const left = onFile(o) && fileDescriptor(rawOf(o)) >= 0 ? bytesLeft(rawOf(o)) : 0;
  return left === 0 ? n : Math.min(n, left + readahead(o));
}

/** Fills a new bytes object from the buffer and the raw stream: the number of bytes, WOULD_BLOCK with none, or FAILED. */
function fillBytes(o: number, made: number, n: number): number {
  const to = bytesStart(made);
  let got = readahead(o);
  if (got > 0) {
    const at = bufferData(o) + word(o, POS);
    SPACE.copyBytes(to, at, got);
    setWord(o, POS, word(o, POS) + got);
  }
  if (writesAllowed(o) && flushAndRewind(o) === 0) return FAILED;
  dropReadData(o);
  setWord(o, POS, 0);
  // Whole buffers go straight to where they are wanted.
  while (n - got >= bufferSize(o)) {
    const whole = n - got - ((n - got) % bufferSize(o));
    const r = readStraight(o, to + got, whole);
    if (r === FAILED) return FAILED;
    if (r === 0 || r === WOULD_BLOCK) return r === 0 || got > 0 ? got : WOULD_BLOCK;
    got += r;
  }
  setWord(o, READ_END, 0);
  setWord(o, RAW_POS, 0);
  while (got < n && word(o, READ_END) < bufferSize(o)) {
    const r = fillBuffer(o);
    if (r === FAILED) return FAILED;
    if (r === 0 || r === WOULD_BLOCK) return r === 0 || got > 0 ? got : WOULD_BLOCK;
    const part = Math.min(n - got, r);
    const at = bufferData(o) + word(o, POS);
    SPACE.copyBytes(to + got, at, part);
    setWord(o, POS, word(o, POS) + part);
    got += part;
  }
  return got;
}

/** One raw read to an address of the space. */
function readStraight(o: number, address: number, n: number): number {
  if (onFile(o)) return rawReadAt(o, address, n);
  const part = rawReadBytes(o, n);
  if (part === 0) return FAILED;
  if (taken.count > 0) SPACE.copyBytes(address, bytesStart(part), taken.count);
  return taken.count;
}

/** read(size=-1). */
export function read(args: number): number {
  const o = I32[args];
  const n = sizeArgument(I32[args + 1]);
  if (Number.isNaN(n)) return 0;
  if (n < -1) return raise('ValueError', 'read length must be non-negative or -1');
  if (usable(o, 'read of closed file') === 0 || begin(o) === 0) return 0;
  return end(o, n === -1 ? readAll(o) : readExactly(o, n));
}

/** read1(size=-1): at most one raw read. */
export function read1(args: number): number {
  const o = I32[args];
  if (I32[args + 1] !== 0 && !hasIndex(I32[args + 1]))
    return raise('TypeError', `'${typeName(I32[args + 1])}' object cannot be interpreted as an integer`);
  const given = I32[args + 1] === 0 ? -1 : indexNumber(I32[args + 1]);
  if (Number.isNaN(given) || initialised(o) === 0) return 0;
  if (usable(o, 'read of closed file') === 0) return 0;
  const n = given < 0 ? bufferSize(o) : given;
  if (n === 0) return newBytes(0);
  if (begin(o) === 0) return 0;
  return end(o, readOnce(o, n));
}

function readOnce(o: number, n: number): number {
  if (readahead(o) > 0) return takeBuffered(o, Math.min(n, readahead(o)));
  dropReadData(o);
  const made = rawReadBytes(o, n);
  return made === 0 ? 0 : trimmed(made, Math.max(0, taken.count));
}

/** read1 for the text layer: bytes to an address of the space; the number, or FAILED. The stream works on a FileIO and is open. */
export function read1At(o: number, address: number, n: number): number {
  if (begin(o) === 0) return FAILED;
  const ahead = Math.min(n, readahead(o));
  if (ahead > 0) {
    const at = bufferData(o) + word(o, POS);
    SPACE.copyBytes(address, at, ahead);
    setWord(o, POS, word(o, POS) + ahead);
    end(o, 1);
    return ahead;
  }
  dropReadData(o);
  const r = rawReadAt(o, address, n);
  end(o, 1);
  return r === WOULD_BLOCK ? 0 : r;
}

/** peek(size=0): what is read ahead, after one raw read when that is nothing. */
export function peek(args: number): number {
  const o = I32[args];
  if (usable(o, 'peek of closed file') === 0 || begin(o) === 0) return 0;
  if (writesAllowed(o) && flushAndRewind(o) === 0) return end(o, 0);
  if (readahead(o) === 0) {
    dropReadData(o);
    setWord(o, POS, 0);
    if (fillBuffer(o) === FAILED) return end(o, 0);
    setWord(o, POS, 0);
  }
  const at = bufferData(o) + word(o, POS);
  return end(o, bytesFromU8(U8.subarray(at, at + Math.max(0, readahead(o)))));
}

/** readinto(buffer) and readinto1(buffer). */
export const readinto =
  (once: boolean) =>
  (args: number): number => {
    const o = I32[args];
    const who = once ? 'readinto1() argument' : 'readinto() argument';
    if (initialised(o) === 0) return 0;
    const into = writableArgument(who, I32[args + 1]);
    if (into === undefined) return 0;
    if (usable(o, 'readinto of closed file') === 0 || begin(o) === 0) return 0;
    return end(o, readIntoBuffer(o, I32[args + 1], into.length, once));
  };

/** Copies to byte `at` of a buffer that Python code may have changed meanwhile. */
function give(target: number, at: number, from: number, n: number): void {
  const into = needBuffer(target);
  if (into !== undefined && at < into.length) into.set(U8.subarray(from, from + Math.min(n, into.length - at)), at);
}

function readIntoBuffer(o: number, target: number, n: number, once: boolean): number {
  let got = Math.min(readahead(o), n);
  if (got > 0) {
    give(target, 0, bufferData(o) + word(o, POS), got);
    setWord(o, POS, word(o, POS) + got);
    if (got === n || once) return intFromNumber(got);
  }
  if (writesAllowed(o) && flushAndRewind(o) === 0) return 0;
  dropReadData(o);
  setWord(o, POS, 0);
  while (got < n) {
    const left = n - got;
    const r = left > bufferSize(o) ? readPart(o, target, got, left) : fillPart(o, target, got, left);
    if (r === FAILED) return 0;
    if (r === 0 || r === WOULD_BLOCK) return r === 0 || got > 0 ? intFromNumber(got) : H.NONE;
    got += r;
    if (once) break;
  }
  return intFromNumber(got);
}

function readPart(o: number, target: number, at: number, n: number): number {
  const part = rawReadBytes(o, n);
  if (part === 0) return FAILED;
  if (taken.count > 0) give(target, at, bytesStart(part), taken.count);
  return taken.count;
}

function fillPart(o: number, target: number, at: number, n: number): number {
  dropReadData(o);
  setWord(o, POS, 0);
  const r = fillBuffer(o);
  if (r <= 0) return r;
  const part = Math.min(r, n);
  give(target, at, bufferData(o) + word(o, POS), part);
  setWord(o, POS, word(o, POS) + part);
  return part;
}

/** Index behind the next newline in [from, to); -1: there is none. */
function lineEnd(from: number, to: number): number {
  const at = SPACE.indexOfByte(from, to, 10) >>> 0;
  return at === to ? -1 : at + 1;
}

/** One line with its newline, of at most `limit` bytes (negative: any number). The lock is held. */
function readLine(o: number, limit: number): number {
  const ahead = limit >= 0 ? Math.min(limit, readahead(o)) : readahead(o);
  const from = bufferData(o) + word(o, POS);
  const stop = lineEnd(from, from + ahead);
  if (stop >= 0) return takeBuffered(o, stop - from);
  if (limit >= 0 && ahead === limit) return takeBuffered(o, ahead);
  const parts: Uint8Array[] = [];
  let left = limit < 0 ? Infinity : limit;
  if (ahead > 0) {
    parts.push(Uint8Array.from(U8.subarray(from, from + ahead)));
    setWord(o, POS, word(o, POS) + ahead);
    left -= ahead;
  }
  if (writesAllowed(o) && flushAndRewind(o) === 0) return 0;
  if (collectLine(o, parts, left) === FAILED) return 0;
  return bytesFromU8(Buffer.concat(parts));
}

/** Adds buffers to `parts` until the line ends; FAILED with the exception set. */
function collectLine(o: number, parts: Uint8Array[], most: number): number {
  for (let left = most; left > 0; ) {
    dropReadData(o);
    setWord(o, POS, 0);
    const n = fillBuffer(o);
    if (n === FAILED) return FAILED;
    if (n <= 0) break;
    const from = bufferData(o);
    const part = Math.min(n, left);
    const stop = lineEnd(from, from + part);
    const used = stop >= 0 ? stop - from : part;
    parts.push(Uint8Array.from(U8.subarray(from, from + used)));
    setWord(o, POS, used);
    if (stop >= 0) break;
    left -= part;
  }
  return 0;
}

/** readline(size=-1). */
export function readline(args: number): number {
  const o = I32[args];
  const limit = sizeArgument(I32[args + 1]);
  if (Number.isNaN(limit)) return 0;
  return nextLine(o, limit);
}

function nextLine(o: number, limit: number): number {
  if (usable(o, 'readline of closed file') === 0 || begin(o) === 0) return 0;
  return end(o, readLine(o, limit));
}

/** Next line of an iteration over an exact BufferedReader or BufferedRandom; 0 at the end without an exception. */
export function iterateLines(o: number): number {
  const line = nextLine(o, -1);
  return line === 0 || I32[(line >>> 2) + L.BYTES_LENGTH] === 0 ? 0 : line;
}
