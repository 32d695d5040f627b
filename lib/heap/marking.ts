/**
 * Marking beside the program (the addon only, unless `PROTOSPACE_GC=stop`): what a thread must do meanwhile. native/gc/cycle.h says how it goes.
 *
 * While CTL_MARKING is not 0 each value stored in an old object is logged, unless it is marked already; so is an object whose words are
 * moved about in place. A log lies in the space, one for each carrier; the addon takes it when it is full, and every round takes all.
 */
import { addon } from './addon.js';
import { allocatorKind } from './allocator.js';
import { CARRIER } from './carrier.js';
import * as L from './layout.generated.js';
import { atomics, i32, u8 } from './memory.js';
import { orderStores } from './order.js';
import { stressConcurrent, stressForget } from './stress.js';

const I32 = i32;
const U8 = u8;
const C = CARRIER;
const LOG = (L.LOG_BASE + I32[C + L.CAR_INDEX]! * L.LOG_BYTES) >>> 2;
const LOG_MOST = L.LOG_BYTES / 4;
/** Added to the handle of an object that is to be scanned again. */
const CHANGED = 1;

/** Values of CTL_MARK_STATE: no cycle; a phase goes on; the next round is waited for. */
export const MARK_IDLE = 0;
export const MARK_RUNNING = 1;
export const MARK_WAITING = 2;

/** Value of CTL_MARK_VOID: a store may not have been logged. */
export const MARK_VOID_LOST = 1;

/** A cycle begins when this part of what may be handed out between collections is. */
export const MARK_START = 0.5;

/** Do collections mark beside the program? */
export const concurrentMarking: boolean =
  allocatorKind === 'native' && (process.env.PROTOSPACE_GC !== 'stop' || stressConcurrent);

function append(entry: number): void {
  if (stressForget) return;
  const top = I32[C + L.CAR_LOG_TOP]!;
  I32[LOG + top] = entry;
  I32[C + L.CAR_LOG_TOP] = top + 1;
  if (top + 1 === LOG_MOST) addon!.flushLog();
}

/** While marking: a value was stored in an old object. */
export function logValue(value: number): void {
  if ((value & 1) !== 0 || value === 0 || (value & 7) === 6) return;
  if ((U8[L.MARKS_BASE + (value >>> L.CELL_SHIFT)]! - 1) >>> 0 >= 3) append(value);
}

/** To be called for a value that can be found from now on by a store which the young-region rule knows nothing of, as it is old. */
export function logOld(value: number): void {
  if (I32[L.CTL_MARKING] !== 0) logValue(value);
}

/**
 * To be called when handles were moved within the object, or stored there without barrier. Not logged is what is young: the marker does not look there
 * before the next round, and a return may take it back, so that the entry would name the middle of another object.
 */
export function logChanged(object: number): void {
  if (I32[L.CTL_MARKING] === 0) return;
  const escape = I32[C + L.CAR_ESCAPE]!;
  if ((object - escape) >>> 0 < (I32[C + L.CAR_BUMP]! - escape) >>> 0) return;
  const top = I32[C + L.CAR_LOG_TOP]!;
  if (top === 0 || I32[LOG + top - 1] !== (object | CHANGED)) append(object | CHANGED);
}

/** To be called for a large object made while marking: its line is new. */
export function markNewLarge(address: number): void {
  if (I32[L.CTL_MARKING] === 0) return;
  U8[L.MARKS_BASE + (address >>> L.CELL_SHIFT)] = I32[L.CTL_MARKING]!;
  // Before it can be found, as in markNew of native/gc/cycle.cc.
  orderStores();
}

/** Until no phase is at work; with `hasten` it stops before it is done. */
export function waitForPhase(hasten: boolean): void {
  const word = L.CTL_MARK_STATE;
  if (hasten) atomics.store(L.CTL_MARK_CANCEL * 4, 1);
  while (atomics.load(word * 4) === MARK_RUNNING) Atomics.wait(I32, word, MARK_RUNNING, 1);
  if (hasten) atomics.store(L.CTL_MARK_CANCEL * 4, 0);
}

/** With the world stopped: gives up the cycle that goes on, if one does. Nothing of it is needed. */
export function abortMarking(): void {
  if (atomics.load(L.CTL_MARK_STATE * 4) === MARK_IDLE) return;
  waitForPhase(true);
  I32[L.CTL_MARKING] = 0;
  atomics.store(L.CTL_MARK_STATE * 4, MARK_IDLE);
}
