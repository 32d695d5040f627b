import assert from 'node:assert/strict';
import { takeRun } from '../../lib/heap/alloc.js';
import { escapeAll } from '../../lib/heap/barrier.js';
import { CARRIER } from '../../lib/heap/carrier.js';
import * as L from '../../lib/heap/layout.generated.js';
import { logChanged } from '../../lib/heap/marking.js';
import { i32 } from '../../lib/heap/memory.js';
import { tuple, withThread } from './helpers.js';

describe('heap/marking', () => {
  withThread();
  const log = (L.LOG_BASE + i32[CARRIER + L.CAR_INDEX]! * L.LOG_BYTES) >>> 2;

  /** Entries that `act` logs while a cycle goes on. */
  function logged(act: () => void): number[] {
    const [marking, top] = [i32[L.CTL_MARKING]!, i32[CARRIER + L.CAR_LOG_TOP]!];
    i32[L.CTL_MARKING] = 5;
    try {
      act();
      return [...i32.subarray(log + top, log + i32[CARRIER + L.CAR_LOG_TOP]!)];
    } finally {
      i32[L.CTL_MARKING] = marking;
      i32[CARRIER + L.CAR_LOG_TOP] = top;
    }
  }

  it('logs an old object whose items moved, to be looked into again', () => {
    takeRun(8192);
    const old = tuple(1);
    escapeAll();
    assert.deepEqual(
      logged(() => logChanged(old)),
      [old | 1],
    );
  });

  it('logs no young one: taken back at a return, it named the middle of another object, and the collector read beyond the space', () => {
    takeRun(8192);
    const young = tuple(1);
    assert.deepEqual(
      logged(() => logChanged(young)),
      [],
    );
  });
});
