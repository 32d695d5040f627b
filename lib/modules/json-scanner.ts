/** `_json.make_scanner`: the value of a JSON text, with the errors of json.decoder's own functions. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { rootAll } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, getAttr, isTrue } from '../objects/abstract.js';
import { defineType, readOnly } from '../objects/define.js';
import { dictSet, dictSetDefault, newDict } from '../objects/dict.js';
import { raise, raiseValue, typeName } from '../objects/exceptions.js';
import { newFloat } from '../objects/float.js';
import { intFromNumber } from '../objects/int.js';
import { listAppend, newList } from '../objects/list.js';
import { parseInteger } from '../objects/numbers-parse.js';
import { isStr } from '../objects/object.js';
import { enterNative, leaveNative } from '../objects/recursion.js';
import { fromJS, intern, strCharAt, strLength } from '../objects/strings.js';
import { pairOf, tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { sizeArgument } from './arguments.js';
import { item, named, newRecord, raw } from './itertools-record.js';
import { failed, scannedEnd, scanString } from './json-strings.js';

const I32 = i32;

const HOOKS = ['object_hook', 'object_pairs_hook', 'parse_float', 'parse_int', 'parse_constant'];
const OBJECT_HOOK = 0;
const PAIRS_HOOK = 1;
const PARSE_FLOAT = 2;
const PARSE_INT = 3;
const PARSE_CONSTANT = 4;

/** The attributes of the decoder that is given; its `strict` is the raw word. */
function create(type: number, args: number, n: number, kwnames: number): number {
  const given = named('make_scanner', ['context'], 1, args, n, kwnames);
  if (given === undefined) return 0;
  const slot = rootAll([given[0], ...HOOKS.map(() => 0)]);
  const flag = getAttr(I32[slot], intern('strict'));
  const strict = flag === 0 ? -1 : isTrue(flag);
  let ok = strict >= 0;
  for (let i = 0; ok && i < HOOKS.length; i++) {
    I32[slot + 1 + i] = getAttr(I32[slot], intern(HOOKS[i]));
    ok = I32[slot + 1 + i] !== 0;
  }
  const r = ok ? newRecord(type, Array.from(I32.subarray(slot + 1, slot + 1 + HOOKS.length)), strict) : 0;
  unroot(slot);
  return r;
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isSpace = (c: number): boolean => c === 32 || c === 10 || c === 13 || c === 9;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const COLON = 58;

/** Words that stand for values. */
const NAMES: readonly (readonly [string, number])[] = [
  ['null', H.NONE],
  ['true', H.TRUE],
  ['false', H.FALSE],
];
const CONSTANTS = ['NaN', 'Infinity', '-Infinity'];

/** One call of the scanner. The scanner, the text and the memo of keys are rooted; methods give 0 with the exception set. */
class Scan {
  /** Index behind what was read last. */
  end = 0;
  readonly #length: number;

  constructor(
    readonly self: number,
    readonly text: number,
    readonly memo: number,
  ) {
    this.#length = strLength(text);
  }

  /** Character at index i, -1 behind the end. */
  #at(i: number): number {
    return i < this.#length ? strCharAt(this.text, i) : -1;
  }

  #skip(i: number): number {
    while (isSpace(this.#at(i))) i++;
    return i;
  }

  #stands(word: string, i: number): boolean {
    for (let k = 0; k < word.length; k++) if (this.#at(i + k) !== word.charCodeAt(k)) return false;
    return true;
  }

  value(i: number): number {
    const c = this.#at(i);
    if (c === QUOTE) return this.#string(i + 1);
    if (c === 123 || c === 91) return this.#nested(c === 123, i + 1);
    if (isDigit(c) || (c === MINUS && isDigit(this.#at(i + 1)))) return this.#number(i);
    return this.#word(i);
  }

  #string(i: number): number {
    const s = scanString(this.text, i, raw(this.self) === 1);
    this.end = scannedEnd;
    return s;
  }

  #word(i: number): number {
    for (const [name, value] of NAMES) {
      if (!this.#stands(name, i)) continue;
      this.end = i + name.length;
      return value;
    }
    for (const name of CONSTANTS) {
      if (!this.#stands(name, i)) continue;
      this.end = i + name.length;
      return call1(item(this.self, PARSE_CONSTANT), fromJS(name));
    }
    return raiseValue('StopIteration', intFromNumber(i));
  }

  #digits(i: number): number {
    while (isDigit(this.#at(i))) i++;
    return i;
  }

  #number(start: number): number {
    const first = start + (this.#at(start) === MINUS ? 1 : 0);
    const whole = this.#at(first) === 48 ? first + 1 : this.#digits(first);
    let end = whole;
    if (this.#at(end) === 46 && isDigit(this.#at(end + 1))) end = this.#digits(end + 1);
    if ((this.#at(end) | 32) === 101) {
      const sign = this.#at(end + 1);
      const digits = end + (sign === 43 || sign === MINUS ? 2 : 1);
      if (isDigit(this.#at(digits))) end = this.#digits(digits);
    }
    this.end = end;
    return end === whole ? this.#integer(start, first, end) : this.#real(start, end);
  }

  #integer(start: number, first: number, end: number): number {
    const parse = item(this.self, PARSE_INT);
    if (parse !== T.typeHandle(T.T_INT)) return call1(parse, fromJS(this.#slice(start, end)));
    if (end - first > 15) return parseInteger(this.#slice(start, end), 10, '');
    let n = 0;
    for (let i = first; i < end; i++) n = n * 10 + strCharAt(this.text, i) - 48;
    return intFromNumber(first > start ? -n : n);
  }

  #real(start: number, end: number): number {
    const text = this.#slice(start, end);
    const parse = item(this.self, PARSE_FLOAT);
    return parse === T.typeHandle(T.T_FLOAT) ? newFloat(Number(text)) : call1(parse, fromJS(text));
  }

  /** Characters of a number. */
  #slice(start: number, end: number): string {
    let s = '';
    for (let i = start; i < end; i++) s += String.fromCharCode(strCharAt(this.text, i));
    return s;
  }

  #nested(object: boolean, i: number): number {
    if (!enterNative(` while decoding a JSON ${object ? 'object' : 'array'} from a unicode string`)) return 0;
    const r = object ? this.#object(i) : this.#array(i);
    leaveNative();
    return r;
  }

  /** Behind a value: the index of the next one, -1 behind `close`, -2 with the exception set. */
  #next(close: number, what: string): number {
    const at = this.#skip(this.end);
    if (this.#at(at) === close) {
      this.end = at + 1;
      return -1;
    }
    if (this.#at(at) !== COMMA) return failed("Expecting ',' delimiter", this.text, at) - 2;
    const next = this.#skip(at + 1);
    return this.#at(next) === close ? failed(`Illegal trailing comma before end of ${what}`, this.text, at) - 2 : next;
  }

  #array(start: number): number {
    const list = newList(0);
    const slot = root(list);
    let i = this.#skip(start);
    if (this.#at(i) === 93) {
      this.end = i + 1;
      i = -1;
    }
    while (i >= 0) {
      const value = this.value(i);
      if (value !== 0) listAppend(I32[slot], value);
      i = value === 0 ? -2 : this.#next(93, 'array');
    }
    const r = I32[slot];
    unroot(slot);
    return i === -1 ? r : 0;
  }

  #object(start: number): number {
    const pairs = item(this.self, PAIRS_HOOK) !== H.NONE;
    const slot = root(pairs ? newList(0) : newDict());
    let i = this.#skip(start);
    if (this.#at(i) === 125) {
      this.end = i + 1;
      i = -1;
    }
    while (i >= 0) i = this.#member(I32[slot], pairs, i) ? this.#next(125, 'object') : -2;
    const hook = item(this.self, pairs ? PAIRS_HOOK : OBJECT_HOOK);
    const r = i === -2 ? 0 : hook === H.NONE ? I32[slot] : call1(hook, I32[slot]);
    unroot(slot);
    return r;
  }

  /** Reads a member into a dict or a list of pairs; false with the exception set. */
  #member(into: number, pairs: boolean, i: number): boolean {
    if (this.#at(i) !== QUOTE) return failed('Expecting property name enclosed in double quotes', this.text, i) !== 0;
    const read = this.#string(i + 1);
    if (read === 0) return false;
    const slot = root(into);
    const key = root(dictSetDefault(this.memo, read, read));
    const colon = this.#skip(this.end);
    const ok =
      this.#at(colon) === COLON
        ? this.value(this.#skip(colon + 1))
        : failed("Expecting ':' delimiter", this.text, colon);
    if (ok !== 0) {
      if (pairs) listAppend(I32[slot], pairOf(I32[key], ok));
      else dictSet(I32[slot], I32[key], ok);
    }
    unroot(slot);
    return ok !== 0;
  }
}

/** scanner(string, idx): the value that begins there, and the index behind it. */
function call(self: number, args: number, n: number, kwnames: number): number {
  const given = named('scan_once', ['string', 'idx'], 2, args, n, kwnames);
  if (given === undefined) return 0;
  const slot = rootAll([self, given[0], newDict()]);
  const r = scanAt(slot, given[1]);
  unroot(slot);
  return r;
}

function scanAt(slot: number, idx: number): number {
  const start = sizeArgument(idx);
  const text = I32[slot + 1];
  if (Number.isNaN(start)) return 0;
  if (!isStr(text)) return raise('TypeError', `first argument must be a string, not ${typeName(text)}`);
  if (start < 0) return raise('ValueError', 'idx cannot be negative');
  const scan = new Scan(I32[slot], text, I32[slot + 2]);
  const value = scan.value(start);
  return value === 0 ? 0 : tupleOf(value, intFromNumber(scan.end));
}

defineType({
  id: T.T_JSON_SCANNER,
  name: 'Scanner',
  module: '_json',
  kind: L.KIND_RECORD,
  doc: 'JSON scanner object',
  getset: [
    readOnly('strict', (s) => H.fromBool(raw(s) === 1)),
    ...HOOKS.map((name, i) => readOnly(name, (s) => item(s, i))),
  ],
  slots: { create, call, init: () => 1 },
});
