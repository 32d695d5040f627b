// npm run test:arm64 [-- arguments of test.mjs]: the heap's tests and a program on the arm64 prebuild, by qemu-user and an arm64 Node from the
// registry. Wants Debian's qemu-user and g++-aarch64-linux-gnu (whose C and C++ libraries the emulated Node uses).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installNode } from './nodes.mjs';
import { at, run, runNode } from './run.mjs';

const SYSROOT = '/usr/aarch64-linux-gnu';
if (spawnSync('qemu-aarch64', ['--version']).status !== 0 || !existsSync(SYSROOT)) {
  console.error("test:arm64: wants qemu-aarch64 and an arm64 C library: Debian's qemu-user and g++-aarch64-linux-gnu");
  process.exit(2);
}
const node = installNode('linux-arm64', '20');
if (node === undefined || !runNode('scripts/build.mjs') || !runNode('scripts/prebuild.mjs', ['arm64'])) process.exit(1);

const emulated = ['-L', SYSROOT, node];
/** Threads, garbage in cycles, collections beside the program. */
const PROGRAM = `
import gc, sys, threading
def work(n):
    for i in range(n):
        a = [i]; a.append(a); kept[i % 97] = (a, {'n': i, 'f': i / 2})
kept = [None] * 97
threads = [threading.Thread(target=work, args=(3000,)) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
gc.collect()
print(sum(i * i for i in range(10000)), all(a[1] is a and d['f'] * 2 == d['n'] for a, d in kept), sys.platform)
`;
const rest = process.argv.slice(2);

/** Prints what is to be printed, on that allocator, and has collected. */
function programRuns(env, allocator) {
  const args = [...emulated, at('dist', 'cli.js'), '--stats=json', '-c', PROGRAM];
  const { status, stdout, stderr } = spawnSync('qemu-aarch64', args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  const stats = status === 0 ? JSON.parse(stderr.trim().split('\n').at(-1)) : {};
  const served = allocator === 'native' ? stats.batchesNative : stats.batchesTs;
  const good = stdout === '333283335000 True linux\n' && served > 0 && stats.collections > 0;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${allocator}: a program with threads and collections`);
  if (!good) console.error(`it ended with ${status}, ${served} batches\n${stdout}${stderr}`);
  return good;
}

const good = ['native', 'ts'].map((allocator) => {
  const env = { PROTOSPACE_ALLOCATOR: allocator };
  const ran = programRuns(env, allocator);
  // None that starts Node, which no kernel knows to emulate.
  const files = ['freelist', 'collect', 'barrier', 'young', 'weak'].map((name) => `out/test/heap/${name}.test.js`);
  const mocha = [at('node_modules/mocha/bin/mocha.js'), '--no-config', '--exit', '--timeout', '120000'];
  return run('qemu-aarch64', [...emulated, ...mocha, ...files, ...rest], { env }) && ran;
});
process.exitCode = good.every(Boolean) ? 0 : 1;
