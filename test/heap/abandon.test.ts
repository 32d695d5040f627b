import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { abandonCarrierOf, abandonCarriers } from '../../lib/heap/abandon.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { CARRIER_FREE, CARRIER_SAFE, carrierAt, RUNS_THREADS } from '../../lib/heap/carrier.js';
import { collectGarbage, verifyHeap } from '../../lib/heap/collect.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { withThread } from './helpers.js';

/** The record of a carrier whose Worker has ended while it waited for a collection. */
function dead(threadId: number): number {
  const index = i32[L.CTL_CARRIERS_USED]!++;
  const c = carrierAt(index);
  i32[c + L.CAR_INDEX] = index;
  i32[c + L.CAR_KIND] = RUNS_THREADS;
  i32[c + L.CAR_OS_THREAD] = threadId + 1;
  i32[c + L.CAR_STATE] = CARRIER_SAFE;
  return c;
}

const state = (c: number): number => i32[c + L.CAR_STATE]!;

describe(`heap/abandon (${allocatorKind})`, () => {
  withThread();

  it('frees all when the last of them died while it collected, and the others waited for it (who cleaned up waited for ever)', () => {
    const waiting = dead(10_001);
    const collecting = dead(10_002);
    i32[L.CTL_GC_REQUEST] = i32[collecting + L.CAR_INDEX]! + 1;
    abandonCarriers();
    assert.deepEqual([state(waiting), state(collecting), i32[L.CTL_GC_REQUEST]], [CARRIER_FREE, CARRIER_FREE, 0]);
    collectGarbage();
    verifyHeap();
  });

  it('one by one, it frees the one that waited after the one that collected', async () => {
    const waiting = dead(10_003);
    const collecting = dead(10_004);
    i32[L.CTL_GC_REQUEST] = i32[collecting + L.CAR_INDEX]! + 1;
    abandonCarrierOf(10_003);
    assert.equal(state(waiting), CARRIER_SAFE);
    abandonCarrierOf(10_004);
    for (let i = 0; i < 200 && state(waiting) !== CARRIER_FREE; i++) await sleep(10);
    assert.deepEqual([state(waiting), state(collecting), i32[L.CTL_GC_REQUEST]], [CARRIER_FREE, CARRIER_FREE, 0]);
  });
});
