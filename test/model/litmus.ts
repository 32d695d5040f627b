/**
 * Exhaustive search over what threads may see on processors that reorder plain loads and stores (docs/ordering.md). The rows of a thread are executed one at a
 * time, on one memory for all, in any order that the processor may choose: `x86` lets only a load overtake a store (TSO; Sewell and others 2010); `arm` keeps an
 * order only where an address or a value depends on what was loaded, around a fence, after an acquiring load, before a releasing store, and between
 * sequentially consistent ones (ARMv8, multi-copy atomic; Pulte and others 2018).
 */
export type Machine = 'x86' | 'arm';

type Registers = Readonly<Record<string, number>>;
type Place = string | ((r: Registers) => string);

interface Row {
  readonly kind: 'load' | 'store' | 'fence';
  readonly place?: Place;
  /** Register that a load fills. */
  readonly to?: string;
  readonly value?: number;
  /** acquire (loads), release (stores), or both and sequentially consistent. */
  readonly order?: 'plain' | 'acquire' | 'release' | 'sc';
  /** Register that the place depends on. */
  readonly after?: string;
}

export const load = (to: string, place: string, order: Row['order'] = 'plain'): Row => ({
  kind: 'load',
  to,
  place,
  order,
});
/** Reads what the handle in `after` leads to: nothing, when it is 0. */
export const follow = (to: string, after: string, field: string): Row => ({
  kind: 'load',
  to,
  after,
  place: (r) => (r[after] === 0 ? 'nothing' : field),
});
export const store = (place: string, value: number, order: Row['order'] = 'plain'): Row => ({
  kind: 'store',
  place,
  value,
  order,
});
export const fence: Row = { kind: 'fence' };
/** A compare-and-swap that succeeds: loads with acquire, stores with release; what follows may be seen before its store. */
export const cas = (place: string, value: number): Row[] => [
  load(`cas ${place}`, place, 'acquire'),
  store(place, value, 'release'),
];

export interface Litmus {
  readonly threads: readonly (readonly Row[])[];
  readonly start?: Readonly<Record<string, number>>;
  /** Is this end wrong? Registers of all threads, and memory. */
  wrong(r: Registers, memory: Registers): boolean;
}

const acquires = (a: Row): boolean => a.kind === 'load' && (a.order === 'acquire' || a.order === 'sc');
const releases = (b: Row): boolean => b.kind === 'store' && (b.order === 'release' || b.order === 'sc');

/** Must `a`, which stands before `b` in one thread, be seen before it? */
function ordered(a: Row, b: Row, machine: Machine): boolean {
  if (a.kind === 'fence' || b.kind === 'fence') return true;
  if (typeof a.place === 'string' && a.place === b.place) return true;
  if (b.after !== undefined && b.after === a.to) return true;
  if (a.order === 'sc' && b.order === 'sc') return true;
  if (machine === 'x86') return a.kind !== 'store' || b.kind !== 'load' || a.order === 'sc';
  return acquires(a) || releases(b);
}

interface State {
  readonly done: readonly number[];
  readonly registers: Record<string, number>;
  readonly memory: Record<string, number>;
}

function execute(s: State, t: number, i: number, row: Row): State {
  const done = s.done.map((mask, k) => (k === t ? mask | (1 << i) : mask));
  const [registers, memory] = [{ ...s.registers }, { ...s.memory }];
  if (row.kind !== 'fence') {
    const place = typeof row.place === 'string' ? row.place : row.place!(registers);
    if (row.kind === 'store') memory[place] = row.value!;
    else registers[row.to!] = memory[place] ?? 0;
  }
  return { done, registers, memory };
}

/** All states that can be reached, and the first wrong end, or ''. */
export function search(litmus: Litmus, machine: Machine): { states: number; ends: number; wrong: string } {
  const { threads } = litmus;
  const first: State = { done: threads.map(() => 0), registers: {}, memory: { ...litmus.start } };
  const seen = new Set([JSON.stringify(first)]);
  const todo = [first];
  let ends = 0;
  let wrong = '';
  for (let s = todo.pop(); s !== undefined; s = todo.pop()) {
    let went = false;
    for (const [t, rows] of threads.entries())
      for (const [i, row] of rows.entries()) {
        const mask = s.done[t]!;
        if ((mask & (1 << i)) !== 0) continue;
        if (rows.some((a, k) => k < i && (mask & (1 << k)) === 0 && ordered(a, row, machine))) continue;
        went = true;
        const next = execute(s, t, i, row);
        const key = JSON.stringify(next);
        if (!seen.has(key)) todo.push(next);
        seen.add(key);
      }
    if (went) continue;
    ends++;
    if (wrong === '' && litmus.wrong(s.registers, s.memory)) wrong = JSON.stringify([s.registers, s.memory]);
  }
  return { states: seen.size, ends, wrong };
}
