import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as L from '../../lib/heap/layout.generated.js';
import { atomics } from '../../lib/heap/memory.js';
import { pushBottom, stealTop, takeBottom } from '../../lib/threads/deque.js';
import { inject, takeInjected } from '../../lib/threads/inject.js';

/** A deque of a carrier that no isolate of the tests claims. */
const CARRIER = L.CARRIERS_MAX - 1;
const STOP = (L.ROOTS_BASE >>> 2) + L.ROOTS_COUNT - 1;
/** Of each thread: what all add together fits into the inject queue. */
const ITEMS = 7000;

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

async function takers(n: number, data: object): Promise<Worker[]> {
  atomics.store(STOP << 2, 0);
  const workers = Array.from(
    { length: n },
    (_, i) =>
      new Worker(new URL('./fixtures/taker.js', import.meta.url), {
        workerData: { carrier: -1, stop: STOP, items: 0, from: 1 + i * ITEMS, ...data },
      }),
  );
  await Promise.all(workers.map((w) => once(w, 'message')));
  return workers;
}

/** Lets the takers end; what they got. */
async function stop(workers: Worker[]): Promise<number[]> {
  const results = workers.map((w) => once(w, 'message') as Promise<[number[]]>);
  atomics.store(STOP << 2, 1);
  const got = (await Promise.all(results)).flatMap(([items]) => items);
  await Promise.all(workers.map((w) => w.terminate()));
  atomics.store(STOP << 2, 0);
  return got;
}

describe('threads/deque', () => {
  it('gives the owner what it pushed last, thieves what it pushed first', () => {
    for (const item of [1, 2, 3, 4]) assert.ok(pushBottom(CARRIER, item));
    assert.equal(takeBottom(CARRIER), 4);
    assert.equal(stealTop(CARRIER), 1);
    assert.equal(takeBottom(CARRIER), 3);
    assert.equal(takeBottom(CARRIER), 2);
    assert.equal(takeBottom(CARRIER), 0);
    assert.equal(stealTop(CARRIER), 0);
  });

  it('refuses what does not fit, and takes again once there is room', () => {
    for (let i = 1; i <= L.STEAL_ENTRIES; i++) assert.ok(pushBottom(CARRIER, i));
    assert.equal(pushBottom(CARRIER, 9999), false);
    assert.equal(stealTop(CARRIER), 1);
    assert.ok(pushBottom(CARRIER, 9999));
    const got = range(0, L.STEAL_ENTRIES).map(() => takeBottom(CARRIER));
    assert.deepEqual(got, [9999, ...range(2, L.STEAL_ENTRIES + 1).reverse()]);
  });

  it('gives every item once to an owner and two Workers that steal', async () => {
    const workers = await takers(2, { carrier: CARRIER });
    const got: number[] = [];
    for (let i = 1; i <= ITEMS; ) {
      if (pushBottom(CARRIER, i)) i++;
      if (i % 3 === 0) got.push(takeBottom(CARRIER));
    }
    const stolen = await stop(workers);
    const all = [...got.filter((item) => item !== 0), ...stolen].sort((a, b) => a - b);
    assert.deepEqual(all, range(1, ITEMS + 1));
    assert.equal(takeBottom(CARRIER), 0);
  });
});

describe('threads/inject', () => {
  it('is first in, first out', () => {
    for (const item of [5, 6, 7]) inject(item);
    assert.deepEqual([takeInjected(), takeInjected(), takeInjected(), takeInjected()], [5, 6, 7, 0]);
  });

  it('gives every item once, whoever adds and takes, and uses its nodes again', async () => {
    for (let i = 0; i < 50_000; i++) {
      inject(i + 1);
      assert.equal(takeInjected(), i + 1);
    }
    const workers = await takers(2, { items: ITEMS });
    const got: number[] = [];
    for (let i = 0; i < ITEMS; i++) {
      const item = takeInjected();
      if (item !== 0) got.push(item);
    }
    const rest = await stop(workers);
    assert.deepEqual(
      [...got, ...rest].sort((a, b) => a - b),
      range(1, 2 * ITEMS + 1),
    );
  });
});
