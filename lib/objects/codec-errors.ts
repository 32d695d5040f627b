/** Error handlers of codecs and the Unicode exceptions they raise (https://docs.python.org/3.14/library/codecs.html#error-handlers). */
import { newObject } from '../heap/alloc.js';
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { exceptionType, raise, setException } from './exceptions.js';
import { unicodeHooks } from './exception-unicode.js';
import { bufferOf, noBuffer } from './byte-buffer.js';
import { bytesFromU8, bytesStart } from './bytes.js';
import { kindOf } from './object.js';
import { escapeChar } from './str.js';
import { fromJS } from './strings.js';
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

const unknownHandler = (errors: string): undefined =>
  void raise('LookupError', `unknown error handler name '${errors}'`);

/** What one failing codec run needs. */
export interface CodecRun {
  readonly encoding: string;
  readonly errors: string;
  /** The str or bytes being coded, for the exception. */
  readonly object: number;
}

/** Replacement code points for bytes [start, end); undefined with the exception set. */
export function decodeFault(
  run: CodecRun,
  data: Uint8Array,
  start: number,
  end: number,
  reason: string,
): readonly number[] | undefined {
  const bad = [...data.subarray(start, end)];
  switch (run.errors) {
    case 'ignore':
      return [];
    case 'replace':
      return [0xfffd];
    case 'backslashreplace':
      return bad.flatMap((b) => [...escapeChar(b)].map((c) => c.charCodeAt(0)));
    case 'surrogateescape':
      if (bad.every((b) => b >= 128)) return bad.map((b) => 0xdc00 + b);
      break;
    case 'strict':
    case 'surrogatepass':
      break;
    default:
      return unknownHandler(run.errors);
  }
  raiseUnicode('UnicodeDecodeError', run.encoding, run.object, start, end, reason);
  return undefined;
}

/** What stands for characters [start, end) that the encoding lacks: bytes as they are, or characters to encode; undefined with the exception set. */
export function encodeFault(
  run: CodecRun,
  points: ArrayLike<number>,
  start: number,
  end: number,
  reason: string,
): { bytes?: number[]; text?: string } | undefined {
  const bad: number[] = [];
  for (let i = start; i < end; i++) bad.push(points[i]!);
  switch (run.errors) {
    case 'ignore':
      return { text: '' };
    case 'replace':
      return { text: '?'.repeat(bad.length) };
    case 'backslashreplace':
      return { text: bad.map(escapeChar).join('') };
    case 'xmlcharrefreplace':
      return { text: bad.map((c) => `&#${c};`).join('') };
    case 'surrogateescape':
      if (bad.every((c) => c >= 0xdc80 && c <= 0xdcff)) return { bytes: bad.map((c) => c - 0xdc00) };
      break;
    case 'strict':
    case 'surrogatepass':
      break;
    default:
      return unknownHandler(run.errors);
  }
  raiseUnicode('UnicodeEncodeError', run.encoding, run.object, start, end, reason);
  return undefined;
}
