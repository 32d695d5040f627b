import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { search } from './free-list.js';

describe('model: stacks of free runs', () => {
  itCounts('give every run to one thread at a time, under all interleavings', 'states', () => {
    const found = search('as-is');
    assert.equal(found.fault, '', found.schedule.join());
    assert.ok(found.ends > 10, `${found.ends} ends`);
    return found.states;
  });
  for (const rule of ['no-tag', 'tag-late', 'plain-push'] as const)
    itCounts(`give one twice, or lose one, when weakened: ${rule}`, 'states', () => {
      const found = search(rule);
      assert.notEqual(found.fault, '');
      return found.states;
    });
});
