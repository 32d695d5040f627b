/** Making strings from Python: the constructor, encode, maketrans, translate. */
import { IntVector } from './int-vector.js';
import { rootAll } from '../heap/hold.js';
import { allocBytes } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { root, unroot } from '../heap/context.js';
import { asciiHook, getItem, hasIndex, indexNumber, str } from './abstract.js';
import { bytesCopy, bytesFromU8 } from './bytes.js';
import { bufferOf } from './byte-buffer.js';
import { decodeBytes, encodeStr } from './codecs.js';
import type { MethodRow } from './define.js';
import { dictSet, dictSnapshot, newDict } from './dict.js';
import { clearException, pendingIs, raise, typeName } from './exceptions.js';
import { smallDecimal } from './int-digits.js';
import { isInt, isKind, isStr } from './object.js';
import { copyChars, escapeChar, fromCodePoints, isAscii, isAsciiText, plainCopy, shiftOf } from './str.js';
import { argName } from './str-search.js';
import { EMPTY, fromJS, STR_ASCII, strCharAt, strLength, toJS } from './strings.js';
import { tupleItem, tupleLength } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;

asciiHook.ascii = (h) => {
  if (isAscii(h)) return h;
  let out = '';
  for (let i = 0; i < strLength(h); i++) {
    const c = strCharAt(h, i);
    out += c < 128 ? String.fromCharCode(c) : escapeChar(c);
  }
  return fromJS(out);
};

/** The characters of `h` as an instance of a subclass of str; its last word is for the attributes. */
function subclassStr(type: number, h: number): number {
  const n = strLength(h);
  const shift = shiftOf(h);
  const head = L.STR_INLINE * 4;
  const cells = (head + (n << shift) + 63 + 64) >>> 6;
  const s = allocBytes(cells * 64);
  const w = s >>> 2;
  I32.fill(0, w, w + cells * 16);
  I32[w] = L.KIND_STR | L.FLAG_SUBCLASS | (shift << 12) | (isAscii(h) ? STR_ASCII : 0);
  I32[w + 1] = cells;
  I32[w + 2] = type;
  I32[w + L.STR_LENGTH] = n;
  I32[w + L.STR_DATA] = s + head;
  copyChars(h, 0, n, s + head, shift, 0);
  return s;
}

/** Name of an encoding or error handler argument; undefined with TypeError set. */
export function codecName(h: number, fallback: string, who: string, which: string): string | undefined {
  if (h === 0) return fallback;
  if (isStr(h)) return toJS(h);
  raise('TypeError', `${who}() argument '${which}' must be str, not ${argName(h)}`);
  return undefined;
}

function decodeArgument(h: number, encoding: number, errors: number): number {
  const named = codecName(encoding, 'utf-8', 'str', 'encoding');
  const handler = named === undefined ? undefined : codecName(errors, 'strict', 'str', 'errors');
  if (named === undefined || handler === undefined) return 0;
  if (isStr(h)) return raise('TypeError', 'decoding str is not supported');
  const data = bufferOf(h);
  if (data === undefined) return raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(h)} found`);
  return decodeBytes(isKind(h, L.KIND_BYTES) ? h : bytesFromU8(data), data, named, handler);
}

const STR_PARAMETERS = ['object', 'encoding', 'errors'];

/** Places positional and keyword arguments by name; undefined with TypeError set. */
export function placed(
  who: string,
  names: readonly string[],
  args: number,
  n: number,
  kwnames: number,
): number[] | undefined {
  const given = names.map((_, i) => (i < n ? I32[args + i]! : 0));
  const keywords = kwnames === 0 ? 0 : tupleLength(kwnames);
  if (n + keywords > names.length) {
    raise(
      'TypeError',
      `${who}() takes at most ${names.length} argument${names.length === 1 ? '' : 's'} (${n + keywords} given)`,
    );
    return undefined;
  }
  for (let i = 0; i < keywords; i++) {
    const name = toJS(tupleItem(kwnames, i));
    const at = names.indexOf(name);
    if (at < 0) raise('TypeError', `${who}() got an unexpected keyword argument '${name}'`);
    else if (given[at] !== 0)
      raise('TypeError', `argument for ${who}() given by name ('${name}') and position (${at + 1})`);
    else {
      given[at] = I32[args + n + i]!;
      continue;
    }
    return undefined;
  }
  return given;
}

/** str.__new__. */
export function createStr(type: number, args: number, n: number, kwnames: number): number {
  if (n === 1 && kwnames === 0 && type === T.typeHandle(T.T_STR)) {
    const given = I32[args]!;
    return (given & 1) !== 0 ? smallDecimal(given, 0, 32) : str(given);
  }
  if (n > 3) return raise('TypeError', `str expected at most 3 arguments, got ${n}`);
  const given = placed('str', STR_PARAMETERS, args, n, kwnames);
  if (given === undefined) return 0;
  const [object, encoding, errors] = given as [number, number, number];
  const h =
    object === 0 ? EMPTY : encoding === 0 && errors === 0 ? str(object) : decodeArgument(object, encoding, errors);
  if (h === 0 || type === T.typeHandle(T.T_STR)) return h;
  return subclassStr(type, h);
}

function encode(args: number): number {
  if (I32[args + 1] === 0 && I32[args + 2] === 0 && isAsciiText(I32[args]!)) return asciiBytes(I32[args]!);
  const encoding = codecName(I32[args + 1]!, 'utf-8', 'encode', 'encoding');
  const errors = encoding === undefined ? undefined : codecName(I32[args + 2]!, 'strict', 'encode', 'errors');
  if (encoding === undefined || errors === undefined) return 0;
  const data = encodeStr(I32[args]!, encoding, errors);
  return data === undefined ? 0 : bytesFromU8(data);
}

/** The characters of an ASCII text as bytes. */
function asciiBytes(h: number): number {
  const w = h >>> 2;
  return bytesCopy(I32[w + L.STR_DATA]! >>> 0, I32[w + L.STR_LENGTH]!);
}

function pairTable(args: number, n: number): number {
  const [from, to, drop] = [I32[args]!, I32[args + 1]!, n > 2 ? I32[args + 2]! : 0];
  if (!isStr(from))
    return raise('TypeError', 'first maketrans argument must be a string if there is a second argument');
  if (!isStr(to)) return raise('TypeError', `maketrans() argument 2 must be str, not ${argName(to)}`);
  if (drop !== 0 && !isStr(drop)) return raise('TypeError', `maketrans() argument 3 must be str, not ${argName(drop)}`);
  if (strLength(from) !== strLength(to))
    return raise('ValueError', 'the first two maketrans arguments must have equal length');
  const d = newDict();
  const r = root(d);
  for (let i = 0; i < strLength(from); i++) dictSet(d, H.small(strCharAt(from, i)), H.small(strCharAt(to, i)));
  if (drop !== 0) for (let i = 0; i < strLength(drop); i++) dictSet(d, H.small(strCharAt(drop, i)), H.NONE);
  unroot(r);
  return d;
}

/** A key of maketrans as the code point it names. */
function tableKey(key: number): number {
  if (isInt(key)) return key;
  if (!isStr(key)) return raise('TypeError', 'keys in translate table must be strings or integers');
  return strLength(key) === 1
    ? H.small(strCharAt(key, 0))
    : raise('ValueError', 'string keys in translatetable must be of length 1');
}

function maketrans(args: number, n: number): number {
  if (n > 1) return pairTable(args, n);
  const source = I32[args]!;
  if (!isKind(source, L.KIND_DICT))
    return raise('TypeError', 'if you give only one argument to maketrans it must be a dict');
  const d = newDict();
  const r = root(d);
  const { keys, values } = dictSnapshot(source);
  rootAll(keys);
  rootAll(values);
  let ok: 1 | 0 = 1;
  for (let i = 0; i < keys.length && ok === 1; i++) {
    const key = tableKey(keys[i]!);
    ok = key === 0 ? 0 : dictSet(d, key, values[i]!);
  }
  unroot(r);
  return ok === 0 ? 0 : d;
}

/** Appends what the table has for character c; false with the exception set. */
function translateChar(table: number, c: number, out: IntVector): boolean {
  const to = getItem(table, H.small(c));
  if (to === 0) {
    if (!pendingIs('LookupError')) return false;
    clearException();
    out.push(c);
  } else if (isStr(to)) for (let i = 0; i < strLength(to); i++) out.push(strCharAt(to, i));
  else if (to !== H.NONE) {
    if (!hasIndex(to)) return raise('TypeError', 'character mapping must return integer, None or str') !== 0;
    const code = indexNumber(to);
    if (!(code >= 0 && code < 0x110000))
      return raise('ValueError', 'character mapping must be in range(0x110000)') !== 0;
    out.push(code);
  }
  return true;
}

function translate(args: number): number {
  const h = I32[args]!;
  const out = new IntVector();
  for (let i = 0; i < strLength(h); i++) if (!translateChar(I32[args + 1]!, strCharAt(h, i), out)) return 0;
  return out.length === 0 ? EMPTY : fromCodePoints(out.items());
}

export const MAKE_METHODS: readonly MethodRow[] = [
  ['encode', encode, '(encoding=None, errors=None)'],
  ['translate', translate, [1, 1]],
  ['__str__', (args) => plainCopy(I32[args]!), [0, 0]],
];
export const STR_STATIC: readonly MethodRow[] = [['maketrans', maketrans, [1, 3]]];
