import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { search } from './deque.js';

describe('model: work-stealing deque', () => {
  itCounts('gives every item once, under all interleavings', 'states', () => {
    const found = search('as-is');
    assert.equal(found.fault, '');
    assert.ok(found.ends > 10, `${found.ends} ends`);
    return found.states;
  });
  for (const rule of ['load-first', 'no-swap-for-last', 'no-swap-for-thief'] as const)
    itCounts(`loses or repeats one when weakened: ${rule}`, 'states', () => {
      const found = search(rule);
      assert.notEqual(found.fault, '');
      return found.states;
    });
});
