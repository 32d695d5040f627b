import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('modules/finalizers', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'protospace-finalizers-'));
  after(() => rmSync(folder, { recursive: true }));

  it('writes what a file buffers when the program ends without closing it', () => {
    const file = join(folder, 'a.txt');
    const program = 'import sys\nf = open(sys.argv[1], "w")\nf.write("kept")';
    const { status, stderr } = spawnSync(process.execPath, ['dist/cli.js', '-c', program, file], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.equal(readFileSync(file, 'utf8'), 'kept');
  });
});
