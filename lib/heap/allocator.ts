/**
 * Which twin serves batches of free cells: the addon or TypeScript. Chosen once, when the module loads, by
 * `PROTOSPACE_ALLOCATOR=native|ts`; without an addon the TypeScript twin takes over with one warning a process.
 */
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { addon, addonProblem } from './addon.js';
import { CARRIER } from './carrier.js';
import { ProtospaceError } from './errors.js';
import { getFreeCellsTs } from './freelist.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';

const I32 = i32;

export type AllocatorKind = 'native' | 'ts';

/** Serves a run of at least `least` and at most `most` bytes; its size goes to word `out`. Returns its address. */
export type GetFreeCells = (least: number, most: number, out: number) => number;

/** Value of CTL_ALLOCATOR_KIND once an isolate of the process has warned that it has no addon. */
const WARNED = 2;

/** A Worker's own warnings pass through the main thread, which the command line ends before they are written. */
function warnOnce(): void {
  if (atomics.cas(L.CTL_ALLOCATOR_KIND * 4, 0, WARNED) !== 0) return;
  const text = `${addonProblem}; the TypeScript allocator takes over`;
  if (isMainThread) process.emitWarning(text, { code: 'PROTOSPACE_NO_ADDON' });
  else writeSync(2, `protospace: warning: ${text}\n`);
}

function choose(): AllocatorKind {
  const wanted = process.env.PROTOSPACE_ALLOCATOR || 'native';
  if (wanted !== 'native' && wanted !== 'ts') {
    throw new ProtospaceError('ERR_PROTOSPACE_ALLOCATOR', `allocator '${wanted}' is neither native nor ts`);
  }
  if (wanted === 'ts' || addon !== undefined) return wanted;
  warnOnce();
  return 'ts';
}

export const allocatorKind: AllocatorKind = choose();
const native = allocatorKind === 'native' ? addon : undefined;

function nativeCells(least: number, most: number, out: number): number {
  const address = native!.getFreeCells(least, most, out);
  if (address === 0) return getFreeCellsTs(least, most, out); // throws the error with its code
  I32[CARRIER + L.CAR_SERVED_NATIVE] = I32[CARRIER + L.CAR_SERVED_NATIVE]! + 1;
  return address;
}

function tsCells(least: number, most: number, out: number): number {
  const address = getFreeCellsTs(least, most, out);
  I32[CARRIER + L.CAR_SERVED_TS] = I32[CARRIER + L.CAR_SERVED_TS]! + 1;
  return address;
}

export const getFreeCells: GetFreeCells = native === undefined ? tsCells : nativeCells;
