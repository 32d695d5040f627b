/** Base64 (RFC 4648) as binascii reads it. */

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');
const VALUES = new Uint8Array(256).fill(255);
ALPHABET.forEach((c, i) => {
  VALUES[c] = i;
});
const PAD = 61;

const oneMore = (quads: number, position: number): string =>
  `Invalid base64-encoded string: number of data characters (${quads * 4 + position}) cannot be 1 more than a multiple of 4`;

/** What a '=' means in strict mode: an error message, '' when it is in its place. */
function strictPad(position: number, pads: number, quads: number, i: number): string {
  if (position === 1) return oneMore(quads, 1);
  if (position >= 2 && position + pads <= 4) return '';
  return i === 0 ? 'Leading padding not allowed' : 'Excess padding not allowed';
}

/** The data, or the message of binascii.Error. Unless strict, characters that are not of the alphabet are skipped. */
export function decodeBase64(data: Uint8Array, strict: boolean): Uint8Array | string {
  const out = new Uint8Array(((data.length + 3) >> 2) * 3);
  let n = 0;
  let bits = 0;
  let position = 0;
  let quads = 0;
  let pads = 0;
  for (let i = 0; i < data.length; i++) {
    const c = data[i];
    if (c === PAD) {
      pads++;
      const fault = strict ? strictPad(position, pads, quads, i) : '';
      if (fault !== '') return fault;
      continue;
    }
    const value = VALUES[c];
    if (value > 63) {
      if (strict) return 'Only base64 data is allowed';
      continue;
    }
    if (strict && pads > 0)
      return position + pads >= 4 ? 'Excess data after padding' : 'Discontinuous padding not allowed';
    pads = 0;
    bits = ((bits << 6) | value) & 0xffffff;
    if (position > 0) out[n++] = bits >> (6 - 2 * position);
    position = (position + 1) & 3;
    if (position === 0) quads++;
  }
  if (position === 1) return oneMore(quads, 1);
  return position !== 0 && position + pads < 4 ? 'Incorrect padding' : out.subarray(0, n);
}
