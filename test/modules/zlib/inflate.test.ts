import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import * as zlib from 'node:zlib';
import { adler32 } from '../../../lib/modules/zlib/checksum.js';
import { DataError, type InflateState, Inflater, MODE_DONE, newState } from '../../../lib/modules/zlib/inflate.js';

let seed = 1;
const random = (n: number): number => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >>> 8) % n;
};

const words = Array.from({ length: 50 }, () => 'abcdefghijklmnop'.slice(random(8), 8 + random(8)));
const INPUTS: Readonly<Record<string, Buffer>> = {
  empty: Buffer.alloc(0),
  short: Buffer.from('abc'),
  zeros: Buffer.alloc(100000),
  random: randomBytes(70000),
  text: Buffer.from(Array.from({ length: 40000 }, () => words[random(50)]).join(' ')),
};

const compressed = function* (): Generator<[string, Buffer, Buffer]> {
  for (const [name, data] of Object.entries(INPUTS))
    for (const level of [0, 1, 6, 9])
      for (const strategy of [0, zlib.constants.Z_HUFFMAN_ONLY, zlib.constants.Z_FIXED])
        yield [`${name} ${level} ${strategy}`, data, zlib.deflateRawSync(data, { level, strategy })];
};

/** Inflates in steps of random sizes of input and output, the state copied between them as another thread would find it. */
function inSteps(packed: Buffer): { out: Buffer; state: InflateState; used: number } {
  let state = newState();
  const out: Buffer[] = [];
  let at = 0;
  let pending = Buffer.alloc(0);
  while (state.mode !== MODE_DONE) {
    const n = Math.min(packed.length - at, 1 + random(4000));
    pending = Buffer.concat([pending, packed.subarray(at, at + n)]);
    at += n;
    for (let full = true; full; ) {
      const limit = 1 + random(3000);
      const work = new Inflater(state, pending, limit);
      out.push(Buffer.from(work.run()));
      pending = pending.subarray(work.used);
      full = out[out.length - 1].length === limit;
      state = structuredClone(state);
    }
  }
  return { out: Buffer.concat(out), state, used: at - pending.length };
}

const inflate = (bytes: number[]): Uint8Array => {
  const state = newState();
  const out = new Inflater(state, Uint8Array.from(bytes), 1e6).run();
  assert.equal(state.mode, MODE_DONE);
  return out;
};

describe('modules/zlib/inflate', () => {
  it('gives back what deflate was given, at once', () => {
    for (const [name, data, packed] of compressed()) {
      const state = newState();
      const work = new Inflater(state, packed, 1e9);
      assert.ok(Buffer.compare(work.run(), data) === 0, name);
      assert.equal(state.mode, MODE_DONE, name);
      assert.equal(work.used + (state.bit > 0 ? 1 : 0), packed.length, name);
    }
  });

  it('stops anywhere and goes on', () => {
    for (const [name, data, packed] of compressed()) {
      const { out, state, used } = inSteps(packed);
      assert.ok(Buffer.compare(out, data) === 0, name);
      assert.equal(used + (state.bit > 0 ? 1 : 0), packed.length, name);
    }
  });

  it("says what is wrong in zlib's words", () => {
    const rows: [number[], string][] = [
      [[7], 'invalid block type'],
      [[1, 0, 0, 0, 0], 'invalid stored block lengths'],
      [[0xed, 255, 255, 255, 255], 'too many length or distance symbols'],
      [[3, 2], 'invalid distance too far back'],
      [[4, 0, 0xfe, 0xff], 'invalid code lengths set'],
    ];
    for (const [bytes, message] of rows)
      assert.throws(
        () => inflate([...bytes, ...new Array(20).fill(0)]),
        (e) => e instanceof DataError && e.message === message,
        message,
      );
  });

  it('computes adler32 of long data without overflow', () => {
    assert.equal(adler32(new Uint8Array(100000).fill(255), 1), zlibAdler(Buffer.alloc(100000, 255)));
  });
});

/** The checksum that Node's zlib puts at the end of a stream. */
const zlibAdler = (data: Buffer): number => zlib.deflateSync(data).readUInt32BE(zlib.deflateSync(data).length - 4);
