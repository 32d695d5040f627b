/// <reference path="./webassembly.d.ts" />
/**
 * Operations on the space as small WebAssembly functions. Atomics: V8 calls these in about 3 ns where `Atomics.*` costs 10 to 15 ns; all
 * are sequentially consistent. Searches over bytes: 16 at a time. Addresses are byte addresses.
 */
export interface SpaceAtomics {
  load(address: number): number;
  store(address: number, value: number): void;
  /** Returns the old value. */
  add(address: number, value: number): number;
  or(address: number, value: number): number;
  and(address: number, value: number): number;
  exchange(address: number, value: number): number;
  /** Compare and swap; returns the old value. */
  cas(address: number, expected: number, desired: number): number;
  /** Loads before it come before loads and stores after it. */
  fence(): void;
  /** Compare and swap of two words (the address is 8-byte aligned); returns 1 on success. */
  cas2(address: number, expectedLow: number, expectedHigh: number, low: number, high: number): number;
  /** Address of the first such byte in [from, to) as a signed number; `to` when there is none. */
  indexOfByte(from: number, to: number, byte: number): number;
  /** Address of the first byte in [from, to) that is not ASCII; `to` when there is none. */
  asciiEnd(from: number, to: number): number;
  /** Copies n bytes; the ranges may overlap. */
  copyBytes(to: number, from: number, n: number): void;
}

const I32 = 0x7f;
const MEMARG32 = [0x02, 0x00];
const get = (i: number): number[] => [0x20, i];

function leb(n: number): number[] {
  const out: number[] = [];
  do {
    out.push((n & 0x7f) | (n > 0x7f ? 0x80 : 0));
    n >>>= 7;
  } while (n > 0);
  return out;
}

const section = (id: number, body: number[]): number[] => [id, ...leb(body.length), ...body];
const vector = (items: number[][]): number[] => [...leb(items.length), ...items.flat()];
const text = (s: string): number[] => [...leb(s.length), ...Array.from(s, (c) => c.charCodeAt(0))];

/** (low, high) of two i32 parameters as one i64. */
const pair = (low: number, high: number): number[] => [...get(high), 0xad, 0x42, 0x20, 0x86, ...get(low), 0xad, 0x84];

const set = (i: number): number[] => [0x21, i];
const BLOCK = [0x02, 0x40];
const LOOP = [0x03, 0x40];
const IF = [0x04, 0x40];
const END = 0x0b;
const V128 = 0x7b;
const load16 = [...get(0), 0xfd, 0x00, 0x00, 0x00];
const load8 = [...get(0), 0x2d, 0x00, 0x00];
const step = (n: number): number[] => [...get(0), 0x41, n, 0x6a, ...set(0)];

/**
 * for (; to - from >= 16; from += 16) if ((mask = bits of 16 bytes) != 0) return from + ctz(mask);
 * for (; from < to; from++) if (test of one byte) return from;
 * return to;
 */
const search = (mask: number, bits: number[], test: number[]): number[] => [
  ...[...BLOCK, ...LOOP],
  ...[...get(1), ...get(0), 0x6b, 0x41, 16, 0x49, 0x0d, 1],
  ...[...load16, ...bits, 0x22, mask, ...IF, ...get(0), ...get(mask), 0x68, 0x6a, 0x0f, END],
  ...[...step(16), 0x0c, 0, END, END],
  ...[...BLOCK, ...LOOP],
  ...[...get(0), ...get(1), 0x4f, 0x0d, 1],
  ...[...load8, ...test, ...IF, ...get(0), 0x0f, END],
  ...[...step(1), 0x0c, 0, END, END],
  ...get(1),
];

/** Rows: name, parameters, has a result, code, locals. Opcodes after 0xfe are the threads proposal's, after 0xfd the vectors'. */
const FUNCTIONS: readonly (readonly [string, number, boolean, number[], number[]?])[] = [
  ['load', 1, true, [...get(0), 0xfe, 0x10, ...MEMARG32]],
  ['store', 2, false, [...get(0), ...get(1), 0xfe, 0x17, ...MEMARG32]],
  ['add', 2, true, [...get(0), ...get(1), 0xfe, 0x1e, ...MEMARG32]],
  ['and', 2, true, [...get(0), ...get(1), 0xfe, 0x2c, ...MEMARG32]],
  ['or', 2, true, [...get(0), ...get(1), 0xfe, 0x33, ...MEMARG32]],
  ['exchange', 2, true, [...get(0), ...get(1), 0xfe, 0x41, ...MEMARG32]],
  ['cas', 3, true, [...get(0), ...get(1), ...get(2), 0xfe, 0x48, ...MEMARG32]],
  ['fence', 0, false, [0xfe, 0x03, 0x00]],
  ['cas2', 5, true, [...get(0), ...pair(1, 2), ...pair(3, 4), 0xfe, 0x49, 0x03, 0x00, ...pair(1, 2), 0x51]],
  [
    'indexOfByte',
    3,
    true,
    [...get(2), 0xfd, 0x0f, ...set(3), ...search(4, [...get(3), 0xfd, 0x23, 0xfd, 0x64], [...get(2), 0x46])],
    [V128, I32],
  ],
  ['asciiEnd', 2, true, search(2, [0xfd, 0x64], [0x41, 0x80, 0x01, 0x4f]), [I32]],
  ['copyBytes', 3, false, [...get(0), ...get(1), ...get(2), 0xfc, 0x0a, 0x00, 0x00]],
];

function encode(): Uint8Array<ArrayBuffer> {
  const types = FUNCTIONS.map(([, n, result]) => [
    0x60,
    ...leb(n),
    ...Array<number>(n).fill(I32),
    ...(result ? [1, I32] : [0]),
  ]);
  const imports = [[...text('e'), ...text('m'), 0x02, 0x03, ...leb(1), ...leb(65536)]];
  const exported = FUNCTIONS.map(([name], i) => [...text(name), 0x00, i]);
  const code = FUNCTIONS.map(([, , , body, locals = []]) => {
    const whole = [...vector(locals.map((type) => [1, type])), ...body, END];
    return [...leb(whole.length), ...whole];
  });
  return new Uint8Array([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, vector(types)),
    ...section(2, vector(imports)),
    ...section(3, vector(FUNCTIONS.map((_, i) => [i]))),
    ...section(7, vector(exported)),
    ...section(10, vector(code)),
  ]);
}

/** The atomic functions over one shared memory. */
export function instantiateAtomics(memory: WebAssembly.Memory): SpaceAtomics {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(encode()), { e: { m: memory } });
  // A plain object: its calls are as fast, and tests can have another thread's step come between.
  return { ...(instance.exports as unknown as SpaceAtomics) };
}

/** A word that nobody reads: the last of the control block's page. */
const FENCE_WORD = 1023;

/** The same over a plain buffer, by `Atomics`: three to five times slower. */
export function plainAtomics(buffer: SharedArrayBuffer): SpaceAtomics {
  const words = new Int32Array(buffer);
  const bytes = new Uint8Array(buffer);
  const pairs = new BigInt64Array(buffer);
  const wide = (low: number, high: number): bigint => (BigInt(high) << 32n) | BigInt(low >>> 0);
  return {
    load: (address) => Atomics.load(words, address >>> 2),
    store: (address, value) => void Atomics.store(words, address >>> 2, value),
    add: (address, value) => Atomics.add(words, address >>> 2, value),
    or: (address, value) => Atomics.or(words, address >>> 2, value),
    and: (address, value) => Atomics.and(words, address >>> 2, value),
    exchange: (address, value) => Atomics.exchange(words, address >>> 2, value),
    cas: (address, expected, desired) => Atomics.compareExchange(words, address >>> 2, expected, desired),
    fence: () => void Atomics.add(words, FENCE_WORD, 0),
    cas2(address, expectedLow, expectedHigh, low, high) {
      const expected = wide(expectedLow, expectedHigh);
      return Atomics.compareExchange(pairs, address >>> 3, expected, wide(low, high)) === expected ? 1 : 0;
    },
    indexOfByte(from, to, byte) {
      let i = from >>> 0;
      while (i < to >>> 0 && bytes[i] !== byte) i++;
      return i | 0;
    },
    asciiEnd(from, to) {
      let i = from >>> 0;
      while (i < to >>> 0 && bytes[i]! < 0x80) i++;
      return i | 0;
    },
    copyBytes: (to, from, n) => void bytes.copyWithin(to >>> 0, from >>> 0, (from >>> 0) + n),
  };
}
