import assert from 'node:assert/strict';
import { root } from '../../lib/heap/context.js';
import { newSet, resizeSet, setAdd, setContains, setItems, setLen } from '../../lib/objects/set.js';
import '../../lib/objects/set-type.js';
import { publish } from '../../lib/objects/sync.js';
import { mountThread, unmountThread, py } from './containers-helpers.js';

describe('set', () => {
  before(mountThread);
  after(unmountThread);

  it('keeps what other threads added after a thread had counted how large the table must be', () => {
    const s = newSet();
    root(s);
    publish(s);
    for (let i = 0; i < 300; i++) assert.equal(setAdd(s, py(i)), 1);
    resizeSet(s, 20);
    assert.equal(setItems(s).length, setLen(s));
    for (let i = 0; i < 300; i++) assert.equal(setContains(s, py(i)), 1);
  });
});
