import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { type Scene, search } from './small-programs.js';
import { WEAKENINGS, YOUNG_WEAKENINGS } from './young-program.js';

/** Operations of the longest programs; MODEL_LENGTH adds to them. */
const LENGTHS: [Scene, number][] = [
  ['containers', 7],
  ['leaves too', 6],
];
const MORE = Number(process.env.MODEL_LENGTH || 0);

describe('model: small programs on the real heap', function () {
  this.timeout(600_000);

  for (const [scene, length] of LENGTHS)
    itCounts(`none loses what it can reach: ${scene}, up to ${length + MORE} operations`, 'states', () => {
      const { states, fault } = search(scene, length + MORE, 'none');
      assert.equal(fault, '');
      assert.ok(states > 10_000, `${states} states`);
      return states;
    });

  for (const weak of [...WEAKENINGS, ...YOUNG_WEAKENINGS])
    for (const [scene, length] of LENGTHS)
      itCounts(`catches the planted weakening ${weak}: ${scene}`, 'states', () => {
        const { states, fault } = search(scene, length, weak);
        assert.match(fault, /^object \d+ was (reclaimed|overwritten)/);
        return states;
      });
});
