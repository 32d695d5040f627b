/** `_io.StringIO`: text in memory. Characters take 1, 2 or 4 bytes each, as much as the widest needs. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u16, u32, u8 } from '../heap/memory.js';
import { hasIndex, indexNumber, repr } from '../objects/abstract.js';
import { defineType, type MethodRow } from '../objects/define.js';
import { dictCopy, dictLen } from '../objects/dict.js';
import { dictUpdateAny } from '../objects/dict-update.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { isKind, isStr } from '../objects/object.js';
import { instanceDict } from '../objects/instance-dict.js';
import { copyChars, shiftOf } from '../objects/str.js';
import { placed } from '../objects/str-make.js';
import { fromJS, intern, strLength, toJS } from '../objects/strings.js';
import { tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import { root, unroot } from '../heap/context.js';
import { offsetArgument } from './io-file.js';
import { enter, leave } from './io-lock.js';
import { anyLineEnd, indexOfChar, newlinesSeen, SEEN_LF, translated, translateStr } from './io-newline.js';
import {
  isExactly,
  method0,
  newIo,
  plainWords,
  setHandle,
  setWord,
  sizeArgument,
  T_STRING_IO,
  T_TEXT_IO_BASE,
  word,
} from './io-object.js';
import { capacityOf, newStorage, storageData } from './io-storage.js';
import { makeStr } from './io-text.js';

const I32 = i32;
const U8 = u8;
const U16 = u16;
const U32 = u32;

const STORAGE = L.RECORD_ITEMS;
/** The newline argument: str, 0 for None. */
const NEWLINE = L.RECORD_ITEMS + 1;
const LENGTH = plainWords(2);
const POSITION = LENGTH + 1;
const SHIFT = LENGTH + 2;
const STATE = LENGTH + 3;
const SEEN = LENGTH + 4;
const LOCK = LENGTH + 5;
const WORDS = 6;

const OK = 1;
const CLOSED = 2;
/** What is written is read with universal newlines; they become '\n'. */
const UNIVERSAL = 4;
const TRANSLATE = 8;

const MOST = 0x3fffff00;
const lengthOf = (o: number): number => word(o, LENGTH);
const shift = (o: number): number => word(o, SHIFT);
const dataOf = (o: number): number => (word(o, STORAGE) === 0 ? 0 : storageData(word(o, STORAGE)));
const has = (o: number, bit: number): boolean => (word(o, STATE) & bit) !== 0;

const closedError = (): 0 => raise('ValueError', 'I/O operation on closed file') as 0;

function check(o: number): 1 | 0 {
  if (!has(o, OK)) return raise('ValueError', 'I/O operation on uninitialized object') as 0;
  return has(o, CLOSED) ? closedError() : 1;
}

const begin = (o: number): 1 | 0 => (check(o) === 0 ? 0 : enter(o, LOCK));
const end = (o: number, value: number): number => leave(o, LOCK, value);

/** A str of characters [from, to). */
const slice = (o: number, from: number, to: number): number => makeStr(dataOf(o), shift(o), from, to);

function putCode(data: number, width: number, i: number, c: number): void {
  if (width === 0) U8[data + i] = c;
  else if (width === 1) U16[(data >>> 1) + i] = c;
  else U32[(data >>> 2) + i] = c;
}

const codeAt = (data: number, width: number, i: number): number =>
  width === 0 ? U8[data + i] : width === 1 ? U16[(data >>> 1) + i] : U32[(data >>> 2) + i];

/** Memory for n characters of 2^width bytes that keeps what is there. */
function reserve(o: number, n: number, width: number): void {
  const old = word(o, STORAGE);
  const same = width === shift(o);
  if (same && n << width <= capacityOf(old)) return;
  const room = same ? Math.min(MOST, Math.max(n, lengthOf(o) + (lengthOf(o) >> 1))) : Math.max(n, lengthOf(o));
  const made = newStorage(Math.max(room << width, 64));
  const [from, to] = [dataOf(o), storageData(made)];
  if (same) U8.copyWithin(to, from, from + (lengthOf(o) << width));
  else for (let i = 0; i < lengthOf(o); i++) putCode(to, width, i, codeAt(from, shift(o), i));
  setHandle(o, STORAGE, made);
  setWord(o, SHIFT, width);
}

/** Writes at the position; what lies between end and position becomes NULs. The lock is held: 1, or 0 with the exception set. */
function put(o: number, given: number): 1 | 0 {
  const text = has(o, UNIVERSAL) || word(o, NEWLINE) !== 0 ? converted(o, given) : given;
  const n = strLength(text);
  if (n === 0) return 1;
  const at = word(o, POSITION);
  if (at + n > MOST >> 2) return raise('OverflowError', 'new position too large') as 0;
  reserve(o, at + n, Math.max(shift(o), shiftOf(text)));
  for (let i = lengthOf(o); i < at; i++) putCode(dataOf(o), shift(o), i, 0);
  copyChars(text, 0, n, dataOf(o), shift(o), at);
  setWord(o, POSITION, at + n);
  if (at + n > lengthOf(o)) setWord(o, LENGTH, at + n);
  return 1;
}

/** Text with the newlines the stream keeps. */
function converted(o: number, given: number): number {
  let text = given;
  if (has(o, UNIVERSAL)) {
    if (toJS(text).includes('\r')) {
      text = translateStr(text, false, has(o, TRANSLATE));
      setWord(o, SEEN, word(o, SEEN) | translated.seen);
    } else if (toJS(text).includes('\n')) setWord(o, SEEN, word(o, SEEN) | SEEN_LF);
  }
  const newline = word(o, NEWLINE);
  const separator = newline === 0 ? '' : toJS(newline);
  if (separator !== '\r' && separator !== '\r\n') return text;
  return fromJS(toJS(text).replaceAll('\n', separator));
}

function write(args: number): number {
  const o = I32[args];
  const text = I32[args + 1];
  if (!has(o, OK)) return check(o);
  if (!isStr(text)) return raise('TypeError', `string argument expected, got '${typeName(text)}'`);
  if (begin(o) === 0) return 0;
  const n = strLength(text);
  return end(o, put(o, text) === 0 ? 0 : intFromNumber(n));
}

function read(args: number): number {
  const o = I32[args];
  const n = sizeArgument(I32[args + 1]);
  if (Number.isNaN(n) || begin(o) === 0) return 0;
  const at = Math.min(word(o, POSITION), lengthOf(o));
  const stop = n < 0 ? lengthOf(o) : Math.min(lengthOf(o), at + n);
  if (stop > at) setWord(o, POSITION, stop);
  return end(o, slice(o, at, stop));
}

/** End of the line from `at` on. */
function lineEnd(o: number, at: number): number {
  const [data, width, n] = [dataOf(o), shift(o), lengthOf(o)];
  const newline = word(o, NEWLINE) === 0 ? '' : toJS(word(o, NEWLINE));
  let stop: number;
  if (has(o, TRANSLATE) || newline === '\n') stop = indexOfChar(data, width, at, n, 10) + 1;
  else if (has(o, UNIVERSAL)) stop = anyLineEnd(data, width, at, n);
  else if (newline === '\r') stop = indexOfChar(data, width, at, n, 13) + 1;
  else stop = pairEnd(data, width, at, n);
  return stop <= 0 ? n : stop;
}

function pairEnd(data: number, width: number, from: number, n: number): number {
  for (let i = from; ; i++) {
    i = indexOfChar(data, width, i, n, 13);
    if (i < 0) return -1;
    if (i + 1 < n && codeAt(data, width, i + 1) === 10) return i + 2;
  }
}

function line(o: number, limit: number): number {
  const at = word(o, POSITION);
  if (at >= lengthOf(o)) return slice(o, 0, 0);
  let stop = lineEnd(o, at);
  if (limit >= 0 && stop - at > limit) stop = at + limit;
  setWord(o, POSITION, stop);
  return slice(o, at, stop);
}

function readline(args: number): number {
  const o = I32[args];
  const n = sizeArgument(I32[args + 1]);
  return Number.isNaN(n) || begin(o) === 0 ? 0 : end(o, line(o, n));
}

function next(o: number): number {
  if (check(o) === 0) return 0;
  const text = isExactly(o, T_STRING_IO) ? nextExact(o) : nextByMethod(o);
  return text === 0 || strLength(text) === 0 ? 0 : text;
}

const nextExact = (o: number): number => (begin(o) === 0 ? 0 : end(o, line(o, -1)));

function nextByMethod(o: number): number {
  const text = method0(o, 'readline');
  if (text === 0 || isStr(text)) return text;
  return raise('OSError', `readline() should have returned a str object, not '${typeName(text)}'`);
}

function truncate(args: number): number {
  const o = I32[args];
  const given = I32[args + 1];
  if (check(o) === 0) return 0;
  if (given !== 0 && given !== H.NONE && !hasIndex(given))
    return raise('TypeError', `argument should be integer or None, not '${typeName(given)}'`);
  const size = given === 0 || given === H.NONE ? word(o, POSITION) : indexNumber(given);
  if (Number.isNaN(size)) return 0;
  if (size < 0) return raise('ValueError', `Negative size value ${size}`);
  if (begin(o) === 0) return 0;
  if (size < lengthOf(o)) setWord(o, LENGTH, size);
  return end(o, intFromNumber(size));
}

/** seek(pos, whence=0): from the end and from here only by nothing. */
function seek(args: number): number {
  const o = I32[args];
  if (check(o) === 0) return 0;
  const to = offsetArgument(I32[args + 1]);
  const whence = I32[args + 2] === 0 ? 0 : indexNumber(I32[args + 2]);
  if (Number.isNaN(to) || Number.isNaN(whence)) return 0;
  if (whence < 0 || whence > 2) return raise('ValueError', `Invalid whence (${whence}, should be 0, 1 or 2)`);
  if (to < 0 && whence === 0) return raise('ValueError', `Negative seek position ${to}`);
  if (whence !== 0 && to !== 0) return raise('OSError', "Can't do nonzero cur-relative seeks");
  if (begin(o) === 0) return 0;
  const at = whence === 0 ? to : whence === 1 ? word(o, POSITION) : lengthOf(o);
  setWord(o, POSITION, Math.min(at, 0x7fffffff));
  return end(o, intFromNumber(at));
}

function getvalue(args: number): number {
  const o = I32[args];
  return begin(o) === 0 ? 0 : end(o, slice(o, 0, lengthOf(o)));
}

function close(args: number): number {
  const o = I32[args];
  setWord(o, STATE, word(o, STATE) | CLOSED);
  setHandle(o, STORAGE, 0);
  setWord(o, LENGTH, 0);
  return H.NONE;
}

/** The newline argument: a str, 0 for None, -1 with the exception set. */
function newlineArgument(h: number): number {
  if (h === 0) return intern('\n');
  if (h === H.NONE) return 0;
  if (!isStr(h)) return raise('TypeError', `newline must be str or None, not ${typeName(h)}`) - 1;
  if (['', '\n', '\r', '\r\n'].includes(toJS(h))) return h;
  return raise('ValueError', `illegal newline value: ${toJS(repr(h))}`) - 1;
}

function setNewline(o: number, newline: number): void {
  const value = newline === 0 ? undefined : toJS(newline);
  setHandle(o, NEWLINE, newline);
  const universal = value === undefined || value === '';
  setWord(o, STATE, OK | (universal ? UNIVERSAL : 0) | (value === undefined ? TRANSLATE : 0));
}

function start(o: number): void {
  setHandle(o, STORAGE, 0);
  for (const w of [LENGTH, POSITION, SHIFT, SEEN]) setWord(o, w, 0);
}

function init(o: number, args: number, n: number, kwnames: number): number {
  const given = placed('StringIO', ['initial_value', 'newline'], args, n, kwnames);
  if (given === undefined) return 0;
  const newline = newlineArgument(given[1]);
  if (newline === -1) return 0;
  const value = given[0] === H.NONE ? 0 : given[0];
  if (value !== 0 && !isStr(value))
    return raise('TypeError', `initial_value must be str or None, not ${typeName(value)}`);
  start(o);
  setNewline(o, newline);
  if (value !== 0 && put(o, value) === 0) return 0;
  setWord(o, POSITION, 0);
  return 1;
}

/** `__getstate__`: contents, newline, position, attributes. */
function getstate(args: number): number {
  const o = I32[args];
  const value = getvalue(args);
  if (value === 0) return 0;
  const slot = root(value);
  const dict = instanceDict(o);
  const state =
    dict === 0
      ? 0
      : tupleOf(
          value,
          word(o, NEWLINE) || H.NONE,
          intFromNumber(word(o, POSITION)),
          dictLen(dict) === 0 ? H.NONE : dictCopy(dict),
        );
  unroot(slot);
  return state;
}

function setstate(args: number): number {
  const [o, state] = [I32[args], I32[args + 1]];
  if (has(o, CLOSED)) return closedError();
  if (!isKind(state, L.KIND_TUPLE) || tupleLength(state) < 4)
    return raise('TypeError', `${typeName(o)}.__setstate__ argument should be 4-tuple, got ${typeName(state)}`);
  const [value, newline, at, dict] = [0, 1, 2, 3].map((i) => tupleItem(state, i));
  const separator = newlineArgument(newline);
  if (separator === -1) return 0;
  if (!isStr(value)) return raise('TypeError', `initial_value must be str or None, not ${typeName(value)}`);
  start(o);
  // What was read with universal newlines is not read again.
  setNewline(o, intern('\n'));
  if (put(o, value) === 0) return 0;
  setNewline(o, separator);
  const position = hasIndex(at) ? indexNumber(at) : Number.NaN;
  if (Number.isNaN(position)) return raise('TypeError', `third item of state must be an integer, got ${typeName(at)}`);
  if (position < 0) return raise('ValueError', 'position value cannot be negative');
  setWord(o, POSITION, position);
  if (dict === H.NONE) return H.NONE;
  if (!isKind(dict, L.KIND_DICT))
    return raise('TypeError', `fourth item of state should be a dict, got a ${typeName(dict)}`);
  return dictUpdateAny(instanceDict(o), dict) === 0 ? 0 : H.NONE;
}

const open =
  (value: number): MethodRow[1] =>
  (args) =>
    check(I32[args]) === 0 ? 0 : value;

defineType({
  id: T_STRING_IO,
  name: 'StringIO',
  module: '_io',
  base: T_TEXT_IO_BASE,
  kind: L.KIND_RECORD,
  dict: true,
  weakrefs: true,
  finalizer: false,
  doc: `Text I/O implementation using an in-memory buffer.

The initial_value argument sets the value of object.  The newline
argument is like the one of TextIOWrapper's constructor.`,
  methods: [
    ['write', write, [1, 1]],
    ['read', read, '(size=-1, /)'],
    ['readline', readline, '(size=-1, /)'],
    ['tell', (args) => (check(I32[args]) === 0 ? 0 : intFromNumber(word(I32[args], POSITION))), [0, 0]],
    ['seek', seek, '(pos, whence=0, /)'],
    ['truncate', truncate, '(pos=None, /)'],
    ['getvalue', getvalue, [0, 0]],
    ['close', close, [0, 0]],
    ['seekable', open(H.TRUE), [0, 0]],
    ['readable', open(H.TRUE), [0, 0]],
    ['writable', open(H.TRUE), [0, 0]],
    ['__getstate__', getstate, [0, 0]],
    ['__setstate__', setstate, [1, 1]],
  ],
  getset: [
    { name: 'closed', get: (o) => (has(o, OK) ? H.fromBool(has(o, CLOSED)) : check(o)) },
    { name: 'newlines', get: (o) => (check(o) === 0 ? 0 : has(o, UNIVERSAL) ? newlinesSeen(word(o, SEEN)) : H.NONE) },
    { name: 'line_buffering', get: (o) => (check(o) === 0 ? 0 : H.FALSE) },
  ],
  slots: { create: (type) => newIo(type, 2, WORDS), init, next },
});
