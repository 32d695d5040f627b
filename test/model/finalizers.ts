/**
 * Random programs on the real heap with objects that have finalizers, and a shadow of what they built: which references there are, in frames and objects.
 * No object may be found dead while something refers to it; one that nothing but frames ever referred to is found dead by the return that drops it.
 */
import { newObject, newOldObject, takeRun } from '../../lib/heap/alloc.js';
import { barrier, escapeAll } from '../../lib/heap/barrier.js';
import { CARRIER } from '../../lib/heap/carrier.js';
import { collectGarbage } from '../../lib/heap/collect.js';
import { CTX_FINALIZE, pop, push, unlink } from '../../lib/heap/context.js';
import { addFinalizable, takeDead, takeUnreachable } from '../../lib/heap/finalizable.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { referentOf } from '../../lib/heap/pending.js';
import { createThread, mount, releaseThread, THREAD_HOST, THREAD_RUNNABLE, unmount } from '../../lib/heap/threads.js';
import { callbacksPending, takePending } from '../../lib/heap/weak.js';
import { collectYoung } from '../../lib/heap/young.js';
import { verifyHeap } from '../../lib/heap/collect.js';
import { generator } from './random.js';

/** Rules left out on purpose: each must be caught. */
export const WEAKENINGS = [
  'no-watch',
  'no-result',
  'keep-private',
  'no-root-store',
  'no-young-entries',
  'all-stored',
] as const;
export type Weakening = 'none' | (typeof WEAKENINGS)[number];

interface Shadow {
  readonly handle: number;
  readonly id: number;
  readonly finalizable: boolean;
  /** Was it in an object or a root once? */
  stored: boolean;
  /** Number of frames below the one that is to decide. */
  depth: number;
  fields: (Shadow | null)[];
}

interface Frame {
  readonly context: number;
  readonly locals: (Shadow | null)[];
}

const LOCALS = 5;
const ROOTS = L.ROOTS_BASE >>> 2;
const FIELD = L.TUPLE_ITEMS;
const TYPE = L.TYPES_BASE;

export interface Outcome {
  programs: number;
  /** Objects found dead by a return or a safepoint. */
  decided: number;
  first: string;
}

class Program {
  private readonly frames: Frame[] = [];
  private readonly globals: (Shadow | null)[] = [null, null, null];
  private readonly all = new Map<number, Shadow>();
  private readonly old: Shadow;
  private nextId = 1;
  decided = 0;
  fault = '';

  constructor(
    private readonly random: (n: number) => number,
    private readonly weak: Weakening,
  ) {
    this.old = this.object(newOldObject(L.KIND_TUPLE, 64, 0), [], false);
    i32[ROOTS + 3] = this.old.handle;
    this.call();
  }

  private get frame(): Frame {
    return this.frames[this.frames.length - 1]!;
  }

  private object(handle: number, fields: (Shadow | null)[], finalizable: boolean): Shadow {
    const w = handle >>> 2;
    i32[w + L.TUPLE_LENGTH] = 2;
    const o = {
      handle,
      id: this.nextId++,
      finalizable,
      stored: false,
      depth: this.frames.length - 1,
      fields: [null, null] as (Shadow | null)[],
    };
    for (const [i, f] of fields.entries()) {
      o.fields[i] = f;
      i32[w + FIELD + i] = f === null ? 0 : f.handle;
      if (f !== null) f.stored = true;
    }
    return o;
  }

  /** A new object; what is stored in it at once needs no barrier. */
  private make(finalizable: boolean): void {
    const fields = this.random(3) === 0 ? [this.any(), this.any()] : [];
    const o = this.object(newObject(L.KIND_TUPLE, 64, 0), fields, finalizable);
    if (finalizable) {
      addFinalizable(o.handle, TYPE, i32[CARRIER + L.CAR_CONTEXT]!);
      if (this.weak === 'all-stored') i32[o.handle >>> 2] = i32[o.handle >>> 2]! | L.FLAG_STORED;
      if (this.weak === 'no-watch') i32[CARRIER + L.CAR_BARRIER_SPAN] = 0;
      this.all.set(o.handle, o);
    }
    this.setLocal(this.random(LOCALS), o);
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
    const { context } = this.frame;
    const raises = this.random(10) === 0;
    this.frames.pop();
    if (!raises && (i32[context + L.F_FLAGS]! & CTX_FINALIZE) !== 0) {
      i32[context + L.F_RETURN_VALUE] = value === null ? 0 : value.handle;
      const word = value === null || this.weak === 'no-result' ? 0 : context + L.F_RETURN_VALUE;
      this.found(takeDead(context, word), value);
    }
    this.passDown(value, raises);
    if (raises) unlink(context);
    else pop(value === null ? 0 : value.handle);
    if (value !== null) this.setLocal(this.random(LOCALS), value);
  }

  /** The heap says that these are dead; `value` is on its way to a frame. */
  private found(entries: number[], value: Shadow | null = null): void {
    const live = this.live(value);
    for (const ref of entries) {
      const o = this.all.get(referentOf(ref) || i32[(ref >>> 2) + L.WEAKREF_CALLBACK]!);
      if (o === undefined) this.fault ||= 'an object was found dead twice, or is none';
      else if (live.has(o)) this.fault ||= `object ${o.id} was found dead and is referred to`;
      else {
        this.all.delete(o.handle);
        this.decided++;
      }
    }
  }

  /** A frame was left: what only frames ever referred to, and none does now, was found dead by that. */
  private passDown(value: Shadow | null, raises: boolean): void {
    const live = this.live(value);
    for (const o of this.all.values()) {
      if (o.depth < this.frames.length) continue;
      if (!raises && !o.stored && !live.has(o)) this.fault ||= `object ${o.id} was not found dead at the return`;
      o.depth = this.frames.length - 1;
    }
  }

  private live(value: Shadow | null): Set<Shadow> {
    const seen = new Set<Shadow>();
    const todo = [this.old, value, ...this.globals, ...this.frames.flatMap((f) => f.locals)];
    for (let o = todo.pop(); o !== undefined; o = todo.pop()) {
      if (o === null || seen.has(o)) continue;
      seen.add(o);
      todo.push(...o.fields);
    }
    return seen;
  }

  private store(target: Shadow | null, value: Shadow | null): void {
    if (target === null) return;
    const i = this.random(2);
    target.fields[i] = value;
    i32[(target.handle >>> 2) + FIELD + i] = value === null ? 0 : value.handle;
    if (value === null) return;
    value.stored = true;
    const from = i32[i32[CARRIER + L.CAR_THREAD]! + L.THR_WATCH_FROM]!;
    if (this.weak === 'keep-private') i32[i32[CARRIER + L.CAR_THREAD]! + L.THR_WATCH_FROM] = 0;
    barrier(target.handle, value.handle);
    i32[i32[CARRIER + L.CAR_THREAD]! + L.THR_WATCH_FROM] = from;
  }

  private setGlobal(value: Shadow | null): void {
    const i = this.random(3);
    this.globals[i] = value;
    i32[ROOTS + i] = value === null ? 0 : value.handle;
    // Whoever says that anything may be found from now on leaves all to the collector.
    for (const o of this.all.values()) o.stored = true;
    if (this.weak === 'no-root-store') i32[CARRIER + L.CAR_ESCAPE] = i32[CARRIER + L.CAR_BUMP]!;
    else escapeAll();
  }

  step(): void {
    const { random } = this;
    switch (random(14)) {
      case 0:
        if (random(20) === 0) takeRun(64);
        return this.make(false);
      case 1:
        return this.make(true);
      case 2:
        return this.setLocal(random(LOCALS), null);
      case 3:
      case 4:
        return this.store(this.any(), this.any());
      case 5: {
        const from = this.any();
        if (from !== null) this.setLocal(random(LOCALS), from.fields[random(2)]!);
        return;
      }
      case 6:
        if (random(4) === 0) this.setGlobal(this.any());
        return;
      case 7:
        return this.setLocal(random(LOCALS), this.globals[random(3)]!);
      case 8:
        if (random(4) === 0) this.store(this.old, this.any());
        return;
      case 9:
        return this.setLocal(random(LOCALS), this.old.fields[random(2)]!);
      case 10:
      case 11:
        if (this.frames.length < 7) this.call();
        return;
      case 12:
        if (random(3) === 0) this.found(takeUnreachable());
        return;
      default:
        if (this.frames.length > 1) this.doReturn();
    }
  }

  collect(young: boolean): void {
    const head = i32[CARRIER + L.CAR_THREAD]! + L.THR_FINALIZERS;
    if (this.weak === 'no-young-entries' && young) i32[head] = 0;
    if (young) collectYoung(true);
    else collectGarbage();
    if (callbacksPending()) this.found(takePending(() => true));
  }

  /** All frames and roots are gone: a collection finds what is left, and nothing is lost. */
  end(): void {
    while (i32[i32[CARRIER + L.CAR_CONTEXT]! + L.F_PREVIOUS] !== 0) unlink(i32[CARRIER + L.CAR_CONTEXT]!);
    this.frames.length = 0;
    this.globals.fill(null);
    this.old.fields.fill(null);
    i32.fill(0, ROOTS, ROOTS + 4);
    collectGarbage();
    this.found(takePending(() => true));
    if (this.all.size > 0) this.fault ||= `${this.all.size} objects were never found dead`;
  }
}

function runProgram(random: (n: number) => number, weak: Weakening, collections: boolean, outcome: Outcome): string {
  const program = new Program(random, weak);
  for (let i = 0; i < 160 && program.fault === ''; i++) {
    program.step();
    if (collections && random(12) === 0) program.collect(random(4) !== 0);
  }
  if (collections && program.fault === '') program.end();
  outcome.decided += program.decided;
  return program.fault;
}

/** Runs `programs` random programs, each on a thread of its own; stops at the first violation. */
export function runPrograms(seed: number, programs: number, weak: Weakening, collections: boolean): Outcome {
  const random = generator(seed);
  const outcome: Outcome = { programs: 0, decided: 0, first: '' };
  while (outcome.programs < programs && outcome.first === '') {
    mount(createThread(0), THREAD_HOST);
    push(0);
    outcome.first = runProgram(random, weak, collections, outcome);
    i32.fill(0, ROOTS, ROOTS + 4);
    if (weak === 'none' && outcome.programs % 64 === 0) verifyHeap();
    while (i32[i32[CARRIER + L.CAR_CONTEXT]! + L.F_PREVIOUS] !== 0) unlink(i32[CARRIER + L.CAR_CONTEXT]!);
    releaseThread(unmount(THREAD_RUNNABLE));
    outcome.programs++;
  }
  collectGarbage();
  takePending(() => true);
  return outcome;
}
