import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { runPrograms, WEAKENINGS } from './finalizers.js';

const PROGRAMS = Number(process.env.MODEL_PROGRAMS || 3000);

describe('model: objects with finalizers', function () {
  this.timeout(600_000);

  itCounts('finds none dead that something refers to', 'programs', () => {
    const outcome = runPrograms(1, PROGRAMS, 'none', false);
    assert.equal(outcome.first, '');
    assert.ok(outcome.decided > PROGRAMS, `${outcome.decided} found dead`);
    return outcome.programs;
  });

  itCounts('finds none dead that something refers to, with collections in between', 'programs', () => {
    const outcome = runPrograms(2, Math.ceil(PROGRAMS / 4), 'none', true);
    assert.equal(outcome.first, '');
    return outcome.programs;
  });

  for (const weak of WEAKENINGS) {
    itCounts(`catches the planted weakening ${weak}`, 'programs', () => {
      const outcome = runPrograms(3, PROGRAMS * 3, weak, weak === 'no-young-entries');
      assert.notEqual(outcome.first, '');
      return outcome.programs;
    });
  }
});
