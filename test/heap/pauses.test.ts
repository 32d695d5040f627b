import assert from 'node:assert/strict';
import { addon } from '../../lib/heap/addon.js';
import { collectGarbage } from '../../lib/heap/collect.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { countPause, pauseQuantile, STOPS, timePause } from '../../lib/heap/pauses.js';
import { withThread } from './helpers.js';

const FIRST = L.PAUSES_BASE >>> 2;

describe('heap/pauses', () => {
  withThread();
  const clear = (): void => {
    for (const first of [FIRST, STOPS.first]) i32.fill(0, first, first + L.PAUSE_BUCKETS);
    i32[L.CTL_PAUSE_MAX_US] = 0;
  };

  it('lies behind the words of the control block and before the roots', () => {
    const last = Math.max(...Object.entries(L).map(([name, n]) => (name.startsWith('CTL_') ? Number(n) : 0)));
    assert.ok(last < FIRST);
    assert.ok(FIRST + L.PAUSE_BUCKETS <= STOPS.first);
    assert.ok((STOPS.first + L.PAUSE_BUCKETS) * 4 < L.ROOTS_BASE - 4, 'the last word is the fence');
  });

  it('counts every collection', () => {
    clear();
    for (let i = 0; i < 3; i++) collectGarbage();
    assert.equal(
      i32.slice(FIRST, FIRST + L.PAUSE_BUCKETS).reduce((a, b) => a + b, 0),
      3,
    );
    assert.ok(pauseQuantile(0.5) > 0 && pauseQuantile(0.5) <= i32[L.CTL_PAUSE_MAX_US]!);
  });

  it('tells the CPU time of the thread that stops the others from the time that passes', function () {
    if (addon === undefined) return this.skip();
    clear();
    const end = timePause();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
    end();
    assert.ok(pauseQuantile(1) >= 25_000 && pauseQuantile(1, STOPS) < 20_000);
    clear();
    for (let us = 1; us <= 1000; us++) countPause(us * 100, us);
    const found = pauseQuantile(0.99, STOPS);
    assert.ok(found >= 989 && found <= 990 * 1.1, String(found));
    clear();
  });

  it('says what a share of the pauses did not exceed, up to a fifth too much', () => {
    clear();
    assert.equal(pauseQuantile(0.99), 0);
    for (let us = 1; us <= 1000; us++) countPause(us);
    for (const q of [0.5, 0.9, 0.99]) {
      const found = pauseQuantile(q);
      assert.ok(found >= q * 1000 - 1 && found <= q * 1000 * 1.2, `${q}: ${found}`);
    }
    assert.equal(pauseQuantile(1), 1000);
    countPause(0);
    countPause(2 ** 40);
    clear();
  });
});
