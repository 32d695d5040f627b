import assert from 'node:assert/strict';
import { i32 } from '../../lib/heap/memory.js';
import { loadFirst, orderLoads, orderStores, STRONG, storeLast } from '../../lib/heap/order.js';
import * as L from '../../lib/heap/layout.generated.js';

const WORD = (L.ROOTS_BASE >>> 2) + L.ROOTS_COUNT - 1;

describe('heap/order', () => {
  it('needs nothing on x86 only', () => assert.equal(STRONG, ['x64', 'ia32'].includes(process.arch)));
  it('stores and loads the word, on every processor', () => {
    const before = i32[WORD]!;
    for (const value of [5, -7]) {
      storeLast(WORD, value);
      orderStores();
      orderLoads();
      assert.deepEqual([loadFirst(WORD), i32[WORD]], [value, value]);
    }
    i32[WORD] = before;
  });
});
