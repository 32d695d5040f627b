/** Loads the native addon. */
import { createRequire } from 'node:module';
import { threadId } from 'node:worker_threads';
import { findBinaries, howToBuild, systemName } from './binary.js';
import { CARRIER } from './carrier.js';
import { elfProblem } from './elf.js';
import * as L from './layout.generated.js';
import { i32, inWebAssembly, u8 } from './memory.js';
import { ownTask } from './task.js';

/** What the addon exports. Addresses are byte addresses in the space; words are word indices. */
export interface Addon {
  version: string;
  layoutHash: number;
  /** Binds the addon to the memory; returns true when its real address is 64-byte aligned. */
  attach(space: Uint8Array, carrierWord: number): boolean;
  getFreeCells(least: number, most: number, out: number): number;
  /** Waits at most so many milliseconds until the descriptor can be read, or has an error or its end to tell; false: it cannot. */
  waitReadable(descriptor: number, milliseconds: number): boolean;
  /** Ends the process with this exit code, at once: no handlers, no ends of threads. */
  exitProcess(code: number): never;
  /**
   * Marks with the world stopped, and sweeps. `flags`: 1 poison freed cells; 2 sweep while threads go on (CTL_SWEEPING says how long).
   * What comes of the sweep is in CTL_SWEPT_LIVE and CTL_SWEPT_FREED.
   */
  collect(flags: number): void;
  /** Begins to mark beside the program, unless a cycle or a sweep goes on; see native/gc/cycle.h. */
  markStart(): void;
  /**
   * A round, with the world stopped: retires all runs, scans about `budget` cells (0: all that is left). `flags`: 1 poison freed cells; 4 compare
   * with marking from scratch. 0: it goes on; 1: the sweep has begun; 2: all must be marked anew; 3: another copy of the addon marks.
   */
  markRound(budget: number, flags: number): number;
  /**
   * Stops the others for a round as markRound's, and ends the stop (who waits is still to be notified), when that takes no waiting and nothing of what
   * TypeScript does. Results 0, 1 and 2 as there, and with 2 the stop goes on; 4: another's goes on; 5: no round was to be made; 6: the request stands, and
   * the round is left to the caller. `times`: microseconds that passed, and CPU time of this thread.
   */
  tryRound(budget: number, flags: number, times: Float64Array): number;
  /** CPU time of the calling thread in microseconds. */
  threadTime(): number;
  /** Takes this carrier's log. */
  flushLog(): void;
  /** Frees the records of isolates that ended during a collection of another: after CTL_GC_REQUEST was given back, when CTL_CARRIERS_DEAD is not 0. */
  freeDeadCarriers(): void;
}

let problem = '';

/** The addon in a file, or undefined with `problem` saying what is wrong with it. */
function loadFile(file: string): Addon | undefined {
  try {
    const fault = elfProblem(file);
    if (fault !== '') throw new Error(fault);
    const found = createRequire(import.meta.filename)(file) as Addon;
    if (found.layoutHash === L.LAYOUT_HASH) return found;
    problem = `the native addon ${file} is of another version of the package (${howToBuild()})`;
  } catch (error) {
    const [line] = String(error).split('\n');
    problem = `the native addon ${file} does not load here: ${line} (${howToBuild()})`;
  }
  return undefined;
}

function load(): Addon | undefined {
  for (const file of process.env.PROTOSPACE_ALLOCATOR === 'ts' ? [] : findBinaries()) {
    const found = loadFile(file);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const addon: Addon | undefined = load();
/** Why there is no addon, in one sentence; empty when there is one. */
export const addonProblem: string =
  addon !== undefined
    ? ''
    : problem ||
      `no native addon for ${systemName()}: none was shipped for it, or its file is missing from build/Release/ and prebuilds/${systemName()}/ (${howToBuild()})`;

// Where the addon does not see the isolate's end, others look whether its thread is alive (abandon.ts).
i32[CARRIER + L.CAR_TASK] = addon === undefined ? ownTask() : 0;
i32[CARRIER + L.CAR_OS_THREAD] = threadId + 1;
// A plain buffer (see memory.ts) is aligned to 16 bytes only: cells may straddle cache lines there, nothing else.
if (addon !== undefined && !addon.attach(u8, CARRIER) && inWebAssembly)
  throw new Error('the space is not 64-byte aligned');
