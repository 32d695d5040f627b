import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../scripts/test-native.mjs', import.meta.url));

describe('scripts/test-native', function () {
  this.timeout(120_000);
  const run = (...args: string[]): { status: number | null; out: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
    return { status, out: stdout + stderr };
  };

  /** Installing the package needs no compiler; neither do these tests. */
  before(function () {
    if (spawnSync(process.env.CXX || 'g++', ['--version']).status !== 0) this.skip();
  });

  const faults: [sanitizer: string, report: RegExp][] = [
    ['address', /AddressSanitizer: (use-after-poison|heap-buffer-overflow)/],
    ['thread', /ThreadSanitizer: data race/],
    ['undefined', /runtime error: shift exponent 32 is too large/],
  ];
  for (const [sanitizer, report] of faults)
    it(`stops the fault planted for the sanitizer of ${sanitizer}`, () => {
      const { status, out } = run('--sanitize', sanitizer, '--plant');
      assert.equal(status, 1, out);
      assert.match(out, report);
      assert.match(out, /0 programs passed, 1 failed/);
    });

  it('fails when a check of the tests fails', () => {
    const { status, out } = run('--plant');
    assert.equal(status, 1, out);
    assert.match(out, /FAILED native\/test\/planted\.cc:\d+: layout::CELL_BYTES == 0/);
  });

  it('refuses a sanitizer it does not know', () => assert.equal(run('--sanitize', 'memory').status, 2));
});
