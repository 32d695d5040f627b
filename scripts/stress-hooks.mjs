// Loaded by mocha in stress mode: leaves out what test/stress.json says, and lets every other test take ten times as long.
import { stressRows } from './stress-rows.mjs';

const FACTOR = 10;
const skipped = stressRows.filter((row) => row.how === 'skipped').map((row) => row.title);

function eachSuite(suite, visit) {
  visit(suite);
  for (const inner of suite.suites) eachSuite(inner, visit);
}

const isSkipped = (title) => skipped.some((start) => title.startsWith(start));

export const mochaHooks = {
  beforeAll() {
    eachSuite(this.test.parent, (suite) => {
      for (const test of suite.tests) if (isSkipped(test.fullTitle())) test.pending = true;
      const hooks = ['_beforeAll', '_beforeEach', '_afterEach', '_afterAll'].flatMap((name) => suite[name]);
      for (const runnable of [...suite.tests, ...hooks]) runnable.timeout(runnable.timeout() * FACTOR);
    });
  },
};
