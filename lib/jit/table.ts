/** The compiled functions of this carrier, by the numbers that code objects have for them (CODE_COMPILED), which are never used again. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;

/**
 * Runs a frame: its own one at word `frame` when `func` is 0; else that of a call of `func` by the frame `caller`, to be pushed at `frame`, with the
 * arguments given, for `instance` when it is an `__init__`. The value returned, 0: see support.ts; MISS when `func` has other code.
 */
export type Compiled = (frame: number, depth: number, func: number, instance: number, caller: number) => number;

export interface Row {
  /** Word index of the code object. */
  readonly word: number;
  f: Compiled | undefined;
  /** Functions for loops, by the instruction at their heads; undefined for a loop that has none. */
  readonly loops: Map<number, Compiled | undefined>;
  /** Does the code stay interpreted on this carrier? */
  refused: boolean;
  /** How often embedded inline caches did not hold, and how often the functions were forgotten because of that. */
  misses: number;
  drops: number;
}

/** How often code is compiled anew because what it relied on did not hold. */
const DROPS_MOST = 3;
const rows = new Map<number, Row>();
/** Rows before those of code that is gone are looked for. */
const ROWS = 4000;
let roomFor = ROWS;

/** May look at memory that something else has by now. */
const isThere = (id: number, { word }: Row): boolean =>
  (I32[word] & 0xff) === L.KIND_CODE && I32[word + L.CODE_COMPILED] === id;

export const table = {
  /** As often an embedded cache may not hold before the code is compiled anew. */
  missesMost: 500,

  /** Set by index.ts: compiled code called what has no function. It gets one when that happens often. */
  called: (_frame: number): Compiled | undefined => undefined,
  /** Set by index.ts: nothing is to be called by that number any more. */
  removed: (_id: number): void => {},
  /** Set by index.ts: forgets code's functions, to be compiled anew by what is known then. */
  drop: (_id: number): void => {},

  row: (id: number): Row | undefined => rows.get(id),
  get: (id: number): Compiled | undefined => rows.get(id)?.f,

  add(id: number, word: number): Row {
    if (rows.size >= roomFor) {
      this.prune();
      roomFor = Math.max(ROWS, rows.size * 2);
    }
    const row = {
      word,
      f: undefined,
      loops: new Map<number, Compiled | undefined>(),
      refused: false,
      misses: 0,
      drops: 0,
    };
    rows.set(id, row);
    return row;
  },

  /** Counts; true when the code should be compiled anew. */
  missed(id: number): boolean {
    const row = rows.get(id);
    return row !== undefined && ++row.misses === this.missesMost && row.drops < DROPS_MOST;
  },

  /** Forgets code objects that are no more; returns how many functions the others have. */
  prune(): number {
    let left = 0;
    for (const [id, row] of rows) {
      if (isThere(id, row)) left += [row.f, ...row.loops.values()].filter((f) => f !== undefined).length;
      else {
        this.removed(id);
        rows.delete(id);
      }
    }
    return left;
  },
};
