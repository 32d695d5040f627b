import assert from 'node:assert/strict';
import { ContextScope, getCurrentContext, MemoryManager, ProtoSpace } from '../../lib/api/index.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { stressCollect } from '../../lib/heap/stress.js';
import { runFixture, usingHost } from './helpers.js';
import { plain } from '../stress.js';

describe(`api/context-scope (${allocatorKind})`, () => {
  usingHost();
  const space = ProtoSpace.process();

  it('makes values of every kind and reads them back', () => {
    using scope = ContextScope.enter(space.currentThread);
    const values = [
      0,
      -1,
      2 ** 30,
      2 ** 52,
      1.5,
      'é',
      'a longer text',
      '𝄞 music',
      true,
      null,
      2n ** 200n,
      -(2n ** 64n),
    ];
    for (const value of values) assert.equal(scope.from(value).toJS(), value);
    assert.deepEqual(scope.list(values).toJS(), values);
    assert.deepEqual(scope.tuple([1, [2, [3]]]).toJS(), [1, [2, [3]]]);
    assert.deepEqual(scope.dict({ a: 1, b: [2] }).toJS(), { a: 1, b: [2] });
    assert.deepEqual(
      scope
        .dict([
          [1, 'x'],
          ['1', 'y'],
        ])
        .toJS(),
      new Map<unknown, unknown>([
        [1, 'x'],
        ['1', 'y'],
      ]),
    );
    assert.deepEqual(scope.set([1, 2, 2]).toJS(), new Set([1, 2]));
    assert.deepEqual(scope.bytes(Buffer.from('bytes')).toJS(), new Uint8Array(Buffer.from('bytes')));
  });

  it('tells int and float apart', () => {
    using scope = ContextScope.enter();
    assert.deepEqual(
      [scope.int(3), scope.float(3), scope.from(3), scope.from(-0), scope.from(1e300)].map((o) => o.type),
      ['int', 'float', 'int', 'float', 'float'],
    );
    assert.throws(() => scope.int(1.5), { name: 'TypeError', code: 'ERR_PROTOSPACE_VALUE' });
  });

  it('what it made is taken back when it is left, without a collector', function () {
    MemoryManager.collect();
    using outer = ContextScope.enter();
    outer.list([1]);
    const before = space.stats();
    for (let i = 0; i < 2000; i++) {
      using scope = ContextScope.enter();
      for (let k = 0; k < 20; k++) scope.tuple([k, `item ${k}`]);
    }
    const after = space.stats();
    assert.equal(after.collections, before.collections);
    assert.ok(after.bytesReclaimedAtReturn - before.bytesReclaimedAtReturn >= 2000 * 20 * 64);
    assert.ok(after.cellsAllocated - before.cellsAllocated < 4096, 'the same cells are used again and again');
  });

  it('roots every handle it gives out, any number of them', () => {
    using scope = ContextScope.enter();
    const objects = Array.from({ length: stressCollect ? 300 : 6000 }, (_, i) => scope.str(`text number ${i}`));
    MemoryManager.collect();
    scope.list(['new', 'things', 'over', 'the', 'old']);
    objects.forEach((o, i) => assert.equal(o.toJS(), `text number ${i}`));
    space.verify();
  });

  it('nests: an inner scope may use what the outer has, and store into it', () => {
    using outer = ContextScope.enter();
    const list = outer.list();
    {
      using inner = ContextScope.enter();
      list.add(inner.tuple([1, 2])).add('text of the inner scope');
    }
    MemoryManager.collect();
    assert.deepEqual(list.toJS(), [[1, 2], 'text of the inner scope']);
    space.verify();
  });

  it('works with try and finally, and leaving twice does nothing', () => {
    const scope = ContextScope.enter();
    try {
      assert.equal(scope.str('a text').toJS(), 'a text');
    } finally {
      scope.leave();
    }
    scope.leave();
    assert.equal(scope.isOpen, false);
  });

  it('run enters, gives the scope, leaves', () => {
    const { depth } = getCurrentContext();
    assert.equal(
      ContextScope.run((scope) => scope.list([1, 2]).length + getCurrentContext().depth),
      2 + depth + 1,
    );
    assert.throws(() => ContextScope.run(() => assert.fail('mine')), /mine/);
    assert.equal(getCurrentContext().depth, depth);
  });

  it('is left when the block throws', () => {
    const { depth } = getCurrentContext();
    assert.throws(() => {
      using scope = ContextScope.enter();
      scope.list([1, 2]);
      throw new Error('mine');
    }, /mine/);
    assert.equal(getCurrentContext().depth, depth);
  });

  it('objects of a scope that was left are errors with a code', () => {
    const scope = ContextScope.enter();
    const object = scope.list([1]);
    scope.leave();
    assert.throws(() => object.toJS(), { code: 'ERR_PROTOSPACE_SCOPE_LEFT' });
    assert.throws(() => object.handle, { code: 'ERR_PROTOSPACE_SCOPE_LEFT' });
    assert.throws(() => scope.int(1), { code: 'ERR_PROTOSPACE_SCOPE_LEFT' });
  });

  it('leaving out of order is an error with a code, and so is making values in an outer scope', () => {
    const outer = ContextScope.enter();
    const inner = ContextScope.enter();
    assert.throws(() => outer.leave(), { code: 'ERR_PROTOSPACE_SCOPE_ORDER' });
    assert.throws(() => outer.str('a text'), { code: 'ERR_PROTOSPACE_SCOPE_ORDER' });
    inner.leave();
    assert.equal(outer.str('a text').toJS(), 'a text');
    outer.leave();
  });

  it('a scope belongs to the thread that runs', () => {
    const other = space.threads.find((t) => !t.isCurrent);
    if (other !== undefined) assert.throws(() => ContextScope.enter(other), { code: 'ERR_PROTOSPACE_THREAD' });
    ContextScope.enter(space.currentThread).leave();
  });

  it('open when the turn ends: closed, an uncaught error with a code, and the scope says so when it is used', () => {
    const { status, stdout, stderr } = runFixture('open-scope');
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      uncaught: 'ERR_PROTOSPACE_SCOPE_OPEN',
      used: 'ERR_PROTOSPACE_SCOPE_OPEN',
      left: 'ERR_PROTOSPACE_SCOPE_OPEN',
      depth: 0,
    });
  });

  it('a value of JavaScript without counterpart is a TypeError with a code', () => {
    using scope = ContextScope.enter();
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    for (const bad of [() => 1, Symbol('s'), new Date(), cyclic, new Float64Array(2)])
      assert.throws(() => scope.from(bad), { name: 'TypeError', code: 'ERR_PROTOSPACE_VALUE' });
  });

  it('memory that is full is an error with a code in the thread that asked; the space works on', () => {
    const { status, stdout, stderr } = runFixture('fill', [], {
      PROTOSPACE_HEAP: '16m',
      ...plain('api/context-scope memory that is full'),
    });
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      large: 'ERR_PROTOSPACE_HEAP_EXHAUSTED',
      many: 'ERR_PROTOSPACE_HEAP_EXHAUSTED',
      after: [1, 2],
    });
  });
});
