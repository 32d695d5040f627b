/** The work-stealing deque (lib/threads/deque.ts) as steps: an owner that pushes and takes, thieves that steal. Does any item get lost or come twice? */
import { explore, type Found, type Thread } from './explore.js';

/** The rule itself, or one that is too weak. */
export type Rule = 'as-is' | 'load-first' | 'no-swap-for-last' | 'no-swap-for-thief';

interface Shared {
  top: number;
  bottom: number;
  entries: number[];
  got: number[];
}

const SIZE = 2;

/** Local variables of one thread: part of the state. */
interface Registers {
  top: number;
  bottom: number;
  item: number;
}

function* push(d: Shared, r: Registers, item: number): Thread {
  r.bottom = d.bottom;
  yield;
  r.top = d.top;
  if (r.bottom - r.top >= SIZE) {
    d.got.push(item); // the inject queue takes it
    return;
  }
  yield;
  d.entries[r.bottom % SIZE] = item;
  yield;
  d.bottom = r.bottom + 1;
  yield;
}

function* take(d: Shared, r: Registers, rule: Rule): Thread {
  r.bottom = d.bottom - 1;
  if (rule === 'load-first') {
    r.top = d.top;
    yield;
  }
  d.bottom = r.bottom;
  yield;
  if (rule !== 'load-first') r.top = d.top;
  if (r.bottom < r.top) {
    yield;
    d.bottom = r.top;
    return;
  }
  r.item = d.entries[r.bottom % SIZE]!;
  if (r.bottom !== r.top) {
    d.got.push(r.item);
    return;
  }
  yield;
  if (rule === 'no-swap-for-last' || d.top === r.top) {
    if (rule !== 'no-swap-for-last') d.top = r.top + 1;
    d.got.push(r.item);
  }
  yield;
  d.bottom = r.top + 1;
  if (rule === 'no-swap-for-last') d.top = r.top + 1;
  yield;
}

function* steal(d: Shared, r: Registers, rule: Rule): Thread {
  for (;;) {
    r.top = d.top;
    yield;
    if (d.bottom - r.top <= 0) return;
    yield;
    r.item = d.entries[r.top % SIZE]!;
    yield;
    if (rule !== 'no-swap-for-thief' && d.top !== r.top) continue;
    d.top = r.top + 1;
    d.got.push(r.item);
    return;
  }
}

function* owner(d: Shared, r: Registers, rule: Rule): Thread {
  yield* push(d, r, 1);
  yield* push(d, r, 2);
  yield* take(d, r, rule);
  yield* push(d, r, 3);
  yield* take(d, r, rule);
  yield* take(d, r, rule);
}

function* thief(d: Shared, r: Registers, rule: Rule, times: number): Thread {
  for (let i = 0; i < times; i++) yield* steal(d, r, rule);
}

function fault(d: Shared): string {
  const left = d.entries.length === 0 ? [] : range(d.top, d.bottom).map((i) => d.entries[i % SIZE]!);
  const all = [...d.got, ...left].sort();
  return all.join() === '1,2,3' ? '' : `items ${all.join()}`;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** An owner and two thieves over all interleavings. */
export function search(rule: Rule): Found {
  return explore(() => {
    const d: Shared = { top: 0, bottom: 0, entries: [], got: [] };
    const registers = [0, 1, 2].map((): Registers => ({ top: 0, bottom: 0, item: 0 }));
    return {
      threads: [owner(d, registers[0]!, rule), thief(d, registers[1]!, rule, 2), thief(d, registers[2]!, rule, 1)],
      state: () => [d, registers],
      fault: () => fault(d),
    };
  });
}
