/** Error handlers of codecs and the Unicode exceptions they raise (https://docs.python.org/3.14/library/codecs.html#error-handlers). */
import { later } from './later.js';
import { newObject } from '../heap/alloc.js';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { exceptionType, raise, setException } from './exceptions.js';
import { unicodeHooks } from './exception-unicode.js';
import { bufferOf, noBuffer } from './byte-buffer.js';
import { bytesData, bytesFromU8, bytesStart } from './bytes.js';
import { isStr, kindOf } from './object.js';
import { escapeChar } from './str.js';
import { fromJS, strCharAt, strLength } from './strings.js';
import { tupleItem, tupleOf } from './tuple.js';

const I32 = i32;

unicodeHooks.byteAt = (object, i) => u8[bytesStart(object) + i]!;
unicodeHooks.length = (object) => i32[(object >>> 2) + L.BYTES_LENGTH]!;
unicodeHooks.bytesOf = (h) => {
  if (kindOf(h) === L.KIND_BYTES) return h;
  const data = bufferOf(h);
  return data === undefined ? noBuffer(h) : bytesFromU8(data);
};

/** Makes and sets a UnicodeDecodeError or UnicodeEncodeError; returns 0. */
export function raiseUnicode(
  name: 'UnicodeDecodeError' | 'UnicodeEncodeError',
  encoding: string,
  object: number,
  start: number,
  end: number,
  reason: string,
): number {
  const args = tupleOf(fromJS(encoding), object, H.small(start), H.small(end), fromJS(reason));
  const e = newObject(L.KIND_EXCEPTION, 64, exceptionType(name));
  const w = e >>> 2;
  I32[w + L.EXCEPTION_ARGS] = args;
  I32[w + L.EXCEPTION_CONTEXT] = I32[CARRIER + L.CAR_HANDLED]!;
  for (let i = 0; i < 5; i++) I32[w + L.EXCEPTION_A + i] = tupleItem(args, i);
  return setException(e);
}

type Handler = (name: string, decoding: boolean) => { replacement: number; next: number } | undefined;

/** Error handlers that programs register; set by lib/modules/_codecs.ts. */
export const handlerHook = {
  /** Calls the handler with the pending exception: its replacement (a str, or bytes when encoding) and the position to go on at. */
  call: later(
    (): Handler => handlerHook.call,
    (name) => void raise('LookupError', `unknown error handler name '${name}'`),
  ),
};

/** The replacement a registered handler gives for the fault [start, end); undefined with the exception set. */
function callHandler(
  name: 'UnicodeDecodeError' | 'UnicodeEncodeError',
  run: CodecRun,
  start: number,
  end: number,
  reason: string,
): { replacement: number; next: number } | undefined {
  const slot = root(run.object);
  raiseUnicode(name, run.encoding, run.object, start, end, reason);
  const fix = handlerHook.call(run.errors, name === 'UnicodeDecodeError');
  unroot(slot);
  return fix;
}

/** What one failing codec run needs. */
export interface CodecRun {
  readonly encoding: string;
  readonly errors: string;
  /** The str or bytes being coded, for the exception. */
  readonly object: number;
  /** More data may follow: an incomplete sequence at the end is left, and `consumed` says where. */
  readonly partial?: boolean;
  consumed?: number;
  /** Byte order of UTF-16 and 32 as known before, and after by a byte order mark: -1 little, 1 big, 0 not known. */
  order?: number;
}

export interface DecodeFix {
  readonly points: readonly number[];
  readonly next: number;
}

/** Replacement code points for bytes [start, end) and where to go on; undefined with the exception set. */
export function decodeFault(
  run: CodecRun,
  data: Uint8Array,
  start: number,
  end: number,
  reason: string,
): DecodeFix | undefined {
  const bad = [...data.subarray(start, end)];
  switch (run.errors) {
    case 'ignore':
      return { points: [], next: end };
    case 'replace':
      return { points: [0xfffd], next: end };
    case 'backslashreplace':
      return { points: bad.flatMap((b) => [...escapeChar(b)].map((c) => c.charCodeAt(0))), next: end };
    case 'surrogateescape':
      if (bad[0]! >= 128) {
        const high = bad.slice(0, 4).findIndex((b) => b < 128);
        const n = high < 0 ? Math.min(bad.length, 4) : high;
        return { points: bad.slice(0, n).map((b) => 0xdc00 + b), next: start + n };
      }
      break;
    case 'strict':
    case 'surrogatepass':
      break;
    default: {
      const fix = callHandler('UnicodeDecodeError', run, start, end, reason);
      return fix === undefined ? undefined : { points: [...codePointsOf(fix.replacement)], next: fix.next };
    }
  }
  raiseUnicode('UnicodeDecodeError', run.encoding, run.object, start, end, reason);
  return undefined;
}

const codePointsOf = (h: number): number[] => Array.from({ length: strLength(h) }, (_, i) => strCharAt(h, i));

export interface EncodeFix {
  readonly bytes?: readonly number[];
  readonly points?: readonly number[];
  readonly next: number;
}

const chars = (text: string): number[] => [...text].map((c) => c.codePointAt(0)!);

/** What stands for characters [start, end) that the encoding lacks: bytes as they are, or characters to encode, and where to go on; undefined with the exception set. */
export function encodeFault(
  run: CodecRun,
  points: ArrayLike<number>,
  start: number,
  end: number,
  reason: string,
): EncodeFix | undefined {
  const bad: number[] = [];
  for (let i = start; i < end; i++) bad.push(points[i]!);
  switch (run.errors) {
    case 'ignore':
      return { points: [], next: end };
    case 'replace':
      return { points: chars('?'.repeat(bad.length)), next: end };
    case 'backslashreplace':
      return { points: chars(bad.map(escapeChar).join('')), next: end };
    case 'xmlcharrefreplace':
      return { points: chars(bad.map((c) => `&#${c};`).join('')), next: end };
    case 'surrogateescape':
      if (bad.every((c) => c >= 0xdc80 && c <= 0xdcff)) return { bytes: bad.map((c) => c - 0xdc00), next: end };
      break;
    case 'strict':
    case 'surrogatepass':
      break;
    default: {
      const fix = callHandler('UnicodeEncodeError', run, start, end, reason);
      if (fix === undefined) return undefined;
      return isStr(fix.replacement)
        ? { points: codePointsOf(fix.replacement), next: fix.next }
        : { bytes: [...bytesData(fix.replacement)], next: fix.next };
    }
  }
  raiseUnicode('UnicodeEncodeError', run.encoding, run.object, start, end, reason);
  return undefined;
}
