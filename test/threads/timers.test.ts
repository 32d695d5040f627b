import assert from 'node:assert/strict';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { createThread, releaseThread } from '../../lib/heap/threads.js';
import { addTimer, cancelTimer, nextDeadline, takeExpired } from '../../lib/threads/timers.js';
import { generator } from '../model/random.js';

describe('threads/timers', () => {
  it('gives the deadlines in order, those cancelled left out', () => {
    const next = generator(7);
    const records = Array.from({ length: 200 }, () => createThread(0));
    const deadlines = new Map<number, number>();
    for (const t of records) {
      const deadline = next(1000);
      const first = Math.min(...deadlines.values());
      assert.equal(addTimer(t, deadline), deadline < first);
      deadlines.set(t, deadline);
    }
    for (const t of records.filter((_, i) => i % 3 === 0)) {
      cancelTimer(t);
      deadlines.delete(t);
      assert.equal(i32[t + L.THR_TIMER_INDEX], 0);
      cancelTimer(t);
    }
    const wanted = [...deadlines.values()].sort((a, b) => a - b);
    assert.equal(nextDeadline(), wanted[0]);
    const got: number[] = [];
    for (let e = takeExpired(500); e !== undefined; e = takeExpired(500)) got.push(deadlines.get(e.thread)!);
    assert.deepEqual(
      got,
      wanted.filter((d) => d <= 500),
    );
    for (let e = takeExpired(Infinity); e !== undefined; e = takeExpired(Infinity)) got.push(deadlines.get(e.thread)!);
    assert.deepEqual(got, wanted);
    assert.equal(nextDeadline(), Infinity);
    for (const t of records) releaseThread(t);
  });
});
