import assert from 'node:assert/strict';
import { runPrograms, WEAKENINGS, YOUNG_WEAKENINGS } from './young-regions.js';

const PROGRAMS = Number(process.env.MODEL_PROGRAMS || 3000);

describe('model: young regions on the real heap', function () {
  this.timeout(600_000);

  it('loses nothing that a program can reach', () => {
    const outcome = runPrograms(1, PROGRAMS, 'none', 'none');
    assert.equal(outcome.first, '');
    assert.equal(outcome.programs, PROGRAMS);
  });

  it('loses nothing with collections in between', () => {
    assert.equal(runPrograms(2, Math.ceil(PROGRAMS / 10), 'none', 'full').first, '');
  });

  it('loses nothing with young collections in between', () => {
    assert.equal(runPrograms(4, PROGRAMS, 'none', 'young').first, '');
  });

  for (const weak of YOUNG_WEAKENINGS) {
    it(`catches the planted weakening ${weak}`, () => {
      assert.equal(runPrograms(5, PROGRAMS * 3, weak, 'young').violations, 1);
    });
  }

  for (const weak of WEAKENINGS) {
    it(`catches the planted weakening ${weak}`, () => {
      assert.equal(runPrograms(3, PROGRAMS * 3, weak, 'none').violations, 1);
    });
  }
});
