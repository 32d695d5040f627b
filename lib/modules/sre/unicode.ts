/** What the matcher asks about characters: word, digit, space, line break; simple case mapping. By code point, in pages filled on demand. */

export const WORD = 1;
export const DIGIT = 2;
export const SPACE = 4;
export const LINEBREAK = 8;

// In functions: V8 builds the sets of a property when the expression is made.
const isWordChar = (c: string): boolean => /[\p{L}\p{N}_]/u.test(c);
const isDigitChar = (c: string): boolean => /\p{Nd}/u.test(c);
const SPACE_CHAR = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const LINEBREAK_CHAR = /[\n-\r\x1c-\x1e\x85\u2028\u2029]/;

const pages: (Uint8Array | undefined)[] = [];

function makePage(number: number): Uint8Array {
  const page = new Uint8Array(256);
  for (let i = 0; i < 256; i++) {
    const c = String.fromCodePoint((number << 8) | i);
    page[i] =
      (isWordChar(c) ? WORD : 0) |
      (isDigitChar(c) ? DIGIT : 0) |
      (SPACE_CHAR.test(c) ? SPACE : 0) |
      (LINEBREAK_CHAR.test(c) ? LINEBREAK : 0);
  }
  pages[number] = page;
  return page;
}

/** The classes of a code point, as bits. */
export const classOf = (c: number): number => (c > 0x10ffff ? 0 : (pages[c >>> 8] ?? makePage(c >>> 8))[c & 255]!);

/** The same by ASCII rules: bytes, and str with re.ASCII. */
export const asciiClassOf = (c: number): number => {
  if (c >= 128) return 0;
  if (c === 10) return SPACE | LINEBREAK;
  return c >= 28 && c < 32 ? 0 : classOf(c) & ~LINEBREAK;
};

export const asciiLower = (c: number): number => (c >= 65 && c <= 90 ? c + 32 : c);
export const asciiUpper = (c: number): number => (c >= 97 && c <= 122 ? c - 32 : c);

/** First code point of the lower case: what CPython's Py_UNICODE_TOLOWER gives. */
export function unicodeLower(c: number): number {
  if (c < 128) return asciiLower(c);
  return c > 0x10ffff ? c : String.fromCodePoint(c).toLowerCase().codePointAt(0)!;
}

export function unicodeUpper(c: number): number {
  if (c < 128) return asciiUpper(c);
  return c > 0x10ffff ? c : String.fromCodePoint(c).toUpperCase().codePointAt(0)!;
}
