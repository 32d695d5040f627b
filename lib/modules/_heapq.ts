/** `_heapq`: binary heaps in lists (https://docs.python.org/3.14/library/heapq.html), smallest first, and the 3.14 functions with largest first. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { compareOp, isTrue } from '../objects/abstract.js';
import { plainOrder, UNORDERED } from '../objects/compare.js';
import { defineModule, type MethodRow } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { listAppend, listAt, listLength, listSetItem, listSplice } from '../objects/list.js';
import { isKind } from '../objects/object.js';
import { CMP_LT } from '../objects/slots.js';

const I32 = i32;

/** Does x come before y? `max` turns the order round. 1, 0, -1 with the exception set, also when the list changed size meanwhile. */
function precedes(list: number, x: number, y: number, max: boolean): number {
  const order = plainOrder(x, y);
  if (order !== UNORDERED) return (max ? order > 0 : order < 0) ? 1 : 0;
  const size = listLength(list);
  const slot = root(x);
  root(y);
  const r = max ? compareOp(y, x, CMP_LT) : compareOp(x, y, CMP_LT);
  const t = r === 0 ? -1 : isTrue(r);
  unroot(slot);
  if (t < 0 || listLength(list) === size) return t;
  raise('RuntimeError', 'list changed size during iteration');
  return -1;
}

function swap(list: number, i: number, j: number): void {
  const x = listAt(list, i);
  const y = listAt(list, j);
  if (x === 0 || y === 0) return;
  listSetItem(list, i, y);
  listSetItem(list, j, x);
}

/** Moves the item at `at` towards the root, not above `start`. */
function siftDown(list: number, start: number, at: number, max: boolean): 1 | 0 {
  for (let i = at; i > start; ) {
    const parent = (i - 1) >> 1;
    const r = precedes(list, listAt(list, i), listAt(list, parent), max);
    if (r < 0) return 0;
    if (r === 0) break;
    swap(list, i, parent);
    i = parent;
  }
  return 1;
}

/** Bubbles the smaller child up until a leaf, then the item to its place: fewer comparisons than stopping early. */
function siftUp(list: number, at: number, max: boolean): 1 | 0 {
  const n = listLength(list);
  let i = at;
  while (2 * i + 1 < n) {
    let child = 2 * i + 1;
    if (child + 1 < n) {
      const r = precedes(list, listAt(list, child), listAt(list, child + 1), max);
      if (r < 0) return 0;
      if (r === 0) child++;
    }
    swap(list, i, child);
    i = child;
  }
  return siftDown(list, at, i, max);
}

const isHeap = (h: number, name: string): boolean => {
  if (isKind(h, L.KIND_LIST)) return true;
  raise('TypeError', `${name}() argument 1 must be list, not ${typeName(h)}`);
  return false;
};

function push(list: number, item: number, max: boolean): number {
  listAppend(list, item);
  return siftDown(list, 0, listLength(list) - 1, max) === 0 ? 0 : H.NONE;
}

function pop(list: number, max: boolean): number {
  const n = listLength(list);
  if (n === 0) return raise('IndexError', 'index out of range');
  const last = listAt(list, n - 1);
  listSplice(list, n - 1, n, []);
  return n === 1 ? last : replace(list, last, max);
}

/** Takes the root and puts `item` in. */
function replace(list: number, item: number, max: boolean): number {
  const top = listAt(list, 0);
  if (top === 0) return raise('IndexError', 'index out of range');
  const slot = root(top);
  listSetItem(list, 0, item);
  const ok = siftUp(list, 0, max);
  unroot(slot);
  return ok === 0 ? 0 : top;
}

function pushPop(list: number, item: number, max: boolean): number {
  if (listLength(list) === 0) return item;
  const r = precedes(list, listAt(list, 0), item, max);
  if (r < 0) return 0;
  return r === 0 ? item : replace(list, item, max);
}

function heapify(list: number, max: boolean): number {
  for (let i = (listLength(list) >> 1) - 1; i >= 0; i--) if (siftUp(list, i, max) === 0) return 0;
  return H.NONE;
}

type One = (list: number, max: boolean) => number;
type Two = (list: number, item: number, max: boolean) => number;

const one = (name: string, f: One, max: boolean): MethodRow => [
  name,
  (args) => (isHeap(I32[args], name) ? f(I32[args], max) : 0),
  [1, 1],
];
const two = (name: string, f: Two, max: boolean): MethodRow => [
  name,
  (args) => (isHeap(I32[args], name) ? f(I32[args], I32[args + 1], max) : 0),
  [2, 2],
];

defineModule({
  name: '_heapq',
  doc: 'Heap queue algorithm (a.k.a. priority queue).',
  functions: [
    two('heappush', push, false),
    one('heappop', pop, false),
    two('heapreplace', replace, false),
    two('heappushpop', pushPop, false),
    one('heapify', heapify, false),
    two('heappush_max', push, true),
    one('heappop_max', pop, true),
    two('heapreplace_max', replace, true),
    two('heappushpop_max', pushPop, true),
    one('heapify_max', heapify, true),
  ],
});
