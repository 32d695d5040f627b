import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { interleave } from './slots.js';

describe('model: overwriting an attribute without lock', () => {
  itCounts('is never lost when deletion moves no slot', 'interleavings', () => {
    const { lost, all } = interleave('in-place');
    assert.deepEqual({ lost, all }, { lost: 0, all: 4 });
    return all;
  });
  itCounts('is lost when deletion copies the slots', 'interleavings', () => {
    const { lost, all } = interleave('copying');
    assert.equal(all, 20);
    assert.ok(lost > 0);
    return all;
  });
});
