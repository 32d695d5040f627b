/** Code objects: a CodeUnit (plain data of the compiler) put into the space, shared by all threads. */
import { makeAll } from '../heap/hold.js';
import { newOldObject } from '../heap/alloc.js';
import { STACK_SLACK, root, unroot } from '../heap/context.js';
import { ageAll } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import {
  CO_ASYNC_GENERATOR,
  CO_COROUTINE,
  CO_GENERATOR,
  CO_VARARGS,
  CO_VARKEYWORDS,
  type CodeUnit,
  type Const,
} from '../compiler/code.js';
import { bytesFromU8 } from '../objects/bytes.js';
import { newComplex } from '../objects/complex.js';
import { newFloat } from '../objects/float.js';
import { intFromBigInt } from '../objects/int.js';
import { frozensetFrom } from '../objects/set.js';
import { fromCodePoints } from '../objects/str.js';
import { EMPTY, fromJS, intern } from '../objects/strings.js';
import { newTupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { arrayOf, byteBuffer, wordBuffer } from './code-parts.js';
import { entryOf } from './compiled.js';
import { loadBody } from './lazy-code.js';

const I32 = i32;
const U8 = u8;

const isName = /^[A-Za-z_][A-Za-z0-9_]*$/;

function constant(c: Const): number {
  switch (c.t) {
    case 'none':
      return H.NONE;
    case 'ellipsis':
      return H.ELLIPSIS;
    case 'bool':
      return H.fromBool(c.v);
    case 'int':
      return intFromBigInt(c.v);
    case 'float':
      return newFloat(c.v);
    case 'complex':
      return newComplex(c.re, c.im);
    case 'str':
      if (c.points !== undefined) return fromCodePoints(c.points);
      return c.v.length < 64 && isName.test(c.v) ? intern(c.v) : fromJS(c.v);
    case 'bytes':
      return bytesFromU8(c.v);
    case 'tuple':
      return withConstants(c.v, newTupleOf);
    case 'frozenset':
      return withConstants(c.v, frozensetFrom);
    case 'code':
      return newCode(c.v);
  }
}

const wordsOf = (values: Int32Array): number => wordBuffer(values, 0, values.length);

function withConstants(items: readonly Const[], make: (handles: readonly number[]) => number): number {
  const slot = root(0);
  const made = make(makeAll(items, constant));
  unroot(slot);
  return made;
}

const names = (list: readonly string[]): number => newTupleOf(list.map(intern));
const COMPLEX_CALL = CO_VARARGS | CO_VARKEYWORDS;
const GENERATORS = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;

/** The code object of a unit, with all code nested in it. Old from the start. */
export function newCode(unit: CodeUnit): number {
  const slot = root(0);
  const code = codeWith(unit, makeAll(unit.consts, constant));
  unroot(slot);
  return code;
}

/** From here on nothing collects. */
function codeWith(unit: CodeUnit, consts: readonly number[]): number {
  const code = newOldObject(L.KIND_CODE, 128, T.typeHandle(T.T_CODE));
  const w = code >>> 2;
  const set = (word: number, value: number): void => {
    I32[w + word] = value;
  };
  set(L.CODE_NAME, intern(unit.name));
  set(L.CODE_QUALNAME, intern(unit.qualname));
  set(L.CODE_FILENAME, unit.filename === '' ? EMPTY : intern(unit.filename));
  set(L.CODE_ARGCOUNT, unit.argcount);
  set(L.CODE_POSONLY, unit.posonlyargcount);
  set(L.CODE_KWONLY, unit.kwonlyargcount);
  set(L.CODE_NLOCALS, unit.localsplusnames.length);
  set(L.CODE_STACKSIZE, unit.stacksize);
  set(L.CODE_CODE_FLAGS, unit.flags);
  set(L.CODE_FIRSTLINENO, unit.firstlineno);
  set(L.CODE_CONSTS, arrayOf(consts));
  set(L.CODE_SITES, arrayOf(unit.sites.flatMap((s) => [intern(s), 0])));
  set(L.CODE_BYTECODE, wordsOf(unit.code));
  set(L.CODE_ENTRY_PC, entryOf(w));
  set(L.CODE_EXCEPTION_TABLE, unit.exceptionTable.length === 0 ? 0 : wordsOf(unit.exceptionTable));
  set(L.CODE_POSITIONS, byteBuffer(unit.positions));
  set(L.CODE_NAMES, names(unit.localsplusnames));
  set(L.CODE_SLOT_KINDS, byteBuffer(unit.localspluskinds));
  set(L.CODE_NFREE, unit.freevars.length);
  set(L.CODE_NCELLS, unit.cellvars.length);
  set(L.CODE_FRAME_WORDS, L.F_LOCALS + unit.localsplusnames.length + unit.stacksize + STACK_SLACK);
  set(L.CODE_INSTRUCTIONS, unit.code.length);
  const simple = (unit.flags & COMPLEX_CALL) === 0 && unit.kwonlyargcount === 0;
  set(L.CODE_SIMPLE_ARGS, simple ? unit.argcount : -1);
  set(L.CODE_FREEVARS, names(unit.freevars));
  set(L.CODE_CELLVARS, names(unit.cellvars));
  set(L.CODE_VARNAMES, names(unit.varnames));
  ageAll();
  return code;
}

export const isGeneratorCode = (code: number): boolean => (I32[(code >>> 2) + L.CODE_CODE_FLAGS] & GENERATORS) !== 0;

/** The bytes of a code object's position table. */
export function codePositions(code: number): Uint8Array {
  loadBody(code);
  const b = I32[(code >>> 2) + L.CODE_POSITIONS];
  const start = (b >>> 0) + L.BUFFER_DATA * 4;
  return U8.subarray(start, start + I32[(b >>> 2) + L.BUFFER_LENGTH]);
}

/** FAST_* kind of a slot. */
export const slotKind = (code: number, slot: number): number =>
  U8[(I32[(code >>> 2) + L.CODE_SLOT_KINDS] >>> 0) + L.BUFFER_DATA * 4 + slot];

/** Name of a slot. */
export const slotName = (code: number, slot: number): number =>
  I32[(I32[(code >>> 2) + L.CODE_NAMES] >>> 2) + L.TUPLE_ITEMS + slot];
