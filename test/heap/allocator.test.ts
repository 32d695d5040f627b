import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { patience } from '../stress.js';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));
const WARNING = /warning/gi;

describe(`heap/allocator without an addon (${allocatorKind})`, function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'protospace-no-addon-'));
    mkdirSync(join(folder, 'dist'));
    for (const name of readdirSync(dist).filter((name) => /\.(js|json|image)$/.test(name)))
      cpSync(join(dist, name), join(folder, 'dist', name));
    symlinkSync(join(dist, 'stdlib'), join(folder, 'dist', 'stdlib'), 'dir');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(args: string[], allocator: string) {
    const env: NodeJS.ProcessEnv = { ...process.env, PROTOSPACE_ALLOCATOR: allocator, PROTOSPACE_CACHE: 'off' };
    const child = spawnSync(process.execPath, args, { env, cwd: folder, encoding: 'utf8', timeout: patience(50_000) });
    assert.equal(child.status, 0, child.stderr);
    return { out: child.stdout, warnings: child.stderr.match(WARNING)?.length ?? 0, err: child.stderr };
  }

  const threads = `import threading
go = threading.Barrier(2)
def work(): go.wait(); print('there', flush=True)
t = threading.Thread(target=work); t.start(); work(); t.join()`;

  it('the command warns once, however many carriers run', () => {
    const { out, warnings, err } = run(['dist/cli.js', '--carriers', '2', '-c', threads], '');
    assert.equal(out, 'there\nthere\n');
    assert.equal(warnings, 1, err);
    assert.match(err, /no native addon for .*the TypeScript allocator takes over/);
  });

  it('a program of Node is warned once, by a warning of Node with a code', () => {
    writeFileSync(
      join(folder, 'host.cjs'),
      `const { PythonEnvironment, ProtoSpace } = require('./dist/index.js');
       process.on('warning', (w) => console.log(w.code));
       (async () => {
         const python = await PythonEnvironment.create();
         await Promise.all([python.run('1'), python.run('2')]);
         console.log(ProtoSpace.process().allocator);
       })();`,
    );
    const { out, warnings, err } = run(['host.cjs'], '');
    assert.equal(out, 'PROTOSPACE_NO_ADDON\nts\n');
    // Node adds a line that names --trace-warnings.
    assert.equal(err.match(/takes over/g)?.length, 1, err);
    assert.ok(warnings > 0);
  });

  it('nothing is said when the TypeScript allocator was asked for', () => {
    assert.deepEqual(run(['dist/cli.js', '-c', 'print(1)'], 'ts'), { out: '1\n', warnings: 0, err: '' });
  });
});
