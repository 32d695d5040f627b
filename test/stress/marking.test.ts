import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { seconds, seed } from './options.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const program = fileURLToPath(new URL('../../../test/stress/fixtures/graphs.py', import.meta.url));

describe(`stress: marking beside the program (${allocatorKind}), seed ${seed}`, function () {
  this.timeout((seconds * 3 + 120) * 1000);

  function run(turns: number, threads: number, environment: Record<string, string>) {
    return spawnSync(process.execPath, [cli, program, `${turns}`, `${threads}`], {
      encoding: 'utf8',
      timeout: (seconds * 3 + 100) * 1000,
      env: { ...process.env, PROTOSPACE_STRESS: '', ...environment },
    });
  }

  for (const threads of [1, 4])
    it(`loses nothing that ${threads} threads move about, and finds what marking from scratch finds`, () => {
      const turns = Math.ceil(seconds * 500);
      const expected = run(turns, threads, {});
      assert.equal(expected.status, 0, expected.stderr);
      const stress = `concurrent,poison,seed=${seed}`;
      const { status, stdout, stderr } = run(turns, threads, { PROTOSPACE_STRESS: stress });
      assert.equal(status, 0, stderr);
      // A thread that fails prints its traceback, and is missing in the result.
      assert.equal(stdout + stderr, expected.stdout);
    });

  if (allocatorKind === 'native')
    it('a planted barrier that logs nothing is noticed', () => {
      const { status, stderr } = run(4000, 1, { PROTOSPACE_STRESS: `concurrent,forget,seed=${seed}` });
      assert.notEqual(status, 0);
      assert.match(stderr, /was not marked, though .* refers to it|marking beside the program failed/);
    });
});
