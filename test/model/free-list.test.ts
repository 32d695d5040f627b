import assert from 'node:assert/strict';
import { search } from './free-list.js';

describe('model: stacks of free runs', () => {
  it('give every run to one thread at a time, under all interleavings', () => {
    const found = search('as-is');
    assert.equal(found.fault, '', found.schedule.join());
    assert.ok(found.ends > 10, `${found.ends} ends`);
  });
  for (const rule of ['no-tag', 'tag-late', 'plain-push'] as const)
    it(`give one twice, or lose one, when weakened: ${rule}`, () => assert.notEqual(search(rule).fault, ''));
});
