/**
 * What the marker and the program read beside one another, as steps over all interleavings: weak references, and frames of generators. An old object T is
 * found by the two fields of a root, and weakly or by the frame of a generator. Is T freed while it can be reached, is a weak reference to it
 * left when it is freed, or cleared while it can be reached, does the marker use what a running frame held for a moment?
 *
 * - Rounds stop the mutators between their operations; they grey what was logged and what the stacks hold. The barrier logs what is stored.
 * - In a phase the marker scans the root and the generator, and notes which weak references may have to be cleared; in the last round those are cleared
 *   whose referent is still not marked.
 * - A resumption sets the state, counts, and only then changes the frame; a yield logs what the frame holds before it sets the state. The marker
 *   reads count and state, copies the frame of a suspended generator, and uses the copy only when the count is what it was.
 */
export type Scenario = 'weak' | 'generator';

/** The rule itself, or one that is too weak. */
export type Rule =
  | 'as-is'
  /** Later rounds do not look at the stacks. */
  | 'no-rescan'
  /** References made meanwhile are not logged. */
  | 'no-weak-log'
  /** A phase clears weak references itself. */
  | 'clear-beside'
  /** The marker does not ask whether the generator was resumed meanwhile. */
  | 'no-count'
  /** It does not ask whether the generator runs. */
  | 'scan-running'
  /** A resumption counts before it sets the state. */
  | 'count-first'
  /** A yield logs nothing. */
  | 'silent-yield';

/** Values of a field, register or local: nothing, T, or what is no handle. */
const NONE = 0;
const T = 1;
const RUBBISH = 2;
/** Rounds between the first and the last. */
const ROUNDS = 1;

interface State {
  fields: [number, number];
  registers: [number, number];
  /** What each mutator is in the middle of: no safepoint there. */
  busy: [string, string];
  /** Two weak references in the table, the second made meanwhile. */
  weak: [number, number];
  weakLogged: boolean;
  generator: { running: boolean; resumes: number; local: number };
  phase: 'idle' | 'mark' | 'done';
  rounds: number;
  marked: boolean;
  log: boolean;
  /** What the marker has still to do in this phase. */
  todo: string[];
  candidates: boolean[];
  /** The marker's copy of the generator, and that it is left to the next round. */
  copy: { resumes: number; local: number };
  left: boolean;
  fault: string;
}

const START: State = {
  fields: [T, NONE],
  registers: [NONE, NONE],
  busy: ['', ''],
  weak: [NONE, NONE],
  weakLogged: false,
  generator: { running: false, resumes: 0, local: NONE },
  phase: 'idle',
  rounds: 0,
  marked: false,
  log: false,
  todo: [],
  candidates: [false, false],
  copy: { resumes: 0, local: NONE },
  left: false,
  fault: '',
};

const PHASES: Record<Scenario, string[]> = {
  weak: ['field 0', 'field 1', 'reference 0', 'reference 1'],
  generator: ['field 0', 'count', 'state', 'copy', 'check', 'field 1'],
};

type Edit = (s: State) => void;

const reached = (s: State): boolean =>
  s.fields.includes(T) || s.registers.includes(T) || (s.generator.local === T && s.busy[0] !== 'temporary');

function log(s: State, value: number): void {
  if (s.phase === 'mark' && value === T) s.log = true;
}

/** What any thread does with its field of the root and its register. */
function moves(s: State, t: 0 | 1): Edit[] {
  if (s.busy[t] === 'stored') return [(n) => (log(n, n.fields[t]), (n.busy[t] = ''))];
  if (s.busy[t] !== '') return [];
  return [
    (n) => (n.registers[t] = n.fields[t]),
    (n) => (n.registers[t] = NONE),
    (n) => ((n.fields[t] = n.registers[t]), (n.busy[t] = 'stored')),
    (n) => (n.fields[t] = NONE),
  ];
}

function weakMoves(s: State, t: 0 | 1, rule: Rule): Edit[] {
  if (s.busy[t] === 'entered')
    return [(n) => ((n.weakLogged = n.phase === 'mark' && rule !== 'no-weak-log'), (n.busy[t] = ''))];
  if (s.busy[t] !== '') return [];
  const edits: Edit[] = [0, 1].map((i) => (n) => (n.registers[t] = n.weak[i as 0 | 1]));
  if (t === 0 && s.registers[0] === T && s.weak[1] === NONE)
    edits.push((n) => ((n.weak[1] = T), (n.busy[0] = 'entered')));
  return edits;
}

/** The first mutator resumes the generator, works in it, and yields. */
function generatorMoves(s: State, rule: Rule): Edit[] {
  const { running } = s.generator;
  const to = (busy: string, edit: Edit): Edit[] => [(n) => (edit(n), (n.busy[0] = busy))];
  const both: Edit[] = [(n) => (n.generator.running = true), (n) => n.generator.resumes++];
  const [first, second] = (rule === 'count-first' ? both.reverse() : both) as [Edit, Edit];
  if (s.busy[0] === 'begun') return to('', (n) => second(n));
  if (s.busy[0] === 'temporary') return to('', (n) => (n.generator.local = NONE));
  if (s.busy[0] === 'logged') return to('', (n) => (n.generator.running = false));
  if (s.busy[0] !== '') return [];
  if (!running) return s.generator.resumes < 2 ? to('begun', first) : [];
  return [
    (n) => (n.generator.local = n.registers[0]),
    (n) => (n.registers[0] = n.generator.local),
    ...to('temporary', (n) => (n.generator.local = RUBBISH)),
    ...to('logged', (n) => rule !== 'silent-yield' && log(n, n.generator.local)),
  ];
}

function shade(s: State, value: number): void {
  if (value === RUBBISH) s.fault = 'the marker used what a running frame held';
  else if (value === T) s.marked = true;
}

function clear(s: State, i: number): void {
  if (s.weak[i] === T && reached(s)) s.fault = `reference ${i} was cleared, though its referent lives`;
  s.weak[i] = NONE;
}

/** A step of the marker, while the program runs. */
function mark(s: State, rule: Rule): void {
  const [what, n] = s.todo.shift()!.split(' ') as [string, string];
  const i = Number(n) as 0 | 1;
  if (what === 'field') shade(s, s.fields[i]);
  else if (what === 'reference') {
    s.candidates[i] = s.weak[i] === T && !s.marked;
    if (s.candidates[i] && rule === 'clear-beside') clear(s, i);
  } else if (what === 'state') leave(s, s.generator.running && rule !== 'scan-running');
  else if (what === 'count') s.copy.resumes = s.generator.resumes;
  else if (what === 'copy') s.copy.local = s.generator.local;
  else {
    leave(s, s.copy.resumes !== s.generator.resumes && rule !== 'no-count');
    if (!s.left) shade(s, s.copy.local);
    s.copy = { resumes: 0, local: NONE };
  }
}

/** Leaves the generator to the next round. */
function leave(s: State, really: boolean): void {
  if (!really) return;
  s.left = true;
  s.todo = s.todo.filter((step) => !['count', 'copy', 'check'].includes(step));
}

/** Greys what was logged and what the stacks hold, a running generator's frame among it. */
function round(s: State, rule: Rule): void {
  if (s.log) s.marked = true;
  s.log = false;
  if (s.left) shade(s, s.generator.local);
  s.left = false;
  if (s.rounds === 0 || rule !== 'no-rescan') {
    for (const r of s.registers) shade(s, r);
    if (s.generator.running) shade(s, s.generator.local);
  }
  s.rounds++;
}

function finish(s: State, rule: Rule): void {
  round(s, rule);
  s.phase = 'done';
  if (s.marked) return;
  if (s.candidates[0]) clear(s, 0);
  if (s.candidates[1] || s.weakLogged) clear(s, 1);
  if (reached(s)) s.fault = 'the object was freed';
  else if (s.weak.includes(T)) s.fault = 'a reference to what was freed is left';
}

function collector(s: State, rule: Rule, scenario: Scenario): Edit[] {
  const stopped = s.busy.every((b) => b === '');
  const phase = scenario === 'generator' ? PHASES.generator : PHASES.weak;
  if (s.phase === 'idle') return stopped ? [(n) => ((n.phase = 'mark'), round(n, rule), (n.todo = [...phase]))] : [];
  if (s.todo.length > 0) return [(n) => mark(n, rule)];
  if (!stopped) return [];
  const last: Edit = (n) => finish(n, rule);
  return s.rounds > ROUNDS ? [last] : [last, (n) => round(n, rule)];
}

function mutators(s: State, rule: Rule, scenario: Scenario): Edit[] {
  if (scenario === 'weak') return ([0, 1] as const).flatMap((t) => [...moves(s, t), ...weakMoves(s, t, rule)]);
  return [...moves(s, 0), ...moves(s, 1), ...generatorMoves(s, rule)];
}

const copy = (s: State): State => ({
  ...s,
  fields: [...s.fields],
  registers: [...s.registers],
  busy: [...s.busy],
  weak: [...s.weak],
  generator: { ...s.generator },
  todo: [...s.todo],
  candidates: [...s.candidates],
  copy: { ...s.copy },
});

/** All interleavings, or until the first fault: how many states there are, and the fault. */
export function search(rule: Rule, scenario: Scenario): { states: number; fault: string } {
  const start = copy(START);
  if (scenario === 'weak') start.weak[0] = T;
  const seen = new Set([JSON.stringify(start)]);
  const stack = [start];
  for (let s = stack.pop(); s !== undefined; s = stack.pop()) {
    if (s.phase === 'done') continue;
    for (const edit of [...mutators(s, rule, scenario), ...collector(s, rule, scenario)]) {
      const n = copy(s);
      edit(n);
      if (n.fault !== '') return { states: seen.size, fault: n.fault };
      const key = JSON.stringify(n);
      if (seen.has(key)) continue;
      seen.add(key);
      stack.push(n);
    }
  }
  return { states: seen.size, fault: '' };
}
