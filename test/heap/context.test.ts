import assert from 'node:assert/strict';
import { takeRun } from '../../lib/heap/alloc.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { getCurrentContext, pop, push, root, unlink, unroot } from '../../lib/heap/context.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { readStats } from '../../lib/heap/stats.js';
import { bump, escapeMark, float, setItem, tuple, withThread } from './helpers.js';

describe(`heap/context (${allocatorKind})`, () => {
  withThread();
  beforeEach(() => {
    takeRun(8192);
  });

  it('push links to the caller, pop goes back', () => {
    const caller = getCurrentContext();
    const callee = push(3);
    assert.equal(getCurrentContext(), callee);
    assert.equal(i32[callee + L.F_PREVIOUS], caller);
    assert.equal(pop(0), 0);
    assert.equal(getCurrentContext(), caller);
  });

  it('begins with an empty header, wherever the stack of the caller ended', () => {
    for (let rooted = 0; rooted < 3; rooted++) {
      const slot = root(0);
      for (let i = 0; i < rooted; i++) root(0);
      const at = i32[getCurrentContext() + L.F_SP]!;
      i32.fill(-1, at, at + 40);
      const context = push(2);
      assert.ok(context >= at && context <= at + 1);
      const held = [L.F_CODE, L.F_RETURN_VALUE, L.F_FLAGS, L.F_FUNCTION, L.F_GLOBALS, L.F_ENVIRONMENT, L.F_GENERATOR];
      for (const word of [...held, L.F_HANDLED_SAVED, L.F_FRAME_OBJECT, L.F_LOCALS_DICT, L.F_BUILTINS])
        assert.equal(i32[context + word], 0, String(word));
      pop(0, context);
      assert.equal(i32[getCurrentContext() + L.F_SP], at);
      unroot(slot);
    }
  });

  it('hands the environment down', () => {
    i32[getCurrentContext() + L.F_ENVIRONMENT] = 0x12340;
    assert.equal(i32[push(0) + L.F_ENVIRONMENT], 0x12340);
    pop(0);
    i32[getCurrentContext() + L.F_ENVIRONMENT] = 0;
  });

  it('reclaims what a call allocated, without a collector', () => {
    const before = bump();
    const { bytesReclaimedAtReturn, collections } = readStats();
    push(0);
    for (let i = 0; i < 10; i++) tuple(3);
    pop(0);
    assert.equal(bump(), before);
    assert.equal(readStats().bytesReclaimedAtReturn - bytesReclaimedAtReturn, 640);
    assert.equal(readStats().collections, collections);
  });

  it('promotes a container at the same address and keeps what it holds', () => {
    push(0);
    const inner = tuple(1);
    const outer = tuple(1);
    setItem(outer, 0, inner);
    const end = bump();
    assert.equal(pop(outer), outer);
    assert.equal(bump(), end);
    assert.equal(i32[(outer >>> 2) + L.TUPLE_ITEMS], inner);
  });

  it('promotes a leaf and takes back what follows it', () => {
    push(0);
    const x = float(1.5);
    for (let i = 0; i < 5; i++) tuple(1);
    assert.equal(pop(x), x);
    assert.equal(bump(), (x & -8) + 8);
  });

  it('keeps what was stored in an older object of the run: its owner adopts it', () => {
    const self = tuple(1);
    push(0);
    setItem(self, 0, tuple(2));
    const kept = bump();
    tuple(7);
    pop(0);
    assert.equal(bump(), kept);
    assert.ok(escapeMark() < kept, 'adoption moves no escape mark');
  });

  it('keeps what was stored in an old object for ever', () => {
    const old = tuple(1);
    takeRun(1024);
    push(0);
    setItem(old, 0, tuple(1));
    assert.equal(escapeMark(), bump());
    const kept = bump();
    tuple(1);
    pop(0);
    assert.equal(bump(), kept);
  });

  it('a run taken in the middle of a call makes all older cells old', () => {
    push(0);
    tuple(1);
    takeRun(4096);
    const start = bump();
    tuple(1);
    pop(0);
    assert.equal(bump(), start);
  });

  it('unlink, as an exception does, keeps the region', () => {
    push(0);
    tuple(1);
    const end = bump();
    unlink(getCurrentContext());
    assert.equal(bump(), end);
  });

  it('goes on in another segment when a stack is deep, and comes back', () => {
    const depth = 5000;
    const base = getCurrentContext();
    for (let i = 0; i < depth; i++) {
      push(8);
      root(i * 2 + 1);
    }
    for (let i = depth - 1; i >= 0; i--) {
      assert.equal(i32[getCurrentContext() + L.F_LOCALS], i * 2 + 1);
      pop(0);
    }
    assert.equal(getCurrentContext(), base);
  });

  it('root and unroot', () => {
    const context = push(0);
    const slot = root(15);
    assert.equal(i32[slot], 15);
    assert.equal(i32[context + L.F_SP], slot + 1);
    unroot(slot);
    assert.equal(i32[context + L.F_SP], slot);
    pop(0);
  });
});
