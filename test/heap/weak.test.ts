import assert from 'node:assert/strict';
import { newOldObject } from '../../lib/heap/alloc.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { CARRIER, POLL_CALLBACKS } from '../../lib/heap/carrier.js';
import { collectGarbage, verifyHeap } from '../../lib/heap/collect.js';
import { pop, push, root } from '../../lib/heap/context.js';
import * as H from '../../lib/heap/handles.js';
import * as L from '../../lib/heap/layout.generated.js';
import { markAddress } from '../../lib/heap/mark.js';
import { i32, u8 } from '../../lib/heap/memory.js';
import {
  callbacksPending,
  clearReferences,
  FINALIZER,
  findWeak,
  linkWeak,
  takePending,
  weakReferent,
} from '../../lib/heap/weak.js';
import { bump, escapeMark, tuple, withThread } from './helpers.js';

const referent = (ref: number): number => i32[(ref >>> 2) + L.WEAKREF_REFERENT]!;

/** A reference, rooted, with any value as its callback (0: none). */
function weak(to: number, callback = 0, rooted = true): number {
  const ref = newOldObject(L.KIND_WEAKREF, 64, 0);
  i32[(ref >>> 2) + L.WEAKREF_CALLBACK] = callback;
  linkWeak(ref, to);
  if (rooted) root(ref);
  return ref;
}

describe(`heap/weak (${allocatorKind})`, () => {
  withThread();
  afterEach(() => void takePending(() => true));

  it('keeps a reference to what something else keeps', () => {
    const o = tuple(1);
    root(o);
    const ref = weak(o);
    collectGarbage();
    assert.equal(referent(ref), o);
    assert.equal(
      findWeak(o, () => true),
      ref,
    );
    verifyHeap();
  });

  it('shows nothing of what was finalized, and knows it still: what came back calls back when it dies', () => {
    const o = tuple(1);
    const slot = root(o);
    const ref = weak(o, H.TRUE);
    clearReferences(o);
    assert.equal(weakReferent(ref), 0);
    assert.equal(
      findWeak(o, () => true),
      0,
    );
    const again = weak(o, 0, false);
    assert.equal(weakReferent(again), o);
    collectGarbage();
    assert.equal(referent(ref), o);
    assert.equal(callbacksPending(), false);
    i32[slot] = 0;
    collectGarbage();
    assert.equal(referent(ref), 0);
    assert.deepEqual(
      takePending(() => true),
      [ref],
    );
    verifyHeap();
  });

  it('clears a reference to what only it refers to', () => {
    const ref = weak(tuple(1));
    collectGarbage();
    assert.equal(referent(ref), 0);
    assert.equal(callbacksPending(), false);
    verifyHeap();
  });

  it('counts taking a reference as a store into an old object: the context returns nothing of it', () => {
    push(0);
    const o = tuple(1);
    const ref = newOldObject(L.KIND_WEAKREF, 64, 0);
    linkWeak(ref, o);
    assert.equal(escapeMark(), bump());
    pop(0);
    root(ref);
    assert.notEqual(bump(), o);
    verifyHeap();
    collectGarbage();
    assert.equal(referent(ref), 0);
  });

  it('queues callbacks, newest first, and says so in the poll word', () => {
    const o = tuple(1);
    const [first, second] = [weak(o, 6), weak(o, 6)];
    weak(o);
    collectGarbage();
    assert.equal(callbacksPending(), true);
    assert.notEqual(i32[CARRIER + L.CAR_POLL]! & POLL_CALLBACKS, 0);
    assert.deepEqual(
      takePending((ref) => ref === first),
      [first],
    );
    assert.deepEqual(
      takePending(() => true),
      [second],
    );
    assert.equal(callbacksPending(), false);
  });

  it('keeps a queued reference alive until it is taken, and forgets one that died with its referent', () => {
    const slot = root(0);
    const ref = weak(tuple(1), 6);
    weak(tuple(1), 6, false);
    collectGarbage();
    i32[i32[CARRIER + L.CAR_CONTEXT]! + L.F_SP] = slot;
    collectGarbage();
    verifyHeap();
    assert.deepEqual(
      takePending(() => true),
      [ref],
    );
  });

  it('keeps the dead of finalizers that something refers to (what they were about to finalize was swept)', () => {
    const finalizer = (o: number): number => {
      const ref = newOldObject(L.KIND_WEAKREF, 64, 0);
      i32[ref >>> 2] = i32[ref >>> 2]! | FINALIZER;
      linkWeak(ref, o);
      return ref;
    };
    const dead = [tuple(1), tuple(1), tuple(1)];
    const refs = dead.map(finalizer);
    for (const ref of refs) root(ref);
    collectGarbage();
    verifyHeap();
    assert.deepEqual(
      refs.map((ref) => i32[(ref >>> 2) + L.WEAKREF_CALLBACK]),
      dead,
    );
    for (const o of dead) assert.notEqual(u8[markAddress(o)], 0);
  });

  it('unlinks the dead from a chain and leaves the rest', () => {
    const keep = tuple(1);
    root(keep);
    const kept = Array.from({ length: 50 }, () => weak(keep));
    for (let i = 0; i < 200; i++) weak(i % 2 === 0 ? keep : tuple(1), 0, false);
    collectGarbage();
    const found: number[] = [];
    findWeak(keep, (ref) => found.push(ref) < 0);
    assert.deepEqual(found.reverse(), kept);
    verifyHeap();
  });

  it('does not keep cycles that know themselves through references', () => {
    const a = tuple(2);
    const ref = weak(a);
    i32[(a >>> 2) + L.TUPLE_ITEMS] = ref;
    collectGarbage();
    assert.equal(referent(ref), 0);
  });
});
