import assert from 'node:assert/strict';
import { root } from '../../lib/heap/context.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { table } from '../../lib/jit/table.js';
import { newOldObject } from '../../lib/heap/alloc.js';
import * as T from '../../lib/objects/type-ids.js';
import '../../lib/modules/runtime.js';
import { mountThread, unmountThread } from '../objects/containers-helpers.js';

/** Word of a code object that has the number. */
function code(id: number): number {
  const handle = newOldObject(L.KIND_CODE, 128, T.typeHandle(T.T_CODE));
  root(handle);
  i32[(handle >>> 2) + L.CODE_COMPILED] = id;
  return handle >>> 2;
}

describe('jit/table', () => {
  before(mountThread);
  after(unmountThread);
  const { removed } = table;
  afterEach(() => void (table.removed = removed));
  const f = (): number => 0;

  it('forgets the functions of code that is gone, also where other code took its place', () => {
    const gone: number[] = [];
    table.removed = (id) => gone.push(id);
    const [kept, replaced] = [code(1_000_001), code(1_000_002)];
    table.add(1_000_001, kept).f = f;
    table.row(1_000_001)!.loops.set(3, f).set(7, undefined);
    table.add(1_000_002, replaced).f = f;
    const before = table.prune();
    assert.deepEqual(gone, []);
    i32[replaced + L.CODE_COMPILED] = 1_000_003;
    assert.equal(table.prune(), before - 1);
    assert.deepEqual(gone, [1_000_002]);
    assert.equal(table.row(1_000_002), undefined);
    assert.equal(table.get(1_000_001), f);
  });

  it('does so by itself when there are many rows, so that refused code that comes and goes takes no memory', () => {
    let gone = 0;
    table.removed = () => gone++;
    const word = code(0);
    for (let id = 2_000_000; id < 2_010_000; id++) table.add(id, word).refused = true;
    assert.ok(gone >= 4000, String(gone));
  });

  it('has code compiled anew when its caches fail often, three times', () => {
    const word = code(3_000_000);
    const row = table.add(3_000_000, word);
    const misses = (n: number): boolean[] => Array.from({ length: n }, () => table.missed(3_000_000));
    for (row.drops = 0; row.drops < 3; row.drops++) {
      row.misses = 0;
      const asked = misses(table.missesMost + 5);
      assert.deepEqual([asked.indexOf(true), asked.lastIndexOf(true)], [table.missesMost - 1, table.missesMost - 1]);
    }
    row.misses = 0;
    assert.ok(!misses(table.missesMost + 5).includes(true));
  });
});
