import assert from 'node:assert/strict';
import { search } from './sections.js';

describe('model: sections of shared containers', function () {
  this.timeout(120_000);
  for (const how of ['word', 'new-id'] as const)
    for (const third of ['reader', 'lost'] as const)
      it(`lose no item and let none wait for ever: published by ${how}, ${third === 'reader' ? 'with a reader' : 'with a lost carrier'}`, () => {
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
  ] as const;
  for (const [rule, third] of weak)
    it(`fail when weakened: ${rule}`, () => assert.notEqual(search(rule, third, 'word').fault, ''));
});
