/** Fields of RECORD objects that other threads may reach: a store publishes what is stored when the record is shared. */
import { storeRef } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { publishStore } from '../objects/sync.js';

export { item, newRecord, raw, setRaw } from './itertools-record.js';

const I32 = i32;

/** Stores a handle (0: none) into field `i`. */
export function setField(r: number, i: number, value: number): void {
  publishStore(r, value);
  storeRef(r, L.RECORD_ITEMS + i, value);
}

/** Word index of field `i`. */
export const fieldWord = (r: number, i: number): number => (r >>> 2) + L.RECORD_ITEMS + i;
/** Word index of the first raw word. */
export const rawWord = (r: number): number => (r >>> 2) + L.RECORD_RAW_0;
export const fieldOr = (r: number, i: number, fallback: number): number => I32[fieldWord(r, i)] || fallback;
