import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { patience } from '../stress.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, 'test/programs');
const programs = readdirSync(folder).filter((name) => /^compiled_.*\.py$/.test(name));

/** The programs of test/programs that are about compiled code, with it; their output is CPython's. */
describe(`jit/programs (${allocatorKind})`, function () {
  this.timeout(patience(120_000));

  function run(file: string, env: Record<string, string>) {
    const child = spawnSync(process.execPath, [join(root, 'dist/cli.js'), '--stats=json', file], {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      timeout: patience(110_000),
      maxBuffer: 1 << 24,
    });
    const stats = JSON.parse(child.stderr.trim().split('\n').at(-1)!);
    return { out: child.stdout, compiled: stats.compiled as number };
  }

  for (const name of programs)
    for (const setting of ['', 'eager'])
      it(`${name} prints what CPython does when PROTOSPACE_JIT is '${setting}'`, () => {
        const { out, compiled } = run(name, { PROTOSPACE_JIT: setting });
        assert.equal(out, readFileSync(join(folder, name.replace(/py$/, 'out')), 'utf8'));
        if (setting === 'eager') assert.ok(compiled > 0, 'something was compiled');
      });

  it('a loop that fills the memory with garbage collects and goes on, each time it fails', () => {
    const code = "for i in range(40): x = 'a' * 4_000_000 + str(i)\nprint(len(x))";
    const args = [join(root, 'dist/cli.js'), '--heap', '32M', '-c', code];
    const env = { ...process.env, PROTOSPACE_JIT: '' };
    const child = spawnSync(process.execPath, args, { env, encoding: 'utf8', timeout: patience(110_000) });
    assert.equal(child.stderr + child.stdout, '4000002\n');
  });

  it('compiles what is hot, and nothing when it is turned off', () => {
    assert.ok(run('compiled_calls.py', { PROTOSPACE_JIT: '' }).compiled > 0);
    assert.equal(run('compiled_calls.py', { PROTOSPACE_JIT: '0' }).compiled, 0);
  });
});
