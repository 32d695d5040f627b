/**
 * zlib.compress and compression objects. Node's synchronous functions compress a whole buffer at a time, so an object collects what it is given,
 * compresses that as a piece of its own, ended by a flush and with the 32 KiB before it as dictionary, and puts header and trailer around:
 * pieces of one deflate stream. Its state lies in the space, so any thread may go on with it.
 */
import { root, unroot } from '../../heap/context.js';
import { nodeZlib } from './node-zlib.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import { needBuffer } from '../../objects/byte-buffer.js';
import { bytesData, bytesFromU8, isBytes } from '../../objects/bytes.js';
import { defineType } from '../../objects/define.js';
import { raise } from '../../objects/exceptions.js';
import { tupleItem, tupleOf } from '../../objects/tuple.js';
import * as T from '../../objects/type-ids.js';
import { sizeArgument } from '../arguments.js';
import { raiseAs } from '../raise.js';
import { adler32 } from './checksum.js';
import { compressFormat, FORMAT_GZIP, FORMAT_RAW, firstCheck, header, trailer, updateCheck } from './container.js';
import { WINDOW } from './inflate.js';
import { newState, type Snapshot, update } from './records.js';

const I32 = i32;

export const fail = (message: string): number => raiseAs(T.T_ZLIB_ERROR, message);

/** A copy outside the space: Node's functions get no shared memory. */
export const copyOf = (data: Uint8Array): Buffer => Buffer.from(data);

/** An int argument, `fallback` when missing; NaN with the exception set. */
export const intArgument = (h: number, fallback: number): number => (h === 0 ? fallback : sizeArgument(h));

const inRange = (n: number, least: number, most: number): boolean => n >= least && n <= most;

/** compress(data, /, level=-1, wbits=15). */
export function compress(args: number): number {
  const data = needBuffer(I32[args]);
  const level = data === undefined ? Number.NaN : intArgument(I32[args + 1], -1);
  const wbits = Number.isNaN(level) ? Number.NaN : intArgument(I32[args + 2], 15);
  if (data === undefined || Number.isNaN(wbits)) return 0;
  const format = compressFormat(wbits);
  if (format === undefined || !inRange(level, -1, 9)) return fail('Bad compression level');
  const run =
    format.format === FORMAT_RAW ? 'deflateRawSync' : format.format === FORMAT_GZIP ? 'gzipSync' : 'deflateSync';
  return bytesFromU8(nodeZlib()[run](copyOf(data), { level, windowBits: Math.max(9, format.bits) }));
}

// Handles of a compression object: chunks not compressed yet, as tuples (older chunks, chunk); the window before them.
const PENDING = 0;
const WINDOW_BYTES = 1;
// Ints.
const LEVEL = 0;
const BITS = 1;
const MEM_LEVEL = 2;
const STRATEGY = 3;
const FORMAT = 4;
const CHECK = 5;
const TOTAL = 6;
const SIZE = 7;
const STAGE = 8;
const LAST_FLUSH = 9;
const DICTIONARY = 10;
const HAS_DICTIONARY = 11;

const STAGE_NEW = 0;
const STAGE_RUNNING = 1;
const STAGE_FINISHED = 2;

/** Bytes that are collected before they are compressed. */
const BATCH = 1 << 18;

/** compressobj(level=-1, method=DEFLATED, wbits=15, memLevel=8, strategy=0, zdict=None). */
export function compressobj(args: number): number {
  const [level, method, wbits, memLevel, strategy] = [-1, 8, 15, 8, 0].map((d, i) => intArgument(I32[args + i], d)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if ([level, method, wbits, memLevel, strategy].some(Number.isNaN)) return 0;
  const given = I32[args + 5];
  const data = given === 0 || given === H.NONE ? undefined : needBuffer(given);
  if (data === undefined && given !== 0 && given !== H.NONE) return 0;
  const f = compressFormat(wbits);
  const valid = inRange(level, -1, 9) && method === 8 && inRange(memLevel, 1, 9) && inRange(strategy, 0, 4);
  if (f === undefined || !valid) return raise('ValueError', 'Invalid initialization option');
  const dictionary = data !== undefined && data.length > 0 ? data : undefined;
  if (dictionary !== undefined && f.format === FORMAT_GZIP) return raise('ValueError', 'Invalid dictionary');
  const window = dictionary === undefined ? 0 : bytesFromU8(dictionary.subarray(-WINDOW));
  const check = dictionary === undefined ? 0 : adler32(dictionary, 1);
  const ints = [level, f.bits, memLevel, strategy, f.format, firstCheck(f.format), 0, 0, STAGE_NEW, -1, check];
  return newState(T.T_ZLIB_COMPRESS, [0, window], [...ints, dictionary === undefined ? 0 : 1]);
}

/** The chunks of a chain, oldest first. */
function chunks(chain: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let c = chain; c !== 0; c = tupleItem(c, 0) === H.NONE ? 0 : tupleItem(c, 0))
    out.unshift(bytesData(tupleItem(c, 1)));
  return out;
}

/** The header, when it has not been written yet. */
function opening(s: Snapshot): Uint8Array {
  const { ints } = s;
  if (ints[STAGE] !== STAGE_NEW) return new Uint8Array(0);
  ints[STAGE] = STAGE_RUNNING;
  const dictionary = ints[HAS_DICTIONARY] === 1 ? ints[DICTIONARY]! >>> 0 : undefined;
  const format = { format: ints[FORMAT]!, bits: ints[BITS]! };
  return Uint8Array.from(header(format, ints[LEVEL]!, ints[STRATEGY]!, dictionary));
}

/** Compresses what is pending as a piece that ends with `flush`. */
function piece(s: Snapshot, flush: number): Buffer {
  const { handles, ints } = s;
  const input = Buffer.concat(chunks(handles[PENDING]!));
  const window = handles[WINDOW_BYTES] === 0 ? undefined : copyOf(bytesData(handles[WINDOW_BYTES]!));
  const out = nodeZlib().deflateRawSync(input, {
    level: ints[LEVEL]!,
    memLevel: ints[MEM_LEVEL]!,
    strategy: ints[STRATEGY]!,
    windowBits: Math.max(9, ints[BITS]!),
    finishFlush: flush,
    ...(window === undefined ? {} : { dictionary: window }),
  });
  handles[PENDING] = 0;
  ints[SIZE] = 0;
  if (flush === nodeZlib().constants.Z_FULL_FLUSH) handles[WINDOW_BYTES] = 0;
  else if (input.length > 0) {
    const whole = window === undefined || input.length >= WINDOW ? input : Buffer.concat([window, input]);
    handles[WINDOW_BYTES] = bytesFromU8(whole.subarray(-WINDOW));
  }
  return out;
}

function add(s: Snapshot, data: Uint8Array, chunk: number): Uint8Array[] {
  const { handles, ints } = s;
  const out = [opening(s)];
  if (data.length === 0) return out;
  ints[CHECK] = updateCheck(ints[FORMAT]!, data, ints[CHECK]! >>> 0) | 0;
  ints[TOTAL] = (ints[TOTAL]! + data.length) | 0;
  ints[SIZE] = ints[SIZE]! + data.length;
  ints[LAST_FLUSH] = -1;
  handles[PENDING] = tupleOf(handles[PENDING] === 0 ? H.NONE : handles[PENDING]!, chunk);
  if (ints[SIZE] >= BATCH) out.push(piece(s, nodeZlib().constants.Z_SYNC_FLUSH));
  return out;
}

function compressMethod(args: number): number {
  const data = needBuffer(I32[args + 1]);
  if (data === undefined) return 0;
  const chunk = isBytes(I32[args + 1]) ? I32[args + 1] : bytesFromU8(data);
  const slot = root(chunk);
  let out: Uint8Array[] = [];
  const done = update(I32[args], (s) => {
    if (s.ints[STAGE] === STAGE_FINISHED) {
      fail('Error -2 while compressing data: inconsistent stream state');
      return undefined;
    }
    out = add(s, bytesData(chunk), chunk);
    return s;
  });
  unroot(slot);
  return done ? bytesFromU8(Buffer.concat(out)) : 0;
}

function finish(s: Snapshot, mode: number): Uint8Array[] {
  const { ints } = s;
  const { Z_FINISH, Z_FULL_FLUSH, Z_SYNC_FLUSH } = nodeZlib().constants;
  const out = [opening(s)];
  if (mode !== Z_FINISH) {
    // Where nothing came since the last flush there is nothing to do. A partial flush cannot be cut off within a byte.
    if (ints[LAST_FLUSH] === mode) return out;
    out.push(piece(s, mode === Z_FULL_FLUSH ? Z_FULL_FLUSH : Z_SYNC_FLUSH));
    ints[LAST_FLUSH] = mode;
    return out;
  }
  out.push(piece(s, Z_FINISH), Uint8Array.from(trailer(ints[FORMAT]!, ints[CHECK]! >>> 0, ints[TOTAL]! >>> 0)));
  s.handles[WINDOW_BYTES] = 0;
  ints[STAGE] = STAGE_FINISHED;
  return out;
}

/** flush(mode=Z_FINISH). */
function flush(args: number): number {
  const mode = intArgument(I32[args + 1], nodeZlib().constants.Z_FINISH);
  if (Number.isNaN(mode)) return 0;
  if (mode === nodeZlib().constants.Z_NO_FLUSH) return bytesFromU8([]);
  let out: Uint8Array[] = [];
  const done = update(I32[args], (s) => {
    if (s.ints[STAGE] === STAGE_FINISHED || !inRange(mode, 0, 5)) {
      fail('Error -2 while flushing: inconsistent stream state');
      return undefined;
    }
    out = finish(s, mode);
    return s;
  });
  return done ? bytesFromU8(Buffer.concat(out)) : 0;
}

function copy(args: number): number {
  let made = 0;
  update(I32[args], (s) => {
    if (s.ints[STAGE] === STAGE_FINISHED) {
      raise('ValueError', 'Inconsistent stream state');
      return undefined;
    }
    made = newState(T.T_ZLIB_COMPRESS, s.handles, s.ints);
    return s;
  });
  return made;
}

defineType({
  id: T.T_ZLIB_COMPRESS,
  name: 'Compress',
  module: 'zlib',
  final: true,
  kind: L.KIND_RECORD,
  methods: [
    ['compress', compressMethod, '(data, /)'],
    ['flush', flush, '(mode=4, /)'],
    ['copy', copy, [0, 0]],
    ['__copy__', copy, [0, 0]],
    ['__deepcopy__', copy, [1, 1]],
  ],
  slots: { create: () => raise('TypeError', "cannot create 'zlib.Compress' instances") },
});
