/**
 * Hash objects. What was given lately is kept as a chain of bytes objects (older chunks, chunk), so that the digest of data up to some megabytes
 * is computed by node:crypto; older data is taken into the state, whose words lie in the object, so that any thread may go on with it.
 */
import * as H from '../../heap/handles.js';
import { i32 } from '../../heap/memory.js';
import { bufferOf } from '../../objects/byte-buffer.js';
import { bytesData, bytesFromU8, isBytes } from '../../objects/bytes.js';
import type { GetSetRow, MethodRow } from '../../objects/define.js';
import { raise } from '../../objects/exceptions.js';
import { intFromNumber } from '../../objects/int.js';
import { isStr } from '../../objects/object.js';
import { fromJS } from '../../objects/strings.js';
import { tupleItem, tupleOf } from '../../objects/tuple.js';
import { newState, type Snapshot, update } from '../zlib/records.js';
import type { Algorithm } from './algorithm.js';

const I32 = i32;

// Ints of a hash object; the words of its algorithm follow.
const TOTAL_LOW = 0;
const TOTAL_HIGH = 1;
/** Bytes in the chain. */
const PENDING = 2;
/** Has data been taken into the state? */
const STARTED = 3;
const STATE = 4;

/** Bytes that are kept as they are. */
const KEEP = 16 << 20;
/** Data that is not worth a call of node:crypto. */
const SHORT = 1024;

/** Data to hash: undefined with the exception set. */
export function hashedData(h: number): Uint8Array | undefined {
  if (isStr(h)) return void raise('TypeError', 'Strings must be encoded before hashing');
  const data = bufferOf(h);
  return data ?? void raise('TypeError', 'object supporting the buffer API required');
}

/** A new object of built-in type `id`. */
export function newHash(id: number, algorithm: Algorithm): number {
  const state = new Int32Array(algorithm.words);
  algorithm.start(state);
  return newState(id, [0], [0, 0, 0, 0, ...state]);
}

function chunks(chain: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let c = chain; c !== 0; c = tupleItem(c, 0) === H.NONE ? 0 : tupleItem(c, 0))
    out.push(bytesData(tupleItem(c, 1)));
  return out.reverse();
}

const stateOf = (s: Snapshot): Int32Array => Int32Array.from(s.ints.slice(STATE));

/** Takes whole blocks of the pending data into the state; returns what is left. */
function takeBlocks(algorithm: Algorithm, state: Int32Array, pending: readonly Uint8Array[]): Uint8Array {
  const { blockSize, holdsLast } = algorithm;
  let rest: Uint8Array = new Uint8Array(0);
  for (const chunk of pending) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let whole = data.length - (data.length % blockSize);
    if (holdsLast && whole === data.length && whole > 0) whole -= blockSize;
    algorithm.blocks(state, data, 0, whole);
    rest = data.subarray(whole);
  }
  return rest;
}

const totalOf = (s: Snapshot): number => (s.ints[TOTAL_LOW]! >>> 0) + s.ints[TOTAL_HIGH]! * 2 ** 32;

function addChunk(algorithm: Algorithm, s: Snapshot, chunk: number, length: number): Snapshot {
  const { handles, ints } = s;
  const total = totalOf(s) + length;
  ints[TOTAL_LOW] = (total % 2 ** 32) | 0;
  ints[TOTAL_HIGH] = Math.floor(total / 2 ** 32);
  if (ints[PENDING]! > KEEP) {
    const state = stateOf(s);
    const rest = takeBlocks(algorithm, state, chunks(handles[0]!));
    handles[0] = rest.length === 0 ? 0 : tupleOf(H.NONE, bytesFromU8(rest));
    ints[PENDING] = rest.length;
    ints[STARTED] = 1;
    ints.splice(STATE, state.length, ...state);
  }
  handles[0] = tupleOf(handles[0] === 0 ? H.NONE : handles[0]!, chunk);
  ints[PENDING] = ints[PENDING]! + length;
  return s;
}

/** Takes in data: 1, or 0 with the exception set. */
export function addData(o: number, algorithm: Algorithm, h: number): 1 | 0 {
  const data = hashedData(h);
  if (data === undefined) return 0;
  const { length } = data;
  if (length === 0) return 1;
  const chunk = isBytes(h) ? h : bytesFromU8(data);
  return update(o, (s) => addChunk(algorithm, s, chunk, length)) ? 1 : 0;
}

const snapshot = (o: number): Snapshot => {
  let found!: Snapshot;
  update(o, (s) => {
    found = s;
    return s;
  });
  return found;
};

/** The digest of what was given so far; `length` bytes where the algorithm leaves that open. */
export function digestOf(o: number, algorithm: Algorithm, length: number): Uint8Array {
  const s = snapshot(o);
  const pending = chunks(s.handles[0]!);
  if (algorithm.native !== undefined && s.ints[STARTED] === 0 && s.ints[PENDING]! >= SHORT) {
    const hash = process.getBuiltinModule('node:crypto').createHash(algorithm.native);
    for (const chunk of pending) hash.update(Buffer.from(chunk));
    return hash.digest();
  }
  const state = stateOf(s);
  const rest = takeBlocks(algorithm, state, pending);
  return algorithm.finish(state, rest, totalOf(s), length);
}

export const stateWords = (o: number): Int32Array => stateOf(snapshot(o));

function copy(id: number, o: number): number {
  const s = snapshot(o);
  return newState(id, s.handles, s.ints);
}

export const hexOf = (data: Uint8Array): number => fromJS(Buffer.from(data).toString('hex'));

/** update, copy; digest and hexdigest without arguments. */
export const commonMethods = (id: number, algorithm: Algorithm): MethodRow[] => [
  ['update', (args) => (addData(I32[args], algorithm, I32[args + 1]) === 0 ? 0 : H.NONE), [1, 1]],
  ['copy', (args) => copy(id, I32[args]), [0, 0]],
];

export const digestMethods = (algorithm: Algorithm): MethodRow[] => [
  ['digest', (args) => bytesFromU8(digestOf(I32[args], algorithm, algorithm.digestSize)), [0, 0]],
  ['hexdigest', (args) => hexOf(digestOf(I32[args], algorithm, algorithm.digestSize)), [0, 0]],
];

export const commonAttributes = (algorithm: Algorithm): GetSetRow[] => [
  { name: 'name', get: () => fromJS(algorithm.name) },
  { name: 'block_size', get: () => intFromNumber(algorithm.blockSize) },
];

/** The first data argument of a constructor, by position, as `data` or as `string`: 0 when there is none, -1 with TypeError set. */
export function dataArgument(data: number, string: number): number {
  if (data === 0 || string === 0) return data === 0 ? string : data;
  const reason = "support for 'string' keyword parameter is slated for removal in a future version.";
  return raise('TypeError', `'data' and 'string' are mutually exclusive and ${reason}`) - 1;
}

/** An object with the data taken in; 0 with the exception set. */
export function withData(o: number, algorithm: Algorithm, data: number): number {
  if (data < 0) return 0;
  return data !== 0 && addData(o, algorithm, data) === 0 ? 0 : o;
}
