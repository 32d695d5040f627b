/** The compiled functions of this carrier, by the numbers that code objects have for them (CODE_COMPILED). */

/**
 * Runs a frame: its own one at word `frame` when `func` is 0; else that of a call of `func` by the frame `caller`, to be pushed at `frame`, with the
 * arguments given, for `instance` when it is an `__init__`. The value returned, 0: see support.ts.
 */
export interface Compiled {
  (frame: number, depth: number, func: number, instance: number, caller: number, ...args: number[]): number;
  /** How often an embedded inline cache did not hold. */
  misses: number;
}

/** Dense from 0 on; number 0 is no code's. */
const functions: (Compiled | undefined)[] = [undefined];

/** How often code is compiled because what it relied on did not hold. */
const TIMES_MOST = 4;
const times: number[] = [];

export const table = {
  functions,
  /** Numbers whose code stays interpreted on this carrier. */
  refused: new Set<number>(),

  /** As often an embedded cache may not hold before the code is compiled anew. */
  missesMost: 500,
  /** Set by index.ts: compiled code called what has no function. It gets one when that happens often. */
  called: (_frame: number): Compiled | undefined => undefined,

  set(id: number, f: Compiled): void {
    while (functions.length <= id) functions.push(undefined);
    functions[id] = f;
    times[id] = (times[id] ?? 0) + 1;
  },

  /** Forgets a function, to be compiled anew by what is known then; where that was done often it stays as it is. */
  drop(id: number): void {
    if (times[id] < TIMES_MOST) functions[id] = undefined;
  },
};
