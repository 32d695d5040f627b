/**
 * The concurrent collector as steps, over all interleavings: two mutators, the marker, the sweeper, and rounds in which the world is stopped. Cells 0 and
 * 1 are old objects: a root with two fields, and one it may refer to. Cells 2 and 3 are a run that the first mutator allocates from, 4 is a block
 * that it claims when that is used up. Is a cell that can be reached ever freed, does the marker ever read what was not written?
 *
 * - Round 1 switches the barrier on and greys the roots. While marking, the barrier logs the value stored, an object whose fields were moved
 *   within it is logged itself, and runs handed out are NEW: the marker does not look into them, since they are filled without barrier, and what
 *   returning contexts take back there is filled again.
 * - Each further round retires the runs, makes NEW cells white, and greys what was logged, what was met in NEW cells and what the stacks hold.
 * - The last one drains the rest while the world is stopped, and fixes which cells are swept.
 */

/**
 * What the mutators do: the first alone, allocating twice; the first allocating once while the other takes what it finds; both without allocating,
 * moving the fields of the root; the first alone, allocating three objects of one cell or two, whose fields it moves.
 */
export type Scenario = 'alone' | 'together' | 'moves' | 'young moves';

/** The rule itself, or one that is too weak. */
export type Rule =
  | 'as-is'
  /** No round after the first. */
  | 'one-round'
  /** Later rounds do not look at the stacks. */
  | 'no-rescan'
  /** Stores log nothing. */
  | 'no-barrier'
  /** Stores log old values only. */
  | 'log-old-only'
  /** Moving fields within an object logs nothing. */
  | 'no-move-log'
  /** Moving fields within a young object is logged, and what an entry names is scanned again when anything there is marked. */
  | 'log-young-moves'
  /** The marker follows handles into NEW cells. */
  | 'trace-new'
  /** NEW cells count as live, and are never looked into. */
  | 'new-is-black'
  /** Which cells are swept is not fixed at the end of marking. */
  | 'sweep-later';

const ROOT = 0;
const GARBAGE = -1;
const IN_BLOCK_LATER = 4;
/** Rounds before the last. */
const ROUNDS = 1;

interface State {
  /** Two fields of the root, then one of each other cell; 0: empty. */
  fields: number[];
  registers: [number, number];
  /** What each mutator is in the middle of: no safepoint there. */
  busy: [string, string];
  /** The newest allocation of the first mutator, not filled yet. */
  newest: number;
  /** The first mutator's run, [bump, limit), its escape mark, the entry mark of an inner context (0: none). */
  bump: number;
  limit: number;
  escape: number;
  entry: number;
  free: number[][];
  claimed: boolean[];
  /** idle, mark, sweep, done */
  phase: string;
  rounds: number;
  /** w: white, g: grey, b: black, r: the second cell of a black object; n: NEW */
  marks: string[];
  /** Cells with which an object of two begins. */
  pairs: number[];
  log: number[];
  /** Objects whose fields were moved within them: logged; to be looked at by the marker. */
  moved: number[];
  pending: number[];
  /** Cell that the marker scans, and its next field; -1: none. */
  scanning: number;
  at: number;
  toSweep: number[];
  /** Allocations that may still be made. */
  allocations: number;
  fault: string;
}

const START: State = {
  fields: [1, 0, 0, GARBAGE, GARBAGE, GARBAGE],
  registers: [0, 0],
  busy: ['', ''],
  newest: 0,
  bump: 0,
  limit: 0,
  escape: 0,
  entry: 0,
  free: [
    [2, 4],
    [4, 5],
  ],
  claimed: [true, true, false, false, false],
  phase: 'idle',
  rounds: 0,
  marks: ['w', 'w', 'w', 'w', 'w'],
  pairs: [],
  log: [],
  moved: [],
  pending: [],
  scanning: -1,
  at: 0,
  toSweep: [],
  allocations: 2,
  fault: '',
};

type Edit = (s: State) => void;
const fieldsOf = (s: State, cell: number): number[] => {
  if (cell === ROOT) return [0, 1];
  return s.pairs.includes(cell) ? [cell + 1, cell + 2] : [cell + 1];
};
const isYoung = (s: State, cell: number): boolean => cell >= s.escape && cell < s.bump;

function addTo(list: number[], cell: number): void {
  if (!list.includes(cell)) list.push(cell);
  list.sort();
}

function log(s: State, cell: number, rule: Rule): void {
  if (s.phase === 'mark' && rule !== 'no-barrier') addTo(s.log, cell);
}

/** The young-region rule, then the log. */
function barrier(s: State, value: number, rule: Rule): void {
  const young = isYoung(s, value);
  if (young) s.escape = s.bump;
  if (!young || rule !== 'log-old-only') log(s, value, rule);
}

function takeRun(s: State): void {
  const [from, to] = s.free.shift()! as [number, number];
  [s.bump, s.limit, s.escape] = [from, to, from];
  if (s.entry !== 0) s.entry = from;
  for (let c = from; c < to; c++) {
    s.claimed[c] = true;
    if (s.phase === 'mark') s.marks[c] = 'n';
  }
}

/** Takes back what the inner context allocated, unless it gives a young value to its caller. */
function doReturn(s: State): void {
  const to = Math.max(s.entry, s.escape);
  s.entry = 0;
  if (isYoung(s, s.registers[0]) && s.registers[0] >= to) return;
  for (let c = to; c < s.bump; c++) s.fields[c + 1] = GARBAGE;
  s.pairs = s.pairs.filter((c) => c < to || c >= s.bump);
  s.bump = Math.min(s.bump, to);
}

function begun(s: State, t: 0 | 1, rule: Rule): Edit[] {
  const [what, field] = s.busy[t].split(' ') as [string, string];
  const value = s.registers[t];
  const done = (edit: Edit): Edit[] => [(n) => (edit(n), (n.busy[t] = ''))];
  if (what === 'stored') return done((n) => barrier(n, Number(field), rule));
  if (what === 'copied') return [(n) => ((n.fields[1] = 0), (n.busy[t] = 'moved'))];
  if (what === 'moved') return done((n) => rule !== 'no-move-log' && log(n, ROOT, rule));
  // A new object is filled without barrier, before it is stored or after that.
  const fill: Edit[] = [value, 0].map((v) => (n) => {
    for (const f of fieldsOf(n, n.newest)) n.fields[f] = v;
    n.registers[t] = n.newest;
    n.newest = 0;
    n.busy[t] = '';
  });
  if (what === 'known') return fill;
  const known: Edit = (n) => ((n.fields[0] = n.newest), barrier(n, n.newest, rule), (n.busy[t] = 'known'));
  return [...fill, known];
}

/** Loads from its field of the root, stores there, forgets what it holds. */
function shares(s: State, t: 0 | 1): Edit[] {
  const value = s.registers[t];
  const edits: Edit[] = [(n) => (n.registers[t] = n.fields[t]!)];
  for (const v of new Set([value, 0]))
    edits.push((n) => ((n.fields[t] = v), (n.busy[t] = v === 0 ? '' : `stored ${v}`)));
  if (value > 0)
    edits.push(
      (n) => (n.registers[t] = 0),
      (n) => (n.registers[t] = n.fields[value + 1]!),
    );
  return edits;
}

function allocates(s: State): Edit[] {
  const edits: Edit[] = [s.entry === 0 ? (n) => (n.entry = Math.max(n.bump, 1)) : doReturn];
  if (s.allocations === 0 || (s.bump >= s.limit && s.free.length === 0)) return edits;
  const allocate: Edit = (n) => {
    if (n.bump >= n.limit) takeRun(n);
    n.newest = n.bump++;
    n.busy[0] = 'made';
    n.allocations--;
  };
  return [...edits, allocate];
}

/** Allocates objects of one cell or two, and moves fields within the one it knows. Other steps than in the other scenarios are whole: there are states enough. */
function movesYoung(s: State, rule: Rule): Edit[] {
  const value = s.registers[0];
  const edits: Edit[] = [s.entry === 0 ? (n) => (n.entry = Math.max(n.bump, 1)) : doReturn];
  if (s.allocations > 0)
    for (const cells of [1, 2])
      edits.push((n) => {
        if (n.bump + cells > n.limit && n.free.length > 0) takeRun(n);
        if (n.bump + cells > n.limit) return;
        const made = (n.registers[0] = n.bump);
        n.bump += cells;
        if (cells === 2) addTo(n.pairs, made);
        for (const f of fieldsOf(n, made)) n.fields[f] = 0;
        n.allocations--;
      });
  if (value === 0) return edits;
  edits.push((n) => (n.registers[0] = 0));
  edits.push((n) => ((n.fields[0] = value), barrier(n, value, rule)));
  if (s.phase === 'mark' && (rule === 'log-young-moves' || !isYoung(s, value)))
    edits.push((n) => addTo(n.moved, value));
  return edits;
}

function mutator(s: State, t: 0 | 1, rule: Rule, scenario: Scenario): Edit[] {
  if (s.busy[t] !== '') return begun(s, t, rule);
  if (scenario === 'moves') return [...shares(s, t), (n) => ((n.fields[0] = n.fields[1]!), (n.busy[t] = 'copied'))];
  if (scenario === 'young moves') return t === 0 ? movesYoung(s, rule) : [];
  if (t === 0) return [...shares(s, 0), ...allocates(s)];
  if (scenario === 'alone') return [];
  return [(n) => (n.registers[1] = n.fields[0]!), (n) => (n.registers[1] = 0)];
}

function shade(s: State, value: number, rule: Rule): void {
  if (value === GARBAGE) s.fault = 'the marker read what was not written';
  else if (value === 0 || 'gbr'.includes(s.marks[value]!)) return;
  else if (s.marks[value] === 'n' && rule !== 'trace-new') addTo(s.log, value);
  else s.marks[value] = 'g';
}

function retireRuns(s: State): void {
  [s.bump, s.limit, s.escape] = [0, 0, 0];
  if (s.entry !== 0) s.entry = 1;
}

/** Greys the roots, what was logged and what is on the stacks. */
function shadeAll(s: State, rule: Rule): void {
  const logged = s.log;
  s.log = [];
  for (const cell of s.moved) addTo(s.pending, cell);
  s.moved = [];
  if (s.marks[ROOT] === 'w' || logged.includes(ROOT)) s.marks[ROOT] = 'g';
  for (const cell of logged) if (cell !== ROOT) shade(s, cell, rule);
  if (s.rounds === 0 || rule !== 'no-rescan') for (const r of s.registers) shade(s, r, rule);
}

function round(s: State, rule: Rule): void {
  retireRuns(s);
  s.marks = s.marks.map((m) => (m === 'n' ? (rule === 'new-is-black' ? 'b' : 'w') : m));
  shadeAll(s, rule);
  s.rounds++;
}

/** A grey object is black from now on, all of its cells. */
function blacken(s: State, cell: number): void {
  s.marks[cell] = 'b';
  if (s.pairs.includes(cell)) s.marks[cell + 1] = 'r';
}

/** Looks at an object whose fields were moved: it is scanned again, if it is marked. */
function takeMoved(s: State, rule: Rule): void {
  const cell = s.pending.shift()!;
  const mark = s.marks[cell]!;
  if (mark === 'b') s.marks[cell] = 'g';
  if (mark === 'r' && rule === 'log-young-moves') s.fault = 'the marker took the middle of an object for one';
}

function scanStep(s: State, rule: Rule): void {
  const fields = fieldsOf(s, s.scanning);
  shade(s, s.fields[fields[s.at]!]!, rule);
  s.at++;
  if (s.at === fields.length) [s.scanning, s.at] = [-1, 0];
}

/** The last round: nothing moves but the marker. */
function finish(s: State, rule: Rule): void {
  if (rule !== 'one-round') round(s, rule);
  while (s.fault === '' && (s.marks.includes('g') || s.pending.length > 0)) {
    const c = s.marks.indexOf('g');
    if (c < 0) takeMoved(s, rule);
    else {
      blacken(s, c);
      for (const f of fieldsOf(s, c)) shade(s, s.fields[f]!, rule);
    }
  }
  retireRuns(s);
  s.phase = 'sweep';
  // Free runs are found again by sweeping; a block nobody has claimed is not in them.
  s.free = s.free.filter(([from]) => !s.claimed[from!]);
  s.toSweep = s.claimed.flatMap((c, i) => (c || (rule === 'sweep-later' && i === IN_BLOCK_LATER) ? [i] : []));
}

function sweepOne(s: State): void {
  const cell = s.toSweep.shift()!;
  if (s.toSweep.length === 0) s.phase = 'done';
  if ('br'.includes(s.marks[cell]!) || !s.claimed[cell]) return;
  s.fields[cell + 1] = GARBAGE;
  s.pairs = s.pairs.filter((c) => c !== cell);
  if (reached(s).has(cell)) s.fault = `cell ${cell} was freed`;
  s.free.push([cell, cell + 1]);
}

function collector(s: State, rule: Rule): Edit[] {
  const stopped = s.busy.every((b) => b === '');
  if (s.phase === 'sweep') return [sweepOne];
  if (s.phase === 'idle') {
    if (!stopped) return [];
    return [(n) => (retireRuns(n), (n.phase = 'mark'), shadeAll(n, rule), n.rounds++)];
  }
  if (s.phase !== 'mark') return [];
  if (s.scanning >= 0) return [(n) => scanStep(n, rule)];
  const grey = s.marks.flatMap((m, i) => (m === 'g' ? [i] : []));
  if (grey.length > 0) return grey.map((c) => (n) => (blacken(n, c), (n.scanning = c)));
  if (s.pending.length > 0) return [(n) => takeMoved(n, rule)];
  if (!stopped) return [];
  const last: Edit = (n) => finish(n, rule);
  return s.rounds > ROUNDS ? [last] : [last, (n) => round(n, rule)];
}

function reached(s: State): Set<number> {
  const found = new Set([ROOT, ...s.registers.filter((r) => r > 0), ...(s.newest > 0 ? [s.newest] : [])]);
  for (const c of found) for (const f of fieldsOf(s, c)) if (s.fields[f]! > 0) found.add(s.fields[f]!);
  for (const c of s.pairs) if (found.has(c)) found.add(c + 1);
  return found;
}

const copy = (s: State): State => ({
  ...s,
  fields: [...s.fields],
  registers: [...s.registers],
  busy: [...s.busy],
  free: [...s.free],
  claimed: [...s.claimed],
  marks: [...s.marks],
  pairs: [...s.pairs],
  log: [...s.log],
  moved: [...s.moved],
  pending: [...s.pending],
  toSweep: [...s.toSweep],
});

/** Lists of any length are told apart. */
const keyOf = (s: State): string => Object.values(s).join(';');

/** All interleavings, or until the first fault: how many states there are, and the fault. */
export function search(rule: Rule, scenario: Scenario): { states: number; fault: string } {
  const start = { ...START };
  if (scenario === 'together') start.allocations = 1;
  if (scenario === 'moves') start.fields = [0, 1, ...START.fields.slice(2)];
  if (scenario === 'young moves') {
    start.allocations = 3;
    start.free = START.free.slice(0, 1);
  }
  const seen = new Set([keyOf(start)]);
  const stack: State[] = [start];
  for (let s = stack.pop(); s !== undefined; s = stack.pop()) {
    if (s.phase === 'done') continue;
    for (const edit of [0, 1].flatMap((t) => mutator(s!, t as 0 | 1, rule, scenario)).concat(collector(s, rule))) {
      const n = copy(s);
      edit(n);
      if (n.fault !== '') return { states: seen.size, fault: n.fault };
      const key = keyOf(n);
      if (seen.has(key)) continue;
      seen.add(key);
      stack.push(n);
    }
  }
  return { states: seen.size, fault: '' };
}
