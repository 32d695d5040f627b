import assert from 'node:assert/strict';
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
    it(`nothing that can be reached is freed: ${scenario}`, () => {
      const { states, fault } = search('as-is', scenario);
      assert.equal(fault, '');
      assert.ok(states > least, `${states} states`);
    });
  const weak: Rule[] = ['one-round', 'no-rescan', 'no-barrier', 'log-old-only', 'new-is-black', 'sweep-later'];
  for (const rule of weak)
    it(`finds what is wrong with '${rule}'`, () => assert.match(search(rule, 'alone').fault, /^cell \d was freed$/));
  it("finds what is wrong with 'no-move-log'", () =>
    assert.equal(search('no-move-log', 'moves').fault, 'cell 1 was freed'));
  it("finds what is wrong with 'log-young-moves'", () =>
    assert.equal(search('log-young-moves', 'young moves').fault, 'the marker took the middle of an object for one'));
  it("finds what is wrong with 'trace-new'", () =>
    assert.equal(search('trace-new', 'alone').fault, 'the marker read what was not written'));
});
