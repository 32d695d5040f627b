/** Classes of characters outside ASCII, from the Unicode data of JavaScript. */

// In functions: V8 builds the sets of a property when the expression is made.
const mayStart = (char: string): boolean => /[\p{XID_Start}_]/u.test(char);
const mayContinue = (char: string): boolean => /\p{XID_Continue}/u.test(char);

/** Whether Python's str.isprintable holds for a code point. */
export function isPrintable(c: number): boolean {
  return c === 32 || !/[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u.test(String.fromCodePoint(c));
}

/** Index (UTF-16) of the first character that may not stand where it does in an identifier, or -1. */
export function invalidIdentifierIndex(name: string): number {
  let at = 0;
  for (const char of name) {
    if (!(at === 0 ? mayStart(char) : mayContinue(char))) return at;
    at += char.length;
  }
  return -1;
}
