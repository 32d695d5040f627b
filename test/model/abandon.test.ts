import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { type Rule, type Scene, search } from './abandon.js';

const WEAKENED: [Rule, Scene, RegExp][] = [
  ['wait', 'collecting parent', /wait for ever/],
  ['look-first', 'two end', /a record is left/],
  ['no-look-after', 'two end', /a record is left/],
  ['look-before', 'two end', /a record is left/],
  ['free-anyway', 'two end', /in the middle of a collection/],
];

describe('model: isolates that end while others collect', () => {
  for (const scene of ['collecting parent', 'two end', 'one ends'] as const)
    itCounts(
      `${scene}: every record is freed once, and nobody waits for ever, under all interleavings`,
      'states',
      () => {
        const found = search('as-is', scene);
        assert.equal(found.fault, '', found.schedule.join());
        assert.ok(found.ends > 3, `${found.ends} ends`);
        assert.ok(found.states > 200, `${found.states} states`);
        return found.states;
      },
    );
  for (const [rule, scene, what] of WEAKENED)
    itCounts(`weakened, it is found out: ${rule}`, 'states', () => {
      const found = search(rule, scene);
      assert.match(found.fault, what);
      return found.states;
    });
});
