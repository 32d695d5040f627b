/**
 * Shapes (hidden classes) of instances. A shape is a path of names from its class's root shape; the slot of a name never changes and is
 * never given to another name, so that overwriting an attribute is one word without a lock. Deletion stores 0, "absent".
 *
 * Transitions grow lock-free: a shape's children are a list linked through SHAPE_NEXT whose head moves by compare-and-swap.
 */
import { newOldObject } from '../heap/alloc.js';
import { barrier, ageAll } from '../heap/barrier.js';
import { NONE } from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { logOld } from '../heap/marking.js';
import { atomics, i32 } from '../heap/memory.js';
import { loadFirst } from '../heap/order.js';
import { isInterned } from './strings.js';

const I32 = i32;
const CACHE_SIZE = 4096;
/** Isolate-local look-ups: (shape id, name) -> slot + 1, or 0 for "has no such name". */
const cache = new Int32Array(CACHE_SIZE * 3);
const OVERFLOW_SLOTS = 16 - L.OVERFLOW_SLOTS;

/** In place of a name: attributes lie in a dict (instance-dict.ts). */
const IN_DICT = NONE;

/** Do instances of the shape keep their attributes in a dict that was assigned to them? */
export const isDictShape = (shape: number): boolean => (I32[shape >>> 2]! & L.FLAG_K0) !== 0;

/** The dict that was assigned to an instance's `__dict__`, in which its attributes lie; else 0. */
export function assignedDict(o: number): number {
  if (!isDictShape(loadFirst((o >>> 2) + L.INSTANCE_SHAPE))) return 0;
  return I32[(o >>> 2) + L.INSTANCE_DICT_VIEW]!;
}

/** The shape without names from which `shape` grew. */
export function rootShape(shape: number): number {
  let s = shape;
  while (I32[(s >>> 2) + L.SHAPE_PARENT] !== 0) s = I32[(s >>> 2) + L.SHAPE_PARENT]!;
  return s;
}

/** The shape of instances whose attributes lie in a dict, from a root shape. */
export const shapeWithDict = (root: number): number => shapeAdd(root, IN_DICT);

/** A root shape of class `type` whose first `reserved` slots belong to `__slots__` members. */
export function newRootShape(type: number, reserved: number): number {
  const shape = newOldObject(L.KIND_SHAPE, 64, 0);
  const w = shape >>> 2;
  I32[w + L.SHAPE_SHAPE_ID] = atomics.add(L.CTL_SHAPE_ID_NEXT * 4, 1);
  I32[w + L.SHAPE_CLASS] = type;
  I32[w + L.SHAPE_COUNT] = reserved;
  return shape;
}

/** Slot of `name` in `shape`, -1 when it has none. */
export function shapeFind(shape: number, name: number): number {
  const id = I32[(shape >>> 2) + L.SHAPE_SHAPE_ID]!;
  const at = ((id * 31 + (name >>> 3) * 17) & (CACHE_SIZE - 1)) * 3;
  if (cache[at] === id && cache[at + 1] === name) return cache[at + 2]! - 1;
  let slot = -1;
  for (let s = shape; s !== 0; s = I32[(s >>> 2) + L.SHAPE_PARENT]!) {
    if (I32[(s >>> 2) + L.SHAPE_NAME] !== name) continue;
    slot = I32[(s >>> 2) + L.SHAPE_SLOT]!;
    break;
  }
  if (!isInterned(name)) return slot;
  cache[at] = id;
  cache[at + 1] = name;
  cache[at + 2] = slot + 1;
  return slot;
}

function childOf(head: number, name: number): number {
  for (let s = head; s !== 0; s = I32[(s >>> 2) + L.SHAPE_NEXT]!) if (I32[(s >>> 2) + L.SHAPE_NAME] === name) return s;
  return 0;
}

/** Shapes of a class beyond which an instance that needs another one has its attributes in a dict: shapes stay as long as their class. */
const SHAPES_MOST = 1000;

/** Counted in SHAPE_SLOT of the root shape, which has no name; of two threads one may be forgotten. */
const countOf = (root: number): number => (root >>> 2) + L.SHAPE_SLOT;

/** Would an instance of this shape need a new one for `name`, and has the class too many? */
export function isCrowded(shape: number, name: number): boolean {
  if (I32[countOf(rootShape(shape))]! < SHAPES_MOST || isDictShape(shape)) return false;
  return childOf(I32[(shape >>> 2) + L.SHAPE_TRANSITIONS]!, name) === 0;
}

/** The shape that has `name` behind all names of `shape`. */
export function shapeAdd(shape: number, name: number): number {
  const w = shape >>> 2;
  for (;;) {
    const head = atomics.load((w + L.SHAPE_TRANSITIONS) << 2);
    const found = childOf(head, name);
    if (found !== 0) return found;
    const child = newOldObject(L.KIND_SHAPE, 64, 0);
    const c = child >>> 2;
    I32[c + L.SHAPE_SHAPE_ID] = atomics.add(L.CTL_SHAPE_ID_NEXT * 4, 1);
    I32[c + L.SHAPE_CLASS] = I32[w + L.SHAPE_CLASS]!;
    I32[c + L.SHAPE_PARENT] = shape;
    I32[c + L.SHAPE_NAME] = name;
    if (name === IN_DICT) I32[c] = I32[c]! | L.FLAG_K0;
    I32[c + L.SHAPE_SLOT] = I32[w + L.SHAPE_COUNT]!;
    I32[c + L.SHAPE_COUNT] = I32[w + L.SHAPE_COUNT]! + 1;
    I32[c + L.SHAPE_NEXT] = head;
    ageAll();
    if (atomics.cas((w + L.SHAPE_TRANSITIONS) << 2, head, child) !== head) continue;
    logOld(child);
    I32[countOf(rootShape(shape))]! += 1;
    return child;
  }
}

/** Slots in an instance's own cells. */
export const inlineSlots = (instance: number): number => (I32[(instance >>> 2) + 1]! << 4) - L.INSTANCE_SLOTS;

function overflowWord(instance: number, slot: number, make: boolean): number {
  let rest = slot - inlineSlots(instance);
  let at = (instance >>> 2) + L.INSTANCE_OVERFLOW;
  let owner = instance;
  for (;;) {
    let chunk = I32[at]!;
    if (chunk === 0) {
      if (!make) return 0;
      const fresh = newOldObject(L.KIND_OVERFLOW, 64, 0);
      chunk = atomics.cas(at << 2, 0, fresh);
      if (chunk === 0) {
        chunk = fresh;
        barrier(owner, fresh);
      }
    }
    if (rest < OVERFLOW_SLOTS) return (chunk >>> 2) + L.OVERFLOW_SLOTS + rest;
    rest -= OVERFLOW_SLOTS;
    owner = chunk;
    at = (chunk >>> 2) + L.OVERFLOW_NEXT;
  }
}

/** Word index of a slot; 0 when it lies in an overflow chunk that does not exist yet (absent). */
export function slotWord(instance: number, slot: number, make: boolean): number {
  return slot < inlineSlots(instance) ? (instance >>> 2) + L.INSTANCE_SLOTS + slot : overflowWord(instance, slot, make);
}

/** Object whose header precedes a slot's word: what the barrier must be told. */
export const slotHolder = (instance: number, word: number): number =>
  (word - (instance >>> 2)) >>> 0 < I32[(instance >>> 2) + 1]! << 4 ? instance : ((word << 2) & -L.CELL_BYTES) | 0;
