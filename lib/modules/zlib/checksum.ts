/** The checksums of zlib. */
import { nodeZlib } from './node-zlib.js';

/** CRC-32 of data, going on from `value`. */
export const crc32 = (data: Uint8Array, value: number): number => nodeZlib().crc32(data, value >>> 0) >>> 0;

const BASE = 65521;
/** So many bytes can be added up before a sum passes 2^32 (zlib's NMAX). */
const STEP = 5552;

/** Adler-32 of data, going on from `value`. */
export function adler32(data: Uint8Array, value: number): number {
  let a = value & 0xffff;
  let b = value >>> 16;
  for (let i = 0; i < data.length; ) {
    const stop = Math.min(i + STEP, data.length);
    for (; i < stop; i++) {
      a += data[i]!;
      b += a;
    }
    a %= BASE;
    b %= BASE;
  }
  return ((b << 16) | a) >>> 0;
}
