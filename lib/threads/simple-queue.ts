/**
 * An unbounded queue of Python values without locks: M. M. Michael and M. L. Scott (PODC 1996). Nodes are ARRAYs of (value, next) in the
 * collected heap, so that no node is used again while a thread may hold it: handles survive in JavaScript variables, and collections come
 * only at safepoints. Who finds the queue empty waits for it in the parking lot.
 *
 * RECORD words: items HEAD (a dummy, whose value is taken) and TAIL; RAW_0 counts the values, RAW_1 says that threads wait.
 */
import { newObject } from '../heap/alloc.js';
import { barrier } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { publishStore } from '../objects/sync.js';
import { beginWait, SUSPENDED, waitDeadline, waitFor } from './block.js';
import { now } from './clock.js';
import { INTERRUPTED, TIMED_OUT, wakeOne, WOKEN } from './parking.js';

const I32 = i32;
const HEAD = L.RECORD_ITEMS * 4;
const TAIL = L.RECORD_ITEMS * 4 + 4;
const COUNT = L.RECORD_RAW_0 * 4;
const WAITERS = L.RECORD_RAW_1 * 4;
const VALUE = L.ARRAY_ITEMS * 4;
const NEXT = L.ARRAY_ITEMS * 4 + 4;

const at = (h: number, offset: number): number => (h >>> 0) + offset;

function newNode(value: number): number {
  const node = newObject(L.KIND_ARRAY, 64, 0);
  I32[(node >>> 2) + L.ARRAY_LENGTH] = 2;
  I32[(node >>> 2) + L.ARRAY_ITEMS] = value;
  return node;
}

/** An empty queue of a type whose instances have `bytes`; `head` is its first word. */
export function newQueue(head: number, bytes: number, type: number): number {
  const q = newObject(head, bytes, type);
  I32[(q >>> 2) + L.RECORD_COUNT] = 2;
  const dummy = newNode(0);
  I32[at(q, HEAD) >>> 2] = dummy;
  I32[at(q, TAIL) >>> 2] = dummy;
  barrier(q, dummy);
  return q;
}

/** Links `node` behind the last one, which is returned. */
function append(q: number, node: number): number {
  for (;;) {
    const tail = atomics.load(at(q, TAIL));
    const next = atomics.cas(at(tail, NEXT), 0, node);
    if (next !== 0) {
      atomics.cas(at(q, TAIL), tail, next);
      continue;
    }
    atomics.cas(at(q, TAIL), tail, node);
    return tail;
  }
}

/** Adds a value at the end and wakes one that waits for it. */
export function enqueue(q: number, value: number): void {
  publishStore(q, value);
  const node = newNode(value);
  publishStore(q, node);
  barrier(append(q, node), node);
  barrier(q, node);
  atomics.add(at(q, COUNT), 1);
  if (atomics.load(at(q, WAITERS)) === 0) return;
  wakeOne(q, (_t, more) => {
    atomics.store(at(q, WAITERS), more ? 1 : 0);
    return WOKEN;
  });
}

/** Takes the first value; 0 when the queue is empty. */
export function dequeue(q: number): number {
  for (;;) {
    const head = atomics.load(at(q, HEAD));
    const tail = atomics.load(at(q, TAIL));
    const next = atomics.load(at(head, NEXT));
    if (next === 0) return 0;
    if (head === tail) {
      atomics.cas(at(q, TAIL), tail, next);
      continue;
    }
    const value = I32[at(next, VALUE) >>> 2];
    if (atomics.cas(at(q, HEAD), head, next) !== head) continue;
    // `next` is the dummy now: it keeps nothing alive.
    I32[at(next, VALUE) >>> 2] = 0;
    barrier(q, next);
    atomics.add(at(q, COUNT), -1);
    return value;
  }
}

export const queueLength = (q: number): number => Math.max(0, atomics.load(at(q, COUNT)));
export const isQueueEmpty = (q: number): boolean => atomics.load(at(atomics.load(at(q, HEAD)), NEXT)) === 0;

/** The built-in returns 0: the thread parks, or an exception is set. */
export const UNWIND = -1;

/** The first value, waiting for it at most `milliseconds`; 0 when the time is over, or UNWIND. */
export function takeFromQueue(q: number, milliseconds: number): number {
  let how = beginWait(q, () => now() + milliseconds);
  for (;;) {
    if (how === INTERRUPTED || how === SUSPENDED) return UNWIND;
    const value = dequeue(q);
    if (value !== 0) return value;
    if (how === TIMED_OUT || waitDeadline() <= now()) return 0;
    how = waitFor(q, () => {
      atomics.store(at(q, WAITERS), 1);
      return isQueueEmpty(q);
    });
  }
}
