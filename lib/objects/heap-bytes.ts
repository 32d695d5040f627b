/** `__sizeof__`: what an object takes of the heap. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { scanObject } from '../heap/scan.js';

const I32 = i32;
/** Kinds that are storage of one object alone. */
const STORAGE = new Set([L.KIND_ARRAY, L.KIND_BUFFER, L.KIND_DICTSTORE, L.KIND_SETSTORE, L.KIND_OVERFLOW]);
const isObject = (h: number): boolean => (h & 7) === 0 && h !== 0;

/** Is it storage of one object alone, which Python does not see? */
export const isStorage = (h: number): boolean => STORAGE.has(I32[h >>> 2] & 0xff);

/** Bytes of the heap that belong to the object: its cells, and storage that is its own. */
export function heapBytes(h: number): number {
  if (!isObject(h)) return L.CELL_BYTES / 8;
  let cells = I32[(h >>> 2) + 1];
  const seen = new Set<number>([h]);
  const visit = (word: number): void => {
    const v = I32[word];
    if (!isObject(v) || seen.has(v) || !isStorage(v)) return;
    seen.add(v);
    cells += I32[(v >>> 2) + 1];
    scanObject(v, visit);
  };
  scanObject(h, visit);
  return cells * L.CELL_BYTES;
}
