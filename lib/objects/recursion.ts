/**
 * Depth of the JavaScript stack, in units of a small helper's frame: operations that may nest as deep as a program's data count themselves,
 * so that a RecursionError comes before V8's stack is used up. Kept per isolate, as the stack is; the dispatch loop restores it
 * when a JavaScript exception has skipped the leaving.
 */
import { raise } from './exceptions.js';

/** Helpers that may lie on each other; a carrier's stack of 8 MB holds about twice as many. */
const LIMIT = 9000;
/** What a nested dispatch loop takes. */
export const LOOP_COST = 4;

export const nesting = { depth: 0 };

/** Goes one level deeper; false with RecursionError set. `doing` completes the message. */
export function enterNative(doing: string): boolean {
  nesting.depth++;
  if (nesting.depth <= LIMIT) return true;
  nesting.depth--;
  return raise('RecursionError', `maximum recursion depth exceeded${doing}`) !== 0;
}

export function leaveNative(): void {
  nesting.depth--;
}

/** As enterNative for a nested dispatch loop; `leaveLoop` ends it. */
export function enterLoop(): boolean {
  nesting.depth += LOOP_COST;
  if (nesting.depth <= LIMIT) return true;
  nesting.depth -= LOOP_COST;
  return raise('RecursionError', 'maximum recursion depth exceeded') !== 0;
}

export function leaveLoop(): void {
  nesting.depth -= LOOP_COST;
}

/** Objects whose repr is being made by this isolate: a repr does not migrate while it runs in TypeScript. */
const shown: number[] = [];

/** False when the repr of `h` is being made already (print '...' instead). */
export function enterRepr(h: number): boolean {
  if (shown.includes(h)) return false;
  shown.push(h);
  return true;
}

export function leaveRepr(h: number): void {
  const at = shown.lastIndexOf(h);
  if (at >= 0) shown.length = at;
}

/** Lock words of streams that helpers on the JavaScript stack hold: io-lock.ts. */
const held: number[] = [];

export const noteHeld = (word: number): number => held.push(word);

export function forgetHeld(word: number): void {
  const at = held.lastIndexOf(word);
  if (at >= 0) held.splice(at, 1);
}

/** Set by io-lock.ts: gives back a lock whose holder is gone from the stack. */
export const heldHook = { release: (_word: number): void => {} };

/** The state to come back to after a JavaScript exception. */
export interface Mark {
  depth: number;
  shown: number;
  held: number;
}

export const markNesting = (): Mark => ({ depth: nesting.depth, shown: shown.length, held: held.length });

export function restoreNesting(mark: Mark): void {
  nesting.depth = mark.depth;
  shown.length = Math.min(shown.length, mark.shown);
  while (held.length > mark.held) heldHook.release(held.pop()!);
}
