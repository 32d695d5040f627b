/** The error handlers that are there from the start, as functions of an exception: codecs.strict_errors and its like. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call2, getAttr } from '../objects/abstract.js';
import { bytesData, bytesFromU8 } from '../objects/bytes.js';
import type { MethodRow } from '../objects/define.js';
import { exceptionType, raise, setException, typeName } from '../objects/exceptions.js';
import { isKind, isStr, isSubtype, typeOf } from '../objects/object.js';
import { escapeChar, fromCodePoints } from '../objects/str.js';
import { fromJS, intern, strCharAt, strLength, toJS } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';

const I32 = i32;

interface Fault {
  readonly kind: 'encode' | 'decode' | 'translate';
  /** Code points or bytes that cannot be coded. */
  readonly bad: readonly number[];
  readonly start: number;
  readonly end: number;
  readonly encoding: string;
  /** Bytes from the fault on (decoding). */
  readonly rest: readonly number[];
}

const KINDS = [
  ['UnicodeEncodeError', 'encode'],
  ['UnicodeDecodeError', 'decode'],
  ['UnicodeTranslateError', 'translate'],
] as const;

const clamp = (n: number, low: number, high: number): number => Math.max(low, Math.min(n, high));

/** What a Unicode exception tells; undefined for other values. */
function faultOf(e: number): Fault | undefined {
  const row = KINDS.find(([name]) => isSubtype(typeOf(e), exceptionType(name)));
  if (row === undefined) return undefined;
  const w = e >>> 2;
  const object = I32[w + L.EXCEPTION_B];
  const units = isStr(object)
    ? Array.from({ length: strLength(object) }, (_, i) => strCharAt(object, i))
    : isKind(object, L.KIND_BYTES)
      ? [...bytesData(object)]
      : [];
  const start = clamp(I32[w + L.EXCEPTION_C] >> 1, 0, Math.max(0, units.length - 1));
  const end = clamp(I32[w + L.EXCEPTION_D] >> 1, Math.min(1, units.length), units.length);
  const encoding = I32[w + L.EXCEPTION_A];
  return {
    kind: row[1],
    bad: units.slice(start, end),
    start,
    end,
    encoding: row[1] !== 'translate' && isStr(encoding) ? toJS(encoding) : '',
    rest: units.slice(start),
  };
}

const wrongKind = (e: number): number =>
  raise('TypeError', `don't know how to handle ${typeName(e)} in error callback`);

/** (replacement, position behind the fault). */
const text = (points: readonly number[], next: number): number => tupleOf(fromCodePoints([...points]), H.small(next));
const chars = (s: string): number[] => [...s].map((c) => c.codePointAt(0)!);

type Handle = (f: Fault, e: number) => number;

/** Only for these kinds of faults. */
const on =
  (kinds: string, handle: Handle): Handle =>
  (f, e) =>
    kinds.includes(f.kind) ? handle(f, e) : wrongKind(e);

const REPLACEMENTS: Readonly<Record<Fault['kind'], (f: Fault) => number[]>> = {
  encode: (f) => f.bad.map(() => 63),
  decode: () => [0xfffd],
  translate: (f) => f.bad.map(() => 0xfffd),
};

/** `\N{...}` of a character, its escape when it has no name. */
function named(c: number): string {
  const unicodedata = importModule(currentEnvironment(), 'unicodedata');
  const f = unicodedata === 0 ? 0 : getAttr(unicodedata, intern('name'));
  const name = f === 0 ? 0 : call2(f, fromCodePoints([c]), fromJS(''));
  const s = name === 0 ? '' : toJS(name);
  return s === '' ? escapeChar(c) : `\\N{${s}}`;
}

function nameReplace(f: Fault): number {
  let out = '';
  for (const c of f.bad) out += named(c);
  return text(chars(out), f.end);
}

function surrogateEscape(f: Fault, e: number): number {
  if (f.kind === 'encode') {
    if (f.bad.some((c) => c < 0xdc80 || c > 0xdcff)) return setException(e);
    return tupleOf(bytesFromU8(f.bad.map((c) => c - 0xdc00)), H.small(f.end));
  }
  const low = f.bad.slice(0, 4).findIndex((b) => b < 128);
  const n = low < 0 ? Math.min(f.bad.length, 4) : low;
  return n === 0
    ? setException(e)
    : text(
        f.bad.slice(0, n).map((b) => 0xdc00 + b),
        f.start + n,
      );
}

/** Bytes a unit, and order, of the encodings that may carry surrogates; undefined for others. */
function surrogateForm(encoding: string): { size: number; big: boolean } | undefined {
  const name = encoding.toLowerCase().replace(/[-_]/g, '');
  if (name === 'utf8' || name === 'cp65001') return { size: 3, big: true };
  const match = /^utf(16|32)(le|be)?$/.exec(name);
  return match === null ? undefined : { size: Number(match[1]) / 8, big: match[2] === 'be' };
}

function surrogateBytes(c: number, { size, big }: { size: number; big: boolean }): number[] {
  if (size === 3) return [0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63)];
  const bytes = Array.from({ length: size }, (_, i) => (c >>> (8 * i)) & 255);
  return big ? bytes.reverse() : bytes;
}

/** The surrogate that the bytes at the fault stand for; 0 when they are none. */
function surrogateAt(rest: readonly number[], { size, big }: { size: number; big: boolean }): number {
  if (rest.length < size) return 0;
  const bytes = rest.slice(0, size);
  if (size === 3) {
    const good = (bytes[0]! & 0xf0) === 0xe0 && (bytes[1]! & 0xc0) === 0x80 && (bytes[2]! & 0xc0) === 0x80;
    return good ? ((bytes[0]! & 15) << 12) | ((bytes[1]! & 63) << 6) | (bytes[2]! & 63) : 0;
  }
  return (big ? bytes : bytes.reverse()).reduce((n, b) => n * 256 + b, 0);
}

const isSurrogate = (c: number): boolean => c >= 0xd800 && c <= 0xdfff;

function surrogatePass(f: Fault, e: number): number {
  const form = surrogateForm(f.encoding);
  if (form === undefined) return setException(e);
  if (f.kind === 'encode') {
    if (!f.bad.every(isSurrogate)) return setException(e);
    return tupleOf(bytesFromU8(f.bad.flatMap((c) => surrogateBytes(c, form))), H.small(f.end));
  }
  const c = surrogateAt(f.rest, form);
  return isSurrogate(c) ? text([c], f.start + form.size) : setException(e);
}

const HANDLERS: readonly (readonly [string, Handle])[] = [
  ['strict', (_f, e) => setException(e)],
  ['ignore', on('encode decode translate', (f) => text([], f.end))],
  ['replace', on('encode decode translate', (f) => text(REPLACEMENTS[f.kind](f), f.end))],
  ['xmlcharrefreplace', on('encode', (f) => text(chars(f.bad.map((c) => `&#${c};`).join('')), f.end))],
  ['backslashreplace', on('encode decode translate', (f) => text(chars(f.bad.map(escapeChar).join('')), f.end))],
  ['namereplace', on('encode', nameReplace)],
  ['surrogatepass', on('encode decode', surrogatePass)],
  ['surrogateescape', on('encode decode', surrogateEscape)],
];

/** strict takes any exception, the others only Unicode's. */
function run(name: string, handle: Handle, e: number): number {
  if (name === 'strict') {
    if (isKind(e, L.KIND_EXCEPTION)) return setException(e);
    return raise('TypeError', 'codec must pass exception instance');
  }
  const f = faultOf(e);
  if (f === undefined) return wrongKind(e);
  const slot = root(e);
  const r = handle(f, e);
  unroot(slot);
  return r;
}

/** Rows of functions `strict_errors` and so on, by the names they are registered under. */
export const handlerFunctions: readonly MethodRow[] = HANDLERS.map(([name, handle]) => [
  `${name}_errors`,
  (args) => run(name, handle, I32[args]),
  [1, 1],
]);
export const HANDLER_NAMES: readonly string[] = HANDLERS.map(([name]) => name);
