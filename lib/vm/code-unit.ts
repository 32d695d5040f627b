/** A code object of the space as the compiler's plain data again: for marshal. Inverse of newCode. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import type { CodeUnit, Const } from '../compiler/code.js';
import { bytesData } from '../objects/bytes.js';
import { complexImag, complexReal } from '../objects/complex.js';
import { floatValue } from '../objects/float.js';
import { intToBigInt, isInt } from '../objects/int.js';
import { plainItems } from '../objects/list.js';
import { isKind, isStr } from '../objects/object.js';
import { setItems } from '../objects/set.js';
import { strCharAt, strLength, toJS } from '../objects/strings.js';
import { type Text, text, textOf } from '../syntax/text.js';
import { loadBody } from './lazy-code.js';

const I32 = i32;
const U8 = u8;

const bufferLength = (b: number): number => (b === 0 ? 0 : I32[(b >>> 2) + L.BUFFER_LENGTH]);
const wordsOf = (b: number): Int32Array =>
  I32.slice((b >>> 2) + L.BUFFER_DATA, (b >>> 2) + L.BUFFER_DATA + (bufferLength(b) >> 2));
const bytesOf = (b: number): Uint8Array => {
  const start = (b >>> 0) + L.BUFFER_DATA * 4;
  return U8.slice(start, start + bufferLength(b));
};
const arrayItems = (a: number): number[] => {
  const items = (a >>> 2) + L.ARRAY_ITEMS;
  return Array.from(I32.subarray(items, items + I32[(a >>> 2) + L.ARRAY_LENGTH]));
};
const namesOf = (tuple: number): string[] => (plainItems(tuple) ?? []).map(toJS);

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** The constant of a str. */
export function textConstant(h: number): Text {
  const v = toJS(h);
  return PAIR.test(v) ? textOf(Array.from({ length: strLength(h) }, (_, i) => strCharAt(h, i))) : text(v);
}

function constantOf(h: number): Const {
  if (h === H.NONE) return { t: 'none' };
  if (h === H.ELLIPSIS) return { t: 'ellipsis' };
  if (h === H.TRUE || h === H.FALSE) return { t: 'bool', v: h === H.TRUE };
  if (isInt(h)) return { t: 'int', v: intToBigInt(h) };
  if (H.isFloat(h)) return { t: 'float', v: floatValue(h) };
  if (isStr(h)) return textConstant(h);
  if (isKind(h, L.KIND_COMPLEX)) return { t: 'complex', re: complexReal(h), im: complexImag(h) };
  if (isKind(h, L.KIND_BYTES)) return { t: 'bytes', v: bytesData(h).slice() };
  if (isKind(h, L.KIND_TUPLE)) return { t: 'tuple', v: (plainItems(h) ?? []).map(constantOf) };
  if (isKind(h, L.KIND_CODE)) return { t: 'code', v: codeUnitOf(h) };
  return { t: 'frozenset', v: setItems(h).map(constantOf) };
}

/** The code object's unit, with all code nested in it. */
export function codeUnitOf(code: number): CodeUnit {
  loadBody(code);
  const word = (w: number): number => I32[(code >>> 2) + w];
  const varnames = namesOf(word(L.CODE_VARNAMES));
  return {
    name: toJS(word(L.CODE_NAME)),
    qualname: toJS(word(L.CODE_QUALNAME)),
    filename: toJS(word(L.CODE_FILENAME)),
    firstlineno: word(L.CODE_FIRSTLINENO),
    argcount: word(L.CODE_ARGCOUNT),
    posonlyargcount: word(L.CODE_POSONLY),
    kwonlyargcount: word(L.CODE_KWONLY),
    flags: word(L.CODE_CODE_FLAGS),
    nlocals: varnames.length,
    localsplusnames: namesOf(word(L.CODE_NAMES)),
    localspluskinds: bytesOf(word(L.CODE_SLOT_KINDS)),
    varnames,
    cellvars: namesOf(word(L.CODE_CELLVARS)),
    freevars: namesOf(word(L.CODE_FREEVARS)),
    stacksize: word(L.CODE_STACKSIZE),
    code: wordsOf(word(L.CODE_BYTECODE)),
    consts: arrayItems(word(L.CODE_CONSTS)).map(constantOf),
    sites: arrayItems(word(L.CODE_SITES))
      .filter((_, i) => i % 2 === 0)
      .map(toJS),
    exceptionTable: wordsOf(word(L.CODE_EXCEPTION_TABLE)),
    positions: bytesOf(word(L.CODE_POSITIONS)),
  };
}
