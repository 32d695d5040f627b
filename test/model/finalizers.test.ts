import assert from 'node:assert/strict';
import { runPrograms, WEAKENINGS } from './finalizers.js';

const PROGRAMS = Number(process.env.MODEL_PROGRAMS || 3000);

describe('model: objects with finalizers', function () {
  this.timeout(600_000);

  it('finds none dead that something refers to', () => {
    const outcome = runPrograms(1, PROGRAMS, 'none', false);
    assert.equal(outcome.first, '');
    assert.ok(outcome.decided > PROGRAMS, `${outcome.decided} found dead`);
  });

  it('finds none dead that something refers to, with collections in between', () => {
    assert.equal(runPrograms(2, Math.ceil(PROGRAMS / 4), 'none', true).first, '');
  });

  for (const weak of WEAKENINGS) {
    it(`catches the planted weakening ${weak}`, () => {
      assert.notEqual(runPrograms(3, PROGRAMS * 3, weak, weak === 'no-young-entries').first, '');
    });
  }
});
