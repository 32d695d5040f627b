import assert from 'node:assert/strict';
import { newObject, newOldObject } from '../../lib/heap/alloc.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { barrier, escapeAll } from '../../lib/heap/barrier.js';
import { CARRIER } from '../../lib/heap/carrier.js';
import { collectGarbage } from '../../lib/heap/collect.js';
import { CTX_FINALIZE, getCurrentContext, pop, push, root, unlink } from '../../lib/heap/context.js';
import { LOOKED_MOST } from '../../lib/heap/death-order.js';
import { addFinalizable, takeDead, takeUnreachable } from '../../lib/heap/finalizable.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { isWatching, referentOf } from '../../lib/heap/pending.js';
import { takePending } from '../../lib/heap/weak.js';
import { setItem, tuple, withThread } from './helpers.js';

const TYPE = L.TYPES_BASE;

function finalizable(): number {
  const o = tuple(2);
  addFinalizable(o, TYPE, getCurrentContext());
  return o;
}

function dies(value = 0): number[] {
  const context = getCurrentContext();
  i32[context + L.F_RETURN_VALUE] = value;
  return takeDead(context, context + L.F_RETURN_VALUE).map(referentOf);
}

const old = (): number => {
  const h = newOldObject(L.KIND_TUPLE, 64, 0);
  i32[(h >>> 2) + L.TUPLE_LENGTH] = 2;
  return h;
};

describe(`heap/finalizable (${allocatorKind})`, () => {
  // Before the thread is taken off.
  afterEach(() => {
    while (i32[getCurrentContext() + L.F_PREVIOUS] !== 0) unlink(getCurrentContext());
    collectGarbage();
    takePending(() => true);
  });
  withThread();
  beforeEach(() => push(0));

  it('stores are watched while an object is undecided, and no longer', () => {
    assert.equal(isWatching(), false);
    push(0);
    const o = finalizable();
    assert.equal(isWatching(), true);
    assert.deepEqual(dies(), [o]);
    assert.equal(isWatching(), false);
  });

  it('what is returned is for the caller to decide', () => {
    const outer = getCurrentContext();
    push(0);
    const o = finalizable();
    const holder = newObject(L.KIND_TUPLE, 64, 0);
    i32[(holder >>> 2) + L.TUPLE_LENGTH] = 1;
    i32[(holder >>> 2) + L.TUPLE_ITEMS] = o;
    assert.deepEqual(dies(holder), []);
    pop(holder);
    assert.notEqual(i32[outer + L.F_FLAGS]! & CTX_FINALIZE, 0);
    assert.deepEqual(dies(), [o]);
  });

  it('a store into an old object leaves it to the collector', () => {
    const global = root(old());
    push(0);
    const o = finalizable();
    setItem(i32[global]!, 0, o);
    assert.notEqual(i32[o >>> 2]! & L.FLAG_STORED, 0);
    assert.deepEqual(dies(), []);
    pop(0);
    setItem(i32[global]!, 0, 1);
    collectGarbage();
    assert.deepEqual(
      takePending(() => true).map((ref) => i32[(ref >>> 2) + L.WEAKREF_CALLBACK]),
      [o],
    );
  });

  it('an object made outside and stored for good takes what it was made with', () => {
    const global = root(old());
    push(0);
    const o = finalizable();
    const holder = newObject(L.KIND_TUPLE, 64, 0);
    i32[(holder >>> 2) + L.TUPLE_LENGTH] = 1;
    i32[(holder >>> 2) + L.TUPLE_ITEMS] = o;
    setItem(i32[global]!, 0, holder);
    assert.deepEqual(dies(), []);
  });

  it('dies at the return of its maker though the region went old', () => {
    const global = root(old());
    push(0);
    const o = finalizable();
    setItem(i32[global]!, 0, tuple(1));
    assert.deepEqual(dies(), [o]);
  });

  it('what leads to more than is looked at is left to the next context', () => {
    const outer = getCurrentContext();
    push(0);
    const o = finalizable();
    let chain = 1;
    for (let i = 0; i <= LOOKED_MOST; i++) {
      const link = newObject(L.KIND_TUPLE, 64, 0);
      i32[(link >>> 2) + L.TUPLE_LENGTH] = 1;
      i32[(link >>> 2) + L.TUPLE_ITEMS] = chain;
      chain = link;
    }
    root(chain);
    assert.deepEqual(takeUnreachable(), []);
    assert.deepEqual(dies(chain), []);
    pop(0);
    assert.notEqual(i32[outer + L.F_FLAGS]! & CTX_FINALIZE, 0);
    assert.deepEqual(dies(), [o]);
  });

  it('everything may be found after escapeAll', () => {
    push(0);
    const o = finalizable();
    escapeAll();
    assert.notEqual(i32[o >>> 2]! & L.FLAG_STORED, 0);
    assert.deepEqual(dies(), []);
  });

  it('a collection takes it out of the list', () => {
    push(0);
    const o = finalizable();
    collectGarbage();
    assert.deepEqual(
      takePending(() => true).map((ref) => i32[(ref >>> 2) + L.WEAKREF_CALLBACK]),
      [o],
    );
    assert.deepEqual(dies(), []);
    assert.deepEqual([finalizable()], dies());
  });

  it('a safepoint finds it dead in a loop of one frame', () => {
    const o = finalizable();
    const slot = root(o);
    assert.deepEqual(takeUnreachable(), []);
    i32[slot] = 0;
    assert.deepEqual(takeUnreachable().map(referentOf), [o]);
  });

  it('leaving by an exception leaves it to the context below', () => {
    push(0);
    const o = finalizable();
    unlink(getCurrentContext());
    assert.deepEqual(dies(), [o]);
  });

  it('more than 256 are left to the collector', () => {
    push(0);
    for (let i = 0; i < 300; i++) finalizable();
    assert.equal(dies().length, 256);
  });

  it('stores of ordinary values go the short way when nothing is undecided', () => {
    const o = tuple(2);
    barrier(o, tuple(1));
    assert.equal(i32[o >>> 2]! & L.FLAG_REACHED, 0);
    assert.notEqual(i32[CARRIER + L.CAR_BARRIER_SPAN], -1);
  });
});
