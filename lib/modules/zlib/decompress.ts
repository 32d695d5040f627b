/** zlib.decompress by Node's own inflate, and decompression objects by the resumable one of inflate.ts, their state in the space. */
import { raiseMemoryError } from '../../objects/memory-error.js';
import { nodeZlib } from './node-zlib.js';
import { newObject } from '../../heap/alloc.js';
import { ageAll } from '../../heap/barrier.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32, u8 } from '../../heap/memory.js';
import { bufferOf, needBuffer } from '../../objects/byte-buffer.js';
import { bytesData, bytesFromU8, bytesLength } from '../../objects/bytes.js';
import { defineType, readOnly } from '../../objects/define.js';
import { pendingException, raise } from '../../objects/exceptions.js';
import * as T from '../../objects/type-ids.js';
import { named } from '../itertools-record.js';
import { adler32 } from './checksum.js';
import { copyOf, fail, intArgument } from './compress.js';
import {
  checkTrailer,
  decompressFormat,
  FORMAT_GZIP,
  FORMAT_RAW,
  firstCheck,
  readHeader,
  updateCheck,
} from './container.js';
import { DataError, type InflateState, Inflater, MODE_DONE, newState as newInflate, WINDOW } from './inflate.js';
import { newState, type Snapshot, update } from './records.js';

const I32 = i32;
const U8 = u8;

const TRUNCATED = 'Error -5 while decompressing data: incomplete or truncated stream';
const NEED_DICTIONARY = 'Error 2 while decompressing data';

/** Runs `f`; a DataError or one of Node's becomes zlib.error, and 0 is returned. */
function guarded(f: () => number): number {
  try {
    return f();
  } catch (error) {
    if (error instanceof DataError) return fail(`Error -3 while decompressing data: ${error.message}`);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'Z_DATA_ERROR') return fail(`Error -3 while decompressing data: ${message}`);
    if (code === 'Z_BUF_ERROR') return fail(TRUNCATED);
    if (code === 'ERR_BUFFER_TOO_LARGE') return raiseMemoryError();
    throw error;
  }
}

/** decompress(data, /, wbits=15, bufsize=16384). */
export function decompress(args: number): number {
  const data = needBuffer(I32[args]);
  const wbits = data === undefined ? Number.NaN : intArgument(I32[args + 1], 15);
  const size = Number.isNaN(wbits) ? Number.NaN : intArgument(I32[args + 2], 16384);
  if (data === undefined || Number.isNaN(size)) return 0;
  if (size < 0) return raise('ValueError', 'bufsize must be non-negative');
  const format = decompressFormat(wbits);
  if (format === undefined) return fail('Error -2 while preparing to decompress data: inconsistent stream state');
  return guarded(() => {
    const head = readHeader(format, data);
    if (head === undefined) return fail(TRUNCATED);
    if (head.dictionary !== undefined) return fail(NEED_DICTIONARY);
    const { buffer, engine } = nodeZlib().inflateRawSync(copyOf(data.subarray(head.length)), {
      info: true,
    }) as unknown as {
      buffer: Buffer;
      engine: import('node:zlib').InflateRaw;
    };
    const rest = data.subarray(head.length + engine.bytesWritten);
    const check = updateCheck(head.format, buffer, firstCheck(head.format));
    return checkTrailer(head.format, rest, check, buffer.length) < 0 ? fail(TRUNCATED) : bytesFromU8(buffer);
  });
}

// Handles of a decompression object: the state of inflate in a BUFFER, input not used yet, the preset dictionary, and two attributes.
const STATE = 0;
const PENDING = 1;
const DICTIONARY = 2;
const UNUSED = 3;
const TAIL = 4;
// Ints.
const FORMAT = 0;
const BITS = 1;
const CHECK = 2;
const TOTAL = 3;
const PHASE = 4;

const PHASE_HEADER = 0;
const PHASE_DATA = 1;
const PHASE_TRAILER = 2;
const PHASE_END = 3;

// The BUFFER: numbers of the state, code lengths, window.
const NUMBERS = 9;
const LENS_AT = NUMBERS * 4;
const LENS = 320;
const STATE_BYTES = LENS_AT + LENS + WINDOW;

function newStateBuffer(): number {
  const size = L.BUFFER_DATA * 4 + STATE_BYTES;
  const b = newObject(L.KIND_BUFFER, size, 0);
  I32[(b >>> 2) + L.BUFFER_LENGTH] = STATE_BYTES;
  if (size > L.LARGE_BYTES) ageAll();
  return b;
}

function loadState(buffer: number): InflateState {
  const s = newInflate();
  if (buffer === 0) return s;
  const w = (buffer >>> 2) + L.BUFFER_DATA;
  [s.mode, s.last, s.stored, s.matchLength, s.matchDistance, s.bit, s.literals, s.distances, s.have] = I32.subarray(
    w,
    w + NUMBERS,
  ) as unknown as number[] as [number, number, number, number, number, number, number, number, number];
  const at = (w << 2) >>> 0;
  s.lens.set(U8.subarray(at + LENS_AT, at + LENS_AT + LENS));
  s.window.set(U8.subarray(at + LENS_AT + LENS, at + STATE_BYTES));
  return s;
}

function saveState(buffer: number, s: InflateState): void {
  const w = (buffer >>> 2) + L.BUFFER_DATA;
  const { mode, last, stored, matchLength, matchDistance, bit, literals, distances, have } = s;
  I32.set([mode, last, stored, matchLength, matchDistance, bit, literals, distances, have], w);
  const at = (w << 2) >>> 0;
  U8.set(s.lens, at + LENS_AT);
  U8.set(s.window, at + LENS_AT + LENS);
}

const NO_BYTES = new Uint8Array(0);
const dataOf = (h: number): Uint8Array => (h === 0 ? NO_BYTES : bytesData(h));
const bytesOrNone = (data: Uint8Array): number => (data.length === 0 ? 0 : bytesFromU8(data));

/** What one call did. */
interface Step {
  readonly output: Uint8Array;
  /** Input not used. */
  readonly rest: Uint8Array;
  readonly state: InflateState | undefined;
}

/** Takes the header off; undefined when there is no whole one yet, or with the exception set. */
function takeHeader(s: Snapshot, input: Uint8Array, state: InflateState): Uint8Array | undefined {
  const { ints, handles } = s;
  const head = readHeader({ format: ints[FORMAT]!, bits: ints[BITS]! }, input);
  if (head === undefined) return undefined;
  const dictionary = handles[DICTIONARY] === 0 ? undefined : bytesData(handles[DICTIONARY]!);
  if (head.dictionary !== undefined) {
    if (dictionary === undefined) {
      fail(NEED_DICTIONARY);
      return undefined;
    }
    if (adler32(dictionary, 1) !== head.dictionary) {
      fail('Error -3 while setting zdict: invalid input data');
      return undefined;
    }
  }
  if (
    dictionary !== undefined &&
    head.format !== FORMAT_GZIP &&
    (head.format === FORMAT_RAW || head.dictionary !== undefined)
  ) {
    const tail = dictionary.subarray(-WINDOW);
    state.window.set(tail);
    state.have = tail.length;
  }
  ints[FORMAT] = head.format;
  ints[CHECK] = firstCheck(head.format);
  ints[PHASE] = PHASE_DATA;
  return input.subarray(head.length);
}

/** Decompresses input, at most `limit` bytes of output. Changes the snapshot; undefined with the exception set. */
function advance(s: Snapshot, input: Uint8Array, limit: number): Step | undefined {
  const { ints, handles } = s;
  let rest = input;
  const state = loadState(handles[STATE]!);
  if (ints[PHASE] === PHASE_HEADER) {
    const after = takeHeader(s, rest, state);
    if (after === undefined) return raised() ? undefined : { output: NO_BYTES, rest, state: undefined };
    rest = after;
  }
  let output: Uint8Array = NO_BYTES;
  if (ints[PHASE] === PHASE_DATA) {
    const work = new Inflater(state, rest, limit);
    output = work.run();
    ints[CHECK] = updateCheck(ints[FORMAT]!, output, ints[CHECK]! >>> 0) | 0;
    ints[TOTAL] = (ints[TOTAL]! + output.length) | 0;
    const ended = state.mode === MODE_DONE;
    rest = rest.subarray(work.used + (ended && state.bit > 0 ? 1 : 0));
    if (ended) ints[PHASE] = PHASE_TRAILER;
  }
  if (ints[PHASE] === PHASE_TRAILER) {
    const n = checkTrailer(ints[FORMAT]!, rest, ints[CHECK]! >>> 0, ints[TOTAL]!);
    if (n >= 0) {
      rest = rest.subarray(n);
      ints[PHASE] = PHASE_END;
    }
  }
  return { output, rest, state };
}

const raised = (): boolean => pendingException() !== 0;

/** One step of a decompression object, committed: its output, undefined with the exception set. `settle` places what is left of the input. */
function step(
  d: number,
  input: (s: Snapshot) => Uint8Array,
  limit: number,
  settle: (s: Snapshot, made: Step, full: boolean) => void,
): Uint8Array | undefined {
  let made: Step | undefined;
  let buffer = 0;
  const done = update(
    d,
    (s) => {
      made = advance(s, input(s), limit);
      if (made === undefined) return undefined;
      if (s.ints[PHASE] === PHASE_END) s.handles[STATE] = 0;
      else if (made.state !== undefined && s.handles[STATE] === 0) s.handles[STATE] = newStateBuffer();
      buffer = made.state === undefined ? 0 : s.handles[STATE]!;
      settle(s, made, made.output.length === limit);
      return s;
    },
    () => {
      if (buffer !== 0) saveState(buffer, made!.state!);
    },
  );
  return done ? made!.output : undefined;
}

function newDecompressor(id: number, wbits: number, dictionary: number): number {
  const format = decompressFormat(wbits);
  if (format === undefined) return raise('ValueError', 'Invalid initialization option');
  return newState(id, [0, 0, dictionary, 0, 0], [format.format, format.bits, 0, 0, PHASE_HEADER]);
}

/** The zdict argument as bytes, 0 for none; -1 with TypeError set. */
function dictionaryArgument(h: number): number {
  if (h === 0) return 0;
  const data = bufferOf(h);
  if (data === undefined) return raise('TypeError', 'zdict argument must support the buffer protocol') - 1;
  return bytesOrNone(data);
}

/** decompressobj(wbits=15, zdict=b''). */
export function decompressobj(args: number): number {
  const wbits = intArgument(I32[args], 15);
  const dictionary = Number.isNaN(wbits) ? -1 : dictionaryArgument(I32[args + 1]);
  return dictionary < 0 ? 0 : newDecompressor(T.T_ZLIB_DECOMPRESS, wbits, dictionary);
}

const concat = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  a.length === 0 ? b : b.length === 0 ? a : Buffer.concat([a, b]);

/** What is left of the input goes to unused_data, unconsumed_tail, or stays within. */
function settleObject(s: Snapshot, made: Step, full: boolean): void {
  const { rest, state } = made;
  s.handles[PENDING] = s.handles[TAIL] = 0;
  if (s.ints[PHASE] === PHASE_END) {
    s.handles[UNUSED] = bytesOrNone(concat(dataOf(s.handles[UNUSED]!), rest));
    return;
  }
  if (!full) {
    s.handles[PENDING] = bytesOrNone(rest);
    return;
  }
  // A byte of which some bits were used stays.
  const kept = state !== undefined && state.bit > 0 ? 1 : 0;
  s.handles[PENDING] = bytesOrNone(rest.subarray(0, kept));
  s.handles[TAIL] = bytesOrNone(rest.subarray(kept));
}

const isEnd = (d: number): boolean => I32[intWord(d, PHASE)] === PHASE_END;
const intWord = (d: number, i: number): number => (d >>> 2) + L.RECORD_ITEMS + 5 + i;
const attribute =
  (handle: number) =>
  (d: number): number => {
    const h = I32[(d >>> 2) + L.RECORD_ITEMS + handle];
    return h === 0 ? bytesFromU8([]) : h;
  };

/** Output of data given to a decompression object; 0 with the exception set. */
function give(d: number, data: Uint8Array, limit: number): number {
  return guarded(() => {
    const out = step(
      d,
      (s) => (s.ints[PHASE] === PHASE_END ? data : concat(dataOf(s.handles[PENDING]!), data)),
      limit,
      settleObject,
    );
    return out === undefined ? 0 : bytesFromU8(out);
  });
}

/** decompress(data, /, max_length=0). */
function decompressMethod(args: number): number {
  const data = needBuffer(I32[args + 1]);
  const limit = data === undefined ? Number.NaN : intArgument(I32[args + 2], 0);
  if (data === undefined || Number.isNaN(limit)) return 0;
  if (limit < 0) return raise('ValueError', 'max_length must be non-negative');
  return give(I32[args], data, limit === 0 ? Number.POSITIVE_INFINITY : limit);
}

/** flush(length=16384): what unconsumed_tail still gives. */
function flush(args: number): number {
  const length = intArgument(I32[args + 1], 16384);
  if (Number.isNaN(length)) return 0;
  if (length <= 0) return raise('ValueError', 'length must be greater than zero');
  const d = I32[args];
  return give(d, dataOf(I32[(d >>> 2) + L.RECORD_ITEMS + TAIL]), Number.POSITIVE_INFINITY);
}

function copy(args: number): number {
  let made = 0;
  update(I32[args], (s) => {
    const state = s.handles[STATE] === 0 ? 0 : newStateBuffer();
    if (state !== 0) saveState(state, loadState(s.handles[STATE]!));
    made = newState(T.T_ZLIB_DECOMPRESS, [state, ...s.handles.slice(1)], s.ints);
    return s;
  });
  return made;
}

defineType({
  id: T.T_ZLIB_DECOMPRESS,
  name: 'Decompress',
  module: 'zlib',
  final: true,
  kind: L.KIND_RECORD,
  methods: [
    ['decompress', decompressMethod, '(data, /, max_length=0)'],
    ['flush', flush, '(length=16384, /)'],
    ['copy', copy, [0, 0]],
    ['__copy__', copy, [0, 0]],
    ['__deepcopy__', copy, [1, 1]],
  ],
  getset: [
    readOnly('unused_data', attribute(UNUSED)),
    readOnly('unconsumed_tail', attribute(TAIL)),
    readOnly('eof', (d) => H.fromBool(isEnd(d))),
  ],
  slots: { create: () => raise('TypeError', "cannot create 'zlib.Decompress' instances") },
});

/** _ZlibDecompressor.decompress(data, max_length=-1): keeps what it did not use. */
function readMethod(args: number): number {
  const d = I32[args];
  const data = needBuffer(I32[args + 1]);
  const limit = data === undefined ? Number.NaN : intArgument(I32[args + 2], -1);
  if (data === undefined || Number.isNaN(limit)) return 0;
  if (isEnd(d)) return raise('EOFError', 'End of stream already reached');
  return guarded(() => {
    const out = step(
      d,
      (s) => concat(dataOf(s.handles[PENDING]!), data),
      limit < 0 ? Number.POSITIVE_INFINITY : limit,
      (s, made, full) => {
        const ended = s.ints[PHASE] === PHASE_END;
        s.handles[PENDING] = ended ? 0 : bytesOrNone(made.rest);
        s.handles[UNUSED] = ended ? bytesOrNone(made.rest) : 0;
        // The tail tells needs_input whether the room was what ended the step.
        s.handles[TAIL] = full && !ended && made.rest.length > 0 ? s.handles[PENDING]! : 0;
      },
    );
    return out === undefined ? 0 : bytesFromU8(out);
  });
}

function needsInput(d: number): number {
  const tail = I32[(d >>> 2) + L.RECORD_ITEMS + TAIL];
  return H.fromBool(!isEnd(d) && (tail === 0 || bytesLength(tail) === 0));
}

function createReader(_type: number, args: number, n: number, kwnames: number): number {
  const given = named('_ZlibDecompressor', ['wbits', 'zdict'], 0, args, n, kwnames);
  if (given === undefined) return 0;
  const wbits = intArgument(given[0], 15);
  const dictionary = Number.isNaN(wbits) ? -1 : dictionaryArgument(given[1]);
  return dictionary < 0 ? 0 : newDecompressor(T.T_ZLIB_READER, wbits, dictionary);
}

defineType({
  id: T.T_ZLIB_READER,
  name: '_ZlibDecompressor',
  module: 'zlib',
  final: true,
  kind: L.KIND_RECORD,
  doc: 'Create a decompressor object for decompressing data incrementally.',
  methods: [['decompress', readMethod, '(data, max_length=-1)']],
  getset: [
    readOnly('eof', (d) => H.fromBool(isEnd(d))),
    readOnly('unused_data', attribute(UNUSED)),
    readOnly('needs_input', needsInput),
  ],
  slots: { create: createReader },
});
