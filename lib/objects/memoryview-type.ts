/** The type memoryview (https://docs.python.org/3.14/library/stdtypes.html#memoryview). */
import { root, unroot } from '../heap/context.js';
import { bufferMethod } from './byte-methods.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { equals, hasIndex, indexNumber, length } from './abstract.js';
import { hexMethod } from './byte-methods.js';
import { bufferOf, memoryviewData, needBuffer, noBuffer, VIEW_READONLY } from './byte-buffer.js';
import { bytesFromU8, bytesHash } from './bytes.js';
import { defineType, type MethodRow } from './define.js';
import { pendingException, raise, typeName } from './exceptions.js';
import { intFromNumber } from './int.js';
import { newIter } from './iterators.js';
import { listAppend, newList } from './list.js';
import { FORMAT_SIZES, formatCharacter, readItem, sameItem, writeItem } from './memory-format.js';
import {
  extentOf,
  flagsOf,
  formatHandle,
  formatOf,
  isReleased,
  itemCount,
  itemSize,
  ndimOf,
  newView,
  releaseView,
  shapeOf,
  sourceOf,
  stepOf,
  viewAddress,
  viewOf,
} from './memoryview.js';
import { isKind, isStr } from './object.js';
import { sliceRange } from './slice.js';
import { CMP_EQ, CMP_NE } from './slots.js';
import { placed } from './str-make.js';
import { fromJS, toJS } from './strings.js';
import { newTupleOf, tupleItem, tupleLength } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;
const U8 = u8;
const FAILED = -1;

/** 1, or 0 with ValueError set when the view is released. */
const alive = (v: number): 1 | 0 => (isReleased(v) ? noBuffer(v) : 1);

// ---------------------------------------------------------------- items

const outOfBounds = (dimension: number): number =>
  raise('IndexError', `index out of bounds on dimension ${dimension}`) - 1;

/** Number of the item along a dimension; FAILED with the exception set. */
function position(v: number, key: number, dimension: number): number {
  let i = indexNumber(key);
  if (Number.isNaN(i)) return FAILED;
  const n = extentOf(v, dimension);
  if (i < 0) i += n;
  return i < 0 || i >= n ? outOfBounds(dimension + 1) : i;
}

/** Address of the item a tuple of indices names; FAILED with the exception set. */
function addressOfTuple(v: number, key: number): number {
  const n = tupleLength(key);
  if (n > ndimOf(v)) return raise('TypeError', `cannot index ${ndimOf(v)}-dimension view with ${n}-element tuple`) - 1;
  if (n < ndimOf(v)) return raise('NotImplementedError', 'sub-views are not implemented') - 1;
  let at = 0;
  for (let d = 0; d < n; d++) {
    const i = position(v, tupleItem(key, d), d);
    if (i < 0) return FAILED;
    at = at * extentOf(v, d) + i;
  }
  const base = viewAddress(v);
  return base < 0 ? FAILED : base + at * stepOf(v);
}

const isIndexTuple = (key: number): boolean => {
  if (!isKind(key, L.KIND_TUPLE)) return false;
  for (let i = 0; i < tupleLength(key); i++) if (!hasIndex(tupleItem(key, i))) return false;
  return true;
};

/** The format of a view that items can be read of; '' with the exception set. */
function itemFormat(v: number): string {
  const c = formatOf(v);
  if (c === '') raise('NotImplementedError', `memoryview: unsupported format ${toJS(formatHandle(v))}`);
  return c;
}

/** Address of the item that key names in a view with dimensions; FAILED with the exception set, none set when key is no index. */
function itemAddress(v: number, key: number): number {
  if (isIndexTuple(key)) return addressOfTuple(v, key);
  if (!hasIndex(key)) return FAILED;
  if (ndimOf(v) > 1) return raise('NotImplementedError', 'multi-dimensional sub-views are not implemented') - 1;
  const i = position(v, key, 0);
  const base = i < 0 ? FAILED : viewAddress(v);
  return base < 0 ? FAILED : base + i * stepOf(v);
}

function getZero(v: number, key: number): number {
  if (key === H.ELLIPSIS) return v;
  if (!isKind(key, L.KIND_TUPLE) || tupleLength(key) > 0) return raise('TypeError', 'invalid indexing of 0-dim memory');
  const at = viewAddress(v);
  const c = at < 0 ? '' : itemFormat(v);
  return c === '' ? 0 : readItem(c, at);
}

function getitem(v: number, key: number): number {
  if (alive(v) === 0) return 0;
  if (ndimOf(v) === 0) return getZero(v, key);
  if (isKind(key, L.KIND_SLICE)) return slice(v, key);
  const at = itemAddress(v, key);
  if (at >= 0) {
    const c = itemFormat(v);
    return c === '' ? 0 : readItem(c, at);
  }
  return pendingException() !== 0 ? 0 : raise('TypeError', 'memoryview: invalid slice key');
}

/** v[a:b:c]: along the first dimension. */
function slice(v: number, key: number): number {
  const n = extentOf(v, 0);
  const r = sliceRange(key, n);
  if (r === undefined) return 0;
  const s = shapeOf(v);
  if (s.ndim === 1)
    return newView(sourceOf(v), { ...s, start: s.start + r.start * s.step, length: r.count, step: s.step * r.step });
  if (r.step !== 1) return raise('NotImplementedError', 'memoryview: a step over several dimensions is not there');
  const row = n === 0 ? 0 : s.length / n;
  const extents = Array.from({ length: s.ndim }, (_, i) => (i === 0 ? r.count : extentOf(v, i)));
  const shape = newTupleOf(extents.map(H.small));
  return newView(sourceOf(v), { ...s, start: s.start + r.start * row * s.size, length: r.count * row, shape });
}

// ---------------------------------------------------------------- assignment

/** Copies what `value` shows into a view of the same structure. */
function assign(v: number, value: number): 1 | 0 {
  const slot = root(v);
  const other = isKind(value, L.KIND_MEMORYVIEW)
    ? value
    : bufferOf(value) === undefined
      ? noBuffer(value)
      : viewOf(value);
  unroot(slot);
  if (other === 0) return 0;
  const data = needBuffer(other);
  const at = data === undefined ? FAILED : viewAddress(v);
  const fits =
    data !== undefined &&
    formatOf(other) === formatOf(v) &&
    itemCount(other) === itemCount(v) &&
    ndimOf(other) === ndimOf(v);
  if (other !== value) releaseView(other);
  if (at < 0) return 0;
  if (!fits) return raise('ValueError', 'memoryview assignment: lvalue and rvalue have different structures') as 0;
  const [size, step] = [itemSize(v), stepOf(v)];
  const copy = Uint8Array.from(data!);
  if (step === size) U8.set(copy, at);
  else for (let i = 0; i < copy.length; i += size) U8.set(copy.subarray(i, i + size), at + (i / size) * step);
  return 1;
}

function setitem(v: number, key: number, value: number): number {
  if (alive(v) === 0) return 0;
  if ((flagsOf(v) & VIEW_READONLY) !== 0) return raise('TypeError', 'cannot modify read-only memory');
  const c = itemFormat(v);
  if (c === '') return 0;
  if (ndimOf(v) === 0) {
    if (key !== H.ELLIPSIS && !(isKind(key, L.KIND_TUPLE) && tupleLength(key) === 0))
      return raise('TypeError', 'invalid indexing of 0-dim memory');
    const at = viewAddress(v);
    return at < 0 ? 0 : writeItem(c, at, value);
  }
  if (isKind(key, L.KIND_SLICE)) {
    if (ndimOf(v) !== 1)
      return raise('NotImplementedError', 'memoryview slice assignments are currently restricted to ndim = 1');
    const part = slice(v, key);
    if (part === 0) return 0;
    const slot = root(part);
    const ok = assign(part, value);
    releaseView(part);
    unroot(slot);
    return ok;
  }
  const at = itemAddress(v, key);
  if (at >= 0) return writeItem(c, at, value);
  return pendingException() !== 0 ? 0 : raise('TypeError', 'memoryview: invalid slice key');
}

// ---------------------------------------------------------------- cast

const NO_FORMAT =
  "memoryview: destination format must be a native single character format prefixed with an optional '@'";

const isByteFormat = (c: string): boolean => c === 'B' || c === 'b' || c === 'c';

/** Extents of a shape argument; undefined with the exception set. */
function extents(shape: number): number[] | undefined {
  if (!isKind(shape, L.KIND_LIST) && !isKind(shape, L.KIND_TUPLE))
    return void raise('TypeError', 'shape must be a list or a tuple');
  const n = length(shape);
  if (n > 64) return void raise('ValueError', 'memoryview: number of dimensions must not exceed 64');
  const out: number[] = [];
  for (let i = 0; i < n; i++) {
    const item = isKind(shape, L.KIND_TUPLE)
      ? tupleItem(shape, i)
      : I32[(I32[(shape >>> 2) + L.LIST_ITEMS]! >>> 2) + L.ARRAY_ITEMS + i]!;
    if (!hasIndex(item)) return void raise('TypeError', 'memoryview.cast(): elements of shape must be integers');
    const extent = indexNumber(item);
    if (!(extent > 0)) return void raise('ValueError', 'memoryview.cast(): elements of shape must be integers > 0');
    out.push(extent);
  }
  return out;
}

const isContiguous = (v: number): boolean => ndimOf(v) !== 1 || stepOf(v) === itemSize(v) || itemCount(v) <= 1;

/** cast(format[, shape]). */
function cast(args: number): number {
  const [v, format, shape] = [I32[args]!, I32[args + 1]!, I32[args + 2]!];
  if (alive(v) === 0) return 0;
  if (!isStr(format)) return raise('TypeError', `cast() argument 'format' must be str, not ${typeName(format)}`);
  const c = formatCharacter(toJS(format));
  const dimensions = shape === 0 ? [] : extents(shape);
  if (dimensions === undefined) return 0;
  if (!isContiguous(v)) return raise('TypeError', 'memoryview: casts are restricted to C-contiguous views');
  if (shape !== 0 && ndimOf(v) !== 1 && dimensions.length !== 1)
    return raise('TypeError', 'memoryview: cast must be 1D -> ND or ND -> 1D');
  if (c === '') return raise('ValueError', NO_FORMAT);
  if (!isByteFormat(c) && !isByteFormat(formatOf(v)))
    return raise('TypeError', 'memoryview: cannot cast between two non-byte formats');
  const bytes = itemCount(v) * itemSize(v);
  const size = FORMAT_SIZES[c]!;
  if (bytes % size !== 0) return raise('TypeError', 'memoryview: length is not a multiple of itemsize');
  return castTo(v, format, size, bytes / size, shape === 0 ? undefined : dimensions);
}

function castTo(v: number, format: number, size: number, count: number, dimensions: number[] | undefined): number {
  const s = shapeOf(v);
  const base = { ...s, format, size, step: size };
  if (dimensions === undefined) return newView(sourceOf(v), { ...base, length: count, ndim: 1 });
  const product = dimensions.reduce((a, b) => a * b, 1);
  if (product !== count) return raise('TypeError', 'memoryview: product(shape) * itemsize != buffer size');
  const shape = newTupleOf(dimensions.map(H.small));
  return newView(sourceOf(v), { ...base, length: count, ndim: dimensions.length, shape });
}

// ---------------------------------------------------------------- whole views

function tolistFrom(v: number, c: string, at: number, dimension: number): number {
  if (dimension === ndimOf(v)) return readItem(c, at);
  let stride = stepOf(v);
  for (let d = dimension + 1; d < ndimOf(v); d++) stride *= extentOf(v, d);
  const list = newList(0);
  const slot = root(list);
  for (let i = 0; i < extentOf(v, dimension); i++) listAppend(list, tolistFrom(v, c, at + i * stride, dimension + 1));
  unroot(slot);
  return list;
}

function tolist(args: number): number {
  const v = I32[args]!;
  const at = viewAddress(v);
  const c = at < 0 ? '' : itemFormat(v);
  return c === '' ? 0 : tolistFrom(v, c, at, 0);
}

/** Bytes in Fortran's order: the first index moves fastest. */
function fortranBytes(v: number, data: Uint8Array): Uint8Array {
  const n = ndimOf(v);
  const size = itemSize(v);
  const out = new Uint8Array(data.length);
  for (let k = 0; k < itemCount(v); k++) {
    let rest = k;
    let at = 0;
    for (let d = 0; d < n; d++) {
      let stride = 1;
      for (let e = d + 1; e < n; e++) stride *= extentOf(v, e);
      at += (rest % extentOf(v, d)) * stride;
      rest = Math.floor(rest / extentOf(v, d));
    }
    out.set(data.subarray(at * size, at * size + size), k * size);
  }
  return out;
}

function tobytes(args: number): number {
  const [v, order] = [I32[args]!, I32[args + 1]!];
  const data = needBuffer(v);
  if (data === undefined) return 0;
  if (order === 0 || order === H.NONE) return bytesFromU8(data);
  const text = isStr(order) ? toJS(order) : '';
  if (text !== 'C' && text !== 'F' && text !== 'A') return raise('ValueError', "order must be 'C', 'F' or 'A'");
  return bytesFromU8(text === 'F' && ndimOf(v) > 1 ? fortranBytes(v, data) : data);
}

function hex(args: number): number {
  const data = needBuffer(I32[args]!);
  return data === undefined ? 0 : hexMethod(data, I32[args + 1]!, I32[args + 2]!);
}

function hash(v: number): number {
  if (alive(v) === 0) return 0;
  if ((flagsOf(v) & VIEW_READONLY) === 0) return raise('ValueError', 'cannot hash writable memoryview object');
  if (!isByteFormat(formatOf(v)))
    return raise('ValueError', "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  return intFromNumber(bytesHash(bytesFromU8(memoryviewData(v)!)));
}

/** Same shape and equal items? */
function sameViews(a: number, b: number): boolean {
  if (ndimOf(a) !== ndimOf(b)) return false;
  for (let d = 0; d < ndimOf(a); d++) if (extentOf(a, d) !== extentOf(b, d)) return false;
  const [c, d] = [formatOf(a), formatOf(b)];
  if (c === '' || d === '') return false;
  const [x, y] = [viewAddress(a), viewAddress(b)];
  if (x < 0 || y < 0) return false;
  for (let i = 0; i < itemCount(a); i++) if (!sameItem(c, x + i * stepOf(a), d, y + i * stepOf(b))) return false;
  return true;
}

function compare(a: number, b: number, op: number): number {
  if (op !== CMP_EQ && op !== CMP_NE) return H.NOT_IMPLEMENTED;
  let same = a === b;
  if (!same && !isReleased(a)) {
    const isView = isKind(b, L.KIND_MEMORYVIEW);
    if (isView && isReleased(b)) return H.fromBool(op === CMP_NE);
    if (!isView && bufferOf(b) === undefined) return H.NOT_IMPLEMENTED;
    const other = isView ? b : viewOf(b);
    same = sameViews(a, other);
    if (!isView) releaseView(other);
  }
  return H.fromBool(same === (op === CMP_EQ));
}

function len(v: number): number {
  if (alive(v) === 0) return FAILED;
  return ndimOf(v) === 0 ? raise('TypeError', '0-dim memory has no length') - 1 : extentOf(v, 0);
}

/** First item equal to a value from start to stop; FAILED without or with an exception set. */
function find(v: number, value: number, start: number, stop: number): number {
  for (let i = start; i < stop; i++) {
    const item = getitem(v, H.small(i));
    const same = item === 0 ? FAILED : equals(item, value);
    if (same < 0) return FAILED;
    if (same === 1) return i;
  }
  return FAILED;
}

function bound(h: number, n: number, fallback: number): number {
  if (h === 0) return fallback;
  const i = indexNumber(h);
  return i < 0 ? Math.max(0, i + n) : Math.min(i, n);
}

/** index(value, start=0, stop=maxsize). */
function indexMethod(args: number): number {
  const v = I32[args]!;
  if (alive(v) === 0) return 0;
  if (ndimOf(v) === 0) return raise('TypeError', 'invalid lookup on 0-dim memory');
  if (ndimOf(v) !== 1) return raise('NotImplementedError', 'multi-dimensional lookup is not implemented');
  const n = itemCount(v);
  const [start, stop] = [bound(I32[args + 2]!, n, 0), bound(I32[args + 3]!, n, n)];
  const i = pendingException() !== 0 ? FAILED : find(v, I32[args + 1]!, start, stop);
  if (i >= 0) return intFromNumber(i);
  return pendingException() !== 0 ? 0 : raise('ValueError', 'memoryview.index(x): x not found');
}

function count(args: number): number {
  const v = I32[args]!;
  const n = len(v);
  let found = 0;
  for (let i = 0; i < n; i++) {
    const at = find(v, I32[args + 1]!, i, n);
    if (at < 0) break;
    found++;
    i = at;
  }
  return pendingException() !== 0 ? 0 : intFromNumber(found);
}

function toreadonly(args: number): number {
  const v = I32[args]!;
  return alive(v) === 0 ? 0 : newView(sourceOf(v), { ...shapeOf(v), readonly: true });
}

const METHODS: readonly MethodRow[] = [
  bufferMethod,
  ['release', (args) => (releaseView(I32[args]!), H.NONE), [0, 0]],
  ['tobytes', tobytes, '(order="C")'],
  ['tolist', tolist, [0, 0]],
  ['toreadonly', toreadonly, [0, 0]],
  ['hex', hex, '(sep=None, bytes_per_sep=1)'],
  ['cast', cast, '(format, shape=None)'],
  ['index', indexMethod, '(value, start=0, stop=0, /)'],
  ['count', count, [1, 1]],
  ['__enter__', (args) => (alive(I32[args]!) === 0 ? 0 : I32[args]!), [0, 0]],
  ['__exit__', (args) => (releaseView(I32[args]!), H.NONE), [0, -1]],
];

// ---------------------------------------------------------------- attributes

/** A getter that refuses released views. */
const living =
  (get: (v: number) => number) =>
  (v: number): number =>
    alive(v) === 0 ? 0 : get(v);

const shapeTuple = (v: number): number =>
  newTupleOf(Array.from({ length: ndimOf(v) }, (_, i) => intFromNumber(extentOf(v, i))));

function strides(v: number): number {
  const out: number[] = [];
  let stride = stepOf(v);
  for (let d = ndimOf(v) - 1; d >= 0; d--) {
    out.unshift(stride);
    stride *= extentOf(v, d);
  }
  return newTupleOf(out.map(intFromNumber));
}

const fortranContiguous = (v: number): boolean =>
  isContiguous(v) && (ndimOf(v) <= 1 || itemCount(v) <= 1 || oneLong(v));
/** At most one dimension longer than one? */
const oneLong = (v: number): boolean =>
  Array.from({ length: ndimOf(v) }, (_, i) => extentOf(v, i)).filter((n) => n > 1).length <= 1;

const address = (v: number): string => `0x${(v >>> 0).toString(16).padStart(12, '0')}`;

function create(_type: number, args: number, n: number, kwnames: number): number {
  const given = placed('memoryview', ['object'], args, n, kwnames);
  if (given === undefined) return 0;
  const object = given[0]!;
  if (object === 0) return raise('TypeError', "memoryview() missing required argument 'object' (pos 1)");
  if (!isKind(object, L.KIND_MEMORYVIEW) && bufferOf(object) === undefined)
    return raise('TypeError', `memoryview: a bytes-like object is required, not '${typeName(object)}'`);
  return viewOf(object);
}

defineType({
  id: T.T_MEMORYVIEW,
  name: 'memoryview',
  generic: true,
  kind: L.KIND_MEMORYVIEW,
  final: true,
  matchSequence: true,
  weakrefs: true,
  doc: 'Create a new memoryview object which references the given object.',
  methods: METHODS,
  classMethods: [['_from_flags', (args) => viewOf(I32[args + 1]!), '(object, flags)']],
  getset: [
    { name: 'obj', get: living(sourceOf) },
    { name: 'nbytes', get: living((v) => intFromNumber(itemCount(v) * itemSize(v))) },
    { name: 'readonly', get: living((v) => H.fromBool((flagsOf(v) & VIEW_READONLY) !== 0)) },
    { name: 'itemsize', get: living((v) => H.small(itemSize(v))) },
    { name: 'format', get: living(formatHandle) },
    { name: 'ndim', get: living((v) => H.small(ndimOf(v))) },
    { name: 'shape', get: living(shapeTuple) },
    { name: 'strides', get: living(strides) },
    { name: 'suboffsets', get: living(() => newTupleOf([])) },
    { name: 'c_contiguous', get: living((v) => H.fromBool(isContiguous(v))) },
    { name: 'f_contiguous', get: living((v) => H.fromBool(fortranContiguous(v))) },
    { name: 'contiguous', get: living((v) => H.fromBool(isContiguous(v))) },
  ],
  slots: {
    create,
    repr: (v) => fromJS(`<${isReleased(v) ? 'released memory' : 'memory'} at ${address(v)}>`),
    hash,
    len,
    iter: (v) => iterator(v),
    getitem,
    setitem,
    delitem: () => raise('TypeError', 'cannot delete memory'),
    compare,
  },
});

function iterator(v: number): number {
  if (alive(v) === 0) return 0;
  if (ndimOf(v) === 0) return raise('TypeError', 'invalid indexing of 0-dim memory');
  if (ndimOf(v) !== 1) return raise('NotImplementedError', 'multi-dimensional sub-views are not implemented');
  return newIter(T.T_MEMORYVIEW_ITERATOR, v, 0);
}

function nextItem(it: number): number {
  const w = it >>> 2;
  const v = I32[w + L.ITER_SOURCE]!;
  if (v === 0) return 0;
  const i = I32[w + L.ITER_INDEX]!;
  if (alive(v) === 0) return 0;
  if (i >= itemCount(v)) {
    I32[w + L.ITER_SOURCE] = 0;
    return 0;
  }
  I32[w + L.ITER_INDEX] = i + 1;
  return getitem(v, H.small(i));
}

defineType({
  id: T.T_MEMORYVIEW_ITERATOR,
  name: 'memory_iterator',
  kind: L.KIND_ITER,
  final: true,
  slots: { iter: (it) => it, next: nextItem },
});
