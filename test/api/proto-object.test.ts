import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ContextScope, MemoryManager, type ProtoObject, ProtoSpace } from '../../lib/api/index.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { stressCollect } from '../../lib/heap/stress.js';
import { usingHost } from './helpers.js';

describe(`api/proto-object (${allocatorKind})`, () => {
  usingHost();
  const space = ProtoSpace.process();

  const rooted = (value: unknown): ProtoObject => {
    using scope = ContextScope.enter();
    return scope.from(value).root();
  };

  it('a rooted object survives await and collections, at the same address', async () => {
    using object = rooted(['kept', { deep: [1.5, 'text'] }]);
    const { handle } = object;
    await setImmediate();
    MemoryManager.collect();
    await setImmediate();
    assert.equal(object.handle, handle);
    assert.deepEqual(object.toJS(), ['kept', { deep: [1.5, 'text'] }]);
    space.verify();
  });

  it('is gone after disposal: a TypeError with a code', () => {
    const before = space.rootCount;
    const object = rooted([1]);
    assert.equal(space.rootCount, before + 1);
    object.dispose();
    object.dispose();
    assert.equal(space.rootCount, before);
    assert.throws(() => object.toJS(), { name: 'TypeError', code: 'ERR_PROTOSPACE_DISPOSED' });
    assert.equal(inspect(object), 'ProtoObject (gone)');
  });

  it('is dropped when JavaScript forgets it', async function () {
    this.timeout(30_000);
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const before = space.rootCount;
    for (let i = 0; i < 100; i++) rooted([i]);
    for (let i = 0; i < 50 && space.rootCount > before; i++) {
      gc();
      await setImmediate();
    }
    assert.ok(space.rootCount <= before, `${space.rootCount - before} are left`);
  });

  it('many rooted objects keep their values', () => {
    const count = stressCollect ? 20 : 500;
    const objects = Array.from({ length: count }, (_, i) => rooted([`number ${i}`]));
    for (let i = 0; i < count; i += 2) objects[i]!.dispose();
    const more = Array.from({ length: count }, (_, i) => rooted([`more ${i}`]));
    MemoryManager.collect();
    for (let i = 1; i < count; i += 2) assert.deepEqual(objects[i]!.toJS(), [`number ${i}`]);
    more.forEach((o, i) => assert.deepEqual(o.toJS(), [`more ${i}`]));
    for (const o of [...objects, ...more]) o.dispose();
  });

  it('what is read without a scope is rooted, in a scope it belongs to the scope', () => {
    using object = rooted([['inner']]);
    using item = object.at(0)!;
    assert.equal(item.isRooted, true);
    using _scope = ContextScope.enter();
    assert.equal(object.at(0)!.isRooted, false);
    assert.ok(object.at(0)!.is(item));
  });

  it('lists: at, set, add, length, iteration', () => {
    using scope = ContextScope.enter();
    const list = scope.list([1, 'two']);
    list.add(3.5).set(0, [4]);
    assert.equal(list.length, 3);
    assert.deepEqual(
      [0, 1, -1].map((i) => list.at(i)!.toJS()),
      [[4], 'two', 3.5],
    );
    assert.equal(list.at(3), undefined);
    assert.equal(list.at(-4), undefined);
    assert.deepEqual(
      Array.from(list, (o) => o.toJS()),
      [[4], 'two', 3.5],
    );
    assert.throws(() => list.set(9, 1), { code: 'ERR_PROTOSPACE_INDEX' });
    assert.throws(() => list.at(0.5), { name: 'TypeError', code: 'ERR_PROTOSPACE_INDEX' });
  });

  it('dicts: get, set, has, delete, entries; keys are compared as in Python', () => {
    using scope = ContextScope.enter();
    const dict = scope.dict({ a: 1 });
    dict
      .set(1, 'one')
      .set(scope.tuple([1, 'x']), 'pair')
      .set(2.5, 'float');
    assert.equal(dict.get(1.0)!.toJS(), 'one');
    assert.equal(dict.get(true)!.toJS(), 'one');
    assert.equal(dict.get(scope.tuple([1, 'x']))!.toJS(), 'pair');
    assert.equal(dict.get('missing'), undefined);
    assert.equal(dict.has('a'), true);
    assert.equal(dict.delete('a'), true);
    assert.equal(dict.delete('a'), false);
    assert.deepEqual(
      dict.entries().map(([k, v]) => [k.toJS(), v.toJS()]),
      [
        [1, 'one'],
        [[1, 'x'], 'pair'],
        [2.5, 'float'],
      ],
    );
    assert.throws(() => dict.set([1], 2), { code: 'ERR_PROTOSPACE_OPERATION', message: /unhashable type: 'list'/ });
  });

  it('sets: add, has, delete', () => {
    using scope = ContextScope.enter();
    const set = scope.set([1, 'a']);
    set.add('b');
    assert.deepEqual(
      [set.has('a'), set.has('b'), set.has('c'), set.delete(1), set.length],
      [true, true, false, true, 2],
    );
  });

  it('an operation of the wrong kind is a TypeError with a code', () => {
    using scope = ContextScope.enter();
    const wrong = [
      () => scope.tuple([1]).add(2),
      () => scope.int(1).length,
      () => scope.str('some text').at(0),
      () => scope.list([1]).get('a'),
      () => scope.float(1).toJS() === 1 && [...scope.float(1)],
      () => scope.str('naïve text').view(),
    ];
    for (const f of wrong) assert.throws(f, { name: 'TypeError', code: 'ERR_PROTOSPACE_KIND' });
  });

  it('views show the data in place', () => {
    using scope = ContextScope.enter();
    const bytes = scope.bytes([1, 2, 3]);
    assert.equal(bytes.view().byteOffset, bytes.view().byteOffset);
    assert.deepEqual([...bytes.view()], [1, 2, 3]);
    assert.ok(bytes.view().byteOffset >= bytes.handle, 'it lies in the object');
    assert.equal(Buffer.from(scope.str('plain text').view()).toString(), 'plain text');
  });

  it('a structure that contains itself has no counterpart in JavaScript', () => {
    using scope = ContextScope.enter();
    const list = scope.list();
    list.add(list);
    assert.throws(() => list.toJS(), { code: 'ERR_PROTOSPACE_KIND' });
  });

  it('a key __proto__ is a key like others', () => {
    using scope = ContextScope.enter();
    const value = scope.dict([['__proto__', 1]]).toJS() as object;
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.deepEqual(Object.entries(value), [['__proto__', 1]]);
  });

  it('numbers that are no handles are TypeErrors with a code', () => {
    using scope = ContextScope.enter();
    const { handle } = scope.list([1, 2, 3]);
    const bad = [
      0,
      -8,
      2 ** 31 - 8,
      4294967232,
      2 ** 40,
      1.5,
      Number.NaN,
      handle + 8,
      handle + 6,
      64,
      4096,
      '5',
      undefined,
    ];
    for (const n of bad)
      assert.throws(
        () => space.fromHandle(n as number),
        { name: 'TypeError', code: 'ERR_PROTOSPACE_HANDLE' },
        String(n),
      );
    assert.ok(space.fromHandle(handle).is(scope.fromHandle(handle)));
    assert.equal(space.fromHandle(7).toJS(), 3);
  });
});
