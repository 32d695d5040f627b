/** The abstract classes of `_io`, which programs derive from (https://docs.python.org/3.14/library/io.html#class-hierarchy). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { hasIndex, indexNumber, isTrue, iterate, length, lookupAttr } from '../objects/abstract.js';
import { genericLookup, setAttr } from '../objects/attribute.js';
import { isWritable, needBuffer } from '../objects/byte-buffer.js';
import { newByteArray } from '../objects/bytearray.js';
import { bytesData, bytesFromU8, bytesLength, isBytes } from '../objects/bytes.js';
import { call1 } from '../objects/call.js';
import { defineType, type MethodRow } from '../objects/define.js';
import {
  clearException,
  newException,
  pendingException,
  pendingIs,
  raise,
  setException,
  typeName,
} from '../objects/exceptions.js';
import { listAppend, newList } from '../objects/list.js';
import { isKind } from '../objects/object.js';
import * as L from '../heap/layout.generated.js';
import { instanceDict, setInstanceDict } from '../objects/instance-dict.js';
import { intern } from '../objects/strings.js';
import {
  afterwards,
  attributeTruth,
  closedError,
  DEFAULT_BUFFER_SIZE,
  method0,
  method1,
  method2,
  sizeArgument,
  T_BUFFERED_IO_BASE,
  T_IO_BASE,
  T_RAW_IO_BASE,
  T_TEXT_IO_BASE,
  unsupported,
} from './io-object.js';

const I32 = i32;
const none = (ok: number): number => (ok === 0 ? 0 : H.NONE);
const CLOSED = '__IOBase_closed';

/** An operation that the class does not support. */
const lacking =
  (name: string): MethodRow[1] =>
  () =>
    unsupported(name);

/** Does the attribute that close() leaves say so? */
const isClosed = (o: number): boolean => {
  const found = genericLookup(o, intern(CLOSED));
  return found !== 0 && isTrue(found) === 1;
};

/** 1, or 0 with ValueError set when the stream says it is closed. */
export function checkClosed(o: number): 1 | 0 {
  const closed = attributeTruth(o, 'closed');
  return closed < 0 ? 0 : closed === 1 ? closedError() : 1;
}

/** 1, or 0 with UnsupportedOperation set when o.name() is not true. */
function check(o: number, name: string, message: string): 1 | 0 {
  const ok = method0(o, name);
  if (ok === 0) return 0;
  return ok === H.TRUE ? 1 : unsupported(message);
}

export const checkReadable = (o: number): 1 | 0 => check(o, 'readable', 'File or stream is not readable.');
export const checkWritable = (o: number): 1 | 0 => check(o, 'writable', 'File or stream is not writable.');
export const checkSeekable = (o: number): 1 | 0 => check(o, 'seekable', 'File or stream is not seekable.');

/** Notes that the stream is closed; 1, or 0 with the exception set. */
export const markClosed = (o: number): number => setAttr(o, intern(CLOSED), H.TRUE);

/** _IOBase.close: flushes, and is closed whatever that gave. 1, or 0 with the exception set. */
export function closeBase(o: number): number {
  if (isClosed(o)) return 1;
  method0(o, 'flush');
  return afterwards(() => markClosed(o));
}

/** `__del__`: closes what is open still; exceptions are dropped, as nobody could catch them. */
export function finalizeStream(args: number): number {
  const closed = attributeTruth(I32[args], 'closed');
  if (closed === 0) method0(I32[args], 'close');
  if (pendingException() !== 0) clearException();
  return H.NONE;
}

/** Bytes to read for the rest of a line without running over it: up to the newline in what peek shows, or one. */
function lineStep(o: number, peek: number, left: number): number {
  if (peek === 0) return 1;
  const ahead = call1(peek, H.small(1));
  if (ahead === 0) return -1;
  if (!isBytes(ahead))
    return raise('OSError', `peek() should have returned a bytes object, not '${typeName(ahead)}'`) - 1;
  const data = bytesData(ahead);
  if (data.length === 0) return 1;
  const newline = data.indexOf(10);
  const step = newline < 0 ? data.length : newline + 1;
  return left < 0 ? step : Math.min(step, left);
}

/** readline(size=-1) by peek() and read(). */
function readline(args: number): number {
  const o = I32[args];
  const limit = sizeArgument(I32[args + 1]);
  if (Number.isNaN(limit)) return 0;
  const peek = lookupAttr(o, intern('peek'));
  if (peek === 0 && pendingException() !== 0) return 0;
  const slot = root(peek);
  const out = readlineParts(o, peek, limit);
  unroot(slot);
  return out === undefined ? 0 : bytesFromU8(out);
}

function readlineParts(o: number, peek: number, limit: number): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  let total = 0;
  while (limit < 0 || total < limit) {
    const step = lineStep(o, peek, limit < 0 ? -1 : limit - total);
    if (step < 0) return undefined;
    const b = method1(o, 'read', H.small(step));
    if (b === 0) return undefined;
    if (!isBytes(b)) return void raise('OSError', `read() should have returned a bytes object, not '${typeName(b)}'`);
    if (bytesLength(b) === 0) break;
    parts.push(Uint8Array.from(bytesData(b)));
    total += bytesLength(b);
    if (parts[parts.length - 1].at(-1) === 10) break;
  }
  return Buffer.concat(parts);
}

/** Next line of an iteration; 0 at the end without an exception. */
function next(o: number): number {
  const line = method0(o, 'readline');
  if (line === 0) return 0;
  const n = length(line);
  return n > 0 ? line : 0;
}

/** readlines(hint=-1). */
function readlines(args: number): number {
  const hint = sizeArgument(I32[args + 1]);
  if (Number.isNaN(hint)) return 0;
  const list = newList(0);
  const slot = root(list);
  let total = 0;
  const done = iterate(I32[args], (line) => {
    listAppend(list, line);
    if (hint <= 0) return true;
    const at = root(line);
    total += length(line);
    unroot(at);
    return total < hint;
  });
  unroot(slot);
  return done ? list : 0;
}

/** writelines(lines). */
function writelines(args: number): number {
  const o = I32[args];
  if (checkClosed(o) === 0) return 0;
  let ok = 1;
  const done = iterate(I32[args + 1], (line) => {
    do ok = method1(o, 'write', line);
    while (ok === 0 && pendingIs('InterruptedError') && (clearException(), true));
    return ok !== 0;
  });
  return done && ok !== 0 ? H.NONE : 0;
}

function enter(args: number): number {
  return checkClosed(I32[args]) === 0 ? 0 : I32[args];
}

const checked =
  (test: (o: number) => 1 | 0): MethodRow[1] =>
  (args) =>
    test(I32[args]) === 0 ? 0 : H.TRUE;

const BASE_METHODS: readonly MethodRow[] = [
  ['seek', lacking('seek'), '(offset, whence=0, /)'],
  ['tell', (args) => method2(I32[args], 'seek', H.small(0), H.small(1)), [0, 0]],
  ['truncate', lacking('truncate'), '(size=None, /)'],
  ['flush', (args) => (isClosed(I32[args]) ? closedError() : H.NONE), [0, 0]],
  ['close', (args) => none(closeBase(I32[args])), [0, 0]],
  ['seekable', () => H.FALSE, [0, 0]],
  ['readable', () => H.FALSE, [0, 0]],
  ['writable', () => H.FALSE, [0, 0]],
  ['_checkClosed', (args) => none(checkClosed(I32[args])), [0, -1]],
  ['_checkSeekable', checked(checkSeekable), [0, -1]],
  ['_checkReadable', checked(checkReadable), [0, -1]],
  ['_checkWritable', checked(checkWritable), [0, -1]],
  ['fileno', lacking('fileno'), [0, 0]],
  ['isatty', (args) => (checkClosed(I32[args]) === 0 ? 0 : H.FALSE), [0, 0]],
  ['__enter__', enter, [0, 0]],
  ['__exit__', (args) => method0(I32[args], 'close'), [0, -1]],
  ['__del__', finalizeStream, [0, 0]],
  ['readline', readline, '(size=-1, /)'],
  ['readlines', readlines, '(hint=-1, /)'],
  ['writelines', writelines, [1, 1]],
];

defineType({
  id: T_IO_BASE,
  name: '_IOBase',
  module: '_io',
  kind: L.KIND_INSTANCE,
  dict: true,
  weakrefs: true,
  methods: BASE_METHODS,
  getset: [
    { name: 'closed', get: (o) => H.fromBool(isClosed(o)) },
    { name: '__dict__', get: instanceDict, set: setInstanceDict },
  ],
  slots: {
    iter: (o) => (checkClosed(o) === 0 ? 0 : o),
    next,
  },
});

// ---------------------------------------------------------------- raw streams

/** read(size=-1) by readinto() or readall(). */
function rawRead(args: number): number {
  const o = I32[args];
  const n = I32[args + 1] === 0 ? -1 : indexNumber(I32[args + 1]);
  if (Number.isNaN(n)) return 0;
  if (n < 0) return method0(o, 'readall');
  const buffer = newByteArray(new Uint8Array(n));
  const slot = root(buffer);
  const count = method1(o, 'readinto', buffer);
  const made = count === 0 || count === H.NONE ? count : takeRead(buffer, count, n);
  unroot(slot);
  return made;
}

function takeRead(buffer: number, count: number, n: number): number {
  const got = hasIndex(count)
    ? indexNumber(count)
    : raise('TypeError', `'${typeName(count)}' object cannot be interpreted as an integer`) || Number.NaN;
  if (Number.isNaN(got)) return 0;
  if (got < 0 || got > n) return raise('ValueError', `readinto returned ${got} outside buffer size ${n}`);
  return bytesFromU8(bytesData(buffer).subarray(0, got));
}

/** What a raw stream has to define itself. */
const abstract = (): number => setException(newException('NotImplementedError', 0));

/** readall() by read(). */
function readall(args: number): number {
  const o = I32[args];
  const parts: Uint8Array[] = [];
  for (;;) {
    const data = method1(o, 'read', H.small(DEFAULT_BUFFER_SIZE));
    if (data === 0) {
      if (!pendingIs('InterruptedError')) return 0;
      clearException();
      continue;
    }
    if (data === H.NONE) {
      if (parts.length === 0) return H.NONE;
      break;
    }
    if (!isBytes(data)) return raise('TypeError', 'read() should return bytes');
    if (bytesLength(data) === 0) break;
    parts.push(Uint8Array.from(bytesData(data)));
  }
  return bytesFromU8(Buffer.concat(parts));
}

defineType({
  id: T_RAW_IO_BASE,
  name: '_RawIOBase',
  module: '_io',
  base: T_IO_BASE,
  kind: L.KIND_INSTANCE,
  dict: true,
  weakrefs: true,
  methods: [
    ['read', rawRead, '(size=-1, /)'],
    ['readall', readall, [0, 0]],
    ['readinto', abstract, [1, 1]],
    ['write', abstract, [1, 1]],
  ],
});

// ---------------------------------------------------------------- buffered streams

/** A writable buffer argument; undefined with TypeError set. */
export function writableArgument(who: string, h: number): Uint8Array | undefined {
  if (!isWritable(h)) {
    const released = isKind(h, L.KIND_MEMORYVIEW) ? needBuffer(h) : undefined;
    if (released === undefined && pendingException() !== 0) return undefined;
    raise('TypeError', `${who} must be read-write bytes-like object, not ${typeName(h)}`);
    return undefined;
  }
  return needBuffer(h);
}

/** readinto(buffer) by read() or read1(). */
const readinto =
  (who: string, method: string): MethodRow[1] =>
  (args) => {
    const into = writableArgument(`${who}() argument`, I32[args + 1]);
    if (into === undefined) return 0;
    const data = method1(I32[args], method, H.small(into.length));
    if (data === 0) return 0;
    if (!isBytes(data)) return raise('TypeError', `${method}() should return bytes`);
    const n = bytesLength(data);
    if (n > into.length)
      return raise('ValueError', `${method}() returned too much data: ${into.length} bytes requested, ${n} returned`);
    // Found again: Python code ran.
    needBuffer(I32[args + 1])?.set(bytesData(data));
    return H.small(n);
  };

defineType({
  id: T_BUFFERED_IO_BASE,
  name: '_BufferedIOBase',
  module: '_io',
  base: T_IO_BASE,
  kind: L.KIND_INSTANCE,
  dict: true,
  weakrefs: true,
  methods: [
    ['detach', lacking('detach'), [0, 0]],
    ['read', lacking('read'), '(size=-1, /)'],
    ['read1', lacking('read1'), '(size=-1, /)'],
    ['readinto', readinto('readinto', 'read'), [1, 1]],
    ['readinto1', readinto('readinto1', 'read1'), [1, 1]],
    ['write', lacking('write'), [1, 1]],
  ],
});

defineType({
  id: T_TEXT_IO_BASE,
  name: '_TextIOBase',
  module: '_io',
  base: T_IO_BASE,
  kind: L.KIND_INSTANCE,
  dict: true,
  weakrefs: true,
  methods: [
    ['detach', lacking('detach'), [0, 0]],
    ['read', lacking('read'), '(size=-1, /)'],
    ['readline', lacking('readline'), '(size=-1, /)'],
    ['write', lacking('write'), [1, 1]],
  ],
  getset: [
    { name: 'encoding', get: () => H.NONE },
    { name: 'newlines', get: () => H.NONE },
    { name: 'errors', get: () => H.NONE },
  ],
});
