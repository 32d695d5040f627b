import assert from 'node:assert/strict';
import {
  allocBytes,
  allocCell,
  allocGranule,
  count64,
  newObject,
  newOldObject,
  reserve,
  takeRun,
} from '../../lib/heap/alloc.js';
import { isYoung } from '../../lib/heap/barrier.js';
import { CARRIER } from '../../lib/heap/carrier.js';
import * as L from '../../lib/heap/layout.generated.js';
import { f64, i32 } from '../../lib/heap/memory.js';
import { stressRuns } from '../../lib/heap/stress.js';
import { bump, withThread } from './helpers.js';

describe('heap/alloc', () => {
  withThread();

  it('hands out cells that are aligned and follow one another', function () {
    takeRun(1024);
    const first = allocCell();
    assert.equal(first & 63, 0);
    assert.equal(allocCell(), first + 64);
    assert.equal(allocBytes(65), first + 128);
    assert.equal(allocBytes(1), first + 256);
  });

  it('packs eight floats in a cell and aligns what follows', function () {
    takeRun(1024);
    const granules = Array.from({ length: 9 }, (_, i) => allocGranule(i + 0.25));
    assert.deepEqual(
      granules.map((g) => g - granules[0]!),
      [0, 8, 16, 24, 32, 40, 48, 56, 64],
    );
    assert.deepEqual(
      granules.map((g) => f64[g >>> 3]),
      [0.25, 1.25, 2.25, 3.25, 4.25, 5.25, 6.25, 7.25, 8.25],
    );
    assert.equal(allocCell(), granules[0]! + 128);
  });

  it('zeroes a new object behind its header and stamps its owner', () => {
    for (let i = 0; i < 40; i++) i32.fill(-1, allocBytes(256) >>> 2, (bump() >>> 2) + 0);
    const h = newObject(L.KIND_TUPLE, 300, 0) >>> 2;
    assert.deepEqual([i32[h], i32[h + 1], i32[h + 2], i32[h + 3]], [L.KIND_TUPLE, 5, 0, i32[CARRIER + L.CAR_OWNER]]);
    assert.ok(i32.subarray(h + 4, h + 80).every((word) => word === 0));
  });

  it('gives objects above the limit blocks of their own', () => {
    const h = newObject(L.KIND_ARRAY, 100_000, 0);
    assert.equal((h >>> 0) % L.BLOCK_BYTES, 0);
    assert.equal(isYoung(h), false);
  });

  it('bears old objects outside the young region', () => {
    newObject(L.KIND_TUPLE, 64, 0);
    assert.equal(isYoung(newOldObject(L.KIND_TUPLE, 64, 0)), false);
    assert.equal(isYoung(newObject(L.KIND_TUPLE, 64, 0)), !stressRuns || bump() !== 0);
  });

  it('reserve keeps the next allocations in one run', function () {
    for (let i = 0; i < 200; i++) {
      reserve(192);
      const start = i32[CARRIER + L.CAR_RUN_START];
      for (let k = 0; k < 3; k++) allocCell();
      assert.equal(i32[CARRIER + L.CAR_RUN_START], start);
    }
  });

  it('grows the runs of a thread that allocates much', function () {
    for (let i = 0; i < 4000; i++) allocCell();
    assert.equal(i32[CARRIER + L.CAR_RUN_APPETITE], L.RUN_MAX_BYTES);
  });

  it('says so when there is no room, and nothing breaks', () => {
    assert.throws(() => allocBytes(2 ** 30 * 3.5), { code: 'ERR_PROTOSPACE_HEAP_EXHAUSTED' });
    assert.ok(allocCell() !== 0);
  });

  it('counts beyond 32 bits', () => {
    const word = CARRIER + L.CAR_YOUNG_LO;
    const saved = [i32[word]!, i32[word + 1]!];
    i32[word] = -1;
    i32[word + 1] = 0;
    count64(word, 2);
    assert.deepEqual([i32[word], i32[word + 1]], [1, 1]);
    [i32[word], i32[word + 1]] = saved as [number, number];
  });
});
