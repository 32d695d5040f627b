/**
 * All interleavings of an attribute's overwrite without lock (find the slot, store, read back) with a delete that either copies the slots
 * to new storage or, as the design has it, marks the one slot absent and moves nothing.
 */
interface Heap {
  storage: number;
  slots: [number, number];
  found: number;
  copied: number;
  read: number;
}

type Step = (h: Heap) => void;

const WRITE: readonly Step[] = [
  (h) => void (h.found = h.storage),
  (h) => void (h.slots[h.found as 0 | 1] = 5),
  (h) => void (h.read = h.slots[h.storage as 0 | 1]),
];

/** Deleting another attribute by copying this one's slot to new storage. */
const COPYING: readonly Step[] = [
  (h) => void (h.copied = h.slots[h.storage as 0 | 1]),
  (h) => void (h.slots[1] = h.copied),
  (h) => void (h.storage = 1),
];

/** Deleting it in place touches neither this attribute's slot nor the storage. */
const IN_PLACE: readonly Step[] = [() => {}];

function explore(h: Heap, i: number, steps: readonly Step[], j: number): { lost: number; all: number } {
  if (i === WRITE.length && j === steps.length) {
    return { lost: h.read === 5 && h.slots[h.storage as 0 | 1] === 5 ? 0 : 1, all: 1 };
  }
  const total = { lost: 0, all: 0 };
  const add = (step: Step, ni: number, nj: number): void => {
    const next = structuredClone(h);
    step(next);
    const part = explore(next, ni, steps, nj);
    total.lost += part.lost;
    total.all += part.all;
  };
  if (i < WRITE.length) add(WRITE[i]!, i + 1, j);
  if (j < steps.length) add(steps[j]!, i, j + 1);
  return total;
}

/** How many interleavings there are, and how many lose the write. */
export function interleave(kind: 'copying' | 'in-place'): { lost: number; all: number } {
  const heap: Heap = { storage: 0, slots: [1, 0], found: 0, copied: 0, read: 0 };
  return explore(heap, 0, kind === 'copying' ? COPYING : IN_PLACE, 0);
}
