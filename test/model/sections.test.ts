import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { search } from './sections.js';

describe('model: sections of shared containers', function () {
  this.timeout(120_000);
  const what = { reader: 'with a reader', lost: 'with a lost carrier', nobody: 'while the storage grows twice' };
  for (const how of ['word', 'new-id'] as const)
    for (const third of ['reader', 'lost', 'nobody'] as const)
      itCounts(`lose no item and let none wait for ever: published by ${how}, ${what[third]}`, 'states', () => {
        const found = search('as-is', third, how);
        assert.equal(found.fault, '', found.schedule.join());
        assert.ok(found.ends > 10, `${found.ends} ends`);
        return found.states;
      });
  const weak = [
    ['enter-blindly', 'reader'],
    ['same-version', 'reader'],
    ['publish-late', 'reader'],
    ['stay-owner', 'reader'],
    ['read-once', 'reader'],
    ['no-clean-up', 'lost'],
    ['clean-blindly', 'lost'],
    ['copy-grown', 'nobody'],
  ] as const;
  for (const [rule, third] of weak)
    itCounts(`fail when weakened: ${rule}`, 'states', () => {
      const found = search(rule, third, 'word');
      assert.notEqual(found.fault, '');
      return found.states;
    });
});
