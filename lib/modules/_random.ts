/** `_random`: the generator under the module random. A RECORD without handles; its raw words are the state of mersenne-twister.ts. */
import { raiseMemoryError } from '../objects/memory-error.js';
import { newObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { hash, hasIndex, index } from '../objects/abstract.js';
import { defineModule, defineType } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { newFloat } from '../objects/float.js';
import { intFromBigInt, intFromNumber, intToBigInt, isInt, plainInt } from '../objects/int.js';
import { isKind } from '../objects/object.js';
import { isOwned, lockObject, unlockObject } from '../objects/sync.js';
import { tupleFromArray, tupleItem, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { positional } from './itertools-record.js';
import { initByArray, next, nextDouble, STATE_WORDS } from './mersenne-twister.js';

const I32 = i32;
const stateOf = (r: number): number => (r >>> 2) + L.RECORD_ITEMS;

function create(type: number): number {
  const flag = T.isBuiltinType(type) ? 0 : L.FLAG_SUBCLASS;
  // The last word of a subclass's instance is for its attributes.
  return newObject(L.KIND_RECORD | flag, (L.RECORD_ITEMS + STATE_WORDS + 2) * 4, type);
}

/** Works on the state alone: at once for the owner, else under the object's lock. `f` calls and allocates nothing. */
function locked<R>(r: number, f: (w: number) => R): R {
  if (isOwned(r)) return f(stateOf(r));
  lockObject(r);
  const result = f(stateOf(r));
  unlockObject(r);
  return result;
}

/** Words of a number, the lowest first. */
function words(n: bigint): number[] {
  const out: number[] = [];
  for (let rest = n; rest > 0n; rest >>= 32n) out.push(Number(rest & 0xffffffffn) | 0);
  return out.length === 0 ? [0] : out;
}

/** The words to seed with: of an int its magnitude, of anything else its hash; undefined with the exception set. */
function seedWords(h: number): ArrayLike<number> | undefined {
  if (h === 0 || h === H.NONE)
    return process.getBuiltinModule('node:crypto').randomFillSync(new Int32Array(STATE_WORDS));
  const plain = plainInt(h);
  if (plain !== 0) {
    const n = intToBigInt(plain);
    return words(n < 0n ? -n : n);
  }
  const value = hash(h);
  return value === 0 ? undefined : words(BigInt.asUintN(64, intToBigInt(value)));
}

function seed(r: number, h: number): 1 | 0 {
  const key = seedWords(h);
  if (key === undefined) return 0;
  locked(r, (w) => initByArray(w, key));
  return 1;
}

function init(r: number, args: number, n: number, kwnames: number): number {
  return positional('Random', 0, 1, n, kwnames) ? seed(r, n > 0 ? I32[args] : 0) : 0;
}

function random(args: number): number {
  const r = I32[args];
  return newFloat(isOwned(r) ? nextDouble(stateOf(r)) : locked(r, nextDouble));
}

/** Number of bits asked for; NaN with the exception set. */
function bitCount(h: number): number {
  if (!hasIndex(h)) {
    raise('TypeError', `'${typeName(h)}' object cannot be interpreted as an integer`);
    return Number.NaN;
  }
  const k = index(h);
  if (k === 0) return Number.NaN;
  const n = Number(intToBigInt(k));
  if (n >= 0 && n < 2 ** 64) return n;
  if (n < 0) raise('ValueError', 'Cannot convert negative int');
  else raise('OverflowError', 'Python int too large for C uint64_t');
  return Number.NaN;
}

function getrandbits(args: number): number {
  const r = I32[args];
  const k = bitCount(I32[args + 1]);
  if (Number.isNaN(k)) return 0;
  if (k === 0) return H.small(0);
  if (k <= 32) return intFromNumber((locked(r, next) >>> (32 - k)) >>> 0);
  if (k > 2 ** 33) return raiseMemoryError();
  const found = new Uint32Array(Math.ceil(k / 32));
  locked(r, (w) => {
    for (let i = 0; i < found.length; i++) found[i] = next(w);
  });
  const rest = k % 32;
  if (rest > 0) found[found.length - 1] >>>= 32 - rest;
  let hex = '0x';
  for (let i = found.length - 1; i >= 0; i--) hex += found[i].toString(16).padStart(8, '0');
  return intFromBigInt(BigInt(hex));
}

function getstate(args: number): number {
  const state = locked(I32[args], (w) => I32.slice(w, w + STATE_WORDS + 1));
  return tupleFromArray(Array.from(state, (x, i) => intFromNumber(i < STATE_WORDS ? x >>> 0 : x)));
}

/** A word of a state tuple; undefined with the exception set. */
function stateWord(h: number): number | undefined {
  const plain = plainInt(h);
  if (plain === 0) return void raise('TypeError', 'an integer is required');
  const n = intToBigInt(plain);
  if (n < 0n) return void raise('OverflowError', "can't convert negative value to unsigned int");
  if (n >= 1n << 64n) return void raise('OverflowError', 'Python int too large to convert to C unsigned long');
  return Number(BigInt.asIntN(32, n));
}

function setstate(args: number): number {
  const state = I32[args + 1];
  if (!isKind(state, L.KIND_TUPLE)) return raise('TypeError', 'state vector must be a tuple');
  if (tupleLength(state) !== STATE_WORDS + 1) return raise('ValueError', 'state vector is the wrong size');
  const found = new Int32Array(STATE_WORDS + 1);
  for (let i = 0; i < STATE_WORDS; i++) {
    const word = stateWord(tupleItem(state, i));
    if (word === undefined) return 0;
    found[i] = word;
  }
  const at = tupleItem(state, STATE_WORDS);
  if (!isInt(at)) return raise('TypeError', 'an integer is required');
  const position = intToBigInt(at);
  if (position < 0n || position > BigInt(STATE_WORDS)) return raise('ValueError', 'invalid state');
  found[STATE_WORDS] = Number(position);
  locked(I32[args], (w) => I32.set(found, w));
  return H.NONE;
}

defineType({
  id: T.T_RANDOM,
  name: 'Random',
  module: '_random',
  kind: L.KIND_RECORD,
  doc: 'Random() -> create a random number generator with its own internal state.',
  methods: [
    ['random', random, [0, 0]],
    ['seed', (args, n) => (seed(I32[args], n > 1 ? I32[args + 1] : 0) === 0 ? 0 : H.NONE), [0, 1]],
    ['getstate', getstate, [0, 0]],
    ['setstate', setstate, [1, 1]],
    ['getrandbits', getrandbits, [1, 1]],
  ],
  slots: { create, init },
});

defineModule({
  name: '_random',
  doc: 'Module implements the Mersenne Twister random number generator.',
  types: [T.T_RANDOM],
});
