/** Conversions between offsets in JavaScript strings (UTF-16 units), UTF-8 bytes and code points. */

/** Bytes of the UTF-8 form of src[start..end); a lone surrogate counts 3. */
export function byteLength(src: string, start: number, end: number): number {
  let bytes = end - start;
  for (let i = start; i < end; i++) {
    const c = src.charCodeAt(i);
    if (c < 0x80) continue;
    if (c < 0x800) bytes += 1;
    else if (c >= 0xd800 && c < 0xdc00 && i + 1 < end && (src.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes += 2;
      i++;
    } else bytes += 2;
  }
  return bytes;
}

/** Code points in src[start..end). */
export function codePoints(src: string, start: number, end: number): number {
  let count = end - start;
  for (let i = start; i < end; i++) {
    if ((src.charCodeAt(i) & 0xfc00) === 0xd800 && i + 1 < end && (src.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      count--;
      i++;
    }
  }
  return count;
}

/** Code points in the first `bytes` bytes of the UTF-8 form of `text`; bytes beyond its end count one each. */
export function charsOfBytes(text: string, bytes: number): number {
  let chars = 0;
  let pos = 0;
  while (bytes > 0) {
    const width = pos < text.length && text.codePointAt(pos)! > 0xffff ? 2 : 1;
    bytes -= pos < text.length ? byteLength(text, pos, pos + width) : 1;
    pos += width;
    chars++;
  }
  return chars;
}
