/** The hash of strings, on JavaScript's strings; strings.ts has the same over the space. Apart, so that a build can compute hashes without a space. */

/** Spreads the bits; never 0, which stands for "not computed". */
export function finishHash(hash: number): number {
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return hash === 0 ? 1 : hash;
}

/** 32-bit hash of the code points. */
export function hashText(s: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if ((c & 0xf800) === 0xd800) return hashPoints(s);
    hash = Math.imul(hash ^ c, 0x01000193);
  }
  return finishHash(hash);
}

/** As hashText, where there are surrogates. */
function hashPoints(s: string): number {
  let hash = 0x811c9dc5 | 0;
  for (const c of s) hash = Math.imul(hash ^ c.codePointAt(0)!, 0x01000193);
  return finishHash(hash);
}
