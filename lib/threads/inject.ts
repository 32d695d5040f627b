/**
 * The global queue of runnable threads, first in, first out: M. M. Michael and M. L. Scott, "Simple, fast, and practical non-blocking and
 * blocking concurrent queue algorithms" (PODC 1996), over nodes in the space. Pointers are (node, tag) pairs swapped as 64 bits.
 *
 * A node is 16 bytes: next (node + 1, 0: none), its tag, value. Node 0 is the first dummy. An isolate that is terminated in the middle loses
 * one node at most; its half-done enqueue is finished by the next.
 */
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { INJECT_FREE, INJECT_HEAD, INJECT_TAIL, INJECT_USED } from './words.js';

const I32 = i32;
const VALUE = 2;
const CAPACITY = L.THREADS_MAX + 256;

const nodeWord = (node: number): number => (L.SCHED_NODES >>> 2) + (node << 2);

/** Swaps the pair at word `w` from (node, tag) to (to, tag + 1). */
const swing = (w: number, node: number, tag: number, to: number): boolean =>
  atomics.cas2(w << 2, node, tag, to, (tag + 1) | 0) === 1;

/** A node nobody uses; -1 when there is none. The free list holds node + 1. */
function newNode(): number {
  for (;;) {
    const tag = atomics.load((INJECT_FREE + 1) << 2);
    const first = atomics.load(INJECT_FREE << 2);
    if (first === 0) break;
    const next = I32[nodeWord(first - 1) + VALUE];
    if (swing(INJECT_FREE, first, tag, next)) return first - 1;
  }
  const node = atomics.add(INJECT_USED << 2, 1) + 1;
  return node < CAPACITY ? node : -1;
}

function freeNode(node: number): void {
  for (;;) {
    const tag = atomics.load((INJECT_FREE + 1) << 2);
    const first = atomics.load(INJECT_FREE << 2);
    I32[nodeWord(node) + VALUE] = first;
    if (swing(INJECT_FREE, first, tag, node + 1)) return;
  }
}

/** Adds `item` (not 0) at the end. */
export function inject(item: number): void {
  const node = newNode();
  if (node < 0) throw new Error('the inject queue is full');
  const n = nodeWord(node);
  I32[n + VALUE] = item;
  // The tag of a node's next grows over all its uses, so that no late swap fits.
  atomics.store(n << 2, 0);
  for (;;) {
    const tailTag = atomics.load((INJECT_TAIL + 1) << 2);
    const tail = atomics.load(INJECT_TAIL << 2);
    const w = nodeWord(tail);
    const nextTag = atomics.load((w + 1) << 2);
    const next = atomics.load(w << 2);
    if (tailTag !== atomics.load((INJECT_TAIL + 1) << 2)) continue;
    if (next !== 0) {
      swing(INJECT_TAIL, tail, tailTag, next - 1);
      continue;
    }
    if (!swing(w, 0, nextTag, node + 1)) continue;
    swing(INJECT_TAIL, tail, tailTag, node);
    return;
  }
}

/** Takes the first item; 0 when the queue is empty. */
export function takeInjected(): number {
  for (;;) {
    const headTag = atomics.load((INJECT_HEAD + 1) << 2);
    const head = atomics.load(INJECT_HEAD << 2);
    const tailTag = atomics.load((INJECT_TAIL + 1) << 2);
    const tail = atomics.load(INJECT_TAIL << 2);
    const next = atomics.load(nodeWord(head) << 2);
    if (headTag !== atomics.load((INJECT_HEAD + 1) << 2)) continue;
    if (head === tail) {
      if (next === 0) return 0;
      swing(INJECT_TAIL, tail, tailTag, next - 1);
      continue;
    }
    if (next === 0) continue;
    const item = I32[nodeWord(next - 1) + VALUE];
    if (!swing(INJECT_HEAD, head, headTag, next - 1)) continue;
    freeNode(head);
    return item;
  }
}
