// Mocha's dot reporter that also leaves its counts in the file PROTOSPACE_REPORT names.
import { writeFileSync } from 'node:fs';
import mocha from 'mocha';

const { Dot, Spec } = mocha.reporters;
const Base = process.env.PROTOSPACE_SPEC === '1' ? Spec : Dot;

export default class CountingReporter extends Base {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.PROTOSPACE_REPORT;
    if (file) runner.once('end', () => writeFileSync(file, JSON.stringify(runner.stats)));
  }
}
