/**
 * Operands of an operation that may run Python code. The operation roots them itself by `hold` and drops them by `unroot` at its end: what it
 * calls, slots of built-in types included, may use its parameters as long as it likes, and its callers may pass a handle that nothing else
 * refers to. A handle that is used after such an operation must have been rooted before it.
 */
import { newObject } from './alloc.js';
import { ageAll } from './barrier.js';
import { root, takeWords } from './context.js';
import * as L from './layout.generated.js';
import { i32 } from './memory.js';
import { stressCollect } from './stress.js';
import { stressPoint } from './stress-points.js';

const I32 = i32;

/** Roots one operand; returns what `unroot` wants. */
export function hold(a: number): number {
  const slot = takeWords(1);
  I32[slot] = a;
  if (stressCollect) stressPoint();
  return slot;
}

/** As hold, for two operands. */
export function hold2(a: number, b: number): number {
  const slot = takeWords(2);
  I32[slot] = a;
  I32[slot + 1] = b;
  if (stressCollect) stressPoint();
  return slot;
}

/** As hold, for three operands. */
export function hold3(a: number, b: number, c: number): number {
  const slot = takeWords(3);
  I32[slot] = a;
  I32[slot + 1] = b;
  I32[slot + 2] = c;
  if (stressCollect) stressPoint();
  return slot;
}

/** Up to so many handles rootAll puts on the stack. */
const FEW = 256;

/** Roots all handles of an array, as long as it may be; returns what `unroot` wants. */
export function rootAll(handles: readonly number[]): number {
  const n = handles.length;
  if (n > FEW) return root(arrayOf(handles));
  const slot = takeWords(n);
  for (let i = 0; i < n; i++) I32[slot + i] = handles[i]!;
  return slot;
}

function arrayOf(handles: readonly number[]): number {
  const n = handles.length;
  const a = newObject(L.KIND_ARRAY, (L.ARRAY_ITEMS + n) * 4, 0);
  // Large objects are old from the start.
  ageAll();
  const w = a >>> 2;
  I32[w + L.ARRAY_LENGTH] = n;
  for (let i = 0; i < n; i++) I32[w + L.ARRAY_ITEMS + i] = handles[i]!;
  return a;
}

/** `items.map(make)` for a `make` that may run Python: every result is rooted, until `unroot` of a slot from before. */
export function makeAll<T>(items: readonly T[], make: (item: T) => number): number[] {
  const out: number[] = [];
  for (const item of items) {
    const h = make(item);
    root(h);
    out.push(h);
  }
  return out;
}
