/** The types BufferedReader, BufferedWriter, BufferedRandom and BufferedRWPair. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { indexNumber } from '../objects/abstract.js';
import { defineType, type GetSetRow, type MethodRow } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { placed } from '../objects/str-make.js';
import * as T from '../objects/type-ids.js';
import { checkReadable, checkSeekable, checkWritable, finalizeStream } from './io-base.js';
import {
  initialised,
  isClosed,
  isWrapped,
  newBuffered,
  rawAttribute,
  rawOf,
  READS,
  reprBuffered,
  setUp,
  WRITES,
} from './io-buffered.js';
import * as reading from './io-buffered-read.js';
import * as writing from './io-buffered-write.js';
import { fileReadable, fileSeekable, fileWritable } from './io-file.js';
import {
  afterwards,
  attributeTruth,
  DEFAULT_BUFFER_SIZE,
  isExactly,
  method0,
  method1,
  methodTruth,
  newIo,
  setHandle,
  T_BUFFERED_IO_BASE,
  T_BUFFERED_RANDOM,
  T_BUFFERED_READER,
  T_BUFFERED_RW_PAIR,
  T_BUFFERED_WRITER,
  T_FILE_IO,
  unsupported,
  word,
} from './io-object.js';

const I32 = i32;

/** A question the raw stream answers. */
const askRaw =
  (name: string): MethodRow[1] =>
  (args) =>
    initialised(I32[args]) === 0 ? 0 : method0(rawOf(I32[args]), name);

const COMMON: readonly MethodRow[] = [
  ['detach', writing.detach, [0, 0]],
  ['close', writing.close, [0, 0]],
  ['__del__', (args) => (isWrapped(I32[args]) ? H.NONE : finalizeStream(args)), [0, 0]],
  ['seekable', askRaw('seekable'), [0, 0]],
  ['fileno', askRaw('fileno'), [0, 0]],
  ['isatty', askRaw('isatty'), [0, 0]],
  ['_dealloc_warn', () => H.NONE, [1, 1]],
  ['seek', writing.seek, '(target, whence=0, /)'],
  ['tell', writing.tell, [0, 0]],
  ['truncate', writing.truncate, '(pos=None, /)'],
];

const READING: readonly MethodRow[] = [
  ['readable', askRaw('readable'), [0, 0]],
  ['read', reading.read, '(size=-1, /)'],
  ['peek', reading.peek, '(size=0, /)'],
  ['read1', reading.read1, '(size=-1, /)'],
  ['readinto', reading.readinto(false), [1, 1]],
  ['readinto1', reading.readinto(true), [1, 1]],
  ['readline', reading.readline, '(size=-1, /)'],
];

const WRITING: readonly MethodRow[] = [
  ['writable', askRaw('writable'), [0, 0]],
  ['write', writing.write, [1, 1]],
  ['flush', writing.flush, [0, 0]],
];

const GETSET: readonly GetSetRow[] = [
  { name: 'raw', get: (o) => rawOf(o) || H.NONE },
  {
    name: 'closed',
    get: (o) => {
      const closed = initialised(o) === 0 ? -1 : isClosed(o);
      return closed < 0 ? 0 : H.fromBool(closed === 1);
    },
  },
  { name: 'name', get: rawAttribute('name') },
  { name: 'mode', get: rawAttribute('mode') },
];

/** Arguments (raw, buffer_size); undefined with the exception set. */
function arguments_(who: string, args: number, n: number, kwnames: number): { raw: number; size: number } | undefined {
  const given = placed(who, ['raw', 'buffer_size'], args, n, kwnames);
  if (given === undefined) return undefined;
  if (given[0] === 0) return void raise('TypeError', `${who}() missing required argument 'raw' (pos 1)`);
  const size = given[1] === 0 ? DEFAULT_BUFFER_SIZE : indexNumber(given[1]);
  return Number.isNaN(size) ? undefined : { raw: given[0], size };
}

/** Tests of the raw stream before it is taken: 1, or 0 with the exception set. */
const readableRaw = (raw: number): 1 | 0 =>
  !isExactly(raw, T_FILE_IO) || rawClosed(raw)
    ? checkReadable(raw)
    : fileReadable(raw)
      ? 1
      : unsupported('File or stream is not readable.');
const writableRaw = (raw: number): 1 | 0 =>
  !isExactly(raw, T_FILE_IO) || rawClosed(raw)
    ? checkWritable(raw)
    : fileWritable(raw)
      ? 1
      : unsupported('File or stream is not writable.');
const seekableRaw = (raw: number): 1 | 0 =>
  !isExactly(raw, T_FILE_IO) || rawClosed(raw)
    ? checkSeekable(raw)
    : fileSeekable(raw)
      ? 1
      : unsupported('File or stream is not seekable.');
const rawClosed = (raw: number): boolean => attributeTruth(raw, 'closed') !== 0;

type Test = (raw: number) => 1 | 0;

const initWith =
  (who: string, uses: number, tests: readonly Test[]) =>
  (o: number, args: number, n: number, kwnames: number): number => {
    const given = arguments_(who, args, n, kwnames);
    if (given === undefined) return 0;
    for (const test of tests) if (test(given.raw) === 0) return 0;
    return setUp(o, given.raw, given.size, uses);
  };

/** A buffered stream on a raw one that suits it; 0 with the exception set. */
export function newBufferedOn(id: number, raw: number, size: number): number {
  const o = newBuffered(T.typeHandle(id));
  const uses = (id === T_BUFFERED_WRITER ? 0 : READS) | (id === T_BUFFERED_READER ? 0 : WRITES);
  const slot = root(o);
  const ok = setUp(o, raw, size, uses);
  unroot(slot);
  return ok === 0 ? 0 : o;
}

/** `__next__` of a subclass that overrides readline calls it: see _IOBase. */
const next = (o: number): number =>
  isExactly(o, T_BUFFERED_READER) || isExactly(o, T_BUFFERED_RANDOM) ? reading.iterateLines(o) : nextByMethod(o);

function nextByMethod(o: number): number {
  const line = method0(o, 'readline');
  return line === 0 || I32[(line >>> 2) + L.BYTES_LENGTH] === 0 ? 0 : line;
}

defineType({
  id: T_BUFFERED_READER,
  name: 'BufferedReader',
  module: '_io',
  base: T_BUFFERED_IO_BASE,
  kind: L.KIND_RECORD,
  dict: true,
  weakrefs: true,
  doc: 'Create a new buffered reader using the given readable raw IO object.',
  methods: [...COMMON, ...READING, ['flush', writing.flushRaw, [0, 0]]],
  getset: GETSET,
  slots: { create: newBuffered, init: initWith('BufferedReader', READS, [readableRaw]), repr: reprBuffered, next },
});

defineType({
  id: T_BUFFERED_WRITER,
  name: 'BufferedWriter',
  module: '_io',
  base: T_BUFFERED_IO_BASE,
  kind: L.KIND_RECORD,
  dict: true,
  weakrefs: true,
  doc: `A buffer for a writeable sequential RawIO object.

The constructor creates a BufferedWriter for the given writeable raw
stream. If the buffer_size is not given, it defaults to
DEFAULT_BUFFER_SIZE.`,
  methods: [...COMMON, ...WRITING],
  getset: GETSET,
  slots: { create: newBuffered, init: initWith('BufferedWriter', WRITES, [writableRaw]), repr: reprBuffered },
});

defineType({
  id: T_BUFFERED_RANDOM,
  name: 'BufferedRandom',
  module: '_io',
  base: T_BUFFERED_IO_BASE,
  kind: L.KIND_RECORD,
  dict: true,
  weakrefs: true,
  doc: `A buffered interface to random access streams.

The constructor creates a reader and writer for a seekable stream,
raw, given in the first argument. If the buffer_size is omitted it
defaults to DEFAULT_BUFFER_SIZE.`,
  methods: [...COMMON, ...READING, ...WRITING],
  getset: GETSET,
  slots: {
    create: newBuffered,
    init: initWith('BufferedRandom', READS | WRITES, [seekableRaw, readableRaw, writableRaw]),
    repr: reprBuffered,
    next,
  },
});

// ---------------------------------------------------------------- pairs

const READER = L.RECORD_ITEMS;
const WRITER = L.RECORD_ITEMS + 1;

function initPair(o: number, args: number, n: number, kwnames: number): number {
  const given = placed('BufferedRWPair', ['reader', 'writer', 'buffer_size'], args, n, kwnames);
  if (given === undefined) return 0;
  for (const [i, name] of ['reader', 'writer'].entries())
    if (given[i] === 0)
      return raise('TypeError', `BufferedRWPair() missing required argument '${name}' (pos ${i + 1})`);
  const size = given[2] === 0 ? DEFAULT_BUFFER_SIZE : indexNumber(given[2]);
  if (Number.isNaN(size) || readableRaw(given[0]) === 0 || writableRaw(given[1]) === 0) return 0;
  const reader = newBufferedOn(T_BUFFERED_READER, given[0], size);
  if (reader === 0) return 0;
  setHandle(o, READER, reader);
  const writer = newBufferedOn(T_BUFFERED_WRITER, given[1], size);
  if (writer === 0) return 0;
  setHandle(o, WRITER, writer);
  return 1;
}

/** One side of the pair; 0 with ValueError set when there is none. */
function side(o: number, offset: number): number {
  return word(o, offset) || raise('ValueError', 'I/O operation on uninitialized object');
}

/** A method of one side, with the arguments given. */
const pass =
  (offset: number, name: string): MethodRow[1] =>
  (args, n) => {
    const s = side(I32[args], offset);
    return s === 0 ? 0 : n > 1 && I32[args + 1] !== 0 ? method1(s, name, I32[args + 1]) : method0(s, name);
  };

function closePair(args: number): number {
  const [reader, writer] = [side(I32[args], READER), side(I32[args], WRITER)];
  if (reader === 0 || writer === 0) return 0;
  method0(writer, 'close');
  return afterwards(() => method0(reader, 'close'));
}

function isattyPair(args: number): number {
  const writer = methodTruth(word(I32[args], WRITER), 'isatty');
  return writer < 0 ? 0 : writer === 1 ? H.TRUE : method0(word(I32[args], READER), 'isatty');
}

defineType({
  id: T_BUFFERED_RW_PAIR,
  name: 'BufferedRWPair',
  module: '_io',
  base: T_BUFFERED_IO_BASE,
  kind: L.KIND_RECORD,
  dict: true,
  weakrefs: true,
  doc: `A buffered reader and writer object together.

A buffered reader object and buffered writer object put together to
form a sequential IO object that can read and write. This is typically
used with a socket or two-way pipe.

reader and writer are RawIOBase objects that are readable and
writeable respectively. If the buffer_size is omitted it defaults to
DEFAULT_BUFFER_SIZE.`,
  methods: [
    ['read', pass(READER, 'read'), '(size=-1, /)'],
    ['peek', pass(READER, 'peek'), '(size=0, /)'],
    ['read1', pass(READER, 'read1'), '(size=-1, /)'],
    ['readinto', pass(READER, 'readinto'), [1, 1]],
    ['readinto1', pass(READER, 'readinto1'), [1, 1]],
    ['write', pass(WRITER, 'write'), [1, 1]],
    ['flush', pass(WRITER, 'flush'), [0, 0]],
    ['readable', pass(READER, 'readable'), [0, 0]],
    ['writable', pass(WRITER, 'writable'), [0, 0]],
    ['close', closePair, [0, 0]],
    ['isatty', isattyPair, [0, 0]],
  ],
  getset: [
    {
      name: 'closed',
      get: (o) => {
        const closed = side(o, WRITER) === 0 ? -1 : attributeTruth(word(o, WRITER), 'closed');
        return closed < 0 ? 0 : H.fromBool(closed === 1);
      },
    },
  ],
  slots: { create: (type) => newIo(type, 2, 2), init: initPair },
});
