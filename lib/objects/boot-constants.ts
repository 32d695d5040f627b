/**
 * Values made once a process, when it boots, and kept in the root table: large immutable ones that every environment shows. They are in the boot
 * image, so starting from it makes none of them.
 */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;
/** The last words of the root table. */
const FIRST = (L.ROOTS_BASE >>> 2) + L.ROOTS_COUNT - L.BOOT_CONSTANTS;

const makers: (() => number)[] = [];

/** Registers a value to be made at boot; call what this returns to have it. */
export function bootConstant(make: () => number): () => number {
  const at = FIRST + makers.push(make) - 1;
  if (makers.length > L.BOOT_CONSTANTS) throw new Error('too many boot constants');
  return () => I32[at];
}

/** Makes all of them. For boot.ts, once the types are there. */
export function makeBootConstants(): void {
  makers.forEach((make, i) => {
    I32[FIRST + i] = make();
  });
}
