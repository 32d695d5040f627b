import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { search } from './sleep.js';

describe('model: carriers that sleep', () => {
  itCounts('never sleep while a thread is queued, under all interleavings', 'states', () => {
    const found = search('as-is');
    assert.equal(found.fault, '', found.schedule.join());
    assert.ok(found.ends > 3, `${found.ends} ends`);
    return found.states;
  });
  for (const rule of ['no-second-look', 'call-first'] as const)
    itCounts(`do when weakened: ${rule}`, 'states', () => {
      const found = search(rule);
      assert.notEqual(found.fault, '');
      return found.states;
    });
});
