import assert from 'node:assert/strict';
import { search } from './sleep.js';

describe('model: carriers that sleep', () => {
  it('never sleep while a thread is queued, under all interleavings', () => {
    const found = search('as-is');
    assert.equal(found.fault, '', found.schedule.join());
    assert.ok(found.ends > 3, `${found.ends} ends`);
  });
  for (const rule of ['no-second-look', 'call-first'] as const)
    it(`do when weakened: ${rule}`, () => assert.notEqual(search(rule).fault, ''));
});
