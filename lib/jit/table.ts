/** The compiled functions of this carrier, by the numbers that code objects have for them (CODE_COMPILED). */

/**
 * Runs a frame: its own one at word `frame` when `func` is 0; else that of a call of `func` by the frame `caller`, to be pushed at `frame`, with the
 * arguments given, for `instance` when it is an `__init__`. The value returned, 0: see support.ts.
 */
export type Compiled = (frame: number, depth: number, func: number, instance: number, caller: number) => number;

interface Row {
  f: Compiled | undefined;
  /** How often it was compiled, and how often an embedded inline cache did not hold since. */
  times: number;
  misses: number;
}

/** How often code is compiled because what it relied on did not hold. */
const TIMES_MOST = 4;
const rows: (Row | undefined)[] = [];

export const table = {
  /** As often an embedded cache may not hold before the code is compiled anew. */
  missesMost: 500,
  /** Numbers whose code stays interpreted on this carrier. */
  refused: new Set<number>(),

  /** Set by index.ts: compiled code called what has no function. It gets one when that happens often. */
  called: (_frame: number): Compiled | undefined => undefined,
  /** Set by index.ts: forgets a function, to be compiled anew by what is known then. */
  drop: (_id: number): void => {},

  get: (id: number): Compiled | undefined => rows[id]?.f,

  set(id: number, f: Compiled | undefined): void {
    const times = rows[id]?.times ?? 0;
    rows[id] = { f, times: f === undefined ? times : times + 1, misses: 0 };
  },

  /** Counts; true when the code should be compiled anew. */
  missed(id: number): boolean {
    const row = rows[id];
    return row?.f !== undefined && ++row.misses === this.missesMost && row.times < TIMES_MOST;
  },
};
