import assert from 'node:assert/strict';
import { CARRIER } from '../../lib/heap/carrier.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { stressRuns } from '../../lib/heap/stress.js';
import { growTo, listAppend, listSnapshot, newList } from '../../lib/objects/list.js';
import { publish, readBegin } from '../../lib/objects/sync.js';
import { mountThread, unmountThread, py } from './containers-helpers.js';

/** Fills the rest of the thread's run, runs `body`, and tells whether it wrote behind what it allocated. */
function writesBehind(body: () => void): boolean {
  const SENTINEL = 0x5e5e5e5f;
  i32.fill(SENTINEL, (i32[CARRIER + L.CAR_BUMP] + 3) >>> 2, i32[CARRIER + L.CAR_LIMIT] >>> 2);
  body();
  for (let w = (i32[CARRIER + L.CAR_BUMP] + 3) >>> 2; w < i32[CARRIER + L.CAR_LIMIT] >>> 2; w++)
    if (i32[w] !== SENTINEL) return true;
  return false;
}

describe('growing a shared container that others have filled meanwhile', () => {
  before(mountThread);
  after(unmountThread);
  beforeEach(function () {
    // Each allocation has a run of its own there.
    if (stressRuns) this.skip();
  });

  it('a list copies no more than what has room, and starts again (cells behind it were overwritten)', () => {
    const list = newList(0);
    publish(list);
    const seen = readBegin(list);
    for (let i = 0; i < 60; i++) listAppend(list, py(i));
    assert.equal(
      writesBehind(() => assert.equal(growTo(list, seen, 8), false)),
      false,
    );
    assert.deepEqual(
      listSnapshot(list),
      Array.from({ length: 60 }, (_, i) => py(i)),
    );
  });
});
