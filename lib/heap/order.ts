/**
 * The order of plain loads and stores, as other threads see it (docs/ordering.md). x86 keeps stores among themselves and loads among themselves, so nothing
 * is to be done there; ARM and others keep only what depends on an address that was loaded.
 */
import { atomics, i32 } from './memory.js';

const I32 = i32;

/** Does this processor keep the order of stores, and that of loads? */
export const STRONG: boolean = process.arch === 'x64' || process.arch === 'ia32';

/** What was stored before is seen by whoever sees what is stored afterwards and follows it. */
export function orderStores(): void {
  if (!STRONG) atomics.fence();
}

/** What was loaded before is no newer than what is loaded afterwards. */
export function orderLoads(): void {
  if (!STRONG) atomics.fence();
}

/** A word that says what the words loaded afterwards hold for: a version. */
export const loadFirst = (word: number): number => (STRONG ? I32[word]! : atomics.load(word << 2));

/** Stores a word that says of what was stored before that it is there: a version, a state. */
export function storeLast(word: number, value: number): void {
  if (STRONG) I32[word] = value;
  else atomics.store(word << 2, value);
}
