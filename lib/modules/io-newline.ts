/** Newlines of text that is read: finding line ends, '\r\n' and '\r' to '\n', and the type IncrementalNewlineDecoder. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32, u16, u32, u8 } from '../heap/memory.js';
import { index, isTrue } from '../objects/abstract.js';
import { bytesFromU8 } from '../objects/bytes.js';
import { defineType } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromBigInt, intToBigInt } from '../objects/int.js';
import { isKind, isStr } from '../objects/object.js';
import { fromCodePoints, shiftOf } from '../objects/str.js';
import { placed } from '../objects/str-make.js';
import { fromJS, strCharAt, strLength } from '../objects/strings.js';
import { tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import {
  method0,
  method1,
  method2,
  newIo,
  plainWords,
  setHandle,
  setWord,
  T_NEWLINE_DECODER,
  word,
} from './io-object.js';

const I32 = i32;
const U8 = u8;
const U16 = u16;
const U32 = u32;
const SPACE = atomics;
const LF = 10;
const CR = 13;

/** Kinds of newlines seen. */
export const SEEN_CR = 1;
export const SEEN_LF = 2;
export const SEEN_CRLF = 4;

/** What `newlines` shows for the kinds seen. */
export function newlinesSeen(seen: number): number {
  const kinds = [
    [SEEN_CR, '\r'],
    [SEEN_LF, '\n'],
    [SEEN_CRLF, '\r\n'],
  ] as const;
  const found = kinds.filter(([bit]) => (seen & bit) !== 0).map(([, text]) => fromJS(text));
  return found.length === 0 ? H.NONE : found.length === 1 ? found[0] : tupleOf(...found);
}

/** Index of the first character `c` in [from, to) of text of this width; -1: none. */
export function indexOfChar(data: number, shift: number, from: number, to: number, c: number): number {
  if (shift === 0) {
    if (to <= from) return -1;
    const at = (SPACE.indexOfByte(data + from, data + to, c) >>> 0) - data;
    return at === to ? -1 : at;
  } else if (shift === 1) {
    const base = data >>> 1;
    for (let i = from; i < to; i++) if (U16[base + i] === c) return i;
  } else {
    const base = data >>> 2;
    for (let i = from; i < to; i++) if (U32[base + i] === c) return i;
  }
  return -1;
}

/** End of the next line of any kind in [from, to), behind its newline; -1: none. */
export function anyLineEnd(data: number, shift: number, from: number, to: number): number {
  const lf = indexOfChar(data, shift, from, to, LF);
  const cr = indexOfChar(data, shift, from, lf < 0 ? to : lf, CR);
  if (cr < 0) return lf < 0 ? -1 : lf + 1;
  return lf === cr + 1 ? lf + 1 : cr + 1;
}

/** Result of translate: characters in the target, kinds of newlines met. */
export const translated = { count: 0, seen: 0 };

/**
 * Copies n characters at `data` to `target`, where '\r\n' and '\r' become '\n' if `change`; `held`: a '\r' comes first. Both have the same
 * width.
 */
export function translateNewlines(
  data: number,
  shift: number,
  n: number,
  held: boolean,
  target: number,
  change: boolean,
): void {
  const A = shift === 0 ? U8 : shift === 1 ? U16 : U32;
  const from = data >>> shift;
  const to = target >>> shift;
  let at = 0;
  let seen = 0;
  let i = held ? -1 : 0;
  while (i < n) {
    const c = i < 0 ? CR : A[from + i];
    i++;
    if (c === LF) seen |= SEEN_LF;
    if (c !== CR) {
      A[to + at++] = c;
      continue;
    }
    const pair = i < n && A[from + i] === LF;
    seen |= pair ? SEEN_CRLF : SEEN_CR;
    if (pair) i++;
    if (change) A[to + at++] = LF;
    else {
      A[to + at++] = CR;
      if (pair) A[to + at++] = LF;
    }
  }
  translated.count = at;
  translated.seen = seen;
}

// ---------------------------------------------------------------- IncrementalNewlineDecoder

const DECODER = L.RECORD_ITEMS;
const ERRORS = L.RECORD_ITEMS + 1;
const TRANSLATE = plainWords(2);
const HELD = TRANSLATE + 1;
const SEEN = TRANSLATE + 2;
const OK = TRANSLATE + 3;

function init(o: number, args: number, n: number, kwnames: number): number {
  const given = placed('IncrementalNewlineDecoder', ['decoder', 'translate', 'errors'], args, n, kwnames);
  if (given === undefined) return 0;
  for (const [i, name] of ['decoder', 'translate'].entries())
    if (given[i] === 0)
      return raise('TypeError', `IncrementalNewlineDecoder() missing required argument '${name}' (pos ${i + 1})`);
  const translate = isTrue(given[1]);
  if (translate < 0) return 0;
  setHandle(o, DECODER, given[0] === H.NONE ? 0 : given[0]);
  setHandle(o, ERRORS, given[2]);
  setWord(o, TRANSLATE, translate);
  setWord(o, HELD, 0);
  setWord(o, SEEN, 0);
  setWord(o, OK, 1);
  return 1;
}

const uninitialised = (): 0 => raise('ValueError', 'IncrementalNewlineDecoder.__init__() not called') as 0;

/** Newlines of a str, with the '\r' held back before: the new str. */
export function translateStr(h: number, held: boolean, change: boolean): number {
  const n = strLength(h);
  const points = new Uint32Array(n + 1);
  let at = 0;
  let seen = 0;
  for (let i = held ? -1 : 0; i < n; i++) {
    const c = i < 0 ? CR : strCharAt(h, i);
    if (c === LF) seen |= SEEN_LF;
    if (c !== CR) points[at++] = c;
    else {
      const pair = i + 1 < n && strCharAt(h, i + 1) === LF;
      seen |= pair ? SEEN_CRLF : SEEN_CR;
      if (pair) i++;
      if (!change) points[at++] = CR;
      if (change || pair) points[at++] = LF;
    }
  }
  translated.seen = seen;
  return fromCodePoints(points.subarray(0, at));
}

const endsWithCr = (h: number): boolean => strLength(h) > 0 && strCharAt(h, strLength(h) - 1) === CR;

/** decode(input, final=False). */
function decode(args: number): number {
  const o = I32[args];
  if (word(o, OK) === 0) return uninitialised();
  const final = I32[args + 2] === 0 ? 0 : isTrue(I32[args + 2]);
  if (final < 0) return 0;
  const decoder = word(o, DECODER);
  const output = decoder === 0 ? I32[args + 1] : method2(decoder, 'decode', I32[args + 1], H.fromBool(final === 1));
  if (output === 0) return 0;
  if (!isStr(output)) return raise('TypeError', `decoder should return a string result, not '${typeName(output)}'`);
  return feed(o, output, final === 1);
}

function feed(o: number, output: number, final: boolean): number {
  const held = word(o, HELD) === 1 && (final || strLength(output) > 0);
  if (held) setWord(o, HELD, 0);
  let text = output;
  if (!final && endsWithCr(output)) {
    setWord(o, HELD, 1);
    text = fromCodePoints(Uint32Array.from({ length: strLength(output) - 1 }, (_, i) => strCharAt(output, i)));
  }
  const none = !held && (shiftOf(text) > 0 || strLength(text) > 0) && !hasChar(text, CR);
  if (none) {
    if (word(o, SEEN) === 0 && hasChar(text, LF)) setWord(o, SEEN, SEEN_LF);
    else if (hasChar(text, LF)) setWord(o, SEEN, word(o, SEEN) | SEEN_LF);
    return text;
  }
  const made = translateStr(text, held, word(o, TRANSLATE) === 1);
  setWord(o, SEEN, word(o, SEEN) | translated.seen);
  return made;
}

function hasChar(h: number, c: number): boolean {
  if ((h & 7) !== 0) return H.charCode(h) === c;
  return indexOfChar(I32[(h >>> 2) + L.STR_DATA] >>> 0, shiftOf(h), 0, strLength(h), c) >= 0;
}

/** getstate(): that of the decoder, its flags shifted, with the '\r' held back as lowest bit. */
function getstate(args: number): number {
  const o = I32[args];
  if (word(o, OK) === 0) return uninitialised();
  const decoder = word(o, DECODER);
  if (decoder === 0) return tupleOf(bytesFromU8([]), H.small(word(o, HELD)));
  const state = method0(decoder, 'getstate');
  if (state === 0) return 0;
  if (!isKind(state, L.KIND_TUPLE) || tupleLength(state) !== 2) return raise('TypeError', 'illegal decoder state');
  const flags = index(tupleItem(state, 1));
  if (flags === 0) return 0;
  return tupleOf(tupleItem(state, 0), intFromBigInt((intToBigInt(flags) << 1n) | BigInt(word(o, HELD))));
}

function setstate(args: number): number {
  const [o, state] = [I32[args], I32[args + 1]];
  if (word(o, OK) === 0) return uninitialised();
  if (!isKind(state, L.KIND_TUPLE)) return raise('TypeError', 'state argument must be a tuple');
  if (tupleLength(state) !== 2) return raise('TypeError', 'setstate(): illegal state argument');
  const flags = index(tupleItem(state, 1));
  if (flags === 0) return 0;
  const all = intToBigInt(flags);
  setWord(o, HELD, Number(all & 1n));
  if (word(o, DECODER) === 0) return H.NONE;
  const inner = tupleOf(tupleItem(state, 0), intFromBigInt(all >> 1n));
  return method1(word(o, DECODER), 'setstate', inner);
}

function reset(args: number): number {
  const o = I32[args];
  if (word(o, OK) === 0) return uninitialised();
  setWord(o, SEEN, 0);
  setWord(o, HELD, 0);
  return word(o, DECODER) === 0 ? H.NONE : method0(word(o, DECODER), 'reset');
}

defineType({
  id: T_NEWLINE_DECODER,
  name: 'IncrementalNewlineDecoder',
  module: '_io',
  kind: L.KIND_RECORD,
  dict: true,
  doc: `Codec used when reading a file in universal newlines mode.

It wraps another incremental decoder, translating \\r\\n and \\r into \\n.
It also records the types of newlines encountered.  When used with
translate=False, it ensures that the newline sequence is returned in
one piece. When used with decoder=None, it expects unicode strings as
decode input and translates newlines without first invoking an external
decoder.`,
  methods: [
    ['decode', decode, '(input, final=False)'],
    ['getstate', getstate, [0, 0]],
    ['setstate', setstate, [1, 1]],
    ['reset', reset, [0, 0]],
  ],
  getset: [{ name: 'newlines', get: (o) => (word(o, OK) === 0 ? uninitialised() : newlinesSeen(word(o, SEEN))) }],
  slots: { create: (type) => newIo(type, 2, 4), init },
});
