import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { type Rule, type Scenario, search } from './marking.js';

describe('model: rounds, barrier and sweep of the concurrent collector', function () {
  this.timeout(600_000);
  const scenarios: [Scenario, number][] = [
    ['alone', 50_000],
    ['together', 20_000],
    ['moves', 1000],
    ['young moves', 10_000],
  ];
  for (const [scenario, least] of scenarios)
    itCounts(`nothing that can be reached is freed: ${scenario}`, 'states', () => {
      const { states, fault } = search('as-is', scenario);
      assert.equal(fault, '');
      assert.ok(states > least, `${states} states`);
      return states;
    });
  const weak: Rule[] = ['one-round', 'no-rescan', 'no-barrier', 'log-old-only', 'new-is-black', 'sweep-later'];
  for (const rule of weak)
    itCounts(`finds what is wrong with '${rule}'`, 'states', () => {
      const found = search(rule, 'alone');
      assert.match(found.fault, /^cell \d was freed$/);
      return found.states;
    });
  const others: [Rule, Scenario, string][] = [
    ['no-move-log', 'moves', 'cell 1 was freed'],
    ['log-young-moves', 'young moves', 'the marker took the middle of an object for one'],
    ['trace-new', 'alone', 'the marker read what was not written'],
  ];
  for (const [rule, scenario, fault] of others)
    itCounts(`finds what is wrong with '${rule}'`, 'states', () => {
      const found = search(rule, scenario);
      assert.equal(found.fault, fault);
      return found.states;
    });
});
