/** UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError: what could not be converted, and where it is. */
import { storeRef } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { indexNumber } from './abstract.js';
import type { GetSetRow, TypeDefinition } from './define.js';
import { exceptionStr, field, fieldOf, initException } from './exception-fields.js';
import { raise, typeName } from './exceptions.js';
import { intFromNumber, intToNumber } from './int.js';
import { isKind, isStr } from './object.js';
import { EMPTY, fromJS, strCharAt, strLength, toJS } from './strings.js';

const I32 = i32;

/** Set by the bytes and the buffers: any bytes-like object as bytes, 0 with TypeError set; one byte. */
export const unicodeHooks = {
  bytesOf: (h: number): number => h,
  byteAt: (_object: number, _i: number): number => 0,
  length: (_object: number): number => 0,
};

interface Kind {
  name: string;
  verb: string;
  encoding: boolean;
  bytes: boolean;
}

const argument = (i: number, type: string, h: number): number =>
  raise('TypeError', `argument ${i} must be ${type}, not ${typeName(h)}`);

function init(kind: Kind): (e: number, args: number, n: number, kwnames: number) => number {
  const count = kind.encoding ? 5 : 4;
  const first = kind.encoding ? 1 : 0;
  return (e, args, n, kwnames) => {
    if (initException(e, args, n, kwnames) === 0) return 0;
    if (n !== count) return raise('TypeError', `function takes exactly ${count} arguments (${n} given)`);
    if (kind.encoding && !isStr(I32[args]!)) return argument(1, 'str', I32[args]!);
    const object = I32[args + first]!;
    if (!kind.bytes && !isStr(object)) return argument(first + 1, 'str', object);
    const start = indexNumber(I32[args + first + 1]!);
    const end = Number.isNaN(start) ? start : indexNumber(I32[args + first + 2]!);
    if (Number.isNaN(end)) return 0;
    const reason = I32[args + first + 3]!;
    if (!isStr(reason)) return argument(count, 'str', reason);
    const data = kind.bytes ? unicodeHooks.bytesOf(object) : object;
    if (data === 0) return 0;
    if (kind.encoding) storeRef(e, L.EXCEPTION_A, I32[args]!);
    storeRef(e, L.EXCEPTION_B, data);
    storeRef(e, L.EXCEPTION_C, intFromNumber(start));
    storeRef(e, L.EXCEPTION_D, intFromNumber(end));
    storeRef(e, L.EXCEPTION_E, reason);
    return 1;
  };
}

function charText(c: number): string {
  if (c <= 0xff) return `\\x${c.toString(16).padStart(2, '0')}`;
  return c <= 0xffff ? `\\u${c.toString(16).padStart(4, '0')}` : `\\U${c.toString(16).padStart(8, '0')}`;
}

function describe(kind: Kind): (e: number) => number {
  return (e) => {
    const object = fieldOf(e, L.EXCEPTION_B);
    if (object === 0) return isKind(e, L.KIND_EXCEPTION) ? EMPTY : exceptionStr(e);
    const text = (word: number): string => (fieldOf(e, word) === 0 ? 'None' : toJS(fieldOf(e, word)));
    const length = kind.bytes ? unicodeHooks.length(object) : strLength(object);
    const start = Math.max(0, Math.min(intToNumber(fieldOf(e, L.EXCEPTION_C)), Math.max(length - 1, 0)));
    const end = Math.max(Math.min(intToNumber(fieldOf(e, L.EXCEPTION_D)), length), Math.min(1, length));
    const who = kind.encoding ? `'${text(L.EXCEPTION_A)}' codec can't` : "can't";
    const reason = text(L.EXCEPTION_E);
    const units = kind.bytes ? 'byte' : 'character';
    if (start < length && end === start + 1) {
      const unit = kind.bytes
        ? `byte 0x${unicodeHooks.byteAt(object, start).toString(16).padStart(2, '0')}`
        : `character '${charText(strCharAt(object, start))}'`;
      return fromJS(`${who} ${kind.verb} ${unit} in position ${start}: ${reason}`);
    }
    return fromJS(`${who} ${kind.verb} ${units}s in position ${start}-${end - 1}: ${reason}`);
  };
}

/** A field that is an int of the size of an address. */
const sizeRow = (name: string, word: number): GetSetRow => ({
  name,
  get: (e) => fieldOf(e, word) || 1,
  set: (e, v) => {
    if (v === 0) return raise('TypeError', "can't delete numeric/char attribute");
    const n = indexNumber(v);
    if (Number.isNaN(n)) return 0;
    storeRef(e, word, intFromNumber(n));
    return 1;
  },
});

function definition(kind: Kind): Pick<TypeDefinition, 'slots' | 'getset'> {
  return {
    slots: { init: init(kind), str: describe(kind) },
    getset: [
      ...(kind.encoding ? [field('encoding', L.EXCEPTION_A)] : []),
      field('object', L.EXCEPTION_B),
      sizeRow('start', L.EXCEPTION_C),
      sizeRow('end', L.EXCEPTION_D),
      field('reason', L.EXCEPTION_E),
    ],
  };
}

/** What the three classes add to their rows. */
export const unicodeErrors = {
  UnicodeEncodeError: definition({ name: 'UnicodeEncodeError', verb: 'encode', encoding: true, bytes: false }),
  UnicodeDecodeError: definition({ name: 'UnicodeDecodeError', verb: 'decode', encoding: true, bytes: true }),
  UnicodeTranslateError: definition({
    name: 'UnicodeTranslateError',
    verb: 'translate',
    encoding: false,
    bytes: false,
  }),
};
