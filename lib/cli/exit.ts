/**
 * Ending the process promptly. `process.exit` ends each Worker first and waits for it, which takes some 20 ms; the addon ends the process as it
 * is. Where somebody wants to hear of the end (profilers, coverage) or there is no binary, it is Node's way.
 */
import { createRequire } from 'node:module';
import { findBinaries } from '../heap/binary.js';
import { elfProblem } from '../heap/elf.js';
import type { Addon } from '../heap/addon.js';

/** Has Node something to write at exit? */
const observed = (): boolean =>
  process.execArgv.length > 0 || !!process.env.NODE_OPTIONS || !!process.env.NODE_V8_COVERAGE;

let addon: Pick<Addon, 'exitProcess'> | undefined;

/** Finds what ends the process; to be called while there is time. */
export function prepareExit(): void {
  const [file] = observed() ? [] : findBinaries();
  try {
    addon =
      file === undefined || elfProblem(file) !== '' ? undefined : (createRequire(import.meta.filename)(file) as Addon);
  } catch {
    // No binary for this system: Node's way it is.
  }
}

/** Ends the process. What carriers printed is written already; what this thread printed must be. */
export function exitNow(code: number): never {
  addon?.exitProcess?.(code);
  process.exit(code);
}
