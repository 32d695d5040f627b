/** Classes of characters outside ASCII, from the Unicode data of JavaScript. */

const IDENTIFIER_START = /[\p{XID_Start}_]/u;
const IDENTIFIER_PART = /\p{XID_Continue}/u;
const NOT_PRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;

/** Whether Python's str.isprintable holds for a code point. */
export function isPrintable(c: number): boolean {
  return c === 32 || !NOT_PRINTABLE.test(String.fromCodePoint(c));
}

/** Index (UTF-16) of the first character that may not stand where it does in an identifier, or -1. */
export function invalidIdentifierIndex(name: string): number {
  let at = 0;
  for (const char of name) {
    if (!(at === 0 ? IDENTIFIER_START : IDENTIFIER_PART).test(char)) return at;
    at += char.length;
  }
  return -1;
}
