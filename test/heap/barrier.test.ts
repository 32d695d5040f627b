import assert from 'node:assert/strict';
import { takeRun } from '../../lib/heap/alloc.js';
import { barrier, escapeAll, isYoung } from '../../lib/heap/barrier.js';
import { getCurrentContext, pop, push } from '../../lib/heap/context.js';
import { char, NONE, small } from '../../lib/heap/handles.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { bump, escapeMark, float, tuple, withThread } from './helpers.js';

describe('heap/barrier', () => {
  withThread();
  beforeEach(() => {
    takeRun(8192);
  });

  it('young is what lies in the run above the escape mark', () => {
    const a = tuple(1);
    assert.equal(isYoung(a), true);
    escapeAll();
    assert.equal(isYoung(a), false);
    assert.equal(isYoung(tuple(1)), true);
    takeRun(64);
    assert.equal(isYoung(a), false);
  });

  it('small ints and immediates move nothing', () => {
    const old = tuple(1);
    escapeAll();
    const mark = escapeMark();
    tuple(1);
    for (const value of [small(5), small(-1), NONE, char(65), 0]) barrier(old, value);
    assert.equal(escapeMark(), mark);
  });

  it('a float stored in an old object escapes as any value does', () => {
    const old = tuple(1);
    escapeAll();
    barrier(old, float(2.5));
    assert.equal(escapeMark(), bump());
  });

  it('an old value stored in a young object moves nothing', () => {
    const old = tuple(1);
    escapeAll();
    const mark = escapeMark();
    barrier(tuple(1), old);
    assert.equal(escapeMark(), mark);
  });

  it('a store within one context moves no mark', () => {
    const context = push(0);
    const [mark, entry] = [escapeMark(), i32[context + L.F_ENTRY]];
    barrier(tuple(1), tuple(1));
    assert.equal(escapeMark(), mark);
    assert.equal(i32[context + L.F_ENTRY], entry);
    pop(0);
  });

  it('a store in the object of a caller two calls up moves both entry marks', () => {
    const self = tuple(1);
    const callers = [push(0), push(0)];
    barrier(self, tuple(1));
    assert.deepEqual(
      callers.map((c) => i32[c + L.F_ENTRY]),
      [bump(), bump()],
    );
    pop(0);
    pop(0);
  });

  it('a caller that owns neither is not touched', () => {
    push(0);
    const middle = getCurrentContext();
    const entry = i32[middle + L.F_ENTRY];
    const object = tuple(1);
    const inner = push(0);
    barrier(object, tuple(1));
    assert.equal(i32[middle + L.F_ENTRY], entry);
    assert.equal(i32[inner + L.F_ENTRY], bump());
    pop(0);
    pop(0);
  });
});
