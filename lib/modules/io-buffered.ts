/**
 * BufferedReader, BufferedWriter and BufferedRandom: state, and the steps on the raw stream. One buffer serves reading and writing.
 *
 * | word | meaning |
 * | --- | --- |
 * | POS | position within the buffer |
 * | READ_END | end of what was read into it; -1: nothing readable in it |
 * | WRITE_POS, WRITE_END | part that is to be written; WRITE_END -1: nothing |
 * | RAW_POS | position of the raw stream, as an offset into the buffer |
 * | ABS_POS | position of the raw stream; -1: not known |
 *
 * The logical position is ABS_POS - (RAW_POS - POS). A raw stream that is a FileIO is read and written without a call.
 */
import { raiseMemoryError } from '../objects/memory-error.js';
import { constants } from 'node:os';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { getAttr, hasIndex, index, indexNumber, lookupAttr, repr } from '../objects/abstract.js';
import { bytesStart, newBytes } from '../objects/bytes.js';
import { newByteArray, zeroByteArray } from '../objects/bytearray.js';
import { callArgs } from '../objects/call.js';
import {
  clearException,
  exceptionType,
  pendingException,
  pendingIs,
  raise,
  setException,
  takeException,
  typeName,
} from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { releaseView, windowOn } from '../objects/memoryview.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { bytesLeft, fileDescriptor, readFile, seekFile, setFileWrapped, writeFile } from './io-file.js';
import { enter, leave } from './io-lock.js';
import {
  attributeTruth,
  double,
  isExactly,
  isIo,
  method0,
  method1,
  method2,
  newIo,
  plainWords,
  setDouble,
  setHandle,
  setWord,
  T_FILE_IO,
  word,
} from './io-object.js';
import { errorText } from './errno.js';
import { raiseErrno } from './os-error.js';

const I32 = i32;
const U8 = u8;

export const RAW = L.RECORD_ITEMS;
const BUFFER = L.RECORD_ITEMS + 1;
/** The first plain word: a double. */
const ABS_POS = plainWords(2);
export const POS = ABS_POS + 2;
export const READ_END = POS + 1;
export const WRITE_POS = POS + 2;
export const WRITE_END = POS + 3;
export const RAW_POS = POS + 4;
const SIZE = POS + 5;
const FLAGS = POS + 6;
export const LOCK = POS + 7;
const WORDS = 11;

export const READS = 1;
export const WRITES = 2;
const OK = 4;
const DETACHED = 8;
/** A text stream works on it, and closes it. */
const WRAPPED = 16;

/** A read or write that would block now. */
export const WOULD_BLOCK = -2;
/** A step failed with the exception set. */
export const FAILED = -1;

const AGAIN = -constants.errno.EAGAIN;

export const newBuffered = (type: number): number => newIo(type, 2, WORDS);

export const rawOf = (o: number): number => word(o, RAW);
export const bufferSize = (o: number): number => word(o, SIZE);
/** Address of the buffer's first byte; 0 while there is none. */
export const bufferData = (o: number): number =>
  word(o, BUFFER) === 0 ? 0 : I32[(word(o, BUFFER) >>> 2) + L.BYTEARRAY_DATA] >>> 0;

/** Memory for the first n bytes of the buffer. It grows up to the buffer's size: most streams need less. */
export function ensureBuffer(o: number, n: number): void {
  const old = word(o, BUFFER);
  const capacity = old === 0 ? 0 : I32[(old >>> 2) + L.BYTEARRAY_LENGTH];
  if (n <= capacity) return;
  const made = zeroByteArray(Math.min(bufferSize(o), Math.max(n, capacity * 2, LEAST)));
  if (capacity > 0) U8.copyWithin(I32[(made >>> 2) + L.BYTEARRAY_DATA] >>> 0, bufferData(o), bufferData(o) + capacity);
  setHandle(o, BUFFER, made);
}

const LEAST = 4096;

/** Before the first read: a reader on a file needs no more than the file has. */
function prepareToRead(o: number): void {
  if (word(o, BUFFER) === 0 && onFile(o) && !writesAllowed(o) && fileDescriptor(rawOf(o)) >= 0) {
    const left = bytesLeft(rawOf(o));
    if (left > 0) setWord(o, SIZE, Math.min(bufferSize(o), Math.max(left + 1, LEAST)));
  }
  ensureBuffer(o, bufferSize(o));
}
const flagsOf = (o: number): number => word(o, FLAGS);
export const absolutePosition = (o: number): number => double(o, ABS_POS);

export const hasReadData = (o: number): boolean => word(o, READ_END) !== -1;
export const hasWriteData = (o: number): boolean => word(o, WRITE_END) !== -1;
/** Bytes read ahead. */
export const readahead = (o: number): number => (hasReadData(o) ? word(o, READ_END) - word(o, POS) : 0);
/** How far the raw stream is ahead of the logical position. */
export const rawOffset = (o: number): number =>
  (hasReadData(o) || hasWriteData(o)) && word(o, RAW_POS) >= 0 ? word(o, RAW_POS) - word(o, POS) : 0;

export const dropReadData = (o: number): void => setWord(o, READ_END, -1);
export function dropWriteData(o: number): void {
  setWord(o, WRITE_POS, 0);
  setWord(o, WRITE_END, -1);
}

/** Moves the position; what is read of the buffer reaches at least there. */
export function adjustPosition(o: number, position: number): void {
  setWord(o, POS, position);
  if (hasReadData(o) && word(o, READ_END) < position) setWord(o, READ_END, position);
}

/** Does the stream work on a plain FileIO? */
export const onFile = (o: number): boolean => isExactly(rawOf(o), T_FILE_IO);

/** 1 when the stream is set up and not detached; 0 with ValueError set. */
export function initialised(o: number): 1 | 0 {
  if ((flagsOf(o) & OK) !== 0) return 1;
  const detached = (flagsOf(o) & DETACHED) !== 0;
  return raise('ValueError', detached ? 'raw stream has been detached' : 'I/O operation on uninitialized object') as 0;
}

/** Is the raw stream closed? -1 with the exception set. */
export const isClosed = (o: number): number =>
  onFile(o) ? (fileDescriptor(rawOf(o)) < 0 ? 1 : 0) : attributeTruth(rawOf(o), 'closed');

/** 1 when it is set up and open; 0 with ValueError naming what was tried. */
export function usable(o: number, what: string): 1 | 0 {
  if (initialised(o) === 0) return 0;
  const closed = isClosed(o);
  return closed === 0 ? 1 : closed < 0 ? 0 : (raise('ValueError', what) as 0);
}

export const begin = (o: number): 1 | 0 => enter(o, LOCK);
export const end = (o: number, value: number): number => leave(o, LOCK, value);

const closedFile = (): number => raise('ValueError', 'I/O operation on closed file') - 1;

// ---------------------------------------------------------------- setting up

/** Position of the raw stream, kept in ABS_POS; -1 with the exception set. */
export function rawTell(o: number): number {
  if (onFile(o)) {
    if (fileDescriptor(rawOf(o)) < 0) return closedFile();
    const at = seekFile(rawOf(o), 0, 1);
    if (at < 0) return raiseErrno(-at) - 1;
    setDouble(o, ABS_POS, at);
    return at;
  }
  setDouble(o, ABS_POS, -1);
  const r = method0(rawOf(o), 'tell');
  return r === 0 ? FAILED : takePosition(o, r);
}

/** A position that the raw stream gave; -1 with the exception set. */
function takePosition(o: number, r: number): number {
  if (!hasIndex(r)) return raise('TypeError', `'${typeName(r)}' object cannot be interpreted as an integer`) - 1;
  const n = index(r) === 0 ? Number.NaN : indexNumber(r);
  if (Number.isNaN(n)) return FAILED;
  if (n < 0) return raise('OSError', `Raw stream returned invalid position ${n}`) - 1;
  setDouble(o, ABS_POS, n);
  return n;
}

/** Moves the raw stream; the new position, -1 with the exception set. */
export function rawSeek(o: number, target: number, whence: number): number {
  if (onFile(o)) {
    if (fileDescriptor(rawOf(o)) < 0) return closedFile();
    const at = seekFile(rawOf(o), target, whence);
    if (at < 0) return raiseErrno(-at) - 1;
    setDouble(o, ABS_POS, at);
    return at;
  }
  setDouble(o, ABS_POS, -1);
  const r = method2(rawOf(o), 'seek', intFromNumber(target), H.small(whence));
  return r === 0 ? FAILED : takePosition(o, r);
}

/** A stream over `raw`: 1, or 0 with the exception set. */
export function setUp(o: number, raw: number, size: number, uses: number): 1 | 0 {
  setWord(o, FLAGS, uses);
  setHandle(o, RAW, raw);
  if (size <= 0) return raise('ValueError', 'buffer size must be strictly positive') as 0;
  if (size > 0x7ffffff0) return raiseMemoryError() as 0;
  setHandle(o, BUFFER, 0);
  setWord(o, SIZE, size);
  dropReadData(o);
  dropWriteData(o);
  setWord(o, POS, 0);
  setWord(o, RAW_POS, 0);
  if (rawTell(o) < 0) {
    // A raw stream that cannot tell is no error.
    clearException();
    setDouble(o, ABS_POS, -1);
  }
  setWord(o, FLAGS, uses | OK);
  if (isIo(raw, T_FILE_IO)) setFileWrapped(raw, true);
  return 1;
}

/** Takes the raw stream off: it, or 0 when the stream was not set up. */
export function detachRaw(o: number): number {
  const raw = rawOf(o);
  setWord(o, FLAGS, (flagsOf(o) & ~OK) | DETACHED);
  setHandle(o, RAW, 0);
  if (isIo(raw, T_FILE_IO)) setFileWrapped(raw, false);
  return raw;
}

// ---------------------------------------------------------------- raw steps

function advanced(o: number, n: number): number {
  if (n > 0 && absolutePosition(o) !== -1) setDouble(o, ABS_POS, absolutePosition(o) + n);
  return n;
}

/** A count that the raw stream's method gave; FAILED with the exception set. */
function takeCount(r: number, most: number, method: string): number {
  if (r === 0) return FAILED;
  if (r === H.NONE) return WOULD_BLOCK;
  const n = hasIndex(r) ? indexNumber(r) : Number.NaN;
  if (Number.isNaN(n)) return badCount(method);
  if (n >= 0 && n <= most) return n;
  const text = `raw ${method}() returned invalid length ${n} (should have been between 0 and ${most})`;
  return raise('OSError', text) - 1;
}

/** OSError whose cause is why the result was no count. */
function badCount(method: string): number {
  const cause = takeException();
  raise('OSError', `raw ${method}() failed`);
  const e = pendingException();
  if (cause !== 0) {
    I32[(e >>> 2) + L.EXCEPTION_CAUSE] = cause;
    I32[(e >>> 2) + L.EXCEPTION_SUPPRESS] = 1;
  }
  return FAILED;
}

/** A call of the raw stream's method with a view on bytes [start, start + n) of a bytearray; repeated while it is interrupted. */
function callWithView(o: number, method: string, source: number, start: number, n: number): number {
  const view = windowOn(source, start, start + n);
  const slot = root(view);
  let r: number;
  do r = method1(rawOf(o), method, view);
  while (r === 0 && pendingIs('InterruptedError') && (clearException(), true));
  releaseView(view);
  unroot(slot);
  return takeCount(r, n, method);
}

/** Reads at most n bytes into the buffer from `start` on: the number, WOULD_BLOCK or FAILED. */
export function rawReadIntoBuffer(o: number, start: number, n: number): number {
  if (!onFile(o)) return advanced(o, callWithView(o, 'readinto', word(o, BUFFER), start, n));
  return rawReadAt(o, bufferData(o) + start, n);
}

/** Reads from a FileIO to an address of the space. */
export function rawReadAt(o: number, address: number, n: number): number {
  if (fileDescriptor(rawOf(o)) < 0) return closedFile();
  const r = readFile(rawOf(o), address, n);
  if (r === AGAIN) return WOULD_BLOCK;
  return r < 0 ? raiseErrno(-r) - 1 : advanced(o, r);
}

/** Reads at most n bytes as a new bytes object's start: the object and the count through `taken`; 0 with the exception set. */
export const taken = { count: 0 };
export function rawReadBytes(o: number, n: number): number {
  if (onFile(o)) {
    const made = newBytes(n);
    const slot = root(made);
    taken.count = rawReadAt(o, bytesStart(made), n);
    unroot(slot);
    return taken.count === FAILED ? 0 : made;
  }
  const scratch = zeroByteArray(n);
  const slot = root(scratch);
  taken.count = advanced(o, callWithView(o, 'readinto', scratch, 0, n));
  const made = taken.count === FAILED ? 0 : newBytes(n);
  const at = I32[(scratch >>> 2) + L.BYTEARRAY_DATA] >>> 0;
  if (made !== 0 && taken.count > 0) U8.copyWithin(bytesStart(made), at, at + taken.count);
  unroot(slot);
  return made;
}

/** Writes n bytes of the buffer from `start` on: the number, WOULD_BLOCK or FAILED. */
export function rawWriteBuffer(o: number, start: number, n: number): number {
  if (!onFile(o)) return advanced(o, callWithView(o, 'write', word(o, BUFFER), start, n));
  return writeStraight(o, bufferData(o) + start, n);
}

/** Writes n bytes of the space at an address: the number, WOULD_BLOCK or FAILED. */
export function rawWriteAt(o: number, address: number, n: number): number {
  if (onFile(o)) return writeStraight(o, address, n);
  const scratch = newByteArray(U8.subarray(address, address + n));
  const slot = root(scratch);
  const r = callWithView(o, 'write', scratch, 0, n);
  unroot(slot);
  return advanced(o, r);
}

function writeStraight(o: number, address: number, n: number): number {
  if (fileDescriptor(rawOf(o)) < 0) return closedFile();
  const r = writeFile(rawOf(o), address, n);
  if (r === AGAIN) return WOULD_BLOCK;
  return r < 0 ? raiseErrno(-r) - 1 : advanced(o, r);
}

/** Fills the buffer behind what is read already: the number of bytes, WOULD_BLOCK or FAILED. */
export function fillBuffer(o: number): number {
  prepareToRead(o);
  const start = hasReadData(o) ? word(o, READ_END) : 0;
  const n = rawReadIntoBuffer(o, start, bufferSize(o) - start);
  if (n <= 0) return n;
  setWord(o, READ_END, start + n);
  setWord(o, RAW_POS, start + n);
  return n;
}

/** Raises BlockingIOError with what was written; returns 0. */
export function raiseBlocking(message: string, written: number): 0 {
  const args = [H.small(constants.errno.EAGAIN), fromJS(message), intFromNumber(written)];
  const e = callArgs(exceptionType('BlockingIOError'), args);
  return (e === 0 ? 0 : setException(e)) as 0;
}

export const wouldBlock = (): 0 => raise('BlockingIOError', errorText(constants.errno.EAGAIN)) as 0;

/** Writes out what is to be written: 1, or 0 with the exception set. The lock is held. */
export function flushWrites(o: number): 1 | 0 {
  if (!hasWriteData(o) || word(o, WRITE_POS) === word(o, WRITE_END)) {
    dropWriteData(o);
    return 1;
  }
  const rewind = rawOffset(o) + (word(o, POS) - word(o, WRITE_POS));
  if (rewind !== 0) {
    if (rawSeek(o, -rewind, 1) < 0) return 0;
    setWord(o, RAW_POS, word(o, RAW_POS) - rewind);
  }
  while (word(o, WRITE_POS) < word(o, WRITE_END)) {
    const n = rawWriteBuffer(o, word(o, WRITE_POS), word(o, WRITE_END) - word(o, WRITE_POS));
    if (n === FAILED) return 0;
    if (n === WOULD_BLOCK) return raiseBlocking('write could not complete without blocking', 0);
    setWord(o, WRITE_POS, word(o, WRITE_POS) + n);
    setWord(o, RAW_POS, word(o, WRITE_POS));
  }
  dropWriteData(o);
  return 1;
}

/** Writes out, and puts the raw stream where the logical position is: 1, or 0 with the exception set. The lock is held. */
export function flushAndRewind(o: number): 1 | 0 {
  if (flushWrites(o) === 0) return 0;
  if ((flagsOf(o) & READS) === 0) return 1;
  const n = rawSeek(o, -rawOffset(o), 1);
  dropReadData(o);
  return n < 0 ? 0 : 1;
}

export const readsAllowed = (o: number): boolean => (flagsOf(o) & READS) !== 0;
export const writesAllowed = (o: number): boolean => (flagsOf(o) & WRITES) !== 0;

/** Notes whether a text stream works on it: then that one's finalizer closes it. */
export function setBufferedWrapped(o: number, wrapped: boolean): void {
  setWord(o, FLAGS, wrapped ? flagsOf(o) | WRAPPED : flagsOf(o) & ~WRAPPED);
}

export const isWrapped = (o: number): boolean => (flagsOf(o) & WRAPPED) !== 0;

/** `<class name='...'>`. */
export function reprBuffered(o: number): number {
  const name = rawOf(o) === 0 ? 0 : lookupAttr(rawOf(o), intern('name'));
  if (name === 0 && pendingException() !== 0) {
    if (!pendingIs('ValueError')) return 0;
    clearException();
  }
  if (name === 0) return fromJS(`<${typeName(o)}>`);
  const shown = repr(name);
  return shown === 0 ? 0 : fromJS(`<${typeName(o)} name=${toJS(shown)}>`);
}

/** The raw stream's attribute. */
export const rawAttribute =
  (name: string): ((o: number) => number) =>
  (o) =>
    initialised(o) === 0 ? 0 : getAttr(rawOf(o), intern(name));
