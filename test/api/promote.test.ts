import assert from 'node:assert/strict';
import {
  ContextScope,
  MemoryManager,
  type ProtoObject,
  ProtoSpace,
  type ReturnReference,
} from '../../lib/api/index.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { usingHost } from './helpers.js';

describe(`api/promote (${allocatorKind})`, () => {
  usingHost();
  const space = ProtoSpace.process();

  /** Promotes what `make` makes out of a scope of its own. */
  function promoted(make: (scope: ContextScope) => ProtoObject): [ReturnReference, number] {
    using scope = ContextScope.enter();
    scope.list(['garbage', 'before']);
    const object = make(scope);
    const { handle } = object;
    scope.list(['garbage', 'after']);
    return [MemoryManager.promote(scope.context, object), handle];
  }

  const makers: [string, (scope: ContextScope) => ProtoObject, unknown][] = [
    ['float', (s) => s.float(1.5), 1.5],
    ['str', (s) => s.str('a text of some length'), 'a text of some length'],
    ['int', (s) => s.int(2n ** 100n), 2n ** 100n],
    ['tuple', (s) => s.tuple(['x', [1.25]]), ['x', [1.25]]],
    ['list', (s) => s.list([1.5, 'text two']), [1.5, 'text two']],
    ['dict', (s) => s.dict({ key: [1.5] }), { key: [1.5] }],
    ['bytes', (s) => s.bytes([1, 2, 3]), new Uint8Array([1, 2, 3])],
  ];

  for (const [type, make, value] of makers) {
    it(`hands a ${type} to the parent scope at the same address`, () => {
      using outer = ContextScope.enter();
      const [reference, handle] = promoted(make);
      assert.equal(reference.value.handle, handle);
      for (let i = 0; i < 50; i++) outer.list([`overwrites what was free ${i}`]);
      MemoryManager.collect();
      assert.deepEqual(reference.value.toJS(), value);
      space.verify();
    });

    it(`hands a ${type} out of the outermost scope as a rooted object at the same address`, () => {
      const [reference, handle] = promoted(make);
      using value_ = reference.value;
      assert.equal(value_.isRooted, true);
      assert.equal(value_.handle, handle);
      MemoryManager.collect();
      assert.deepEqual(value_.toJS(), value);
    });
  }

  it('takes back what was not promoted', function () {
    using outer = ContextScope.enter();
    outer.list([1]);
    const before = space.stats().bytesReclaimedAtReturn;
    const [reference] = promoted((s) => s.str('short text'));
    assert.ok(space.stats().bytesReclaimedAtReturn - before >= 128, 'the list after the text');
    assert.equal(reference.value.toJS(), 'short text');
  });

  it('sets the return value of the context', () => {
    using scope = ContextScope.enter();
    const object = scope.tuple([1]);
    assert.equal(scope.context.returnValue, undefined);
    scope.promote(object);
    assert.ok(scope.context.returnValue!.is(object));
  });

  it('promotes several values out of one scope', () => {
    using _outer = ContextScope.enter();
    const references: ReturnReference[] = [];
    {
      using scope = ContextScope.enter();
      for (let i = 0; i < 5; i++) references.push(scope.promote(scope.list([`list ${i}`])));
    }
    MemoryManager.collect();
    assert.deepEqual(
      references.map((r) => r.value.toJS()),
      [0, 1, 2, 3, 4].map((i) => [`list ${i}`]),
    );
  });

  it('hands a value down through many scopes', () => {
    const down = (depth: number): ReturnReference => {
      using scope = ContextScope.enter();
      if (depth === 0) return scope.promote(scope.list(['from far above']));
      return scope.promote(down(depth - 1).value);
    };
    using value = down(40).value;
    MemoryManager.collect();
    assert.deepEqual(value.toJS(), ['from far above']);
  });

  it('the value is there only when the scope has been left; only the innermost scope promotes', () => {
    const outer = ContextScope.enter();
    const inner = ContextScope.enter();
    const reference = inner.promote(inner.str('a text'));
    assert.throws(() => reference.value, { code: 'ERR_PROTOSPACE_SCOPE_OPEN' });
    assert.throws(() => outer.promote(reference as never), { code: 'ERR_PROTOSPACE_SCOPE_ORDER' });
    for (const none of [reference, 3, null, undefined, {}])
      assert.throws(() => inner.promote(none as never), { name: 'TypeError', code: 'ERR_PROTOSPACE_KIND' });
    inner.leave();
    assert.equal(reference.value.toJS(), 'a text');
    outer.leave();
  });
});
