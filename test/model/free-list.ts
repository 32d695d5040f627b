/**
 * The stacks of free runs (lib/heap/freelist.ts, native/heap/allocator.cc) as steps: threads that take runs, write into them and put them back. Is
 * a run ever given to two, or lost?
 */
import { explore, type Found, type Thread } from './explore.js';

/**
 * The rule itself, or one that is too weak: swapping the head without its tag; reading the tag when the next run is known already; putting a
 * run on the stack by a plain store.
 */
export type Rule = 'as-is' | 'no-tag' | 'tag-late' | 'plain-push';

/** What an owner of a run writes where the link was. */
const DATA = 9;
const RUNS = 3;

interface Shared {
  first: number;
  tag: number;
  /** First word of each run: the link while it is free. */
  words: number[];
  /** Owners of each run, by how often it was taken and not given back. */
  held: number[];
}

interface Registers {
  first: number;
  tag: number;
  next: number;
  run: number;
}

/** cas2: both words at once. */
function swing(s: Shared, r: Registers, to: number, rule: Rule): boolean {
  if (s.first !== r.first || (rule !== 'no-tag' && s.tag !== r.tag)) return false;
  s.first = to;
  s.tag++;
  return true;
}

function* pop(s: Shared, r: Registers, rule: Rule): Thread {
  r.run = 0;
  for (;;) {
    r.tag = s.tag;
    yield;
    r.first = s.first;
    if (r.first === 0) return;
    yield;
    r.next = s.words[r.first]!;
    yield;
    if (rule === 'tag-late') r.tag = s.tag;
    if (!swing(s, r, r.next, rule)) continue;
    r.run = r.first;
    s.held[r.run]!++;
    yield;
    s.words[r.run] = DATA;
    return;
  }
}

function* push(s: Shared, r: Registers, rule: Rule): Thread {
  if (r.run === 0) return;
  s.held[r.run]!--;
  for (;;) {
    r.tag = s.tag;
    yield;
    r.first = s.first;
    yield;
    s.words[r.run] = r.first;
    yield;
    if (rule === 'plain-push') {
      s.first = r.run;
      s.tag++;
      return;
    }
    if (swing(s, r, r.run, rule)) return;
  }
}

/** Takes one and keeps it. */
const keep = pop;

/** Takes two, gives the first one back. */
function* shuffle(s: Shared, r: Registers, other: Registers, rule: Rule): Thread {
  yield* pop(s, r, rule);
  yield;
  yield* pop(s, other, rule);
  yield;
  yield* push(s, r, rule);
}

function fault(s: Shared): string {
  const places = [...s.held];
  let run = s.first;
  for (let i = 0; run !== 0; run = s.words[run]!, i++) {
    if (run > RUNS || i > RUNS) return `the stack leads to ${run}`;
    places[run]!++;
  }
  const wrong = places.findIndex((n, i) => i > 0 && n !== 1);
  return wrong < 0 ? '' : `run ${wrong} is in ${places[wrong]} places`;
}

/** Two threads that keep one, one that shuffles, over all interleavings. */
export function search(rule: Rule): Found {
  return explore(() => {
    const s: Shared = { first: 1, tag: 0, words: [0, 2, 3, 0], held: [0, 0, 0, 0] };
    const registers = [0, 1, 2].map((): Registers => ({ first: 0, tag: 0, next: 0, run: 0 }));
    return {
      threads: [keep(s, registers[0]!, rule), shuffle(s, registers[1]!, registers[2]!, rule)],
      state: () => [s, registers],
      fault: () => fault(s),
    };
  });
}
