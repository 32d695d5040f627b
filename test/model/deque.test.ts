import assert from 'node:assert/strict';
import { search } from './deque.js';

describe('model: work-stealing deque', () => {
  it('gives every item once, under all interleavings', () => {
    const found = search('as-is');
    assert.equal(found.fault, '');
    assert.ok(found.ends > 10, `${found.ends} ends`);
  });
  for (const rule of ['load-first', 'no-swap-for-last', 'no-swap-for-thief'] as const)
    it(`loses or repeats one when weakened: ${rule}`, () => assert.notEqual(search(rule).fault, ''));
});
