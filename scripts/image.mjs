// Makes dist/boot.image: the space as booting leaves it. Two processes with heaps of different sizes boot and write what they have; words that
// differ by the distance of their blocks are the relocations, any other difference is an error.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { at, runNode } from './run.mjs';

const IMAGE = at('dist', 'boot.image');
/** The default first: an image for it needs no relocation. */
const HEAPS = ['4g', '256m'];
const BLOCK_WORDS = 8192;
/** As lib/heap/image.ts has them, in words; that module cannot be loaded here before it is compiled. */
const HEADER = 1024;
const [FILE_BYTES, FIRST_BLOCK, TYPES_BYTES, BLOCKS_BYTES, ADDRESSES, INDICES, CONTROL] = [4, 5, 7, 8, 9, 10, 11];
/** Where the header has the boot constants, backwards from the last word of the root table. */
const [CONSTANTS, CONSTANT_COUNT, LAST_ROOT] = [CONTROL + 4, 8, 4096 / 4 + 1023];
const TYPES_WORD = 131072 / 4;
const INTERN_WORD = 393216 / 4;
const INTERN_WORDS = 65536;

/** Boots in a process of its own; the words it wrote. */
function capture(heap, folder) {
  const file = join(folder, heap);
  const env = {
    PROTOSPACE_HEAP: heap,
    PROTOSPACE_ALLOCATOR: 'ts',
    PROTOSPACE_IMAGE: 'off',
    PROTOSPACE_STRESS: '',
    NODE_OPTIONS: '',
  };
  if (!runNode('scripts/image.mjs', ['--capture', file], { env, limit: 60 }))
    throw new Error(`no capture with a heap of ${heap}`);
  const bytes = readFileSync(file);
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

/** Sections of a capture: word in the file, word in the space, length. */
function sectionsOf(words) {
  const rows = [
    [TYPES_WORD, words[TYPES_BYTES] / 4],
    [INTERN_WORD, INTERN_WORDS],
    [words[FIRST_BLOCK] * BLOCK_WORDS, words[BLOCKS_BYTES] / 4],
  ];
  let position = HEADER;
  const constants = Array.from({ length: CONSTANT_COUNT }, (_, i) => ({
    at: CONSTANTS + i,
    word: LAST_ROOT - i,
    length: 1,
  }));
  const sections = rows.map(([word, length]) => {
    position += length;
    return { at: position - length, word, length };
  });
  return [...constants, ...sections];
}

const isConstant = (i) => i >= CONSTANTS && i < CONSTANTS + CONSTANT_COUNT;

function sameShape(a, b) {
  if (a.length !== b.length) throw new Error(`the captures have ${a.length} and ${b.length} words`);
  for (let i = 0; i < HEADER; i++)
    if (i !== FIRST_BLOCK && !isConstant(i) && a[i] !== b[i])
      throw new Error(`header word ${i} is ${a[i]} and ${b[i]}`);
}

/** Words of the space, as laid out in `a`, that hold addresses and word indices in the blocks. */
function relocations(a, b) {
  const shift = (a[FIRST_BLOCK] - b[FIRST_BLOCK]) * BLOCK_WORDS;
  if (shift === 0) throw new Error('both heaps have their blocks at the same place');
  const addresses = [];
  const indices = [];
  for (const { at, word, length } of sectionsOf(a)) {
    for (let i = 0; i < length; i++) {
      const by = (a[at + i] - b[at + i]) | 0;
      if (by === 0) continue;
      if (by === ((shift * 4) | 0)) addresses.push(word + i);
      else if (by === shift) indices.push(word + i);
      else
        throw new Error(
          `word ${(word + i).toString(16)} holds ${a[at + i]} and ${b[at + i]}: booting is not repeatable`,
        );
    }
  }
  return { addresses, indices };
}

/** Writes dist/boot.image. */
export function makeImage() {
  rmSync(IMAGE, { force: true });
  const folder = mkdtempSync(join(tmpdir(), 'protospace-image-'));
  try {
    const [a, b] = HEAPS.map((heap) => capture(heap, folder));
    sameShape(a, b);
    const { addresses, indices } = relocations(a, b);
    const image = new Int32Array(a.length + addresses.length + indices.length);
    image.set(a);
    image.set(addresses, a.length);
    image.set(indices, a.length + addresses.length);
    image[ADDRESSES] = addresses.length;
    image[INDICES] = indices.length;
    image[FILE_BYTES] = image.length * 4;
    writeFileSync(IMAGE, new Uint8Array(image.buffer));
    return true;
  } catch (error) {
    console.error(`image: ${error.message}`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === '--capture') {
  const workerData = { protospace: 'carrier', capture: process.argv[3] };
  const worker = new Worker(at('dist', 'carrier.js'), { workerData, resourceLimits: { stackSizeMb: 8 } });
  worker.on('error', (error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
