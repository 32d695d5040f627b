import assert from 'node:assert/strict';
import { interleave } from './slots.js';

describe('model: overwriting an attribute without lock', () => {
  it('is never lost when deletion moves no slot', () => assert.deepEqual(interleave('in-place'), { lost: 0, all: 4 }));
  it('is lost when deletion copies the slots', () => {
    const { lost, all } = interleave('copying');
    assert.equal(all, 20);
    assert.ok(lost > 0);
  });
});
