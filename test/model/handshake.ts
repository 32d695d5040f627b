/**
 * Exhaustive search: two mutators, two words of the heap, one object; does a concurrent marker lose it? A state is the tuple of
 * what each has done. Rules: `single` handshake switches the barrier on and scans at once; `two` rounds with the overwritten handle
 * logged; `hybrid` logs the stored handle too until its own thread is scanned (the design's rule).
 */
export type Rule = 'single' | 'two' | 'hybrid';

interface State {
  /** Does the word hold the object? */
  words: [boolean, boolean];
  registers: [boolean, boolean];
  barrier: [boolean, boolean];
  scanned: [boolean, boolean];
  wordScanned: [boolean, boolean];
  marked: boolean;
}

const START: State = {
  words: [true, false],
  registers: [false, false],
  barrier: [false, false],
  scanned: [false, false],
  wordScanned: [false, false],
  marked: false,
};

const BOTH = [0, 1] as const;
type Index = 0 | 1;
const all = (pair: [boolean, boolean]): boolean => pair[0] && pair[1];

function change(state: State, edit: (copy: State) => void): State {
  const copy = structuredClone(state);
  edit(copy);
  return copy;
}

function stores(s: State, rule: Rule, t: Index, w: Index): State[] {
  const values = [...new Set([s.registers[t], false])];
  return values.map((value) =>
    change(s, (n) => {
      if (s.barrier[t] && s.words[w]) n.marked = true;
      if (rule === 'hybrid' && s.barrier[t] && !s.scanned[t] && value) n.marked = true;
      n.words[w] = value;
    }),
  );
}

function mutatorSteps(s: State, rule: Rule, t: Index): State[] {
  const steps = BOTH.flatMap((w) => [change(s, (n) => void (n.registers[t] = s.words[w])), ...stores(s, rule, t, w)]);
  return [...steps, change(s, (n) => void (n.registers[t] = false))];
}

const scan = (s: State, t: Index): State =>
  change(s, (n) => {
    n.barrier[t] = true;
    n.scanned[t] = true;
    if (s.registers[t]) n.marked = true;
  });

function handshakeSteps(s: State, rule: Rule, t: Index): State[] {
  if (rule === 'single') return s.scanned[t] ? [] : [scan(s, t)];
  if (!s.barrier[t]) return [change(s, (n) => void (n.barrier[t] = true))];
  return all(s.barrier) && !s.scanned[t] ? [scan(s, t)] : [];
}

function markerSteps(s: State, rule: Rule): State[] {
  const started = rule === 'single' ? s.scanned[0] || s.scanned[1] : all(s.barrier);
  if (!started) return [];
  return BOTH.filter((w) => !s.wordScanned[w]).map((w) =>
    change(s, (n) => {
      n.wordScanned[w] = true;
      if (s.words[w]) n.marked = true;
    }),
  );
}

const lost = (s: State): boolean =>
  all(s.scanned) && all(s.wordScanned) && !s.marked && [...s.words, ...s.registers].includes(true);

/** Searches all interleavings: how many states there are, and whether one loses the object. */
export function search(rule: Rule): { states: number; lost: boolean } {
  const seen = new Set([JSON.stringify(START)]);
  const queue = [START];
  for (let s = queue.pop(); s !== undefined; s = queue.pop()) {
    if (lost(s)) return { states: seen.size, lost: true };
    const now = s;
    for (const n of [
      ...BOTH.flatMap((t) => [...mutatorSteps(now, rule, t), ...handshakeSteps(now, rule, t)]),
      ...markerSteps(now, rule),
    ]) {
      const key = JSON.stringify(n);
      if (!seen.has(key)) {
        seen.add(key);
        queue.push(n);
      }
    }
  }
  return { states: seen.size, lost: false };
}
