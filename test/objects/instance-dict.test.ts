import assert from 'node:assert/strict';
import { root } from '../../lib/heap/context.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { newInstance, ownAttribute, setSlot } from '../../lib/objects/attribute.js';
import { dictGetStr, dictSetStr, isView, newDict } from '../../lib/objects/dict.js';
import { instanceDict, setInstanceDict } from '../../lib/objects/instance-dict.js';
import { isDictShape } from '../../lib/objects/shape.js';
import { fromJS, intern } from '../../lib/objects/strings.js';
import { newTupleOf } from '../../lib/objects/tuple.js';
import { createType } from '../../lib/objects/type-new.js';
import * as T from '../../lib/objects/type-ids.js';
import '../../lib/modules/runtime.js';
import { mountThread, py, unmountThread } from './containers-helpers.js';

const viewOf = (o: number): number => i32[(o >>> 2) + L.INSTANCE_DICT_VIEW]!;
const shapeOf = (o: number): number => i32[(o >>> 2) + L.INSTANCE_SHAPE]!;

/** An instance of a new class without bases of its own. */
function instance(): number {
  const parts = [fromJS('Plain'), newTupleOf([]), newDict()].map((h) => root(h));
  const type = createType(T.typeHandle(T.T_TYPE), parts[0]!, 3, 0);
  assert.notEqual(type, 0);
  root(type);
  const o = newInstance(type);
  root(o);
  return o;
}

describe('dicts assigned to __dict__', () => {
  before(mountThread);
  after(unmountThread);
  const name = (): number => intern('name');

  it('leave no moment in which the shape says dict and there is none: another thread would store into nothing', () => {
    const o = instance();
    setSlot(o, name(), py(1));
    assert.equal(setInstanceDict(o, 0), 1);
    assert.ok(isDictShape(shapeOf(o)));
    assert.notEqual(viewOf(o), 0);
    assert.equal(ownAttribute(o, name()), 0);
    setSlot(o, name(), py(2));
    assert.equal(dictGetStr(instanceDict(o), name()), py(2));
  });

  it('are not replaced by a view on themselves', () => {
    const o = instance();
    const d = newDict();
    root(d);
    dictSetStr(d, name(), py(3));
    assert.equal(setInstanceDict(o, d), 1);
    assert.equal(instanceDict(o), d);
    assert.equal(isView(d), false);
    assert.equal(ownAttribute(o, name()), py(3));
  });

  it('leave a view that was handed out with what it showed, and whom to ask for who is about to', () => {
    const o = instance();
    setSlot(o, name(), py(4));
    const view = instanceDict(o);
    root(view);
    assert.ok(isView(view));
    assert.equal(setInstanceDict(o, newDict()), 1);
    assert.equal(isView(view), false);
    assert.equal(dictGetStr(view, name()), py(4));
    assert.equal(i32[(view >>> 2) + L.DICT_OWNER], o);
  });
});
