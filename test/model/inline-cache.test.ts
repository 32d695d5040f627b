import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { search } from './inline-cache.js';

describe('model: inline caches that several carriers fill', () => {
  itCounts('never give a method that the class has no more, under all interleavings', 'states', () => {
    const found = search('as-is');
    assert.equal(found.fault, '', found.schedule.join());
    assert.ok(found.ends > 10, `${found.ends} ends`);
    return found.states;
  });
  for (const rule of ['version-late', 'in-place', 'install-first', 'version-first'] as const)
    itCounts(`do so when weakened: ${rule}`, 'states', () => {
      const found = search(rule);
      assert.notEqual(found.fault, '');
      return found.states;
    });
});
