/** Views on the data of objects, in place. */
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { bytesData, isBytes } from '../objects/bytes.js';
import { isKind } from '../objects/object.js';
import { STR_ASCII } from '../objects/strings.js';
import { badKind } from './errors.js';

const I32 = i32;

/** The bytes of a bytes object or the characters of an ASCII string. A bytearray may move its data, so it has none. */
export function viewOf(h: number): Uint8Array {
  if (isBytes(h)) return bytesData(h);
  if (!isKind(h, L.KIND_STR) || (I32[h >>> 2]! & STR_ASCII) === 0) throw badKind(h, 'bytes in place');
  const start = I32[(h >>> 2) + L.STR_DATA]! >>> 0;
  return u8.subarray(start, start + I32[(h >>> 2) + L.STR_LENGTH]!);
}
