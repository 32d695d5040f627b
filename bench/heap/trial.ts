/**
 * Timings of the heap itself, in a process of their own: cells from batches, on one and on two threads, and contexts. Bundled as the package is
 * (bench/measure.mjs). Prints one JSON object; the allocator is chosen by PROTOSPACE_ALLOCATOR.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { allocCell, newObject } from '../../lib/heap/alloc.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { releaseCarrier } from '../../lib/heap/carrier.js';
import { collectGarbage } from '../../lib/heap/collect.js';
import { pop, push } from '../../lib/heap/context.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { readStats } from '../../lib/heap/stats.js';
import { createThread, mount, releaseThread, THREAD_HOST, THREAD_RUNNABLE, unmount } from '../../lib/heap/threads.js';

const I32 = i32;
const CELLS = 20_000;
/** PROTOSPACE_BENCH_ROUNDS: for a test that wants to see it run only. */
const ROUNDS = Number(process.env.PROTOSPACE_BENCH_ROUNDS || 400);
const THREADS = 2;

/** Allocates and initialises one-cell tuples that nobody keeps. */
function fillCells(n: number): void {
  for (let i = 0; i < n; i++) {
    const h = newObject(L.KIND_TUPLE, L.CELL_BYTES, 0);
    I32[(h >>> 2) + L.TUPLE_LENGTH] = 1;
    I32[(h >>> 2) + L.TUPLE_ITEMS] = (i << 1) | 1;
  }
}

/** Pushes, allocates a cell that dies, pops: the region is reset at each pop. */
function contexts(n: number): void {
  for (let i = 0; i < n; i++) {
    const context = push(4);
    allocCell();
    pop(0, context);
  }
}

function timed(body: () => void): number {
  const begin = process.hrtime.bigint();
  body();
  return Number(process.hrtime.bigint() - begin);
}

/** Least nanoseconds an item of several rounds; the first ones warm up. */
function least(n: number, body: (n: number) => void, between: () => void): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    best = Math.min(best, timed(() => body(n)) / n);
    between();
  }
  return best;
}

/** Words of the gate: which round may run, how many threads are ready, how many are done. */
const [ROUND, READY, DONE] = [0, 1, 2];

/** What two threads do at once: before the others know, while time is taken, and when all are done. */
interface Work {
  readonly begin: () => void;
  readonly run: () => void;
  readonly end: () => void;
  /** Of the first thread, while the others rest. */
  readonly between: () => void;
}

const ALLOCATING: Work = {
  begin: () => mount(createThread(0), THREAD_HOST),
  run: () => fillCells(CELLS),
  end: () => releaseThread(unmount(THREAD_RUNNABLE)),
  between: collectGarbage,
};

const plain = new Float64Array(new SharedArrayBuffer(CELLS * L.CELL_BYTES));
const nothing = (): void => {};

/** As many bytes in an array of the thread's own: what the machine can do, without any allocator. */
function fillPlain(): void {
  for (let i = 0; i + 7 < plain.length; i += 8) {
    plain[i] = i;
    plain[i + 1] = 0;
    plain[i + 2] = 0;
    plain[i + 3] = 0;
    plain[i + 4] = 0;
    plain[i + 5] = 0;
    plain[i + 6] = 0;
    plain[i + 7] = 0;
  }
}
const PLAIN: Work = { begin: nothing, run: fillPlain, end: nothing, between: nothing };

/** The threads do them in turn, round by round: the machine changes its speed, and how many cores it gives, within milliseconds. */
const WORKS = [ALLOCATING, PLAIN] as const;
const LAST_ROUND = ROUNDS * WORKS.length;
const workOf = (round: number): Work => WORKS[(round - 1) % WORKS.length]!;

function helper(gate: Int32Array): void {
  for (let round = 1; round <= LAST_ROUND; round++) {
    const work = workOf(round);
    work.begin();
    Atomics.add(gate, READY, 1);
    while (Atomics.load(gate, ROUND) < round);
    work.run();
    // Before the end: giving a thread back is no part of allocating.
    Atomics.add(gate, DONE, 1);
    work.end();
    while (Atomics.load(gate, ROUND) !== -round) Atomics.wait(gate, ROUND, round, 10);
  }
  releaseCarrier();
  parentPort!.close();
}

/** Nanoseconds a cell of two threads at once. */
function pairRound(gate: Int32Array, round: number): number {
  const work = workOf(round);
  while (Atomics.load(gate, READY) < THREADS - 1);
  Atomics.store(gate, READY, 0);
  Atomics.store(gate, DONE, 0);
  const time = timed(() => {
    Atomics.store(gate, ROUND, round);
    work.run();
    while (Atomics.load(gate, DONE) < THREADS - 1);
  });
  work.between();
  return time / (CELLS * THREADS);
}

/** Nanoseconds a cell of the first thread, while the others rest; then they may begin the next round. */
function aloneRound(gate: Int32Array, round: number): number {
  const work = workOf(round);
  const time = timed(work.run);
  work.between();
  Atomics.store(gate, ROUND, -round);
  Atomics.notify(gate, ROUND);
  return time / CELLS;
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1]!;

interface Pair {
  /** Least nanoseconds a cell when two threads allocate at once. */
  readonly two: number;
  /** How much faster two threads are than one: the median of the rounds' ratios. */
  readonly ratio: number;
  /** The same of plain arrays. */
  readonly machine: number;
  /** The first ÷ the second, of neighbouring rounds. */
  readonly relative: number;
}

async function pair(): Promise<Pair> {
  const gate = new Int32Array(new SharedArrayBuffer(16));
  const worker = new Worker(__filename, { workerData: gate });
  await new Promise((resolve) => worker.once('online', resolve));
  let two = Infinity;
  const ratios: number[] = [];
  for (let round = 1; round <= LAST_ROUND; round++) {
    const time = pairRound(gate, round);
    if (workOf(round) === ALLOCATING) two = Math.min(two, time);
    ratios.push(aloneRound(gate, round) / time);
  }
  const ours = ratios.filter((_, i) => i % 2 === 0);
  const plains = ratios.filter((_, i) => i % 2 === 1);
  const relative = median(ours.map((ratio, i) => ratio / plains[i]!));
  return { two, ratio: median(ours), machine: median(plains), relative };
}

async function main(): Promise<void> {
  mount(createThread(0), THREAD_HOST);
  const one = least(CELLS, fillCells, collectGarbage);
  const context = least(CELLS * 10, contexts, () => {});
  const two = await pair();
  const { batchesNative, batchesTs } = readStats();
  console.log(JSON.stringify({ allocator: allocatorKind, one, context, ...two, batchesNative, batchesTs }));
}

if (isMainThread) void main();
else helper(workerData as Int32Array);
