/** Young collections under whole programs: one after every few cells, what was taken back poisoned. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const PROGRAMS = ['generators_protocol', 'finally_flow', 'expr_comprehensions', 'class_inherit', 'frames_tracebacks'];

describe('young collections', () => {
  for (const name of PROGRAMS)
    it(`leave ${name} what it reaches`, () => {
      const { stdout, stderr } = spawnSync(process.execPath, ['../../dist/cli.js', '--stats', `${name}.py`], {
        cwd: 'test/programs',
        encoding: 'utf8',
        env: { ...process.env, PROTOSPACE_STRESS: 'young,poison' },
      });
      assert.equal(stdout, readFileSync(`test/programs/${name}.out`, 'utf8'), stderr);
      const cells = /cells reclaimed by young collection +(\d+)/.exec(stderr)?.[1];
      assert.ok(Number(cells) > 0, stderr);
    }).timeout(60_000);
});
