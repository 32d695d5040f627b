/** Methods of str that search, split, strip, join and replace. */
import * as H from '../heap/handles.js';
import { i32, u8 } from '../heap/memory.js';
import { indexNumber, iterate, lookupSpecial } from './abstract.js';
import type { MethodRow } from './define.js';
import { raise, typeName } from './exceptions.js';
import { hasIndex } from './abstract.js';
import { intFromNumber } from './int.js';
import { newListFromArray, listFromIterable, plainItems } from './list.js';
import * as N from './names.js';
import { isKind, isStr, slotId, typeOf } from './object.js';
import { slots } from './slots.js';
import * as L from '../heap/layout.generated.js';
import {
  countLatin,
  isAscii,
  isAsciiText,
  joinWith,
  matchesAt,
  MAX_BYTES,
  plainCopy,
  shiftOf,
  spliceAscii,
  strFind,
  strRfind,
  strSlice,
} from './str.js';
import { EMPTY, strCharAt, strLength } from './strings.js';
import { tupleItem, tupleLength, tupleOf } from './tuple.js';

const I32 = i32;
const U8 = u8;

/** str.isspace of one character. */
export const isSpace = (c: number): boolean =>
  (c >= 9 && c <= 13) ||
  (c >= 0x1c && c <= 0x20) ||
  c === 0x85 ||
  c === 0xa0 ||
  c === 0x1680 ||
  (c >= 0x2000 && c <= 0x200a) ||
  c === 0x2028 ||
  c === 0x2029 ||
  c === 0x202f ||
  c === 0x205f ||
  c === 0x3000;

const range = { start: 0, stop: 0 };

/** One of the optional bounds of find, count, startswith ...: NaN with the exception set. */
function bound(h: number, fallback: number, n: number): number {
  if (h === 0 || h === H.NONE) return fallback;
  if ((h & 1) === 0 && !hasIndex(h)) {
    raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
    return Number.NaN;
  }
  const i = indexNumber(h);
  return i < 0 ? Math.max(0, i + n) : i;
}

/** Reads start and stop (argument words `at`, `at + 1` of n words) into `range`. A start beyond the end stays there. */
export function readRange(args: number, n: number, at: number, length: number): boolean {
  range.start = bound(n > at ? I32[args + at]! : 0, 0, length);
  if (Number.isNaN(range.start)) return false;
  const stop = bound(n > at + 1 ? I32[args + at + 1]! : 0, length, length);
  range.stop = Math.min(stop, length);
  return !Number.isNaN(stop);
}

type Search = (h: number, needle: number, start: number, stop: number) => number;

function searcher(name: string, search: Search, missing: boolean): (args: number, n: number) => number {
  return (args, n) => {
    const h = I32[args]!;
    const needle = I32[args + 1]!;
    if (!isStr(needle)) return raise('TypeError', `${name}() argument 1 must be str, not ${argName(needle)}`);
    if (!readRange(args, n, 2, strLength(h))) return 0;
    const i = range.start > range.stop ? -1 : search(h, needle, range.start, range.stop);
    return i < 0 && missing ? raise('ValueError', 'substring not found') : intFromNumber(i);
  };
}

/** How argument errors name a value's class. */
export const argName = (h: number): string => (h === H.NONE ? 'None' : typeName(h));

function countIn(h: number, needle: number, start: number, stop: number): number {
  const m = strLength(needle);
  if (m === 0) return stop - start + 1;
  if ((h & 7) === 0 && m === 1 && shiftOf(h) === 0) return countLatin(h, strCharAt(needle, 0), start, stop);
  let n = 0;
  for (let i = strFind(h, needle, start, stop); i >= 0; i = strFind(h, needle, i + m, stop)) n++;
  return n;
}

function count(args: number, n: number): number {
  const h = I32[args]!;
  if (!isStr(I32[args + 1]!))
    return raise('TypeError', `count() argument 1 must be str, not ${argName(I32[args + 1]!)}`);
  if (!readRange(args, n, 2, strLength(h))) return 0;
  return intFromNumber(range.start > range.stop ? 0 : countIn(h, I32[args + 1]!, range.start, range.stop));
}

function fixAt(h: number, fix: number, atEnd: boolean): boolean {
  const m = strLength(fix);
  if (range.start > range.stop || m > range.stop - range.start) return false;
  return matchesAt(h, fix, atEnd ? range.stop - m : range.start);
}

const fixTest =
  (name: string, atEnd: boolean) =>
  (args: number, n: number): number => {
    const h = I32[args]!;
    const fix = I32[args + 1]!;
    if (!readRange(args, n, 2, strLength(h))) return 0;
    if (isStr(fix)) return H.fromBool(fixAt(h, fix, atEnd));
    if (!isKind(fix, L.KIND_TUPLE))
      return raise('TypeError', `${name} first arg must be str or a tuple of str, not ${typeName(fix)}`);
    for (let i = 0; i < tupleLength(fix); i++) {
      const one = tupleItem(fix, i);
      if (!isStr(one)) return raise('TypeError', `tuple for ${name} must only contain str, not ${typeName(one)}`);
      if (fixAt(h, one, atEnd)) return H.TRUE;
    }
    return H.FALSE;
  };

/** By code point: is it white space? Of the characters that take one byte. */
const NARROW_SPACE = Uint8Array.from({ length: 256 }, (_, c) => (isSpace(c) ? 1 : 0));

/** As splitSpace, from the left and without a limit, of a string whose characters take one byte. */
function splitNarrow(h: number): number[] {
  const start = I32[(h >>> 2) + L.STR_DATA]! >>> 0;
  const end = start + strLength(h);
  const out: number[] = [];
  for (let i = start; ; ) {
    while (i < end && NARROW_SPACE[U8[i]!] === 1) i++;
    if (i === end) return out;
    const from = i;
    while (i < end && NARROW_SPACE[U8[i]!] === 0) i++;
    out.push(strSlice(h, from - start, i - start, 1));
  }
}

function splitSpace(h: number, most: number, right: boolean): number[] {
  if (!right && most < 0 && (h & 7) === 0 && shiftOf(h) === 0) return splitNarrow(h);
  const n = strLength(h);
  const out: number[] = [];
  let i = right ? n - 1 : 0;
  const step = right ? -1 : 1;
  const inside = (k: number): boolean => k >= 0 && k < n;
  for (;;) {
    while (inside(i) && isSpace(strCharAt(h, i))) i += step;
    if (!inside(i)) break;
    const from = i;
    if (out.length === most) i = right ? -1 : n;
    else while (inside(i) && !isSpace(strCharAt(h, i))) i += step;
    out.push(right ? strSlice(h, i + 1, from + 1, 1) : strSlice(h, from, i, 1));
  }
  return right ? out.reverse() : out;
}

function splitBy(h: number, sep: number, most: number, right: boolean): number[] {
  const m = strLength(sep);
  const out: number[] = [];
  let low = 0;
  let high = strLength(h);
  while (out.length !== most) {
    const i = right ? strRfind(h, sep, low, high) : strFind(h, sep, low, high);
    if (i < 0) break;
    out.push(right ? strSlice(h, i + m, high, 1) : strSlice(h, low, i, 1));
    if (right) high = i;
    else low = i + m;
  }
  out.push(strSlice(h, low, high, 1));
  return right ? out.reverse() : out;
}

const splitter =
  (right: boolean) =>
  (args: number): number => {
    const [h, sep, limit] = [I32[args]!, I32[args + 1]!, I32[args + 2]!];
    const most = limit === 0 ? -1 : indexNumber(limit);
    if (Number.isNaN(most)) return 0;
    if (sep === 0 || sep === H.NONE) return newListFromArray(splitSpace(h, most < 0 ? -1 : most, right));
    if (!isStr(sep)) return raise('TypeError', `must be str or None, not ${typeName(sep)}`);
    if (strLength(sep) === 0) return raise('ValueError', 'empty separator');
    return newListFromArray(splitBy(h, sep, most < 0 ? -1 : most, right));
  };

const isBreak = (c: number): boolean =>
  (c >= 10 && c <= 13) || (c >= 0x1c && c <= 0x1e) || c === 0x85 || c === 0x2028 || c === 0x2029;

/** Lines of `h`; their ends are kept when `keep`. */
export function splitLines(h: number, keep: boolean): number[] {
  const n = strLength(h);
  const out: number[] = [];
  for (let i = 0; i < n; ) {
    const from = i;
    while (i < n && !isBreak(strCharAt(h, i))) i++;
    const end = i;
    if (i < n) i += strCharAt(h, i) === 13 && i + 1 < n && strCharAt(h, i + 1) === 10 ? 2 : 1;
    out.push(strSlice(h, from, keep ? i : end, 1));
  }
  return out;
}

const stripper =
  (name: string, left: boolean, right: boolean) =>
  (args: number, n: number): number => {
    const h = I32[args]!;
    const chars = n > 1 ? I32[args + 1]! : H.NONE;
    if (chars !== H.NONE && !isStr(chars)) return raise('TypeError', `${name} arg must be None or str`);
    const strips = (c: number): boolean =>
      chars === H.NONE ? isSpace(c) : strFind(chars, H.char(c), 0, strLength(chars)) >= 0;
    let start = 0;
    let stop = strLength(h);
    if (left) while (start < stop && strips(strCharAt(h, start))) start++;
    if (right) while (stop > start && strips(strCharAt(h, stop - 1))) stop--;
    return strSlice(h, start, stop, 1);
  };

function joinList(iterable: number): number {
  return isIterable(iterable) ? listFromIterable(iterable) : raise('TypeError', 'can only join an iterable');
}

const isIterable = (h: number): boolean =>
  slots.iter[slotId(h)] !== undefined ||
  lookupSpecial(typeOf(h), N.N_ITER) !== 0 ||
  lookupSpecial(typeOf(h), N.N_GETITEM) !== 0;

/** separator.join(iterable). */
export function joinIterable(separator: number, iterable: number): number {
  const list = isKind(iterable, L.KIND_TUPLE) || isKind(iterable, L.KIND_LIST) ? iterable : joinList(iterable);
  if (list === 0) return 0;
  const items = plainItems(list) ?? collect(list);
  const wrong = items.findIndex((h) => !isStr(h));
  if (wrong >= 0)
    return raise('TypeError', `sequence item ${wrong}: expected str instance, ${typeName(items[wrong]!)} found`);
  return joinWith(separator, items);
}

function collect(h: number): number[] {
  const items: number[] = [];
  iterate(h, (v) => void items.push(v));
  return items;
}

/** replaceStr for ASCII: 0 when the result would be no string object, or too long for one. */
function replaceAscii(h: number, old: number, by: number, most: number): number {
  const n = strLength(h);
  const m = strLength(old);
  const places: number[] = [];
  for (let from = 0; places.length !== most; from = places.at(-1)! + m) {
    const at = strFind(h, old, from, n);
    if (at < 0) break;
    places.push(at);
  }
  if (places.length === 0) return plainCopy(h);
  const length = n + places.length * (strLength(by) - m);
  return length < 2 || length > MAX_BYTES ? 0 : spliceAscii(h, m, places, by, length);
}

/** Replaces at most `most` (-1: all) occurrences. */
export function replaceStr(h: number, old: number, by: number, most: number): number {
  const m = strLength(old);
  const short = m > 0 && isAsciiText(h) && isAscii(by) ? replaceAscii(h, old, by, most) : 0;
  if (short !== 0) return short;
  const n = strLength(h);
  const parts: number[] = [];
  let from = 0;
  let at = 0;
  while (
    parts.length !== most &&
    (at = m === 0 ? (parts.length === 0 ? 0 : from + 1) : strFind(h, old, from, n)) >= 0 &&
    at <= n
  ) {
    parts.push(strSlice(h, from, at, 1));
    from = m === 0 ? at : at + m;
  }
  if (parts.length === 0) return plainCopy(h);
  parts.push(strSlice(h, from, n, 1));
  return joinWith(by, parts);
}

function replace(args: number): number {
  const [h, old, by, limit] = [I32[args]!, I32[args + 1]!, I32[args + 2]!, I32[args + 3]!];
  if (!isStr(old)) return raise('TypeError', `replace() argument 1 must be str, not ${argName(old)}`);
  if (!isStr(by)) return raise('TypeError', `replace() argument 2 must be str, not ${argName(by)}`);
  const most = limit === 0 ? -1 : indexNumber(limit);
  return Number.isNaN(most) ? 0 : replaceStr(h, old, by, most < 0 ? -1 : most);
}

const partitioner =
  (right: boolean) =>
  (args: number): number => {
    const [h, sep] = [I32[args]!, I32[args + 1]!];
    if (!isStr(sep)) return raise('TypeError', `must be str, not ${typeName(sep)}`);
    const m = strLength(sep);
    if (m === 0) return raise('ValueError', 'empty separator');
    const n = strLength(h);
    const i = right ? strRfind(h, sep, 0, n) : strFind(h, sep, 0, n);
    if (i < 0) return right ? tupleOf(EMPTY, EMPTY, plainCopy(h)) : tupleOf(plainCopy(h), EMPTY, EMPTY);
    return tupleOf(strSlice(h, 0, i, 1), sep, strSlice(h, i + m, n, 1));
  };

const fixRemover =
  (name: string, atEnd: boolean) =>
  (args: number): number => {
    const [h, fix] = [I32[args]!, I32[args + 1]!];
    if (!isStr(fix)) return raise('TypeError', `${name}() argument must be str, not ${argName(fix)}`);
    const n = strLength(h);
    const m = strLength(fix);
    if (m === 0 || m > n || !matchesAt(h, fix, atEnd ? n - m : 0)) return plainCopy(h);
    return atEnd ? strSlice(h, 0, n - m, 1) : strSlice(h, m, n, 1);
  };

export const SEARCH_METHODS: readonly MethodRow[] = [
  ['find', searcher('find', strFind, false), [1, 3]],
  ['rfind', searcher('rfind', strRfind, false), [1, 3]],
  ['index', searcher('index', strFind, true), [1, 3]],
  ['rindex', searcher('rindex', strRfind, true), [1, 3]],
  ['count', count, [1, 3]],
  ['startswith', fixTest('startswith', false), [1, 3]],
  ['endswith', fixTest('endswith', true), [1, 3]],
  ['split', splitter(false), '(sep=None, maxsplit=-1)'],
  ['rsplit', splitter(true), '(sep=None, maxsplit=-1)'],
  [
    'splitlines',
    (args) =>
      newListFromArray(
        splitLines(I32[args]!, I32[args + 1]! !== 0 && I32[args + 1] !== H.FALSE && I32[args + 1] !== 1),
      ),
    '(keepends=False)',
  ],
  ['strip', stripper('strip', true, true), [0, 1]],
  ['lstrip', stripper('lstrip', true, false), [0, 1]],
  ['rstrip', stripper('rstrip', false, true), [0, 1]],
  ['join', (args) => joinIterable(I32[args]!, I32[args + 1]!), [1, 1]],
  ['replace', replace, '(old, new, /, count=-1)'],
  ['partition', partitioner(false), [1, 1]],
  ['rpartition', partitioner(true), [1, 1]],
  ['removeprefix', fixRemover('removeprefix', false), [1, 1]],
  ['removesuffix', fixRemover('removesuffix', true), [1, 1]],
];
