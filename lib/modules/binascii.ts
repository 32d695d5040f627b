/** `binascii`: bytes as text and back (https://docs.python.org/3.14/library/binascii.html). */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { bytes as BYTES, i32 } from '../heap/memory.js';
import { index, indexNumber, isTrue, length } from '../objects/abstract.js';
import { bufferOf, needBuffer } from '../objects/byte-buffer.js';
import { asBuffer, hexText } from '../objects/byte-methods.js';
import { bytesFromU8, bytesStart, newBytes } from '../objects/bytes.js';
import { defineModule, defineType } from '../objects/define.js';
import '../objects/exception-types.js';
import { exceptionId, raise, typeName } from '../objects/exceptions.js';
import { intFromNumber, intToInt32 } from '../objects/int.js';
import { isStr } from '../objects/object.js';
import { isAscii } from '../objects/str.js';
import { strCharAt, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { decodeBase64 } from './base64.js';
import { decodeQuoted, decodeUu, encodeQuoted, encodeUu } from './quopri.js';
import { raiseAs } from './raise.js';
import { crc32 } from './zlib/checksum.js';

const I32 = i32;

for (const [id, name, base] of [
  [T.T_BINASCII_ERROR, 'Error', 'ValueError'],
  [T.T_BINASCII_INCOMPLETE, 'Incomplete', 'Exception'],
] as const)
  defineType({ id, name, module: 'binascii', base: exceptionId(base), kind: L.KIND_EXCEPTION, dict: true });

const fail = (message: string): number => raiseAs(T.T_BINASCII_ERROR, message);

/** Data of an ASCII string or a bytes-like object; undefined with the exception set. */
function asciiBuffer(h: number): Uint8Array | undefined {
  if (isStr(h)) {
    if (isAscii(h)) return Buffer.from(toJS(h), 'latin1');
    raise('ValueError', 'string argument should contain only ASCII characters');
    return undefined;
  }
  const data = bufferOf(h);
  if (data === undefined) raise('TypeError', `argument should be bytes, buffer or ASCII string, not '${typeName(h)}'`);
  return data;
}

/** Bytes of Latin-1 text. */
function bytesOfText(text: string): number {
  const h = newBytes(text.length);
  BYTES.latin1Write(text, bytesStart(h), text.length);
  return h;
}

/** A flag argument, `fallback` when missing; undefined with the exception set. */
function flag(h: number, fallback: boolean): boolean | undefined {
  if (h === 0) return fallback;
  const t = isTrue(h);
  return t < 0 ? undefined : t === 1;
}

/** The one character of a sep argument; undefined with the exception set. */
function separatorOf(h: number): string | undefined {
  if (h === 0) return '';
  const n = length(h);
  if (n < 0) return undefined;
  if (n !== 1) return void raise('ValueError', 'sep must be length 1.');
  if (!isStr(h)) return String.fromCharCode(bufferOf(h)![0]);
  if (strCharAt(h, 0) < 256) return toJS(h);
  return void raise('ValueError', 'sep must be ASCII.');
}

/** hexlify(data, sep=<missing>, bytes_per_sep=1). */
function hexlify(args: number): number {
  const data = needBuffer(I32[args]);
  const separator = data === undefined ? undefined : separatorOf(I32[args + 1]);
  if (data === undefined || separator === undefined) return 0;
  const group = I32[args + 2] === 0 ? 1 : indexNumber(I32[args + 2]);
  return Number.isNaN(group) ? 0 : bytesOfText(hexText(data, separator, group));
}

function unhexlify(args: number): number {
  const data = asciiBuffer(I32[args]);
  if (data === undefined) return 0;
  if (data.length % 2 !== 0) return fail('Odd-length string');
  const out = Buffer.from(asBuffer(data).toString('latin1'), 'hex');
  return out.length === data.length / 2 ? bytesFromU8(out) : fail('Non-hexadecimal digit found');
}

function toBase64(args: number): number {
  const data = needBuffer(I32[args]);
  const newline = data === undefined ? undefined : flag(I32[args + 1], true);
  if (data === undefined || newline === undefined) return 0;
  return bytesOfText(asBuffer(data).toString('base64') + (newline ? '\n' : ''));
}

/** Bytes, or binascii.Error with a message. */
const bytesOrFail = (made: ArrayLike<number> | string): number =>
  typeof made === 'string' ? fail(made) : bytesFromU8(made);

function fromBase64(args: number): number {
  const data = asciiBuffer(I32[args]);
  const strict = data === undefined ? undefined : flag(I32[args + 1], false);
  return data === undefined || strict === undefined ? 0 : bytesOrFail(decodeBase64(data, strict));
}

function toUu(args: number): number {
  const data = needBuffer(I32[args]);
  const backtick = data === undefined ? undefined : flag(I32[args + 1], false);
  if (data === undefined || backtick === undefined) return 0;
  return bytesOrFail(data.length > 45 ? 'At most 45 bytes at once' : encodeUu(data, backtick));
}

function fromUu(args: number): number {
  const data = asciiBuffer(I32[args]);
  return data === undefined ? 0 : bytesOrFail(decodeUu(data));
}

function toQuoted(args: number): number {
  const data = needBuffer(I32[args]);
  const [quotetabs, istext, header] = [false, true, false].map((d, i) => flag(I32[args + 1 + i], d));
  if (data === undefined || quotetabs === undefined || istext === undefined || header === undefined) return 0;
  return bytesFromU8(encodeQuoted(data, { quotetabs, istext, header }));
}

function fromQuoted(args: number): number {
  const data = asciiBuffer(I32[args]);
  const header = data === undefined ? undefined : flag(I32[args + 1], false);
  return data === undefined || header === undefined ? 0 : bytesFromU8(decodeQuoted(data, header));
}

/** CRC-CCITT, polynomial 0x1021. */
function crcHqx(args: number): number {
  const data = needBuffer(I32[args]);
  const start = data === undefined ? 0 : index(I32[args + 1]);
  if (data === undefined || start === 0) return 0;
  let crc = intToInt32(start) & 0xffff;
  for (let i = 0; i < data.length; i++) {
    crc ^= data[i] << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ ((crc & 0x8000) !== 0 ? 0x1021 : 0)) & 0xffff;
  }
  return H.small(crc);
}

function crc(args: number, n: number): number {
  const data = needBuffer(I32[args]);
  const start = data === undefined ? 0 : n > 1 ? index(I32[args + 1]) : H.small(0);
  return data === undefined || start === 0 ? 0 : intFromNumber(crc32(data, intToInt32(start)));
}

defineModule({
  name: 'binascii',
  doc: 'Conversion between binary data and ASCII',
  functions: [
    ['a2b_uu', fromUu, '(data, /)'],
    ['b2a_uu', toUu, '(data, /, *, backtick=False)'],
    ['a2b_base64', fromBase64, '(data, /, *, strict_mode=False)'],
    ['b2a_base64', toBase64, '(data, /, *, newline=True)'],
    ['a2b_hex', unhexlify, '(hexstr, /)'],
    ['unhexlify', unhexlify, '(hexstr, /)'],
    ['b2a_hex', hexlify, '(data, sep=None, bytes_per_sep=1)'],
    ['hexlify', hexlify, '(data, sep=None, bytes_per_sep=1)'],
    ['crc_hqx', crcHqx, [2, 2]],
    ['crc32', crc, [1, 2]],
    ['b2a_qp', toQuoted, '(data, quotetabs=False, istext=True, header=False)'],
    ['a2b_qp', fromQuoted, '(data, header=False)'],
  ],
  types: [T.T_BINASCII_ERROR, T.T_BINASCII_INCOMPLETE],
});
