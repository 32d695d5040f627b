/**
 * Memory limits of environments: who holds which cells, counted when a thread takes them and corrected at every collection.
 *
 * An environment with a limit has a record (`LIM_*` words, in cells). The table of tags, a byte for every cell at the end of the space, says to whose
 * record a cell counts: a thread that takes cells writes it, the sweep counts what lives by it. Nothing of that happens before the first environment
 * with a limit.
 *
 * | word | meaning | written by |
 * | --- | --- | --- |
 * | LIM_STATE | free, in use, or its environment is closed | who makes and closes environments; settle, when nothing counts to it any more |
 * | LIM_USED | cells taken since the last collection, and what lived then | takers: atomic add; settle |
 * | LIM_CEILING | where small allocations fail: at MOST with MemoryError under way, below it otherwise | settle; limitHasRoom |
 * | LIM_TRIGGER | where the next safepoint is asked to collect | settle |
 * | LIM_MARKED, LIM_STACKS | USED, and cells of its threads' stacks, when the sweep began | beginRecount, the world being stopped |
 * | LIM_LIVE | cells found alive by the sweep | sweepers: atomic add |
 *
 * Invariant after settle: LIM_USED = cells alive + stacks + cells taken since the sweep began.
 */
import { CARRIER, POLL_COLLECT } from './carrier.js';
import { HeapExhausted, ProtospaceError } from './errors.js';
import * as L from './layout.generated.js';
import { atomics, i32, u8 } from './memory.js';

const I32 = i32;
const U8 = u8;
const C = CARRIER;

export const LIMIT_FREE = 0;
const LIMIT_USED = 1;
export const LIMIT_CLOSED = 2;

const BLOCK_CELLS = L.BLOCK_BYTES / L.CELL_BYTES;
/** Kept for MemoryError: 512 KiB. */
const LAST_CELLS = 16 * BLOCK_CELLS;
/** Small objects find this much more until the next safepoint has collected: a sixteenth of the limit, 4 MiB at most. */
const graceCells = (most: number): number => Math.min(most >> 4, 128 * BLOCK_CELLS);
/** When this much lives there is no room. */
const fullCells = (most: number): number => most - LAST_CELLS - graceCells(most);

/** The smallest limit: an environment that has imported a few modules holds a third of it. */
export const LIMIT_LEAST = 8 * 2 ** 20;

/** Word index of a record. */
export const recordOf = (limit: number): number => (L.LIMITS_BASE + limit * L.LIMIT_BYTES) >>> 2;
const tagAddress = (address: number): number => I32[L.CTL_BLOCKS_END]! * L.BLOCK_BYTES + (address >>> L.CELL_SHIFT);
export const cellsOf = (bytes: number): number => Math.ceil(bytes / L.CELL_BYTES);

/** Has the process had an environment with a limit? */
export const limitsInUse = (): boolean => I32[L.CTL_LIMITS_USED] !== 0;

/** Record of an environment; 0: it has none. */
export const limitOfEnvironment = (environment: number): number =>
  environment === 0 ? 0 : I32[(environment >>> 2) + L.ENVIRONMENT_LIMIT]!;

/** The limit that the current context allocates under; 0: none. */
export function currentLimit(): number {
  const context = I32[C + L.CAR_CONTEXT]!;
  return limitsInUse() && context !== 0 ? limitOfEnvironment(I32[context + L.F_ENVIRONMENT]!) : 0;
}

/** Would `bytes` more be within the limit? */
function fits(limit: number, bytes: number): boolean {
  const w = recordOf(limit);
  const least =
    bytes > L.LARGE_BYTES
      ? Math.min(I32[w + L.LIM_CEILING]!, fullCells(I32[w + L.LIM_MOST]!))
      : I32[w + L.LIM_CEILING]!;
  return I32[w + L.LIM_USED]! + cellsOf(bytes) <= least;
}

/** Set by collect.ts: waits for the sweep that goes on, and settles it; false when there is none. */
export const limitHooks = { settleSweep: (): boolean => false };

/** Throws HeapExhausted when `bytes` more are beyond the limit, and no sweep that goes on finds them. */
export function checkLimit(limit: number, bytes: number): void {
  if (fits(limit, bytes) || (limitHooks.settleSweep() && fits(limit, bytes))) return;
  throw new HeapExhausted(bytes, I32[recordOf(limit) + L.LIM_MOST]! * L.CELL_BYTES);
}

/** The cells [address, address + bytes) count to the limit from now on; of a large object only the first is tagged. */
export function chargeCells(limit: number, address: number, bytes: number): void {
  const tag = tagAddress(address);
  if (bytes <= L.BLOCK_BYTES) U8.fill(limit, tag, tag + (bytes >>> L.CELL_SHIFT));
  else U8[tag] = limit;
  if (limit !== 0) charge(limit, cellsOf(bytes));
}

/** Cells beyond the young region that go back to the free lists before a collection. */
export function creditCells(bytes: number): void {
  const limit = currentLimit();
  if (limit !== 0) atomics.add((recordOf(limit) + L.LIM_USED) << 2, -(bytes >>> L.CELL_SHIFT));
}

/** A stack segment for a thread of the environment: counted until the next collection, which counts stacks itself. */
export function chargeStack(environment: number, bytes: number): void {
  const limit = limitsInUse() ? limitOfEnvironment(environment) : 0;
  if (limit === 0) return;
  checkLimit(limit, bytes);
  charge(limit, cellsOf(bytes));
}

function charge(limit: number, cells: number): void {
  const w = recordOf(limit);
  const used = atomics.add((w + L.LIM_USED) << 2, cells) + cells;
  if (used < I32[w + L.LIM_TRIGGER]! || I32[L.CTL_SWEEPING] !== 0) return;
  collectSoon();
  atomics.or((C + L.CAR_POLL) << 2, POLL_COLLECT);
}

/** Set where little is left: the next collection of this carrier must find all that is garbage, with the world stopped. */
export const scarcity = { noticed: false };

/** Makes the next safepoint that is asked collect, whatever has been handed out. */
export function collectSoon(): void {
  scarcity.noticed = true;
  atomics.store(L.CTL_CELLS_SINCE_GC * 4, I32[L.CTL_GC_THRESHOLD_BLOCKS]! * BLOCK_CELLS);
}

/** After a collection: has the current environment room for `bytes`? If not, what is kept for MemoryError is opened. */
export function limitHasRoom(bytes: number): boolean {
  const limit = currentLimit();
  if (limit === 0) return true;
  limitHooks.settleSweep();
  const w = recordOf(limit);
  const most = I32[w + L.LIM_MOST]!;
  if (I32[w + L.LIM_USED]! + cellsOf(bytes) <= fullCells(most)) return true;
  I32[w + L.LIM_CEILING] = most;
  return false;
}

/** The TypeScript sweeper found the cell at `address` and those behind it alive; native/gc/sweeper.cc is the twin. */
export function countLive(address: number, cells: number): void {
  const limit = U8[tagAddress(address)]!;
  if (limit !== 0) I32[recordOf(limit) + L.LIM_LIVE]! += cells;
}

/** Sets ceiling and trigger of a record by what lives. */
export function adjustLimit(w: number, live: number): void {
  const most = I32[w + L.LIM_MOST]!;
  const full = fullCells(most);
  // Opened for MemoryError it stays open until there is room again.
  if (live <= full) I32[w + L.LIM_CEILING] = most - LAST_CELLS;
  else if (I32[w + L.LIM_CEILING] !== most) I32[w + L.LIM_CEILING] = full;
  I32[w + L.LIM_TRIGGER] = live > full ? 0x7fffffff : live + Math.max((full - live) >> 1, graceCells(most) >> 1);
}

function claimLimit(): number {
  for (let i = 1; i < L.LIMITS_MAX; i++)
    if (atomics.cas((recordOf(i) + L.LIM_STATE) << 2, LIMIT_FREE, LIMIT_USED) === LIMIT_FREE) return i;
  return 0;
}

/** A limit of `bytes`, to be stored in ENVIRONMENT_LIMIT; 0 when too many environments have one: those that are closed need a collection. */
export function newLimit(bytes: number): number {
  const limit = claimLimit();
  if (limit === 0) return 0;
  const w = recordOf(limit);
  I32[w + L.LIM_MOST] = Math.min(cellsOf(bytes), 2 ** 26);
  I32[w + L.LIM_USED] = 0;
  I32[w + L.LIM_MARKED] = 0;
  I32[w + L.LIM_CEILING] = 0;
  adjustLimit(w, 0);
  let used = atomics.load(L.CTL_LIMITS_USED * 4);
  while (used < limit) {
    const seen = atomics.cas(L.CTL_LIMITS_USED * 4, used, limit);
    if (seen === used) break;
    used = seen;
  }
  return limit;
}

/** Its environment is closed: the record serves another when nothing counts to it any more. */
export function closeLimit(limit: number): void {
  if (limit !== 0) atomics.store((recordOf(limit) + L.LIM_STATE) << 2, LIMIT_CLOSED);
}

/** Bytes that count to the limit: taken since the last collection, or alive then. */
export const limitBytes = (limit: number): number => I32[recordOf(limit) + L.LIM_USED]! * L.CELL_BYTES;

/** For a host that finds no limit free. */
export const noLimit = (): ProtospaceError =>
  new ProtospaceError('ERR_PROTOSPACE_LIMITS', `more than ${L.LIMITS_MAX - 1} environments have a maxMemory`);
