/**
 * A shared deque (lib/modules/deque-shared.ts) as steps: immutable states, one word that is compared and swapped, and items cleared in an array that
 * older states share. Is any item lost, given twice, or does anyone get a cleared one?
 */
import { explore, type Found, type Thread } from './explore.js';

/**
 * The rule itself, or one that is too weak: the state is stored, not swapped; an item is cleared before the swap; a reader takes a cleared item for an
 * item; the window moves in the state that all see.
 */
export type Rule = 'as-is' | 'store' | 'clear-early' | 'trust-cleared' | 'in-place';

interface State {
  window: number;
  from: number;
  to: number;
  /** What was added on the right, the last first. */
  right: readonly number[];
}

interface Shared {
  ring: number[] | undefined;
  state: number;
  states: State[];
  arrays: number[][];
  got: number[];
  fault: string;
}

interface Locals {
  seen: number;
  ring: number[] | undefined;
  next: State | undefined;
  value: number;
  slot: number;
  read: number[];
}

const NONE = -1;

/** The swap; false when another was faster. */
function swap(s: Shared, v: Locals, next: State, rule: Rule): boolean {
  if (rule !== 'store' && s.state !== v.seen) return false;
  if (rule === 'in-place' && v.seen !== NONE) Object.assign(s.states[v.seen]!, next);
  else s.state = s.states.push(next) - 1;
  return true;
}

function* current(s: Shared, v: Locals, rule: Rule): Thread {
  for (;;) {
    v.seen = s.state;
    yield 'loaded';
    if (v.seen !== NONE) return;
    v.ring = s.ring;
    yield 'ring';
    if (v.ring === undefined) continue;
    const window = s.arrays.push([...v.ring]) - 1;
    yield 'copied';
    if (swap(s, v, { window, from: 0, to: v.ring.length, right: [] }, rule)) s.ring = undefined;
    yield 'made';
  }
}

function* push(s: Shared, v: Locals, value: number, rule: Rule): Thread {
  for (;;) {
    yield* current(s, v, rule);
    const state = s.states[v.seen]!;
    v.next = { ...state, right: [value, ...state.right] };
    yield 'next';
    if (swap(s, v, v.next, rule)) return;
  }
}

/** The window of `next`; the list's when that is empty. */
function moved(s: Shared, next: State): State {
  if (next.from < next.to) return next;
  const items = [...next.right].reverse();
  return { window: s.arrays.push(items) - 1, from: 0, to: items.length, right: [] };
}

function* pop(s: Shared, v: Locals, left: boolean, rule: Rule): Thread {
  for (;;) {
    yield* current(s, v, rule);
    const state = s.states[v.seen]!;
    if (state.from === state.to && state.right.length === 0) return;
    v.next = !left && state.right.length > 0 ? { ...state } : moved(s, state);
    if (!left && v.next.right.length > 0) {
      v.value = v.next.right[0]!;
      v.slot = NONE;
      v.next = { ...v.next, right: v.next.right.slice(1) };
    } else {
      v.slot = left ? v.next.from : v.next.to - 1;
      yield 'reads';
      v.value = s.arrays[v.next.window]![v.slot]!;
      v.next = left ? { ...v.next, from: v.next.from + 1 } : { ...v.next, to: v.next.to - 1 };
    }
    yield 'next';
    if (v.value === 0) {
      if (s.state === v.seen) s.fault ||= 'a cleared item in the present state';
      continue;
    }
    if (rule === 'clear-early' && v.slot !== NONE) s.arrays[v.next.window]![v.slot] = 0;
    yield 'cleared';
    const { window } = v.next;
    if (!swap(s, v, v.next, rule)) continue;
    yield 'swapped';
    if (v.slot !== NONE) s.arrays[window]![v.slot] = 0;
    s.got.push(v.value);
    return;
  }
}

/** All items at one moment: what is there must be a row of those that were added. */
function* read(s: Shared, v: Locals, rule: Rule): Thread {
  for (;;) {
    yield* current(s, v, rule);
    const { window, from, to, right } = s.states[v.seen]!;
    v.read = [];
    for (v.slot = from; v.slot < to; v.slot++) {
      yield 'item';
      v.read.push(s.arrays[window]![v.slot]!);
    }
    yield 'read';
    if (rule !== 'trust-cleared' && v.read.includes(0)) continue;
    v.read.push(...[...right].reverse());
    if (!'1,2,3'.includes(v.read.join())) s.fault ||= `read ${v.read.join()}`;
    return;
  }
}

const WORK = {
  'two at one end': [true, true],
  'one at each end': [true, false],
  'one that reads': [true, undefined],
} as const;
export type Work = keyof typeof WORK;

function* popTwice(s: Shared, v: Locals, left: boolean, rule: Rule): Thread {
  yield* pop(s, v, left, rule);
  yield 'again';
  yield* pop(s, v, left, rule);
}

/** One that adds 3 to the 1 and 2 that the owner left, one that takes two, and one that takes or reads, over all interleavings. */
export function search(rule: Rule, work: Work): Found {
  return explore(() => {
    const s: Shared = { ring: [1, 2], state: NONE, states: [], arrays: [], got: [], fault: '' };
    const locals = [0, 1, 2].map(
      (): Locals => ({ seen: NONE, ring: undefined, next: undefined, value: 0, slot: NONE, read: [] }),
    );
    const [a, b] = WORK[work];
    return {
      threads: [
        push(s, locals[0]!, 3, rule),
        popTwice(s, locals[1]!, a, rule),
        b === undefined ? read(s, locals[2]!, rule) : pop(s, locals[2]!, b, rule),
      ],
      state: () => [s, locals],
      fault: () => {
        const last = s.states[s.state]!;
        const left = s.arrays[last.window]!.slice(last.from, last.to);
        const all = [...s.got, ...left, ...last.right].sort((x, y) => x - y);
        return s.fault || (all.join() === '1,2,3' ? '' : `items ${all.join()}`);
      },
    };
  });
}
