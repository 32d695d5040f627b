// Compares with CPython side by side. npm run test:peers [-- FILTER] [--jobs N]: runs every test program and example under CPython 3.14
// (bin/cpython314 in the folder PROTOSPACE_PEERS names) and under this build, in the same folder, and fails where they differ.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  difference,
  exampleRuns,
  inParallel,
  programNames,
  runExample,
  runProgram,
} from '../test/programs/harness.mjs';
import { at } from './run.mjs';

const { values: option, positionals } = parseArgs({
  options: { jobs: { type: 'string', short: 'j', default: '2' }, verbose: { type: 'boolean', short: 'v' } },
  allowPositionals: true,
});
const peers = process.env.PROTOSPACE_PEERS ?? join(homedir(), '.cache', 'protospace-peers');
const cpython = join(peers, 'bin', 'cpython314');
const cli = at('dist', 'cli.js');
for (const [file, cure] of [
  [cpython, 'PROTOSPACE_PEERS names the folder with bin/cpython314'],
  [cli, 'npm run build makes it'],
]) {
  if (existsSync(file)) continue;
  console.error(`test:peers: no ${file}: ${cure}`);
  process.exit(2);
}

const filter = positionals[0] ?? '';
const jobs = [
  ...programNames(filter).map((name) => ({ name, run: (command) => runProgram(command, name) })),
  ...exampleRuns(filter).map((run) => ({ name: `example ${run.name}`, run: (command) => runExample(command, run) })),
];
const failed = [];
await inParallel(Number(option.jobs), jobs, async ({ name, run }) => {
  const theirs = await run([cpython]);
  const mine = await run([process.execPath, cli]);
  const found = difference(theirs, mine) ?? (theirs.png && mine.png === undefined ? { what: 'picture' } : undefined);
  if (found === undefined) return;
  failed.push(name);
  console.log(`FAIL ${name}: ${option.verbose ? JSON.stringify(found, null, 2) : found.what}`);
});
console.log(`${jobs.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 || jobs.length === 0 ? 1 : 0;
