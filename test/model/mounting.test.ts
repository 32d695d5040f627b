import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { search } from './mounting.js';

describe('model: threads on carriers', () => {
  for (const collects of [false, true])
    itCounts(
      `run on one at a time and are never forgotten, under all interleavings${collects ? ' with a collection' : ''}`,
      'states',
      () => {
        const found = search('as-is', collects);
        assert.equal(found.fault, '', found.schedule.join());
        assert.ok(found.ends > 5, `${found.ends} ends`);
        return found.states;
      },
    );
  for (const rule of ['queue-first', 'save-late', 'park-blindly', 'wake-blindly', 'queue-running'] as const)
    itCounts(`fail when weakened: ${rule}`, 'states', () => {
      const found = search(rule, false);
      assert.notEqual(found.fault, '');
      return found.states;
    });
  for (const rule of ['leave-blindly', 'look-first'] as const)
    itCounts(`fail a collection when weakened: ${rule}`, 'states', () => {
      const found = search(rule, true);
      assert.notEqual(found.fault, '');
      return found.states;
    });
});
