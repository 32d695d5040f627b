/**
 * Young collection: of the mounted thread's young region, which nothing but its own stack refers to, takes back what the stack does not reach. It
 * serves loops that run in one frame; what calls leave behind goes at their return (context.ts). No other thread takes part.
 *
 * Nothing moves. The survivors become old where they are, and the largest hole between them is the thread's next run, as if it had been taken
 * from a free list; other holes go to the free lists.
 */
import { beginRun, count64, youngCollectionPaid } from './alloc.js';
import { CARRIER } from './carrier.js';
import { entryMark } from './context.js';
import { pushRun, RUN_LEAST } from './freelist.js';
import * as L from './layout.generated.js';
import { creditCells } from './limits.js';
import { i32 } from './memory.js';
import { referentOf, sift } from './pending.js';
import { scanFrame, THREAD_HANDLES } from './roots.js';
import { scanObject } from './scan.js';
import { POISON, poisonCells, stressYoung } from './stress.js';
import { queueEntry } from './weak.js';

const I32 = i32;
const C = CARRIER;
const LINES = L.BLOCK_BYTES / L.CELL_BYTES;

/** Of the lines of the run, from its first: does one hold what lives? */
const live = new Uint8Array(LINES);
/** Objects still to be scanned: at most one a line. */
const grey = new Int32Array(LINES);
let greyCount = 0;
/** The young region, and the start of its run. */
let from = 0;
let to = 0;
let start = 0;

function visit(word: number): void {
  visitHandle(I32[word]!);
}

function visitHandle(h: number): void {
  if ((h & 1) !== 0 || ((h & -8) - from) >>> 0 >= (to - from) >>> 0) return;
  const line = ((h & -8) - start) >>> L.CELL_SHIFT;
  if ((h & 7) !== 0) {
    if ((h & 7) !== 6) live[line] = 1;
    return;
  }
  if (live[line] !== 0) return;
  live.fill(1, line, line + I32[(h >>> 2) + 1]!);
  grey[greyCount++] = h;
}

/**
 * The stack, as far down as contexts may refer to the region: one that was not current since the region began holds nothing of it. Entry marks
 * within the region are forgotten, see retireRuns.
 */
function scanStack(): void {
  for (let c = I32[C + L.CAR_CONTEXT]!; c !== 0; c = I32[c + L.F_PREVIOUS]!) {
    scanFrame(c, visit);
    if (((entryMark(c) - from) | 0) <= 0) return;
    I32[c + L.F_ENTRY] = 0;
  }
}

function mark(): void {
  greyCount = 0;
  const t = I32[C + L.CAR_THREAD]!;
  for (const offset of THREAD_HANDLES) visit(t + offset);
  for (const offset of [L.CAR_EXCEPTION, L.CAR_HANDLED, L.CAR_ENVIRONMENT]) visit(C + offset);
  const table = L.ROOTS_BASE >>> 2;
  for (let word = table; word < table + L.ROOTS_COUNT; word++) if (I32[word] !== 0) visit(word);
  scanStack();
  drain();
  markEntries();
}

function drain(): void {
  while (greyCount > 0) scanObject(grey[--greyCount]!, visit);
}

const isDead = (h: number): boolean => (h - from) >>> 0 < (to - from) >>> 0 && live[(h - start) >>> L.CELL_SHIFT] === 0;

/**
 * The list of undecided finalizers is weak. All whose objects are dead are taken out before any is kept: they live, and what they lead to, until the
 * finalizers have run.
 */
function markEntries(): void {
  const dead: number[] = [];
  sift((ref) => !isDead(referentOf(ref)) || dead.push(ref) < 0);
  sift((ref) => {
    visitHandle(ref);
    return true;
  });
  for (const ref of dead) {
    queueEntry(ref);
    visitHandle(ref);
  }
  drain();
}

/** Calls `found` for each row of dead lines of the region and of what is unused behind it, which ends at `end`. Returns their bytes. */
function eachHole(end: number, found: (address: number, bytes: number) => void): number {
  const first = (((from + L.CELL_BYTES - 1) & -L.CELL_BYTES) - start) >>> L.CELL_SHIFT;
  const used = (to - start + L.CELL_BYTES - 1) >>> L.CELL_SHIFT;
  const stop = (end - start) >>> L.CELL_SHIFT;
  let dead = 0;
  let hole = first;
  for (let line = first; line <= stop; line++) {
    if (line < stop && (line >= used || live[line] === 0)) {
      if (line < used) dead++;
      continue;
    }
    if (line > hole) found((start + hole * L.CELL_BYTES) | 0, (line - hole) * L.CELL_BYTES);
    hole = line + 1;
  }
  return dead * L.CELL_BYTES;
}

function release(address: number, bytes: number): void {
  if (poisonCells) I32.fill(POISON, address >>> 2, (address + bytes) >>> 2);
  if (bytes < RUN_LEAST) return;
  creditCells(bytes);
  pushRun(address, bytes);
}

/**
 * Only at a safepoint of a thread that is mounted: handles held outside its contexts and its record are void afterwards. `always`: also
 * when too little of the run is young for it to pay.
 */
export function collectYoung(always = stressYoung): void {
  start = I32[C + L.CAR_RUN_START]!;
  from = I32[C + L.CAR_ESCAPE]!;
  to = I32[C + L.CAR_BUMP]!;
  const end = I32[C + L.CAR_RUN_END]!;
  // Most of the run must be young, or there is little to gain.
  if (start === 0 || (!always && (to - from) * 2 < end - start)) return youngCollectionPaid(false);
  live.fill(0, 0, (end - start) >>> L.CELL_SHIFT);
  mark();
  let largest = 0;
  let size = 0;
  eachHole(end, (address, bytes) => {
    if (bytes > size) [largest, size] = [address, bytes];
  });
  if (size === 0) {
    // All of it lives, and is old as other survivors are: no entry mark tells any more whose it was.
    I32[C + L.CAR_ESCAPE] = to;
    return youngCollectionPaid(false);
  }
  const dead = eachHole(end, (address, bytes) => {
    if (address !== largest) release(address, bytes);
  });
  if (poisonCells) I32.fill(POISON, largest >>> 2, (largest + size) >>> 2);
  beginRun(largest, (largest + size) | 0);
  count64(C + L.CAR_YOUNG_LO, dead);
  youngCollectionPaid(dead * 2 >= end - start);
}
