/**
 * The TypeScript marker: one mark byte for every cell of the space, a stack outside the space. Bytes: MARK_OBJECT for an object's first
 * cell, MARK_REST for its others, MARK_GRANULES for a line of floats. native/gc/marker.cc is the twin.
 */
import { BLOCK_LARGE, BLOCK_SMALL, blockEntry } from './freelist.js';
import * as L from './layout.generated.js';
import { abortMarking } from './marking.js';
import { i32, u8 } from './memory.js';
import { eachBuiltinType, eachRoot } from './roots.js';
import { corrupt, scanObject } from './scan.js';

const I32 = i32;
const U8 = u8;

export const MARK_OBJECT = 1;
export const MARK_REST = 2;
export const MARK_GRANULES = 3;

/** Address of the mark byte of the cell at `address`. */
export const markAddress = (address: number): number => L.MARKS_BASE + (address >>> L.CELL_SHIFT);

let stack = new Int32Array(4096);
let depth = 0;
let firstBlock = 0;
let topBlock = 0;

/** Is the address in a block that objects are allocated in? */
export function inObjectBlock(address: number): boolean {
  const block = address >>> L.BLOCK_SHIFT;
  if (block < I32[L.CTL_BLOCKS_FIRST]! || block >= I32[L.CTL_BLOCKS_TOP]!) return false;
  const state = I32[blockEntry(block)]!;
  return state === BLOCK_SMALL || state === BLOCK_LARGE;
}

const inTypes = (address: number): boolean =>
  address >>> 0 >= L.TYPES_BASE && address >>> 0 < L.TYPES_BASE + L.TYPES_MAX * L.TYPE_BYTES;

/** A place in the table of built-in types whose type is not made yet; class words may name it already. */
export const isUnmadeType = (handle: number): boolean =>
  inTypes(handle) && handle % L.TYPE_BYTES === 0 && I32[handle >>> 2] === 0;

/** Why `handle` (tag 000, not 0) is no object; empty when it is one. */
export function objectFault(handle: number): string {
  if ((handle & (L.CELL_BYTES - 1)) !== 0) return 'not at the start of a cell';
  if (!inObjectBlock(handle) && !inTypes(handle)) return 'outside the blocks of objects';
  const w = handle >>> 2;
  const kind = I32[w]! & 0xff;
  if (kind === L.KIND_FREE || kind >= L.KINDS) return `kind ${kind} is none`;
  const cells = I32[w + 1]!;
  const limit = inTypes(handle) ? L.TYPES_BASE + L.TYPES_MAX * L.TYPE_BYTES : I32[L.CTL_BLOCKS_TOP]! * L.BLOCK_BYTES;
  if (cells <= 0 || (handle >>> 0) + cells * L.CELL_BYTES > limit) return `${cells} cells are impossible`;
  return '';
}

function pushObject(handle: number): void {
  if (depth === stack.length) {
    const larger = new Int32Array(stack.length * 2);
    larger.set(stack);
    stack = larger;
  }
  stack[depth++] = handle;
}

/** Built-in types are roots of their own, and one that is not made yet may be named already. */
function visitObject(handle: number, word: number): void {
  if ((handle & (L.CELL_BYTES - 1)) !== 0) throw corrupt(word, 'not at the start of a cell');
  if (!inTypes(handle)) markObject(handle, word);
  else if (handle % L.TYPE_BYTES !== 0) throw corrupt(word, 'inside another object');
}

function markObject(handle: number, word: number): void {
  const at = markAddress(handle);
  if (U8[at] === MARK_OBJECT) return;
  const fault = U8[at] === MARK_REST || U8[at] === MARK_GRANULES ? 'inside another object' : objectFault(handle);
  if (fault !== '') throw corrupt(word, fault);
  U8[at] = MARK_OBJECT;
  const cells = I32[(handle >>> 2) + 1]!;
  if (cells > 1) U8.fill(MARK_REST, at + 1, at + cells);
  pushObject(handle);
}

function visitWord(word: number): void {
  const handle = I32[word]!;
  if ((handle & 1) !== 0 || handle === 0) return;
  const tag = handle & 7;
  if (tag === 0) visitObject(handle, word);
  else if (tag !== 6) {
    if (!inObjectBlock(handle)) throw corrupt(word, 'a number outside the blocks of objects');
    const at = markAddress(handle);
    if (U8[at] === 0) U8[at] = MARK_GRANULES;
  }
}

function drain(): void {
  while (depth > 0) scanObject(stack[--depth]!, visitWord);
}

/** Clears the mark bytes of built-in types and of all blocks in use. */
function clearMarks(): void {
  U8.fill(0, markAddress(L.TYPES_BASE), markAddress(L.INTERN_BASE));
  U8.fill(0, markAddress(firstBlock * L.BLOCK_BYTES), L.MARKS_BASE + topBlock * (L.BLOCK_BYTES / L.CELL_BYTES));
}

/** Marks all that can be reached. Throws ERR_PROTOSPACE_HEAP_CORRUPT for a word that is no handle. */
export function markAll(): void {
  abortMarking();
  firstBlock = I32[L.CTL_BLOCKS_FIRST]!;
  topBlock = I32[L.CTL_BLOCKS_TOP]!;
  depth = 0;
  clearMarks();
  eachBuiltinType((handle) => {
    markObject(handle, handle >>> 2);
    drain();
  });
  eachRoot((word) => {
    visitWord(word);
    if (depth > 2048) drain();
  });
  drain();
  if (stack.length > 1 << 20) stack = new Int32Array(4096);
}

/** Marks what the word holds and all it reaches; after markAll, before sweeping. */
export function markFrom(word: number): void {
  visitWord(word);
  drain();
}
