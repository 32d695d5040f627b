/**
 * The order in which CPython would find objects dead when a frame is left: it clears the slots of the frame from the last to the first, and what an object
 * refers to when that is dead, sequences from their end. References between the dead are counted as there; what a cycle holds comes last.
 */
import * as L from './layout.generated.js';
import { i32 } from './memory.js';
import { referentOf } from './pending.js';
import { scanObject } from './scan.js';

const I32 = i32;

/** Objects that are looked at before nothing is decided: what is not, the next context or the collector decides. */
export const LOOKED_MOST = 1 << 17;

/** What `h` refers to, in the order in which it lets go of it. */
function children(h: number): number[] {
  const out: number[] = [];
  scanObject(h, (word) => out.push(I32[word]!));
  const kind = I32[h >>> 2]! & 0xff;
  return kind === L.KIND_TUPLE || kind === L.KIND_ARRAY ? out.reverse() : out;
}

/** The dead objects and what holds them, with the number of references from there. */
class Counts {
  private readonly counts = new Map<number, number>();
  private readonly todo: number[] = [];

  constructor(private readonly within: (h: number) => boolean) {}

  addObject(h: number): void {
    if (this.counts.has(h)) return;
    this.counts.set(h, 0);
    this.todo.push(h);
  }

  addReference(h: number): void {
    if (!this.within(h)) return;
    this.addObject(h);
    this.counts.set(h, this.counts.get(h)! + 1);
  }

  /** False when there is too much to count. */
  traverse(): boolean {
    for (let h = this.todo.pop(); h !== undefined; h = this.todo.pop()) {
      for (const c of children(h)) {
        this.addReference(c);
        if (this.counts.size > LOOKED_MOST) return false;
      }
    }
    return true;
  }

  isLoose = (h: number): boolean => this.counts.get(h) === 0;

  /** One reference to `h` goes: calls `died` for each object that goes with it. */
  dropReference(h: number, died: (h: number) => void): void {
    for (const todo = [h]; todo.length > 0; ) {
      const o = todo.pop()!;
      const n = this.counts.get(o);
      if (n === undefined || n === 0) continue;
      this.counts.set(o, n - 1);
      if (n > 1) continue;
      died(o);
      todo.push(...children(o).reverse());
    }
  }
}

/**
 * Entries of dead objects, oldest first, in the order of their deaths, as they are where that takes too long to find. The frame's slots are the words [first, end); `within` tells which
 * objects are to be followed.
 */
export function inDeathOrder(dead: number[], first: number, end: number, within: (h: number) => boolean): number[] {
  if (dead.length < 2) return dead;
  const counts = new Counts(within);
  for (let word = first; word < end; word++) counts.addReference(I32[word]!);
  for (const ref of dead) counts.addObject(referentOf(ref));
  if (!counts.traverse()) return dead;
  const entries = new Map(dead.map((ref) => [referentOf(ref), ref]));
  const out: number[] = [];
  const died = (h: number): void => {
    const ref = entries.get(h);
    if (ref === undefined) return;
    entries.delete(h);
    out.push(ref);
  };
  const gone = dead.map(referentOf).filter(counts.isLoose);
  for (const h of gone) {
    counts.addReference(h);
    counts.dropReference(h, died);
  }
  for (let word = end - 1; word >= first; word--) counts.dropReference(I32[word]!, died);
  return [...out, ...entries.values()];
}
