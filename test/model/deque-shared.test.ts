import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { search } from './deque-shared.js';

describe('model: a shared deque without locks', function () {
  this.timeout(120_000);
  for (const work of ['two at one end', 'one at each end', 'one that reads'] as const)
    itCounts(`loses no item and gives none twice: ${work}`, 'states', () => {
      const found = search('as-is', work);
      assert.equal(found.fault, '', found.schedule.join());
      assert.ok(found.ends > 10, `${found.ends} ends`);
      return found.states;
    });
  const weak = [
    ['store', 'two at one end'],
    ['clear-early', 'two at one end'],
    ['trust-cleared', 'one that reads'],
    ['in-place', 'two at one end'],
  ] as const;
  for (const [rule, work] of weak)
    itCounts(`fails when weakened: ${rule}`, 'states', () => {
      const found = search(rule, work);
      assert.notEqual(found.fault, '');
      return found.states;
    });
});
