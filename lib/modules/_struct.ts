/** `_struct`: values packed into bytes (https://docs.python.org/3.14/library/struct.html). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { hasIndex, indexNumber } from '../objects/abstract.js';
import { bufferOf, isWritable, needBuffer, noBuffer } from '../objects/byte-buffer.js';
import { spliceBytes } from '../objects/bytearray.js';
import { bytesData, bytesFromU8, isByteArray, isBytes } from '../objects/bytes.js';
import { defineModule, defineType, readOnly } from '../objects/define.js';
import '../objects/exception-types.js';
import { exceptionId, raise, typeName } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { isStr } from '../objects/object.js';
import { encodeStr } from '../objects/codecs.js';
import { fromJS, toJS } from '../objects/strings.js';
import { tupleFromArray, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { sizeArgument } from './arguments.js';
import { item, named, newRecord, positional, raw, setItem, setRaw } from './itertools-record.js';
import { type Layout, parseFormat } from './struct-format.js';
import { fail, readValue, writeValue } from './struct-items.js';

const I32 = i32;

/** Layouts by format text, in this isolate. */
const layouts = new Map<string, Layout>();
const LAYOUTS_LIMIT = 500;

/** The text of a format argument; undefined with the exception set. */
function formatText(h: number): string | undefined {
  if (isBytes(h)) return Buffer.from(bytesData(h)).toString('latin1');
  if (!isStr(h)) {
    raise('TypeError', `Struct() argument 1 must be a str or bytes object, not ${typeName(h)}`);
    return undefined;
  }
  return encodeStr(h, 'ascii', 'strict') === undefined ? undefined : toJS(h);
}

function layoutOfText(text: string): Layout | undefined {
  const known = layouts.get(text);
  if (known !== undefined) return known;
  const made = text.includes('\0') ? 'embedded null character' : parseFormat(text);
  if (typeof made === 'string') {
    fail(made);
    return undefined;
  }
  if (layouts.size >= LAYOUTS_LIMIT) layouts.clear();
  layouts.set(text, made);
  return made;
}

/** The layout of a format argument; undefined with the exception set. */
function layoutOf(h: number): Layout | undefined {
  const text = isStr(h) ? layouts.get(toJS(h)) : undefined;
  if (text !== undefined) return text;
  const checked = formatText(h);
  return checked === undefined ? undefined : layoutOfText(checked);
}

/** The layout of a Struct, whose format is item 0. */
function layoutOfStruct(s: number): Layout | undefined {
  if (item(s, 0) !== 0) return layoutOfText(toJS(item(s, 0)));
  raise('RuntimeError', 'Struct object is not initialized');
  return undefined;
}

let scratch = new Uint8Array(4096);
let scratchView = new DataView(scratch.buffer);
let busy = false;

/** Packs the values at word `args` and hands the bytes, valid during the call, to `use`, also when a value was refused. */
function packed(layout: Layout, args: number, use: (bytes: Uint8Array, ok: boolean) => number): number {
  const own = !busy && layout.size <= 1 << 16;
  if (own && layout.size > scratch.length) {
    scratch = new Uint8Array(1 << 16);
    scratchView = new DataView(scratch.buffer);
  }
  const bytes = own ? scratch.subarray(0, layout.size) : new Uint8Array(layout.size);
  const view = own ? scratchView : new DataView(bytes.buffer);
  bytes.fill(0);
  // A value's method may pack as well.
  if (own) busy = true;
  let at = args;
  let ok = 1;
  for (const run of layout.runs) {
    for (let i = 0; i < run.repeat && ok === 1; i++)
      ok = writeValue(bytes, view, run.offset + i * run.size, run, layout.little, I32[at++]);
  }
  if (own) busy = false;
  return use(bytes, ok === 1);
}

function packAll(layout: Layout, args: number, n: number): number {
  if (n !== layout.count) return fail(`pack expected ${layout.count} items for packing (got ${n})`);
  return packed(layout, args, (bytes, ok) => (ok ? bytesFromU8(bytes) : 0));
}

/** An offset argument of pack_into; NaN with the exception set. */
function offsetArgument(h: number): number {
  if (!hasIndex(h)) {
    raise('TypeError', `'${typeName(h)}' object cannot be interpreted as an integer`);
    return Number.NaN;
  }
  const n = indexNumber(h);
  if (Number.isNaN(n) || Math.abs(n) < 2 ** 63) return n;
  raise('IndexError', "cannot fit 'int' into an index-sized integer");
  return Number.NaN;
}

/** Where an offset of either sign lies in a buffer; NaN with the exception set. `verb`: pack or unpack. */
function place(offset: number, size: number, length: number, packing: boolean): number {
  let at = offset;
  if (offset < 0) {
    if (offset + size > 0) {
      const what = packing ? 'no space to pack' : 'not enough data to unpack';
      fail(`${what} ${size} bytes at offset ${offset}`);
      return Number.NaN;
    }
    if (offset + length < 0) {
      fail(`offset ${offset} out of range for ${length}-byte buffer`);
      return Number.NaN;
    }
    at += length;
  }
  if (length - at >= size) return at;
  const [name, verb] = packing ? ['pack_into', 'packing'] : ['unpack_from', 'unpacking'];
  const needs = `${name} requires a buffer of at least ${size + at} bytes for ${verb} ${size} bytes at offset ${at}`;
  fail(`${needs} (actual buffer size is ${length})`);
  return Number.NaN;
}

/** pack_into with buffer, offset and values at word `args`. */
function packInto(layout: Layout, args: number, n: number): number {
  if (n !== layout.count + 2) {
    if (n < 2) return fail(`pack_into expected ${n === 0 ? 'buffer' : 'offset'} argument`);
    return fail(`pack_into expected ${layout.count} items for packing (got ${n - 2})`);
  }
  const buffer = I32[args];
  const data = isWritable(buffer) ? bufferOf(buffer) : undefined;
  if (data === undefined)
    return raise('TypeError', `argument must be read-write bytes-like object, not ${typeName(buffer)}`);
  const offset = offsetArgument(I32[args + 1]);
  const at = Number.isNaN(offset) ? offset : place(offset, layout.size, data.length, true);
  if (Number.isNaN(at)) return 0;
  return packed(layout, args + 2, (bytes, ok) => {
    if (isByteArray(buffer)) spliceBytes(buffer, at, at + bytes.length, bytes);
    else bufferOf(buffer)?.set(bytes, at);
    return ok ? H.NONE : 0;
  });
}

/** The values at byte `at` of `data`, as a tuple. */
function unpackAt(layout: Layout, data: Uint8Array, at: number): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values: number[] = [];
  for (const run of layout.runs)
    for (let i = 0; i < run.repeat; i++)
      values.push(readValue(data, view, at + run.offset + i * run.size, run, layout.little));
  return tupleFromArray(values);
}

function unpackAll(layout: Layout, buffer: number): number {
  const data = needBuffer(buffer);
  if (data === undefined) return 0;
  if (data.length !== layout.size) return fail(`unpack requires a buffer of ${layout.size} bytes`);
  return unpackAt(layout, data, 0);
}

function unpackFrom(layout: Layout, buffer: number, offset: number): number {
  const start = offset === 0 ? 0 : sizeArgument(offset);
  const data = Number.isNaN(start) ? undefined : needBuffer(buffer);
  if (data === undefined) return 0;
  const at = place(start, layout.size, data.length, false);
  return Number.isNaN(at) ? 0 : unpackAt(layout, data, at);
}

/** A record of format and buffer; raw word: the next offset. */
function iterUnpack(layout: Layout, format: number, buffer: number): number {
  if (layout.size === 0) return fail('cannot iteratively unpack with a struct of length 0');
  const data = needBuffer(buffer);
  if (data === undefined) return 0;
  if (data.length % layout.size !== 0)
    return fail(`iterative unpacking requires a buffer of a multiple of ${layout.size} bytes`);
  return newRecord(T.typeHandle(T.T_UNPACK_ITERATOR), [format, buffer]);
}

function nextValues(it: number): number {
  const layout = layoutOf(item(it, 0));
  const data = bufferOf(item(it, 1));
  if (layout === undefined) return 0;
  if (data === undefined) return noBuffer(item(it, 1));
  const at = raw(it);
  if (at + layout.size > data.length) return 0;
  setRaw(it, at + layout.size);
  return unpackAt(layout, data, at);
}

function lengthHint(args: number): number {
  const it = I32[args];
  const layout = layoutOf(item(it, 0));
  const length = bufferOf(item(it, 1))?.length ?? 0;
  return layout === undefined ? 0 : intFromNumber(Math.max(0, Math.floor((length - raw(it)) / layout.size)));
}

defineType({
  id: T.T_UNPACK_ITERATOR,
  name: 'unpack_iterator',
  module: '_struct',
  kind: L.KIND_RECORD,
  final: true,
  methods: [['__length_hint__', lengthHint, [0, 0]]],
  slots: {
    create: () => raise('TypeError', "cannot create '_struct.unpack_iterator' instances"),
    iter: (it) => it,
    next: nextValues,
  },
});

function initStruct(s: number, args: number, n: number, kwnames: number): number {
  if (n + (kwnames === 0 ? 0 : tupleLength(kwnames)) > 1)
    return raise('TypeError', `Struct() takes at most 1 argument (${n} given)`);
  const given = named('Struct', ['format'], 1, args, n, kwnames);
  const text = given === undefined ? undefined : formatText(given[0]);
  if (text === undefined || layoutOfText(text) === undefined) return 0;
  setItem(s, 0, isStr(given![0]) ? given![0] : fromJS(text));
  return 1;
}

/** A method that gets the Struct's layout. */
const withLayout =
  (f: (layout: Layout, args: number, n: number) => number) =>
  (args: number, n: number): number => {
    const layout = layoutOfStruct(I32[args]);
    return layout === undefined ? 0 : f(layout, args + 1, n - 1);
  };

const noKeywords =
  (name: string, f: (args: number, n: number) => number) =>
  (args: number, n: number, kwnames: number): number =>
    positional(name, 0, -1, n, kwnames) ? f(args, n) : 0;

defineType({
  id: T.T_STRUCT,
  name: 'Struct',
  module: '_struct',
  kind: L.KIND_RECORD,
  dict: false,
  weakrefs: true,
  doc: 'Struct(fmt) --> compiled struct object',
  methods: [
    ['pack', noKeywords('pack', withLayout(packAll)), 'raw'],
    ['pack_into', noKeywords('pack_into', withLayout(packInto)), 'raw'],
    ['unpack', withLayout((layout, args) => unpackAll(layout, I32[args])), [1, 1]],
    ['unpack_from', withLayout((layout, args) => unpackFrom(layout, I32[args], I32[args + 1])), '(buffer, offset=0)'],
    [
      'iter_unpack',
      (args) => {
        const layout = layoutOfStruct(I32[args]);
        return layout === undefined ? 0 : iterUnpack(layout, item(I32[args], 0), I32[args + 1]);
      },
      [1, 1],
    ],
  ],
  getset: [
    readOnly('format', (s) => (layoutOfStruct(s) === undefined ? 0 : item(s, 0))),
    readOnly('size', (s) => {
      const layout = layoutOfStruct(s);
      return layout === undefined ? 0 : intFromNumber(layout.size);
    }),
  ],
  slots: {
    create: (type) => newRecord(type, [0]),
    init: initStruct,
    repr: (s) => (layoutOfStruct(s) === undefined ? 0 : fromJS(`${typeName(s).split('.').at(-1)}(${quoted(s)})`)),
  },
});

const quoted = (s: number): string => `'${toJS(item(s, 0))}'`;

defineType({
  id: T.T_STRUCT_ERROR,
  name: 'error',
  module: 'struct',
  base: exceptionId('Exception'),
  kind: L.KIND_EXCEPTION,
  dict: true,
});

/** A function whose first argument is the format. */
const withFormat =
  (f: (layout: Layout, args: number, n: number) => number) =>
  (args: number, n: number): number => {
    const slot = root(I32[args]);
    const layout = layoutOf(I32[args]);
    const result = layout === undefined ? 0 : f(layout, args + 1, n - 1);
    unroot(slot);
    return result;
  };

/** pack and pack_into count their arguments themselves. */
const variadic = (name: string, f: (layout: Layout, args: number, n: number) => number) =>
  noKeywords(name, (args, n) => (n === 0 ? raise('TypeError', 'missing format argument') : withFormat(f)(args, n)));

function clearCache(): number {
  layouts.clear();
  return H.NONE;
}

defineModule({
  name: '_struct',
  doc: 'Functions to convert between Python values and C structs.',
  functions: [
    ['calcsize', withFormat((layout) => intFromNumber(layout.size)), [1, 1]],
    ['pack', variadic('pack', packAll), 'raw'],
    ['pack_into', variadic('pack_into', packInto), 'raw'],
    ['unpack', withFormat((layout, args) => unpackAll(layout, I32[args])), [2, 2]],
    [
      'unpack_from',
      withFormat((layout, args) => unpackFrom(layout, I32[args], I32[args + 1])),
      '(format, /, buffer, offset=0)',
    ],
    [
      'iter_unpack',
      (args) => {
        const layout = layoutOf(I32[args]);
        return layout === undefined ? 0 : iterUnpack(layout, I32[args], I32[args + 1]);
      },
      [2, 2],
    ],
    ['_clearcache', clearCache, [0, 0]],
  ],
  types: [T.T_STRUCT, T.T_STRUCT_ERROR],
});
