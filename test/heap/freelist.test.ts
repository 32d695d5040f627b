import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { addon } from '../../lib/heap/addon.js';
import { allocatorKind, getFreeCells } from '../../lib/heap/allocator.js';
import { CARRIER } from '../../lib/heap/carrier.js';
import {
  BLOCK_FREE,
  BLOCK_LARGE,
  blockEntry,
  claimBlocks,
  getFreeCellsTs,
  popRun,
  pushRun,
  releaseBlocks,
  runClass,
} from '../../lib/heap/freelist.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32, memory } from '../../lib/heap/memory.js';

const OUT = CARRIER + L.CAR_SCRATCH_0;
const twins: [string, (least: number, most: number, out: number) => number][] = [['TypeScript', getFreeCellsTs]];
if (addon !== undefined) twins.push(['native', addon.getFreeCells.bind(addon)]);

interface Served {
  address: number;
  bytes: number;
}

/** Throws when two runs share a byte. */
function assertDisjoint(runs: Served[]): void {
  const sorted = [...runs].sort((a, b) => a.address - b.address);
  for (let i = 1; i < sorted.length; i++) {
    const before = sorted[i - 1]!;
    assert.ok(
      before.address + before.bytes <= sorted[i]!.address,
      `${JSON.stringify(before)} overlaps ${JSON.stringify(sorted[i])}`,
    );
  }
}

for (const [name, serve] of twins) {
  describe(`heap/freelist: the ${name} twin`, () => {
    const take = (least: number, most: number): Served => ({
      address: serve(least, most, OUT) >>> 0,
      bytes: i32[OUT]!,
    });

    it('serves aligned runs within bounds that do not overlap', () => {
      const runs: Served[] = [];
      for (let i = 0; i < 500; i++) {
        const least = 64 * (1 + ((i * 37) % 256));
        const run = take(least, least + 2048);
        assert.equal(run.address % 64, 0);
        assert.equal(run.bytes % 64, 0);
        assert.ok(run.bytes >= least && run.bytes < least + 2048 + 256, `${run.bytes} for ${least}`);
        runs.push(run);
      }
      assertDisjoint(runs);
      for (const run of runs) if (run.bytes >= 256) pushRun(run.address | 0, run.bytes);
    });

    it('serves a run that was given back', () => {
      const run = take(32768, 32768);
      assert.equal(run.bytes, 32768);
      pushRun(run.address | 0, run.bytes);
      assert.equal(take(32768, 32768).address, run.address);
      pushRun(run.address | 0, run.bytes);
    });

    it('never hands out a run across two blocks', () => {
      const run = take(64, 32768);
      assert.equal(Math.floor(run.address / 32768), Math.floor((run.address + run.bytes - 1) / 32768));
      pushRun(run.address | 0, run.bytes);
    });
  });
}

describe('heap/freelist', () => {
  it('sorts runs by size', () =>
    assert.deepEqual([64, 2047, 2048, 8191, 8192, 32768].map(runClass), [0, 0, 1, 1, 2, 2]));

  it('claims neighbouring blocks for a large object and takes them back', () => {
    const address = claimBlocks(5, BLOCK_LARGE);
    const block = (address >>> 0) / L.BLOCK_BYTES;
    assert.deepEqual(
      [0, 1, 4].map((i) => i32[blockEntry(block + i)]),
      [2, 3, 3],
    );
    assert.equal(i32[blockEntry(block) + 1], 5);
    releaseBlocks(address, 5);
    assert.equal(i32[blockEntry(block + 4)], BLOCK_FREE);
  });

  it('returns 0 for a range that cannot be', () => {
    assert.equal(claimBlocks(Math.floor(memory.buffer.byteLength / L.BLOCK_BYTES), BLOCK_LARGE), 0);
  });

  it('begins the search for blocks at a place of the carrier', () => {
    const hint = CARRIER + L.CAR_BLOCK_HINT;
    const home = i32[L.CTL_BLOCKS_FIRST]! + i32[CARRIER + L.CAR_INDEX]! * 128;
    i32[hint] = 0;
    const runs = [getFreeCells(32768, 32768, OUT), getFreeCells(32768, 32768, OUT)];
    assert.ok(runs.every((run) => run >>> 0 >= home * L.BLOCK_BYTES));
    assert.equal(i32[hint], (runs[1]! >>> 0) / L.BLOCK_BYTES + 1);
    for (const run of runs) pushRun(run, 32768);
  });

  it('counts who served', () => {
    const word = CARRIER + (allocatorKind === 'native' ? L.CAR_SERVED_NATIVE : L.CAR_SERVED_TS);
    const before = i32[word]!;
    pushRun(getFreeCells(64, 2048, OUT), i32[OUT]!);
    assert.equal(i32[word], before + 1);
  });

  it('serves two Workers and this thread at once without overlap', async function () {
    this.timeout(60_000);
    const url = new URL('./fixtures/contender.js', import.meta.url);
    const results = await Promise.all(
      [1, 2].map(
        (seed) =>
          new Promise<Served[]>((resolve, reject) => {
            const worker = new Worker(url, { workerData: { seed, rounds: 3000 } });
            worker.once('message', resolve).once('error', reject);
          }),
      ),
    );
    assert.ok(results.every((runs) => runs.length > 100));
    assertDisjoint(results.flat());
    for (const run of results.flat()) if (run.bytes >= 256) pushRun(run.address | 0, run.bytes);
    for (let cls = 0; cls < 3; cls++) {
      const run = popRun(cls);
      if (run !== 0) pushRun(run, i32[(run >>> 2) + 1]!);
    }
  });
});
