import assert from 'node:assert/strict';
import { search } from './mounting.js';

describe('model: threads on carriers', () => {
  for (const collects of [false, true])
    it(`run on one at a time and are never forgotten, under all interleavings${collects ? ' with a collection' : ''}`, () => {
      const found = search('as-is', collects);
      assert.equal(found.fault, '', found.schedule.join());
      assert.ok(found.ends > 5, `${found.ends} ends`);
    });
  for (const rule of ['queue-first', 'save-late', 'park-blindly', 'wake-blindly', 'queue-running'] as const)
    it(`fail when weakened: ${rule}`, () => assert.notEqual(search(rule, false).fault, ''));
  for (const rule of ['leave-blindly', 'look-first'] as const)
    it(`fail a collection when weakened: ${rule}`, () => assert.notEqual(search(rule, true).fault, ''));
});
