/** Values read from marshal's format. */
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { bytesFromU8 } from '../objects/bytes.js';
import { decodeBytes } from '../objects/codecs.js';
import { newComplex } from '../objects/complex.js';
import { dictSet, newDict } from '../objects/dict.js';
import { exceptionType, pendingException, raise } from '../objects/exceptions.js';
import { newFloat } from '../objects/float.js';
import { intFromBigInt, intFromNumber } from '../objects/int.js';
import { listAppend, listAt, listLength, listSetItem, newList } from '../objects/list.js';
import { newSet, setAdd } from '../objects/set.js';
import { newSlice } from '../objects/slice.js';
import { fromJS, internStr } from '../objects/strings.js';
import { newTuple } from '../objects/tuple.js';
import { unpackCode } from './marshal-code.js';
import { MAX_DEPTH } from './marshal-write.js';

const I32 = i32;

/** Gives the next `n` bytes, or fewer at the end; undefined with the exception set. */
export type ByteSource = (n: number) => Uint8Array | undefined;

/** The marker that ends a dict. No handle has this value. */
const END = -26;

const CONSTANTS: Readonly<Record<string, () => number>> = {
  N: () => H.NONE,
  T: () => H.TRUE,
  F: () => H.FALSE,
  '.': () => H.ELLIPSIS,
  S: () => exceptionType('StopIteration'),
  0: () => END,
};

const bad = (what: string): number => raise('ValueError', `bad marshal data (${what})`);

/** Reads one value. Methods that give a handle give 0 with the exception set; numbers are NaN then. */
export class Reader {
  private depth = 0;
  /** Root of the list of what later references may name. */
  private readonly references: number;

  constructor(
    private readonly source: ByteSource,
    private readonly allowCode: boolean,
  ) {
    this.references = root(newList(0));
  }

  /** The value; 0 with the exception set. */
  read(): number {
    const value = this.object();
    unroot(this.references);
    return value === END ? raise('TypeError', 'NULL object in marshal data for object') : value;
  }

  private bytes(n: number): Uint8Array | undefined {
    const data = this.source(n);
    if (data === undefined || data.length === n) return data;
    return void raise('EOFError', 'marshal data too short');
  }

  private number(n: 1 | 2 | 4): number {
    const data = this.source(n);
    if (data === undefined) return Number.NaN;
    if (data.length < n) {
      raise('EOFError', n === 1 ? 'EOF read where not expected' : 'marshal data too short');
      return Number.NaN;
    }
    if (n === 1) return data[0];
    return n === 2 ? data[0] | (data[1] << 8) : data[0] | (data[1] << 8) | (data[2] << 16) | (data[3] << 24);
  }

  /** A length of four bytes; NaN with the exception set. */
  private size(what: string): number {
    const n = this.number(4);
    if (n >= 0 || Number.isNaN(n)) return n;
    bad(`${what} size out of range`);
    return Number.NaN;
  }

  private object(): number {
    const first = this.source(1);
    if (first === undefined) return 0;
    if (first.length === 0) return raise('EOFError', 'EOF read where object expected');
    if (++this.depth > MAX_DEPTH) return raise('ValueError', 'recursion limit exceeded');
    const flagged = (first[0] & 0x80) !== 0;
    const value = this.typed(String.fromCharCode(first[0] & 0x7f), flagged);
    this.depth--;
    return value;
  }

  private typed(code: string, flagged: boolean): number {
    const constant = CONSTANTS[code] as (() => number) | undefined;
    if (constant !== undefined) return constant();
    switch (code) {
      case 'r':
        return this.reference();
      case '(':
      case ')':
        return this.tuple(code === ')' ? this.number(1) : this.size('tuple'), flagged);
      case '[':
        return this.listOf(this.size('list'), flagged);
      case '{':
        return this.dict(flagged);
      case '<':
      case '>':
        return this.set(code === '<' ? L.KIND_SET : L.KIND_FROZENSET, flagged);
      case ':':
        return this.slice(flagged);
      case 'c':
        return this.allowCode
          ? this.kept(this.data(this.size('code object'), unpackCode), flagged)
          : raise('ValueError', 'unmarshalling code objects is disallowed');
      default:
        return this.kept(this.plain(code), flagged);
    }
  }

  /** A value that later references may name. */
  private kept(value: number, flagged: boolean): number {
    if (flagged && value !== 0) listAppend(I32[this.references], value);
    return value;
  }

  /** Place of a value that is complete only after its parts. */
  private reserve(flagged: boolean): number {
    const list = I32[this.references];
    if (flagged) listAppend(list, H.NONE);
    return flagged ? listLength(list) - 1 : -1;
  }

  private reference(): number {
    const n = this.number(4);
    if (Number.isNaN(n)) return 0;
    const list = I32[this.references];
    return n < 0 || n >= listLength(list) ? bad('invalid reference') : listAt(list, n);
  }

  private plain(code: string): number {
    switch (code) {
      case 'i':
        return this.counted(this.number(4), intFromNumber);
      case 'I':
        return this.data(8, (d) => intFromBigInt(Buffer.from(d).readBigInt64LE(0)));
      case 'l':
        return this.long();
      case 'f':
        return this.floatText(newFloat);
      case 'g':
        return this.data(8, (d) => newFloat(Buffer.from(d).readDoubleLE(0)));
      case 'x':
        return this.floatText((re) => this.floatText((im) => newComplex(re, im)));
      case 'y':
        return this.data(16, (d) => newComplex(Buffer.from(d).readDoubleLE(0), Buffer.from(d).readDoubleLE(8)));
      case 's':
        return this.data(this.size('bytes object'), bytesFromU8);
      default:
        return this.text(code);
    }
  }

  private text(code: string): number {
    switch (code) {
      case 'a':
      case 'A':
      case 'z':
      case 'Z': {
        const n = code.toLowerCase() === 'z' ? this.number(1) : this.size('string');
        const s = this.data(n, (d) => fromJS(Buffer.from(d).toString('latin1')));
        return s !== 0 && code < 'a' ? internStr(s) : s;
      }
      case 't':
      case 'u': {
        const s = this.data(this.size('string'), (d) => decodeBytes(0, d, 'utf-8', 'surrogatepass'));
        return s !== 0 && code === 't' ? internStr(s) : s;
      }
      default:
        return bad('unknown type code');
    }
  }

  private counted(n: number, make: (n: number) => number): number {
    return Number.isNaN(n) ? 0 : make(n);
  }

  private data(n: number, make: (data: Uint8Array) => number): number {
    const data = Number.isNaN(n) ? undefined : this.bytes(n);
    return data === undefined ? 0 : make(data);
  }

  private floatText(make: (x: number) => number): number {
    return this.data(this.number(1), (d) => {
      const text = Buffer.from(d).toString('latin1');
      const x = Number(text.replace(/^([+-]?)inf$/, '$1Infinity').replace(/^[+-]?nan$/, 'NaN'));
      if (Number.isNaN(x) && !/nan$/.test(text))
        return raise('ValueError', `could not convert string to float: '${text}'`);
      return make(x);
    });
  }

  private long(): number {
    const n = this.number(4);
    if (Number.isNaN(n)) return 0;
    if (n === -0x80000000) return bad('long size out of range');
    let value = 0n;
    for (let i = 0; i < Math.abs(n); i++) {
      const digit = this.number(2);
      if (Number.isNaN(digit)) return 0;
      if (digit > 0x7fff) return bad('digit out of range in long');
      if (digit === 0 && i === Math.abs(n) - 1) return bad('unnormalized long data');
      value |= BigInt(digit) << BigInt(15 * i);
    }
    return intFromBigInt(n < 0 ? -value : value);
  }

  /** Reads `n` parts into `holder`. The holder; 0 with the exception set. */
  private parts(
    holder: number,
    n: number,
    what: string,
    put: (holder: number, i: number, part: number) => number,
  ): number {
    const slot = root(holder);
    for (let i = 0; i < n; i++) {
      const part = this.object();
      if (part === END) raise('TypeError', `NULL object in marshal data for ${what}`);
      if (part === 0 || part === END || put(I32[slot], i, part) === 0) {
        unroot(slot);
        return 0;
      }
    }
    const done = I32[slot];
    unroot(slot);
    return done;
  }

  private tuple(n: number, flagged: boolean): number {
    if (Number.isNaN(n)) return 0;
    const tuple = this.kept(newTuple(n), flagged);
    return this.parts(tuple, n, 'tuple', (h, i, part) => (storeRef(h, L.TUPLE_ITEMS + i, part), 1));
  }

  private listOf(n: number, flagged: boolean): number {
    if (Number.isNaN(n)) return 0;
    return this.parts(this.kept(newList(0), flagged), n, 'list', (h, _i, part) => listAppend(h, part));
  }

  private dict(flagged: boolean): number {
    const slot = root(this.kept(newDict(), flagged));
    for (;;) {
      const key = this.object();
      if (key === END || key === 0) break;
      const keySlot = root(key);
      const value = this.object();
      if (value === END || value === 0) break;
      const set = dictSet(I32[slot], I32[keySlot], value);
      unroot(keySlot);
      if (set === 0) break;
    }
    const done = I32[slot];
    unroot(slot);
    return pendingException() === 0 ? done : 0;
  }

  private set(kind: number, flagged: boolean): number {
    const n = this.size('set');
    if (Number.isNaN(n)) return 0;
    const place = kind === L.KIND_SET ? -1 : this.reserve(flagged);
    const empty = kind === L.KIND_SET ? this.kept(newSet(kind), flagged) : newSet(kind);
    const set = this.parts(empty, n, 'set', (h, _i, part) => setAdd(h, part));
    if (set !== 0 && place >= 0) listSetItem(I32[this.references], place, set);
    return set;
  }

  private slice(flagged: boolean): number {
    const place = this.reserve(flagged);
    const parts = this.parts(newList(0), 3, 'slice', (h, _i, part) => listAppend(h, part));
    if (parts === 0) return 0;
    const slice = newSlice(listAt(parts, 0), listAt(parts, 1), listAt(parts, 2));
    if (place >= 0) listSetItem(I32[this.references], place, slice);
    return slice;
  }
}
