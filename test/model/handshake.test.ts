import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { type Rule, search } from './handshake.js';

describe('model: handshake of the concurrent marker', () => {
  itCounts('two rounds and the stored handle logged until scanned lose nothing', 'states', () => {
    const { states, lost } = search('hybrid');
    assert.equal(lost, false);
    assert.ok(states > 100);
    return states;
  });
  const weak: [string, Rule][] = [
    ['one round', 'single'],
    ['the overwritten handle alone', 'two'],
  ];
  for (const [what, rule] of weak)
    itCounts(`${what} loses the object`, 'states', () => {
      const { states, lost } = search(rule);
      assert.equal(lost, true);
      return states;
    });
});
