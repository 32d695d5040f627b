/** The type bytes, and what its slots share with bytearray's. */
import { raiseMemoryError } from './memory-error.js';
import { IntVector } from './int-vector.js';
import { allocBytes } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { call1, hasIndex, index, indexNumber, iterate, lookupSpecial } from './abstract.js';
import { bufferOf } from './byte-buffer.js';
import { BYTE_METHODS, BYTE_STATIC, like, parseHex, repeatBytes, view } from './byte-methods.js';
import {
  bytesData,
  bytesFromU8,
  bytesHash,
  bytesLength,
  bytesRange,
  bytesReprText,
  bytesStart,
  isByteArray,
  isBytes,
} from './bytes.js';
import { encodeStr } from './codecs.js';
import { defineType, type MethodRow } from './define.js';
import { clearException, pendingException, pendingIs, raise, typeName } from './exceptions.js';
import { intFromNumber, intToNumber } from './int.js';
import { newIter } from './iterators.js';
import { isExact, isKind, isStr, isUserInstance, slotId, typeOf } from './object.js';
import * as N from './names.js';
import { percentText } from './percent-format.js';
import { sliceRange } from './slice.js';
import { slots, CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT, CMP_NE, OP_ADD, OP_MOD, OP_MUL } from './slots.js';
import { codecName, placed } from './str-make.js';
import { fromJS } from './strings.js';
import { newTuple, tupleOf } from './tuple.js';
import { indexState } from './iterator-state.js';
import * as T from './type-ids.js';
import { hasKeywords } from './keywords.js';

const I32 = i32;
const U8 = u8;

/** self[key] of an int or slice. */
export function getByte(self: number, key: number): number {
  const n = bytesLength(self);
  if ((key & 1) !== 0) {
    const at = key < 0 ? (key >> 1) + n : key >> 1;
    if (at >= 0 && at < n) return H.small(U8[bytesStart(self) + at]!);
  }
  if (isKind(key, L.KIND_SLICE)) {
    const r = sliceRange(key, n);
    if (r === undefined) return 0;
    if (r.step === 1 && isExact(self, L.KIND_BYTES)) return r.count === n ? self : bytesRange(self, r.start, r.count);
    const data = bytesData(self);
    return like(
      self,
      r.step === 1
        ? data.subarray(r.start, Math.max(r.start, r.stop))
        : Uint8Array.from({ length: r.count }, (_, i) => data[r.start + i * r.step]!),
    );
  }
  const name = isBytes(self) ? 'byte' : 'bytearray';
  if (!hasIndex(key)) return raise('TypeError', `${name} indices must be integers or slices, not ${typeName(key)}`);
  let i = indexNumber(key);
  if (Number.isNaN(i)) return 0;
  if (Math.abs(i) >= 2 ** 63) return raise('IndexError', `cannot fit '${typeName(key)}' into an index-sized integer`);
  if (i < 0) i += n;
  const data = bytesData(self);
  return i < 0 || i >= data.length
    ? raise('IndexError', `${isBytes(self) ? 'index' : 'bytearray index'} out of range`)
    : H.small(data[i]!);
}

/** An int or bytes-like object in self: 1, 0, -1 with the exception set. */
export function containsBytes(self: number, item: number): number {
  const needle = bufferOf(item);
  if (needle !== undefined) return needle.length === 0 || view(self).indexOf(needle) >= 0 ? 1 : 0;
  if (!hasIndex(item)) return raise('TypeError', `a bytes-like object is required, not '${typeName(item)}'`) - 1;
  const n = indexNumber(item);
  if (Number.isNaN(n)) return -1;
  return n >= 0 && n < 256
    ? bytesData(self).includes(n)
      ? 1
      : 0
    : raise('ValueError', 'byte must be in range(0, 256)') - 1;
}

export function compareData(a: number, b: number, op: number): number {
  const x = bufferOf(a);
  const y = x === undefined ? undefined : bufferOf(b);
  if (x === undefined || y === undefined) return H.NOT_IMPLEMENTED;
  const c = Buffer.compare(x, y);
  const results: Readonly<Record<number, boolean>> = {
    [CMP_LT]: c < 0,
    [CMP_LE]: c <= 0,
    [CMP_EQ]: c === 0,
    [CMP_NE]: c !== 0,
    [CMP_GT]: c > 0,
    [CMP_GE]: c >= 0,
  };
  return H.fromBool(results[op]!);
}

/** Concatenation: of the left operand's class. */
export function addBytes(a: number, b: number): number {
  if (!isBytes(a) && !isByteArray(a)) return H.NOT_IMPLEMENTED;
  const y = bufferOf(b);
  if (y === undefined) return raise('TypeError', `can't concat ${typeName(b)} to ${typeName(a)}`);
  const x = view(a);
  const out = new Uint8Array(x.length + y.length);
  out.set(x);
  out.set(y, x.length);
  return like(a, out);
}

export function multiplyBytes(a: number, b: number): number {
  const [self, times] = isBytes(a) || isByteArray(a) ? [a, b] : [b, a];
  if (!hasIndex(times))
    return self === a
      ? raise('TypeError', `can't multiply sequence by non-int of type '${typeName(times)}'`)
      : H.NOT_IMPLEMENTED;
  const n = indexNumber(times);
  return Number.isNaN(n) ? 0 : repeatBytes(self, n);
}

export function percentBytes(a: number, b: number): number {
  if (!isBytes(a) && !isByteArray(a)) return H.NOT_IMPLEMENTED;
  const text = percentText(Buffer.from(view(a)).toString('latin1'), b, true);
  return text === undefined ? 0 : like(a, Buffer.from(text, 'latin1'));
}

/** The bytes of an iterable of ints; undefined with the exception set. */
export function bytesOfIterable(h: number, who: string): Int32Array | undefined {
  const out = new IntVector();
  let good = true;
  const ok = iterate(h, (v) => {
    const n = hasIndex(v) ? indexNumber(v) : Number.NaN;
    if (n >= 0 && n < 256) return void out.push(n);
    good = false;
    if (pendingException() === 0) {
      if (Number.isNaN(n)) raise('TypeError', `'${typeName(v)}' object cannot be interpreted as an integer`);
      else raise('ValueError', who === 'bytes' ? 'bytes must be in range(0, 256)' : 'byte must be in range(0, 256)');
    }
    return false;
  });
  return ok && good ? out.items() : undefined;
}

const isIterable = (h: number): boolean =>
  slots.iter[slotId(h)] !== undefined ||
  slots.getitem[slotId(h)] !== undefined ||
  lookupSpecial(typeOf(h), N.N_ITER) !== 0 ||
  lookupSpecial(typeOf(h), N.N_GETITEM) !== 0;

/** Zero bytes for a count argument; undefined with the exception set, or none set when it is no count. */
function zeros(h: number): Uint8Array | undefined {
  const i = index(h);
  if (i === 0) {
    if (pendingIs('TypeError')) clearException();
    return undefined;
  }
  const n = intToNumber(i);
  if (n < 0) return void raise('ValueError', 'negative count');
  if (n >= 2 ** 63) return void raise('OverflowError', "cannot fit 'int' into an index-sized integer");
  if (n > 0x3fffff00) return void raiseMemoryError();
  return new Uint8Array(n);
}

/** Data for bytes(source) and bytearray(source) without encoding; undefined with the exception set. */
function dataOfSource(source: number, who: string): ArrayLike<number> | undefined {
  if (isStr(source)) return void raise('TypeError', 'string argument without an encoding');
  if (hasIndex(source)) {
    const made = zeros(source);
    if (made !== undefined || pendingException() !== 0) return made;
  }
  const data = bufferOf(source);
  if (data !== undefined) return data;
  if (isIterable(source)) return bytesOfIterable(source, who);
  return void raise('TypeError', `cannot convert '${typeName(source)}' object to ${who}`);
}

/** Data of the arguments (source, encoding, errors); undefined with the exception set. */
export function constructorData(who: string, args: number, n: number, kwnames: number): ArrayLike<number> | undefined {
  const given = placed(who, ['source', 'encoding', 'errors'], args, n, kwnames);
  if (given === undefined) return undefined;
  const [source, encoding, errors] = given as [number, number, number];
  if (source === 0) {
    if (encoding !== 0 || errors !== 0)
      return void raise('TypeError', `${encoding !== 0 ? 'encoding' : 'errors'} without a string argument`);
    return [];
  }
  if (encoding === 0 && errors === 0) return dataOfSource(source, who);
  if (!isStr(source))
    return void raise('TypeError', `${encoding !== 0 ? 'encoding' : 'errors'} without a string argument`);
  const named = codecName(encoding, 'utf-8', who, 'encoding');
  const handler = named === undefined ? undefined : codecName(errors, 'strict', who, 'errors');
  if (encoding === 0) return void raise('TypeError', 'string argument without an encoding');
  return named === undefined || handler === undefined ? undefined : encodeStr(source, named, handler);
}

/** What `__bytes__` gives for a lone argument: handle, 0 when there is none or with the exception set. */
function fromDunder(args: number, n: number, kwnames: number): number {
  if (n !== 1 || hasKeywords(kwnames)) return 0;
  const f = isUserInstance(I32[args]!) ? lookupSpecial(typeOf(I32[args]!), N.N_BYTES) : 0;
  if (f === 0) return 0;
  const made = call1(f, I32[args]!);
  return made === 0 || isBytes(made)
    ? made
    : raise('TypeError', `__bytes__ returned non-bytes (type ${typeName(made)})`);
}

/** An instance of a subclass of bytes; its last word is for the attributes. */
function subclassBytes(type: number, data: ArrayLike<number>): number {
  const head = L.BYTES_INLINE * 4;
  const cells = (head + data.length + 63 + 64) >>> 6;
  const h = allocBytes(cells * 64);
  const w = h >>> 2;
  I32.fill(0, w, w + cells * 16);
  I32[w] = L.KIND_BYTES | L.FLAG_SUBCLASS;
  I32[w + 1] = cells;
  I32[w + 2] = type;
  I32[w + L.BYTES_LENGTH] = data.length;
  I32[w + L.BYTES_DATA] = h + head;
  U8.set(data, (h + head) >>> 0);
  return h;
}

function create(type: number, args: number, n: number, kwnames: number): number {
  const exact = type === T.typeHandle(T.T_BYTES);
  const own = fromDunder(args, n, kwnames);
  if (own === 0 && pendingException() !== 0) return 0;
  if (exact && own !== 0) return own;
  if (exact && n === 1 && isBytes(I32[args]!) && kwnames === 0 && (I32[I32[args]! >>> 2]! & L.FLAG_SUBCLASS) === 0)
    return I32[args]!;
  const data = own !== 0 ? bytesData(own) : constructorData('bytes', args, n, kwnames);
  if (data === undefined) return 0;
  return exact ? bytesFromU8(data) : subclassBytes(type, data);
}

function fromhex(args: number): number {
  const data = parseHex(I32[args + 1]!);
  if (data === undefined) return 0;
  const made = bytesFromU8(data);
  return I32[args] === T.typeHandle(T.T_BYTES) ? made : call1(I32[args]!, made);
}

export const getNewArgs: MethodRow = ['__getnewargs__', (args) => tupleOf(bytesFromU8(view(I32[args]!))), [0, 0]];

defineType({
  id: T.T_BYTES,
  name: 'bytes',
  kind: L.KIND_BYTES,
  methods: [...BYTE_METHODS, ['__bytes__', (args) => bytesFromU8(view(I32[args]!)), [0, 0]], getNewArgs],
  classMethods: [['fromhex', fromhex, [1, 1]]],
  staticMethods: BYTE_STATIC,
  slots: {
    repr: (h) => fromJS(bytesReprText(bytesData(h))),
    hash: (h) => intFromNumber(bytesHash(h)),
    len: (h) => view(h).length,
    bool: (h) => (view(h).length > 0 ? 1 : 0),
    iter: (h) => newIter(T.T_BYTES_ITERATOR, h, 0),
    getitem: getByte,
    contains: containsBytes,
    compare: compareData,
    binary: { [OP_ADD]: addBytes, [OP_MUL]: multiplyBytes, [OP_MOD]: percentBytes },
    create,
  },
});

/** Next of an iterator over bytes-like `source` by index. */
export function nextByte(it: number): number {
  const w = it >>> 2;
  const source = I32[w + L.ITER_SOURCE]!;
  if (source === 0) return 0;
  const i = I32[w + L.ITER_INDEX]!;
  if (i >= bytesLength(source)) {
    I32[w + L.ITER_SOURCE] = 0;
    return 0;
  }
  I32[w + L.ITER_INDEX] = i + 1;
  return H.small(U8[bytesStart(source) + i]!);
}

function hint(args: number): number {
  const source = I32[(I32[args]! >>> 2) + L.ITER_SOURCE]!;
  return source === 0
    ? H.small(0)
    : intFromNumber(Math.max(0, bytesData(source).length - I32[(I32[args]! >>> 2) + L.ITER_INDEX]!));
}

const byteState = indexState(
  (source) => bytesData(source).length,
  () => newTuple(0),
);

for (const [id, name] of [
  [T.T_BYTES_ITERATOR, 'bytes_iterator'],
  [T.T_BYTEARRAY_ITERATOR, 'bytearray_iterator'],
] as const) {
  defineType({
    id,
    name,
    kind: L.KIND_ITER,
    final: true,
    methods: [['__length_hint__', hint, [0, 0]], ...byteState],
    slots: { iter: (it) => it, next: nextByte },
  });
}
