import assert from 'node:assert/strict';
import { search } from './parking.js';

describe('model: locks, parking and deadlines', () => {
  it('keeps threads apart and lets none sleep for ever, under all interleavings', () => {
    const found = search('as-is');
    assert.equal(found.fault, '', found.schedule.join());
    assert.ok(found.ends > 10, `${found.ends} ends`);
  });
  for (const rule of ['park-blindly', 'look-early', 'no-ticket', 'forget-others', 'trust-free'] as const)
    it(`fails when weakened: ${rule}`, () => assert.notEqual(search(rule).fault, ''));
});
