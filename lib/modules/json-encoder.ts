/** `_json.make_encoder`: the text of a value at once, as json.encoder's generators give it in pieces. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { rootAll } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call0, call1, getAttr, index, isTrue, repr } from '../objects/abstract.js';
import { defineType, readOnly } from '../objects/define.js';
import { dictSnapshot, plainDict } from '../objects/dict.js';
import { clearException, pendingException, raise, setException, typeName } from '../objects/exceptions.js';
import { addNote } from '../objects/exception-notes.js';
import { floatRepr, floatValue, isFloatLike } from '../objects/float.js';
import { intToNumber } from '../objects/int.js';
import { listAt, listFromIterable, listLength, newListFromArray } from '../objects/list.js';
import { isExact, isKind, isStr, slotId } from '../objects/object.js';
import { enterNative, leaveNative } from '../objects/recursion.js';
import { loopPoll } from '../objects/poll.js';
import { slots } from '../objects/slots.js';
import { sortList } from '../objects/sort.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { pairOf, tupleFromArray, tupleItem, tupleLength } from '../objects/tuple.js';
import { qualifiedTypeName } from '../objects/type-name.js';
import * as T from '../objects/type-ids.js';
import { item, named, newRecord, raw } from './itertools-record.js';
import { NOT_ASCII, quoted, SPECIAL } from './json-strings.js';

const I32 = i32;

const PARAMETERS = 'markers default encoder indent key_separator item_separator sort_keys skipkeys allow_nan'.split(
  ' ',
);
/** Items of the record; the flags are in its raw word. */
const MARKERS = 0;
const DEFAULT = 1;
const ENCODER = 2;
const INDENT = 3;
const KEY_SEPARATOR = 4;
const ITEM_SEPARATOR = 5;
const SORT_KEYS = 1;
const SKIP_KEYS = 2;
const ALLOW_NAN = 4;

const N_ITEMS = intern('items');

function create(type: number, args: number, n: number, kwnames: number): number {
  const given = named('make_encoder', PARAMETERS, PARAMETERS.length, args, n, kwnames);
  if (given === undefined) return 0;
  const [markers] = given;
  if (markers !== H.NONE && !isKind(markers, L.KIND_DICT))
    return raise('TypeError', `make_encoder() argument 1 must be dict or None, not ${typeName(markers)}`);
  if (given[INDENT] !== H.NONE && !isStr(given[INDENT]))
    return raise('TypeError', `make_encoder() argument 4 must be str or None, not ${typeName(given[INDENT])}`);
  for (const i of [KEY_SEPARATOR, ITEM_SEPARATOR])
    if (!isStr(given[i]))
      return raise('TypeError', `make_encoder() argument ${i + 1} must be str, not ${typeName(given[i])}`);
  const slot = rootAll(given);
  let flags = 0;
  for (let i = 0; i < 3 && flags >= 0; i++) {
    const t = isTrue(I32[slot + 6 + i]);
    flags = t < 0 ? -1 : flags | (t << i);
  }
  const r = flags < 0 ? 0 : newRecord(type, Array.from(I32.subarray(slot, slot + 6)), flags);
  unroot(slot);
  return r;
}

/** The escape pattern of a built-in function of `_json`; undefined for any other encoder. */
function patternOf(encoder: number): RegExp | undefined {
  if (!isKind(encoder, L.KIND_NATIVE) || I32[(encoder >>> 2) + L.NATIVE_MODULE] !== intern('_json')) return undefined;
  const name = toJS(I32[(encoder >>> 2) + L.NATIVE_NAME]);
  return name === 'encode_basestring_ascii' ? NOT_ASCII : name === 'encode_basestring' ? SPECIAL : undefined;
}

/** Text of a handle that may be 0; undefined then. */
const textOf = (s: number): string | undefined => (s === 0 ? undefined : toJS(s));

/** One call of the encoder, which is rooted. Methods give false with the exception set. */
class Encoding {
  text = '';
  /** Containers that are being written. */
  readonly #open = new Set<number>();
  readonly #pattern: RegExp | undefined;
  readonly #indent: string | undefined;
  readonly #keySeparator: string;
  readonly #itemSeparator: string;

  constructor(readonly self: number) {
    this.#pattern = patternOf(item(self, ENCODER));
    const indent = item(self, INDENT);
    this.#indent = indent === H.NONE ? undefined : toJS(indent);
    this.#keySeparator = toJS(item(self, KEY_SEPARATOR));
    this.#itemSeparator = toJS(item(self, ITEM_SEPARATOR));
  }

  #add(text: string | undefined): boolean {
    if (text !== undefined) this.text += text;
    return text !== undefined;
  }

  #has(flag: number): boolean {
    return (raw(this.self) & flag) !== 0;
  }

  /** A string in quotes; undefined with the exception set. */
  #quoted(s: number): string | undefined {
    if (this.#pattern !== undefined) return quoted(s, this.#pattern);
    const r = call1(item(this.self, ENCODER), s);
    if (r === 0 || isStr(r)) return textOf(r);
    return void raise('TypeError', `encoder() must return a string, not ${typeName(r)}`);
  }

  /** The text of None, a bool, an int or a float; '' for other values, undefined with the exception set. */
  #scalar(h: number): string | undefined {
    if ((h & 1) !== 0) return String(h >> 1);
    if (h === H.NONE) return 'null';
    if (h === H.TRUE) return 'true';
    if (h === H.FALSE) return 'false';
    if (isFloatLike(h)) return this.#float(floatValue(h), h);
    return slotId(h) === T.T_INT ? textOf(slots.repr[T.T_INT]!(h)) : '';
  }

  #float(x: number, h: number): string | undefined {
    if (Number.isFinite(x)) return floatRepr(x);
    if (this.#has(ALLOW_NAN)) return Number.isNaN(x) ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity';
    const shown = textOf(repr(h));
    if (shown !== undefined) raise('ValueError', `Out of range float values are not JSON compliant: ${shown}`);
    return undefined;
  }

  value(h: number, level: number): boolean {
    return this.#write(h, level) && loopPoll() !== 0;
  }

  #write(h: number, level: number): boolean {
    if (isStr(h)) return this.#add(this.#quoted(h));
    const scalar = this.#scalar(h);
    if (scalar !== '') return this.#add(scalar);
    if (!enterNative(' while encoding a JSON object')) return false;
    const slot = root(h);
    const ok = this.#enter(h) && this.#compound(h, level);
    unroot(slot);
    leaveNative();
    return ok;
  }

  #compound(h: number, level: number): boolean {
    const ok =
      isKind(h, L.KIND_LIST) || isKind(h, L.KIND_TUPLE)
        ? this.#array(h, level)
        : isKind(h, L.KIND_DICT)
          ? this.#object(h, level)
          : this.#other(h, level);
    this.#open.delete(h);
    return ok;
  }

  #enter(h: number): boolean {
    if (item(this.self, MARKERS) === H.NONE) return true;
    if (this.#open.has(h)) return raise('ValueError', 'Circular reference detected') !== 0;
    this.#open.add(h);
    return true;
  }

  #other(h: number, level: number): boolean {
    const slot = root(call1(item(this.self, DEFAULT), h));
    const ok =
      I32[slot] !== 0 &&
      (this.value(I32[slot], level) || this.#note(() => `when serializing ${qualifiedTypeName(h)} object`));
    unroot(slot);
    return ok;
  }

  /** Adds a note to the pending exception; false. */
  #note(text: () => string | undefined): false {
    const slot = root(pendingException());
    clearException();
    const note = text();
    if (note !== undefined) {
      addNote(I32[slot], note);
      setException(I32[slot]);
    }
    unroot(slot);
    return false;
  }

  #newline(level: number): string {
    return this.#indent === undefined ? '' : `\n${this.#indent.repeat(Math.max(0, level))}`;
  }

  #array(h: number, level: number): boolean {
    const list = isKind(h, L.KIND_LIST);
    const size = list ? listLength : tupleLength;
    if (size(h) === 0) return this.#add('[]');
    const inner = this.#newline(level + 1);
    this.text += `[${inner}`;
    for (let i = 0; i < size(h); i++) {
      const value = list ? listAt(h, i) : tupleItem(h, i);
      // Another thread has just taken it out.
      if (value === 0) break;
      if (i > 0) this.text += this.#itemSeparator + inner;
      if (!this.value(value, level + 1)) return this.#note(() => `when serializing ${qualifiedTypeName(h)} item ${i}`);
    }
    return this.#add(`${this.#newline(level)}]`);
  }

  #object(h: number, level: number): boolean {
    if (slots.len[T.T_DICT]!(h) === 0) return this.#add('{}');
    const slot = root(itemsOf(h, this.#has(SORT_KEYS)));
    const ok = I32[slot] !== 0 && this.#members(h, I32[slot], level);
    unroot(slot);
    return ok;
  }

  /** Members of dict `h` from a list of its items. */
  #members(h: number, items: number, level: number): boolean {
    const inner = this.#newline(level + 1);
    this.text += '{';
    let first = true;
    for (let i = 0; i < listLength(items); i++) {
      const pair = listAt(items, i);
      if (!isKind(pair, L.KIND_TUPLE) || tupleLength(pair) !== 2)
        return raise('ValueError', 'items must return 2-tuples') !== 0;
      const name = this.#key(tupleItem(pair, 0));
      if (name === undefined) return false;
      if (name === '') continue;
      this.text += (first ? inner : this.#itemSeparator + inner) + name + this.#keySeparator;
      first = false;
      if (!this.value(tupleItem(pair, 1), level + 1)) return this.#noteMember(h, tupleItem(pair, 0));
    }
    return this.#add(first ? '}' : `${this.#newline(level)}}`);
  }

  #noteMember(h: number, key: number): false {
    const slot = root(key);
    this.#note(() => {
      const shown = textOf(repr(I32[slot]));
      return shown === undefined ? undefined : `when serializing ${qualifiedTypeName(h)} item ${shown}`;
    });
    unroot(slot);
    return false;
  }

  /** A member's name in quotes; '' to skip it, undefined with the exception set. */
  #key(key: number): string | undefined {
    if (isStr(key)) return this.#quoted(key);
    const scalar = this.#scalar(key);
    if (scalar === undefined) return undefined;
    if (scalar !== '') return this.#quoted(fromJS(scalar));
    if (this.#has(SKIP_KEYS)) return '';
    return void raise('TypeError', `keys must be str, int, float, bool or None, not ${typeName(key)}`);
  }
}

/** A list of a dict's items, sorted if need be; what `items()` of a subclass gives. 0 with the exception set. */
function itemsOf(d: number, sorted: boolean): number {
  const slot = root(isExact(d, L.KIND_DICT) ? pairsOf(plainDict(d)) : listOfItems(d));
  const ok = I32[slot] !== 0 && (!sorted || sortList(I32[slot], 0, false) === 1);
  const list = I32[slot];
  unroot(slot);
  return ok ? list : 0;
}

function pairsOf(d: number): number {
  const { keys, values } = dictSnapshot(d);
  return newListFromArray(keys.map((key, i) => pairOf(key, values[i])));
}

function listOfItems(d: number): number {
  const items = getAttr(d, N_ITEMS);
  const view = items === 0 ? 0 : call0(items);
  return view === 0 ? 0 : listFromIterable(view);
}

/** encoder(obj, _current_indent_level): a tuple of one string. */
function call(self: number, args: number, n: number, kwnames: number): number {
  const given = named('_iterencode', ['obj', '_current_indent_level'], 2, args, n, kwnames);
  if (given === undefined) return 0;
  const slot = rootAll([self, ...given]);
  const level = index(given[1]);
  const encoding = level === 0 ? undefined : new Encoding(I32[slot]);
  const ok = encoding !== undefined && encoding.value(I32[slot + 1], intToNumber(level));
  unroot(slot);
  return ok ? tupleFromArray([fromJS(encoding.text)]) : 0;
}

defineType({
  id: T.T_JSON_ENCODER,
  name: 'Encoder',
  module: '_json',
  kind: L.KIND_RECORD,
  doc: 'Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)',
  getset: [
    ...PARAMETERS.slice(0, 6).map((name, i) => readOnly(name, (e) => item(e, i))),
    readOnly('sort_keys', (e) => H.fromBool((raw(e) & SORT_KEYS) !== 0)),
    readOnly('skipkeys', (e) => H.fromBool((raw(e) & SKIP_KEYS) !== 0)),
  ],
  slots: { create, call, init: () => 1 },
});
