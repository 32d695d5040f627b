import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const check = (...files: string[]) =>
  spawnSync(process.execPath, [join('scripts', 'check-symbols.mjs'), ...files], { encoding: 'utf8' });
const addon = join('build', 'Release', 'protospace.node');
const canRead = process.platform === 'linux' && spawnSync('readelf', ['--version']).status === 0;

describe('scripts/check-symbols', function () {
  this.timeout(60_000);
  before(function () {
    if (!canRead) this.skip();
  });

  it('finds nothing wrong with the built addon', function () {
    if (!existsSync(addon)) this.skip();
    const { status, stdout, stderr } = check(addon);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /1 addons, 0 faults/);
  });

  it('catches a file that links the C++ library', () => {
    const { status, stderr } = check(process.execPath);
    assert.equal(status, 1);
    assert.match(stderr, /links libstdc\+\+|exports /);
  });
});
