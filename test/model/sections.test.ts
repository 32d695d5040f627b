import assert from 'node:assert/strict';
import { search } from './sections.js';

describe('model: sections of shared containers', function () {
  this.timeout(120_000);
  const what = { reader: 'with a reader', lost: 'with a lost carrier', nobody: 'while the storage grows twice' };
  for (const how of ['word', 'new-id'] as const)
    for (const third of ['reader', 'lost', 'nobody'] as const)
      it(`lose no item and let none wait for ever: published by ${how}, ${what[third]}`, () => {
        const found = search('as-is', third, how);
        assert.equal(found.fault, '', found.schedule.join());
        assert.ok(found.ends > 10, `${found.ends} ends`);
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
    it(`fail when weakened: ${rule}`, () => assert.notEqual(search(rule, third, 'word').fault, ''));
});
