import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { verifyHeap } from '../../lib/heap/collect.js';
import { attached } from '../../lib/threads/attached.js';
import type { ProgramJob } from '../../lib/threads/job.js';
import { CarriersLost, Pool, type RunningJob } from '../../lib/threads/pool.js';
import { threads } from '../../lib/threads/registry.js';
import { STARTED } from '../../lib/threads/words.js';

process.env.PROTOSPACE_CARRIERS = '2';

const entry = new URL('../../lib/threads/carrier-main.js', import.meta.url).href;
const stdlib = fileURLToPath(new URL('../../../dist/stdlib', import.meta.url));

const program = (target: string): ProgramJob => ({
  kind: 'program',
  source: 'code',
  target,
  args: [],
  path: [stdlib],
  dis: false,
  stats: '',
});

/** Threads to park: stress mode collects many times for each. */
const THREADS = process.env.PROTOSPACE_STRESS ? 300 : 3000;

/** Waits until `test` gives something, for at most half a minute. */
async function until<T>(test: () => T | undefined): Promise<T> {
  for (let i = 0; i < 3000; i++) {
    const found = test();
    if (found !== undefined) return found;
    await setTimeout(10);
  }
  throw new Error('it does not come about');
}

const inState = (state: string): ReturnType<typeof threads> => threads().filter((t) => t.state === state);

describe('threads/pool', () => {
  let pool: Pool;
  const run = (code: string): RunningJob => pool.run(program(code));
  beforeEach(() => (pool = new Pool({ entry, attached })));
  afterEach(() => pool.terminate());

  it('runs jobs, any number at a time, on as many carriers as may be', async () => {
    const jobs = Array.from({ length: 12 }, (_, i) => run(`import time, sys; time.sleep(0.05); sys.exit(${i})`));
    assert.deepEqual(await Promise.all(jobs.map((job) => job.done)), [...jobs.keys()]);
    assert.ok(i32[STARTED]! <= 2, `${i32[STARTED]} carriers`);
  });

  it('runs two CPU-bound Python threads at the same time, on different carriers', async () => {
    const job = run('import _thread\ndef spin():\n  while True: pass\n_thread.start_new_thread(spin, ())\nspin()');
    const [a, b] = await until(() => {
      const running = inState('running');
      return running.length === 2 ? running : undefined;
    });
    assert.notEqual(a!.carrier, b!.carrier);
    assert.ok(a!.carrier >= 0 && b!.carrier >= 0 && a!.context !== 0 && b!.context !== 0);
    job.interrupt();
    await assert.doesNotReject(job.done);
  });

  it('lets more CPU-bound threads than carriers all go on', async () => {
    const code = `
import _thread, time
counts = [0] * 6
def spin(i):
  while True: counts[i] += 1
for i in range(6): _thread.start_new_thread(spin, (i,))
while min(counts) < 1000: time.sleep(0.01)`;
    assert.equal(await run(code).done, 0);
  });

  it('raises KeyboardInterrupt in the thread of a job that loops, sleeps or waits for a lock', async () => {
    const waits = [
      'while True: pass',
      'time.sleep(1000)',
      'lock.acquire()',
      'max([1], key=lambda x: time.sleep(1000))',
    ];
    for (const wait of waits) {
      const head = 'import _thread, time, sys\nlock = _thread.allocate_lock(); lock.acquire()\n';
      const job = run(`${head}try:\n  ${wait}\nexcept KeyboardInterrupt: sys.exit(9)`);
      await until(() => threads().find((t) => i32[t.record + L.THR_JOB] === job.id && t.context !== 0));
      await setTimeout(50);
      job.interrupt();
      assert.equal(await job.done, 9, wait);
    }
  });

  it('keeps a thread that nobody waits for parked at little cost', async () => {
    const code = `
import _thread
gate = _thread.allocate_lock(); gate.acquire()
def wait():
  with gate: pass
handles = [_thread.start_joinable_thread(wait) for _ in range(${THREADS})]
gate.acquire()`;
    run(code).done.catch(() => {});
    await until(() => (inState('parked').length === THREADS + 1 ? true : undefined));
    for (const t of inState('parked')) {
      assert.equal(t.carrier, -1);
      // The small stack segment is enough.
      assert.equal(i32[t.record + L.THR_SEGMENT_END]! - i32[t.record + L.THR_STACK_BASE]!, L.SMALL_STACK_BYTES / 4);
    }
  });

  it('rejects jobs when the carriers are ended, and leaves a space in order', async () => {
    const code = `
import _thread
lock = _thread.allocate_lock()
def work():
  items = []
  while True:
    with lock: items = [items[-100:], str(len(items))]
for _ in range(5): _thread.start_new_thread(work, ())
work()`;
    for (let round = 0; round < 3; round++) {
      const job = run(code);
      const lost = assert.rejects(job.done, CarriersLost);
      await until(() => (threads().length >= 6 ? true : undefined));
      await setTimeout(30 * round);
      await pool.terminate();
      await lost;
      assert.deepEqual(threads(), []);
      verifyHeap();
      pool = new Pool({ entry, attached });
    }
    assert.equal(await run('import sys; sys.exit(len(list(range(5))))').done, 5);
  });
});
