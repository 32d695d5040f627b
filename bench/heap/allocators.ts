/**
 * The allocators side by side (bench/alloc.mjs): 64-byte objects in three lives, on one thread and on two. A process of its own for each figure:
 * `space|v8 allocate|return|lifetimes THREADS ROUNDS STEPS`. Prints nanoseconds an object and thread; bench/heap/yardstick.c does the same in C.
 */
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { newObject, newOldObject } from '../../lib/heap/alloc.js';
import { storeRef } from '../../lib/heap/barrier.js';
import { CARRIER, POLL_COLLECT, POLL_YOUNG } from '../../lib/heap/carrier.js';
import { collectGarbage } from '../../lib/heap/collect.js';
import { pop, push, root } from '../../lib/heap/context.js';
import * as L from '../../lib/heap/layout.generated.js';
import { atomics, i32 } from '../../lib/heap/memory.js';
import { pollCollection } from '../../lib/heap/rounds.js';
import { createThread, enterSafe, leaveSafe, mount, THREAD_HOST } from '../../lib/heap/threads.js';
import { collectYoung } from '../../lib/heap/young.js';

const I32 = i32;
const C = CARRIER;
const TABLE = 16384;
/** Steps between two safepoints. */
const POLL_STEPS = 256;

/** One life of objects: `run` is timed; `between` happens on the first thread while the others rest. */
interface Trial {
  readonly run: (steps: number) => void;
  readonly between: () => void;
}

function cell(value: number): number {
  const h = newObject(L.KIND_TUPLE, L.CELL_BYTES, 0);
  I32[(h >>> 2) + L.TUPLE_LENGTH] = 1;
  I32[(h >>> 2) + L.TUPLE_ITEMS] = (value << 1) | 1;
  return h;
}

/** As lib/vm/safepoint.ts does at back edges. */
function safepoint(): void {
  const poll = I32[C + L.CAR_POLL]!;
  if (poll === 0) return;
  if ((poll & POLL_YOUNG) !== 0) {
    atomics.and((C + L.CAR_POLL) << 2, ~POLL_YOUNG);
    collectYoung();
  }
  if ((poll & POLL_COLLECT) !== 0) pollCollection();
}

function call(value: number): void {
  push(4);
  cell(value);
  pop(0);
}

/** A number like those of yardstick.c. */
const next = (x: number): number => {
  x ^= x << 13;
  x ^= x >>> 17;
  return x ^ (x << 5);
};

const nothing = (): void => {};

function spaceTrial(life: string): Trial {
  mount(createThread(0), THREAD_HOST);
  if (life === 'allocate') {
    const run = (steps: number): void => {
      for (let i = 0; i < steps; i++) cell(i);
    };
    return { run, between: collectGarbage };
  }
  if (life === 'return') {
    const run = (steps: number): void => {
      for (let i = 0; i < steps; i++) call(i);
    };
    return { run, between: nothing };
  }
  const table = newOldObject(L.KIND_ARRAY, (L.ARRAY_ITEMS + TABLE) * 4, 0);
  I32[(table >>> 2) + L.ARRAY_LENGTH] = TABLE;
  root(table);
  let x = -1831433054;
  const some = (steps: number): void => {
    for (let i = 0; i < steps; i++) {
      x = next(x);
      storeRef(table, L.ARRAY_ITEMS + (x & (TABLE - 1)), cell(x));
    }
  };
  const run = (steps: number): void => {
    for (let i = 0; i < steps; i += POLL_STEPS) {
      some(POLL_STEPS);
      safepoint();
    }
  };
  return { run, between: nothing };
}

interface Plain {
  length: number;
  hash: number;
  items: null;
  a: number;
  b: number;
}
/** What the last call made: without it V8 would make nothing. */
const kept: { value: Plain | undefined } = { value: undefined };
const literal = (value: number): Plain => ({ length: 1, hash: 0, items: null, a: value, b: value });

function v8Trial(life: string): Trial {
  const table: (Plain | undefined)[] = Array<undefined>(TABLE).fill(undefined);
  let x = -1831433054;
  const lifetimes = (steps: number): void => {
    for (let i = 0; i < steps; i++) {
      x = next(x);
      table[x & (TABLE - 1)] = literal(x);
    }
  };
  const dying = (steps: number): void => {
    for (let i = 0; i < steps; i++) kept.value = literal(i);
  };
  // What a return frees it has no word for: the collector does it, as after mere allocation.
  return { run: life === 'lifetimes' ? lifetimes : dying, between: nothing };
}

/** Words of the gate: the round that may run (negative: it is over), how many threads are ready, how many are done; one that stays 0. */
const [ROUND, READY, DONE, NEVER] = [0, 1, 2, 3];

interface Task {
  readonly gate: Int32Array;
  readonly subject: string;
  readonly life: string;
  readonly threads: number;
  readonly rounds: number;
  readonly steps: number;
}

/** Waits in a safe region: the other thread may collect. `asleep`: where no time is taken, so that V8's compiler finds a core. */
function waitUntil(done: () => boolean, asleep?: Int32Array): void {
  enterSafe();
  while (!done()) if (asleep !== undefined) Atomics.wait(asleep, NEVER, 0, 1);
  leaveSafe();
}

function helper({ gate, rounds, steps }: Task, { run }: Trial): void {
  for (let round = 1; round <= rounds; round++) {
    Atomics.add(gate, READY, 1);
    waitUntil(() => Atomics.load(gate, ROUND) >= round);
    run(steps);
    Atomics.add(gate, DONE, 1);
    waitUntil(() => Atomics.load(gate, ROUND) === -round, gate);
  }
}

/** Nanoseconds an object of the quickest round. */
function measure({ gate, threads, rounds, steps }: Task, { run, between }: Trial): number {
  let best = Infinity;
  for (let round = 1; round <= rounds; round++) {
    waitUntil(() => Atomics.load(gate, READY) === threads - 1, gate);
    Atomics.store(gate, READY, 0);
    Atomics.store(gate, DONE, 0);
    const begin = process.hrtime.bigint();
    Atomics.store(gate, ROUND, round);
    run(steps);
    waitUntil(() => Atomics.load(gate, DONE) === threads - 1);
    best = Math.min(best, Number(process.hrtime.bigint() - begin) / steps);
    between();
    Atomics.store(gate, ROUND, -round);
  }
  return best;
}

const makeTrial = ({ subject, life }: Task): Trial => (subject === 'v8' ? v8Trial(life) : spaceTrial(life));

async function main(): Promise<void> {
  const [subject, life, threads, rounds, steps] = process.argv.slice(2);
  const gate = new Int32Array(new SharedArrayBuffer(16));
  const task: Task = { gate, subject: subject!, life: life!, threads: +threads!, rounds: +rounds!, steps: +steps! };
  const trial = makeTrial(task);
  if (task.subject === 'v8') mount(createThread(0), THREAD_HOST);
  for (let i = 1; i < task.threads; i++) {
    const worker = new Worker(__filename, { workerData: task });
    enterSafe();
    await new Promise((resolve) => worker.once('online', resolve));
    leaveSafe();
  }
  console.log(measure(task, trial));
  process.exit(0);
}

if (isMainThread) void main();
else {
  const task = workerData as Task;
  const trial = makeTrial(task);
  if (task.subject === 'v8') mount(createThread(0), THREAD_HOST);
  helper(task, trial);
  enterSafe();
}
