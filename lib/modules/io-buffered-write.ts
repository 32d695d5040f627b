/** Writing through a buffer, moving about in it. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { atomics, i32, u8 } from '../heap/memory.js';
import { indexNumber } from '../objects/abstract.js';
import { needBuffer } from '../objects/byte-buffer.js';
import { clearException, pendingException, pendingIs, raise } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { writableCheck, seekableCheck } from './io-buffered-checks.js';
import {
  absolutePosition,
  adjustPosition,
  begin,
  bufferData,
  bufferSize,
  detachRaw,
  dropReadData,
  end,
  ensureBuffer,
  FAILED,
  flushAndRewind,
  flushWrites,
  hasReadData,
  hasWriteData,
  initialised,
  isClosed,
  onFile,
  POS,
  RAW_POS,
  raiseBlocking,
  rawOf,
  rawOffset,
  rawSeek,
  rawTell,
  rawWriteAt,
  readahead,
  readsAllowed,
  usable,
  WOULD_BLOCK,
  WRITE_END,
  WRITE_POS,
  writesAllowed,
} from './io-buffered.js';
import { closeExactly, offsetArgument, truncateFile } from './io-file.js';
import { afterwards, method0, method1, setWord, T_FILE_IO, isExactly, word } from './io-object.js';

const I32 = i32;
const U8 = u8;
const SPACE = atomics;

/** Copies to the buffer at the position, where it has the room; what was written there before is written with it. */
function putBuffered(o: number, from: number, n: number): void {
  const at = word(o, POS);
  ensureBuffer(o, at + n);
  SPACE.copyBytes(bufferData(o) + at, from, n);
  if (!hasWriteData(o) || word(o, WRITE_POS) > at) setWord(o, WRITE_POS, at);
  adjustPosition(o, at + n);
  if (word(o, WRITE_END) < at + n) setWord(o, WRITE_END, at + n);
}

/** Room from the position to the buffer's end. */
const room = (o: number): number => bufferSize(o) - word(o, POS);

/**
 * Writes n bytes of the space; the number taken, or FAILED with the exception set: BlockingIOError says how many were taken. The lock
 * is held, and `from` may not be moved meanwhile.
 */
export function writeBytes(o: number, from: number, n: number): number {
  if (!hasReadData(o) && !hasWriteData(o)) {
    setWord(o, POS, 0);
    setWord(o, RAW_POS, 0);
  }
  if (n <= room(o)) {
    putBuffered(o, from, n);
    return n;
  }
  if (flushWrites(o) === 0) return pendingIs('BlockingIOError') ? writeBlocked(o, from, n) : FAILED;
  const offset = rawOffset(o);
  if (offset !== 0) {
    if (rawSeek(o, -offset, 1) < 0) return FAILED;
    setWord(o, RAW_POS, word(o, RAW_POS) - offset);
  }
  return writeLarge(o, from, n);
}

/** More than the buffer has room for: whole buffers go straight to the raw stream, the rest is kept. */
function writeLarge(o: number, from: number, n: number): number {
  let written = 0;
  while (n - written > bufferSize(o)) {
    const r = rawWriteAt(o, from + written, n - written);
    if (r === FAILED) return FAILED;
    if (r === WOULD_BLOCK) return keepFull(o, from, n, written);
    written += r;
  }
  if (readsAllowed(o)) dropReadData(o);
  const left = n - written;
  ensureBuffer(o, left);
  if (left > 0) U8.copyWithin(bufferData(o), from + written, from + n);
  setWord(o, WRITE_POS, 0);
  setWord(o, WRITE_END, left);
  setWord(o, POS, left);
  setWord(o, RAW_POS, 0);
  return n;
}

/** The raw stream takes nothing now: the buffer is filled, and the error tells what was taken. */
function keepFull(o: number, from: number, n: number, written: number): number {
  if (n - written > bufferSize(o)) {
    const kept = bufferSize(o);
    ensureBuffer(o, kept);
    U8.copyWithin(bufferData(o), from + written, from + written + kept);
    setWord(o, RAW_POS, 0);
    setWord(o, POS, kept);
    setWord(o, WRITE_POS, 0);
    setWord(o, WRITE_END, kept);
    return raiseBlocking('write could not complete without blocking', written + kept) - 1;
  }
  return FAILED;
}

/** Flushing would block: as much as the buffer takes beside what waits in it. */
function writeBlocked(o: number, from: number, n: number): number {
  clearException();
  if (readsAllowed(o)) dropReadData(o);
  const waiting = word(o, WRITE_END) - word(o, WRITE_POS);
  if (waiting > 0) U8.copyWithin(bufferData(o), bufferData(o) + word(o, WRITE_POS), bufferData(o) + word(o, WRITE_END));
  setWord(o, RAW_POS, word(o, RAW_POS) - word(o, WRITE_POS));
  setWord(o, POS, word(o, POS) - word(o, WRITE_POS));
  setWord(o, WRITE_POS, 0);
  setWord(o, WRITE_END, waiting);
  const kept = Math.min(bufferSize(o) - waiting, n);
  ensureBuffer(o, waiting + kept);
  U8.copyWithin(bufferData(o) + waiting, from, from + kept);
  setWord(o, WRITE_END, waiting + kept);
  setWord(o, POS, word(o, POS) + kept);
  if (kept === n) return n;
  return raiseBlocking('write could not complete without blocking', kept) - 1;
}

/** write(buffer). */
export function write(args: number): number {
  const o = I32[args];
  if (initialised(o) === 0) return 0;
  const data = needBuffer(I32[args + 1]);
  if (data === undefined || begin(o) === 0) return 0;
  const closed = isClosed(o);
  if (closed !== 0) return end(o, closed < 0 ? 0 : raise('ValueError', 'write to closed file'));
  const n = writeData(o, I32[args + 1], data);
  return end(o, n === FAILED ? 0 : intFromNumber(data.length));
}

/** What lies outside the space (a copy of what a stepped memoryview shows) is brought into it. */
function writeData(o: number, source: number, data: Uint8Array): number {
  if (data.length === 0) return 0;
  if (data.buffer === (U8.buffer as ArrayBufferLike)) return writeBytes(o, data.byteOffset, data.length);
  const copy = method1(source, 'tobytes', H.NONE);
  if (copy === 0) return FAILED;
  const slot = root(copy);
  const own = needBuffer(copy)!;
  const n = writeBytes(o, own.byteOffset, own.length);
  unroot(slot);
  return n;
}

/** flush(). */
export function flush(args: number): number {
  const o = I32[args];
  if (usable(o, 'flush of closed file') === 0 || begin(o) === 0) return 0;
  return end(o, flushAndRewind(o) === 0 ? 0 : H.NONE);
}

/** flush() of a reader: the raw stream's. */
export function flushRaw(args: number): number {
  const o = I32[args];
  if (initialised(o) === 0) return 0;
  return onFile(o) && isClosed(o) === 0 ? H.NONE : method0(rawOf(o), 'flush');
}

/** tell(). */
export function tell(args: number): number {
  const o = I32[args];
  if (initialised(o) === 0 || begin(o) === 0) return 0;
  const at = rawTell(o);
  if (at < 0) return end(o, 0);
  return end(o, intFromNumber(Math.max(0, at - rawOffset(o))));
}

/** seek(target, whence=0). */
export function seek(args: number): number {
  const o = I32[args];
  if (initialised(o) === 0) return 0;
  const whence = I32[args + 2] === 0 ? 0 : indexNumber(I32[args + 2]);
  if (Number.isNaN(whence)) return 0;
  if (whence < 0 || whence > 2) return raise('ValueError', `whence value ${whence} unsupported`);
  if (usable(o, 'seek of closed file') === 0 || seekableCheck(o) === 0) return 0;
  const target = offsetArgument(I32[args + 1]);
  if (Number.isNaN(target) || begin(o) === 0) return 0;
  return end(o, seekTo(o, target, whence));
}

/** Moves within what is read ahead when that is possible. The lock is held. */
function seekTo(o: number, given: number, whence: number): number {
  let target = given;
  if (whence !== 2 && readsAllowed(o)) {
    const current = absolutePosition(o) === -1 ? rawTell(o) : absolutePosition(o);
    if (current < 0) return 0;
    const ahead = readahead(o);
    if (ahead > 0) {
      const offset = whence === 0 ? target - (current - rawOffset(o)) : target;
      if (offset >= -word(o, POS) && offset <= ahead) {
        setWord(o, POS, word(o, POS) + offset);
        if (current - ahead + offset < 0) return raise('OSError', `Negative seek position ${current - ahead + offset}`);
        return intFromNumber(current - ahead + offset);
      }
    }
  }
  if (writesAllowed(o) && flushWrites(o) === 0) return 0;
  if (whence === 1) target -= rawOffset(o);
  const at = rawSeek(o, target, whence);
  if (at < 0) return 0;
  setWord(o, RAW_POS, -1);
  if (readsAllowed(o)) dropReadData(o);
  return intFromNumber(at);
}

/** truncate(pos=None). */
export function truncate(args: number): number {
  const o = I32[args];
  const given = I32[args + 1] === 0 ? H.NONE : I32[args + 1];
  if (usable(o, 'truncate of closed file') === 0) return 0;
  if (writableCheck(o) === 0 || begin(o) === 0) return 0;
  if (flushAndRewind(o) === 0) return end(o, 0);
  const r = truncateRaw(o, given);
  const slot = root(r);
  if (r !== 0 && rawTell(o) < 0) clearException();
  unroot(slot);
  return end(o, r);
}

function truncateRaw(o: number, given: number): number {
  if (!onFile(o)) return method1(rawOf(o), 'truncate', given);
  const size = given === H.NONE ? rawTell(o) : offsetArgument(given);
  if (Number.isNaN(size) || pendingException() !== 0) return 0;
  if (size < 0) return method1(rawOf(o), 'truncate', given);
  return truncateFile(rawOf(o), size) === 0 ? 0 : given === H.NONE ? intFromNumber(size) : given;
}

/** close(): flushes, and closes the raw stream whatever that gave. */
export function close(args: number): number {
  const o = I32[args];
  if (initialised(o) === 0 || begin(o) === 0) return 0;
  const closed = isClosed(o);
  end(o, 1);
  if (closed !== 0) return closed < 0 ? 0 : H.NONE;
  method0(o, 'flush');
  const r = afterwards(() => closeRaw(o));
  return r === 0 ? 0 : H.NONE;
}

const closeRaw = (o: number): number =>
  isExactly(rawOf(o), T_FILE_IO) ? closeExactly(rawOf(o)) : method0(rawOf(o), 'close');

/** detach(): flushes and gives the raw stream away. */
export function detach(args: number): number {
  const o = I32[args];
  if (initialised(o) === 0) return 0;
  if (method0(o, 'flush') === 0) return 0;
  return detachRaw(o);
}
