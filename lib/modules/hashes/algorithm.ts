/** A hash function whose state is a few words, so that it can lie in the space: work on whole blocks, and what to do at the end. */
export interface Algorithm {
  readonly name: string;
  /** Bytes of a block. */
  readonly blockSize: number;
  /** Bytes of the digest; 0: as many as asked for. */
  readonly digestSize: number;
  /** Words of the state. */
  readonly words: number;
  /** Name of the same function in node:crypto, which is faster on long data. */
  readonly native?: string;
  /** Is a last whole block kept for the end? */
  readonly holdsLast?: boolean;
  start(state: Int32Array): void;
  /** Takes in the whole blocks from byte `at` to byte `end`. */
  blocks(state: Int32Array, data: Uint8Array, at: number, end: number): void;
  /** The digest of `length` bytes: `rest` is what is left after whole blocks, `total` the number of all bytes. */
  finish(state: Int32Array, rest: Uint8Array, total: number, length: number): Uint8Array;
}

/** The last blocks of the MD family: a one bit, zeros, the number of bits in `lengthBytes`. */
export function padded(
  rest: Uint8Array,
  total: number,
  block: number,
  lengthBytes: number,
  bigEndian: boolean,
): Uint8Array {
  const size = Math.ceil((rest.length + 1 + lengthBytes) / block) * block;
  const out = new Uint8Array(size);
  out.set(rest);
  out[rest.length] = 0x80;
  const view = new DataView(out.buffer);
  const [high, low] = [Math.floor(total / 2 ** 29), (total * 8) % 2 ** 32];
  view.setUint32(size - (bigEndian ? 8 : lengthBytes), bigEndian ? high : low, !bigEndian);
  view.setUint32(size - 4, bigEndian ? low : high, !bigEndian);
  return out;
}

/** Words of the state as bytes. */
export function wordsToBytes(state: Int32Array, bytes: number, bigEndian: boolean): Uint8Array {
  const out = new Uint8Array(state.length * 4);
  const view = new DataView(out.buffer);
  state.forEach((x, i) => view.setInt32(i * 4, x, !bigEndian));
  return out.subarray(0, bytes);
}
