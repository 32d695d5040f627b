import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { stressCollect } from '../../lib/heap/stress.js';
import { patience } from '../stress.js';
import { seconds, seed, workers } from './options.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const program = fileURLToPath(new URL('../../../test/stress/fixtures/tokens.py', import.meta.url));
const shadow = fileURLToPath(new URL('../../../test/stress/fixtures/shadow.py', import.meta.url));
const host = fileURLToPath(new URL('./fixtures/python-ends.js', import.meta.url));

/** Stress mode takes its time. */
const threads = stressCollect ? 2 : workers;

describe(`stress: threads of Python (${allocatorKind}), seed ${seed}`, function () {
  this.timeout((seconds * 3 + 120) * 1000);

  function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, args, { encoding: 'utf8', timeout: patience((seconds * 3 + 100) * 1000) });
  }

  for (const carriers of [1, 4])
    it(`lose no token between containers, on ${carriers} carriers`, () => {
      const rounds = Math.ceil(seconds);
      const { status, stdout, stderr } = run(
        ...[cli, '--carriers', `${carriers}`, program, `${seed}`, `${rounds}`, `${threads}`],
      );
      assert.equal(status, 0, stderr);
      assert.equal(Number(stdout), rounds * threads * 60);
    });

  it('a planted loss of one token is noticed', () => {
    const { status, stderr } = run(cli, program, `${seed}`, '1', '2', 'drop');
    assert.equal(status, 1, stderr);
    assert.match(stderr, /119 tokens of 120, lost \[\(0, 30\)\]/);
  });

  it('find their graphs as the shadow says, also when memory is exhausted; nothing is leaked', () => {
    const args = [
      '--heap',
      '48m',
      '--carriers',
      '4',
      shadow,
      `${seed}`,
      `${Math.max(2, seconds)}`,
      `${threads}`,
      'exhaust',
    ];
    const { status, stdout, stderr } = run(cli, ...args);
    assert.equal(status, 0, stderr);
    assert.ok(Number(stdout.split(' ')[0]) > 50, stdout);
  });

  it('a planted difference from the shadow is noticed', () => {
    const { status, stderr } = run(cli, shadow, `${seed}`, '1', '2', 'drop');
    assert.equal(status, 1, stderr);
    assert.match(stderr, /place 7 holds -1, not \d+/);
  });

  it('are terminated in the middle: the heap stays whole and later ones run', () => {
    const { status, stdout, stderr } = run(host, `${seed}`, `${seconds}`);
    assert.equal(status, 0, stderr);
    const { terminated, tokens, codes } = JSON.parse(stdout);
    assert.ok(terminated > 0);
    assert.equal(tokens, terminated * 60);
    assert.deepEqual(codes, ['ERR_PROTOSPACE_CARRIERS_LOST']);
  });
});
