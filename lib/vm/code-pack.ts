/**
 * The precompiled standard library: one file with the code files (compiler/code-file.ts) of all its modules, beside the bundle; made by
 * scripts/stdlib-code.mjs. Words: magic, hash of the compiler, count; then a row for each module, sorted by the hash of its path: hash, size
 * of the source, first word, words. A module whose source has another size is compiled.
 */
import { fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { hashText } from '../objects/string-hash.js';
import { codeFiles } from './lazy-code.js';

export const PACK_MAGIC = 0x50435350;
export const PACK_HEADER = 3;
export const ROW_WORDS = 4;

/** Hash of the compiler's sources, set where they are bundled. */
declare const PROTOSPACE_COMPILER: string;

/** Folder of the standard library's sources. */
const FOLDER = join(import.meta.dirname, 'stdlib');

interface Pack {
  readonly fd: number;
  readonly count: number;
  readonly rows: Int32Array;
}

let pack: Pack | null | undefined;

function readWords(fd: number, position: number, n: number): Int32Array | undefined {
  const words = new Int32Array(n);
  const bytes = new Uint8Array(words.buffer);
  for (let done = 0; done < bytes.length; ) {
    const got = readSync(fd, bytes, done, bytes.length - done, (position << 2) + done);
    if (got === 0) return undefined;
    done += got;
  }
  return words;
}

function openPack(): Pack | null {
  if (typeof PROTOSPACE_COMPILER !== 'string' || process.env.PROTOSPACE_STDLIB === 'source') return null;
  try {
    const fd = openSync(join(import.meta.dirname, 'stdlib.code'), 'r');
    const head = fstatSync(fd).size < PACK_HEADER * 4 ? undefined : readWords(fd, 0, PACK_HEADER);
    if (head?.[0] !== PACK_MAGIC || head[1] !== (parseInt(PROTOSPACE_COMPILER.slice(0, 8), 16) | 0)) return null;
    const rows = readWords(fd, PACK_HEADER, head[2] * ROW_WORDS);
    return rows === undefined ? null : { fd, count: head[2], rows };
  } catch {
    return null;
  }
}

/** Row of a path below the standard library's folder; -1 when there is none. */
function rowOf({ count, rows }: Pack, path: string): number {
  const hash = hashText(path) >>> 0;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle * ROW_WORDS] >>> 0 < hash) low = middle + 1;
    else high = middle;
  }
  return low < count && rows[low * ROW_WORDS] >>> 0 === hash ? low : -1;
}

/** Number of the code file of a source file with this size; -1 when it is not precompiled. */
export function precompiled(file: string, size: number): number {
  if (!file.startsWith(FOLDER)) return -1;
  if (pack === undefined) pack = openPack();
  if (pack === null) return -1;
  const row = rowOf(pack, file.slice(FOLDER.length + 1));
  return row >= 0 && pack.rows[row * ROW_WORDS + 1] === size ? row : -1;
}

const read = new Map<number, Int32Array>();

codeFiles.read = (file) => {
  let words = read.get(file);
  if (words === undefined) {
    // In an isolate that has not imported the module itself, too.
    if (pack === undefined) pack = openPack();
    const at = file * ROW_WORDS;
    words = pack == null ? undefined : readWords(pack.fd, pack.rows[at + 2], pack.rows[at + 3]);
    if (words === undefined) throw new Error(`stdlib.code: module ${file} cannot be read`);
    read.set(file, words);
  }
  return words;
};
