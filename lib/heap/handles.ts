/**
 * Handles: 32-bit Python values (design, section 2).
 *
 * | low bits | value |
 * | --- | --- |
 * | xx1 | int of 31 bits |
 * | 000 | object: byte address of its first cell |
 * | 010 | float: address of an 8-byte granule |
 * | 100 | int below 2^53 in magnitude, as a double in a granule |
 * | 110 | immediates: None, False, True, Ellipsis, NotImplemented, one-character strings |
 *
 * Handle 0 is no value.
 */
import { f64 } from './memory.js';

const F64 = f64;

export const NONE = 6;
export const FALSE = 14;
export const TRUE = 22;
export const ELLIPSIS = 30;
export const NOT_IMPLEMENTED = 38;
/** One-character strings: immediate payload is this plus the code point. */
export const CHAR_PAYLOAD = 16;
const CHAR_FIRST = (CHAR_PAYLOAD << 3) | 6;

export const TAG_OBJECT = 0;
export const TAG_FLOAT = 2;
export const TAG_INT53 = 4;
export const TAG_IMMEDIATE = 6;

export const SMALL_MAX = 0x3fffffff;
export const SMALL_MIN = -0x40000000;

export const isSmall = (h: number): boolean => (h & 1) !== 0;
/** An object in the heap (not 0). */
export const isObject = (h: number): boolean => (h & 7) === 0 && h !== 0;
export const isFloat = (h: number): boolean => (h & 7) === TAG_FLOAT;
export const isInt53 = (h: number): boolean => (h & 7) === TAG_INT53;
export const isChar = (h: number): boolean => (h & 7) === TAG_IMMEDIATE && h >>> 0 >= CHAR_FIRST;
export const isBool = (h: number): boolean => h === FALSE || h === TRUE;

export const small = (n: number): number => (n << 1) | 1;
export const smallValue = (h: number): number => h >> 1;
export const fromBool = (b: boolean): number => (b ? TRUE : FALSE);
export const char = (codePoint: number): number => ((codePoint + CHAR_PAYLOAD) << 3) | 6;
export const charCode = (h: number): number => (h >>> 3) - CHAR_PAYLOAD;
/** The double of a float or 53-bit int handle. */
export const granule = (h: number): number => F64[h >>> 3]!;
/** Word index of an object's header. */
export const wordOf = (h: number): number => h >>> 2;
