/**
 * Code objects from a code file (compiler/code-file.ts). A module's import makes the heads of the functions in it; a body is read when its
 * function first runs: its entry is an instruction LOAD_BODY until then, so calls need no test.
 *
 * CODE_BODY is an int that says where to read, then an ARRAY with the body's tables, put there by compare-and-swap. Threads that run a new function
 * at the same time all copy its tables from there: the same words, whoever comes first. The entry is written last.
 */
import { newOldObject } from '../heap/alloc.js';
import { ageAll, barrier } from '../heap/barrier.js';
import { root, STACK_SLACK, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { logChanged, logOld } from '../heap/marking.js';
import { tryWorldStopped } from '../heap/collect.js';
import { atomics, i32 } from '../heap/memory.js';
import { STRONG } from '../heap/order.js';
import { CO_VARARGS, CO_VARKEYWORDS, FAST_CELL, FAST_FREE } from '../compiler/code.js';
import * as F from '../compiler/code-file.js';
import { OP_LOAD_BODY } from '../compiler/opcodes.js';
import { bytesFromU8 } from '../objects/bytes.js';
import { newComplex } from '../objects/complex.js';
import { newFloat } from '../objects/float.js';
import { intFromBigInt } from '../objects/int.js';
import { frozensetFrom } from '../objects/set.js';
import { fromCodePoints } from '../objects/str.js';
import { EMPTY, internData, strOfData } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { entryOf } from './compiled.js';
import { newArray, newOldTuple, packedBuffer, wordBuffer } from './code-parts.js';

const I32 = i32;

/** Which code file a number stands for; set by who numbers them. The number is good in every isolate. */
export const codeFiles = {
  read: (file: number): Int32Array => {
    throw new Error(`no code file ${file}`);
  },
};

/** Low bits of CODE_BODY's int: the unit; above: the file. */
const UNIT_BITS = 18;
export const UNITS_MOST = 1 << UNIT_BITS;
/** Most files there may be: CODE_BODY's int has 31 bits. */
export const FILES_MOST = 1 << 12;

/** Handles of the strings of one file, made when they are wanted. */
class Strings {
  readonly #words: Int32Array;
  readonly #table: number;
  readonly #made: Int32Array;

  constructor(words: Int32Array) {
    this.#words = words;
    this.#table = words[F.FILE_STRINGS];
    this.#made = new Int32Array((words.length - this.#table) / F.STRING_WORDS);
  }

  at(n: number): number {
    const known = this.#made[n];
    if (known !== 0) return known;
    const h = this.#make(this.#table + n * F.STRING_WORDS);
    this.#made[n] = h;
    return h;
  }

  #make(row: number): number {
    const w = this.#words;
    const bits = w[row];
    const length = bits >>> F.STR_LENGTH_SHIFT;
    if (length === 0) return EMPTY;
    if (length === 1) return H.char(w[w[row + 2]]);
    const shift = (bits >> F.STR_WIDTH_SHIFT) & 3;
    const ascii = (bits & F.STR_IS_ASCII) !== 0;
    const data = { from: w, at: w[row + 2], length, shift, ascii, hash: w[row + 1] };
    return (bits & F.STR_INTERN) !== 0 ? internData(data) : strOfData(data);
  }

  text(n: number): string {
    const w = this.#words;
    const row = this.#table + n * F.STRING_WORDS;
    const length = w[row] >>> F.STR_LENGTH_SHIFT;
    return Buffer.from(w.buffer, w.byteOffset + w[row + 2] * 4, length).toString('latin1');
  }
}

const doubles = (w: Int32Array, at: number, n: number): Float64Array =>
  new Float64Array(w.slice(at, at + n * 2).buffer);

/** One file being read: what its parts share. */
class Reader {
  readonly #strings: Strings;
  #none = 0;

  constructor(
    readonly words: Int32Array,
    readonly file: number,
    readonly filename: number,
  ) {
    this.#strings = new Strings(words);
  }

  #emptyTuple(): number {
    if (this.#none === 0) this.#none = newOldTuple(0);
    return this.#none;
  }

  /** Names of n slots. */
  #names(from: number, n: number): number {
    if (n === 0) return this.#emptyTuple();
    const t = newOldTuple(n);
    const items = (t >>> 2) + L.TUPLE_ITEMS;
    for (let i = 0; i < n; i++) I32[items + i] = this.#strings.at(this.words[from + i] >>> 8);
    return t;
  }

  /** Names of those slots that are of this kind, `count` of them. */
  #namesOfKind(from: number, bit: number, count: number): number {
    if (count === 0) return this.#emptyTuple();
    const t = newOldTuple(count);
    const end = (t >>> 2) + L.TUPLE_ITEMS + count;
    for (let i = from, to = end - count; to < end; i++)
      if ((this.words[i] & bit) !== 0) I32[to++] = this.#strings.at(this.words[i] >>> 8);
    return t;
  }

  #slots(c: number, head: number): void {
    const w = this.words;
    const from = head + F.HEAD_WORDS;
    const n = w[head + F.HEAD_SLOTS];
    const kinds = new Int32Array((n + 3) >> 2);
    let cells = 0;
    let free = 0;
    for (let i = 0; i < n; i++) {
      const kind = w[from + i] & 0xff;
      kinds[i >> 2] |= kind << ((i & 3) << 3);
      if ((kind & FAST_CELL) !== 0) cells++;
      if ((kind & FAST_FREE) !== 0) free++;
    }
    const locals = w[head + F.HEAD_LOCALS];
    I32[c + L.CODE_NAMES] = this.#names(from, n);
    I32[c + L.CODE_VARNAMES] = locals === n ? I32[c + L.CODE_NAMES] : this.#names(from, locals);
    I32[c + L.CODE_CELLVARS] = this.#namesOfKind(from, FAST_CELL, cells);
    I32[c + L.CODE_FREEVARS] = this.#namesOfKind(from, FAST_FREE, free);
    I32[c + L.CODE_SLOT_KINDS] = packedBuffer(kinds, 0, n);
    I32[c + L.CODE_NCELLS] = cells;
    I32[c + L.CODE_NFREE] = free;
  }

  /** A code object without its body. */
  code(unit: number): number {
    const w = this.words;
    const head = w[w[F.FILE_INDEX] + unit];
    const h = newOldObject(L.KIND_CODE, 128, T.typeHandle(T.T_CODE));
    const c = h >>> 2;
    const flags = w[head + F.HEAD_FLAGS];
    const slots = w[head + F.HEAD_SLOTS];
    I32[c + L.CODE_NAME] = this.#strings.at(w[head + F.HEAD_NAME]);
    I32[c + L.CODE_QUALNAME] = this.#strings.at(w[head + F.HEAD_QUALNAME]);
    I32[c + L.CODE_FILENAME] = this.filename;
    I32[c + L.CODE_ARGCOUNT] = w[head + F.HEAD_ARGCOUNT];
    I32[c + L.CODE_POSONLY] = w[head + F.HEAD_POSONLY];
    I32[c + L.CODE_KWONLY] = w[head + F.HEAD_KWONLY];
    I32[c + L.CODE_NLOCALS] = slots;
    I32[c + L.CODE_STACKSIZE] = w[head + F.HEAD_STACK];
    I32[c + L.CODE_CODE_FLAGS] = flags;
    I32[c + L.CODE_FIRSTLINENO] = w[head + F.HEAD_LINE];
    I32[c + L.CODE_FRAME_WORDS] = L.F_LOCALS + slots + w[head + F.HEAD_STACK] + STACK_SLACK;
    I32[c + L.CODE_INSTRUCTIONS] = w[head + F.HEAD_INSTRUCTIONS];
    const simple = (flags & (CO_VARARGS | CO_VARKEYWORDS)) === 0 && w[head + F.HEAD_KWONLY] === 0;
    I32[c + L.CODE_SIMPLE_ARGS] = simple ? w[head + F.HEAD_ARGCOUNT] : -1;
    this.#slots(c, head);
    I32[c + L.CODE_CONSTS] = this.#docstring(w[head + F.HEAD_DOC]);
    I32[c + L.CODE_BODY] = H.small(this.file * UNITS_MOST + unit);
    I32[c + L.CODE_ENTRY_PC] = L.CTL_LOAD_BODY;
    return h;
  }

  /** The constants that making a function looks at. */
  #docstring(n: number): number {
    const a = newArray(n < 0 ? 0 : 1);
    if (n >= 0) I32[(a >>> 2) + L.ARRAY_ITEMS] = this.#strings.at(n);
    return a;
  }

  /** ARRAY of a body's tables, in the order of TABLES. `docstring`: the constant that the head has already, or 0. */
  body(unit: number, docstring: number): number {
    const w = this.words;
    let at = w[w[w[F.FILE_INDEX] + unit] + F.HEAD_BODY];
    const body = newArray(TABLES.length);
    const slot = root(body);
    const items = (body >>> 2) + L.ARRAY_ITEMS;
    const constants = w[at++];
    I32[items] = this.#constants(newArray(constants), L.ARRAY_ITEMS, at, constants);
    if (docstring !== 0) I32[(I32[items] >>> 2) + L.ARRAY_ITEMS] = docstring;
    at += constants * 2;
    const sites = w[at++];
    I32[items + 1] = this.#sites(at, sites);
    at += sites;
    const rows = w[at++];
    I32[items + 2] = rows === 0 ? 0 : wordBuffer(w, at, rows);
    at += rows;
    const instructions = w[at++];
    I32[items + 3] = wordBuffer(w, at, instructions);
    at += instructions;
    I32[items + 4] = packedBuffer(w, at + 1, w[at]);
    logChanged(body);
    unroot(slot);
    return body;
  }

  #sites(at: number, n: number): number {
    const a = newArray(n * 2);
    const items = (a >>> 2) + L.ARRAY_ITEMS;
    for (let i = 0; i < n; i++) I32[items + i * 2] = this.#strings.at(this.words[at + i]);
    return a;
  }

  /** Rooted: making a frozenset is an operation that may collect. */
  #constants(container: number, first: number, at: number, n: number): number {
    const slot = root(container);
    const items = (container >>> 2) + first;
    for (let i = 0; i < n; i++) {
      const value = this.#constant(this.words[at + i * 2], this.words[at + i * 2 + 1]);
      I32[items + i] = value;
      barrier(container, value);
    }
    unroot(slot);
    return container;
  }

  #constant(tag: number, value: number): number {
    switch (tag) {
      case F.CONST_SINGLETON:
        return SINGLETONS[value];
      case F.CONST_INT:
        return H.small(value);
      case F.CONST_STRING:
        return this.#strings.at(value);
      case F.CONST_UNIT:
        return this.code(value);
      case F.CONST_TUPLE: {
        const n = this.words[value];
        return this.#constants(newOldTuple(n), L.TUPLE_ITEMS, value + 1, n);
      }
      default:
        return this.#rareConstant(tag, value);
    }
  }

  #rareConstant(tag: number, value: number): number {
    const w = this.words;
    switch (tag) {
      case F.CONST_FLOAT:
        return newFloat(doubles(w, value, 1)[0]);
      case F.CONST_COMPLEX: {
        const [re, im] = doubles(w, value, 2);
        return newComplex(re, im);
      }
      case F.CONST_BIGINT:
        return intFromBigInt(BigInt(this.#strings.text(value)));
      case F.CONST_BYTES:
        return bytesFromU8(new Uint8Array(w.buffer, w.byteOffset + (value + 1) * 4, w[value]));
      case F.CONST_POINTS:
        return fromCodePoints(w.subarray(value + 1, value + 1 + w[value]!));
      default: {
        const items = this.#constants(newArray(w[value]), L.ARRAY_ITEMS, value + 1, w[value]);
        const first = (items >>> 2) + L.ARRAY_ITEMS;
        return frozensetFrom(Array.from(I32.subarray(first, first + w[value])));
      }
    }
  }
}

/** By SINGLETON_*. */
const SINGLETONS = [H.NONE, H.FALSE, H.TRUE, H.ELLIPSIS];
/** Words of a code object that its body brings. */
const TABLES = [L.CODE_CONSTS, L.CODE_SITES, L.CODE_EXCEPTION_TABLE, L.CODE_BYTECODE, L.CODE_POSITIONS];

function readBody(c: number, place: number): number {
  const file = Math.floor((place >>> 1) / UNITS_MOST);
  const unit = (place >>> 1) % UNITS_MOST;
  const consts = I32[c + L.CODE_CONSTS] >>> 2;
  const docstring = I32[consts + L.ARRAY_LENGTH] === 0 ? 0 : I32[consts + L.ARRAY_ITEMS];
  const body = new Reader(codeFiles.read(file), file, I32[c + L.CODE_FILENAME]).body(unit, docstring);
  ageAll();
  return body;
}

/** Completes a code object, unless it is complete already. Nothing may look at its tables before. */
export function loadBody(code: number): void {
  const c = code >>> 2;
  if (I32[c + L.CODE_ENTRY_PC] !== L.CTL_LOAD_BODY) return;
  let body = atomics.load((c + L.CODE_BODY) << 2);
  if ((body & 1) !== 0) {
    const made = readBody(c, body);
    const seen = atomics.cas((c + L.CODE_BODY) << 2, body, made);
    body = seen === body ? made : seen;
    logOld(body);
  }
  const tables = (body >>> 2) + L.ARRAY_ITEMS;
  for (let i = 0; i < TABLES.length; i++) I32[c + TABLES[i]] = I32[tables + i];
  const enter = (): void => atomics.store((c + L.CODE_ENTRY_PC) << 2, entryOf(c));
  // A call reads the entry, then the tables: where loads may change their order, nobody reads while the entry is stored. When another carrier has the world
  // stopped, a later call does it.
  if (STRONG || I32[L.CTL_CARRIERS_USED] === 1) enter();
  else tryWorldStopped(enter);
}

/** The code object of the module in code file `file`, a number that codeFiles knows. */
export function codeFromFile(file: number, filename: number): number {
  I32[L.CTL_LOAD_BODY] = OP_LOAD_BODY;
  const code = new Reader(codeFiles.read(file), file, filename).code(0);
  ageAll();
  return code;
}
