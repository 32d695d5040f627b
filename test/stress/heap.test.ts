import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { patience } from '../stress.js';
import { Worker } from 'node:worker_threads';
import { abandonCarrierOf } from '../../lib/heap/abandon.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { collectGarbage, verifyHeap } from '../../lib/heap/collect.js';
import * as L from '../../lib/heap/layout.generated.js';
import { atomics, i32 } from '../../lib/heap/memory.js';
import { createThread, mount, releaseThread, THREAD_HOST, THREAD_RUNNABLE, unmount } from '../../lib/heap/threads.js';
import { generator } from '../model/random.js';
import { PLACES, SHARED, STOP } from './fixtures/places.js';
import { seconds, seed, workers } from './options.js';

interface Report {
  steps?: number;
  fault?: string;
}

/** A worker that runs a random program, and what it says at its end. */
class Player {
  readonly worker: Worker;
  readonly ready: Promise<unknown>;
  /** It has made a hundred steps: a thread may have to wait for the collector before its first ones. */
  readonly working: Promise<unknown>;
  /** Its end, which a fault may bring before anybody waits for it. */
  readonly exited: Promise<unknown>;
  report: Report | undefined;
  error: unknown;

  constructor(seed: number) {
    this.worker = new Worker(new URL('./fixtures/heap-worker.js', import.meta.url), { workerData: { seed } });
    this.exited = new Promise((resolve) => this.worker.on('exit', resolve));
    this.ready = this.says('ready');
    this.working = this.says('working');
    this.worker.on('message', (m: Report | string) => {
      if (typeof m !== 'string') this.report = m;
    });
    this.worker.on('error', (error) => (this.error = error));
  }

  private says(what: string): Promise<void> {
    return new Promise((resolve) => {
      this.worker.on('message', (m: unknown) => m === what && resolve());
      // Why it ended is asked for later.
      this.worker.on('exit', () => resolve());
    });
  }

  /** Ends it in the middle of whatever it does. */
  async terminate(): Promise<void> {
    const { threadId } = this.worker;
    await this.worker.terminate();
    abandonCarrierOf(threadId);
  }

  /** Why its program failed; empty when it did not. */
  get fault(): string {
    return this.error !== undefined ? String(this.error) : (this.report?.fault ?? '');
  }
}

function asThread(body: () => void): void {
  mount(createThread(0), THREAD_HOST);
  try {
    body();
  } finally {
    releaseThread(unmount(THREAD_RUNNABLE));
  }
}

describe(`stress: threads on the heap (${allocatorKind}), seed ${seed}`, function () {
  this.timeout((seconds + 120) * 1000);
  beforeEach(() => i32.fill(0, SHARED, STOP + 1));
  afterEach(() => i32.fill(0, SHARED, STOP + 1));

  it('allocate, promote, share, collect and die, and are terminated in the middle: the heap stays whole', async () => {
    const random = generator(seed);
    const end = Date.now() + seconds * 1000;
    const all: Player[] = [];
    const start = (): Player => {
      const player = new Player(seed * 100 + all.length);
      all.push(player);
      return player;
    };
    const playing = Array.from({ length: workers }, start);
    await Promise.all(playing.map((p) => p.ready));
    let terminated = 0;
    while (terminated < 2 || Date.now() < end) {
      await setTimeout(random(150));
      const at = random(workers);
      await playing[at]!.terminate();
      terminated++;
      playing[at] = start();
      await playing[at]!.ready;
      asThread(random(2) === 0 ? collectGarbage : verifyHeap);
    }
    await setTimeout(100);
    await Promise.all(playing.map((p) => p.working));
    atomics.store(STOP << 2, 1);
    await Promise.all(playing.map((p) => p.exited));
    for (const [i, player] of all.entries()) assert.equal(player.fault, '', `worker ${i}`);
    assert.ok(playing.every((p) => p.report !== undefined && p.report.steps! > 100));
    asThread(() => {
      collectGarbage();
      verifyHeap();
    });
    assert.equal(i32[L.CTL_GC_REQUEST], 0);
    assert.ok(i32.subarray(SHARED, SHARED + PLACES).some((h) => h !== 0));
  });

  it('a planted fault is noticed: objects are shared that their thread may still take back', () => {
    const file = fileURLToPath(new URL('./fixtures/planted.js', import.meta.url));
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: patience(60_000) });
    assert.match(stdout, /overwritten|no object|ERR_PROTOSPACE_HEAP_CORRUPT|ProtospaceError/, stderr);
  });
});
