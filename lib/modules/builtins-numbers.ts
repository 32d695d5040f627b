/** Built-in functions on numbers and characters: abs, bin, chr, divmod, hex, oct, ord, pow, round, sum, min, max. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { absolute, binaryOp, call1, compareOp, getIter, index, iterNext, isTrue } from '../objects/abstract.js';
import { lookupInType } from '../objects/attribute.js';
import { plainOrder, satisfies, UNORDERED } from '../objects/compare.js';
import type { MethodRow } from '../objects/define.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { newFloat } from '../objects/float.js';
import { intFromBigInt, intToBigInt, intToNumber } from '../objects/int.js';
import { isInt, isKind, isStr, isSubtype, slotId, typeOf } from '../objects/object.js';
import { special1, special2, special3 } from '../objects/special.js';
import { CMP_GT, CMP_LT, OP_ADD, OP_DIVMOD, OP_POW } from '../objects/slots.js';
import { fromJS, intern, strCharAt, strLength } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { keywordArguments } from './arguments.js';

const I32 = i32;
const U8 = u8;

function inBase(h: number, base: number, prefix: string): number {
  const n = index(h);
  if (n === 0) return 0;
  const value = intToBigInt(n);
  return fromJS(value < 0n ? `-${prefix}${(-value).toString(base)}` : prefix + value.toString(base));
}

function chr(args: number): number {
  const n = index(I32[args]);
  if (n === 0) return 0;
  const code = intToNumber(n);
  if (!(code >= 0 && code <= 0x10ffff)) return raise('ValueError', 'chr() arg not in range(0x110000)');
  return H.char(code);
}

function ord(args: number): number {
  const c = I32[args];
  if (isStr(c)) {
    if (strLength(c) === 1) return H.small(strCharAt(c, 0));
    return raise('TypeError', `ord() expected a character, but string of length ${strLength(c)} found`);
  }
  if (!isKind(c, L.KIND_BYTES) && !isKind(c, L.KIND_BYTEARRAY))
    return raise('TypeError', `ord() expected string of length 1, but ${typeName(c)} found`);
  const length = I32[(c >>> 2) + L.BYTES_LENGTH];
  if (length !== 1) return raise('TypeError', `ord() expected a character, but string of length ${length} found`);
  return H.small(U8[I32[(c >>> 2) + L.BYTES_DATA] >>> 0]);
}

const N_POW = intern('__pow__');
const N_RPOW = intern('__rpow__');
const N_ROUND = intern('__round__');

/** One side's method for the power of three operands; floats and complex numbers have none. */
function powSide(f: number, self: number, other: number, modulus: number): number {
  const id = slotId(self);
  if (f === 0 || f === H.NONE) return H.NOT_IMPLEMENTED;
  if (isKind(f, L.KIND_NATIVE) && id === T.T_FLOAT)
    return raise('TypeError', 'pow() 3rd argument not allowed unless all arguments are integers');
  if (isKind(f, L.KIND_NATIVE) && id === T.T_COMPLEX) return raise('ValueError', 'complex modulo');
  return special3(f, self, other, modulus);
}

function pow(args: number): number {
  const [base, exponent, modulus] = [I32[args], I32[args + 1], I32[args + 2]];
  if (modulus === 0 || modulus === H.NONE) return binaryOp(OP_POW, base, exponent);
  const [left, right] = [typeOf(base), typeOf(exponent)];
  const back = left === right ? 0 : lookupInType(right, N_RPOW);
  // A derived class with a method of its own comes first, as with other operators.
  const first = back !== 0 && isSubtype(right, left) && back !== lookupInType(left, N_RPOW);
  const slot = root(back);
  let r = first ? powSide(back, exponent, base, modulus) : H.NOT_IMPLEMENTED;
  if (r === H.NOT_IMPLEMENTED) r = powSide(lookupInType(left, N_POW), base, exponent, modulus);
  if (r === H.NOT_IMPLEMENTED && !first) r = powSide(back, exponent, base, modulus);
  if (r === H.NOT_IMPLEMENTED && T.isBuiltinType(typeOf(modulus)) && !isInt(modulus))
    r = powSide(lookupInType(typeOf(modulus), N_POW), modulus, exponent, modulus);
  unroot(slot);
  if (r !== H.NOT_IMPLEMENTED) return r;
  return raise(
    'TypeError',
    `unsupported operand type(s) for ** or pow(): '${typeName(base)}', '${typeName(exponent)}', '${typeName(modulus)}'`,
  );
}

function round(args: number): number {
  const f = lookupInType(typeOf(I32[args]), N_ROUND);
  if (f === 0) return raise('TypeError', `type ${typeName(I32[args])} doesn't define __round__ method`);
  const digits = I32[args + 1];
  return digits === 0 || digits === H.NONE ? special1(f, I32[args]) : special2(f, I32[args], digits);
}

// ---------------------------------------------------------------- sum

const isShort = (h: number): boolean => (h & 1) !== 0 || H.isInt53(h);
const shortValue = (h: number): number => ((h & 1) !== 0 ? h >> 1 : H.granule(h));

/** Double of a float, int or bool of exactly that class; undefined for others and for ints that are too large. */
function plainReal(h: number): number | undefined {
  if (H.isFloat(h)) return H.granule(h);
  if (H.isBool(h)) return Number(h === H.TRUE);
  if (!isInt(h)) return undefined;
  const x = intToNumber(h);
  return Number.isFinite(x) ? x : undefined;
}

/** Compensated addition of floats (Neumaier), as CPython does since 3.12: [sum, the value that is no number or 0]. */
function sumFloats(it: number, start: number): [number, number] {
  let total = start;
  let lost = 0;
  for (;;) {
    const value = iterNext(it);
    const x = value === 0 ? undefined : plainReal(value);
    if (x === undefined) return [lost !== 0 && Number.isFinite(lost) ? total + lost : total, value];
    const t = total + x;
    lost += Math.abs(total) >= Math.abs(x) ? total - t + x : x - t + total;
    total = t;
  }
}

/** Sum of the values up to the first that is no int: [exact int handle, that value or 0]. */
function sumInts(it: number, start: number): [number, number] {
  let fast = 0;
  let big = intToBigInt(start);
  for (;;) {
    const value = iterNext(it);
    if (value === 0 || !(isShort(value) || H.isBool(value))) return [intFromBigInt(big + BigInt(fast)), value];
    fast += H.isBool(value) ? Number(value === H.TRUE) : shortValue(value);
    if (Math.abs(fast) < 2 ** 52 && Number.isSafeInteger(fast)) continue;
    big += BigInt(fast);
    fast = 0;
  }
}

function sumAny(it: number, start: number): number {
  let total = start;
  const slot = root(total);
  for (let value = iterNext(it); value !== 0; value = iterNext(it)) {
    total = binaryOp(OP_ADD, total, value);
    if (total === 0) break;
    I32[slot] = total;
  }
  unroot(slot);
  return pendingException() !== 0 ? 0 : total;
}

function sumRest(it: number, start: number): number {
  let total = start;
  let next = 0;
  if (isInt(total)) {
    [total, next] = sumInts(it, total);
    if (next === 0) return total;
    total = binaryOp(OP_ADD, total, next);
  }
  if (total !== 0 && H.isFloat(total)) {
    const [f, rest] = sumFloats(it, H.granule(total));
    total = newFloat(f);
    if (rest === 0) return total;
    total = binaryOp(OP_ADD, total, rest);
  }
  return total === 0 ? 0 : sumAny(it, total);
}

function sum(args: number): number {
  const start = I32[args + 1] === 0 ? H.small(0) : I32[args + 1];
  if (isStr(start)) return raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
  if (isKind(start, L.KIND_BYTES)) return raise('TypeError', "sum() can't sum bytes [use b''.join(seq) instead]");
  if (isKind(start, L.KIND_BYTEARRAY))
    return raise('TypeError', "sum() can't sum bytearray [use b''.join(seq) instead]");
  const it = getIter(I32[args]);
  if (it === 0) return 0;
  const slot = root(it);
  const r = sumRest(it, start);
  unroot(slot);
  return pendingException() !== 0 ? 0 : r;
}

// ---------------------------------------------------------------- min and max

/** Keeps the best value; the slots hold value and key, so that both are rooted. */
function better(op: number, key: number, value: number, slot: number): boolean {
  const measured = key === 0 ? value : measure(key, value);
  if (measured === 0) return false;
  if (I32[slot] !== 0) {
    const order = plainOrder(measured, I32[slot + 1]);
    const wins = order !== UNORDERED ? (satisfies(order, op) ? 1 : 0) : winsCalling(op, value, measured, I32[slot + 1]);
    if (wins <= 0) return wins === 0;
  }
  I32[slot] = value;
  I32[slot + 1] = measured;
  return true;
}

function measure(key: number, value: number): number {
  const at = root(value);
  const r = call1(key, value);
  unroot(at);
  return r;
}

/** Is measured <op> best? 1, 0, or -1 with the exception set; `value` stays rooted meanwhile. */
function winsCalling(op: number, value: number, measured: number, best: number): number {
  const at = root(value);
  root(measured);
  const r = compareOp(measured, best, op);
  const wins = r === 0 ? -1 : isTrue(r);
  unroot(at);
  return wins;
}

const NEITHER: readonly number[] = [0, 0];

function extreme(name: string, op: number, args: number, n: number, kwnames: number): number {
  const given = kwnames === 0 ? NEITHER : keywordArguments(name, ['key', 'default'], args, n, kwnames);
  if (given === undefined) return 0;
  if (n === 0) return raise('TypeError', `${name} expected at least 1 argument, got 0`);
  const key = given[0] === H.NONE ? 0 : given[0];
  if (n > 1 && given[1] !== 0)
    return raise('TypeError', `Cannot specify a default for ${name}() with multiple positional arguments`);
  const slot = root(0);
  root(0);
  const ok = n > 1 ? overArguments(op, key, args, n, slot) : overIterable(op, key, I32[args], slot);
  const best = I32[slot];
  unroot(slot);
  if (!ok || pendingException() !== 0) return 0;
  if (best !== 0) return best;
  return given[1] !== 0 ? given[1] : raise('ValueError', `${name}() iterable argument is empty`);
}

function overArguments(op: number, key: number, args: number, n: number, slot: number): boolean {
  for (let i = 0; i < n; i++) if (!better(op, key, I32[args + i], slot)) return false;
  return true;
}

function overIterable(op: number, key: number, h: number, slot: number): boolean {
  const it = getIter(h);
  if (it === 0) return false;
  root(it);
  for (let value = iterNext(it); value !== 0; value = iterNext(it)) if (!better(op, key, value, slot)) return false;
  return true;
}

export const numberFunctions: readonly MethodRow[] = [
  ['abs', (args) => absolute(I32[args]), [1, 1]],
  ['bin', (args) => inBase(I32[args], 2, '0b'), [1, 1]],
  ['oct', (args) => inBase(I32[args], 8, '0o'), [1, 1]],
  ['hex', (args) => inBase(I32[args], 16, '0x'), [1, 1]],
  ['chr', chr, [1, 1]],
  ['ord', ord, [1, 1]],
  ['divmod', (args) => binaryOp(OP_DIVMOD, I32[args], I32[args + 1]), [2, 2]],
  ['pow', pow, '(base, exp, mod=None)'],
  ['round', round, '(number, ndigits=None)'],
  ['sum', sum, '(iterable, /, start=0)'],
  ['min', (args, n, kwnames) => extreme('min', CMP_LT, args, n, kwnames), 'raw'],
  ['max', (args, n, kwnames) => extreme('max', CMP_GT, args, n, kwnames), 'raw'],
];
