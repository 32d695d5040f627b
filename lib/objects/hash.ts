/** hash() and the forms of it that tables use: 64 bits in two halves for sets, 32 bits for dicts. Those make no int. */
import * as H from '../heap/handles.js';
import { hold } from '../heap/hold.js';
import { unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { override } from './abstract.js';
import { raise, typeName } from './exceptions.js';
import { acc, beginItems, endItems, foldItem, halves } from './hash64.js';
import { intToBigInt } from './int.js';
import * as N from './names.js';
import { isInt, isKind, isPlainStr, slotId } from './object.js';
import { enterNative, leaveNative } from './recursion.js';
import { slots } from './slots.js';
import { special1 } from './special.js';
import { strHash } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;

/** Is the int within 64 bits? Then a user's hash is taken as it is. */
function fits64(n: number): boolean {
  if ((n & 1) !== 0 || H.isInt53(n)) return true;
  const value = intToBigInt(n);
  return BigInt.asIntN(64, value) === value;
}

const unhashable = (h: number): number => raise('TypeError', `unhashable type: '${typeName(h)}'`);

/** hash(h) as a Python int handle; 0 with the exception set. */
export function hash(h: number): number {
  if (!enterNative('')) return 0;
  const slot = hold(h);
  const r = hashHeld(h);
  unroot(slot);
  leaveNative();
  return r;
}

function hashHeld(h: number): number {
  const user = override(h, N.N_HASH);
  if (user !== 0) {
    if (user === H.NONE) return unhashable(h);
    const r = special1(user, h);
    if (r === 0) return 0;
    if (!isInt(r)) return raise('TypeError', '__hash__ method should return an integer');
    return fits64(r) ? (r === -1 ? -3 : r) : slots.hash[T.T_INT]!(r);
  }
  const f = slots.hash[slotId(h)];
  return f === undefined ? unhashable(h) : f(h);
}

/** hash(h) in `acc`; false with the exception set. */
export function hashHalves(h: number): boolean {
  if ((h & 1) !== 0) {
    acc.low = h === -1 ? -2 : h >> 1;
    acc.high = h >> 31;
    return true;
  }
  if (isPlainStr(h) || (isKind(h, L.KIND_STR) && hasOwnHash(h))) {
    acc.low = unmix(strHash(h));
    acc.high = acc.low >> 31;
    return true;
  }
  if (isKind(h, L.KIND_TUPLE) && hasOwnHash(h)) return tupleHalves(h);
  const value = hash(h);
  if (value !== 0) halves(value);
  return value !== 0;
}

/** As hashHalves, of a tuple by its items. */
export function tupleHalves(t: number): boolean {
  if (!enterNative('')) return false;
  const slot = hold(t);
  const ok = foldTuple(t);
  unroot(slot);
  leaveNative();
  return ok;
}

function foldTuple(t: number): boolean {
  const n = I32[(t >>> 2) + L.TUPLE_LENGTH]!;
  beginItems();
  for (let i = 0; i < n; i++) {
    const { low, high } = acc;
    if (!hashHalves(I32[(t >>> 2) + L.TUPLE_ITEMS + i]!)) return false;
    foldItem(low, high);
  }
  endItems(n);
  return true;
}

/** hashKey of a small int, a plain string, or a tuple that has been hashed, which runs no Python; 0 for other values. */
export function plainHashKey(h: number): number {
  if ((h & 1) !== 0) return mix(h === -1 ? -2 : h >> 1, h >> 31);
  if (H.isChar(h)) return strHash(h);
  if ((h & 7) !== 0) return 0;
  const kind = I32[h >>> 2]! & 0xff;
  if (kind === L.KIND_STR && hasOwnHash(h)) return strHash(h);
  return kind === L.KIND_TUPLE && hasOwnHash(h) ? I32[(h >>> 2) + L.TUPLE_HASH]! : 0;
}

/** 32-bit hash for tables, never 0; 0 means an error (exception set). Equal values have equal ones: it is a function of hash(). */
export function hashKey(h: number): number {
  const plain = plainHashKey(h);
  if (plain !== 0) return plain;
  if (!hashHalves(h)) return 0;
  const key = mix(acc.low, acc.high);
  // A tuple keeps it.
  if (isKind(h, L.KIND_TUPLE) && hasOwnHash(h)) I32[(h >>> 2) + L.TUPLE_HASH] = key;
  return key;
}

/** Is its hash that of its built-in class? */
export const hasOwnHash = (h: number): boolean =>
  (I32[h >>> 2]! & L.FLAG_SUBCLASS) === 0 || override(h, N.N_HASH) === 0;

/** Scatters 64 bits over 32; for numbers of 32 bits it is a bijection, but for 0 and 1, which share a value: see unmix. */
export function mix(low: number, high: number): number {
  let x = low ^ Math.imul(high ^ (low >> 31), 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
  x ^= x >>> 15;
  return x === 0 ? 1 : x;
}

/** hash() of a string from its table hash, so that a class whose `__hash__` gives hash(string) finds the same entry. */
export function unmix(key: number): number {
  let x = key ^ (key >>> 15) ^ (key >>> 30);
  x = Math.imul(x, 0x119de1f3);
  return x ^ (x >>> 16);
}
