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

const emulated = (args, options) => run('qemu-aarch64', ['-L', SYSROOT, node, ...args], options);
const program = 'import sys\nprint(sum(i * i for i in range(10000)), sys.platform)';
const rest = process.argv.slice(2);
const good = ['native', 'ts'].map((allocator) => {
  const env = { PROTOSPACE_ALLOCATOR: allocator };
  const ran = emulated([at('dist', 'cli.js'), '--stats', '-c', program], { env });
  const tests = [
    'node_modules/mocha/bin/mocha.js',
    '--no-config',
    '--timeout',
    '120000',
    'out/test/heap/freelist.test.js',
    ...rest,
  ];
  return emulated(tests, { env }) && ran;
});
process.exitCode = good.every(Boolean) ? 0 : 1;
