import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { search } from './parking.js';

describe('model: locks, parking and deadlines', () => {
  itCounts('keeps threads apart and lets none sleep for ever, under all interleavings', 'states', () => {
    const found = search('as-is');
    assert.equal(found.fault, '', found.schedule.join());
    assert.ok(found.ends > 10, `${found.ends} ends`);
    return found.states;
  });
  for (const rule of ['park-blindly', 'look-early', 'no-ticket', 'forget-others', 'trust-free'] as const)
    itCounts(`fails when weakened: ${rule}`, 'states', () => {
      const found = search(rule);
      assert.notEqual(found.fault, '');
      return found.states;
    });
});
