/** Codecs by a table: a str of 256 characters or a mapping decodes, a mapping encodes. */
import { IntVector } from '../objects/int-vector.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { getItem } from '../objects/abstract.js';
import { bytesData } from '../objects/bytes.js';
import { type CodecRun, decodeFault, encodeFault, raiseUnicode } from '../objects/codec-errors.js';
import { codePoints } from '../objects/codecs.js';
import { dictSet, newDict } from '../objects/dict.js';
import { clearException, pendingIs, raise, typeName } from '../objects/exceptions.js';
import { intToNumber } from '../objects/int.js';
import { isInt, isKind, isStr } from '../objects/object.js';
import { fromCodePoints } from '../objects/str.js';
import { strCharAt, strLength } from '../objects/strings.js';

const UNDEFINED = 0xfffe;
const REASON = 'character maps to <undefined>';

/** Value of a mapping for a number; NONE when it has none, 0 with the exception set. */
function lookUp(mapping: number, n: number): number {
  const value = getItem(mapping, H.small(n));
  if (value !== 0 || !pendingIs('LookupError')) return value;
  clearException();
  return H.NONE;
}

/** Characters that byte `b` decodes to; 'none' when the table lacks it, undefined with the exception set. */
function decodeByte(mapping: number, b: number): number[] | 'none' | undefined {
  if (isStr(mapping)) {
    const c = b < strLength(mapping) ? strCharAt(mapping, b) : UNDEFINED;
    return c === UNDEFINED ? 'none' : [c];
  }
  const value = lookUp(mapping, b);
  if (value === 0) return undefined;
  if (value === H.NONE) return 'none';
  if (isInt(value)) {
    const c = intToNumber(value);
    if (c === UNDEFINED) return 'none';
    if (c >= 0 && c <= 0x10ffff) return [c];
    return void raise('TypeError', 'character mapping must be in range(0x110000)');
  }
  if (!isStr(value)) return void raise('TypeError', `character mapping must return integer, None or str`);
  return strLength(value) === 1 && strCharAt(value, 0) === UNDEFINED ? 'none' : [...codePoints(value)];
}

/** The str that bytes stand for; 0 with the exception set. */
export function decodeCharmap(run: CodecRun, data: Uint8Array, mapping: number): number {
  const out = new IntVector();
  for (let i = 0; i < data.length; ) {
    const points = decodeByte(mapping, data[i]!);
    if (points === undefined) return 0;
    if (points === 'none') {
      const fix = decodeFault(run, data, i, i + 1, REASON);
      if (fix === undefined) return 0;
      out.pushAll(fix.points);
      i = fix.next;
    } else {
      out.pushAll(points);
      i++;
    }
  }
  run.consumed = data.length;
  return fromCodePoints(out.items());
}

function encodeChar(mapping: number, c: number): readonly number[] | 'none' | undefined {
  const value = lookUp(mapping, c);
  if (value === 0) return undefined;
  if (value === H.NONE) return 'none';
  if (isInt(value)) {
    const b = intToNumber(value);
    return b >= 0 && b < 256 ? [b] : void raise('TypeError', 'character mapping must be in range(256)');
  }
  if (isKind(value, L.KIND_BYTES)) return [...bytesData(value)];
  return void raise('TypeError', `character mapping must return integer, bytes or None, not ${typeName(value)}`);
}

/** Appends what stands for a fault; false with the exception set. */
function mend(run: CodecRun, points: Uint32Array, i: number, end: number, mapping: number, out: IntVector): number {
  const fix = encodeFault(run, points, i, end, REASON);
  if (fix === undefined) return -1;
  out.pushAll(fix.bytes ?? []);
  for (const c of fix.points ?? []) {
    const bytes = encodeChar(mapping, c);
    if (bytes === undefined) return -1;
    if (bytes === 'none') {
      raiseUnicode('UnicodeEncodeError', run.encoding, run.object, i, end, REASON);
      return -1;
    }
    out.pushAll(bytes);
  }
  return fix.next;
}

/** The bytes of a str; undefined with the exception set. */
export function encodeCharmap(run: CodecRun, h: number, mapping: number): Uint8Array | undefined {
  const points = codePoints(h);
  const out = new IntVector();
  for (let i = 0; i < points.length; ) {
    const bytes = encodeChar(mapping, points[i]!);
    if (bytes === undefined) return undefined;
    if (bytes !== 'none') {
      out.pushAll(bytes);
      i++;
      continue;
    }
    let end = i + 1;
    for (; end < points.length; end++) {
      const next = encodeChar(mapping, points[end]!);
      if (next === undefined) return undefined;
      if (next !== 'none') break;
    }
    i = mend(run, points, i, end, mapping, out);
    if (i < 0) return undefined;
  }
  return Uint8Array.from(out.items());
}

/** charmap_build: the mapping that encodes what a table of characters decodes. */
export function buildCharmap(table: number): number {
  const d = newDict();
  const slot = root(d);
  codePoints(table).forEach((c, i) => {
    if (c !== UNDEFINED) dictSet(d, H.small(c), H.small(i));
  });
  unroot(slot);
  return d;
}
