/** `_codecs`: the registry, and the codecs that the package encodings is written on. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { isCallable, isTrue } from '../objects/abstract.js';
import { bufferOf, noBuffer } from '../objects/byte-buffer.js';
import { bytesFromU8, isBytes } from '../objects/bytes.js';
import type { CodecRun } from '../objects/codec-errors.js';
import { findCodec } from '../objects/codecs.js';
import { defineModule, type MethodRow } from '../objects/define.js';
import { dictClear, dictDelStr, dictGetStr, dictSetStr } from '../objects/dict.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromNumber, intToNumber } from '../objects/int.js';
import { listAppend, listSnapshot, listSplice } from '../objects/list.js';
import { isInt, isStr } from '../objects/object.js';
import { intern, internStr, strLength, toJS } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';
import { buildCharmap, decodeCharmap, encodeCharmap } from './codecs-charmap.js';
import {
  decodeEscape,
  decodeRawUnicodeEscape,
  decodeUnicodeEscape,
  encodeEscape,
  encodeRawUnicodeEscape,
  encodeUnicodeEscape,
} from './codecs-escape.js';
import { handlerFunctions, HANDLER_NAMES } from './codecs-handlers.js';
import { convert, ensureEncodings, errorHandlers, foundCodecs, lookupCodec, searchers } from './codecs-registry.js';
import { decodeUtf7, encodeUtf7 } from './codecs-utf7.js';
import { newNativeFunction } from './modules.js';
import { registerNative } from '../objects/natives.js';

const I32 = i32;

// ---------------------------------------------------------------- arguments

/** The errors argument: 'strict' when missing or None; undefined with TypeError set. */
function errorsOf(who: string, at: number, h: number): string | undefined {
  if (h === 0 || h === H.NONE) return 'strict';
  if (isStr(h)) return toJS(h);
  return void raise('TypeError', `${who}() argument ${at} must be str or None, not ${typeName(h)}`);
}

function textArgument(who: string, h: number): boolean {
  return isStr(h) || raise('TypeError', `${who}() argument 1 must be str, not ${typeName(h)}`) !== 0;
}

/** Bytes of a bytes-like argument, and a bytes object that holds them for exceptions. */
function dataArgument(h: number, strings = false): { object: number; data: Uint8Array } | undefined {
  if (strings && isStr(h)) {
    const object = bytesFromU8(Buffer.from(toJS(h), 'utf8'));
    return { object, data: bufferOf(object)! };
  }
  const data = bufferOf(h);
  if (data === undefined) return void noBuffer(h);
  if (isBytes(h)) return { object: h, data };
  const object = bytesFromU8(data);
  return { object, data: bufferOf(object)! };
}

const withLength = (made: number, n: number): number => (made === 0 ? 0 : tupleOf(made, intFromNumber(n)));
const bytesWithLength = (data: Uint8Array | undefined, n: number): number =>
  data === undefined ? 0 : withLength(bytesFromU8(data), n);

type Decode = (run: CodecRun, data: Uint8Array) => number;
type Encode = (run: CodecRun, h: number) => Uint8Array | undefined;

/** name_encode(str, errors=None). */
function encodeRow(name: string, encoding: string, encode: Encode): MethodRow {
  const who = `${name}_encode`;
  return [
    who,
    (args) => {
      const errors = textArgument(who, I32[args]) ? errorsOf(who, 2, I32[args + 1]) : undefined;
      if (errors === undefined) return 0;
      return bytesWithLength(encode({ encoding, errors, object: I32[args] }, I32[args]), strLength(I32[args]));
    },
    '(str, errors=None, /)',
  ];
}

/** name_decode(data, errors=None, final=False): what was consumed is told, so that streams go on there. */
function decodeRow(name: string, encoding: string, decode: Decode, whole = false, strings = false): MethodRow {
  const who = `${name}_decode`;
  return [
    who,
    (args) => {
      const errors = errorsOf(who, 2, I32[args + 1]);
      const given = errors === undefined ? undefined : dataArgument(I32[args], strings);
      const final = whole
        ? I32[args + 2] === 0
          ? 1
          : isTrue(I32[args + 2])
        : I32[args + 2] === 0
          ? 0
          : isTrue(I32[args + 2]);
      if (errors === undefined || given === undefined || final < 0) return 0;
      const run: CodecRun = { encoding, errors, object: given.object, partial: final === 0 };
      const slot = root(given.object);
      const text = decode(run, given.data);
      unroot(slot);
      return withLength(text, run.consumed ?? given.data.length);
    },
    '(data, errors=None, final=False, /)',
  ];
}

/** Both functions of a codec that str.encode knows too. */
function rows(name: string, codecName: string): MethodRow[] {
  const codec = findCodec(codecName)!;
  return [
    encodeRow(name, codec.name, (run, h) => codec.encode(run, h)),
    decodeRow(name, codec.name, (run, data) => codec.decode(run, data)),
  ];
}

/** utf_16_ex_decode(data, errors=None, byteorder=0, final=False): tells the byte order as well. */
function wideRow(bits: 16 | 32): MethodRow {
  const codec = findCodec(`utf-${bits}`)!;
  return [
    `utf_${bits}_ex_decode`,
    (args) => {
      const errors = errorsOf(`utf_${bits}_ex_decode`, 2, I32[args + 1]);
      const given = errors === undefined ? undefined : dataArgument(I32[args]);
      const order = I32[args + 2] === 0 ? 0 : isInt(I32[args + 2]) ? intToNumber(I32[args + 2]) : Number.NaN;
      const final = I32[args + 3] === 0 ? 0 : isTrue(I32[args + 3]);
      if (Number.isNaN(order))
        return raise('TypeError', `'${typeName(I32[args + 2])}' object cannot be interpreted as an integer`);
      if (errors === undefined || given === undefined || final < 0) return 0;
      const run: CodecRun = { encoding: codec.name, errors, object: given.object, partial: final === 0, order };
      const slot = root(given.object);
      const text = codec.decode(run, given.data);
      unroot(slot);
      if (text === 0) return 0;
      return tupleOf(text, intFromNumber(run.consumed ?? given.data.length), intFromNumber(run.order ?? 0));
    },
    '(data, errors=None, byteorder=0, final=False, /)',
  ];
}

/** utf_16_encode(str, errors=None, byteorder=0): the mark, or without one in an order. */
function wideEncodeRow(bits: 16 | 32): MethodRow {
  const who = `utf_${bits}_encode`;
  return [
    who,
    (args) => {
      const errors = textArgument(who, I32[args]) ? errorsOf(who, 2, I32[args + 1]) : undefined;
      const order = I32[args + 2] === 0 || !isInt(I32[args + 2]) ? 0 : intToNumber(I32[args + 2]);
      if (errors === undefined) return 0;
      const codec = findCodec(`utf-${bits}${order < 0 ? '-le' : order > 0 ? '-be' : ''}`)!;
      const run = { encoding: `utf-${bits}`, errors, object: I32[args] };
      return bytesWithLength(codec.encode(run, I32[args]), strLength(I32[args]));
    },
    '(str, errors=None, byteorder=0, /)',
  ];
}

const mappingOf = (h: number): number => (h === H.NONE ? 0 : h);
const latin1 = findCodec('latin-1')!;

function charmapEncode(args: number): number {
  const errors = textArgument('charmap_encode', I32[args]) ? errorsOf('charmap_encode', 2, I32[args + 1]) : undefined;
  if (errors === undefined) return 0;
  const [h, mapping] = [I32[args], mappingOf(I32[args + 2])];
  const run = { encoding: 'charmap', errors, object: h };
  return bytesWithLength(
    mapping === 0 ? latin1.encode({ ...run, encoding: 'latin-1' }, h) : encodeCharmap(run, h, mapping),
    strLength(h),
  );
}

function charmapDecode(args: number): number {
  const errors = errorsOf('charmap_decode', 2, I32[args + 1]);
  const given = errors === undefined ? undefined : dataArgument(I32[args]);
  if (errors === undefined || given === undefined) return 0;
  const mapping = mappingOf(I32[args + 2]);
  const run: CodecRun = { encoding: 'charmap', errors, object: given.object };
  const slot = root(given.object);
  const text = mapping === 0 ? latin1.decode(run, given.data) : decodeCharmap(run, given.data, mapping);
  unroot(slot);
  return withLength(text, given.data.length);
}

function escapeDecode(args: number): number {
  const errors = errorsOf('escape_decode', 2, I32[args + 1]);
  const given = errors === undefined ? undefined : dataArgument(I32[args], true);
  if (errors === undefined || given === undefined) return 0;
  return bytesWithLength(decodeEscape(given.data, errors), given.data.length);
}

function escapeEncode(args: number): number {
  if (!isBytes(I32[args]))
    return raise('TypeError', `escape_encode() argument 1 must be bytes, not ${typeName(I32[args])}`);
  const data = bufferOf(I32[args])!;
  return bytesWithLength(encodeEscape(data), data.length);
}

function readBuffer(args: number): number {
  const given = dataArgument(I32[args], true);
  return given === undefined ? 0 : bytesWithLength(given.data.slice(), given.data.length);
}

// ---------------------------------------------------------------- registry

function register(args: number): number {
  if (!isCallable(I32[args])) return raise('TypeError', 'argument must be callable');
  if (ensureEncodings() === 0) return 0;
  listAppend(searchers(), I32[args]);
  return H.NONE;
}

function unregister(args: number): number {
  const list = searchers();
  const at = listSnapshot(list).indexOf(I32[args]);
  if (at < 0) return H.NONE;
  dictClear(foundCodecs());
  listSplice(list, at, at + 1, []);
  return H.NONE;
}

function lookup(args: number): number {
  if (!isStr(I32[args])) return raise('TypeError', `lookup() argument must be str, not ${typeName(I32[args])}`);
  return lookupCodec(toJS(I32[args]));
}

const converter =
  (who: string, decoding: boolean) =>
  (args: number): number => {
    const [encoding, errors] = [I32[args + 1], I32[args + 2]];
    for (const [name, h] of [
      ['encoding', encoding],
      ['errors', errors],
    ] as const)
      if (h !== 0 && !isStr(h))
        return raise('TypeError', `${who}() argument '${name}' must be str, not ${typeName(h)}`);
    return convert(
      decoding,
      I32[args],
      encoding === 0 ? 'utf-8' : toJS(encoding),
      errors === 0 ? 'strict' : toJS(errors),
    );
  };

function registerError(args: number): number {
  if (!isStr(I32[args]))
    return raise('TypeError', `register_error() argument 1 must be str, not ${typeName(I32[args])}`);
  if (!isCallable(I32[args + 1])) return raise('TypeError', 'handler must be callable');
  return dictSetStr(errorHandlers(), internStr(I32[args]), I32[args + 1]) === 0 ? 0 : H.NONE;
}

/** Ids of the built-in handlers' functions, which become objects when an environment asks for them. */
const handlerIds = handlerFunctions.map((row) => [row[0], registerNative(row)] as const);

function builtinHandler(name: string): number {
  const at = HANDLER_NAMES.indexOf(name);
  if (at < 0) return 0;
  const f = newNativeFunction(intern(handlerIds[at]![0]), handlerIds[at]![1], 0);
  dictSetStr(errorHandlers(), intern(name), f);
  return f;
}

function lookupError(args: number): number {
  if (!isStr(I32[args])) return raise('TypeError', `lookup_error() argument must be str, not ${typeName(I32[args])}`);
  const name = toJS(I32[args]);
  const known = dictGetStr(errorHandlers(), intern(name)) || builtinHandler(name);
  return known !== 0 ? known : raise('LookupError', `unknown error handler name '${name}'`);
}

function unregisterError(args: number): number {
  const name = isStr(I32[args]) ? toJS(I32[args]) : '';
  if (HANDLER_NAMES.includes(name)) return raise('ValueError', `cannot un-register built-in error handler '${name}'`);
  return H.fromBool(dictDelStr(errorHandlers(), intern(name)) === 1);
}

defineModule({
  name: '_codecs',
  functions: [
    ['register', register, [1, 1]],
    ['unregister', unregister, [1, 1]],
    ['lookup', lookup, [1, 1]],
    ['encode', converter('encode', false), "(obj, encoding='utf-8', errors='strict')"],
    ['decode', converter('decode', true), "(obj, encoding='utf-8', errors='strict')"],
    ['register_error', registerError, [2, 2]],
    ['lookup_error', lookupError, [1, 1]],
    ['_unregister_error', unregisterError, [1, 1]],
    ...rows('utf_8', 'utf-8'),
    ...rows('utf_16_le', 'utf-16-le'),
    ...rows('utf_16_be', 'utf-16-be'),
    ...rows('utf_32_le', 'utf-32-le'),
    ...rows('utf_32_be', 'utf-32-be'),
    ...rows('ascii', 'ascii'),
    ...rows('latin_1', 'latin-1'),
    wideEncodeRow(16),
    wideEncodeRow(32),
    decodeRow('utf_16', 'utf-16', (run, data) => findCodec('utf-16')!.decode(run, data)),
    decodeRow('utf_32', 'utf-32', (run, data) => findCodec('utf-32')!.decode(run, data)),
    wideRow(16),
    wideRow(32),
    encodeRow('utf_7', 'utf7', (_run, h) => encodeUtf7(h)),
    decodeRow('utf_7', 'utf7', decodeUtf7),
    encodeRow('unicode_escape', 'unicodeescape', (_run, h) => encodeUnicodeEscape(h)),
    decodeRow('unicode_escape', 'unicodeescape', decodeUnicodeEscape, true, true),
    encodeRow('raw_unicode_escape', 'rawunicodeescape', (_run, h) => encodeRawUnicodeEscape(h)),
    decodeRow('raw_unicode_escape', 'rawunicodeescape', decodeRawUnicodeEscape, true, true),
    ['escape_encode', escapeEncode, '(data, errors=None, /)'],
    ['escape_decode', escapeDecode, '(data, errors=None, /)'],
    ['charmap_encode', charmapEncode, '(str, errors=None, mapping=None, /)'],
    ['charmap_decode', charmapDecode, '(data, errors=None, mapping=None, /)'],
    [
      'charmap_build',
      (args) =>
        isStr(I32[args])
          ? buildCharmap(I32[args])
          : raise('TypeError', `charmap_build() argument must be str, not ${typeName(I32[args])}`),
      [1, 1],
    ],
    ['readbuffer_encode', readBuffer, '(data, errors=None, /)'],
  ],
});
