/**
 * A program on the real heap (alloc, context, barrier, young) with a shadow of what it built, for the models that choose its steps:
 * young-regions.ts at random, small-programs.ts all of them. What the shadow reaches must lie where it was, below bump, with the words it had.
 */
import { newObject, newOldObject } from '../../lib/heap/alloc.js';
import { barrier, escapeAll } from '../../lib/heap/barrier.js';
import { CARRIER } from '../../lib/heap/carrier.js';
import { pop, push, unlink } from '../../lib/heap/context.js';
import { small } from '../../lib/heap/handles.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { createThread, mount, releaseThread, THREAD_HOST, THREAD_RUNNABLE, unmount } from '../../lib/heap/threads.js';
import { collectYoung } from '../../lib/heap/young.js';

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
export interface Shadow {
  readonly handle: number;
  readonly id: number;
  readonly leaf: boolean;
  readonly fields: (Shadow | null)[];
}

export interface Frame {
  readonly context: number;
  readonly locals: (Shadow | null)[];
}

/** How many locals a frame has, fields a container, and globals there are (3 at most). */
export interface Size {
  readonly locals: number;
  readonly fields: number;
  readonly globals: number;
}

const ROOTS = L.ROOTS_BASE >>> 2;
const FIELD = L.TUPLE_ITEMS + 1;
/** A word of the carrier's record. */
export const CAR = (word: number): number => i32[CARRIER + word]!;

export class Program {
  readonly frames: Frame[] = [];
  readonly globals: (Shadow | null)[];
  readonly old: Shadow;
  private nextId = 1;

  constructor(
    private readonly size: Size,
    private readonly weak: Weakening,
  ) {
    this.globals = Array<null>(size.globals).fill(null);
    this.old = this.begin(newOldObject(L.KIND_TUPLE, 64, 0));
    i32[ROOTS + 3] = this.old.handle;
    this.call([]);
  }

  private begin(handle: number): Shadow {
    const id = this.nextId++;
    const w = handle >>> 2;
    i32[w + L.TUPLE_LENGTH] = 1 + this.size.fields;
    i32[w + L.TUPLE_ITEMS] = small(id);
    return { handle, id, leaf: false, fields: Array<null>(this.size.fields).fill(null) };
  }

  container(): Shadow {
    return this.begin(newObject(L.KIND_TUPLE, 64, 0));
  }

  leaf(): Shadow {
    const handle = newObject(L.KIND_BIGINT, 64, 0);
    const id = this.nextId++;
    i32[(handle >>> 2) + L.TUPLE_ITEMS] = small(id);
    return { handle, id, leaf: true, fields: [] };
  }

  get frame(): Frame {
    return this.frames[this.frames.length - 1]!;
  }

  setLocal(i: number, value: Shadow | null): void {
    this.frame.locals[i] = value;
    i32[this.frame.context + L.F_LOCALS + i] = value === null ? 0 : value.handle;
  }

  /** The first locals of the new frame are those given. */
  call(given: readonly (Shadow | null)[]): void {
    const { locals } = this.size;
    const context = push(locals);
    this.frames.push({ context, locals: Array<null>(locals).fill(null) });
    for (let i = 0; i < locals; i++) this.setLocal(i, given[i] ?? null);
    i32[context + L.F_SP] = context + L.F_LOCALS + locals;
  }

  /** Returns `value`, which the caller then takes, or leaves by an exception. */
  leave(value: Shadow | null, exception: boolean): void {
    if (this.weak === 'forget-escape') i32[CARRIER + L.CAR_ESCAPE] = CAR(L.CAR_RUN_START);
    if (exception) unlink(this.frame.context);
    else pop(value === null || this.weak === 'no-promotion' ? 0 : value.handle);
    this.frames.pop();
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

  store(target: Shadow, i: number, value: Shadow | null): void {
    target.fields[i] = value;
    i32[(target.handle >>> 2) + FIELD + i] = value === null ? 0 : value.handle;
    if (value !== null) this.applyBarrier(target.handle, value.handle);
  }

  setGlobal(i: number, value: Shadow | null): void {
    this.globals[i] = value;
    i32[ROOTS + i] = value === null ? 0 : value.handle;
    if (this.weak !== 'no-root-escape') escapeAll();
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

/** Does `body` on a thread of its own, whose objects are garbage afterwards. */
export function onThread<T>(body: () => T): T {
  mount(createThread(0), THREAD_HOST);
  const result = body();
  i32.fill(0, ROOTS, ROOTS + 4);
  releaseThread(unmount(THREAD_RUNNABLE));
  return result;
}
