import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { plain } from '../stress.js';

const SCRIPT = fileURLToPath(new URL('../../../bench/run.mjs', import.meta.url));
const ROW = /^(MISS|ok {2}) heap: context push, pop, reset, ts +([\d.]+) ns/m;

describe('bench/run', function () {
  this.timeout(120_000);

  function bench(...args: string[]): { status: number | null; verdict: string; nanoseconds: number } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, '--only', 'heap', ...args], {
      encoding: 'utf8',
      env: { ...process.env, PROTOSPACE_BENCH_ROUNDS: '3', ...plain('bench/run') },
    });
    const row = ROW.exec(stdout);
    assert.ok(row, stdout + stderr);
    return { status, verdict: row[1]!.trim(), nanoseconds: Number(row[2]) };
  }

  it('--check fails on a bound that is missed, as with the planted lack of optimisation', () => {
    const sound = bench();
    assert.equal(sound.status, 0);
    const planted = bench('--check', '--plant');
    assert.equal(planted.status, 1);
    assert.equal(planted.verdict, 'MISS');
    assert.ok(
      planted.nanoseconds > 4 * sound.nanoseconds,
      `${planted.nanoseconds} ns planted, ${sound.nanoseconds} ns without`,
    );
  });
});
