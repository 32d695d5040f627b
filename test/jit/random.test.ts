import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { patience } from '../stress.js';
import { randomProgram } from './random-program.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const peers = process.env.PROTOSPACE_PEERS;
const cpython = peers === undefined ? '' : join(peers, 'bin/cpython314');

/** Random functions, interpreted and compiled: PROTOSPACE_SEED repeats one. */
describe(`jit/random (${allocatorKind})`, function () {
  this.timeout(patience(120_000));
  const first = Number(process.env.PROTOSPACE_SEED ?? 1);
  const seeds = Array.from({ length: process.env.PROTOSPACE_SEED === undefined ? 6 : 1 }, (_, i) => first + i);

  function output(command: string, args: string[], setting: string): string {
    const env = { ...process.env, PROTOSPACE_JIT: setting };
    const child = spawnSync(command, args, { env, encoding: 'utf8', timeout: patience(60_000), maxBuffer: 1 << 25 });
    return child.stdout + child.stderr;
  }

  for (const seed of seeds)
    it(`seed ${seed} gives the same interpreted and compiled`, () => {
      const program = randomProgram(seed);
      const cli = [join(root, 'dist/cli.js'), '-c', program];
      const expected = output(process.execPath, cli, '0');
      assert.ok(expected.includes('done'), expected.slice(-2000));
      assert.equal(output(process.execPath, cli, 'eager'), expected);
      assert.equal(output(process.execPath, cli, ''), expected);
      if (existsSync(cpython)) assert.equal(output(cpython, ['-c', program], ''), expected);
    });
});
