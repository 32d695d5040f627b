/**
 * The boot image: a file with the space as booting leaves it (built-in types, interned names), read into a fresh space instead of booting. It
 * holds no addresses but of the space, so it fits every process; where the blocks lie elsewhere than in the image (the mark bytes before
 * them grow with the heap), the words listed as relocations are shifted. scripts/image.mjs makes it from two captures (capture.ts).
 *
 * File, in 32-bit words: header, (state, count) of each block, both within HEADER_BYTES; the table of built-in types, the intern table, the
 * blocks up to the last used cell; relocations: indices of words that hold addresses, then of words that hold word indices.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import * as L from './layout.generated.js';

export const IMAGE_MAGIC = 0x4d495350;
/** Size of the header with the states of the blocks. */
export const HEADER_BYTES = 4096;
export const IMG_MAGIC = 0;
export const IMG_LAYOUT = 1;
/** Hash of the build, 16 hexadecimal digits in two words. */
export const IMG_BUILD = 2;
export const IMG_FILE_BYTES = 4;
export const IMG_FIRST_BLOCK = 5;
export const IMG_BLOCKS = 6;
export const IMG_TYPES_BYTES = 7;
export const IMG_BLOCKS_BYTES = 8;
export const IMG_ADDRESSES = 9;
export const IMG_INDICES = 10;
export const IMG_CONTROL = 11;
export const IMG_STATES = 32;

/** Words of the control block and of the root table that belong to what booting made. */
export const IMAGE_CONTROL: readonly number[] = [
  L.CTL_TYPE_VERSION_NEXT,
  L.CTL_SHAPE_ID_NEXT,
  L.CTL_OWNER_NEXT,
  L.CTL_NATIVES_HASH,
  // The boot constants.
  ...Array.from({ length: L.BOOT_CONSTANTS }, (_, i) => (L.ROOTS_BASE >>> 2) + L.ROOTS_COUNT - 1 - i),
];

export const INTERN_BYTES = L.INTERN_BUCKETS * 4;

/** States of CTL_BOOT_STATE. */
export const BOOT_NONE = 0;
export const BOOT_RUNNING = 1;
export const BOOT_DONE = 2;
/** An image was read; nobody owns its objects yet. */
export const BOOT_IMAGE = 3;
/** Owner id of the thread that booted for the image, the first of its space. */
export const IMAGE_OWNER = 1;

function fill(fd: number, to: Uint8Array, position: number): void {
  for (let done = 0; done < to.length; ) {
    const n = readSync(fd, to, done, to.length - done, position + done);
    if (n === 0) throw new Error('the boot image ends early');
    done += n;
  }
}

const matches = (header: Int32Array, build: string, size: number): boolean =>
  header[IMG_MAGIC] === IMAGE_MAGIC &&
  header[IMG_LAYOUT] === (L.LAYOUT_HASH | 0) &&
  header[IMG_BUILD] === (parseInt(build.slice(0, 8), 16) | 0) &&
  header[IMG_BUILD + 1] === (parseInt(build.slice(8), 16) | 0) &&
  header[IMG_FILE_BYTES] === size;

/** Shifts the listed words by `by`. Words in the blocks are listed by where they lay in the image. */
function relocate(i32: Int32Array, list: Int32Array, blocksWord: number, shift: number, by: number): void {
  for (let i = 0; i < list.length; i++) {
    const word = list[i]! >= blocksWord ? list[i]! + shift : list[i]!;
    i32[word] = i32[word]! + by;
  }
}

function relocateAll(fd: number, header: Int32Array, i32: Int32Array, position: number, blocks: number): void {
  const count = header[IMG_ADDRESSES]! + header[IMG_INDICES]!;
  const list = new Int32Array(count);
  fill(fd, new Uint8Array(list.buffer), position);
  const blocksWord = (header[IMG_FIRST_BLOCK]! * L.BLOCK_BYTES) / 4;
  const words = blocks * (L.BLOCK_BYTES / 4);
  relocate(i32, list.subarray(0, header[IMG_ADDRESSES]), blocksWord, words, words * 4);
  relocate(i32, list.subarray(header[IMG_ADDRESSES]), blocksWord, words, words);
}

function read(fd: number, header: Int32Array, i32: Int32Array, u8: Uint8Array): void {
  const first = i32[L.CTL_BLOCKS_FIRST]!;
  let position = HEADER_BYTES;
  const section = (address: number, bytes: number): void => {
    fill(fd, u8.subarray(address, address + bytes), position);
    position += bytes;
  };
  section(L.TYPES_BASE, header[IMG_TYPES_BYTES]!);
  section(L.INTERN_BASE, INTERN_BYTES);
  section(first * L.BLOCK_BYTES, header[IMG_BLOCKS_BYTES]!);
  IMAGE_CONTROL.forEach((word, i) => (i32[word] = header[IMG_CONTROL + i]!));
  if (header[IMG_FIRST_BLOCK] !== first) relocateAll(fd, header, i32, position, first - header[IMG_FIRST_BLOCK]!);
  const states = (L.BLOCKS_BASE + first * L.BLOCK_ENTRY_BYTES) >>> 2;
  for (let b = 0; b < header[IMG_BLOCKS]!; b++) {
    i32[states + b * (L.BLOCK_ENTRY_BYTES / 4)] = header[IMG_STATES + b * 2]!;
    i32[states + b * (L.BLOCK_ENTRY_BYTES / 4) + 1] = header[IMG_STATES + b * 2 + 1]!;
  }
  i32[L.CTL_BLOCKS_TOP] = first + header[IMG_BLOCKS]!;
  i32[L.CTL_BOOT_STATE] = BOOT_IMAGE;
}

/**
 * Reads the image into a space whose control block is set up and that nobody else uses yet. False, and the space as it was, when the file is
 * missing or of another build. A file that cannot be read to its end is an error: the space is spoilt then.
 */
export function loadImage(file: string, build: string, i32: Int32Array, u8: Uint8Array): boolean {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return false;
  }
  try {
    const size = fstatSync(fd).size;
    const header = new Int32Array(HEADER_BYTES / 4);
    if (size < HEADER_BYTES) return false;
    fill(fd, new Uint8Array(header.buffer), 0);
    if (!matches(header, build, size)) return false;
    if (i32[L.CTL_BLOCKS_FIRST]! + header[IMG_BLOCKS]! * 2 > i32[L.CTL_BLOCKS_END]!) return false;
    read(fd, header, i32, u8);
    return true;
  } finally {
    closeSync(fd);
  }
}
