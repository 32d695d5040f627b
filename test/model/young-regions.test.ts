import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { WEAKENINGS, type Weakening, YOUNG_WEAKENINGS } from './young-program.js';
import { type Collections, runPrograms } from './young-regions.js';

const PROGRAMS = Number(process.env.MODEL_PROGRAMS || 3000);

describe('model: young regions on the real heap', function () {
  this.timeout(600_000);

  const sound = (title: string, seed: number, programs: number, collections: Collections): void =>
    itCounts(title, 'programs', () => {
      const outcome = runPrograms(seed, programs, 'none', collections);
      assert.equal(outcome.first, '');
      assert.equal(outcome.programs, programs);
      return outcome.programs;
    });
  sound('loses nothing that a program can reach', 1, PROGRAMS, 'none');
  sound('loses nothing with collections in between', 2, Math.ceil(PROGRAMS / 10), 'full');
  sound('loses nothing with young collections in between', 4, PROGRAMS, 'young');

  const caught = (weak: Weakening, seed: number, collections: Collections): void =>
    itCounts(`catches the planted weakening ${weak}`, 'programs', () => {
      const outcome = runPrograms(seed, PROGRAMS * 3, weak, collections);
      assert.equal(outcome.violations, 1);
      return outcome.programs;
    });
  for (const weak of YOUNG_WEAKENINGS) caught(weak, 5, 'young');
  for (const weak of WEAKENINGS) caught(weak, 3, 'none');
});
