import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plain } from '../stress.js';

const SCRIPT = fileURLToPath(new URL('../../../scripts/fuzz.mjs', import.meta.url));

describe('scripts/fuzz', function () {
  this.timeout(120_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'protospace-fuzz-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function fuzz(...args: string[]): { status: number | null; out: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, '--count', '1', '--out', folder, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...plain('scripts/fuzz') },
    });
    return { status, out: stdout + stderr };
  }

  it('passes a program that ends with an exception', () => {
    const { status, out } = fuzz();
    assert.equal(status, 0, out);
    assert.match(out, /0 fault, 0 crash/);
  });

  const plants: [what: string, count: RegExp, why: RegExp][] = [
    ['crash', /0 fault, 1 crash/, /ended by SIGABRT/],
    ['fault', /1 fault, 0 crash/, /SystemError: planted/],
    ['heap', /1 fault, 0 crash/, /LIST at .*: length \d+ of capacity/],
  ];
  for (const [what, count, why] of plants)
    it(`notices the planted ${what}, keeps the program and says how to run it again`, () => {
      const { status, out } = fuzz('--plant', what);
      assert.equal(status, 1, out);
      assert.match(out, count);
      assert.match(out, why);
      assert.match(out, /npm run fuzz -- --seed 1 --from 0 --count 1/);
    });

  it('refuses a fault it does not know', () => assert.equal(fuzz('--plant', 'flood').status, 2));
});
