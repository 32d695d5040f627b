import assert from 'node:assert/strict';
import { beginRun, reserve, takeRun, youngCollectionPaid } from '../../lib/heap/alloc.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { CARRIER, POLL_YOUNG } from '../../lib/heap/carrier.js';
import { verifyHeap } from '../../lib/heap/collect.js';
import { pop, push, root, unroot } from '../../lib/heap/context.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { readStats } from '../../lib/heap/stats.js';
import { stressRuns, stressYoung } from '../../lib/heap/stress.js';
import { collectYoung } from '../../lib/heap/young.js';
import { bump, escapeMark, float, item, setItem, tuple, withThread } from './helpers.js';

const runEnd = (): number => i32[CARRIER + L.CAR_RUN_END]!;
const value = (h: number): number => new Float64Array(i32.buffer, h & -8, 1)[0]!;

/** Overwrites whatever is free of the run. */
function fill(): void {
  const batches = i32[CARRIER + L.CAR_BATCHES];
  while (i32[CARRIER + L.CAR_BATCHES] === batches && runEnd() - bump() >= 64) setItem(tuple(6), 5, 0x7ffff);
}

describe(`heap/young (${allocatorKind})`, () => {
  withThread();
  beforeEach(function () {
    if (stressRuns || stressYoung) this.skip();
    takeRun(16384);
  });

  it('takes back what no frame reaches, and leaves the rest where it is', () => {
    const start = bump();
    for (let i = 0; i < 20; i++) tuple(6);
    const kept = tuple(2);
    setItem(kept, 0, tuple(6));
    setItem(item(kept, 0), 3, float(0.25));
    for (let i = 0; i < 100; i++) tuple(6);
    const slot = root(kept);
    const before = readStats();
    collectYoung(true);
    assert.equal(readStats().bytesReclaimedByYoungCollection - before.bytesReclaimedByYoungCollection, 120 * 64);
    assert.equal(readStats().collections, before.collections);
    assert.ok(bump() > kept && bump() < start + 130 * 64, 'goes on in the larger hole');
    assert.equal(escapeMark(), bump(), 'what survived is old');
    fill();
    assert.equal(i32[slot], kept);
    assert.equal(value(item(item(kept, 0), 3)), 0.25);
    verifyHeap();
    unroot(slot);
  });

  it('keeps what frames further down reach', () => {
    const slot = root(tuple(1));
    push(2);
    const inner = tuple(1);
    setItem(inner, 0, float(1.5));
    push(1);
    root(inner);
    tuple(6);
    const outer = i32[slot]!;
    collectYoung(true);
    fill();
    assert.equal(value(item(inner, 0)), 1.5);
    assert.equal(i32[(outer >>> 2) + L.TUPLE_LENGTH], 1);
    verifyHeap();
    pop(inner);
    pop(0);
    unroot(slot);
  });

  it('what a call returns after one is not taken back (its entry mark lay within the hole)', () => {
    for (let i = 0; i < 30; i++) tuple(6);
    const entry = bump();
    push(1);
    for (let i = 0; i < 30; i++) tuple(6);
    collectYoung(true);
    while (bump() < entry - 64) tuple(6);
    reserve(128);
    const result = tuple(1);
    const inner = tuple(6);
    assert.equal(inner, entry);
    // Cells reserved at once are linked without the barrier.
    i32[(result >>> 2) + L.TUPLE_ITEMS] = inner;
    assert.equal(pop(result), result);
    assert.ok(((inner - bump()) | 0) < 0);
  });

  it('is asked for when a run is nearly used up, and only then', () => {
    i32[CARRIER + L.CAR_POLL] = i32[CARRIER + L.CAR_POLL]! & ~POLL_YOUNG;
    youngCollectionPaid(true);
    beginRun(bump(), runEnd());
    const start = bump();
    while (runEnd() - bump() > (runEnd() - start) >> 2) tuple(6);
    assert.equal(i32[CARRIER + L.CAR_POLL]! & POLL_YOUNG, 0);
    while (runEnd() - bump() > 64) tuple(6);
    assert.equal(i32[CARRIER + L.CAR_POLL]! & POLL_YOUNG, POLL_YOUNG);
    i32[CARRIER + L.CAR_POLL] = i32[CARRIER + L.CAR_POLL]! & ~POLL_YOUNG;
  });

  it('what fills its run to the end survives the return of the context above (its entry mark was forgotten, the run was not)', () => {
    while (runEnd() - bump() > 64) tuple(6);
    i32[CARRIER + L.CAR_ESCAPE] = bump();
    const slot = root(tuple(6));
    push(0);
    collectYoung(true);
    pop(0);
    assert.ok(((i32[slot]! - bump()) | 0) < 0);
    unroot(slot);
  });

  it('does nothing when little of the run is young', () => {
    tuple(6);
    const before = bump();
    collectYoung();
    assert.equal(bump(), before);
  });
});
