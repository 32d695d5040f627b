import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { abandonCarrierOf, abandonIfEnded } from '../../lib/heap/abandon.js';
import { addon } from '../../lib/heap/addon.js';
import { newObject, takeRun } from '../../lib/heap/alloc.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { barrier } from '../../lib/heap/barrier.js';
import { CARRIER, CARRIER_FREE, CARRIER_RUNNING, carrierAt } from '../../lib/heap/carrier.js';
import { collectGarbage, verifyHeap, withWorldStopped } from '../../lib/heap/collect.js';
import { pop, push, root, unlink } from '../../lib/heap/context.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { enterSafe, leaveSafe } from '../../lib/heap/threads.js';
import { readStats } from '../../lib/heap/stats.js';
import { poisonCells } from '../../lib/heap/stress.js';
import { array, bump, float, isTs, item, setItem, tuple, withThread } from './helpers.js';

const ROOT = L.ROOTS_BASE >>> 2;

/** A binary tree of tuples, rooted while it is built. */
function tree(depth: number): number {
  const slot = root(tuple(2));
  if (depth > 0) for (const side of [0, 1]) setItem(i32[slot]!, side, tree(depth - 1));
  else setItem(i32[slot]!, 0, float(depth + 0.5));
  const made = i32[slot]!;
  i32[i32[CARRIER + L.CAR_CONTEXT]! + L.F_SP] = slot;
  return made;
}

const size = (h: number): number => ((h & 7) !== 0 || h === 0 ? 0 : 1 + size(item(h, 0)) + size(item(h, 1)));
const residentKb = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]);

describe(`heap/collect (${allocatorKind})`, function () {
  this.timeout(120_000);
  withThread();
  afterEach(() => {
    i32.fill(0, ROOT, ROOT + 4);
  });

  it('the addon serves unless TypeScript was asked for', () => {
    if (!isTs() && addon !== undefined) assert.equal(allocatorKind, 'native');
  });

  it('keeps a tree that is rooted in a context, and its floats', () => {
    const slot = root(tree(8));
    collectGarbage();
    assert.equal(size(i32[slot]!), 511);
    let leaf = i32[slot]!;
    for (let i = 0; i < 8; i++) leaf = item(leaf, i & 1);
    assert.equal(new Float64Array(i32.buffer, item(leaf, 0) & -8, 1)[0], 0.5);
    verifyHeap();
  });

  it('an entry mark from before a collection means nothing in a run that lies where the old one was', function () {
    collectGarbage();
    takeRun(L.BLOCK_BYTES);
    const first = bump();
    for (let i = 0; i < 40; i++) tuple(1);
    const caller = push(0);
    const entry = bump();
    collectGarbage();
    while ((first - bump()) >>> 0 > 0 && bump() !== first) takeRun(L.BLOCK_BYTES);
    assert.equal(bump(), first);
    push(0);
    const outer = tuple(1);
    while (((bump() - entry) | 0) < 0) tuple(1);
    const inner = tuple(1);
    setItem(outer, 0, inner);
    assert.equal(pop(outer), outer);
    assert.equal(i32[CARRIER + L.CAR_CONTEXT], caller);
    assert.equal(pop(outer), outer);
    assert.ok(((bump() - inner) | 0) > 0, 'what the value refers to was taken back');
  });

  it('has every carrier search for blocks from its own place again', () => {
    for (let i = 0; i < 20; i++) tree(10);
    assert.notEqual(i32[CARRIER + L.CAR_BLOCK_HINT], 0);
    collectGarbage();
    assert.equal(i32[CARRIER + L.CAR_BLOCK_HINT], 0);
  });

  it('keeps what the root table holds and frees the rest', () => {
    i32[ROOT] = tree(6);
    const before = readStats().bytesReclaimedByCollector;
    for (let i = 0; i < 50; i++) tree(7);
    collectGarbage();
    assert.equal(size(i32[ROOT]!), 127);
    assert.ok(readStats().bytesReclaimedByCollector - before > 50 * 200 * 64 * 0.5);
    verifyHeap();
  });

  it('survives many collections with the same content', () => {
    i32[ROOT] = tree(9);
    for (let round = 0; round < 10; round++) {
      tree(5);
      collectGarbage();
      assert.equal(size(i32[ROOT]!), 1023);
    }
    verifyHeap();
  });

  it('lets the thread go on while it sweeps, round after round', () => {
    i32[ROOT] = tree(9);
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 20; i++) tree(7);
      collectGarbage(true);
      // Taken from blocks that are swept meanwhile, and from later ones.
      i32[ROOT + 1] = tree(8);
      assert.equal(size(i32[ROOT]!), 1023);
      assert.equal(size(i32[ROOT + 1]!), 511);
      if (round % 5 === 4) verifyHeap();
    }
    const before = readStats().bytesReclaimedByCollector;
    collectGarbage(true);
    withWorldStopped(() => assert.equal(i32[L.CTL_SWEEPING], 0));
    assert.ok(readStats().bytesReclaimedByCollector >= before);
  });

  it('leaves no run to the thread', () => {
    tuple(1);
    assert.notEqual(bump(), 0);
    collectGarbage();
    assert.equal(bump(), 0);
  });

  it('frees large objects, and their memory where the addon collects', () => {
    i32[ROOT] = array(1000);
    for (let i = 0; i < 4; i++) i32.fill(7, (array(1 << 20) >>> 2) + L.ARRAY_ITEMS, 0);
    const large = array(16 << 20);
    i32.fill(1, (large >>> 2) + L.ARRAY_ITEMS, (large >>> 2) + L.ARRAY_ITEMS + (16 << 20));
    const before = residentKb();
    collectGarbage();
    if (allocatorKind === 'native' && !poisonCells)
      assert.ok(before - residentKb() > 50_000, `${before} to ${residentKb()} KiB`);
    assert.ok(array(16 << 20) >>> 0 <= large >>> 0, 'its blocks are taken again');
    collectGarbage();
  });

  it('marks a chain of 100,000 without recursion', () => {
    i32[ROOT] = tuple(1);
    for (let i = 0; i < 100_000; i++) {
      const next = tuple(1);
      setItem(next, 0, i32[ROOT]!);
      i32[ROOT] = next;
      if (i % 20_000 === 0) collectGarbage();
    }
    collectGarbage();
    let n = 0;
    for (let h = i32[ROOT]!; h !== 0; h = item(h, 0)) n++;
    assert.equal(n, 100_001);
  });

  it('keeps the frame of a suspended generator and drops that of a finished one', () => {
    const g = newObject(L.KIND_GENERATOR, 256, 0);
    const w = g >>> 2;
    i32[ROOT] = g;
    const frame = w + L.MARK_TABLE[L.KIND_GENERATOR]![1];
    i32[frame + L.F_SP] = frame + L.F_LOCALS + 1;
    i32[w + L.GENERATOR_STATE] = 2;
    const kept = tuple(1);
    setItem(kept, 0, 15);
    i32[frame + L.F_LOCALS] = kept;
    barrier(g, kept);
    collectGarbage();
    assert.equal(item(i32[frame + L.F_LOCALS]!, 0), 15);
    verifyHeap();
    i32[w + L.GENERATOR_STATE] = 0;
    collectGarbage();
    for (let i = 0; i < 3000; i++) i32[(tuple(20) >>> 2) + 6] = 1; // reuses the dead tuple's cell
    i32[frame + L.F_LOCALS] = 0;
    verifyHeap();
  });

  it('reports a word that is no handle, and lets the world go on', () => {
    i32[ROOT] = 64;
    assert.throws(() => collectGarbage(), { code: 'ERR_PROTOSPACE_HEAP_CORRUPT' });
    i32[ROOT] = -64;
    assert.throws(() => verifyHeap(), { code: 'ERR_PROTOSPACE_HEAP_CORRUPT' });
    i32[ROOT] = tuple(2);
    i32[(i32[ROOT]! >>> 2) + 1] = 0;
    assert.throws(() => collectGarbage(), { code: 'ERR_PROTOSPACE_HEAP_CORRUPT' });
    i32[ROOT] = 0;
    assert.equal(i32[L.CTL_GC_REQUEST], 0);
    collectGarbage();
  });

  it('verify finds an old object that refers into the young region', () => {
    i32[ROOT] = tuple(1);
    collectGarbage();
    const value = tuple(1);
    i32[(i32[ROOT]! >>> 2) + L.TUPLE_ITEMS] = value;
    assert.throws(() => verifyHeap(), /young/);
    i32[(i32[ROOT]! >>> 2) + L.TUPLE_ITEMS] = 0;
  });

  it('scans contexts of other segments', () => {
    const before = i32[CARRIER + L.CAR_CONTEXT]!;
    for (let i = 0; i < 2000; i++) {
      push(20);
      root(tuple(1));
    }
    collectGarbage();
    verifyHeap();
    while (i32[CARRIER + L.CAR_CONTEXT] !== before) unlink(i32[CARRIER + L.CAR_CONTEXT]!);
  });

  const workerAt = (name: string): Worker => new Worker(new URL(`./fixtures/${name}.js`, import.meta.url));

  it('stops another Worker at its safepoint and keeps its objects', async () => {
    const worker = workerAt('builder');
    await once(worker, 'message');
    for (let i = 0; i < 20; i++) {
      collectGarbage();
      tree(6);
    }
    worker.postMessage('end');
    const [sum] = (await once(worker, 'message')) as [number];
    assert.equal(sum, 1023);
    await worker.terminate();
  });

  it('does not wait for a Worker that was terminated while it ran', async () => {
    const worker = workerAt('spinner');
    const id = worker.threadId;
    const [index] = (await once(worker, 'message')) as [number];
    assert.equal(i32[carrierAt(index) + L.CAR_STATE], CARRIER_RUNNING);
    await worker.terminate();
    if (allocatorKind === 'ts') abandonCarrierOf(id);
    assert.equal(i32[carrierAt(index) + L.CAR_STATE], CARRIER_FREE);
    collectGarbage();
    verifyHeap();
  });

  for (const [name, what] of [
    ['spinner', 'ran'],
    ['dying-collector', 'collected'],
  ] as const)
    it(`a Worker that was terminated while it ${what} is noticed by who waits for it, who hears of no event (it waited for ever)`, async function () {
      if (process.platform !== 'linux') this.skip();
      const worker = workerAt(name);
      const ended = once(worker, 'exit');
      const [index] = (await once(worker, 'message')) as [number];
      void worker.terminate();
      collectGarbage();
      assert.equal(i32[carrierAt(index) + L.CAR_STATE], CARRIER_FREE);
      assert.equal(i32[L.CTL_GC_REQUEST], 0);
      // Else marking beside the program came to nothing from then on.
      assert.equal(i32[L.CTL_MARK_CANCEL], 0);
      verifyHeap();
      await ended;
    });

  it('a Worker that is terminated while it collects, and the one it started waits for that, end (each waited for the other for ever)', async function () {
    // Without the addon only Linux tells that a thread has ended.
    if (allocatorKind === 'ts' && process.platform !== 'linux') this.skip();
    const parent = workerAt('collecting-parent');
    const [indices] = (await once(parent, 'message')) as [[number, number]];
    await parent.terminate();
    // Without the addon it is noticed by who waits.
    collectGarbage();
    for (const index of indices) abandonIfEnded(carrierAt(index));
    assert.deepEqual(
      indices.map((index) => i32[carrierAt(index) + L.CAR_STATE]),
      [CARRIER_FREE, CARRIER_FREE],
    );
    assert.equal(i32[L.CTL_GC_REQUEST], 0);
    verifyHeap();
  });

  /** Lets other carriers collect while this one waits for an event. */
  const idle = async <T>(event: Promise<T>): Promise<T> => {
    enterSafe();
    const result = await event;
    leaveSafe();
    return result;
  };

  it('outlives Workers that are terminated in the middle of building and collecting', async () => {
    const survivor = workerAt('builder');
    await idle(once(survivor, 'message'));
    for (let round = 0; round < 5; round++) {
      const victim = workerAt('builder');
      const id = victim.threadId;
      await idle(once(victim, 'message'));
      for (let i = 0; i <= round; i++) collectGarbage();
      // Before this carrier is back: the victim may have died collecting.
      await idle(victim.terminate().then(() => abandonCarrierOf(id)));
      collectGarbage();
    }
    survivor.postMessage('end');
    assert.deepEqual(await idle(once(survivor, 'message')), [1023]);
    await idle(survivor.terminate());
    verifyHeap();
    assert.equal(i32[L.CTL_GC_REQUEST], 0);
  });
});
