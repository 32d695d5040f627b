/**
 * Threads on carriers (lib/heap/threads.ts, lib/threads/scheduler.ts, parking.ts, lib/heap/collect.ts) as steps: two carriers that mount a thread, run
 * it until it yields, parks and ends; a thread elsewhere that wakes it; a collection that stops the carriers and reads its words. Is it ever on two
 * carriers, are its words ever old or lost, does it wait for ever, does a carrier change anything during the collection?
 */
import { explore, type Found, type Thread } from './explore.js';

/**
 * The rule itself, or one that is too weak: the thread is queued, or its state stored, before its words are saved; parking or waking without a
 * swap of the state; waking a running thread by queueing it; leaving the safe state without a look at the request, or with the look first.
 */
export type Rule =
  | 'as-is'
  | 'queue-first'
  | 'save-late'
  | 'park-blindly'
  | 'wake-blindly'
  | 'queue-running'
  | 'leave-blindly'
  | 'look-first';

type State = 'runnable' | 'running' | 'waking' | 'parked' | 'done';

/** What is copied between record and carrier: `word` stands for bump, context and the others. */
interface Carrier {
  thread: boolean;
  word: number;
  state: 'safe' | 'running';
}

interface Shared {
  queue: number;
  state: State;
  /** THR_CARRIER of the record: carrier + 1. */
  mounted: number;
  word: number;
  /** The thread is in the list of those that wait, and who woke it has taken it out. */
  waits: boolean;
  woken: boolean;
  carriers: Carrier[];
  request: boolean;
  collected: boolean;
  /** What the thread's word should be, whatever carrier has it. */
  truth: number;
  running: number;
  fault: string;
}

const STEPS = 3;

function* leaveSafe(s: Shared, c: Carrier, rule: Rule): Thread {
  for (;;) {
    if (rule === 'look-first' && s.request) {
      yield () => !s.request;
      continue;
    }
    yield 'leaves';
    c.state = 'running';
    yield 'left';
    if (rule === 'leave-blindly' || rule === 'look-first' || !s.request) return;
    c.state = 'safe';
    yield () => !s.request;
  }
}

function* mount(s: Shared, i: number, rule: Rule): Thread {
  const c = s.carriers[i]!;
  yield* leaveSafe(s, c, rule);
  c.word = s.word;
  yield 'copied';
  c.thread = true;
  s.mounted = i + 1;
  yield 'mounted';
  s.state = 'running';
  yield 'running';
}

function save(s: Shared, c: Carrier): void {
  s.word = c.word;
  c.thread = false;
  c.word = -1;
  s.mounted = 0;
}

/** A step of the thread itself; a collection must not be going on, nor another carrier run it. */
function run(s: Shared, c: Carrier): void {
  s.running++;
  if (s.running > 1) s.fault ||= 'the thread runs on two carriers';
  if (c.word !== s.truth) s.fault ||= `the thread goes on from ${c.word}, not ${s.truth}`;
  c.word++;
  s.truth++;
}

/** unmount(THREAD_RUNNABLE), then the queue. */
function* yields(s: Shared, c: Carrier, rule: Rule): Thread {
  if (rule === 'queue-first') s.queue++;
  yield 'queues';
  if (rule !== 'save-late') save(s, c);
  yield 'saves';
  s.state = 'runnable';
  yield 'stores';
  if (rule === 'save-late') save(s, c);
  c.state = 'safe';
  yield 'safe';
  if (rule !== 'queue-first') s.queue++;
}

/** enqueueWaiter, then parkMounted, then the queue when it was woken on the way. */
function* parks(s: Shared, c: Carrier, rule: Rule): Thread {
  s.waits = true;
  yield 'waits';
  if (rule !== 'save-late') save(s, c);
  yield 'saved';
  const parked = rule === 'park-blindly' || s.state === 'running';
  s.state = parked ? 'parked' : 'runnable';
  yield parked ? 'parked' : 'woken';
  if (rule === 'save-late') save(s, c);
  c.state = 'safe';
  yield parked ? 'parked, safe' : 'woken, safe';
  if (!parked) s.queue++;
}

function* safepoint(s: Shared, c: Carrier, rule: Rule): Thread {
  if (!s.request) return;
  c.state = 'safe';
  yield 'stopped';
  yield* leaveSafe(s, c, rule);
}

/** Takes the thread whenever it is queued, until it is done. */
function* carrier(s: Shared, i: number, rule: Rule): Thread {
  const c = s.carriers[i]!;
  while (s.state !== 'done') {
    yield () => s.queue > 0 || s.state === 'done';
    if (s.queue === 0) continue;
    s.queue--;
    yield 'picked';
    yield* mount(s, i, rule);
    yield* safepoint(s, c, rule);
    const step = c.word;
    run(s, c);
    yield `runs ${step}`;
    s.running--;
    if (step === 0) yield* yields(s, c, rule);
    else if (step === 1) yield* parks(s, c, rule);
    else {
      save(s, c);
      s.state = 'done';
      yield 'done';
      c.state = 'safe';
    }
    yield 'idle';
  }
}

/** wake() of lib/threads/parking.ts by a thread that took it out of the list. */
function* waker(s: Shared, v: { state: State }, rule: Rule): Thread {
  yield () => s.waits;
  s.waits = false;
  s.woken = true;
  for (;;) {
    yield 'looks';
    v.state = s.state;
    yield `saw ${v.state}`;
    if (v.state === 'parked') {
      if (s.state !== 'parked') continue;
      s.state = 'runnable';
      yield 'woke';
      s.queue++;
      return;
    }
    if (v.state !== 'running') return;
    if (rule !== 'wake-blindly' && s.state !== 'running') continue;
    s.state = rule === 'queue-running' ? 'runnable' : 'waking';
    if (rule === 'queue-running') s.queue++;
    return;
  }
}

const wordOf = (s: Shared): number => {
  const c = s.mounted === 0 ? undefined : s.carriers[s.mounted - 1]!;
  return c?.thread ? c.word : s.word;
};

/** Stops the carriers, reads the thread's word twice, goes on. */
function* collector(s: Shared): Thread {
  yield;
  s.request = true;
  for (const c of s.carriers) yield () => c.state === 'safe';
  if (wordOf(s) !== s.truth) s.fault ||= `the collector reads ${wordOf(s)}, not ${s.truth}`;
  const before = JSON.stringify([s.carriers.map(({ thread, word }) => [thread, word]), s.word, s.truth]);
  yield;
  if (before !== JSON.stringify([s.carriers.map(({ thread, word }) => [thread, word]), s.word, s.truth]))
    s.fault ||= 'a carrier goes on during the collection';
  s.request = false;
  s.collected = true;
}

function fault(s: Shared, stuck: readonly number[]): string {
  if (s.fault !== '') return s.fault;
  if (stuck.length > 0) return `${stuck.join()} wait for ever; the thread is ${s.state}`;
  return s.truth === STEPS ? '' : `the thread made ${s.truth} steps`;
}

/** Two carriers, one thread, its waker, and `collects` a collection, over all interleavings. */
export function search(rule: Rule, collects: boolean): Found {
  return explore(() => {
    const s: Shared = {
      queue: 1,
      state: 'runnable',
      mounted: 0,
      word: 0,
      waits: false,
      woken: false,
      carriers: [0, 1].map(() => ({ thread: false, word: -1, state: 'safe' })),
      request: false,
      collected: false,
      truth: 0,
      running: 0,
      fault: '',
    };
    const v = { state: 'runnable' as State };
    const last = collects ? [collector(s)] : [];
    return {
      threads: [carrier(s, 0, rule), carrier(s, 1, rule), waker(s, v, rule), ...last],
      state: () => [s, v],
      fault: (stuck) => fault(s, stuck),
    };
  });
}
