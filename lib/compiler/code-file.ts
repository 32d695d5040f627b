/**
 * Code units as words that are quickly put into a space: what a module's source compiles to, for the precompiled standard library.
 * lib/vm/lazy-code.ts reads it. Nothing is padded for reading in place, all is words of the machine's order.
 *
 * | part | words |
 * | --- | --- |
 * | header | word of the strings, number of units, word of their index |
 * | strings | (length << 4 \| STR_* bits, hash, word of the data) each |
 * | units | index: word of each unit's head; the module's own is unit 0 |
 * | head | HEAD_* words, then a word (string << 8 \| kind) for each slot |
 * | body | constants (count, then tag and value each), sites (count, strings), exception table and code (count, words), positions (bytes, data) |
 *
 * A head is what making and calling a function needs; the body is read when it first runs.
 */
import { type CodeUnit, type Const, CO_HAS_DOCSTRING, FAST_CELL, FAST_FREE } from './code.js';
import { hashText } from '../objects/string-hash.js';

export const FILE_STRINGS = 0;
export const FILE_UNITS = 1;
export const FILE_INDEX = 2;
export const FILE_HEADER = 3;
export const STRING_WORDS = 3;

/** Bits of a string's first word; the width is log2 of the bytes a character takes. */
export const STR_INTERN = 1;
export const STR_IS_ASCII = 2;
export const STR_WIDTH_SHIFT = 2;
export const STR_LENGTH_SHIFT = 4;

export const HEAD_NAME = 0;
export const HEAD_QUALNAME = 1;
export const HEAD_LINE = 2;
export const HEAD_FLAGS = 3;
export const HEAD_ARGCOUNT = 4;
export const HEAD_POSONLY = 5;
export const HEAD_KWONLY = 6;
export const HEAD_STACK = 7;
export const HEAD_SLOTS = 8;
/** Slots that are local variables of the function: the first ones. */
export const HEAD_LOCALS = 9;
/** Number of instructions. */
export const HEAD_INSTRUCTIONS = 10;
/** String of the docstring, -1 when there is none. */
export const HEAD_DOC = 11;
/** Word of the body. */
export const HEAD_BODY = 12;
export const HEAD_WORDS = 13;

/** What a constant's value is: one of SINGLETONS, a small int, a string, a unit, or the word where it is written out. */
export const CONST_SINGLETON = 0;
export const CONST_INT = 1;
export const CONST_STRING = 2;
export const CONST_UNIT = 3;
/** Two words of the double. */
export const CONST_FLOAT = 4;
export const CONST_COMPLEX = 5;
/** String of the decimal digits. */
export const CONST_BIGINT = 6;
/** Length in bytes, data. */
export const CONST_BYTES = 7;
/** Count, then tag and value each. */
export const CONST_TUPLE = 8;
export const CONST_FROZENSET = 9;
/** Count, then code points. */
export const CONST_POINTS = 10;

export const SINGLETON_NONE = 0;
export const SINGLETON_FALSE = 1;
export const SINGLETON_TRUE = 2;
export const SINGLETON_ELLIPSIS = 3;

const isName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SMALL = 0x3fffffffn;

/** Are the strings and the order of variables those that the slots say? */
function checkVariables(u: CodeUnit): void {
  const pick = (bit: number): string => u.localsplusnames.filter((_, i) => (u.localspluskinds[i]! & bit) !== 0).join();
  const same =
    u.localsplusnames.slice(0, u.nlocals).join() === u.varnames.join() &&
    pick(FAST_CELL) === u.cellvars.join() &&
    pick(FAST_FREE) === u.freevars.join();
  if (!same) throw new Error(`${u.qualname}: its variables are not in the order of its slots`);
}

function widthOf(text: string): number {
  let most = 0;
  for (const c of text) most = Math.max(most, c.codePointAt(0)!);
  return most > 0xffff ? 2 : most > 0xff ? 1 : 0;
}

class Writer {
  readonly words: number[] = [];
  readonly #strings = new Map<string, number>();
  readonly #texts: { text: string; intern: boolean }[] = [];
  readonly #units: CodeUnit[] = [];
  readonly #heads: number[] = [];

  /** Number of a string, as a name or as a mere constant. */
  string(text: string, intern = true): number {
    const key = `${intern ? 'n' : 'c'}${text}`;
    let n = this.#strings.get(key);
    if (n === undefined) {
      n = this.#texts.length;
      this.#strings.set(key, n);
      this.#texts.push({ text, intern });
    }
    return n;
  }

  unit(u: CodeUnit): number {
    return this.#units.push(u) - 1;
  }

  /** Writes words at the end; where. */
  put(...words: number[]): number {
    const at = this.words.length;
    for (const w of words) this.words.push(w | 0);
    return at;
  }

  putAll(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) this.words.push(values[i]! | 0);
  }

  /** The bytes as words, zeros behind them. */
  putBytes(bytes: Uint8Array): number {
    const padded = new Uint8Array((bytes.length + 3) & ~3);
    padded.set(bytes);
    const at = this.words.length;
    this.putAll(new Int32Array(padded.buffer));
    return at;
  }

  doubles(...values: number[]): number {
    return this.putBytes(new Uint8Array(new Float64Array(values).buffer));
  }

  /** Tag and value of a constant; what does not fit is written out first. */
  constant(c: Const): [number, number] {
    switch (c.t) {
      case 'none':
        return [CONST_SINGLETON, SINGLETON_NONE];
      case 'ellipsis':
        return [CONST_SINGLETON, SINGLETON_ELLIPSIS];
      case 'bool':
        return [CONST_SINGLETON, c.v ? SINGLETON_TRUE : SINGLETON_FALSE];
      case 'int':
        if (c.v <= SMALL && c.v >= -SMALL) return [CONST_INT, Number(c.v)];
        return [CONST_BIGINT, this.string(c.v.toString(), false)];
      case 'float':
        return [CONST_FLOAT, this.doubles(c.v)];
      case 'complex':
        return [CONST_COMPLEX, this.doubles(c.re, c.im)];
      case 'str':
        if (c.points !== undefined) return [CONST_POINTS, this.put(c.points.length, ...c.points)];
        return [CONST_STRING, this.string(c.v, c.v.length < 64 && isName.test(c.v))];
      case 'bytes': {
        const at = this.put(c.v.length);
        this.putBytes(c.v);
        return [CONST_BYTES, at];
      }
      case 'tuple':
      case 'frozenset': {
        const items = c.v.map((item) => this.constant(item));
        const at = this.put(items.length);
        this.putAll(items.flat());
        return [c.t === 'tuple' ? CONST_TUPLE : CONST_FROZENSET, at];
      }
      case 'code':
        return [CONST_UNIT, this.unit(c.v)];
    }
  }

  #body(u: CodeUnit): number {
    const consts = u.consts.map((c) => this.constant(c));
    const at = this.put(consts.length);
    this.putAll(consts.flat());
    this.put(u.sites.length);
    for (const s of u.sites) this.put(this.string(s));
    this.put(u.exceptionTable.length);
    this.putAll(u.exceptionTable);
    this.put(u.code.length);
    this.putAll(u.code);
    this.put(u.positions.length);
    this.putBytes(u.positions);
    return at;
  }

  #head(u: CodeUnit, body: number): void {
    checkVariables(u);
    const doc = (u.flags & CO_HAS_DOCSTRING) !== 0 ? (u.consts[0] as { v: string }).v : undefined;
    const docString = doc === undefined ? -1 : this.constant({ t: 'str', v: doc })[1];
    this.#heads.push(
      this.put(
        this.string(u.name),
        this.string(u.qualname),
        u.firstlineno,
        u.flags,
        u.argcount,
        u.posonlyargcount,
        u.kwonlyargcount,
        u.stacksize,
        u.localsplusnames.length,
        u.nlocals,
        u.code.length,
        docString,
        body,
      ),
    );
    u.localsplusnames.forEach((name, i) => this.put((this.string(name) << 8) | u.localspluskinds[i]!));
  }

  #text(text: string, intern: boolean): [number, number, number] {
    const width = widthOf(text);
    const points = Array.from(text, (c) => c.codePointAt(0)!);
    const data =
      width === 0 ? Uint8Array.from(points) : width === 1 ? Uint16Array.from(points) : Uint32Array.from(points);
    const at = this.putBytes(new Uint8Array(data.buffer));
    const ascii = points.every((p) => p < 0x80) ? STR_IS_ASCII : 0;
    const bits = (intern ? STR_INTERN : 0) | ascii | (width << STR_WIDTH_SHIFT);
    return [(points.length << STR_LENGTH_SHIFT) | bits, hashText(text), at];
  }

  /** All of it: bodies and heads come first, as they bring the strings; the header leaves room for nothing but itself. */
  finish(module: CodeUnit): Int32Array {
    this.put(...new Array<number>(FILE_HEADER).fill(0));
    this.unit(module);
    for (let i = 0; i < this.#units.length; i++) this.#head(this.#units[i]!, this.#body(this.#units[i]!));
    this.words[FILE_UNITS] = this.#units.length;
    this.words[FILE_INDEX] = this.words.length;
    this.putAll(this.#heads);
    const rows = this.#texts.map(({ text, intern }) => this.#text(text, intern));
    this.words[FILE_STRINGS] = this.words.length;
    this.putAll(rows.flat());
    return Int32Array.from(this.words);
  }
}

/** A module's code unit, and all nested in it, as words. */
export const writeCode = (module: CodeUnit): Int32Array => new Writer().finish(module);
