/** `_io.BytesIO`: a binary stream in memory, and the object that getbuffer() shows. */
import { newObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, bytes as BYTES, i32, u8 } from '../heap/memory.js';
import { iterate, indexNumber } from '../objects/abstract.js';
import { bufferOf, exporters, needBuffer } from '../objects/byte-buffer.js';
import { bytesFromU8 } from '../objects/bytes.js';
import { defineType, type MethodRow } from '../objects/define.js';
import { dictCopy, dictLen } from '../objects/dict.js';
import { dictUpdateAny } from '../objects/dict-update.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { livingViews } from '../objects/exports.js';
import { intFromNumber } from '../objects/int.js';
import { listAppend, newList } from '../objects/list.js';
import { viewOf } from '../objects/memoryview.js';
import { isKind } from '../objects/object.js';
import { instanceDict } from '../objects/instance-dict.js';
import { placed } from '../objects/str-make.js';
import { tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { root, unroot } from '../heap/context.js';
import { writableArgument } from './io-base.js';
import { enter, leave } from './io-lock.js';
import {
  closedError,
  newIo,
  plainWords,
  setHandle,
  setWord,
  sizeArgument,
  T_BUFFERED_IO_BASE,
  T_BYTES_IO,
  T_BYTES_IO_BUFFER,
  word,
} from './io-object.js';
import { offsetArgument } from './io-file.js';
import { grown, storageData } from './io-storage.js';

const I32 = i32;
const U8 = u8;
const SPACE = atomics;

const STORAGE = L.RECORD_ITEMS;
/** Made when getbuffer() is first called. */
const WINDOW = L.RECORD_ITEMS + 1;
const LENGTH = plainWords(2);
const POSITION = LENGTH + 1;
const EXPORTS = LENGTH + 2;
const CLOSED = LENGTH + 3;
const LOCK = LENGTH + 4;
const WORDS = 6;
const MOST = 0x7ffffff0;

const lengthOf = (o: number): number => word(o, LENGTH);
const dataOf = (o: number): number => (word(o, STORAGE) === 0 ? 0 : storageData(word(o, STORAGE)));

/** Enters the stream's lock when it is open; 0 with the exception set otherwise. */
function begin(o: number): 1 | 0 {
  if (word(o, CLOSED) !== 0) return closedError();
  return enter(o, LOCK);
}

const end = (o: number, value: number): number => leave(o, LOCK, value);

/** Raises BufferError while a memoryview shows the data. */
function mayResize(o: number): 1 | 0 {
  if (word(o, EXPORTS) === 0) return 1;
  setWord(o, EXPORTS, livingViews(word(o, WINDOW), word(o, EXPORTS)));
  if (word(o, EXPORTS) === 0) return 1;
  return raise('BufferError', 'Existing exports of data: object cannot be re-sized') as 0;
}

/** Makes room for n bytes: 1, or 0 with the exception set. */
function reserve(o: number, n: number): 1 | 0 {
  if (n > MOST) return raise('OverflowError', 'new position too large') as 0;
  const old = word(o, STORAGE);
  const storage = grown(old, lengthOf(o), n);
  if (storage !== old) setHandle(o, STORAGE, storage);
  return 1;
}

/** Writes at the position; what lies between end and position becomes zeros. The lock is held. */
function put(o: number, data: Uint8Array): 1 | 0 {
  const at = word(o, POSITION);
  const stop = at + data.length;
  if (data.length === 0) return 1;
  if (stop > lengthOf(o) && reserve(o, stop) === 0) return 0;
  const base = dataOf(o);
  if (at > lengthOf(o)) U8.fill(0, base + lengthOf(o), base + at);
  U8.set(data, base + at);
  if (stop > lengthOf(o)) setWord(o, LENGTH, stop);
  setWord(o, POSITION, stop);
  return 1;
}

function write(args: number): number {
  const o = I32[args];
  if (word(o, CLOSED) !== 0) return closedError();
  if (mayResize(o) === 0) return 0;
  const data = needBuffer(I32[args + 1]);
  if (data === undefined || begin(o) === 0) return 0;
  const ok = put(o, data);
  return end(o, ok === 0 ? 0 : intFromNumber(data.length));
}

/** The next n bytes at most (negative: all). The lock is held. */
function take(o: number, n: number): number {
  const at = word(o, POSITION);
  const left = Math.max(0, lengthOf(o) - at);
  const count = n < 0 || n > left ? left : n;
  setWord(o, POSITION, at + count);
  return bytesFromU8(U8.subarray(dataOf(o) + at, dataOf(o) + at + count));
}

function read(args: number): number {
  const o = I32[args];
  const n = sizeArgument(I32[args + 1]);
  return Number.isNaN(n) || begin(o) === 0 ? 0 : end(o, take(o, n));
}

/** Bytes of the line at the position. */
function lineLength(o: number): number {
  const at = dataOf(o) + word(o, POSITION);
  const stop = dataOf(o) + lengthOf(o);
  if (stop <= at) return 0;
  const newline = SPACE.indexOfByte(at, stop, 10) >>> 0;
  return newline === stop ? stop - at : newline - at + 1;
}

function line(o: number, limit: number): number {
  const n = lineLength(o);
  return take(o, limit >= 0 && limit < n ? limit : n);
}

function readline(args: number): number {
  const o = I32[args];
  const n = sizeArgument(I32[args + 1]);
  return Number.isNaN(n) || begin(o) === 0 ? 0 : end(o, line(o, n));
}

function next(o: number): number {
  if (begin(o) === 0) return 0;
  return end(o, lineLength(o) === 0 ? 0 : line(o, -1));
}

function readlines(args: number): number {
  const o = I32[args];
  const hint = I32[args + 1] === 0 ? -1 : sizeArgument(I32[args + 1]);
  if (Number.isNaN(hint) || begin(o) === 0) return 0;
  const list = newList(0);
  const slot = root(list);
  for (let total = 0; lineLength(o) > 0 && (hint <= 0 || total < hint); ) {
    total += lineLength(o);
    listAppend(list, line(o, -1));
  }
  unroot(slot);
  return end(o, list);
}

function readinto(args: number): number {
  const o = I32[args];
  if (word(o, CLOSED) !== 0) return closedError();
  const into = writableArgument('readinto() argument', I32[args + 1]);
  if (into === undefined || begin(o) === 0) return 0;
  const at = word(o, POSITION);
  const n = Math.min(into.length, Math.max(0, lengthOf(o) - at));
  into.set(U8.subarray(dataOf(o) + at, dataOf(o) + at + n));
  setWord(o, POSITION, at + n);
  return end(o, intFromNumber(n));
}

/** seek(pos, whence=0). */
function seek(args: number): number {
  const o = I32[args];
  const to = offsetArgument(I32[args + 1]);
  const whence = I32[args + 2] === 0 ? 0 : indexNumber(I32[args + 2]);
  if (Number.isNaN(to) || Number.isNaN(whence) || begin(o) === 0) return 0;
  if (to < 0 && whence === 0) return end(o, raise('ValueError', `negative seek value ${to}`));
  if (whence < 0 || whence > 2) return end(o, raise('ValueError', `invalid whence (${whence}, should be 0, 1 or 2)`));
  const at = to + (whence === 0 ? 0 : whence === 1 ? word(o, POSITION) : lengthOf(o));
  if (at > MOST) return end(o, raise('OverflowError', 'new position too large'));
  setWord(o, POSITION, Math.max(0, at));
  return end(o, intFromNumber(word(o, POSITION)));
}

function truncate(args: number): number {
  const o = I32[args];
  if (word(o, CLOSED) !== 0) return closedError();
  if (mayResize(o) === 0) return 0;
  const given = I32[args + 1] !== 0 && I32[args + 1] !== H.NONE;
  const size = given ? offsetArgument(I32[args + 1]) : word(o, POSITION);
  if (Number.isNaN(size)) return 0;
  if (size < 0) return raise('ValueError', `negative size value ${size}`);
  if (begin(o) === 0) return 0;
  if (size < lengthOf(o)) setWord(o, LENGTH, size);
  return end(o, intFromNumber(size));
}

function close(args: number): number {
  const o = I32[args];
  if (mayResize(o) === 0 || enter(o, LOCK) === 0) return 0;
  setWord(o, CLOSED, 1);
  setHandle(o, STORAGE, 0);
  setWord(o, LENGTH, 0);
  return end(o, H.NONE);
}

function getvalue(args: number): number {
  const o = I32[args];
  return begin(o) === 0 ? 0 : end(o, bytesFromU8(U8.subarray(dataOf(o), dataOf(o) + lengthOf(o))));
}

/** getbuffer(): a view that keeps the size. */
function getbuffer(args: number): number {
  const o = I32[args];
  if (word(o, CLOSED) !== 0) return closedError();
  if (word(o, WINDOW) === 0) {
    const b = newObject(L.KIND_RECORD, 64, T.typeHandle(T_BYTES_IO_BUFFER));
    I32[(b >>> 2) + L.RECORD_COUNT] = 1;
    I32[(b >>> 2) + L.RECORD_ITEMS] = o;
    setHandle(o, WINDOW, b);
  }
  return viewOf(word(o, WINDOW));
}

defineType({
  id: T_BYTES_IO_BUFFER,
  name: '_BytesIOBuffer',
  module: '_io',
  kind: L.KIND_RECORD,
  final: true,
  slots: { create: () => raise('TypeError', "cannot create '_io._BytesIOBuffer' instances") },
});

const streamOf = (window: number): number => word(window, L.RECORD_ITEMS);

exporters.set(T_BYTES_IO_BUFFER, {
  data: (window) => {
    const o = streamOf(window);
    return BYTES.subarray(dataOf(o), dataOf(o) + lengthOf(o));
  },
  writable: true,
  exported: (window, change) => setWord(streamOf(window), EXPORTS, word(streamOf(window), EXPORTS) + change),
});

/** `__getstate__`: contents, position, attributes. */
function getstate(args: number): number {
  const value = getvalue(args);
  if (value === 0) return 0;
  const slot = root(value);
  const dict = instanceDict(I32[args]);
  const state =
    dict === 0
      ? 0
      : tupleOf(value, intFromNumber(word(I32[args], POSITION)), dictLen(dict) === 0 ? H.NONE : dictCopy(dict));
  unroot(slot);
  return state;
}

function setstate(args: number): number {
  const [o, state] = [I32[args], I32[args + 1]];
  if (!isKind(state, L.KIND_TUPLE) || tupleLength(state) < 3)
    return raise('TypeError', `${typeName(o)}.__setstate__ argument should be 3-tuple, got ${typeName(state)}`);
  const data = needBuffer(tupleItem(state, 0));
  if (data === undefined || mayResize(o) === 0 || begin(o) === 0) return 0;
  setWord(o, LENGTH, 0);
  setWord(o, POSITION, 0);
  if (end(o, put(o, data)) === 0) return 0;
  const at = indexNumber(tupleItem(state, 1));
  if (Number.isNaN(at)) return 0;
  if (at < 0) return raise('ValueError', 'position value cannot be negative');
  setWord(o, POSITION, at);
  const dict = tupleItem(state, 2);
  if (dict === H.NONE) return H.NONE;
  if (!isKind(dict, L.KIND_DICT))
    return raise('TypeError', `third item of state should be a dict, got a ${typeName(dict)}`);
  return dictUpdateAny(instanceDict(o), dict) === 0 ? 0 : H.NONE;
}

function init(o: number, args: number, n: number, kwnames: number): number {
  const given = placed('BytesIO', ['initial_bytes'], args, n, kwnames);
  if (given === undefined) return 0;
  if (word(o, EXPORTS) > 0 && mayResize(o) === 0) return 0;
  setWord(o, LENGTH, 0);
  setWord(o, POSITION, 0);
  setWord(o, CLOSED, 0);
  if (given[0] === 0 || given[0] === H.NONE) return 1;
  const data = bufferOf(given[0]) === undefined ? needBuffer(given[0]) : bufferOf(given[0]);
  if (data === undefined || put(o, data) === 0) return 0;
  setWord(o, POSITION, 0);
  return 1;
}

/** writelines(lines). */
function writelines(args: number): number {
  const o = I32[args];
  if (word(o, CLOSED) !== 0) return closedError();
  const slot = root(o);
  let ok = true;
  const done = iterate(I32[args + 1], (item) => {
    const data = mayResize(o) === 0 ? undefined : needBuffer(item);
    ok = data !== undefined && begin(o) !== 0 && end(o, put(o, data)) !== 0;
    return ok;
  });
  unroot(slot);
  return done && ok && pendingException() === 0 ? H.NONE : 0;
}

const open =
  (value: number): MethodRow[1] =>
  (args) =>
    word(I32[args], CLOSED) !== 0 ? closedError() : value;

defineType({
  id: T_BYTES_IO,
  name: 'BytesIO',
  module: '_io',
  base: T_BUFFERED_IO_BASE,
  kind: L.KIND_RECORD,
  dict: true,
  weakrefs: true,
  finalizer: false,
  doc: 'Buffered I/O implementation using an in-memory bytes buffer.',
  methods: [
    ['readable', open(H.TRUE), [0, 0]],
    ['seekable', open(H.TRUE), [0, 0]],
    ['writable', open(H.TRUE), [0, 0]],
    ['isatty', open(H.FALSE), [0, 0]],
    ['flush', open(H.NONE), [0, 0]],
    ['close', close, [0, 0]],
    ['tell', (args) => (open(H.NONE)(args, 1, 0) === 0 ? 0 : intFromNumber(word(I32[args], POSITION))), [0, 0]],
    ['read', read, '(size=-1, /)'],
    ['read1', read, '(size=-1, /)'],
    ['readline', readline, '(size=-1, /)'],
    ['readlines', readlines, '(size=None, /)'],
    ['readinto', readinto, [1, 1]],
    ['write', write, [1, 1]],
    ['writelines', writelines, [1, 1]],
    ['seek', seek, '(pos, whence=0, /)'],
    ['truncate', truncate, '(size=None, /)'],
    ['getvalue', getvalue, [0, 0]],
    ['getbuffer', getbuffer, [0, 0]],
    ['__getstate__', getstate, [0, 0]],
    ['__setstate__', setstate, [1, 1]],
  ],
  getset: [{ name: 'closed', get: (o) => H.fromBool(word(o, CLOSED) !== 0) }],
  slots: {
    create: (type) => newIo(type, 2, WORDS),
    init,
    iter: (o) => o,
    next,
  },
});
