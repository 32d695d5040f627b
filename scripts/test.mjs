// Builds and runs the mocha suite, once an allocator. Prints "N passed, N failed" at the end; exits 1 on any failure.
// node scripts/test.mjs [mocha arguments]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (command, args, env = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;

if (run('node', ['node_modules/typescript/bin/tsc', '-p', process.env.PROTOSPACE_TSCONFIG ?? 'tsconfig.json']) !== 0) process.exit(1);
const hasAddon = existsSync(join(root, 'build/Release/protospace.node'));
let passed = 0;
let failed = 0;
for (const allocator of hasAddon ? ['native', 'ts'] : ['ts']) {
  const report = join(mkdtempSync(join(tmpdir(), 'protospace-')), 'report.json');
  console.log(`\nallocator: ${allocator}`);
  const status = run('node', ['node_modules/mocha/bin/mocha.js', 'out/test/**/*.test.js', '--reporter', 'json', '--reporter-option', `output=${report}`,
    ...process.argv.slice(2)], { PROTOSPACE_ALLOCATOR: allocator });
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  passed += result?.stats.passes ?? 0;
  failed += result?.stats.failures ?? 1;
  for (const f of result?.failures ?? []) console.log(`FAILED: ${f.fullTitle}\n${f.err.stack ?? f.err.message}`);
  if (status !== 0 && result?.stats.failures === 0) failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
