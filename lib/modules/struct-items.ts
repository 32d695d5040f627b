/** Values of the module struct written to bytes and read back. */

import { callArgs, hasIndex, index, isTrue } from '../objects/abstract.js';
import { bytesData, bytesFromU8, isByteArray, isBytes } from '../objects/bytes.js';
import { complexImag, complexReal, newComplex } from '../objects/complex.js';
import { clearException, raise } from '../objects/exceptions.js';
import { newFloat } from '../objects/float.js';
import { intFromBigInt, intFromNumber, intToBigInt, intToNumber, isShortInt, plainInt } from '../objects/int.js';
import { halfBits } from '../objects/memory-format.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { isKind } from '../objects/object.js';
import * as T from '../objects/type-ids.js';
import { real } from './math.js';
import { raiseAs } from './raise.js';
import type { Entry, Run } from './struct-format.js';

export const fail = (message: string): number => raiseAs(T.T_STRUCT_ERROR, message);

/** The int of a value; 0 with struct.error, or what its `__index__` raised. */
function integer(value: number): number {
  if ((value & 1) !== 0) return value;
  const plain = plainInt(value);
  if (plain !== 0) return plain;
  return hasIndex(value) ? index(value) : fail('required argument is not an integer');
}

function rangeError(entry: Entry): number {
  const bits = BigInt(entry.size * 8);
  const most = entry.kind === 'uint' ? (1n << bits) - 1n : (1n << (bits - 1n)) - 1n;
  const least = entry.kind === 'uint' ? 0n : -most - 1n;
  return fail(`'${entry.format}' format requires ${least} <= number <= ${most}`);
}

function writeInt(view: DataView, at: number, entry: Entry, little: boolean, value: number): number {
  const h = integer(value);
  if (h === 0) return 0;
  const { size, kind } = entry;
  if (size === 8) return writeLong(view, at, entry, little, h);
  const n = isShortInt(h) ? intToNumber(h) : Number.POSITIVE_INFINITY;
  const span = 2 ** (size * 8);
  if (kind === 'uint' ? !(n >= 0 && n < span) : !(n >= -span / 2 && n < span / 2)) return rangeError(entry);
  if (size === 1) view.setInt8(at, n);
  else if (size === 2) view.setInt16(at, n, little);
  else view.setInt32(at, n, little);
  return 1;
}

function writeLong(view: DataView, at: number, entry: Entry, little: boolean, h: number): number {
  const n = intToBigInt(h);
  const signed = entry.kind === 'int';
  if (entry.kind === 'address') {
    if (n >= 1n << 64n || n < -(1n << 63n)) return fail('int too large to convert');
  } else if (signed ? BigInt.asIntN(64, n) !== n : BigInt.asUintN(64, n) !== n) return rangeError(entry);
  view.setBigInt64(at, n, little);
  return 1;
}

function writeDouble(view: DataView, at: number, size: number, little: boolean, x: number, value: number): number {
  if (size === 8) view.setFloat64(at, x, little);
  else if (size === 4) {
    if (Number.isFinite(x) && !Number.isFinite(Math.fround(x))) return overflow('f', value);
    view.setFloat32(at, x, little);
  } else {
    const bits = halfBits(x);
    if (bits < 0) return overflow('e', value);
    view.setUint16(at, bits, little);
  }
  return 1;
}

const overflow = (format: string, value: number): number =>
  plainInt(value) !== 0
    ? fail('int too large to convert')
    : raise('OverflowError', `float too large to pack with ${format} format`);

function writeFloat(view: DataView, at: number, size: number, little: boolean, value: number): number {
  const x = real(value);
  if (x !== undefined) return writeDouble(view, at, size, little, x, value);
  clearException();
  return fail('required argument is not a float');
}

function writeComplex(view: DataView, at: number, size: number, little: boolean, value: number): number {
  const z = isKind(value, L.KIND_COMPLEX) ? value : H.isChar(value) ? 0 : toComplex(value);
  if (z === 0) {
    clearException();
    return fail('required argument is not a complex');
  }
  const half = size / 2;
  // The native form, little endian here, goes to infinity.
  if (half === 4 && !little) {
    for (const x of [complexReal(z), complexImag(z)])
      if (Number.isFinite(x) && !Number.isFinite(Math.fround(x))) return overflow('f', value);
  }
  const write = half === 4 ? 'setFloat32' : 'setFloat64';
  view[write](at, complexReal(z), little);
  view[write](at + half, complexImag(z), little);
  return 1;
}

/** complex(value), which must not be a str; 0 with the exception set. */
const toComplex = (value: number): number =>
  isKind(value, L.KIND_STR) ? 0 : callArgs(T.typeHandle(T.T_COMPLEX), [value]);

function writeBytes(target: Uint8Array, at: number, run: Run, value: number): number {
  const { format, kind } = run.entry;
  if (!isBytes(value) && !isByteArray(value)) return fail(`argument for '${format}' must be a bytes object`);
  const data = bytesData(value);
  if (kind === 'bytes') {
    target.set(data.length > run.size ? data.subarray(0, run.size) : data, at);
    return 1;
  }
  if (run.size === 0) return 1;
  const n = Math.min(data.length, run.size - 1);
  target[at] = Math.min(n, 255);
  target.set(data.subarray(0, n), at + 1);
  return 1;
}

/** Writes a value into zeroed bytes; `view` shows the same bytes as `target`. 1, or 0 with the exception set. */
export function writeValue(
  target: Uint8Array,
  view: DataView,
  at: number,
  run: Run,
  little: boolean,
  value: number,
): number {
  const { entry } = run;
  switch (entry.kind) {
    case 'int':
    case 'uint':
    case 'address':
      return writeInt(view, at, entry, little, value);
    case 'float':
      return writeFloat(view, at, entry.size, little, value);
    case 'complex':
      return writeComplex(view, at, entry.size, little, value);
    case 'bool': {
      const t = isTrue(value);
      target[at] = t;
      return t < 0 ? 0 : 1;
    }
    case 'char': {
      const data = isBytes(value) ? bytesData(value) : undefined;
      if (data?.length !== 1) return fail('char format requires a bytes object of length 1');
      target[at] = data[0];
      return 1;
    }
    default:
      return writeBytes(target, at, run, value);
  }
}

function readHalf(bits: number): number {
  const sign = (bits & 0x8000) !== 0 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function readInt(view: DataView, at: number, entry: Entry, little: boolean): number {
  const signed = entry.kind === 'int';
  switch (entry.size) {
    case 1:
      return H.small(signed ? view.getInt8(at) : view.getUint8(at));
    case 2:
      return H.small(signed ? view.getInt16(at, little) : view.getUint16(at, little));
    case 4:
      return intFromNumber(signed ? view.getInt32(at, little) : view.getUint32(at, little));
    default:
      return readLong(view, at, signed, little);
  }
}

/** 64 bits: without a BigInt where a double holds the value. */
function readLong(view: DataView, at: number, signed: boolean, little: boolean): number {
  const high = view.getInt32(little ? at + 4 : at, little);
  if (high >= -0x200000 && high < 0x200000 && (signed || high >= 0)) {
    const low = view.getUint32(little ? at : at + 4, little);
    return intFromNumber(high * 2 ** 32 + low);
  }
  return intFromBigInt(signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little));
}

const readReal = (view: DataView, at: number, size: number, little: boolean): number =>
  size === 8
    ? view.getFloat64(at, little)
    : size === 4
      ? view.getFloat32(at, little)
      : readHalf(view.getUint16(at, little));

/** The value at byte `at` of `source`, which `view` shows too. */
export function readValue(source: Uint8Array, view: DataView, at: number, run: Run, little: boolean): number {
  const { entry, size } = run;
  switch (entry.kind) {
    case 'int':
    case 'uint':
    case 'address':
      return readInt(view, at, entry, little);
    case 'float':
      return newFloat(readReal(view, at, size, little));
    case 'complex':
      return newComplex(readReal(view, at, size / 2, little), readReal(view, at + size / 2, size / 2, little));
    case 'bool':
      return H.fromBool(source[at] !== 0);
    case 'char':
      return bytesFromU8(source.subarray(at, at + 1));
    case 'pascal': {
      const n = size === 0 ? 0 : Math.min(source[at], size - 1);
      return bytesFromU8(source.subarray(at + 1, at + 1 + n));
    }
    default:
      return bytesFromU8(source.subarray(at, at + size));
  }
}
