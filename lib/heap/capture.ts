/** Captures the space for a boot image (image.ts): the same sections, without relocations, which two captures tell when compared. */
import { writeFileSync } from 'node:fs';
import { collectGarbage } from './collect.js';
import { ProtospaceError } from './errors.js';
import { BLK_COUNT, BLOCK_LARGE, BLOCK_LARGE_REST, BLOCK_SMALL, blockEntry } from './freelist.js';
import {
  HEADER_BYTES,
  IMAGE_CONTROL,
  IMAGE_MAGIC,
  IMG_BLOCKS,
  IMG_BLOCKS_BYTES,
  IMG_BUILD,
  IMG_CONTROL,
  IMG_FILE_BYTES,
  IMG_FIRST_BLOCK,
  IMG_LAYOUT,
  IMG_MAGIC,
  IMG_STATES,
  IMG_TYPES_BYTES,
  INTERN_BYTES,
} from './image.js';
import * as L from './layout.generated.js';
import { markAddress } from './mark.js';
import { i32, u8 } from './memory.js';

const LINES = L.BLOCK_BYTES / L.CELL_BYTES;

/** Zeroes the lines of a block of small objects that the last collection did not mark; address behind the last marked one. */
function clearHoles(block: number): number {
  const base = block * L.BLOCK_BYTES;
  const marks = markAddress(base);
  let end = base;
  for (let line = 0; line < LINES; line++) {
    const from = base + line * L.CELL_BYTES;
    if (u8[marks + line] === 0) u8.fill(0, from, from + L.CELL_BYTES);
    else end = from + L.CELL_BYTES;
  }
  return end;
}

/** Fills the states into the header; address behind the last cell in use. */
function blockStates(header: Int32Array, first: number, top: number): number {
  let end = first * L.BLOCK_BYTES;
  for (let block = first; block < top; block++) {
    const state = i32[blockEntry(block)]!;
    if (state === BLOCK_SMALL) end = clearHoles(block);
    else if (state === BLOCK_LARGE || state === BLOCK_LARGE_REST) end = (block + 1) * L.BLOCK_BYTES;
    else continue;
    header[IMG_STATES + (block - first) * 2] = state;
    header[IMG_STATES + (block - first) * 2 + 1] = i32[blockEntry(block) + BLK_COUNT]!;
  }
  return end;
}

function typesBytes(): number {
  for (let i = L.TYPES_MAX; i > 0; i--)
    if (i32[(L.TYPES_BASE + (i - 1) * L.TYPE_BYTES) >>> 2] !== 0) return i * L.TYPE_BYTES;
  return 0;
}

/** Writes the space to a file. No thread may exist; collects first, by the TypeScript twin, whose mark bytes are read. */
export function captureSpace(file: string, build: string): void {
  collectGarbage();
  if (i32[L.CTL_WEAK_USED] !== 0)
    throw new ProtospaceError('ERR_PROTOSPACE_IMAGE', 'weak references are found by address: no image may hold one');
  const first = i32[L.CTL_BLOCKS_FIRST]!;
  const header = new Int32Array(HEADER_BYTES / 4);
  const end = blockStates(header, first, i32[L.CTL_BLOCKS_TOP]!);
  const blocks = Math.ceil(end / L.BLOCK_BYTES) - first;
  if (IMG_STATES + blocks * 2 > header.length)
    throw new ProtospaceError('ERR_PROTOSPACE_IMAGE', `${blocks} blocks are too many for an image`);
  const sections = [
    [L.TYPES_BASE, typesBytes()],
    [L.INTERN_BASE, INTERN_BYTES],
    [first * L.BLOCK_BYTES, end - first * L.BLOCK_BYTES],
  ] as const;
  header[IMG_MAGIC] = IMAGE_MAGIC;
  header[IMG_LAYOUT] = L.LAYOUT_HASH;
  header[IMG_BUILD] = parseInt(build.slice(0, 8), 16);
  header[IMG_BUILD + 1] = parseInt(build.slice(8), 16);
  header[IMG_FIRST_BLOCK] = first;
  header[IMG_BLOCKS] = blocks;
  header[IMG_TYPES_BYTES] = sections[0][1];
  header[IMG_BLOCKS_BYTES] = sections[2][1];
  header[IMG_FILE_BYTES] = sections.reduce((sum, [, bytes]) => sum + bytes, HEADER_BYTES);
  IMAGE_CONTROL.forEach((word, i) => (header[IMG_CONTROL + i] = i32[word]!));
  const copies = sections.map(([from, bytes]) => u8.slice(from, from + bytes));
  writeFileSync(file, Buffer.concat([new Uint8Array(header.buffer), ...copies]));
}
