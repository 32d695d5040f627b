/** Growing memory of BytesIO, StringIO and the text layer: a BUFFER that is replaced by a larger one. */
import { newObject } from '../heap/alloc.js';
import { ageAll } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';

const I32 = i32;
const U8 = u8;
const HEAD = L.BUFFER_DATA * 4;

/** A BUFFER for at least n bytes. No string may be appended to in it. */
export function newStorage(n: number): number {
  const b = newObject(L.KIND_BUFFER, HEAD + n, 0);
  I32[(b >>> 2) + L.BUFFER_LENGTH] = I32[(b >>> 2) + 1] * 64 - HEAD;
  I32[(b >>> 2) + L.BUFFER_USED] = -1;
  if (HEAD + n > L.LARGE_BYTES) ageAll();
  return b;
}

/** Bytes a BUFFER has room for; 0 for none. */
export const capacityOf = (b: number): number => (b === 0 ? 0 : I32[(b >>> 2) + L.BUFFER_LENGTH]);
/** Address of its first byte. */
export const storageData = (b: number): number => (b + HEAD) >>> 0;

/** A BUFFER with room for n bytes that begins with the first `used` of `old`: `old` itself when it has the room. */
export function grown(old: number, used: number, n: number): number {
  if (n <= capacityOf(old)) return old;
  const b = newStorage(Math.max(n, Math.min(0x7ffff000, capacityOf(old) + (capacityOf(old) >> 1))));
  if (used > 0) U8.copyWithin(storageData(b), storageData(old), storageData(old) + used);
  return b;
}
