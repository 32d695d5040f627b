// node scripts/test.mjs [--stress] [--no-build] [--only FOLDER] [--allocator native|ts] [--spec] [mocha arguments]
// Installs and builds what is missing, runs the suite once an allocator, prints "N passed, N failed" at the end; exits 1 on any failure.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, ensureInstalled, runNode } from './run.mjs';
import { printStressRows } from './stress-rows.mjs';

/** A run that takes longer than this many seconds hangs. */
const LIMIT = Number(process.env.PROTOSPACE_TEST_LIMIT || 2400);
/** Everything takes longer in stress mode. */
const STRESS_FACTOR = 10;

const args = process.argv.slice(2);
const flag = (name) => args.includes(name) && args.splice(args.indexOf(name), 1).length > 0;
const option = (name) => (args.includes(name) ? args.splice(args.indexOf(name), 2)[1] : undefined);
const stress = flag('--stress');
const build = !flag('--no-build');
const spec = flag('--spec');
const only = option('--only');
const allocator = option('--allocator');

/** Runs mocha over one allocator; its counts, a run that ended before its end being one failure. */
function suite(name) {
  const folder = mkdtempSync(join(tmpdir(), 'protospace-test-'));
  const report = join(folder, 'report.json');
  const files = only === undefined ? [] : ['--spec', `out/test/${only}/**/*.test.js`];
  const config = only === undefined ? [] : ['--no-config', '--timeout', '20000'];
  const hooks = stress ? ['--require', at('scripts', 'stress-hooks.mjs')] : [];
  const env = {
    PROTOSPACE_ALLOCATOR: name,
    PROTOSPACE_REPORT: report,
    PROTOSPACE_SPEC: spec ? '1' : '',
    ...(stress && { PROTOSPACE_STRESS: '1' }),
  };
  console.log(`\nallocator ${name}${stress ? ', stress mode' : ''}, Node ${process.versions.node}`);
  const mocha = ['--reporter', at('scripts', 'reporter.mjs'), ...hooks, ...config, ...files, ...args];
  const good = runNode('node_modules/mocha/bin/mocha.js', mocha, {
    env,
    limit: stress ? LIMIT * STRESS_FACTOR : LIMIT,
  });
  const stats = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { passes: 0, failures: 0 };
  rmSync(folder, { recursive: true, force: true });
  if (!good && stats.failures === 0)
    console.error('the run ended without a report or after its limit, or failed outside a test');
  return { passes: stats.passes, failures: good ? stats.failures : Math.max(1, stats.failures) };
}

function allocators() {
  if (allocator !== undefined) return [allocator];
  if (existsSync(at('build', 'Release', 'protospace.node'))) return ['native', 'ts'];
  console.warn('WARNING: no native addon; only the TypeScript allocator is tested');
  return ['ts'];
}

ensureInstalled();
if (build && !runNode('scripts/build.mjs')) process.exit(1);
if (stress) printStressRows();
const results = allocators().map(suite);
const passed = results.reduce((sum, r) => sum + r.passes, 0);
const failed = results.reduce((sum, r) => sum + r.failures, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
