/**
 * A deque that several threads may use, without locks. Its content is one immutable DEQUESTATE, which word DEQUE_SHARED refers to; an operation
 * makes the next state from the one it read, and a compare-and-swap puts it there or has it made again: of those that compete, one always gets
 * on. A state is a list of what was added on the left (ARRAYs of value and next, the last added first), a window of an ARRAY, and such a list on the
 * right. States, nodes and arrays are in the collected heap, so none is used again while a thread works on it.
 *
 * What was taken out of the window is cleared in the array, which older states share: who reads 0 there has a state that is no longer the deque's.
 *
 * | word | readers | writers | order |
 * | --- | --- | --- | --- |
 * | DEQUE_SHARED | anyone | compare-and-swap from the state read | sequentially consistent |
 * | the ring's words, not owned any more | who makes the first state | who has made it: DEQUE_RING becomes 0 | plain |
 * | DEQUESTATE and nodes, in their deque | anyone | nobody | plain, before the swap |
 * | an item of the window | anyone | who took it out, after the swap: 0 | plain |
 */
import { newObject } from '../heap/alloc.js';
import { barrier } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { arrayFor } from '../objects/int-vector.js';
import { newArray } from '../objects/list.js';
import { publishStore, shareNew } from '../objects/sync.js';

const I32 = i32;
/** Items this deep in a list at an end are worth moving to the window before they are read. */
const DEEP = 8;

const nodeValue = (node: number): number => I32[(node >>> 2) + L.ARRAY_ITEMS];
const nodeNext = (node: number): number => I32[(node >>> 2) + L.ARRAY_ITEMS + 1];
const listWord = (left: boolean): number => (left ? L.DEQUESTATE_LEFT : L.DEQUESTATE_RIGHT);
const countWord = (left: boolean): number => (left ? L.DEQUESTATE_LEFT_COUNT : L.DEQUESTATE_RIGHT_COUNT);
const windowWord = (state: number, i: number): number =>
  (I32[(state >>> 2) + L.DEQUESTATE_WINDOW] >>> 2) + L.ARRAY_ITEMS + i;

/** Stores into an object that nobody else has seen yet. */
function link(object: number, word: number, value: number): void {
  I32[(object >>> 2) + word] = value;
  barrier(object, value);
}

function newNode(value: number): number {
  const node = newObject(L.KIND_ARRAY, 64, 0);
  I32[(node >>> 2) + L.ARRAY_LENGTH] = 2;
  I32[(node >>> 2) + L.ARRAY_ITEMS] = value;
  shareNew(node);
  return node;
}

function newState(): number {
  const state = newObject(L.KIND_DEQUESTATE, 64, 0);
  shareNew(state);
  return state;
}

function newWindow(length: number): number {
  const array = newArray(length);
  shareNew(array);
  return array;
}

/** A state of these items, all in the window. */
function flatState(items: readonly number[], mutations: number): number {
  const array = newWindow(Math.max(items.length, 1));
  for (let i = 0; i < items.length; i++) I32[(array >>> 2) + L.ARRAY_ITEMS + i] = items[i];
  const state = newState();
  link(state, L.DEQUESTATE_WINDOW, array);
  I32[(state >>> 2) + L.DEQUESTATE_TO] = items.length;
  I32[(state >>> 2) + L.DEQUESTATE_MUTATIONS] = mutations;
  return state;
}

function copyState(to: number, from: number): void {
  link(to, L.DEQUESTATE_LEFT, I32[(from >>> 2) + L.DEQUESTATE_LEFT]);
  link(to, L.DEQUESTATE_WINDOW, I32[(from >>> 2) + L.DEQUESTATE_WINDOW]);
  link(to, L.DEQUESTATE_RIGHT, I32[(from >>> 2) + L.DEQUESTATE_RIGHT]);
  for (let word = L.DEQUESTATE_LEFT_COUNT; word <= L.DEQUESTATE_MUTATIONS; word++)
    I32[(to >>> 2) + word] = I32[(from >>> 2) + word];
}

/** Puts `next` in the place of `state` unless another was faster. */
function swap(d: number, state: number, next: number): boolean {
  if (atomics.cas((d + L.DEQUE_SHARED * 4) | 0, state, next) !== state) return false;
  barrier(d, next);
  return true;
}

/** The deque's state; the first is made of the ring its owner left, which nobody changes any more. */
function current(d: number): number {
  for (;;) {
    const state = atomics.load((d + L.DEQUE_SHARED * 4) | 0);
    if (state !== 0) return state;
    const w = d >>> 2;
    const ring = I32[w + L.DEQUE_RING];
    const length = I32[w + L.DEQUE_LENGTH];
    // Another has made the state meanwhile.
    if (ring === 0 && length > 0) continue;
    const capacity = ring === 0 ? 0 : I32[(ring >>> 2) + L.ARRAY_LENGTH];
    const head = I32[w + L.DEQUE_HEAD];
    const items = arrayFor(length);
    for (let i = 0; i < length; i++)
      items[i] = I32[(ring >>> 2) + L.ARRAY_ITEMS + (head + i < capacity ? head + i : head + i - capacity)];
    if (swap(d, 0, flatState(items, I32[w + L.DEQUE_MUTATIONS]))) I32[w + L.DEQUE_RING] = 0;
  }
}

function countOf(state: number): number {
  const w = state >>> 2;
  const window = I32[w + L.DEQUESTATE_TO] - I32[w + L.DEQUESTATE_FROM];
  return I32[w + L.DEQUESTATE_LEFT_COUNT] + window + I32[w + L.DEQUESTATE_RIGHT_COUNT];
}

function itemsOf(state: number): number[] {
  const w = state >>> 2;
  const n = countOf(state);
  const items = arrayFor(n);
  let i = 0;
  for (let node = I32[w + L.DEQUESTATE_LEFT]; node !== 0; node = nodeNext(node)) items[i++] = nodeValue(node);
  for (let at = I32[w + L.DEQUESTATE_FROM]; at < I32[w + L.DEQUESTATE_TO]; at++)
    items[i++] = I32[windowWord(state, at)];
  const first = i;
  for (let node = I32[w + L.DEQUESTATE_RIGHT]; node !== 0; node = nodeNext(node)) items[i++] = nodeValue(node);
  // The list on the right begins with the last.
  for (let a = first, b = n - 1; a < b; a++, b--) [items[a], items[b]] = [items[b], items[a]];
  return items;
}

export const sharedCount = (d: number): number => countOf(current(d));
export const sharedMutations = (d: number): number => I32[(current(d) >>> 2) + L.DEQUESTATE_MUTATIONS];

/** All items at one moment. */
export function sharedItems(d: number): number[] {
  for (;;) {
    const items = itemsOf(current(d));
    if (!items.includes(0)) return items;
  }
}

/** New items made of the present ones and the number of changes so far, without a call of Python; undefined: they stay. */
export type Change = (items: number[], mutations: number) => number[] | undefined;

/** Changes the items in one step. False: they stayed. */
export function sharedEdit(d: number, change: Change): boolean {
  for (;;) {
    const state = current(d);
    const items = itemsOf(state);
    if (items.includes(0)) continue;
    const mutations = I32[(state >>> 2) + L.DEQUESTATE_MUTATIONS];
    const changed = change(items, mutations);
    if (changed === undefined) return false;
    for (const value of changed) publishStore(d, value);
    if (swap(d, state, flatState(changed, (mutations + 1) | 0))) return true;
  }
}

/** Puts `value` in place `i`, counted from the right when negative; false when there is none. Iterators go on. */
export function sharedSet(d: number, i: number, value: number): boolean {
  publishStore(d, value);
  for (;;) {
    const state = current(d);
    const items = itemsOf(state);
    const at = i < 0 ? i + items.length : i;
    if (!(at >= 0 && at < items.length)) return false;
    if (items.includes(0)) continue;
    items[at] = value;
    if (swap(d, state, flatState(items, I32[(state >>> 2) + L.DEQUESTATE_MUTATIONS]))) return true;
  }
}

function nthOf(node: number, i: number): number {
  for (; i > 0; i--) node = nodeNext(node);
  return nodeValue(node);
}

/** Item i of a state, 0 when it was taken out since. */
function stateItem(state: number, i: number): number {
  const w = state >>> 2;
  const leftCount = I32[w + L.DEQUESTATE_LEFT_COUNT];
  if (i < leftCount) return nthOf(I32[w + L.DEQUESTATE_LEFT], i);
  const at = I32[w + L.DEQUESTATE_FROM] + i - leftCount;
  if (at < I32[w + L.DEQUESTATE_TO]) return I32[windowWord(state, at)];
  return nthOf(I32[w + L.DEQUESTATE_RIGHT], countOf(state) - 1 - i);
}

/** Is the item far from an end, and in a list? */
function isDeep(state: number, i: number): boolean {
  const fromRight = countOf(state) - 1 - i;
  return (
    (i >= DEEP && i < I32[(state >>> 2) + L.DEQUESTATE_LEFT_COUNT]) ||
    (fromRight >= DEEP && fromRight < I32[(state >>> 2) + L.DEQUESTATE_RIGHT_COUNT])
  );
}

/** Item i, counted from the right when negative; 0 when there is none. */
export function sharedItem(d: number, i: number): number {
  for (;;) {
    const state = current(d);
    const n = countOf(state);
    const at = i < 0 ? i + n : i;
    if (!(at >= 0 && at < n)) return 0;
    const value = stateItem(state, at);
    if (value === 0) continue;
    if (isDeep(state, at)) {
      const items = itemsOf(state);
      if (!items.includes(0)) swap(d, state, flatState(items, I32[(state >>> 2) + L.DEQUESTATE_MUTATIONS]));
    }
    return value;
  }
}

/** A list at one end as an array, kept over attempts, so that the next one copies only what came meanwhile. */
interface Gathered {
  /** The list's first node when it was copied, and its length. */
  head: number;
  count: number;
  array: number;
  /** Positions of the items in the array. */
  from: number;
  to: number;
}

/** How many nodes were added to the list since it was copied; -1 when it is another. */
function addedSince(kept: Gathered, node: number, count: number): number {
  const added = count - kept.count;
  for (let i = 0; i < added; i++) node = nodeNext(node);
  return added >= 0 && node === kept.head ? added : -1;
}

/** Copies the first `added` nodes of a list: on the right behind the others, on the left before them. */
function gatherFirst(to: Gathered, node: number, added: number, left: boolean): void {
  for (let i = 0; i < added; i++, node = nodeNext(node))
    link(to.array, L.ARRAY_ITEMS + (left ? to.from - added + i : to.to + added - 1 - i), nodeValue(node));
  if (left) to.from -= added;
  else to.to += added;
}

/** The list on one side of a state in an array. */
function gather(state: number, left: boolean, kept: Gathered | undefined): Gathered {
  const head = I32[(state >>> 2) + listWord(left)];
  const count = I32[(state >>> 2) + countWord(left)];
  const added = kept === undefined ? -1 : addedSince(kept, head, count);
  const room = kept === undefined ? 0 : left ? kept.from : I32[(kept.array >>> 2) + L.ARRAY_LENGTH] - kept.to;
  if (kept !== undefined && added >= 0 && added <= room) {
    gatherFirst(kept, head, added, left);
    return Object.assign(kept, { head, count });
  }
  const array = newWindow(count + (count >> 1) + 16);
  const start = left ? I32[(array >>> 2) + L.ARRAY_LENGTH] : 0;
  const all = { head, count, array, from: start, to: start };
  gatherFirst(all, head, count, left);
  return all;
}

/** The window of `next`, which is empty, becomes the list on one side. */
function moveToWindow(next: number, left: boolean, all: Gathered): void {
  link(next, L.DEQUESTATE_WINDOW, all.array);
  I32[(next >>> 2) + L.DEQUESTATE_FROM] = all.from;
  I32[(next >>> 2) + L.DEQUESTATE_TO] = all.to;
  I32[(next >>> 2) + listWord(left)] = 0;
  I32[(next >>> 2) + countWord(left)] = 0;
}

/** Where the last `take` found its value in a window; 0: in a list. To be cleared when the state is in place. */
const taken = { word: 0 };

/** Takes an item off a state that is being made, and has one; 0 when another thread has it. */
function take(next: number, left: boolean): number {
  const w = next >>> 2;
  taken.word = 0;
  if (I32[w + countWord(left)] > 0) {
    const node = I32[w + listWord(left)];
    link(next, listWord(left), nodeNext(node));
    I32[w + countWord(left)]--;
    return nodeValue(node);
  }
  if (left) taken.word = windowWord(next, I32[w + L.DEQUESTATE_FROM]++);
  else taken.word = windowWord(next, --I32[w + L.DEQUESTATE_TO]);
  return I32[taken.word];
}

/** Nothing at this end but in the list of the other? */
const needsMove = (state: number, left: boolean): boolean =>
  I32[(state >>> 2) + countWord(left)] === 0 &&
  I32[(state >>> 2) + L.DEQUESTATE_FROM] === I32[(state >>> 2) + L.DEQUESTATE_TO];

/** Adds at one end; beyond `most` items (-1: any number) drops them at the other. */
export function sharedPush(d: number, value: number, left: boolean, most: number): void {
  if (most === 0) return;
  publishStore(d, value);
  const node = newNode(value);
  const next = newState();
  let kept: Gathered | undefined;
  for (;;) {
    const state = current(d);
    copyState(next, state);
    link(node, L.ARRAY_ITEMS + 1, I32[(state >>> 2) + listWord(left)]);
    link(next, listWord(left), node);
    I32[(next >>> 2) + countWord(left)]++;
    I32[(next >>> 2) + L.DEQUESTATE_MUTATIONS]++;
    let dropped = -1;
    taken.word = 0;
    if (most > 0 && countOf(next) > most) {
      if (needsMove(next, !left)) {
        kept = gather(state, left, kept);
        moveToWindow(next, left, kept);
        link(node, L.ARRAY_ITEMS + 1, 0);
        link(next, listWord(left), node);
        I32[(next >>> 2) + countWord(left)] = 1;
      }
      dropped = take(next, !left);
    }
    if (dropped === 0 || !swap(d, state, next)) continue;
    if (taken.word !== 0) I32[taken.word] = 0;
    return;
  }
}

/** Takes from one end; 0 when empty. */
export function sharedPop(d: number, left: boolean): number {
  let next = 0;
  let kept: Gathered | undefined;
  for (;;) {
    const state = current(d);
    if (countOf(state) === 0) return 0;
    if (next === 0) next = newState();
    copyState(next, state);
    if (needsMove(next, left)) {
      kept = gather(state, !left, kept);
      moveToWindow(next, !left, kept);
    }
    I32[(next >>> 2) + L.DEQUESTATE_MUTATIONS]++;
    const value = take(next, left);
    if (value === 0 || !swap(d, state, next)) continue;
    if (taken.word !== 0) I32[taken.word] = 0;
    return value;
  }
}
