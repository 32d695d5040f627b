import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../scripts/lint.mjs', import.meta.url));

describe('scripts/lint: the rules of C++', function () {
  this.timeout(60_000);
  let folder = '';

  /** As in test-native: what needs a compiler is left out where there is none. */
  before(function () {
    if (spawnSync(process.env.CXX || 'c++', ['--version']).status !== 0) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'protospace-lint-'));
  });
  after(() => folder !== '' && rmSync(folder, { recursive: true, force: true }));

  function lint(body: string): { status: number | null; out: string } {
    const file = join(folder, 'planted.cc');
    writeFileSync(file, `#include <cstdint>\nint f(std::uint64_t wide, int x);\n${body}\n`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, '--native', file], { encoding: 'utf8' });
    return { status, out: stdout + stderr };
  }

  it('passes code without a fault', () => {
    assert.deepEqual(lint('int f(std::uint64_t wide, int x) { return static_cast<int>(wide & 1) + x; }'), {
      status: 0,
      out: '',
    });
  });

  const faults: [name: string, body: string, report: RegExp][] = [
    ['a value that is cut off', 'int f(std::uint64_t wide, int x) { return wide + x; }', /-Werror=(sign-)?conversion/],
    [
      'a name that hides another',
      'int f(std::uint64_t, int x) { { int x = 1; (void)x; } return x; }',
      /-Werror=shadow/,
    ],
    [
      'a cast in the style of C',
      'int f(std::uint64_t wide, int x) { return (int)wide + x; }',
      /-Werror=old-style-cast/,
    ],
    ['a parameter without use', 'int f(std::uint64_t wide, int x) { return x; }', /-Werror=unused-parameter/],
  ];
  for (const [name, body, report] of faults)
    it(`finds ${name}`, () => {
      const { status, out } = lint(body);
      assert.equal(status, 1, out);
      assert.match(out, report);
    });
});
