import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const runtime = join(process.cwd(), 'dist/runtime.js');
const binary = join(process.cwd(), 'build/Release/protospace.node');

/** Node's own modules that the runtime loads when it starts. Loading others takes milliseconds: node:crypto 5, node:child_process 2, node:zlib 1.3. */
const AT_START = ['fs', 'path', 'worker_threads', 'module', 'os', 'tty', 'util', 'buffer', 'url', 'perf_hooks'];

describe('scripts/bundle', () => {
  it('loads no costly module of Node when the runtime starts', () => {
    const loaded = [...readFileSync(runtime, 'latin1').matchAll(/^const .*\brequire\("(?:node:)?([\w/]+)"\)/gm)];
    const names = new Set(loaded.map(([, name]) => name!));
    assert.ok(names.has('fs'));
    assert.deepEqual([...names].filter((name) => !AT_START.includes(name)).sort(), []);
  });

  it('finds the native addon from the bundle', function () {
    if (!existsSync(binary)) this.skip();
    const env = { ...process.env, PROTOSPACE_ALLOCATOR: 'native' };
    const run = spawnSync(process.execPath, ['dist/cli.js', '--stats', '-c', 'pass'], { env, encoding: 'utf8' });
    assert.match(run.stderr, /^batches, native allocator +[1-9]/m);
    assert.match(run.stderr, /^batches, TypeScript allocator +0$/m);
  });
});
