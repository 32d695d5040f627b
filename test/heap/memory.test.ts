import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import * as L from '../../lib/heap/layout.generated.js';
import { atomics, i32, memory, parseSize } from '../../lib/heap/memory.js';

const fixture = (name: string): URL => new URL(`./fixtures/${name}.js`, import.meta.url);

/** Runs the probe in a process of its own; its JSON line, or what it wrote on standard error. */
function probe(env: Record<string, string>, args: string[] = [], shell = ''): { status: number | null; out: string } {
  const command = [process.execPath, fileURLToPath(fixture('probe')), ...args];
  const options = { env: { ...process.env, ...env }, encoding: 'utf8' as const };
  const child =
    shell === ''
      ? spawnSync(command[0]!, command.slice(1), options)
      : spawnSync('sh', ['-c', `${shell} && exec "$@"`, 'sh', ...command], options);
  return { status: child.status, out: (child.stdout + child.stderr).trim() };
}

describe('heap/memory', function () {
  this.timeout(30_000);

  it('reads sizes', () => {
    assert.deepEqual(['64m', '2G', '65536', '1kb', 'x', '-1', ''].map(parseSize), [
      2 ** 26,
      2 ** 31,
      65536,
      1024,
      NaN,
      NaN,
      NaN,
    ]);
  });

  it('the control block carries the layout it was made with', () => {
    assert.equal(i32[L.CTL_MAGIC], L.MAGIC);
    assert.equal(i32[L.CTL_LAYOUT_HASH], L.LAYOUT_HASH);
    assert.ok(i32[L.CTL_BLOCKS_FIRST]! * L.BLOCK_BYTES >= L.MARKS_BASE + memory.buffer.byteLength / 64);
  });

  it('the compare-and-swap of two words takes both or none', () => {
    const at = L.ROOTS_BASE + 512;
    i32.set([1, 2], at / 4);
    assert.equal(atomics.cas2(at, 1, 3, 7, 8), 0);
    assert.equal(atomics.cas2(at, 1, 2, -7, -8), 1);
    assert.deepEqual([i32[at / 4], i32[at / 4 + 1]], [-7, -8]);
    i32.set([0, 0], at / 4);
  });

  it('takes the size it is told', () => {
    const { out } = probe({ PROTOSPACE_HEAP: '64m' });
    assert.equal(JSON.parse(out).bytes, 2 ** 26);
  });

  it('refuses a size that is none, with a code', () => {
    const { status, out } = probe({ PROTOSPACE_HEAP: '5' });
    assert.notEqual(status, 0);
    assert.match(out, /ERR_PROTOSPACE_HEAP_SIZE/);
  });

  it('runs in a small heap until it is full, then says so', () => {
    const { status, out } = probe({ PROTOSPACE_HEAP: '16m' }, ['fill']);
    assert.equal(status, 0, out);
    assert.equal(JSON.parse(out).code, 'ERR_PROTOSPACE_HEAP_EXHAUSTED');
    assert.ok(JSON.parse(out).cells > 100_000);
  });

  it('takes less where the system refuses 4 GiB', function () {
    if (process.platform !== 'linux') this.skip();
    const { status, out } = probe({ PROTOSPACE_HEAP: '' }, [], 'ulimit -v 4000000');
    if (status !== 0 && !out.includes('bytes')) this.skip(); // Node itself does not start in so little
    assert.ok(JSON.parse(out).bytes < 2 ** 32);
  });

  it('is a plain buffer where Node has no WebAssembly', () => {
    const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
    const code = 's = 0\nfor i in range(20_000): s += i\nprint(s)';
    const child = spawnSync(process.execPath, ['--jitless', cli, '-c', code], { encoding: 'utf8', timeout: 60_000 });
    assert.equal(child.stdout, '199990000\n', child.stderr);
  });

  it('leaves addresses for the Workers of Python where they are bounded: V8 ended the process', function () {
    if (process.platform !== 'linux') this.skip();
    const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
    const code =
      'import threading\nt = threading.Thread(target=print, args=(7,)); t.start(); sum(range(10 ** 6)); t.join()';
    for (const bound of [3_000_000, 4_500_000, 6_000_000]) {
      const script = `ulimit -v ${bound} && exec "$@"`;
      const child = spawnSync('sh', ['-c', script, 'sh', process.execPath, cli, '-c', code], { encoding: 'utf8' });
      assert.deepEqual([child.status, child.stdout], [0, '7\n'], `${bound}: ${child.stderr}`);
    }
  });

  it('a space of another layout is an error with a code', () => {
    const { status, out } = probe({}, ['foreign']);
    assert.equal(status, 0, out);
    assert.equal(JSON.parse(out).code, 'ERR_PROTOSPACE_LAYOUT');
  });

  it("a user's own Worker has the same space", async () => {
    const at = (L.ROOTS_BASE >>> 2) + 200;
    i32[at] = 0;
    const worker = new Worker(fixture('writer'), { workerData: at });
    await once(worker, 'exit');
    assert.equal(i32[at], 4711);
    i32[at] = 0;
  });
});
