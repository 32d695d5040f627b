import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { addon } from '../../lib/heap/addon.js';
import { BLOCK_CELLS, newOldObject } from '../../lib/heap/alloc.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { barrierMissed } from '../../lib/heap/barrier.js';
import { CARRIER, CARRIER_FREE, CARRIER_RUNNING, carrierAt } from '../../lib/heap/carrier.js';
import { collectGarbage, resume, settleSweep, verifyHeap, withWorldStopped } from '../../lib/heap/collect.js';
import { root } from '../../lib/heap/context.js';
import * as H from '../../lib/heap/handles.js';
import * as L from '../../lib/heap/layout.generated.js';
import {
  concurrentMarking,
  MARK_IDLE,
  MARK_RUNNING,
  MARK_VOID_LOST,
  MARK_WAITING,
  waitForPhase,
} from '../../lib/heap/marking.js';
import { markAddress } from '../../lib/heap/mark.js';
import { atomics, i32, u8 } from '../../lib/heap/memory.js';
import { pauseHistogram } from '../../lib/heap/pauses.js';
import { markRound, pollCollection } from '../../lib/heap/rounds.js';
import { SWEEP_ON, waitForSweep } from '../../lib/heap/sweeping.js';
import { linkWeak, takePending } from '../../lib/heap/weak.js';
import { item, setItem, tuple, withThread } from './helpers.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** As in lib/heap/rounds.ts. */
const MARK_COMPARE = 4;
const ROUND_DONE = 1;
const ROUND_BUSY = 4;
const ROUND_NONE = 5;
const ROUND_ASKED = 6;

/** A cycle up to the phase that its first round begins. */
function beginMarking(): void {
  collectGarbage();
  startMarking();
}

function startMarking(): void {
  addon!.markStart();
  waitForPhase(false);
  markRound(1);
  assert.notEqual(i32[L.CTL_MARKING], 0);
}

const REQUEST = L.CTL_GC_REQUEST * 4;

/** What the addon says to a round of so many cells; takes back what it left standing. */
function tryRound(budget: number): number {
  const tried = addon!.tryRound(budget, 0, new Float64Array(2));
  if (tried === ROUND_ASKED) {
    assert.equal(atomics.load(REQUEST), i32[CARRIER + L.CAR_INDEX]! + 1);
    resume();
  }
  return tried;
}

const pauseCount = (): number => pauseHistogram().reduce((sum, row) => sum + row.count, 0);

describe(`heap/rounds (${allocatorKind})`, function () {
  this.timeout(60_000);
  before(function () {
    if (allocatorKind !== 'native') this.skip();
  });
  withThread();

  it('a collection that is asked for is whole: it finds what died after marking began, and ends the cycle', () => {
    const o = tuple(1);
    const slot = root(o);
    const ref = newOldObject(L.KIND_WEAKREF, 64, 0);
    root(ref);
    linkWeak(ref, o);
    beginMarking();
    waitForPhase(false);
    i32[slot] = 0;
    const whole = i32[L.CTL_WHOLE_COLLECTIONS]!;
    collectGarbage();
    assert.equal(i32[L.CTL_WHOLE_COLLECTIONS], whole + 1);
    assert.equal(i32[(ref >>> 2) + L.WEAKREF_REFERENT], 0);
    assert.equal(i32[L.CTL_MARK_STATE], MARK_IDLE);
    assert.equal(i32[L.CTL_MARKING], 0);
    verifyHeap();
  });

  it('marks anew when a JavaScript exception came between a store and its barrier', () => {
    const holder = tuple(1);
    const kept = tuple(1);
    root(holder);
    const slot = root(kept);
    beginMarking();
    waitForPhase(false);
    i32[(holder >>> 2) + L.TUPLE_ITEMS] = kept;
    i32[slot] = 0;
    barrierMissed();
    assert.equal(i32[L.CTL_MARK_VOID], MARK_VOID_LOST);
    markRound(0);
    assert.equal(i32[L.CTL_MARK_STATE], MARK_IDLE);
    assert.equal(item(holder, 0), kept);
    verifyHeap();
  });

  it('a queued reference that is put back behind one that is marked already was not found before the last of a cycle (comparing with marking from scratch failed)', () => {
    const [slots, refs] = [
      [0, 0],
      [0, 0],
    ];
    for (const i of [0, 1]) {
      refs[i] = newOldObject(L.KIND_WEAKREF, 64, 0);
      i32[(refs[i]! >>> 2) + L.WEAKREF_CALLBACK] = H.TRUE;
      linkWeak(refs[i]!, tuple(1));
      slots[i] = root(refs[i]!);
    }
    const pending = (ref: number): number => (ref >>> 2) + L.WEAKREF_PENDING;
    collectGarbage();
    assert.notEqual(i32[L.CTL_WEAK_PENDING], 0);
    // As while a thread has the queue: one of them is reached and marked, the other is not.
    const [white, black] = refs as [number, number];
    i32[L.CTL_WEAK_PENDING] = i32[pending(white)] = i32[pending(black)] = i32[slots[0]!] = 0;
    startMarking();
    waitForPhase(false);
    assert.equal(u8[markAddress(white)], 0);
    assert.notEqual(u8[markAddress(black)], 0);
    i32[pending(white)] = black;
    i32[L.CTL_WEAK_PENDING] = white;
    takePending(() => false);
    assert.equal(i32[pending(black)], white);
    withWorldStopped(() => assert.equal(addon!.markRound(0, MARK_COMPARE), ROUND_DONE));
    waitForSweep();
    settleSweep();
    assert.equal(i32[L.CTL_MARK_STATE], MARK_IDLE);
    assert.notEqual(u8[markAddress(white)], 0);
    verifyHeap();
    assert.deepEqual(
      takePending(() => true).sort((a, b) => a - b),
      refs.sort((a, b) => a - b),
    );
  });

  it('the addon stops the world for a round by itself, and says how long it took', () => {
    beginMarking();
    waitForPhase(false);
    const times = new Float64Array(2);
    const [collections, epoch] = [i32[L.CTL_COLLECTIONS]!, i32[L.CTL_GC_EPOCH]!];
    assert.equal(addon!.tryRound(0, 0, times), ROUND_DONE);
    assert.ok(times[0]! > 0 && times[1]! > 0 && times[0]! < 1e6, String(times));
    assert.equal(atomics.load(REQUEST), 0);
    assert.deepEqual([i32[L.CTL_COLLECTIONS], i32[L.CTL_GC_EPOCH]], [collections + 1, epoch + 1]);
    assert.equal(i32[L.CTL_CELLS_SINCE_GC], 0);
    assert.equal(i32[CARRIER + L.CAR_BUMP], 0, 'runs are retired');
    waitForSweep();
    settleSweep();
    assert.equal(tryRound(1), ROUND_NONE, 'no cycle goes on');
    assert.equal(atomics.load(REQUEST), 0);
    verifyHeap();
  });

  it('the addon leaves a round to JavaScript where limits are in use, a carrier runs, or a phase must be hastened, and to whoever has the world stopped', () => {
    beginMarking();
    waitForPhase(false);
    const limits = i32[L.CTL_LIMITS_USED]!;
    i32[L.CTL_LIMITS_USED] = 1;
    assert.equal(tryRound(1), ROUND_ASKED);
    i32[L.CTL_LIMITS_USED] = limits;
    const [used, other] = [i32[L.CTL_CARRIERS_USED]!, carrierAt(i32[L.CTL_CARRIERS_USED]!) + L.CAR_STATE];
    i32[L.CTL_CARRIERS_USED] = used + 1;
    i32[other] = CARRIER_RUNNING;
    assert.equal(tryRound(1), ROUND_ASKED);
    i32[other] = CARRIER_FREE;
    i32[L.CTL_CARRIERS_USED] = used;
    i32[L.CTL_GC_REQUEST] = used + 1;
    assert.equal(tryRound(1), ROUND_BUSY);
    assert.equal(i32[L.CTL_GC_REQUEST], used + 1);
    i32[L.CTL_GC_REQUEST] = 0;
    i32[L.CTL_MARK_STATE] = MARK_RUNNING;
    assert.equal(tryRound(0), ROUND_ASKED);
    assert.equal(tryRound(1), ROUND_NONE);
    i32[L.CTL_MARK_STATE] = MARK_WAITING;
    markRound(0);
    assert.equal(i32[L.CTL_MARK_STATE], MARK_IDLE);
    verifyHeap();
  });

  it('no cycle begins before the sweep is over (the thread that had not begun to sweep forgot it, and all waited for ever)', () => {
    collectGarbage();
    i32[L.CTL_SWEEPING] = SWEEP_ON;
    addon!.markStart();
    assert.equal(i32[L.CTL_MARK_STATE], MARK_IDLE);
    i32[L.CTL_SWEEPING] = 0;
    startMarking();
    markRound(0);
    waitForSweep();
    settleSweep();
    verifyHeap();
  });

  it('a round counts one pause, whether the addon makes it or JavaScript does', () => {
    beginMarking();
    const before = pauseCount();
    // The phase is at work, or it is not.
    markRound(0);
    assert.equal(pauseCount(), before + 1);
    waitForSweep();
    settleSweep();
    startMarking();
    waitForPhase(false);
    const limits = i32[L.CTL_LIMITS_USED]!;
    i32[L.CTL_LIMITS_USED] = 1;
    markRound(0);
    i32[L.CTL_LIMITS_USED] = limits;
    assert.equal(pauseCount(), before + 3);
    assert.equal(atomics.load(REQUEST), 0);
    verifyHeap();
  });

  it('everything young is old after it', () => {
    const old = tuple(1);
    root(old);
    collectGarbage();
    const young = tuple(1);
    i32[(old >>> 2) + L.TUPLE_ITEMS] = young;
    barrierMissed();
    setItem(young, 0, tuple(1));
    verifyHeap();
  });

  it('waits for a sweep that goes on while more is handed out than may be, lest the next cycle begins too late to go on beside the program', function () {
    // A collection that stops the world waits for its end.
    if (!concurrentMarking) this.skip();
    collectGarbage();
    const due = i32[L.CTL_GC_THRESHOLD_BLOCKS]! * BLOCK_CELLS;
    i32[L.CTL_SWEEPING] = SWEEP_ON;
    i32[L.CTL_CELLS_SINCE_GC] = due * 6;
    const began = performance.now();
    pollCollection();
    const waited = performance.now() - began;
    i32[L.CTL_SWEEPING] = 0;
    i32[L.CTL_CELLS_SINCE_GC] = 0;
    assert.ok(waited > 5, `${waited} ms`);
    assert.equal(i32[L.CTL_MARK_STATE], MARK_IDLE);
  });

  const pausesAndCollections = (gc: string): [number, number] => {
    const code = 'for i in range(30): l = [[k] for k in range(40_000)]';
    const env = { ...process.env, PROTOSPACE_STRESS: '', PROTOSPACE_ALLOCATOR: 'native', PROTOSPACE_GC: gc };
    const { status, stderr } = spawnSync(process.execPath, [cli, '--stats=json', '-c', code], {
      encoding: 'utf8',
      env,
    });
    assert.equal(status, 0, stderr);
    const stats = JSON.parse(stderr.trim().split('\n').at(-1)!) as { pauses: { count: number }[]; collections: number };
    return [stats.pauses.reduce((sum, row) => sum + row.count, 0), stats.collections];
  };

  it('stops the world for several rounds of a collection', () => {
    const [pauses, collections] = pausesAndCollections('');
    assert.ok(collections > 0 && pauses > collections, `${pauses} pauses, ${collections} collections`);
  });

  it('PROTOSPACE_GC=stop stops the world once for each', () => {
    const [pauses, collections] = pausesAndCollections('stop');
    assert.ok(collections > 0 && pauses === collections, `${pauses} pauses, ${collections} collections`);
  });
});
