import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { plain } from '../stress.js';

const SCRIPT = fileURLToPath(new URL('../../../bench/run.mjs', import.meta.url));
const ROW = /^(MISS|ok {2}) heap: context push, pop, reset, ts +([\d.]+) ns/m;

describe('bench/alloc', function () {
  this.timeout(120_000);
  const ALLOC = fileURLToPath(new URL('../../../bench/alloc.mjs', import.meta.url));

  const bench = (...args: string[]): { status: number | null; stdout: string; ratio: number } => {
    const command = [ALLOC, '--quick', '--only', 'allocate only, 1 thread', ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      encoding: 'utf8',
      env: { ...process.env, ...plain('bench/alloc') },
    });
    const row = /^(?:MISS|ok {2}) allocate only, 1 thread: ts ÷ malloc +([\d.]+) /m.exec(stdout);
    assert.ok(row, stdout + stderr);
    return { status, stdout, ratio: Number(row[1]) };
  };

  it('--check fails on a ratio that is missed, as with the planted lack of optimisation', function () {
    if (spawnSync('cc', ['--version']).status !== 0) this.skip();
    const sound = bench();
    assert.equal(sound.status, 0);
    assert.match(sound.stdout, /^allocate only, 1 thread .*ts [\d.]+ {2}malloc [\d.]+ .*v8 [\d.]+ ns$/m);
    const planted = bench('--check', '--plant');
    assert.equal(planted.status, 1);
    assert.ok(planted.ratio > 4 * sound.ratio, `${planted.ratio} planted, ${sound.ratio} without`);
  });
});

describe('bench/gc', function () {
  this.timeout(120_000);
  const GC = fileURLToPath(new URL('../../../bench/gc.mjs', import.meta.url));

  const bench = (...args: string[]): { status: number | null; verdict: string; milliseconds: number } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [GC, '--quick', '--live', '10m', ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...plain('bench/gc') },
    });
    const row = /^(MISS|ok {2}) 10m alive: CPU time, 99 % of stops +([\d.]+) ms/m.exec(stdout);
    assert.ok(row, stdout + stderr);
    return { status, verdict: row[1]!.trim(), milliseconds: Number(row[2]) };
  };

  it('--check fails on a stop that takes too long, as with marking while the world is stopped', function () {
    if (allocatorKind !== 'native') this.skip();
    const sound = bench();
    assert.equal(sound.status, 0);
    const planted = bench('--check', '--gc', 'stop');
    assert.equal(planted.status, 1);
    assert.equal(planted.verdict, 'MISS');
    assert.ok(
      planted.milliseconds > 4 * sound.milliseconds,
      `${planted.milliseconds} ms planted, ${sound.milliseconds} ms without`,
    );
  });
});

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
