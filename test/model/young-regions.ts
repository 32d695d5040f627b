/**
 * Random programs on the real heap (alloc, context, barrier, collect, young) with a shadow of what they built. After each return and
 * collection every object the shadow reaches must lie where it was, below bump, with the words it had.
 */
import { newObject, newOldObject, takeRun } from '../../lib/heap/alloc.js';
import { barrier, escapeAll } from '../../lib/heap/barrier.js';
import { CARRIER } from '../../lib/heap/carrier.js';
import { collectGarbage } from '../../lib/heap/collect.js';
import { pop, push, unlink } from '../../lib/heap/context.js';
import { small } from '../../lib/heap/handles.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { collectYoung } from '../../lib/heap/young.js';
import { createThread, mount, releaseThread, THREAD_HOST, THREAD_RUNNABLE, unmount } from '../../lib/heap/threads.js';
import { generator } from './random.js';

/** Rules left out on purpose: each must be caught. `none` is the real code. */
export const WEAKENINGS = [
  'no-barrier',
  'no-escape',
  'no-adoption',
  'no-root-escape',
  'no-promotion',
  'forget-escape',
] as const;
/** The same of young collections: only the current frame is a root; survivors stay young. */
export const YOUNG_WEAKENINGS = ['young-top-only', 'young-survivors'] as const;
export type Weakening = 'none' | (typeof WEAKENINGS)[number] | (typeof YOUNG_WEAKENINGS)[number];
/** Which collections come in between. */
export type Collections = 'none' | 'full' | 'young';

interface Shadow {
  readonly handle: number;
  readonly id: number;
  readonly leaf: boolean;
  readonly fields: (Shadow | null)[];
}

interface Frame {
  readonly context: number;
  readonly locals: (Shadow | null)[];
}

const LOCALS = 5;
const ROOTS = L.ROOTS_BASE >>> 2;
const CAR = (word: number): number => i32[CARRIER + word]!;
const FIELD = L.TUPLE_ITEMS + 1;

export interface Outcome {
  programs: number;
  violations: number;
  /** The first violation. */
  first: string;
}

class Program {
  readonly frames: Frame[] = [];
  readonly globals: (Shadow | null)[] = [null, null, null];
  readonly old: Shadow;
  private nextId = 1;

  constructor(
    private readonly random: (n: number) => number,
    private readonly weak: Weakening,
  ) {
    this.old = this.container(newOldObject(L.KIND_TUPLE, 64, 0));
    i32[ROOTS + 3] = this.old.handle;
    this.call();
  }

  private container(handle: number): Shadow {
    const id = this.nextId++;
    const w = handle >>> 2;
    i32[w + L.TUPLE_LENGTH] = 3;
    i32[w + L.TUPLE_ITEMS] = small(id);
    return { handle, id, leaf: false, fields: [null, null] };
  }

  private leaf(): Shadow {
    const handle = newObject(L.KIND_BIGINT, 64, 0);
    const id = this.nextId++;
    i32[(handle >>> 2) + L.TUPLE_ITEMS] = small(id);
    return { handle, id, leaf: true, fields: [] };
  }

  private get frame(): Frame {
    return this.frames[this.frames.length - 1]!;
  }

  private any(): Shadow | null {
    return this.frame.locals[this.random(LOCALS)]!;
  }

  private setLocal(i: number, value: Shadow | null): void {
    this.frame.locals[i] = value;
    i32[this.frame.context + L.F_LOCALS + i] = value === null ? 0 : value.handle;
  }

  private call(): void {
    const given = this.frames.length === 0 ? [] : [this.any(), this.any()];
    const context = push(LOCALS);
    this.frames.push({ context, locals: Array<null>(LOCALS).fill(null) });
    for (let i = 0; i < LOCALS; i++) this.setLocal(i, given[i] ?? null);
    i32[context + L.F_SP] = context + L.F_LOCALS + LOCALS;
  }

  private doReturn(): void {
    const value = this.random(2) === 0 ? this.any() : null;
    if (this.weak === 'forget-escape') i32[CARRIER + L.CAR_ESCAPE] = CAR(L.CAR_RUN_START);
    if (this.random(10) === 0) unlink(this.frame.context);
    else pop(value === null || this.weak === 'no-promotion' ? 0 : value.handle);
    this.frames.pop();
    if (value !== null) this.setLocal(this.random(LOCALS), value);
  }

  private applyBarrier(object: number, value: number): void {
    const { weak } = this;
    if (weak === 'no-barrier') return;
    const escape = CAR(L.CAR_ESCAPE);
    const marks = this.frames.map((f) => i32[f.context + L.F_ENTRY]!);
    barrier(object, value);
    if (weak === 'no-escape') i32[CARRIER + L.CAR_ESCAPE] = escape;
    if (weak === 'no-adoption') this.frames.forEach((f, i) => (i32[f.context + L.F_ENTRY] = marks[i]!));
  }

  private store(target: Shadow | null, value: Shadow | null): void {
    if (target === null || target.leaf) return;
    const i = this.random(2);
    target.fields[i] = value;
    i32[(target.handle >>> 2) + FIELD + i] = value === null ? 0 : value.handle;
    if (value !== null) this.applyBarrier(target.handle, value.handle);
  }

  private setGlobal(value: Shadow | null): void {
    const i = this.random(3);
    this.globals[i] = value;
    i32[ROOTS + i] = value === null ? 0 : value.handle;
    if (this.weak !== 'no-root-escape') escapeAll();
  }

  step(): void {
    const { random } = this;
    switch (random(12)) {
      case 0:
      case 1:
        if (random(60) === 0) takeRun(64);
        if (random(8) === 0) for (let k = random(30); k > 0; k--) newObject(L.KIND_TUPLE, 64, 0);
        this.setLocal(random(LOCALS), this.container(newObject(L.KIND_TUPLE, 64, 0)));
        return;
      case 2:
        return this.setLocal(random(LOCALS), this.leaf());
      case 3:
      case 4:
        return this.store(this.any(), this.any());
      case 5: {
        const from = this.any();
        if (from !== null && !from.leaf) this.setLocal(random(LOCALS), from.fields[random(2)]!);
        return;
      }
      case 6:
        if (random(3) === 0) this.setGlobal(this.any());
        return;
      case 7:
        return this.setLocal(random(LOCALS), this.globals[random(3)]!);
      case 8:
        if (random(4) === 0) this.store(this.old, this.any());
        return;
      case 9:
        return this.setLocal(random(LOCALS), this.old.fields[random(2)]!);
      case 10:
        if (this.frames.length < 7) this.call();
        return;
      default:
        if (this.frames.length > 1) this.doReturn();
    }
  }

  youngCollection(): void {
    const { weak } = this;
    const { context } = this.frame;
    const below = i32[context + L.F_PREVIOUS]!;
    const [start, escape] = [CAR(L.CAR_RUN_START), CAR(L.CAR_ESCAPE)];
    if (weak === 'young-top-only') i32[context + L.F_PREVIOUS] = 0;
    collectYoung(true);
    i32[context + L.F_PREVIOUS] = below;
    if (weak !== 'young-survivors') return;
    i32[CARRIER + L.CAR_RUN_START] = start;
    i32[CARRIER + L.CAR_ESCAPE] = escape;
  }

  /** What is wrong with the heap, as far as the program can see; empty when nothing is. */
  check(): string {
    const seen = new Set<Shadow>();
    const todo = [this.old, ...this.globals, ...this.frames.flatMap((f) => f.locals)];
    for (let o = todo.pop(); todo.length > 0 || o !== undefined; o = todo.pop()) {
      if (o === null || o === undefined || seen.has(o)) continue;
      seen.add(o);
      const why = this.fault(o);
      if (why !== '') return why;
      todo.push(...o.fields);
    }
    return '';
  }

  private fault(o: Shadow): string {
    const fromStart = (o.handle - CAR(L.CAR_RUN_START)) >>> 0;
    if (fromStart < (CAR(L.CAR_LIMIT) - CAR(L.CAR_RUN_START)) >>> 0 && ((o.handle - CAR(L.CAR_BUMP)) | 0) >= 0) {
      return `object ${o.id} was reclaimed`;
    }
    const w = o.handle >>> 2;
    if (i32[w + L.TUPLE_ITEMS] !== small(o.id)) return `object ${o.id} was overwritten`;
    for (const [i, field] of o.fields.entries()) {
      if (i32[w + FIELD + i] !== (field === null ? 0 : field.handle))
        return `field ${i} of object ${o.id} was overwritten`;
    }
    return '';
  }
}

function runProgram(random: (n: number) => number, weak: Weakening, collections: Collections): string {
  const program = new Program(random, weak);
  for (let i = 0; i < 160; i++) {
    program.step();
    if (collections === 'full' && random(50) === 0 && program.check() === '') collectGarbage();
    if (collections === 'young' && random(10) === 0) program.youngCollection();
    const why = program.check();
    if (why !== '') return why;
  }
  return '';
}

/** Runs `programs` random programs, each on a thread of its own; stops at the first violation. */
export function runPrograms(seed: number, programs: number, weak: Weakening, collections: Collections): Outcome {
  const random = generator(seed);
  const outcome: Outcome = { programs: 0, violations: 0, first: '' };
  while (outcome.programs < programs && outcome.violations === 0) {
    mount(createThread(0), THREAD_HOST);
    outcome.first = runProgram(random, weak, collections);
    if (outcome.first !== '') outcome.violations++;
    i32.fill(0, ROOTS, ROOTS + 4);
    releaseThread(unmount(THREAD_RUNNABLE));
    outcome.programs++;
  }
  collectGarbage();
  return outcome;
}
