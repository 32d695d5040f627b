import assert from 'node:assert/strict';
import { allocatorKind } from '../../lib/heap/allocator.js';
import * as L from '../../lib/heap/layout.generated.js';
import { atomics } from '../../lib/heap/memory.js';
import { isLocked, releaseLock, tryLock } from '../../lib/threads/lock.js';
import { newObject } from '../../lib/heap/alloc.js';
import { withThread } from '../heap/helpers.js';

/** LOCK_STATE of a lock that is free while threads are in its queue. */
const PARKED = 2;

describe(`threads/lock (${allocatorKind})`, () => {
  withThread();
  const make = (): number => newObject(L.KIND_LOCK, L.CELL_BYTES, 0);
  const stateOf = (lock: number): number => (lock >>> 0) + L.LOCK_STATE * 4;

  /** Runs `body`; another thread acts just before the compare-and-swap of that number. */
  function interleaved<T>(number: number, other: () => void, body: () => T): T {
    const { cas } = atomics;
    let n = 0;
    atomics.cas = (...args) => {
      if (++n === number) other();
      return cas(...args);
    };
    try {
      return body();
    } finally {
      atomics.cas = cas;
    }
  }

  it('is taken once until it is left', () => {
    const lock = make();
    assert.ok(tryLock(lock));
    assert.ok(!tryLock(lock));
    assert.ok(releaseLock(lock));
    assert.ok(!releaseLock(lock));
    assert.ok(tryLock(lock));
  });

  it('whoever saw waiting threads, and then the lock free without them, held it without having taken it', () => {
    const lock = make();
    atomics.store(stateOf(lock), PARKED);
    const other = (): void => atomics.store(stateOf(lock), 0);
    assert.ok(interleaved(2, other, () => tryLock(lock)));
    assert.ok(isLocked(lock));
    assert.ok(releaseLock(lock));
  });

  it('is not taken when another thread was faster', () => {
    const lock = make();
    atomics.store(stateOf(lock), PARKED);
    const other = (): void => void atomics.store(stateOf(lock), PARKED | 1);
    assert.ok(!interleaved(2, other, () => tryLock(lock)));
  });
});
