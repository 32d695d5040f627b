import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Algorithm } from '../../../lib/modules/hashes/algorithm.js';
import { blake2, type Blake2Parameters } from '../../../lib/modules/hashes/blake2.js';
import { sha3, shake } from '../../../lib/modules/hashes/keccak.js';
import { md5, sha1, sha224, sha256 } from '../../../lib/modules/hashes/md.js';
import { sha384, sha512 } from '../../../lib/modules/hashes/sha512.js';

const plain = (digestSize: number): Blake2Parameters => ({
  digestSize,
  keySize: 0,
  salt: new Uint8Array(0),
  person: new Uint8Array(0),
  fanout: 1,
  depth: 1,
  leafSize: 0,
  nodeOffset: 0n,
  nodeDepth: 0,
  innerSize: 0,
  lastNode: false,
});

const ROWS: readonly (readonly [Algorithm, string])[] = [
  [md5, 'md5'],
  [sha1, 'sha1'],
  [sha224, 'sha224'],
  [sha256, 'sha256'],
  [sha384, 'sha384'],
  [sha512, 'sha512'],
  ...sha3.map((a) => [a, a.native!] as const),
  [shake[0], 'shake128'],
  [shake[1], 'shake256'],
  [blake2(true, plain(64)), 'blake2b512'],
  [blake2(false, plain(32)), 'blake2s256'],
];

/** The digest of data taken in blocks, with the state copied between them. */
function digest(a: Algorithm, data: Uint8Array, length: number): string {
  let state = new Int32Array(a.words);
  a.start(state);
  let at = 0;
  const end = a.holdsLast ? data.length - 1 : data.length;
  for (; at + a.blockSize <= end; at += a.blockSize) {
    a.blocks(state, data, at, at + a.blockSize);
    state = Int32Array.from(state);
  }
  return Buffer.from(a.finish(state, data.subarray(at), data.length, length)).toString('hex');
}

describe('modules/hashes', () => {
  for (const [a, name] of ROWS)
    it(`${a.name} gives the digests of node:crypto, for lengths around its blocks`, () => {
      const open = name.startsWith('shake');
      const length = a.digestSize || 77;
      for (let n = 0; n < 3 * a.blockSize + 2; n++) {
        const data = Uint8Array.from({ length: n }, (_, i) => (i * 7 + n) & 255);
        const expected = createHash(name, open ? { outputLength: length } : undefined)
          .update(data)
          .digest('hex');
        assert.equal(digest(a, data, length), expected, `${n} bytes`);
      }
    });
});
