/** The type bytearray: constructor, mutation. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { call1, hasIndex, indexNumber } from './abstract.js';
import { bufferOf } from './byte-buffer.js';
import { BYTE_METHODS, BYTE_STATIC, byteValue, parseHex, repeatBytes, view } from './byte-methods.js';
import { emptyByteArray, newByteArray, spliceBytes } from './bytearray.js';
import { bytesData, bytesReprText, isByteArray } from './bytes.js';
import {
  addBytes,
  bytesOfIterable,
  compareData,
  constructorData,
  containsBytes,
  getByte,
  multiplyBytes,
  percentBytes,
} from './bytes-type.js';
import { defineType, type MethodRow } from './define.js';
import { raise, typeName } from './exceptions.js';
import { intFromNumber } from './int.js';
import { newIter } from './iterators.js';
import { isKind, isStr } from './object.js';
import { sliceRange } from './slice.js';
import { OP_ADD, OP_MOD, OP_MUL } from './slots.js';
import { fromJS } from './strings.js';
import { begin, end, readBegin } from './sync.js';
import * as T from './type-ids.js';

const I32 = i32;
const U8 = u8;

const lengthOf = (h: number): number => I32[(h >>> 2) + L.BYTEARRAY_LENGTH]!;
const done = (ok: 0 | 1): number => (ok === 1 ? H.NONE : 0);
const copyOf = (data: ArrayLike<number>): Uint8Array => Uint8Array.from(data);

/** A section that does not change the size: `write` gets the data's offset and length. */
function inPlace(h: number, write: (data: number, n: number) => void): void {
  while (!begin(h, readBegin(h)));
  write(I32[(h >>> 2) + L.BYTEARRAY_DATA]! >>> 0, lengthOf(h));
  end(h);
}

function setByte(self: number, key: number, value: number): 1 | 0 {
  const i = resolve(self, key, 'bytearray index out of range');
  if (i < 0) return 0;
  if (!hasIndex(value))
    return raise('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`) as 0;
  const b = byteValue(value);
  if (b < 0) return 0;
  inPlace(self, (data, n) => void (i < n && (U8[data + i] = b)));
  return 1;
}

/** Index of an item; -1 with the exception set. */
function resolve(self: number, key: number, message: string): number {
  if (!hasIndex(key))
    return raise('TypeError', `bytearray indices must be integers or slices, not ${typeName(key)}`) - 1;
  let i = indexNumber(key);
  if (Number.isNaN(i)) return -1;
  const n = lengthOf(self);
  if (i < 0) i += n;
  return i < 0 || i >= n ? raise('IndexError', message) - 1 : i;
}

/** What is assigned to a slice or extends: a copy; undefined with the exception set. */
function sourceData(value: number): Uint8Array | undefined {
  const data = bufferOf(value);
  if (data !== undefined) return copyOf(data);
  if (isStr(value)) return void raise('TypeError', `'str' object cannot be interpreted as an integer`);
  const items = bytesOfIterable(value, 'bytearray');
  return items === undefined ? undefined : copyOf(items);
}

function setitem(self: number, key: number, value: number): number {
  if (!isKind(key, L.KIND_SLICE)) return setByte(self, key, value);
  if (hasIndex(value) || isStr(value))
    return raise('TypeError', 'can assign only bytes, buffers, or iterables of ints in range(0, 256)');
  const data = sourceData(value);
  const r = data === undefined ? undefined : sliceRange(key, lengthOf(self));
  if (data === undefined || r === undefined) return 0;
  if (r.step === 1) return spliceBytes(self, r.start, Math.max(r.start, r.stop), data);
  if (data.length !== r.count && data.length === 0) return deleteSlice(self, key);
  if (data.length !== r.count)
    return raise('ValueError', `attempt to assign bytes of size ${data.length} to extended slice of size ${r.count}`);
  inPlace(self, (at) => data.forEach((b, i) => (U8[at + r.start + i * r.step] = b)));
  return 1;
}

function deleteSlice(self: number, key: number): number {
  const r = sliceRange(key, lengthOf(self));
  if (r === undefined) return 0;
  if (r.step === 1) return spliceBytes(self, r.start, Math.max(r.start, r.stop), []);
  const gone = new Set(Array.from({ length: r.count }, (_, i) => r.start + i * r.step));
  return spliceBytes(
    self,
    0,
    lengthOf(self),
    copyOf(bytesData(self)).filter((_, i) => !gone.has(i)),
  );
}

function delitem(self: number, key: number): number {
  if (isKind(key, L.KIND_SLICE)) return deleteSlice(self, key);
  const i = resolve(self, key, 'bytearray index out of range');
  return i < 0 ? 0 : spliceBytes(self, i, i + 1, []);
}

function append(args: number): number {
  const self = I32[args]!;
  if (!hasIndex(I32[args + 1]!))
    return raise('TypeError', `'${typeName(I32[args + 1]!)}' object cannot be interpreted as an integer`);
  const b = byteValue(I32[args + 1]!);
  return b < 0 ? 0 : done(spliceBytes(self, lengthOf(self), lengthOf(self), [b]));
}

function extend(args: number): number {
  const self = I32[args]!;
  if (isStr(I32[args + 1]!)) return raise('TypeError', "expected iterable of integers; got: 'str'");
  const data = sourceData(I32[args + 1]!);
  return data === undefined ? 0 : done(spliceBytes(self, lengthOf(self), lengthOf(self), data));
}

function insert(args: number): number {
  const self = I32[args]!;
  const i = indexNumber(I32[args + 1]!);
  const b = Number.isNaN(i) ? -1 : byteValue(I32[args + 2]!);
  if (b < 0) return 0;
  const n = lengthOf(self);
  const at = Math.max(0, Math.min(n, i < 0 ? i + n : i));
  return done(spliceBytes(self, at, at, [b]));
}

function pop(args: number, n: number): number {
  const self = I32[args]!;
  if (lengthOf(self) === 0) return raise('IndexError', 'pop from empty bytearray');
  let i = n > 1 ? indexNumber(I32[args + 1]!) : -1;
  if (Number.isNaN(i)) return 0;
  if (i < 0) i += lengthOf(self);
  if (i < 0 || i >= lengthOf(self)) return raise('IndexError', 'pop index out of range');
  const b = bytesData(self)[i]!;
  return spliceBytes(self, i, i + 1, []) === 0 ? 0 : H.small(b);
}

function remove(args: number): number {
  const self = I32[args]!;
  const b = byteValue(I32[args + 1]!);
  if (b < 0) return 0;
  const i = bytesData(self).indexOf(b);
  return i < 0 ? raise('ValueError', 'value not found in bytearray') : done(spliceBytes(self, i, i + 1, []));
}

function resize(args: number): number {
  const self = I32[args]!;
  const n = indexNumber(I32[args + 1]!);
  if (Number.isNaN(n)) return 0;
  if (n < 0) return raise('ValueError', `bytearray.resize(): new size must be >= 0, got ${n}`);
  const old = lengthOf(self);
  return done(n < old ? spliceBytes(self, n, old, []) : spliceBytes(self, old, old, new Uint8Array(n - old)));
}

function iadd(a: number, b: number): number {
  if (!isByteArray(a)) return H.NOT_IMPLEMENTED;
  const data = bufferOf(b);
  if (data === undefined) return raise('TypeError', `can't concat ${typeName(b)} to ${typeName(a)}`);
  return spliceBytes(a, lengthOf(a), lengthOf(a), copyOf(data)) === 0 ? 0 : a;
}

function imul(a: number, b: number): number {
  if (!isByteArray(a)) return H.NOT_IMPLEMENTED;
  if (!hasIndex(b)) return raise('TypeError', `can't multiply sequence by non-int of type '${typeName(b)}'`);
  const n = indexNumber(b);
  const made = Number.isNaN(n) ? 0 : repeatBytes(a, n);
  return made === 0 || spliceBytes(a, 0, lengthOf(a), bytesData(made)) === 0 ? 0 : a;
}

function init(self: number, args: number, n: number, kwnames: number): number {
  const data = constructorData('bytearray', args, n, kwnames);
  return data === undefined ? 0 : spliceBytes(self, 0, lengthOf(self), copyOf(data));
}

function fromhex(args: number): number {
  const data = parseHex(I32[args + 1]!);
  if (data === undefined) return 0;
  const made = newByteArray(data);
  return I32[args] === T.typeHandle(T.T_BYTEARRAY) ? made : call1(I32[args]!, made);
}

const METHODS: readonly MethodRow[] = [
  ['append', append, [1, 1]],
  ['extend', extend, [1, 1]],
  ['insert', insert, [2, 2]],
  ['pop', pop, [0, 1]],
  ['remove', remove, [1, 1]],
  ['clear', (args) => done(spliceBytes(I32[args]!, 0, lengthOf(I32[args]!), [])), [0, 0]],
  ['copy', (args) => newByteArray(view(I32[args]!)), [0, 0]],
  ['reverse', (args) => (inPlace(I32[args]!, (at, n) => U8.subarray(at, at + n).reverse()), H.NONE), [0, 0]],
  ['resize', resize, [1, 1]],
  ['__alloc__', (args) => intFromNumber(I32[(I32[args]! >>> 2) + L.BYTEARRAY_CAPACITY]!), [0, 0]],
];

defineType({
  id: T.T_BYTEARRAY,
  name: 'bytearray',
  kind: L.KIND_BYTEARRAY,
  unhashable: true,
  methods: [...BYTE_METHODS, ...METHODS],
  classMethods: [['fromhex', fromhex, [1, 1]]],
  staticMethods: BYTE_STATIC,
  slots: {
    repr: (h) => fromJS(`bytearray(${bytesReprText(bytesData(h))})`),
    len: lengthOf,
    bool: (h) => (lengthOf(h) > 0 ? 1 : 0),
    iter: (h) => newIter(T.T_BYTEARRAY_ITERATOR, h, 0),
    getitem: getByte,
    setitem,
    delitem,
    contains: containsBytes,
    compare: compareData,
    binary: { [OP_ADD]: addBytes, [OP_MUL]: multiplyBytes, [OP_MOD]: percentBytes },
    inplace: { [OP_ADD]: iadd, [OP_MUL]: imul },
    create: (type) => emptyByteArray(type),
    init,
  },
});
