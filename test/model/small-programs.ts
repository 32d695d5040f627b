/**
 * All small programs on the real heap (young-program.ts), shortest first: the rule of young regions, what a return takes back, and young collections.
 * A state is reached by replaying its operations on a fresh thread, and is gone on from once. Two are the same when they differ only in the order of
 * a frame's locals, in the cells of objects that nothing refers to, and in where the run is and what is outside it: addresses are only compared. (A
 * search that told them apart by address reached 62,043 of up to 7 operations, all of them the same as one found here, and no fault.)
 */
import { takeRun } from '../../lib/heap/alloc.js';
import { collectGarbage } from '../../lib/heap/collect.js';
import { entryMark } from '../../lib/heap/context.js';
import * as L from '../../lib/heap/layout.generated.js';
import { CAR, type Frame, onThread, Program, type Shadow, type Weakening } from './young-program.js';

const SIZE = { locals: 2, fields: 1, globals: 1 };
const FRAMES_MOST = 3;
/** More than the longest program fills. */
const RUN_BYTES = 4096;
/** Programs between two collections. */
const BETWEEN = 10_000;

/** What is allocated: only what can refer to other objects, or leaves as well, whose return keeps what lies before their end. */
export type Scene = 'containers' | 'leaves too';

export interface Outcome {
  states: number;
  /** Programs replayed. */
  programs: number;
  /** The first fault, with the shortest program that leads to it. */
  fault: string;
}

class SmallProgram extends Program {
  constructor(weak: Weakening) {
    super(SIZE, weak);
    takeRun(RUN_BYTES);
  }

  local(i: number): Shadow | null {
    return this.frame.locals[i]!;
  }

  get caller(): Frame {
    return this.frames[this.frames.length - 2]!;
  }
}

/** What tells a state from others. */
class Key {
  readonly text: string;
  private readonly start = CAR(L.CAR_RUN_START);
  private readonly used = CAR(L.CAR_BUMP) - this.start;
  private readonly found: Shadow[] = [];
  /** Cells of the run that hold what was found, in order. */
  private readonly cells: number[];

  constructor(program: SmallProgram) {
    const { frames, globals, old } = program;
    const fields = [globals[0]!, old.fields[0]!];
    this.find(fields);
    for (const frame of frames) this.find(this.sorted(frame));
    for (let i = 0; i < this.found.length; i++) this.find(this.found[i]!.fields);
    this.cells = this.found.map((o) => this.offset(o.handle)).filter((offset) => offset >= 0);
    this.text = String.fromCharCode(
      ...[CAR(L.CAR_ESCAPE), CAR(L.CAR_BARRIER_LOW)].map((mark) => this.cell(mark)),
      ...fields.map((o) => this.name(o)),
      ...frames.flatMap((f) => [this.cell(entryMark(f.context)), ...this.sorted(f).map((o) => this.name(o))]),
      0xffff,
      ...this.found.map((o) => (o.leaf ? 0xffff : this.name(o.fields[0]!))),
    );
  }

  private find(objects: readonly (Shadow | null)[]): void {
    for (const o of objects) if (o !== null && !this.found.includes(o)) this.found.push(o);
  }

  /** Of an address in the run; -1 of others. */
  private offset(address: number): number {
    const offset = (address - this.start) >>> 0;
    return offset <= this.used ? offset : -1;
  }

  /** A place in the run is told by how many of the cells that count lie below it. */
  private cell(address: number): number {
    const offset = this.offset(address);
    return offset < 0 ? 0 : this.cells.reduce((n, cell) => (cell < offset ? n + 1 : n), 1);
  }

  private sorted({ locals }: Frame): readonly (Shadow | null)[] {
    return this.rank(locals[0]!) > this.rank(locals[1]!) ? [locals[1]!, locals[0]!] : locals;
  }

  private rank(object: Shadow | null): number {
    if (object === null) return -1;
    const offset = this.offset(object.handle);
    return offset >= 0 ? offset : RUN_BYTES * 2;
  }

  /** An object in the run is named by its place, another by when it was found. */
  private name(object: Shadow | null): number {
    if (object === null) return 0;
    return this.cell(object.handle) || 1000 + this.found.indexOf(object);
  }
}

interface Operation {
  readonly name: string;
  /** Has it an effect? */
  may(p: SmallProgram): boolean;
  run(p: SmallProgram): void;
}

const LOCALS = [0, 1] as const;
const each = (make: (i: number) => Operation): Operation[] => LOCALS.map(make);

/** Is it different to use local `i` of the frame than the one before? */
const counts = (frame: Frame, i: number): boolean => i === 0 || frame.locals[0] !== frame.locals[1];

const isContainer = (object: Shadow | null): object is Shadow => object !== null && !object.leaf;

/** Sets a local to what can be had elsewhere. */
const load = (name: string, i: number, from: (p: SmallProgram) => Shadow | null | undefined): Operation => ({
  name: `local${i} = ${name}`,
  may: (p) => counts(p.frame, i) && from(p) !== undefined && from(p) !== p.local(i),
  run: (p) => p.setLocal(i, from(p)!),
});

const allocate = (name: string, i: number, make: (p: SmallProgram) => Shadow): Operation => ({
  name: `local${i} = ${name}`,
  may: (p) => counts(p.frame, i),
  run: (p) => p.setLocal(i, make(p)),
});

const fieldOf = (object: Shadow | null): Shadow | null | undefined =>
  isContainer(object) ? object.fields[0]! : undefined;

const storeInto = (name: string, i: number, into: (p: SmallProgram) => Shadow | null): Operation => ({
  name: `${name}.field = local${i}`,
  may: (p) => counts(p.frame, i) && isContainer(into(p)) && fieldOf(into(p)) !== p.local(i),
  run: (p) => p.store(into(p)!, 0, p.local(i)),
});

const returns = (i: number, into: number): Operation => ({
  name: `caller's local${into} = return local${i}`,
  may: (p) => p.frames.length > 1 && counts(p.frame, i) && counts(p.caller, into) && p.local(i) !== null,
  run(p) {
    const value = p.local(i);
    p.leave(value, false);
    p.setLocal(into, value);
  },
});

const OPERATIONS: readonly Operation[] = [
  ...each((i) => allocate('container()', i, (p) => p.container())),
  ...each((i) => load('null', i, () => null)),
  ...each((i) => load('global', i, (p) => p.globals[0]!)),
  ...each((i) => load('old.field', i, (p) => p.old.fields[0]!)),
  ...LOCALS.flatMap((j) => each((i) => load(`local${j}.field`, i, (p) => fieldOf(p.local(j))))),
  ...LOCALS.flatMap((j) => each((i) => storeInto(`local${j}`, i, (p) => p.local(j)))),
  ...each((i) => storeInto('old', i, (p) => p.old)),
  ...each((i) => ({
    name: `global = local${i}`,
    may: (p) => counts(p.frame, i) && p.globals[0] !== p.local(i),
    run: (p) => p.setGlobal(0, p.local(i)),
  })),
  { name: 'call', may: (p) => p.frames.length < FRAMES_MOST, run: (p) => p.call(p.frame.locals) },
  { name: 'return', may: (p) => p.frames.length > 1, run: (p) => p.leave(null, false) },
  { name: 'raise', may: (p) => p.frames.length > 1, run: (p) => p.leave(null, true) },
  ...LOCALS.flatMap((into) => each((i) => returns(i, into))),
  { name: 'take a run', may: () => true, run: () => takeRun(RUN_BYTES) },
  { name: 'young collection', may: () => true, run: (p) => p.youngCollection() },
];

const LEAVES: readonly Operation[] = each((i) => allocate('leaf()', i, (p) => p.leaf()));

/** A state, by the operations that lead to it, and those to go on with. */
interface Reached {
  readonly path: readonly number[];
  readonly next: readonly number[];
}

class Search {
  readonly outcome: Outcome = { states: 0, programs: 0, fault: '' };
  private readonly seen = new Set<string>();
  private readonly operations: readonly Operation[];

  constructor(
    scene: Scene,
    private readonly weak: Weakening,
  ) {
    this.operations = scene === 'leaves too' ? [...OPERATIONS, ...LEAVES] : OPERATIONS;
  }

  /** The state at the end of the path; undefined when it is known, or has a fault. */
  reach(path: readonly number[]): Reached | undefined {
    if (++this.outcome.programs % BETWEEN === 0) collectGarbage();
    return onThread(() => {
      const p = new SmallProgram(this.weak);
      for (const k of path) this.operations[k]!.run(p);
      const fault = p.check();
      if (fault !== '') this.outcome.fault = `${fault}: ${path.map((k) => this.operations[k]!.name).join('; ')}`;
      return fault === '' && this.isNew(p) ? { path, next: this.next(p) } : undefined;
    });
  }

  private isNew(p: SmallProgram): boolean {
    const { size } = this.seen.add(new Key(p).text);
    if (size === this.outcome.states) return false;
    this.outcome.states = size;
    return true;
  }

  private next(p: SmallProgram): number[] {
    return this.operations.flatMap((operation, k) => (operation.may(p) ? [k] : []));
  }

  /** All states one operation further, or up to the first fault. */
  further(from: readonly Reached[]): Reached[] {
    const found: Reached[] = [];
    for (const { path, next } of from) {
      for (const k of next) {
        const state = this.reach([...path, k]);
        if (this.outcome.fault !== '') return [];
        if (state !== undefined) found.push(state);
      }
    }
    return found;
  }
}

/** Searches all programs of up to `length` operations, or until the first fault. */
export function search(scene: Scene, length: number, weak: Weakening): Outcome {
  const search = new Search(scene, weak);
  let states = [search.reach([])!];
  for (let i = 0; i < length; i++) states = search.further(states);
  collectGarbage();
  return search.outcome;
}
