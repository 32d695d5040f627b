/** SipHash-1-3 of bytes, which importlib checks sources of hash-based code files by. */
const MASK = 0xffffffffffffffffn;

const rotate = (x: bigint, n: bigint): bigint => ((x << n) | (x >> (64n - n))) & MASK;

type State = [bigint, bigint, bigint, bigint];

function round([a, b, c, d]: State): State {
  a = (a + b) & MASK;
  c = (c + d) & MASK;
  b = rotate(b, 13n) ^ a;
  d = rotate(d, 16n) ^ c;
  a = rotate(a, 32n);
  c = (c + b) & MASK;
  a = (a + d) & MASK;
  b = rotate(b, 17n) ^ c;
  d = rotate(d, 21n) ^ a;
  c = rotate(c, 32n);
  return [a, b, c, d];
}

/** The hash under the keys (`k0`, `k1`), as an unsigned 64-bit number. */
export function sipHash13(k0: bigint, k1: bigint, data: Uint8Array): bigint {
  let state: State = [
    k0 ^ 0x736f6d6570736575n,
    k1 ^ 0x646f72616e646f6dn,
    k0 ^ 0x6c7967656e657261n,
    k1 ^ 0x7465646279746573n,
  ];
  const take = (word: bigint): void => {
    state[3] ^= word;
    state = round(state);
    state[0] ^= word;
  };
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const whole = data.length & ~7;
  for (let i = 0; i < whole; i += 8) take(view.getBigUint64(i, true));
  let last = BigInt(data.length & 0xff) << 56n;
  for (let i = whole; i < data.length; i++) last |= BigInt(data[i]) << BigInt(8 * (i - whole));
  take(last);
  state[2] ^= 0xffn;
  for (let i = 0; i < 3; i++) state = round(state);
  return state[0] ^ state[1] ^ state[2] ^ state[3];
}
