import assert from 'node:assert/strict';
import * as H from '../../lib/heap/handles.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import * as D from '../../lib/objects/dict.js';
import '../../lib/objects/dict-type.js';
import { pendingException } from '../../lib/objects/exceptions.js';
import { intern } from '../../lib/objects/strings.js';
import { isOwned, publish } from '../../lib/objects/sync.js';
import { js, mountThread, unmountThread, py, takeMessage } from './containers-helpers.js';

describe('dict', () => {
  before(mountThread);
  after(unmountThread);

  for (const shared of [false, true]) {
    it(`keeps many keys in order, ${shared ? 'shared' : 'owned'}`, () => {
      const d = D.newDict();
      if (shared) publish(d);
      assert.equal(isOwned(d), !shared);
      for (let i = 0; i < 5000; i++) assert.equal(D.dictSet(d, py(`k${i}`), py(i)), 1);
      for (let i = 0; i < 5000; i += 2) assert.equal(D.dictDel(d, py(`k${i}`)), 1);
      assert.equal(D.dictLen(d), 2500);
      for (let i = 0; i < 5000; i++) assert.equal(D.dictGet(d, py(`k${i}`)), i % 2 === 0 ? 0 : py(i));
      assert.deepEqual(D.dictSnapshot(d).keys.slice(0, 3).map(js), ['k1', 'k3', 'k5']);
      assert.equal(pendingException(), 0);
    });
  }

  it('tells keys apart that share a place of the table, its bits or a whole hash', () => {
    const hashes = [1, 9, 1 | (1 << 30), -8 | 1, 1, 9, 2, 1 << 20];
    for (const shared of [false, true]) {
      const d = D.newDict();
      if (shared) publish(d);
      hashes.forEach((hash, i) => assert.equal(D.dictSetHashed(d, py(`k${i}`), hash, py(i)), 1));
      hashes.forEach((hash, i) => assert.equal(D.dictGetHashed(d, py(`k${i}`), hash), py(i)));
      assert.equal(D.dictGetHashed(d, py('k0'), 17), 0);
      assert.equal(D.dictLen(d), hashes.length);
    }
  });

  it('finds keys after a table has grown around deleted ones', () => {
    const d = D.newDict();
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 100; i++) D.dictSet(d, py(`${round}-${i}`), py(i));
      for (let i = 0; i < 100; i++) if (i % 10 !== 0) assert.equal(D.dictPop(d, py(`${round}-${i}`)), py(i));
      for (let i = 0; i < 100; i++) D.dictSet(d, py(i - 50), py(round));
    }
    assert.equal(D.dictLen(d), 300);
    for (let round = 0; round < 20; round++)
      for (let i = 0; i < 100; i++) assert.equal(D.dictGet(d, py(`${round}-${i}`)), i % 10 === 0 ? py(i) : 0);
    for (let i = 0; i < 100; i++) assert.equal(D.dictGet(d, py(i - 50)), py(19));
  });

  it('pops the last entry in linear time altogether', () => {
    const d = D.newDict();
    for (let i = 0; i < 20000; i++) D.dictSet(d, py(i), py(-i));
    for (let i = 19999; i >= 0; i--) {
      let got = -1;
      D.dictPopLast(d, (k) => (got = k));
      assert.equal(js(got), i);
    }
    assert.equal(
      D.dictPopLast(d, () => assert.fail()),
      0,
    );
    D.dictSet(d, py(1), py(2));
    assert.equal(js(D.dictGet(d, py(1))), 2);
  });

  it('changes the keys version with the set of keys only', () => {
    const d = D.newDict();
    const a = intern('alpha');
    D.dictSetStr(d, a, py(1));
    const version = D.dictKeysVersion(d);
    const at = D.dictFindWord(d, a);
    D.dictSetStr(d, a, py(2));
    assert.equal(D.dictKeysVersion(d), version);
    assert.equal(js(i32[at]), 2);
    assert.equal(D.dictFindWord(d, a), at);
    D.dictSetStr(d, intern('beta'), py(3));
    assert.notEqual(D.dictKeysVersion(d), version);
    assert.equal(D.dictFindWord(d, intern('gamma')), 0);
  });

  it('publishes what is stored into a shared dict', () => {
    const d = D.newDict();
    publish(d);
    const inner = py([1, [2]]);
    D.dictSet(d, py('x'), inner);
    assert.equal(isOwned(inner), false);
    assert.equal(isOwned(i32[(inner >>> 2) + L.LIST_ITEMS]), false);
    assert.equal(isOwned(py([])), true);
  });

  it('copies, merges and complains as CPython does', () => {
    const d = py(new Map([['a', 1]]));
    assert.deepEqual(js(D.dictCopy(d)), new Map([['a', 1]]));
    assert.equal(
      D.dictMerge(d, d, () => 'f()'),
      0,
    );
    assert.equal(takeMessage(), "f() got multiple values for keyword argument 'a'");
    assert.equal(D.dictGetItem(d, H.NONE), 0);
    takeMessage();
  });
});
