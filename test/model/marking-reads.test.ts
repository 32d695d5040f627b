import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { type Rule, type Scenario, search } from './marking-reads.js';

describe('model: weak references and generators beside the marker', function () {
  this.timeout(120_000);
  const scenarios: [Scenario, number][] = [
    ['weak', 1000],
    ['generator', 5000],
  ];
  for (const [scenario, least] of scenarios)
    itCounts(`nothing is freed, kept or cleared wrongly: ${scenario}`, 'states', () => {
      const { states, fault } = search('as-is', scenario);
      assert.equal(fault, '');
      assert.ok(states > least, `${states} states`);
      return states;
    });
  const planted: [Rule, Scenario, RegExp][] = [
    ['no-rescan', 'weak', /^the object was freed$/],
    ['no-weak-log', 'weak', /^a reference to what was freed is left$/],
    ['clear-beside', 'weak', /^reference 0 was cleared, though its referent lives$/],
    ['no-count', 'generator', /^the marker used what a running frame held$/],
    ['scan-running', 'generator', /^the marker used what a running frame held$/],
    ['count-first', 'generator', /^the marker used what a running frame held$/],
    ['silent-yield', 'generator', /^the object was freed$/],
  ];
  for (const [rule, scenario, fault] of planted)
    itCounts(`finds what is wrong with '${rule}'`, 'states', () => {
      const found = search(rule, scenario);
      assert.match(found.fault, fault);
      return found.states;
    });
});
