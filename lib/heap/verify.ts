/**
 * The heap's invariants, executable. Walks from the collector's roots and checks every object it meets:
 * - kind is one of layout.json, cells > 0, the object lies in blocks of objects (or the table of built-in types);
 * - every handle word is empty, an immediate, or leads to an object or granule there; no word is poison;
 * - its class is a TYPE;
 * - nothing reachable lies in a free run;
 * - a LIST's length <= its array's; a STR's, BYTES' and BUFFER's contents lie within their cells;
 * - no old object refers into this thread's young region (rule 2);
 * - the weak table links WEAKREFs only, each to an old object; lists of undecided finalizers link finalizers of objects.
 */
import { CARRIER } from './carrier.js';
import { ProtospaceError } from './errors.js';
import * as L from './layout.generated.js';
import { inObjectBlock, isUnmadeType, objectFault } from './mark.js';
import { i32 } from './memory.js';
import { eachBuiltinType, eachRoot } from './roots.js';
import { corrupt, scanObject } from './scan.js';
import { POISON } from './stress.js';
import { eachPendingLink, eachTableLink, isFinalizer } from './weak.js';

const I32 = i32;
const C = CARRIER;

/** What is known of a cell: a bit map of SEEN and IN_FREE_RUN, from cell `firstCell` on; built-in types have `seenTypes`. */
const SEEN = 1;
const IN_FREE_RUN = 2;
let cells = new Uint8Array(0);
let firstCell = 0;
const seenTypes = new Set<number>();
let queue: number[] = [];
/** The object whose words are visited; 0 for roots. */
let holder = 0;

const hex = (n: number): string => `0x${(n >>> 0).toString(16)}`;

function fault(handle: number, why: string): ProtospaceError {
  const kind = L.KIND_NAMES[I32[handle >>> 2]! & 0xff] ?? '?';
  return new ProtospaceError('ERR_PROTOSPACE_HEAP_CORRUPT', `${kind} at ${hex(handle)}: ${why}`);
}

function resetCells(): void {
  firstCell = (I32[L.CTL_BLOCKS_FIRST]! * L.BLOCK_BYTES) / L.CELL_BYTES;
  const count = (I32[L.CTL_BLOCKS_TOP]! * L.BLOCK_BYTES) / L.CELL_BYTES - firstCell;
  if (cells.length < count) cells = new Uint8Array(count * 2);
  else cells.fill(0, 0, count);
  seenTypes.clear();
}

/** Notes the cells of all free runs. */
function markFreeRuns(): void {
  for (let cls = 0; cls < L.FREE_CLASSES; cls++) {
    for (let run = I32[L.CTL_FREE_HEADS_0LO + cls * 2]!; run !== 0; run = I32[run >>> 2]!) {
      const first = (run >>> L.CELL_SHIFT) - firstCell;
      cells.fill(IN_FREE_RUN, first, first + (I32[(run >>> 2) + 1]! >>> L.CELL_SHIFT));
    }
  }
}

/** First visit of an object: true. */
function see(handle: number): boolean {
  const at = (handle >>> L.CELL_SHIFT) - firstCell;
  if (at < 0) {
    if (seenTypes.has(handle)) return false;
    seenTypes.add(handle);
    return true;
  }
  if ((cells[at]! & SEEN) !== 0) return false;
  cells[at] = cells[at]! | SEEN;
  return true;
}

const inFreeRun = (handle: number): boolean => (cells[(handle >>> L.CELL_SHIFT) - firstCell]! & IN_FREE_RUN) !== 0;

/** In this carrier's thread's run, at or above the escape mark? */
function young(handle: number): boolean {
  const escape = I32[C + L.CAR_ESCAPE]!;
  return ((handle & -8) - escape) >>> 0 < (I32[C + L.CAR_BUMP]! - escape) >>> 0;
}

function misplaced(word: number, why: string): ProtospaceError {
  return corrupt(word, holder === 0 ? why : `${why} in ${fault(holder, `word ${word - (holder >>> 2)}`).message}`);
}

function visitWord(word: number): void {
  const handle = I32[word]!;
  if ((handle & 1) !== 0 || handle === 0 || (handle & 7) === 6) return;
  if (handle === POISON) throw misplaced(word, 'reclaimed memory');
  if (!inObjectBlock(handle) && !isUnmadeType(handle) && objectFault(handle) !== '')
    throw misplaced(word, 'outside the blocks of objects');
  if (inFreeRun(handle)) throw misplaced(word, 'in a free run');
  if (holder !== 0 && young(handle) && !young(holder)) throw misplaced(word, 'young, but its holder is old');
  if ((handle & 7) !== 0 || isUnmadeType(handle) || !see(handle)) return;
  const why = objectFault(handle);
  if (why !== '') throw misplaced(word, why);
  queue.push(handle);
}

const cellBytes = (w: number): number => I32[w + 1]! * L.CELL_BYTES;

function checkLengths(handle: number, kind: number): void {
  const w = handle >>> 2;
  const length = I32[w + 4]!;
  if (kind === L.KIND_LIST) {
    const items = I32[w + L.LIST_ITEMS]!;
    const capacity = items === 0 ? 0 : I32[(items >>> 2) + L.ARRAY_LENGTH]!;
    if (length < 0 || length > capacity) throw fault(handle, `length ${length} of capacity ${capacity}`);
  } else if (kind === L.KIND_ARRAY) {
    if (length < 0 || (L.ARRAY_ITEMS + length) * 4 > cellBytes(w))
      throw fault(handle, `${length} items in ${cellBytes(w)} bytes`);
  } else if (kind === L.KIND_TUPLE) {
    if (length < 0 || (L.TUPLE_ITEMS + length) * 4 > cellBytes(w))
      throw fault(handle, `${length} items in ${cellBytes(w)} bytes`);
  } else if (kind === L.KIND_STR && I32[w + L.STR_BUFFER] === 0) {
    const width = 1 << ((I32[w]! >>> 12) & 3);
    if (length < 0 || L.STR_INLINE * 4 + length * width > cellBytes(w))
      throw fault(handle, `${length} characters in ${cellBytes(w)} bytes`);
  }
}

function checkObject(handle: number): void {
  const w = handle >>> 2;
  const type = I32[w + L.W_CLASS]!;
  const kind = I32[w]! & 0xff;
  const mayLack =
    kind === L.KIND_ARRAY || kind === L.KIND_BUFFER || kind === L.KIND_DICTSTORE || kind === L.KIND_SETSTORE;
  if (type !== 0 && (I32[type >>> 2]! & 0xff) !== L.KIND_TYPE && !isUnmadeType(type))
    throw fault(handle, `its class ${hex(type)} is no type`);
  if (type === 0 && !mayLack && kind === L.KIND_INSTANCE) throw fault(handle, 'it has no class');
  checkLengths(handle, kind);
  // The frame of a running generator is a context: it may hold young values.
  const running = kind === L.KIND_GENERATOR && I32[w + L.GENERATOR_STATE] === 3;
  holder = running ? 0 : handle;
  scanObject(handle, visitWord);
}

function checkWeak(link: number): void {
  const ref = I32[link]!;
  const why = objectFault(ref);
  if (why !== '') throw corrupt(link, `in the weak table: ${why}`);
  if ((I32[ref >>> 2]! & 0xff) !== L.KIND_WEAKREF) throw fault(ref, 'in the weak table');
  const word = (ref >>> 2) + L.WEAKREF_REFERENT;
  const referent = I32[word]!;
  // A finalizer that has run, until the next collection.
  if (referent === 0 && isFinalizer(ref)) return;
  const dead = objectFault(referent);
  if (dead !== '') throw corrupt(word, `a weak reference: ${dead}`);
  if (inFreeRun(referent)) throw corrupt(word, 'a weak reference into a free run');
  if (young(referent)) throw corrupt(word, 'a weak reference to a young object');
}

/** An entry of a thread's list of undecided finalizers, which may be young as its referent. */
function checkPending(link: number): void {
  const ref = I32[link]!;
  const why = objectFault(ref);
  if (why !== '') throw corrupt(link, `an undecided finalizer: ${why}`);
  if ((I32[ref >>> 2]! & 0xff) !== L.KIND_WEAKREF || !isFinalizer(ref)) throw fault(ref, 'an undecided finalizer');
  const word = (ref >>> 2) + L.WEAKREF_REFERENT;
  const dead = I32[word] === 0 ? '' : objectFault(I32[word]!);
  if (dead !== '') throw corrupt(word, `what an undecided finalizer is of: ${dead}`);
}

/** With the world stopped: walks at most `budget` objects (0: all); returns how many. Throws ERR_PROTOSPACE_HEAP_CORRUPT. */
export function verifyStopped(budget: number): number {
  queue = [];
  resetCells();
  markFreeRuns();
  holder = 0;
  eachBuiltinType((handle) => {
    const why = objectFault(handle);
    if (why !== '') throw fault(handle, why);
    see(handle);
    queue.push(handle);
  });
  eachRoot(visitWord);
  eachTableLink(checkWeak);
  eachPendingLink(checkPending);
  let walked = 0;
  while (queue.length > 0 && (budget === 0 || walked < budget)) {
    checkObject(queue.pop()!);
    walked++;
  }
  return walked;
}
