/**
 * Handles that host code keeps without a scope: a table in the space, held by the host thread's record (THR_LOCALS), so that the roots of an
 * isolate go when it ends.
 */
import { escapeAll } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { logOld } from '../heap/marking.js';
import { newOldObject } from '../heap/alloc.js';
import { i32 } from '../heap/memory.js';
import { publish } from '../objects/sync.js';
import { hostThread, isHosting, running } from './host.js';

const I32 = i32;
const FIRST = 56;

let capacity = 0;
/** Free places of the table, the lowest last. */
const free: number[] = [];
/** Places that JavaScript's collector gave up while the host thread was off the carrier. */
const late: number[] = [];

const tableWord = (): number => hostThread() + L.THR_LOCALS;
const itemWord = (slot: number): number => (I32[tableWord()]! >>> 2) + L.ARRAY_ITEMS + slot;

function grow(): void {
  const larger = Math.max(FIRST, capacity * 2);
  const table = newOldObject(L.KIND_ARRAY, (L.ARRAY_ITEMS + larger) * 4, 0);
  I32[(table >>> 2) + L.ARRAY_LENGTH] = larger;
  const old = I32[tableWord()]!;
  if (old !== 0) {
    const from = (old >>> 2) + L.ARRAY_ITEMS;
    I32.copyWithin((table >>> 2) + L.ARRAY_ITEMS, from, from + capacity);
  }
  I32[tableWord()] = table;
  logOld(table);
  for (let i = larger - 1; i >= capacity; i--) free.push(i);
  capacity = larger;
}

/** Roots a handle until `dropRoot`; anyone may be given it from now on. To be called within `running`. Returns its place. */
export function addRoot(handle: number): number {
  dropLate();
  if (free.length === 0) grow();
  const slot = free.pop()!;
  publish(handle);
  I32[itemWord(slot)] = handle;
  escapeAll();
  logOld(handle);
  return slot;
}

export function dropRoot(slot: number): void {
  I32[itemWord(slot)] = 0;
  free.push(slot);
}

function dropLate(): void {
  while (late.length > 0) dropRoot(late.pop()!);
}

/** For JavaScript's collector, which may ask at any moment between turns: the root ends now, or at the host thread's next operation. */
export function dropCollectedRoot(slot: number): void {
  late.push(slot);
  if (isHosting()) running(dropLate);
}

/** How many handles are rooted. */
export const rootCount = (): number => capacity - free.length;
