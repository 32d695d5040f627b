import assert from 'node:assert/strict';
import { search } from './inline-cache.js';

describe('model: inline caches that several carriers fill', () => {
  it('never give a method that the class has no more, under all interleavings', () => {
    const found = search('as-is');
    assert.equal(found.fault, '', found.schedule.join());
    assert.ok(found.ends > 10, `${found.ends} ends`);
  });
  for (const rule of ['version-late', 'in-place', 'install-first', 'version-first'] as const)
    it(`do so when weakened: ${rule}`, () => assert.notEqual(search(rule).fault, ''));
});
